package ui

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
)

// week is a world with somebody signed in and a few meetings ahead. It must be
// made inside a bubble, whose clock starts at midnight UTC on 1 January 2000.
func week() *world {
	now := time.Now()
	at := func(d time.Duration) time.Time { return now.Add(d) }
	join := "https://zoom.us/j/81061484461?pwd=UQACqQqUvIe7b4MiQYRVH4ewcr.1"
	return &world{
		user: aiko(), tokens: signedIn(now), canOpen: false,
		hosted: []agenda.Hosted{
			{ID: 1, Topic: "Weekly sync", Type: 8, Start: at(-12 * time.Minute), Duration: 45 * time.Minute, JoinURL: join},
			{ID: 2, Topic: "設計レビュー 第3回", Type: 2, Start: at(12*time.Minute + 41*time.Second), Duration: 45 * time.Minute, JoinURL: join},
			{ID: 3, Topic: "1:1 🚀 Grace", Type: 8, Start: at(3 * time.Hour), Duration: 45 * time.Minute, JoinURL: join},
			{ID: 4, Topic: "朝会", Type: 2, Start: at(21 * time.Hour), JoinURL: join},
			{ID: 5, Topic: "Open office", Type: 3, JoinURL: join},
			{ID: 6, Topic: "\x1b]0;owned\x07Evil \u202Etopic\n" + strings.Repeat("long ", 60), Type: 2, Start: at(26 * time.Hour), Duration: time.Hour},
		},
		invited: []agenda.Invited{
			{ID: 7, Topic: "Budget talk", Type: 2, Start: at(55 * time.Minute), Duration: 30 * time.Minute, JoinURL: join},
		},
	}
}

func (w *world) cached(asOf time.Time) state.Cached {
	return state.Cached{
		User: w.user, UserAsOf: asOf, Hosted: w.hosted, HostedAt: asOf, Invited: w.invited, InvitedAt: asOf,
	}
}

func TestDashboardShowsTheEssentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Shows(
			"Aiko Tanaka 田中 愛子", "● signed in", "work · public app …da3g",
			"設計レビュー 第3回", "in 12:41", "51:07", "~89 d", "renewed 3 times",
			"aiko@example.test", "Licensed · Owner · Asia/Tokyo", "PMI 354 247 1135",
			"Weekly sync", "33 min left", "55 min", "guest", "Today, Sat 1 Jan", "all that is needed ✓",
		)
	})
}

func TestCountdownsMove(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(7 * time.Second)
		p.Shows("51:00", "in 12:34")
		p.Advance(13 * time.Minute)
		p.Shows("38:00", "Budget talk")
		p.Hides("in 12:34")
	})
}

func TestCountdownsFollowZoomsClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.skew = 3 * time.Minute // Zoom is ahead: less is left than our clock says
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("48:07", "in  9:41", "180 s behind Zoom's")
	})
}

func TestCachedDataFirstThenRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Cached = w.cached(time.Now().Add(-time.Hour))
		deps.Account, deps.Calendar = silent{}, silent{}
		p := open(t, w, deps, 80, 24)
		p.Shows("設計レビュー 第3回", "aiko@example.test", "as of 08:00:00")
	})
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Cached = w.cached(time.Now().Add(-time.Hour))
		p := open(t, w, deps, 80, 24)
		p.Shows("as of 09:00:00")
	})
}

