package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Where no browser can be opened, the name on the clipboard stays there, and the page
// that shows the link shows the name too.
func TestMarketplaceLinkKeepsTheCopiedName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, size := range [][2]int{{80, 24}, {40, 12}} {
			w := short()
			w.canOpen = false
			p := openLab(t, w, &lab{}, size)
			p.Press("s", "y", "o")
			p.Shows("https://marketplace.zoom.us", "y copies the name", upcomingScope, "c copies the link")
			if want := []string{upcomingScope}; !slices.Equal(p.Sent, want) {
				t.Errorf("%v: y and o sent %q to the clipboard, want %q", size, p.Sent, want)
			}
			p.Press("c", "y")
			if want := []string{upcomingScope, "https://marketplace.zoom.us", upcomingScope}; !slices.Equal(p.Sent, want) {
				t.Errorf("%v: y, o, c, y sent %q", size, p.Sent)
			}
		}
	})
}

// With an id in place of me the scope of a user-managed app opens nothing.
func TestVerdictOnANamedUser(t *testing.T) {
	for name, test := range map[string]struct {
		path         string
		shows, hides []string
	}{
		"another's id":  {"/users/123/meetings", []string{"HAS IT", "only me", "GET /users/me/meetings"}, []string{"Zoom's answer decides"}},
		"her own id":    {"/users/KDcuGIm1QgePTO8WbOqwIQ/meetings", []string{"HAS IT", "only me"}, []string{"Zoom's answer decides"}},
		"as she is":     {"/users/me/meetings", []string{"HAS IT", "Zoom's answer decides"}, []string{"only me"}},
		"another's, no": {"/users/123/webinars", []string{"ADD ONE", "its own user only"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := short()
				w.invErr = nil
				p := openLab(t, w, &lab{}, [2]int{80, 24})
				p.Press("3")
				p.Paste("GET " + test.path)
				p.Shows(test.shows...)
				p.Hides(test.hides...)
			})
		})
	}
}

// The name of the scope to add stands whole in the smallest window.
func TestScopeNameIsWholeInASmallWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{40, 12})
		p.Press("s")
		p.Shows("ADD ONE", "▸ "+upcomingScope)
	})
	synctest.Test(t, func(t *testing.T) {
		w := short()
		long := upcomingScope + ":admin"
		w.tokens.Scopes = []string{"user:read:user:admin"}
		w.invErr = lacking("GET /users/me/upcoming_meetings", long)
		p := openLab(t, w, &lab{}, [2]int{40, 12})
		p.Press("s")
		p.Shows("▸ "+upcomingScope+":", "  admin")
	})
}

// A pasted refusal counts more than what the table says the token may.
func TestPastedRefusalBesideItsCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.tokens.Scopes, w.invErr = all4, nil
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("3")
		p.Paste(`{"code":4711,"message":"Invalid access token, does not contain scopes:[` + upcomingScope + `]."}`)
		p.Shows("OLD SIGN-IN")
		p.Press("esc")
		p.Shows("An answer of Zoom's: OLD SIGN-IN", "GET    /users/{userId}/upcoming_meetings")
		p.Hides("✓ your token may", "✓ GET")
		p.Press("ctrl+u")
		p.Type("upcoming")
		p.Shows("✓ your token may", "✓ GET    /users/{userId}/upcoming_meetings")
	})
}

// The legend speaks of marks that are there.
func TestLegendOfWhatIf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("3", "w")
		p.Type("list_upcoming")
		p.Press("enter")
		p.Shows("1 call more would be open")
		p.Hides("✓ your token may")
		p.Press("space")
		p.Shows("● 1 marked")
	})
}

// In the demo, what to look at is the switch; and where there is room every scope of
// the token is named.
func TestNothingNewInTheDemo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.grants = w.tokens.Scopes
		deps := labDeps(&lab{})(w)
		deps.Demo, deps.Profile.Demo = switches{}, true
		p := open(t, w, deps, 120, 40)
		p.Press("s")
		p.Shows("In this demo: if a", "took it away", "user:read:user")
		p.Hides("+1")
		p.Press("L")
		p.Paste("code=good")
		p.Advance(2 * time.Second)
		p.Shows("Same 3 scopes as before", "In this demo: is the switch in F")
		p.Hides("took it away")
		if n := strings.Count(p.Frame(), "In this demo"); n != 1 {
			t.Errorf("said %d times", n)
		}
	})
}
