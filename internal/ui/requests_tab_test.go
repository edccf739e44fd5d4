package ui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/requests"
	"zoomtui/internal/ui/uitest"
)

// onRequests runs a test on the requests tab.
func onRequests(t *testing.T, width int, test func(t *testing.T, w *wire, p *uitest.Program)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		world, w := week(), busy()
		p := open(t, world, w.with(world), width, 24)
		p.Press("5")
		test(t, w, p)
	})
}

// cursorLine is the row that the cursor is on.
func cursorLine(p *uitest.Program) string {
	for l := range strings.Lines(p.Frame()) {
		if strings.Contains(l, "▸") {
			return strings.TrimSpace(l)
		}
	}
	return ""
}

// While one looks, calls come in: at the top the newest is shown, elsewhere
// nothing moves and the number of new ones is told.
func TestTimelineGrowsWithoutJumping(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		for range 20 {
			w.add(called("GET", "/v2/users/me", 0, page("{}")))
		}
		w.add(called("GET", "/v2/groups", 0, page("{}")))
		p.Advance(2 * time.Second)
		if at := cursorLine(p); !strings.Contains(at, "/groups") {
			t.Errorf("at the top the cursor is on %q", at)
		}
		p.Press("j", "j")
		before := p.Frame()
		at := cursorLine(p)
		w.add(called("GET", "/v2/contacts", 0, page("{}")))
		w.add(called("GET", "/v2/roles", 0, page("{}")))
		p.Advance(2 * time.Second)
		if now := cursorLine(p); now != at {
			t.Errorf("the cursor went from %q to %q", at, now)
		}
		if a, b := strings.Split(before, "\n")[4:12], strings.Split(p.Frame(), "\n")[4:12]; strings.Join(a, "\n") != strings.Join(b, "\n") {
			t.Errorf("the rows moved:\n%s\nto\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
		p.Shows("2 new", "g to the top")
		p.Press("g")
		p.Shows("/roles", "/contacts")
		p.Hides("2 new")
	})
}

// Nothing is copied while nothing happens, and nothing is asked in the back.
func TestTimelineIsReadWhenItChanged(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		p.Advance(time.Minute)
		if w.reads != 1 {
			t.Errorf("the log was copied %d times", w.reads)
		}
		w.add(called("GET", "/v2/groups", 0, page("{}")))
		p.Press("1")
		p.Advance(10 * time.Second)
		p.Press("5")
		p.Shows("/groups")
		if w.reads != 2 {
			t.Errorf("the log was copied %d times", w.reads)
		}
	})
}

func TestTimelineFilter(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, _ *wire, p *uitest.Program) {
		p.Press("/")
		p.Type("4xx")
		p.Shows("1 of 8", "upcoming_meetings")
		p.Hides("/report")
		p.Press("enter", "enter")
		p.Shows("the token has none of")
		p.Press("esc", "esc")
		p.Shows("/report", "8 calls")
	})
}

func TestCallIsCopiedAsCurl(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		p.Press("y")
		want := `curl 'https://api-us.zoom.us/v2/users/me/meetings?page_size=300&type=upcoming' -H "Authorization: Bearer $(zoomtui --profile work token)" -H 'Accept: application/json'`
		if len(p.Sent) != 1 || p.Sent[0] != want {
			t.Errorf("%q", p.Sent)
		}
		p.Press("G", "enter", "y")
		p.Shows("REDACTED stands for what is not kept")
		w.note = "in the demo no shell has this token"
		p.Press("y")
		p.Shows("in the demo no shell")
	})
}

// `s` takes the call with Zoom's answer to the scopes tab; a step of the sign-in
// needs no scope.
func TestCallIsExamined(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, _ *wire, p *uitest.Program) {
		p.Press("G", "s")
		p.Shows("no scope is needed")
		p.Press("g", "j", "s")
		p.Hides("make a call")
		p.Press("5", "enter")
		p.Shows("the token has none of")
		p.Press("s")
		p.Hides("the token has none of the\n   scopes it needs")
	})
}

func TestExportSaysWhere(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, _ *wire, p *uitest.Program) {
		p.Press("x")
		p.Shows("8 calls are in /home/aiko/zoomtui-20261122-134720.har")
		p.Press("enter", "x")
		p.Shows("8 calls are in")
	})
}

