package ui

import (
	"strings"
	"testing"

	"zoomtui/internal/ui/uitest"
)

// A whole address is that of the profile's API, or the call does not leave: neither
// the first time, nor with one more enter, nor as a call with a body.
func TestConsoleRefusesAForeignHost(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		w.editor = func([]byte) ([]byte, error) {
			t.Error("the editor was opened")
			return nil, errNoEditor
		}
		p.Press(":")
		p.Type("https://example.com/users/{userId}")
		for range 2 {
			p.Press("enter")
			p.Shows("The address begins with https://example.com", ": https://example.com/users/{userId}")
			p.Hides("enter sends it")
		}
		p.Press("home")
		p.Type("POST ")
		p.Press("enter")
		p.Shows("The address begins with https://example.com")
		if len(w.sent) != 0 {
			t.Fatalf("%+v", w.sent)
		}
		p.Press("esc", ":")
		p.Type("https://API-us.zoom.us/v2/users/{userId}")
		p.Press("enter")
		p.Shows("What goes into the place of {userId}")
		p.Press("enter")
		if len(w.sent) != 1 || w.sent[0].Path != "/users/me" {
			t.Errorf("%+v", w.sent)
		}
	})
}

// What is wrong with a line is told while it is typed, not that it may be sent.
func TestConsoleSaysAtOnceWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"/users/me/meetings page_size=2": "A query follows the path at once",
		"FETCH /users/me":                "is not a method of Zoom's API",
	} {
		onRequests(t, 100, func(t *testing.T, w *wire, p *uitest.Program) {
			p.Press(":")
			p.Type(line)
			p.Shows(want)
			p.Hides("enter sends it all the same")
			p.Press("enter")
			p.Shows(want)
			p.Hides("enter sends it all the same")
			if strings.Count(p.Frame(), want) != 1 || len(w.sent) != 0 {
				t.Errorf("sent %+v:\n%s", w.sent, p.Frame())
			}
		})
	}
	onRequests(t, 100, func(_ *testing.T, _ *wire, p *uitest.Program) {
		p.Press(":")
		p.Type("GET /nowhere/at/all/zzz")
		p.Shows("enter sends it all the same")
	})
}

// A search that found nothing is over with the next key, one of the tab's own too.
func TestNotFoundIsOverWithTheNextKey(t *testing.T) {
	onRequests(t, 100, func(t *testing.T, _ *wire, p *uitest.Program) {
		p.Press("enter")
		for _, next := range []string{"esc", "C", "y"} {
			p.Press("/")
			p.Type("nowhere")
			p.Press("enter")
			p.Shows("not found")
			p.Press(next)
			p.Hides("not found")
			p.Shows("page_size=300")
		}
	})
}

// -f and -F are the query of a GET, and the body of a writing call, which needs no
// editor then; the line can be had again as it was.
func TestConsoleTakesFields(t *testing.T) {
	onRequests(t, 100, func(t *testing.T, w *wire, p *uitest.Program) {
		w.editor = func([]byte) ([]byte, error) {
			t.Error("the editor was opened")
			return nil, errNoEditor
		}
		p.Press(":")
		p.Type("GET /users/me/meetings -F page_size=2 -f type='a b' --jq .id")
		p.Shows("GET    /users/{userId}/meetings ")
		p.Press("enter")
		p.Shows("filtered: .id")
		if len(w.sent) != 1 || w.sent[0].Path != "/users/me/meetings?page_size=2&type=a+b" {
			t.Fatalf("%+v", w.sent)
		}
		p.Press(":")
		p.Type("POST /users/me/meetings -f topic='1 & 2' -F type=2 -F 'settings[waiting_room]=true'")
		p.Press("enter")
		p.Shows("Send this to Zoom?", `{"settings":{"waiting_room":true},"topic":"1 & 2","type":2}`)
		p.Press("esc")
		p.Shows("-f 'topic=1 & 2' -F 'type=2' -F 'settings[waiting_room]=true'")
		p.Press("enter", "y")
		if len(w.sent) != 2 || w.bodySent() != `{"settings":{"waiting_room":true},"topic":"1 & 2","type":2}` {
			t.Errorf("%+v", w.sent)
		}
	})
}

