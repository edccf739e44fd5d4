package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/uitest"
)

func TestWhatIf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("3", "w")
		p.Type("list_upcoming")
		p.Shows("▸ "+upcomingScope, "+1", "not for your app")
		p.Hides("▸ meeting:read:list_meetings")
		p.Press("enter")
		p.Shows("Scopes › if "+upcomingScope, "1 call more would be open", "GET    /users/{userId}/upcoming_meetings")
		p.Press("enter")
		p.Shows("Scopes › GET /users/{userId}/upcoming_meetings", "ADD ONE")
		p.Press("esc", "esc", "ctrl+u")
		p.Type("no such scope at all")
		p.Shows("no such scope that is not granted")
	})
}

const curlLine = `curl --request GET \
  --url 'https://api.zoom.us/v2/users/me/upcoming_meetings?page_size=1' \
  --header 'Authorization: Bearer eyJhbGciOiJIUzUxMiJ9.secret.sig'`

// Whatever somebody has at hand leads to the verdict at once.
func TestPasteIsJudgedAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		shows []string
	}{
		"a curl line over several rows": {curlLine, []string{"Scopes › GET /users/me/upcoming_meetings", "ADD ONE", "▸ " + upcomingScope}},
		"an address":                    {"GET https://api.zoom.us/v2/users/me/meetings", []string{"Scopes › GET /users/me/meetings", "HAS IT"}},
		"a call with an id":             {"DELETE /meetings/85746065", []string{"DELETE /meetings/85746065", "ADD ONE", "meeting:delete:meeting"}},
		"an error as JSON": {
			"{\n  \"code\": 4711,\n  \"message\": \"Invalid access token, does not contain scopes:[user:read:settings, user:read:settings:admin].\"\n}",
			[]string{"ADD ONE", "▸ user:read:settings", "4711"},
		},
		"an error that is about no scope": {`{"code":124,"message":"Invalid access token."}`, []string{"NOT A SCOPE PROBLEM", "124"}},
		"a path with a mistake":           {"GET /users/me/upcomming_meetings", []string{"UNKNOWN ENDPOINT", "/users/{userId}/upcoming_meetings"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := short()
				w.invErr = nil
				p := openLab(t, w, &lab{}, [2]int{80, 24})
				p.Press("3")
				p.Paste(test.text)
				p.Shows(test.shows...)
				p.Hides("eyJhbGci", "expired")
				p.Press("esc") // what was pasted is in the box, for another try
				p.Hides("Scopes ›", "eyJhbGci")
				p.Press("esc")
				p.Shows("3 scopes granted")
			})
		})
	}
}

// A paste that comes before the table is judged when it is there.
func TestPasteBeforeTheTable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lab{gate: make(chan struct{})}
		p := openLab(t, short(), l, [2]int{80, 24})
		p.Press("3")
		p.Paste(curlLine)
		p.Shows("Loading the table")
		close(l.gate)
		p.Advance(time.Second)
		p.Shows("Scopes › GET /users/me/upcoming_meetings", "ADD ONE")
	})
}

func TestSearchWhileTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("3", "/")
		p.Type("upcoming meet")
		p.Shows("▸", "/users/{userId}/upcoming_meetings")
		if p.View().Cursor == nil {
			t.Error("the box has no cursor")
		}
		p.Press("enter")
		p.Shows("Scopes › GET /users/{userId}/upcoming_meetings", "ADD ONE")
		p.Press("esc")
		p.Shows("/ upcoming meet", "▸")
		p.Press("down", "enter")
		p.Hides("Scopes › GET /users/{userId}/upcoming_meetings")
		p.Press("esc", "tab", "space")
		p.Shows("● 1 marked")
		p.Press("/")
		p.Type(" x q 3") // letters again, and no keys
		p.Shows("/ upcoming meet x q 3", "Nothing has these words")
		p.Press("ctrl+u")
		p.Type(upcomingScope)
		p.Shows("The scope "+upcomingScope, "not granted", "/users/{userId}/upcoming_meetings")
		p.Press("esc")
		p.Shows("3 scopes granted")
		if p.Quit {
			t.Error("a letter of the search ended the program")
		}
	})
}

// From another tab and back, whatever is in front of it.
func TestExamineFromAnywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("2", "H")
		p.Send(kit.Examine{Method: "GET", Path: "/users/me/settings"})
		p.Shows("Scopes › GET /users/me/settings", "ADD ONE", "user:read:settings")
		p.Press("esc")
		p.Shows("/ filter", "Weekly sync")
		p.Press("3")
		p.Shows("3 scopes granted")
	})
}

// Every key that a page of the tab shows does something there.
func TestEveryShownKeyOfTheScopesTabWorks(t *testing.T) {
	moves := map[string]bool{"k": true, "j": true, "g": true, "G": true, "pgup": true, "pgdn": true, "↑↓": true, "ctrl+l": true, "ctrl+z": true, "1-5": true}
	pages := map[string][]string{
		"overview": {"3"}, "one scope": {"3", "enter"}, "search": {"3", "/"}, "hits": keys([]string{"3", "/"}, letters("meeting")),
		"list of hits": keys([]string{"3", "/"}, letters("meeting"), []string{"tab"}), "what if": {"3", "w"}, "what if, list": {"3", "w", "tab"},
		"verdict": {"s"}, "probe": {"3", "p"}, "probe at work": {"3", "p", "enter"}, "sign-ins": {"3", "h"},
		"export": {"3", "enter", "space", "x"},
	}
	for name, path := range pages {
		t.Run(name, func(t *testing.T) {
			var shown []string
			synctest.Test(t, func(t *testing.T) {
				m := New(t.Context(), labDeps(&lab{})(short()))
				p := uitest.Start(t, m, 120, 40)
				p.Press(path...)
				for _, b := range m.bindings() {
					if b.Enabled() && !moves[b.Help().Key] {
						shown = append(shown, b.Help().Key)
					}
				}
			})
			if len(shown) < 2 {
				t.Fatalf("only %q is shown", shown)
			}
			for _, k := range shown {
				synctest.Test(t, func(t *testing.T) {
					p := openLab(t, short(), &lab{takes: time.Second}, [2]int{120, 40})
					p.Press(path...)
					before := p.Frame()
					p.Press(k)
					empty := k == "ctrl+u" && (name == "search" || name == "what if") // there is nothing to take away
					again := k == "h" && name == "sign-ins"                           // nothing has come since
					if p.Frame() == before && len(p.Sent) == 0 && !p.Quit && !empty && !again {
						t.Errorf("%s is shown and does nothing:\n%s", k, before)
					}
				})
			}
		})
	}
}