// A GET is sent again as it was; what cannot be is said.
func TestReplay(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		p.Press("enter", "r")
		if len(w.sent) != 1 || w.sent[0].Path != "/users/me/meetings?page_size=300&type=upcoming" || w.sent[0].Method != "GET" {
			t.Fatalf("%+v", w.sent)
		}
		p.Press("esc")
		p.Shows("9 calls")
		for range 4 {
			p.Press("j")
		}
		p.Press("enter", "?")
		p.Shows("r  why not again")
		p.Hides("r  renew")
		p.Press("esc", "r")
		p.Shows("Only a GET is sent again")
		if len(w.sent) != 1 {
			t.Errorf("%+v", w.sent)
		}
	})
}

// The console: completion, parameters, history, filter.
func TestConsoleSendsALine(t *testing.T) {
	onRequests(t, 100, func(t *testing.T, w *wire, p *uitest.Program) {
		p.Press(":")
		p.Type("GET /usrs/mtngs")
		p.Shows("GET    /users/{userId}/meetings")
		for !strings.Contains(cursorLine(p), "GET    /users/{userId}/meetings ") {
			p.Press("down")
		}
		p.Press("enter")
		p.Shows(": GET /users/{userId}/meetings")
		p.Press("enter")
		p.Shows("{userId} me")
		p.Press("enter")
		p.Shows(`path: "/users`)
		p.Press("esc", ":", "up")
		p.Shows(": GET /users/me/meetings")
		p.Type("?page_size=1 --jq .id")
		p.Press("enter")
		p.Shows("filtered: .id", "zJKyaiAyTNC")
		p.Hides(`path: "`)
		p.Press("f")
		p.Shows(`path: "/users`)
		if len(w.sent) != 2 || w.sent[1].Path != "/users/me/meetings?page_size=1" {
			t.Errorf("%+v", w.sent)
		}
		p.Press("esc")
		p.Shows("10 calls")
	})
}

// What may change something is shown exactly as it will go, and goes on `y` alone.
func TestConsoleAsksBeforeItWrites(t *testing.T) {
	const body = "{\"topic\": \"a\",  \"type\":2}"
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		var prefilled []string
		w.editor = func(text []byte) ([]byte, error) {
			prefilled = append(prefilled, string(text))
			return []byte(body + "\n"), nil
		}
		p.Press(":")
		p.Type("post /users/{userId}/meetings")
		p.Press("enter")
		p.Type("x")
		p.Press("enter")
		p.Shows("POST https://api-us.zoom.us/v2/users/mex/meetings", body, "Content-Type: application/json", "y send it")
		if len(w.sent) != 0 {
			t.Fatalf("sent without a yes: %+v", w.sent)
		}
		p.Press("q", "enter", "esc")
		p.Shows(": POST /users/mex/meetings")
		p.Press("enter", "y")
		if len(w.sent) != 1 || w.sent[0].Method != "POST" || w.bodySent() != body {
			t.Fatalf("%+v", w.sent)
		}
		p.Press(":", "up", "enter")
		if got := prefilled[len(prefilled)-1]; got != body {
			t.Errorf("the editor began with %q, not with what was sent last", got)
		}
		p.Press("e")
		p.Shows("Send this to Zoom?")
		p.Press("esc")
		for range 40 {
			p.Press("backspace")
		}
		p.Type("DELETE /meetings/1")
		p.Press("enter")
		p.Shows("DELETE https://api-us.zoom.us/v2/meetings/1", "without a body")
		p.Press("y")
		if len(w.sent) != 2 || w.sent[1].Method != "DELETE" || w.bodySent() != "" {
			t.Errorf("%+v", w.sent)
		}
	})
}

// JSON that is broken does not go out, whatever is pressed.
func TestConsoleHoldsBackBrokenJSON(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		w.editor = func([]byte) ([]byte, error) { return []byte("{\n \"topic\": }"), nil }
		p.Press(":")
		p.Type("PATCH /meetings/1")
		p.Press("enter", "y", "y")
		p.Shows("not valid JSON", "line 2, character 11")
		p.Hides("y send it")
		if len(w.sent) != 0 {
			t.Errorf("%+v", w.sent)
		}
		w.editor = func([]byte) ([]byte, error) { return nil, errNoEditor }
		p.Press("e")
		p.Shows("there is no editor")
		p.Press("y")
		if len(w.sent) != 0 {
			t.Errorf("%+v", w.sent)
		}
	})
}

