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
