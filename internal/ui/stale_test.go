package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
)

// The badge stays although later attempts fail for other reasons, and goes when
// another process has signed in again.
func TestSignedOutStaysUntilItIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.refused(refusedRefresh())
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("○ signed out", "ended: Zoom no longer takes it", "R sign in again  H history")
		w.refused(offline())
		p.Advance(6 * time.Minute)
		p.Shows("○ signed out", "Zoom no longer accepts this sign-in")
		p.Hides("◌ offline")
		w.refused(nil)
		w.tokens.SignedInAt, w.tokens.AccessFingerprint, w.tokens.RefreshFingerprint = time.Now(), "aaaaaa", "bbbbbb"
		p.Advance(12 * time.Second)
		p.Shows("● signed in", "設計レビュー")
		p.Hides("no longer accepts")
	})
}

// A refused refresh token stays refused while the access token is still good.
func TestDeadRefreshTokenIsSaidWhileCallsStillWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.Ended = refusedRefresh()
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("○ signed out", "Zoom no longer accepts this sign-in", "the last one: none follows", "51:07", "設計レビュー", "Aiko Tanaka")
		p.Advance(time.Minute)
		p.Shows("○ signed out", "50:07")
		if n := w.called("renew"); n != 0 {
			t.Errorf("the dead token was renewed %d times by itself", n)
		}
		w.tokens.Ended, w.tokens.AccessFingerprint, w.tokens.RefreshFingerprint = nil, "aaaaaa", "bbbbbb" // it was Zoom's mistake
		p.Advance(11 * time.Second)
		p.Shows("● signed in")
		p.Hides("no longer accepts")
	})
}

func TestHistoryKnowsTheEndFromTheFirstFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.Ended = refusedRefresh()
		deps := cachedFor(3 * time.Hour)(w)
		deps.Account, deps.Calendar = silent{}, silent{} // no call has been answered
		p := open(t, w, deps, 80, 24)
		p.Shows("○ signed out", "no longer accepts", "設計レビュー", "Meetings: as of 06:00", "Profile  as of 06:00")
	})
}

func TestMoveIsNoticedAndTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		w.tokens.MovedAt, w.tokens.Ended = time.Now(), movedAway()
		p.Advance(12 * time.Second)
		p.Shows("○ moved away", "moved to another machine", "not used here any more", "設計レビュー", "H history")
		p.Hides("r renew")
		p.Press("r")
		p.Shows("The sign-in is on another machine")
		if n := w.called("renew"); n != 0 {
			t.Errorf("what another machine has was renewed %d times", n)
		}
		w.tokens.MovedAt, w.tokens.Ended = time.Time{}, nil
		p.Advance(12 * time.Second)
		p.Shows("● signed in", "r renew")
		p.Hides("another machine")
	})
}

func TestLogoutElsewhereIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		w.tokens = state.Tokens{}
		p.Advance(12 * time.Second)
		p.Shows("○ signed out", "ended by another zoomtui", "Press R to sign in")
		p.Hides("設計レビュー", "aiko@example.test")
		p.Advance(30 * time.Second)
		p.Shows("ended by another zoomtui")
		w.tokens = signedIn(time.Now())
		p.Advance(12 * time.Second)
		p.Shows("● signed in", "設計レビュー")
		p.Hides("another zoomtui")
	})
}

func TestUnreadableTokensAreReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		tokens := w.tokens
		w.tokens = state.Tokens{}
		w.readErr = problem{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Store, Path: "/home/aiko/tokens/work.json", Cause: "permission denied",
		}}
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("✗ tokens unreadable", "cannot be read  r tries again")
		p.Hides("○ signed out")
		w.readErr, w.tokens = nil, tokens
		p.Press("r")
		p.Shows("● signed in", "設計レビュー")
	})
}

