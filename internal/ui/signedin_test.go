package ui

import (
	"testing"
	"testing/synctest"
	"time"
)

// After the browser has come back everything is asked for at once: the profile
// does not wait for the token file, nor the lists for the profile, and each is
// asked once.
func TestEverythingIsAskedAtOnceAfterASignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.SignedIn = false
		lists := &late{world: w, gate: make(chan struct{})}
		deps := w.deps()
		deps.Calendar = lists
		p := open(t, w, deps, 80, 24)
		p.Shows("Open this link")
		w.attempt.finish()
		p.Send(nil) // lets what follows happen; no time passes
		if me, read := w.called("me"), w.called("current"); me != 1 || read != 1 {
			t.Errorf("before any list was answered: %d questions who it is, %d looks at the store; want one each", me, read)
		}
		p.Shows("Signed in as Aiko Tanaka")
		p.Advance(2 * time.Second)
		p.Shows("1 Dashboard", "aiko@example.test", "● signed in", "51:05")
		close(lists.gate)
		p.Advance(time.Second)
		p.Shows("Weekly sync")
		for what, n := range map[string]int{"me": 1, "hosted": 1, "invited": 1} {
			if got := w.called(what); got != n {
				t.Errorf("%s was asked %d times, want once", what, got)
			}
		}
	})
}

// Another process that signs in later is still noticed.
func TestSignInElsewhereAfterOneHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("R")
		w.attempt.finish()
		p.Advance(3 * time.Second)
		w.user.Name = "Grace Hopper"
		w.tokens.SignedInAt, w.tokens.AccessFingerprint = time.Now(), "bbbbbb"
		p.Advance(12 * time.Second)
		p.Shows("Grace Hopper")
	})
}
