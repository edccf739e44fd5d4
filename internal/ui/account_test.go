package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
)

func TestAccountCredentialsOnTheDashboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		p := open(t, w, s2sDeps(w), 80, 24)
		p.Shows("● account token", "51:07", "fetched anew at 09:46", "nobody signs in", "no refresh token", "u whose data")
		p.Hides("sign-in ━", "sign-in ─", "~", "● signed in", "sign in again", "revoke")
		p.Press("R")
		p.Shows("Nobody signs in")
		p.Press("x")
		p.Hides("End this sign-in")
		p.Advance(10 * time.Second)
		p.Press("r")
		if w.called("renew") != 1 || w.called("start") != 0 {
			t.Errorf("renewed %d times, began %d sign-ins", w.called("renew"), w.called("start"))
		}
	})
}

func TestSmallWindowSaysWhatTheTokenIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		p := open(t, w, s2sDeps(w), 40, 12)
		p.Shows("● account token", "access  51:07", "account credentials")
	})
}

// The first token of such an app is fetched by the first call; its countdown is
// there as soon as that has been answered.
func TestFirstAccountToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		deps := s2sDeps(w)
		deps.Tokens = state.Tokens{SignedIn: true}
		p := open(t, w, deps, 80, 24)
		p.Shows("51:07", "Aiko Tanaka")
		if w.called("me") != 1 || w.called("hosted") != 1 {
			t.Errorf("asked %d times who and %d times what", w.called("me"), w.called("hosted"))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		deps := s2sDeps(w)
		deps.Tokens, deps.Account, deps.Calendar = state.Tokens{SignedIn: true}, silent{}, silent{}
		p := open(t, w, deps, 80, 24)
		p.Shows("none yet", "the first call fetches one")
	})
}

// With each token of account credentials the store says "signed in just now";
// nobody did, and nothing is asked for anew because of it.
func TestNewAccountTokenIsNoNewSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		p := open(t, w, s2sDeps(w), 120, 40)
		w.tokens.SignedInAt, w.tokens.AccessFingerprint = time.Now(), "aaaaaa"
		p.Advance(15 * time.Second)
		p.Shows("#aaaaaa", "Aiko Tanaka")
		if n := w.called("me"); n != 1 {
			t.Errorf("asked %d times who it is", n)
		}
	})
}

func TestAccountIsAskedForAUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(false)
		p := open(t, w, s2sDeps(w), 80, 24)
		if n := strings.Count(p.Frame(), "whose data?"); n != 2 {
			t.Errorf("profile and meetings ask %d times whose data, want each once:\n%s", n, p.Frame())
		}
		p.Shows("u names a user")
		p.Press("2")
		p.Shows("whose data?", "u names a user")
		p.Press("u")
		p.Shows("Whose profile and meetings?")
		p.Press("enter")
		p.Shows("Type the e-mail address")
		p.Type("two words")
		p.Press("enter")
		p.Shows("Neither an e-mail address nor an id")
		p.Press("ctrl+u")
		p.Type(" q?nobody@example.test")
		p.Press("enter")
		p.Shows("Neither an e-mail") // a question mark would begin a query
		p.Press("ctrl+u")
		p.Paste(" nobody@example.test \n")
		p.Press("enter")
		p.Shows("Zoom knows no user nobody@example.test")
		p.Press("u", "ctrl+u")
		p.Type("aiko@example.test")
		if cur := p.View().Cursor; cur == nil {
			t.Error("the box has no cursor")
		}
		p.Press("enter", "1")
		p.Shows("Aiko Tanaka", "Weekly sync", "Licensed")
		p.Hides("whose data?")
	})
}

func TestUserThatCannotBeKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		p := open(t, w, s2sDeps(w), 80, 24)
		p.Press("u")
		p.Type("locked@example.test")
		p.Press("enter")
		p.Shows("✗", "read-only file system", "locked@example.test")
		p.Press("esc")
		p.Shows("Aiko Tanaka")
		if n := w.called("me"); n != 1 {
			t.Errorf("asked %d times", n)
		}
	})
}

func TestRefusedAccountCredentialsAreSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := account(true)
		refused := problem{explain.Facts{
			Place: explain.PlaceToken, HTTPStatus: 400, OAuth: "invalid_client", Op: "fetch account token",
			Message: "Invalid client_id or client_secret",
		}}
		w.userErr, w.hostErr, w.invErr = refused, refused, refused
		deps := s2sDeps(w)
		deps.Tokens = state.Tokens{SignedIn: true}
		p := open(t, w, deps, 80, 24)
		p.Shows("○ refused by Zoom", "Zoom does not know this Server-to-Server app", "r tries again")
		if n := strings.Count(p.Frame(), "does not know this"); n != 1 {
			t.Errorf("said %d times:\n%s", n, p.Frame())
		}
		p.Hides("sign in again", "R ")
	})
}

func TestMeetingsTabSaysWhatIsTheMatter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.invErr = problem{explain.Facts{
			Place: explain.PlaceAPI, HTTPStatus: 400, Code: 4711, MissingScopes: []string{"meeting:read:list_upcoming_meetings"},
		}}
		p := open(t, w, w.deps(), 80, 24)
		words := "Invitations: needs a scope: meeting:read:list_upcoming_meetings"
		p.Shows(words)
		p.Press("2")
		p.Shows(words, "Weekly sync")
		w.hostErr, w.userErr, w.invErr = offline(), offline(), offline()
		p.Press("r")
		p.Shows("Offline since 09:00:", "Weekly sync")
	})
}