func TestEachAgeHasItsBadge(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*world)
		shows  []string
	}{
		"ends soon": {
			func(w *world) { w.tokens.SignInEnds = time.Now().Add(9 * 24 * time.Hour) },
			[]string{"● sign-in ends in 9 d", "r renews it; else over ~10 Jan"},
		},
		"two weeks": {
			func(w *world) { w.tokens.SignInEnds = time.Now().Add(14 * 24 * time.Hour) },
			[]string{"● sign-in ends in 14 d"},
		},
		"older than it can become": {
			func(w *world) { w.tokens.SignInEnds = time.Now().Add(-24 * time.Hour) },
			[]string{"● sign-in may be over", "over?", "too old: Zoom may refuse it", "r tries it  R sign in again"},
		},
		"paused": {
			func(w *world) { w.hostErr, w.invErr = limited(3*time.Hour), limited(3*time.Hour) },
			[]string{"◌ paused until 12:00", "Paused by Zoom until 12:00: the daily limit of your account", "r tries now"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				tc.change(w)
				p := open(t, w, w.deps(), 80, 24)
				p.Shows(tc.shows...)
			})
		})
	}
}

func TestPauseEndsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.hostErr, w.invErr = limited(10*time.Minute), limited(10*time.Minute)
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(9 * time.Minute)
		if n := w.called("hosted"); n != 1 {
			t.Errorf("asked %d times although Zoom asked to wait", n)
		}
		w.hostErr, w.invErr = nil, nil
		p.Advance(2 * time.Minute)
		p.Shows("● signed in")
		p.Hides("aused", "as of 09:00:0")
	})
}

func TestDataThatNobodyRenewedSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Send(blur())
		p.Advance(9 * time.Minute)
		p.Hides("◌ as of")
		p.Advance(2 * time.Minute)
		p.Shows("◌ as of 09:00", "Meetings: as of 09:00", "Profile  as of 09:00")
		p.Send(focus())
		p.Advance(2 * time.Second)
		p.Shows("● signed in")
		p.Hides("◌ as of", "Meetings: as of")
	})
}

func TestHistoryDialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.history = past()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("H")
		p.Shows("History of the sign-in", "3f9c1a → 8b02dd", "✗ ended", "By zoomtui token, process 4711", "invalid_grant", "r read again")
		p.Press("j", "j")
		p.Shows("was cut off at 06:00:00; the previous token works")
		p.Press("G")
		p.Shows("By zoomtui login, process 12", "+ user:read:user")
		p.Press("g")
		p.Shows("process 4711")
		p.Press("esc")
		p.Shows("Tokens")
		w.history = append([]state.HistoryRow{{At: time.Now(), Action: "refresh", Command: "exec", PID: 9, Result: "ok", NewFingerprint: "newest"}}, w.history...)
		p.Press("H")
		p.Shows("By zoomtui exec, process 9", "newest")
		p.Press("H")
		p.Shows("Tokens")
		if n := w.called("history"); n != 2 {
			t.Errorf("read %d times, want at each opening", n)
		}
		p.Press("?")
		p.Shows("H  history")
	})
}

func TestHistoryThatCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.histErr = errors.New("read history: permission denied")
		p := open(t, w, w.deps(), 80, 24)
		p.Press("H")
		p.Shows("✗ The history of the sign-in cannot be read.", "tokens do not need it", "r Try again")
		w.histErr = nil
		p.Press("r")
		p.Shows("Nothing yet")
	})
}

func TestHistoryIsTamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.history = []state.HistoryRow{{At: time.Now(), Action: "\x1b[2Jodd", Command: "a\x1b]0;owned\x07b", Result: "ok", Cause: "c\nd\u202E", OldFingerprint: strings.Repeat("x", 900)}}
		p := open(t, w, w.deps(), 80, 24)
		p.Press("H")
		p.Shows("odd", "By zoomtui ab")
		for _, bad := range []string{"owned", "\x1b[2J", "\u202E"} {
			if strings.Contains(p.Raw(), bad) {
				t.Errorf("%q reached the screen", bad)
			}
		}
	})
}

func TestNoHistoryNoKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.refused(refusedRefresh())
		deps := w.deps()
		deps.History = nil
		p := open(t, w, deps, 80, 24)
		p.Press("H")
		p.Hides("history", "History")
	})
}

func TestNewsIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.news = make(chan string, 2)
		p := open(t, w, w.deps(), 80, 24)
		w.news <- "A refresh was cut off at 03:12; the stored token works."
		p.Advance(50 * time.Second)
		p.Shows("cut off at 03:12")
		p.Advance(12 * time.Second)
		p.Hides("cut off at 03:12")
		w.news <- "Another \x1b[2Jone."
		p.Advance(time.Second)
		p.Shows("▸ Another one.")
		p.Press("j")
		p.Hides("Another one.")
		p.Shows("? help")
	})
}