// esc gives a call up; what comes of it later changes nothing.
func TestConsoleCancels(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		w.slow()
		p.Press(":")
		p.Type("GET /users/me")
		p.Press("enter")
		p.Shows("Waiting for Zoom: GET /users/me", "esc cancel")
		p.Press("esc")
		p.Shows("Cancelled.", ": GET /users/me")
		p.Hides("Waiting")
		p.Press("esc", ":")
		p.Type("DELETE /meetings/1")
		p.Press("enter", "y", "esc")
		p.Shows("Zoom may have done it all the same")
	})
}

// A large answer may take its time: other tabs work meanwhile, and it is there
// when one comes back.
func TestAnswerArrivesInTheBack(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		w.answer = func(ctx context.Context, _ requests.Request) (requests.Exchange, error) {
			select {
			case <-ctx.Done():
				return requests.Exchange{}, ctx.Err()
			case <-time.After(8 * time.Second):
				return page(`{"late":true}`), nil
			}
		}
		p.Press(":")
		p.Type("GET /users/me")
		p.Press("enter", "2")
		p.Hides("Waiting")
		p.Advance(10 * time.Second)
		p.Press("5")
		p.Shows("late")
	})
}

// A call of the console ends with the profile.
func TestLeavingEndsTheCall(t *testing.T) {
	w := busy()
	ended := make(chan error, 1)
	w.answer = func(ctx context.Context, _ requests.Request) (requests.Exchange, error) {
		<-ctx.Done()
		ended <- ctx.Err()
		return requests.Exchange{}, ctx.Err()
	}
	synctest.Test(t, func(t *testing.T) {
		world := week()
		ctx, cancel := context.WithCancel(t.Context())
		p := uitest.Start(t, New(ctx, w.with(world)), 80, 24)
		p.Press("5", ":")
		p.Type("GET /users/me")
		p.Press("enter")
		cancel()
		synctest.Wait()
		if len(ended) != 1 {
			t.Error("the call goes on")
		}
	})
}

// While a value is asked for, the example of a whole line does not stand there as if
// it were one; back in the line it does.
func TestConsoleAsksWithoutAnExample(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, _ *wire, p *uitest.Program) {
		p.Press(":")
		p.Shows("GET /users/me/meetings?page_size=1")
		p.Type("DELETE /meetings/{meetingId}")
		p.Press("enter")
		p.Shows("What goes into the place of {meetingId}")
		p.Hides("page_size")
		p.Press("esc")
		for range 30 {
			p.Press("backspace")
		}
		p.Shows("GET /users/me/meetings?page_size=1")
	})
}

// All that can be done about a failed call can be read in the smallest window.
func TestStepsAreReachable(t *testing.T) {
	onRequests(t, 40, func(_ *testing.T, _ *wire, p *uitest.Program) {
		p.Resize(40, 12)
		p.Press("j", "enter")
		p.Shows("token has none", "more  e what to do")
		p.Hides("R Then sign in again")
		p.Press("e", "G")
		p.Shows("R Then sign in again")
		p.Press("esc")
		p.Shows("more  e what to do")
		p.Press("esc")
		p.Shows("8 calls")
	})
}

// r sends the very call again; a step that means another one does not name it.
func TestStepsNameNoOtherCall(t *testing.T) {
	onRequests(t, 100, func(_ *testing.T, w *wire, p *uitest.Program) {
		gone := page(`{"code":3001,"message":"Meeting does not exist: 85746065432."}`)
		gone.Status, gone.ZoomCode = 404, 3001
		gone.Err = problem{explain.Facts{Place: explain.PlaceAPI, HTTPStatus: 404, Code: 3001, Message: "Meeting does not exist: 85746065432.", Op: "GET /meetings/85746065432"}}
		w.add(called("GET", "/v2/meetings/85746065432", 0, gone))
		p.Advance(2 * time.Second)
		p.Press("enter")
		p.Shows("▸ Load the list again")
		p.Hides("r Load the list again")
		p.Press("?")
		p.Shows("r  send again")
	})
}

// Several results of a filter are a list with a cursor, of which each and all can be
// copied.
func TestFilteredResultsAreAList(t *testing.T) {
	onRequests(t, 100, func(t *testing.T, _ *wire, p *uitest.Program) {
		p.Press(":")
		p.Type("GET /users/me --jq .topic,.id")
		p.Press("enter")
		p.Shows("2 results of .topic,.id")
		p.Press("v", "j", "j", "v")
		want := []string{`["設計レビュー 🚀","zJKyaiAyTNC"]`, "zJKyaiAyTNC"}
		if diff := cmp.Diff(want, p.Sent); diff != "" {
			t.Error(diff)
		}
	})
}
