package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/uitest"
)

// What Zoom said to an earlier sign-in is shown as such, or no more.
func TestAnswersOfAnEarlierSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.grants = all4
		l := &lab{takes: 1500 * time.Millisecond}
		p := openLab(t, w, l, [2]int{80, 24})
		p.Press("3", "p", "enter")
		p.Advance(30 * time.Second)
		p.Shows("7 calls asked")
		p.Hides("Before this sign-in")
		p.Press("L")
		p.Paste("code=good")
		p.Advance(2 * time.Second)
		p.Shows("Before this sign-in: 7 calls asked")
		p.Press("enter") // GET /users/me, which Zoom let through half a minute ago
		p.Shows("HAS IT", "Zoom's answer of 09:00:01 was before this sign-in and counts no more")
	})
	synctest.Test(t, func(t *testing.T) {
		w := short()
		w.grants = all4
		p := openLab(t, w, &lab{}, [2]int{80, 24})
		p.Press("s", "r")
		p.Shows("Zoom answered 200")
		p.Press("L")
		p.Paste("code=good")
		p.Advance(2 * time.Second)
		p.Shows("scopes 3 → 4", "HAS IT")
		p.Hides("Zoom answered")
	})
}

// A call that is tried moves nothing: its result stands where it was said what the call does.
func TestTriedCallMovesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := openLab(t, w, &lab{takes: 2 * time.Second}, [2]int{80, 24})
		p.Press("3", "/")
		p.Type("GET /users/me/meetings")
		p.Press("enter")
		place := func() int { return strings.Index(p.Frame(), "✓ HAS IT") }
		row := func() int { return strings.Count(p.Frame()[:place()], "\n") }
		before := row()
		p.Press("r")
		p.Shows("Making the call…")
		if row() != before {
			t.Error("the verdict moved when the call was made")
		}
		p.Advance(3 * time.Second)
		p.Shows("Zoom answered 200 in 143 ms.")
		if row() != before {
			t.Error("the verdict moved when the answer came")
		}
	})
}

// From the first page of the tab there is no way back to where a call was judged.
func TestMyScopesEndTheWayBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("s", "m", "w", "esc")
		p.Shows("3 scopes granted")
	})
}

// A token that is typed into a box, as a paste without brackets is, is not to be seen.
func TestTypedTokenIsHidden(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := openLab(t, short(), &lab{}, [2]int{80, 24})
		p.Press("3", "/")
		p.Type(`curl -H 'Authorization: Bearer eyJhbGciOiJIUzUxMiJ9.eyJpc3Mi.c2lnbmF0dXJl' https://api.zoom.us/v2/users/me/settings`)
		p.Hides("JhbGci", "c2lnb")
		p.Shows("The call GET /users/me/settings")
		p.Press("enter")
		p.Shows("Scopes › GET /users/me/settings", "ADD ONE")
		p.Press("esc", "esc", "w")
		p.Paste("eyJhbGciOiJIUzUxMiJ9.eyJpc3Mi.c2lnbmF0dXJl")
		p.Hides("JhbGci", "c2lnb")
	})
}

// The verdict on a call that was made with a pasted token is about the token in use.
func TestVerdictOnACallWithAnotherToken(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		x := called("GET", "/v2/users/me/meetings", 0, page(`{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_meetings]."}`))
		x.OtherToken, x.Status, x.ZoomCode, x.Again = true, 400, 4711, ""
		x.NotAgain = "It was another token."
		w.add(x)
		p.Advance(2 * time.Second)
		if at := cursorLine(p); !strings.Contains(at, "pasted token /users/me/meeti") {
			t.Errorf("the row is %q", at)
		}
		p.Press("enter")
		p.Shows("pasted token /users/me/meetings", "Made with the token that was pasted")
		p.Hides("r again")
		p.Press("y")
		if len(p.Sent) != 1 || strings.Contains(p.Sent[0], "zoomtui") || !strings.Contains(p.Sent[0], "Bearer REDACTED") {
			t.Errorf("copied %q", p.Sent)
		}
	})
}

// With a sign-in that Zoom has ended nothing is asked, and nothing is offered that asks.
func TestEndedSignInIsNotProbed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := week(), &lab{}
		e := problem{explain.Facts{Place: explain.PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!"}}
		w.userErr, w.hostErr, w.invErr = e, e, e
		p := openLab(t, w, l, [2]int{80, 24})
		p.Press("3", "p", "enter", "a")
		p.Shows("There is no token to ask with.")
		p.Hides("enter ask Zoom")
		p.Press("/")
		p.Type("GET /users/me/meetings")
		p.Press("enter", "r")
		p.Advance(time.Second)
		p.Hides("r try the call")
		if n := len(l.calls()); n != 0 {
			t.Errorf("%d calls were made", n)
		}
	})
}
