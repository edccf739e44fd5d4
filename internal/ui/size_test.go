package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// situation is a screen in a state worth seeing, and how to get there.
type situation struct {
	name  string
	world func() *world
	deps  func(w *world) Deps // nil: those of the world
	keys  []string
	paste string
	then  func(*world, *uitest.Program) // what happens after the keys; nil: nothing

	coarse bool // a few window sizes will do
}

func situations() []situation {
	signedOutByZoom := func() *world {
		w := week()
		e := problem{explain.Facts{
			Place: explain.PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!",
			TrackingID: "v=2.0;clid=us02;rid=WEB_4f1c", At: time.Now(),
		}}
		w.userErr, w.hostErr, w.invErr = e, e, e
		return w
	}
	empty := func() *world {
		w := week()
		w.hosted, w.invited = nil, nil
		return w
	}
	off := func() *world {
		w := week()
		w.userErr, w.hostErr, w.invErr = offline(), offline(), offline()
		return w
	}
	return append(slices.Concat(profileSituations(), staleSituations(), scopeSituations(), requestSituations(), tokenSituations()), []situation{
		{name: "sign-in", world: signedOut},
		{name: "sign-in, wrong paste", world: signedOut, paste: "nonsense", keys: []string{"enter"}},
		{name: "sign-in, browser error", world: signedOut, keys: []string{"e", "j"}},
		{name: "sign-in, QR", world: signedOut, keys: []string{"Q"}},
		{name: "sign-in, done", world: signedOut, paste: "code=good"},
		{name: "dashboard", world: week},
		{name: "dashboard, empty", world: empty},
		{name: "dashboard, offline", world: off},
		{name: "dashboard, signed out by Zoom", world: signedOutByZoom},
		{name: "help", world: week, keys: []string{"?"}},
		{name: "revoke", world: week, keys: []string{"x"}},
		{name: "link", world: week, keys: []string{"enter"}},
		{name: "meetings", world: week, keys: []string{"2", "j", "j"}},
		{name: "meetings, filter", world: week, keys: []string{"2", "/", "s"}},
		{name: "token", world: week, keys: []string{"4"}},
		{name: "meetings, offline", world: off, keys: []string{"2"}},
	}...)
}

func (s situation) open(t *testing.T, w, h int) *uitest.Program {
	t.Helper()
	world := s.world()
	deps := world.deps()
	if s.deps != nil {
		deps = s.deps(world)
	}
	p := open(t, world, deps, w, h)
	if s.paste != "" {
		p.Paste(s.paste)
	}
	p.Press(s.keys...)
	if s.then != nil {
		s.then(world, p)
	}
	return p
}

// Every screen fills every window exactly, to the cell. The check itself is in
// uitest: each frame of each step goes through it.
func TestEveryScreenFillsEveryWindow(t *testing.T) {
	for _, s := range situations() {
		t.Run(s.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := s.open(t, 80, 24)
				widths, heights := []int{40, 41, 57, 60, 71, 72, 79, 80, 81, 100, 120, 159, 200}, []int{10, 11, 12, 15, 16, 17, 24, 25, 30, 40, 60}
				if s.coarse {
					widths, heights = []int{40, 57, 71, 80, 159}, []int{10, 12, 16, 24, 60}
				}
				for _, w := range widths {
					for _, h := range heights {
						p.Resize(w, h)
						if strings.TrimSpace(p.Frame()) == "" {
							t.Fatalf("nothing is drawn at %d×%d", w, h)
						}
					}
				}
			})
		})
	}
}

func TestTooSmallAWindowSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		for _, size := range [][2]int{{39, 24}, {80, 9}, {30, 8}, {12, 4}, {5, 3}, {5, 1}, {200, 1}} {
			p.Resize(size[0], size[1])
			if f := p.Frame(); !strings.Contains(f, "40×10") {
				t.Errorf("%v: %q", size, f)
			}
		}
		p.Resize(1, 1) // no room for anything
		p.Resize(30, 8)
		p.Shows("40×10 needed: zoomtui draws in", "no smaller window.")
	})
}

// The essentials are on the smallest screens too.
func TestSmallWindowKeepsTheEssentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 40, 12)
		p.Shows("設計レビュー", "12:41", "51:07", "● signed in")
	})
	synctest.Test(t, func(t *testing.T) {
		w := signedOut()
		p := open(t, w, w.deps(), 40, 12)
		p.Shows("10:00", "tab")
	})
}

// Without colours every word stays: no state is told by colour alone.
func TestNoStateIsToldByColourAlone(t *testing.T) {
	for name, change := range map[string]func(*state.Tokens){
		"signed in":  func(*state.Tokens) {},
		"expired":    func(s *state.Tokens) { s.AccessExpires = time.Now().Add(-time.Minute) },
		"ends soon":  func(s *state.Tokens) { s.SignInEnds = time.Now().Add(5 * 24 * time.Hour) },
		"signed out": func(s *state.Tokens) { *s = state.Tokens{} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				change(&w.tokens)
				deps := w.deps()
				deps.NoColor = true
				p := open(t, w, deps, 80, 24)
				words := map[string]string{
					"signed in": "● signed in", "expired": "expired", "ends soon": "sign-in ends in 5 d", "signed out": "sign in",
				}
				p.Shows(words[name])
			})
		})
	}
}

// The pictures of the screens, as text. Renew them with -update after looking.
func TestGolden(t *testing.T) {
	for _, s := range situations() {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}} {
			t.Run(fmt.Sprintf("%s %dx%d", s.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					p := s.open(t, size[0], size[1])
					golden.RequireEqual(t, trimRight(p.Frame()))
				})
			})
		}
	}
}

// trimRight drops the blanks that fill the window, which say nothing to a reader.
func trimRight(frame string) string {
	lines := strings.Split(frame, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}