// A command from elsewhere gives its method and path, and nothing else of it is kept
// or drawn, whether it was pasted or typed.
func TestConsoleReadsACommand(t *testing.T) {
	const command = `curl 'https://api-us.zoom.us/v2/users/me/meetings?page_size=2' -H 'Authorization: Bearer abc123' -d '{"password":"hunter22"}' -X PATCH`
	for name, enter := range map[string]func(p *uitest.Program){
		"pasted": func(p *uitest.Program) { p.Paste("$ " + command + "\n") },
		"typed": func(p *uitest.Program) {
			p.Type(command)
			p.Shows("enter takes method and path")
			p.Press("enter")
		},
	} {
		t.Run(name, func(t *testing.T) {
			onRequests(t, 100, func(t *testing.T, w *wire, p *uitest.Program) {
				p.Press(":")
				enter(p)
				p.Shows(": PATCH https://api-us.zoom.us/v2/users/me/meetings?page_size=2", "Left out: headers and tokens, the body.")
				p.Hides("abc123", "hunter22")
				p.Press("enter")
				p.Shows("Send this to Zoom?")
				p.Press("esc", "esc", ":", "up")
				p.Shows(": PATCH /users/me/meetings?page_size=2")
				p.Press("ctrl+p")
				p.Hides("abc123", "curl")
				if len(w.sent) != 0 {
					t.Errorf("%+v", w.sent)
				}
			})
		})
	}
	onRequests(t, 100, func(_ *testing.T, _ *wire, p *uitest.Program) {
		p.Press(":")
		p.Paste("curl -u id:Zk3vQ8mN2xL0 https://zoom.us/oauth/token")
		p.Shows("No call of Zoom's API stands in this command")
		p.Hides("Zk3v")
	})
}

// A line that was refused is not lost; one that may hold a secret is.
func TestConsoleKeepsARefusedLine(t *testing.T) {
	onRequests(t, 100, func(_ *testing.T, _ *wire, p *uitest.Program) {
		for _, line := range []string{"FETCH /users/me", "https://example.com/users/me", "GET /users/me -H 'X-Api-Key: abc123'"} {
			p.Press(":")
			p.Type(line)
			p.Press("enter", "esc")
		}
		p.Press(":", "up")
		p.Shows(": https://example.com/users/me")
		p.Press("ctrl+p")
		p.Shows(": FETCH /users/me")
		p.Hides("abc123")
	})
}

// What looks chosen is what enter takes: nothing at first, then the row of the cursor.
func TestConsoleMarksWhatEnterTakes(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		p.Press(":")
		p.Type("list meetings")
		if at := cursorLine(p); at != "" {
			t.Errorf("nothing was chosen yet, and this is marked: %s", at)
		}
		p.Press("enter")
		p.Shows("is neither a method nor a path")
		p.Press("down")
		at := cursorLine(p)
		_, path, _ := strings.Cut(at, "GET")
		path, _, _ = strings.Cut(strings.TrimSpace(path), " ")
		p.Press("enter")
		p.Shows(": GET " + path)
		if cursorLine(p) != "" || len(w.sent) != 0 || path == "" {
			t.Errorf("after %q:\n%s", at, p.Frame())
		}
	})
}

// An editor that leaves what it began with, or nothing, cancels the call; without a
// body it goes by a key of its own.
func TestConsoleSendsNoUnwrittenBody(t *testing.T) {
	for name, left := range map[string]func(begin []byte) []byte{
		"unchanged": func(begin []byte) []byte { return begin },
		"emptied":   func([]byte) []byte { return []byte(" \n") },
	} {
		t.Run(name, func(t *testing.T) {
			onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
				var begins []string
				w.editor = func(text []byte) ([]byte, error) {
					begins = append(begins, string(text))
					return left(text), nil
				}
				p.Press(":")
				p.Type("POST /users/me/meetings")
				p.Press("enter")
				p.Shows("No body was written, so nothing is sent.", "-f topic=Review", "b send without a body")
				p.Press("y", "enter")
				if len(w.sent) != 0 || len(begins) != 1 || strings.Join(strings.Fields(begins[0]), "") != "{}" {
					t.Fatalf("sent %+v, the editor began with %q", w.sent, begins)
				}
				p.Press("e", "esc")
				p.Shows(": POST /users/me/meetings")
				p.Press("enter", "b")
				p.Shows("Send this to Zoom?", "without a body")
				p.Press("y")
				if len(w.sent) != 1 || len(w.sent[0].Body) != 0 || len(begins) != 3 {
					t.Errorf("%+v, %q", w.sent, begins)
				}
			})
		})
	}
}

// While a call is under way there is no line to write in, and ctrl-c gives the call
// up; the program ends with the next one.
func TestInterruptCancelsTheCall(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		w.slow()
		p.Press(":")
		p.Type("GET /users/me")
		p.Press("enter")
		p.Shows("Waiting for Zoom", ": GET /users/me")
		p.Hides("/users/{userId}")
		p.Press("ctrl+c")
		p.Shows("Cancelled.")
		p.Hides("Waiting")
		if p.Quit {
			t.Fatal("the program has ended")
		}
		p.Press("ctrl+c")
		if !p.Quit {
			t.Error("the program goes on")
		}
	})
}