func TestEachStateHasItsWords(t *testing.T) {
	at9 := func() time.Time { return time.Now().Add(9 * time.Hour) }
	for name, tc := range map[string]struct {
		change func(*world)
		shows  []string
		hides  []string
	}{
		"none ahead": {
			func(w *world) { w.hosted, w.invited = nil, nil },
			[]string{"No meeting ahead.", "Calendar and Contacts Integration"},
			nil,
		},
		"scope for invitations missing: the hosted ones stay": {
			func(w *world) {
				w.invErr = problem{explain.Facts{
					Place: explain.PlaceAPI, HTTPStatus: 400, Code: 4711,
					Message:       "Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings].",
					MissingScopes: []string{"meeting:read:list_upcoming_meetings"},
				}}
			},
			[]string{"Invitations:", "needs a scope: meeting:read:list_upcoming_meetings", "設計レビュー", "1 missing"},
			[]string{"Budget talk", "all that is needed"},
		},
		"rate limited for the day": {
			func(w *world) {
				w.hostErr = problem{explain.Facts{
					Place: explain.PlaceAPI, HTTPStatus: 429, Code: 429, Daily: true, RetryAt: at9(),
					Message: "You have reached the maximum daily rate limit for this API.",
				}}
			},
			[]string{"Your meetings:", "paused by Zoom until 18:00", "Budget talk"},
			nil,
		},
		"offline": {
			func(w *world) { w.userErr, w.hostErr, w.invErr = offline(), offline(), offline() },
			[]string{"◌ offline", "Offline since 09:00:"},
			nil,
		},
		"profile alone fails": {
			func(w *world) { w.userErr = offline() },
			[]string{"設計レビュー", "● signed in", "✗"},
			[]string{"aiko@example.test"},
		},
		"Zoom no longer accepts the sign-in": {
			func(w *world) {
				e := problem{explain.Facts{Place: explain.PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!"}}
				w.userErr, w.hostErr, w.invErr = e, e, e
			},
			[]string{"○ signed out", "✗", "invalid_grant", "R "},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := week()
				tc.change(w)
				p := open(t, w, w.deps(), 80, 24)
				p.Shows(tc.shows...)
				p.Hides(tc.hides...)
			})
		})
	}
}

func TestStaleDataSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Cached = w.cached(time.Now().Add(-6 * time.Hour))
		w.userErr, w.hostErr, w.invErr = offline(), offline(), offline()
		p := open(t, w, deps, 80, 24)
		p.Shows("設計レビュー", "as of 03:00", "Offline since 09:00:")
	})
}

func TestForeignTextIsTamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.user.Name = "Mal\x1b[2Jlory\u202E"
		p := open(t, w, w.deps(), 120, 40)
		p.Shows("Evil topic long", "Mallory")
		for _, bad := range []string{"\x1b]0;", "\x07", "\u202E", "\x1b[2J"} {
			if strings.Contains(p.Raw(), bad) {
				t.Errorf("%q reached the screen", bad)
			}
		}
	})
}

func TestRenewsByItselfBeforeTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.RenewsAt = time.Now().Add(90 * time.Second)
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(80 * time.Second)
		if n := w.called("renew"); n != 0 {
			t.Fatalf("renewed %d times before it was due", n)
		}
		p.Advance(20 * time.Second)
		if n := w.called("renew"); n != 1 {
			t.Fatalf("renewed %d times when it was due, want once", n)
		}
		p.Shows("renewed 4 times")
	})
}

func TestRenewalThatFailsIsSaidAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.RenewsAt = time.Now().Add(time.Second)
		w.renewal = offline()
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(5 * time.Second)
		p.Shows("not renewed:")
		if n := w.called("renew"); n != 1 {
			t.Errorf("asked %d times at once, want once", n)
		}
		w.renewal = nil
		p.Advance(40 * time.Second)
		p.Shows("renewed 4 times")
	})
}

func TestRenewByHandIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("r", "r", "r")
		if n := w.called("renew"); n != 1 {
			t.Errorf("three presses renewed %d times, want once", n)
		}
		p.Shows("Renewed a moment ago.")
		p.Advance(11 * time.Second)
		p.Press("r")
		if n := w.called("renew"); n != 2 {
			t.Errorf("renewed %d times, want twice", n)
		}
	})
}

func TestListsAreNotAskedForWhileNobodyLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Send(blur())
		p.Advance(20 * time.Minute)
		if n := w.called("hosted"); n != 1 {
			t.Errorf("asked %d times while the window had no focus", n)
		}
		p.Send(focus())
		p.Advance(2 * time.Second)
		if n := w.called("hosted"); n != 2 {
			t.Errorf("asked %d times after the focus came back, want twice", n)
		}
	})
}

func TestMeetingKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("y")
		if len(p.Sent) != 1 || !strings.Contains(p.Sent[0], "zoom.us/j/") {
			t.Fatalf("y sent %q", p.Sent)
		}
		p.Press("enter") // no browser here: the link is shown
		p.Shows("設計レビュー 第3回", "https://zoom.us/j/", "SSH session", "as a QR code")
		p.Press("Q")
		p.Shows("▀")
		p.Press("esc", "esc", "j", "Q")
		p.Shows("▀")
		p.Press("esc")
		w.canOpen = true
		p.Press("k", "enter")
		if len(w.opened) != 1 {
			t.Errorf("opened %q", w.opened)
		}
	})
}

func TestCursorFollowsTheNextMeetingUntilMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		if row := marked(p.Frame()); !strings.Contains(row, "設計レビュー") {
			t.Errorf("the cursor is on %q", row)
		}
		p.Advance(14 * time.Minute) // it runs now, and another one is next
		p.Press("r")
		if row := marked(p.Frame()); !strings.Contains(row, "Budget talk") {
			t.Errorf("the cursor did not follow: %q", row)
		}
		p.Press("G")
		if row := marked(p.Frame()); !strings.Contains(row, "Open office") {
			t.Errorf("G went to %q", row)
		}
	})
}

// marked is the row of the meeting under the cursor.
func marked(frame string) string {
	for _, l := range strings.Split(frame, "\n") {
		if strings.HasPrefix(l, " ▸") {
			return l
		}
	}
	return ""
}

func TestRevokeAsksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("x")
		p.Shows("End this sign-in at Zoom")
		p.Press("esc")
		if w.called("revoke") != 0 {
			t.Fatal("esc revoked the sign-in")
		}
		p.Press("x", "y")
		if w.called("revoke") != 1 {
			t.Fatal("y did not revoke")
		}
		p.Shows("Open this link")
	})
}

func TestMeetingsTab(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("2")
		p.Shows("7 ahead", "Any time", "Open office", "朝会")
		p.Press("/")
		p.Type("sync q") // q is a letter here
		p.Shows("No meeting has these words")
		p.Press("backspace", "backspace")
		p.Shows("1 of 7", "Weekly sync")
		p.Hides("Budget talk")
		p.Press("enter", "esc")
		p.Shows("Budget talk")
	})
}

func TestTokenTab(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("4")
		p.Shows("not verified", "issued for this app", "zm:cid:", "meeting:read:list_meetings", "#3f9c1a")
		p.Press("y")
		if len(p.Sent) != 1 || p.Sent[0] != "the-access-token" {
			t.Errorf("y sent %q", p.Sent)
		}
	})
}

func TestTokenTabScrolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 16)
		p.Press("4")
		p.Shows("Access token", "more  j down")
		p.Hides("meeting:read:list_upcoming_meetings")
		p.Press("G")
		p.Shows("meeting:read:list_upcoming_meetings")
		p.Hides("more  j down")
		p.Press("g")
		p.Shows("Access token")
	})
}

func TestHelpHoldsEveryKeyOfTheFooter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 120, 40)
		p.Press("?")
		p.Shows("renew", "sign in again", "join", "copy link", "revoke", "quit", "next tab")
		p.Press("?")
		p.Shows("Tokens")
		p.Press("q")
		if !p.Quit {
			t.Error("q did not end the program")
		}
	})
}

func TestDamagedStoreIsToldBeforeAnything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens = state.Tokens{}
		w.readErr = problem{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Store, Path: "/home/aiko/.config/zoomtui/tokens/work.json",
			Cause: "mode 0644: others can read it", Fix: "chmod 600 /home/aiko/.config/zoomtui/tokens/work.json",
		}}
		p := open(t, w, w.deps(), 80, 24)
		p.Shows("✗", "chmod 600")
		if w.called("me") != 0 {
			t.Error("Zoom was asked although the tokens could not be read")
		}
	})
}
