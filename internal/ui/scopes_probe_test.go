package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/scope"
)

// x is the export on this tab, and never the end of the sign-in.
func TestExportKeyNeverRevokes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("3", "x")
		p.Shows("Nothing is marked")
		p.Hides("End this sign-in")
		p.Press("enter", "space", "esc")
		p.Shows("● 1 marked  x export")
		p.Press("x")
		p.Shows("Scopes › Export", "the 1 marked call", "meeting:read:list_meetings")
		p.Press("x")
		p.Shows(`"optional": false`)
		p.Press("x")
		p.Shows("Markdown")
		p.Press("y")
		if len(p.Sent) != 1 || !strings.Contains(p.Sent[0], "meeting:read:list_meetings") || !strings.Contains(p.Sent[0], "\n") {
			t.Errorf("sent %q", p.Sent)
		}
		if w.called("revoke") != 0 {
			t.Error("the sign-in was ended")
		}
	})
}

func TestProbeAsksOnlyWithConsentAndInItsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		l := &lab{answers: map[string]*scope.Live{
			"/users/me/upcoming_meetings": {Status: 400, Code: 4711, Message: "Invalid access token, does not contain scopes:[" + upcomingScope + "].", Scopes: []string{upcomingScope}, TrackingID: "rid=WEB_77"},
			"/users/me/settings":          {Status: 200},
		}}
		p := openLab(t, w, l, [2]int{80, 24})
		p.Press("3", "p")
		p.Shows("read-only", "7 calls", "enter asks Zoom", "GET /users/me/upcoming_meetings")
		if n := len(l.calls()); n != 0 {
			t.Fatalf("%d calls without consent", n)
		}
		p.Press("enter")
		if n := len(l.calls()); n != 1 {
			t.Fatalf("%d calls at once, want 1", n)
		}
		p.Shows("1 of 7 asked", "✓ has it", "143 ms")
		p.Press("1") // it goes on in the back
		p.Advance(10 * time.Second)
		p.Press("3")
		p.Shows("7 calls asked", "✗ lacks one", "400 4711", "≠", "differ")
		for _, call := range l.calls() {
			if strings.Contains(call, "{") {
				t.Errorf("called %q", call)
			}
		}
		p.Press("g", "j", "j", "j", "j")
		p.Shows("▸", "rid=WEB_77")
		p.Press("enter")
		p.Shows("Scopes › GET /users/me/upcoming_meetings", "ADD ONE")
		p.Press("esc")
		p.Shows("7 calls asked")
	})
}

func TestProbeStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lab{}
		p := openLab(t, short(), l, [2]int{80, 24})
		p.Press("3", "p", "enter", "esc")
		p.Advance(time.Minute)
		p.Shows("1 of 7 asked", "Stopped by you.")
		if n := len(l.calls()); n != 1 {
			t.Errorf("%d calls after esc, want 1", n)
		}
	})
	for name, change := range map[string]func(*lab){
		"Zoom asks to wait": func(l *lab) {
			l.answers = map[string]*scope.Live{"/users/me/settings": {Status: 429, Message: "Too many requests"}}
		},
		"The network is gone": func(l *lab) { l.fails = "The network is gone." },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &lab{}
				change(l)
				p := openLab(t, short(), l, [2]int{80, 24})
				p.Press("3", "p", "enter")
				p.Advance(time.Minute)
				p.Shows(name)
				if n := len(l.calls()); n > 2 {
					t.Errorf("%d calls were made after that", n)
				}
			})
		})
	}
}

func TestSignInsWithWhatTheyChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("3", "h")
		p.Shows("Sign-ins", "31 Dec 03:00  signed in  2 → 3  + meeting:read:meeting", "2, the same", "1 → 2")
		p.Press("j", "j")
		p.Shows("− user:read:email")
		p.Hides("30 Dec 11:00  renewed") // a refresh that changed nothing is no news
	})
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.histErr = errors.New("permission denied")
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("3", "h")
		p.Shows("The history cannot be read")
	})
}
