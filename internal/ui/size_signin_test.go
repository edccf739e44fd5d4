package ui

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/uitest"
)

// signInSituation is the sign-in screen of a machine with every way, in a state
// worth seeing.
type signInSituation struct {
	name  string
	ways  func(*ways) // what is different; nil: nothing
	keys  []string
	paste string
	then  func(*ways) // what happens after the keys; nil: nothing
}

func signInSituations() []signInSituation {
	return []signInSituation{
		{name: "all ways"},
		{name: "long ssh line", ways: func(w *ways) {
			w.tunnel = "ssh -L 8976:127.0.0.1:8976 -p 2222 aiko@build7.tokyo.internal.example.com"
		}},
		{name: "over https", ways: func(w *ways) { w.registered = "https://bounce.example.com/zoom" }},
		{name: "short code", keys: []string{"d"}},
		{name: "short code and phone at once", keys: []string{"d", "esc", "l", "esc"}},
		{name: "short code not for this app", ways: func(w *ways) { w.codeErr = notForDevices() }, keys: []string{"d"}},
		{name: "short code not for this app, other ways", ways: func(w *ways) { w.codeErr = notForDevices() }, keys: []string{"d", "esc"}},
		{name: "short code declined", keys: []string{"d"}, then: func(w *ways) { w.newest().over <- declined() }},
		{name: "phone", keys: []string{"l"}},
		{name: "phone, other address", keys: []string{"l", "l"}},
		{name: "phone comes back", ways: func(w *ways) { w.returns, w.alone = true, true }, keys: []string{"l"}},
		{name: "phone, no network", ways: func(w *ways) { w.pageErr = noNetwork() }, keys: []string{"l"}},
		{name: "phone, too late", keys: []string{"l"}, then: func(w *ways) { close(w.page().done) }},
		{name: "paste of an older link", paste: "http://127.0.0.1:8976/callback?code=old&state=other"},
		{name: "older link", then: func(w *ways) { w.news <- login.News{Kind: login.Stranger} }},
		{name: "QR of the short code", keys: []string{"d", "Q"}},
		{name: "QR too large", keys: []string{"Q"}},
		{name: "can't connect", keys: []string{"e", "j"}},
		{name: "typing", keys: []string{"d", "esc", "tab"}},
	}
}

func (s signInSituation) open(t *testing.T, width, height int) *uitest.Program {
	t.Helper()
	w := everyWay()
	if s.ways != nil {
		s.ways(w)
	}
	p := open(t, w.world, w.deps(), width, height)
	p.Press(s.keys...)
	if s.paste != "" {
		p.Paste(s.paste)
	}
	if s.then != nil {
		s.then(w)
	}
	p.Advance(21 * time.Second)
	return p
}

func TestEveryWayFillsEveryWindow(t *testing.T) {
	for _, s := range signInSituations() {
		t.Run(s.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := s.open(t, 80, 24)
				for _, w := range []int{40, 45, 46, 60, 61, 80, 120, 200} {
					for _, h := range []int{10, 11, 12, 15, 16, 17, 24, 30, 60} {
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

// The pictures of the sign-in screen, as text. Renew them with -update after
// looking.
func TestGoldenSignIn(t *testing.T) {
	for _, s := range signInSituations() {
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
