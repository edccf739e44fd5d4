package ui

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/ui/state"
)

var all4 = []string{"user:read:user", "meeting:read:list_meetings", "meeting:read:meeting", upcomingScope}

// The way that most people come: a panel fails, one key to the verdict, one to the
// sign-in, and back at the same place with what has changed.
func TestFromAFailedPanelToTheScopeInThreeKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.grants = all4
		l := &lab{}
		p := openLab(t, w, l, [2]int{80, 24})
		p.Shows("Invitations: needs a scope: "+upcomingScope, "s what to do", "1 missing")
		p.Press("s")
		p.Shows("Scopes › GET /users/me/upcoming_meetings", "ADD ONE", "▸ "+upcomingScope, "this one fits your app",
			"not for user-managed apps", "Zoom's answer of 08:59:59", "4711", "rid=WEB_4f1c")
		p.Press("y")
		if len(p.Sent) != 1 || p.Sent[0] != upcomingScope {
			t.Errorf("y sent %q to the clipboard", p.Sent)
		}
		p.Press("L")
		p.Shows("Open this link in any browser")
		w.invErr = nil
		p.Paste("code=good")
		p.Advance(2 * time.Second)
		p.Shows("Scopes › GET /users/me/upcoming_meetings", "scopes 3 → 4", "+ "+upcomingScope, "✓ HAS IT", "✓ "+upcomingScope,
			"was before this sign-in and counts no more", "1 r Make the call")
		p.Hides("ADD ONE")
		p.Press("r")
		p.Shows("Zoom answered 200 in 143 ms", "HAS IT", "Zoom's answer of")
		if got := l.calls(); len(got) != 1 || got[0] != "/users/me/upcoming_meetings" {
			t.Errorf("called %q", got)
		}
		p.Press("esc")
		p.Shows("設計レビュー", "all that is needed ✓") // where s was pressed
		p.Hides("needs a scope")
	})
}

// A sign-in that brings nothing new says so, and what to look at.
func TestSignInThatBringsNothingNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.grants = w.tokens.Scopes
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("s", "L")
		p.Paste("code=good")
		p.Advance(2 * time.Second)
		p.Shows("ADD ONE", "Same 3 scopes as before", "Was the page saved?", "…da3g", "up to an hour")
		p.Press("esc", "s")
		p.Hides("Same 3 scopes") // it was told
	})
}

// A sign-in that is given up leaves everything as it was.
func TestSignInGivenUpComesBackToTheVerdict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("s", "L", "esc")
		p.Shows("ADD ONE", "Scopes › GET /users/me/upcoming_meetings")
		p.Hides("scopes 3 →", "Same 3")
	})
}

// An app of an account has nobody to sign in: a new token comes by itself, each
// minute, until it has the scope.
func TestAccountTokenIsFetchedUntilTheScopeComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		for i, s := range w.tokens.Scopes {
			w.tokens.Scopes[i] = s + ":admin"
		}
		w.tokens.SignInEnds, w.tokens.RefreshFingerprint = time.Time{}, ""
		l := &lab{}
		deps := labDeps(l)(w)
		deps.Profile = state.Profile{Name: "robot", Kind: "s2s", ClientTail: "k3Lm"}
		p := open(t, w, deps, 80, 24)
		p.Press("s")
		p.Shows("ADD ONE", "▸ "+upcomingScope+":admin", "L Then fetch a new token")
		p.Press("L")
		if n := w.called("renew"); n != 1 {
			t.Fatalf("%d tokens were fetched at once, want 1", n)
		}
		p.Shows("Same 3 scopes as before", "A new token comes by itself in 1:00")
		p.Advance(30 * time.Second)
		p.Shows("by itself in 0:30")
		p.Advance(31 * time.Second)
		if n := w.called("renew"); n != 2 {
			t.Fatalf("%d tokens were fetched after a minute, want 2", n)
		}
		w.grants = append([]string{upcomingScope + ":admin"}, w.tokens.Scopes...)
		p.Advance(time.Minute)
		p.Shows("scopes 3 → 4", "HAS IT")
		p.Hides("by itself")
		p.Advance(5 * time.Minute)
		if n := w.called("renew"); n != 3 {
			t.Errorf("%d tokens were fetched although the scope is there, want 3", n)
		}
	})
}

// The wait for an account's scope ends when the person turns to something else.
func TestWaitForAnAccountsScopeEndsWithThePage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		deps := labDeps(&lab{})(w)
		deps.Profile = state.Profile{Name: "robot", Kind: "s2s"}
		p := open(t, w, deps, 80, 24)
		p.Press("s", "L", "esc")
		p.Advance(3 * time.Minute)
		if n := w.called("renew"); n != 1 {
			t.Errorf("%d tokens were fetched, want 1", n)
		}
	})
}

func TestScopesKeyWithoutAFailureOpensTheTab(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("s")
		p.Shows("Your app: General, user-managed, granular", "3 scopes granted", "meeting:read:list_meetings", "▸")
		p.Press("tab")
		p.Shows("Access token")
		p.Press("s", "enter")
		p.Shows("Scopes › meeting:read:list_meetings", "GET    /users/{userId}/meetings")
	})
}

// What a person sees while there is no table, or none at all.
func TestScopesWithoutATable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lab{gate: make(chan struct{})}
		p := openLab(t, short(), l, [2]int{80, 24})
		p.Press("s")
		p.Shows("Loading the table", "GET /users/me/upcoming_meetings")
		close(l.gate)
		p.Advance(time.Second)
		p.Shows("ADD ONE")
	})
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{err: errors.New("it is damaged")}, [2]int{80, 24})
		p.Press("s")
		p.Shows("The table of Zoom's calls cannot be read")
	})
	synctest.Test(t, func(t *testing.T) {
		w := short()
		p := open(t, w, w.deps(), 80, 24) // no table is there at all
		p.Press("s")
		p.Shows("There is no table of Zoom's calls here.")
		p.Press("m", "/", "x", "esc", "w", "x", "esc", "p", "enter", "esc", "x", "L", "esc")
	})
}

// A role that is missing is no scope that is missing.
func TestFailureOfAnotherKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.invErr = nil
		e := lacking("GET /users/me/meetings").(problem)
		e.facts.HTTPStatus, e.facts.Code, e.facts.Message, e.facts.MissingScopes = 403, 200, "No permission.", nil
		w.hostErr = e
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Shows("Your meetings: Zoom refuses: No permission.", "s what to do")
		p.Press("s")
		p.Shows("NOT A SCOPE PROBLEM", "403 200", "No permission.")
		p.Hides("ADD ONE", "expired")
	})
}

// Unknown is said to be unknown, and nothing is called missing.
func TestUnknownScopes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.Scopes = nil
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("3")
		p.Shows("named no scopes", "nothing is called missing", "p asks Zoom itself")
	})
}
