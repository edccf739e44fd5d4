package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// signInWith signs in again from the scopes tab.
func signInWith(w *world, p *uitest.Program, grants []string) {
	w.grants = grants
	p.Press("L")
	p.Paste("code=good")
	p.Advance(2 * time.Second)
}

// An answer that names no scopes takes none away, and the next one brings none.
func TestSignInThatNamesNoScopes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.invErr = nil
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("3")
		signInWith(w, p, []string{})
		p.Shows("Scopes not named by Zoom this time", "nothing is called missing")
		p.Hides("→ 0", "−")
		p.Press("1")
		p.Shows("scopes  not named")
		p.Press("3", "w")
		p.Shows("scopes, granted or not is unknown; + calls that each opens")
		p.Hides("not granted")
		p.Press("esc")
		signInWith(w, p, all4)
		p.Shows("4 scopes; before, Zoom named none", "4 scopes granted")
		p.Hides("0 →", "+ ")
	})
}

// Nothing agrees of which one side says nothing.
func TestProbeOfUnknownScopes(t *testing.T) {
	settle := func(p *uitest.Program) {
		p.Press("3", "p", "enter")
		p.Advance(10 * time.Second)
	}
	for name, test := range map[string]struct {
		scopes  []string
		answers map[string]*scope.Live
		size    [2]int
		shows   []string
	}{
		"none named": {nil, nil, [2]int{80, 24}, []string{"7 calls asked · none compared: the token's scopes are unknown"}},
		"all known":  {all4, nil, [2]int{80, 24}, []string{"7 calls asked", "differ"}},
		"one of a moment": {
			all4,
			map[string]*scope.Live{"/users/me/settings": {Status: 500}, "/users/me/permissions": {Status: 500}, "/users/me/recordings?page_size=1": {Status: 500}, "/users/me/webinars?page_size=1": {Status: 500}},
			[2]int{80, 24},
			[]string{"7 calls asked · 3 compared · all agree"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := short()
				w.invErr, w.tokens.Scopes = nil, test.scopes
				p := openLab(t, w, &lab{answers: test.answers}, test.size)
				settle(p)
				p.Shows(test.shows...)
				if test.scopes == nil {
					p.Hides("agree")
				}
			})
		})
	}
}

// The list of sign-ins says which of them named no scopes, and counts on from there.
func TestSignInsOfWhichSomeNamedNoScopes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.tokens.Scopes = all4
		at := func(hours int) time.Time { return time.Now().Add(-time.Duration(hours) * time.Hour) }
		w.history = []state.HistoryRow{
			{At: at(1), Action: "sign-in", Result: "ok", OldFingerprint: "ccc", ScopesUnnamed: state.UnnamedBefore},
			{At: at(2), Action: "refresh", Result: "ok", OldFingerprint: "bbb", ScopesUnnamed: state.UnnamedNow},
			{At: at(3), Action: "sign-in", Result: "ok", OldFingerprint: "aaa", ScopesUnnamed: state.UnnamedNow},
			{At: at(4), Action: "sign-in", Result: "ok", OldFingerprint: "999"},
			{At: at(5), Action: "sign-in", Result: "ok", ScopesAdded: all4},
		}
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("3", "h")
		p.Shows("signed in  4, not named before", "signed in  scopes not named by Zoom", "signed in  the same", "signed in  0 → 4  + user:read:user")
		p.Hides("→ 0", "−", "renewed")
	})
}
