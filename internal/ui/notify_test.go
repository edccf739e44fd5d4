package ui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/ui/uitest"
)

// calls are the notifications that were sent.
func calls(p *uitest.Program) []string {
	var out []string
	for _, raw := range p.Raws {
		if text, ok := strings.CutPrefix(raw, "CALL "); ok {
			out = append(out, text)
		}
	}
	return out
}

// wished is the world with notifications switched on.
func wished(w *world) Deps {
	d := w.deps()
	d.Notification = func(_ Terminal, text string) string { return "CALL " + text }
	return d
}

func wantCalls(t *testing.T, p *uitest.Program, want ...string) {
	t.Helper()
	if got := calls(p); !slices.Equal(got, want) {
		t.Errorf("called %q, want %q", got, want)
	}
}

// Ten minutes and one minute before a meeting, each once, also after the list has
// been read again.
func TestCallsBeforeAMeeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, wished(w), 80, 24)
		p.Advance(2 * time.Minute)
		wantCalls(t, p)
		p.Advance(time.Minute)
		wantCalls(t, p, "設計レビュー 第3回 in 10 min")
		p.Press("r") // reads the list again
		p.Advance(8 * time.Minute)
		wantCalls(t, p, "設計レビュー 第3回 in 10 min")
		p.Advance(time.Minute)
		wantCalls(t, p, "設計レビュー 第3回 in 10 min", "設計レビュー 第3回 in 1 min")
		p.Advance(10 * time.Minute)
		wantCalls(t, p, "設計レビュー 第3回 in 10 min", "設計レビュー 第3回 in 1 min")
	})
}

func TestCallsNobodyWhoLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, wished(w), 80, 24)
		p.Send(focus())
		p.Advance(4 * time.Minute)
		wantCalls(t, p)
		p.Send(blur())
		p.Advance(time.Minute)
		wantCalls(t, p) // it has been seen
		p.Advance(8 * time.Minute)
		wantCalls(t, p, "設計レビュー 第3回 in 1 min")
	})
}

func TestCallsOnlyIfWished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Advance(15 * time.Minute)
		wantCalls(t, p)
	})
}

// Of a sign-in that ends one hears once; what was on the screen from the start has
// been seen.
func TestCallsWhenTheSignInEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.hosted, w.invited = nil, nil
		w.tokens.SignInEnds = time.Now().Add(14*24*time.Hour + 5*time.Minute)
		p := open(t, w, wished(w), 80, 24)
		wantCalls(t, p)
		p.Advance(6 * time.Minute)
		soon := "The sign-in of work ends in 14 d unless it is renewed."
		wantCalls(t, p, soon)
		w.refused(offline())
		p.Advance(6 * time.Minute)
		w.refused(refusedRefresh())
		p.Advance(15 * time.Minute)
		over := "Zoom no longer accepts the sign-in of work: sign in again."
		wantCalls(t, p, soon, over)
		w.refused(nil)
		w.tokens = signedIn(time.Now()) // somebody signed in
		w.tokens.AccessFingerprint, w.tokens.RefreshFingerprint = "cccccc", "dddddd"
		p.Advance(12 * time.Second)
		w.tokens.MovedAt, w.tokens.Ended = time.Now(), movedAway()
		p.Advance(12 * time.Second)
		wantCalls(t, p, soon, over, "The sign-in of work has moved to another machine.")
	})
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.hosted, w.invited = nil, nil
		w.tokens.Ended = refusedRefresh()
		p := open(t, w, wished(w), 80, 24)
		p.Advance(time.Minute)
		wantCalls(t, p)
	})
}
