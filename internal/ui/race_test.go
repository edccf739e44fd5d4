package ui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/state"
)

// Keys and answers that meet at the wrong moment.

func TestKeysDuringTheSuccessPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("R")
		first := w.attempt
		first.finish()
		p.Press("n", "esc", "n", "R", "x") // n comes before the news of the success
		p.Advance(3 * time.Second)
		p.Shows("1 Dashboard", "Tokens")
		if !first.closed || !w.attempt.closed {
			t.Error("a sign-in still holds its port")
		}
	})
}

// Whoever knows where to go need not wait until the success has been read.
func TestTabsDuringTheSuccessPause(t *testing.T) {
	for key, shows := range map[string]string{"4": "Access token", "tab": "/ filter", "s": "3 scopes granted"} {
		t.Run(key, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				p := openLab(t, w, &lab{}, [2]int{80, 24})
				p.Press("R")
				first := w.attempt
				first.finish()
				p.Send(nil)
				p.Shows("Signed in")
				p.Press(key)
				p.Shows(shows)
				if !first.closed {
					t.Error("the sign-in still holds its port")
				}
				p.Advance(5 * time.Second)
				p.Shows(shows)
			})
		})
	}
}

// slowStart starts sign-ins only when it is told to.
type slowStart struct {
	*world
	gate chan struct{}
	all  []*attempt
}

func (s *slowStart) Start(ctx context.Context) (login.Attempt, error) {
	select {
	case <-s.gate:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	a, err := s.world.Start(ctx)
	s.all = append(s.all, s.attempt)
	return a, err
}

func TestNoSignInStaysOpenUnseen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		slow := &slowStart{world: w, gate: make(chan struct{}, 9)}
		deps := w.deps()
		deps.SignIns = slow
		p := open(t, w, deps, 80, 24)
		p.Press("R", "esc", "R", "esc", "R")
		for range 3 {
			slow.gate <- struct{}{}
		}
		p.Advance(time.Second)
		p.Shows("Open this link")
		open := 0
		for _, a := range slow.all {
			if !a.closed {
				open++
			}
		}
		if open != 1 || len(slow.all) != 1 {
			t.Errorf("%d of %d sign-ins are open, want the one on the screen", open, len(slow.all))
		}
		p.Press("esc")
		if !slow.all[0].closed {
			t.Error("the last one was not closed")
		}
	})
}

func TestAnotherPersonsDataGoesWithTheSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("Aiko Tanaka", "Weekly sync")
		missing := problem{explain.Facts{Place: explain.PlaceAPI, HTTPStatus: 400, Code: 4711, MissingScopes: []string{"user:read:user"}}}
		w.userErr, w.hostErr, w.invErr = missing, missing, missing
		p.Press("R")
		w.attempt.finish()
		p.Advance(3 * time.Second)
		p.Shows("1 Dashboard")
		p.Hides("Aiko Tanaka", "Weekly sync", "aiko@example.test")
	})
}

func TestSignInOfAnotherProcessIsTakenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		ended := problem{explain.Facts{Place: explain.PlaceAPI, Class: explain.SignIn, HTTPStatus: 401, Code: 124, Message: "Invalid access token."}}
		w.userErr, w.hostErr, w.invErr = ended, ended, ended
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("○ signed out")
		p.Send(blur())
		w.userErr, w.hostErr, w.invErr = nil, nil, nil
		w.tokens.SignedInAt, w.tokens.AccessFingerprint, w.tokens.Generation = time.Now(), "aaaaaa", 1
		p.Advance(12 * time.Second)
		p.Shows("● signed in", "Aiko Tanaka", "Weekly sync")
	})
}

func TestStoreReadBeforeARevokeChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		old := w.tokens
		p.Press("x", "y")
		p.Send(state.TokensRead{Tokens: old}) // it began before the revoke
		p.Shows("Open this link")
		p.Press("R")
		p.Hides("● signed in")
	})
}

func TestFailingRenewalBacksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.RenewsAt = time.Now()
		w.renewal = offline()
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(30 * time.Minute)
		if n := w.called("renew"); n < 4 || n > 9 {
			t.Errorf("asked %d times in half an hour", n)
		}
	})
}

func TestNothingIsAskedWhileZoomPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.hostErr = problem{explain.Facts{
			Place: explain.PlaceAPI, HTTPStatus: 429, Daily: true, RetryAt: time.Now().Add(2 * time.Hour),
			Message: "You have reached the maximum daily rate limit for this API.",
		}}
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(time.Hour)
		if n := w.called("hosted"); n != 1 {
			t.Errorf("asked %d times although Zoom said to wait for two hours", n)
		}
		w.hostErr = nil
		p.Advance(time.Hour + time.Minute)
		p.Hides("paused by Zoom")
	})
}

func TestHostileLinksAreNoLinks(t *testing.T) {
	for name, url := range map[string]string{
		"escape":     "https://zoom.us/j/1\x1b[2J",
		"clipboard":  "https://zoom.us/j/1\x1b]52;c;ZXZpbA==\x07",
		"bidi":       "https://zoom.us/j/\u202e1",
		"line break": "https://zoom.us/j/1\nhttps://evil.test",
		"blank":      "https://zoom.us/j/1 rm",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				w.hosted, w.invited = []agenda.Hosted{{ID: 9, Topic: "t", Type: 2, Start: time.Now().Add(time.Hour), JoinURL: url}}, nil
				p := open(t, w, w.deps(), 80, 24)
				p.Press("enter")
				p.Shows("Zoom sent no link")
				p.Press("y")
				if len(p.Sent) != 0 || strings.Contains(p.Raw(), "evil") {
					t.Errorf("the link was used: %q", p.Sent)
				}
			})
		})
	}
}
