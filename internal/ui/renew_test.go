package ui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zoomtui/internal/ui/state"
)

func TestRenewByHandIsTriedAgainAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.renewal = offline()
		p := open(t, w, w.deps(), 80, 24)
		for n := 1; n <= 3; n++ {
			p.Press("r")
			p.Shows("not renewed:")
			p.Hides("moment ago")
			if got := w.called("renew"); got != n {
				t.Fatalf("press %d: tried %d times", n, got)
			}
		}
		w.renewal = nil
		p.Press("r")
		p.Shows("renewed 4 times")
		p.Press("r")
		p.Shows("Renewed a moment ago.")
		if got := w.called("renew"); got != 4 {
			t.Errorf("renewed %d times in all, want 3 that failed and one", got)
		}
	})
}

// Drawing anew leaves a notice, which may be what could not be read; other keys
// take it away.
func TestRedrawLeavesTheNotice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("r", "r")
		p.Shows("Renewed a moment ago.")
		p.Press("ctrl+l")
		p.Shows("Renewed a moment ago.")
		p.Press("?", "esc")
		p.Hides("Renewed a moment ago.")
	})
}

func TestRenewByHandAsksForTheListsThatFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.refused(offline())
		p := open(t, w, w.deps(), 80, 24)
		p.Press("r")
		p.Shows("◌ offline", "r tries now")
		lists := w.called("hosted")
		w.refused(nil)
		p.Press("r")
		p.Shows("● signed in")
		if renewed, asked := w.called("renew"), w.called("hosted")-lists; renewed != 1 || asked != 1 {
			t.Errorf("renewed %d times, asked for the meetings %d times; want once, and once more", renewed, asked)
		}
	})
}

func TestRenewByHandIsOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Keeper, deps.Account, deps.Calendar = &hungKeeper{world: w}, silent{}, silent{}
		p := open(t, w, deps, 80, 24)
		p.Press("r", "r", "r")
		if n := w.called("renew"); n != 1 {
			t.Errorf("%d renewals at once", n)
		}
		p.Hides("moment ago")
	})
}

// A token of the environment is not renewed: r asks for everything else.
func TestRenewOfAFixedTokenIsTriedAgainAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.Fixed = true
		w.refused(offline())
		p := open(t, w, w.deps(), 80, 24)
		p.Press("r", "r")
		w.refused(nil)
		p.Press("r")
		p.Shows("● signed in")
		p.Press("r")
		p.Shows("Renewed a moment ago.")
		if n, renewed := w.called("hosted"), w.called("renew"); n != 4 || renewed != 0 {
			t.Errorf("asked %d times and renewed %d times, want 4 and none", n, renewed)
		}
	})
}

// The answer to a renewal that a sign-in has overtaken changes nothing; the next
// one is not held up by it.
func TestRenewalThatASignInOvertakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Keeper = &hungKeeper{world: w}
		p := open(t, w, deps, 80, 24)
		p.Press("r", "R")
		w.attempt.finish()
		p.Advance(callLimit + 5*time.Second)
		p.Shows("● signed in")
		p.Press("r")
		if n := w.called("renew"); n != 2 {
			t.Errorf("renewed %d times, want again after the sign-in", n)
		}
	})
}

func TestRefreshThatWasCutOffIsTold(t *testing.T) {
	const told = "A refresh was cut off at 08:40 (zoomtui token, pid 17577)."
	for name, tc := range map[string]struct {
		width, height int
		shows         []string
	}{
		"usual":  {80, 24, []string{told, "finds out whether the stored token still works.", "r renew now"}},
		"wide":   {150, 40, []string{told + " The next one finds out whether the stored token still works.  r renew now"}},
		"narrow": {40, 12, []string{"refresh cut off 08:40  r renew now"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := cutOffWorld()
				p := open(t, w, w.deps(), tc.width, tc.height)
				p.Shows(tc.shows...)
				p.Shows("設計レビュー", "51:07")
				p.Press("r")
				p.Hides("cut off")
			})
		})
	}
}

func TestCutOffIsToldUntilItIsSettled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := cutOffWorld()
		w.renewal = offline()
		p := open(t, w, w.deps(), 80, 24)
		p.Press("r")
		p.Shows("was cut off at 08:40") // Zoom was not reached: it is as uncertain as before
		w.tokens.CutOffAt, w.tokens.RefreshFingerprint = time.Time{}, "another"
		p.Advance(11 * time.Second) // another process has settled it
		p.Hides("cut off")
		w.tokens.CutOffAt, w.tokens.CutOffBy = time.Now(), "zoomtui \x1b[2Jtoken, pid 7"
		p.Advance(11 * time.Second)
		p.Shows("(zoomtui token, pid 7)")
		w.tokens.Ended = refusedRefresh()
		p.Advance(11 * time.Second)
		p.Shows("○ signed out")
		p.Hides("was cut off")
	})
}

// The app's own ellipsis is not cut through: either its id has room, or it goes.
func TestHeaderHasNoTwoEllipses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.tokens.SignInEnds = time.Now().Add(10 * 24 * time.Hour)
		p := open(t, w, w.deps(), 80, 24)
		for _, name := range []string{"work", "somebody else's", strings.Repeat("long ", 20)} {
			w.user.Name = name
			p.Press("r")
			p.Advance(11 * time.Second)
			for width := 40; width <= 130; width++ {
				p.Resize(width, 24)
				head, _, _ := strings.Cut(p.Frame(), "\n")
				if strings.Contains(head, "……") {
					t.Errorf("%d cells: %q", width, head)
				}
				if at := strings.Index(head, "…"); at >= 0 && strings.Contains(head, "app …") && !strings.Contains(head, "app …da3g ") {
					t.Errorf("%d cells: half an id in %q", width, head)
				}
			}
		}
	})
}

func TestHelpReachesEveryKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		deps := w.deps()
		deps.Demo = switches{}
		_, deps.Profiles = several()
		p := open(t, w, deps, 40, 12)
		p.Press("?")
		p.Shows("more  j down")
		seen := p.Frame()
		for range 3 { // pages
			p.Press("space")
			seen += p.Frame()
		}
		for _, entry := range []string{"?  help", "F  break something", "P  profile", "y  copy link", "H  history", "x  revoke", "ctrl+z  suspend"} {
			if !strings.Contains(seen, entry) {
				t.Errorf("%q cannot be reached", entry)
			}
		}
		p.Hides("more  j down")
		p.Press("g")
		p.Shows("?  help")
	})
}

// News of a renewal is told in place of the plain success, which is over sooner.
func TestNewsOfARenewalStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := week()
		w.news = make(chan string, 1)
		deps := w.deps()
		deps.Keeper = newsKeeper{w}
		p := open(t, w, deps, 80, 24)
		p.Press("r")
		p.Advance(20 * time.Second)
		p.Shows("renewed 4 times", "cut off at 03:12")
	})
}

// newsKeeper has something to tell of each renewal.
type newsKeeper struct{ *world }

func (k newsKeeper) Renew(ctx context.Context, force bool) (state.Tokens, error) {
	k.news <- "A refresh was cut off at 03:12; the stored token works."
	time.Sleep(time.Millisecond) // until it is on the screen
	return k.world.Renew(ctx, force)
}

// hungKeeper renews nothing until its time is up.
type hungKeeper struct{ *world }

func (k *hungKeeper) Renew(ctx context.Context, _ bool) (state.Tokens, error) {
	k.count("renew")
	<-ctx.Done()
	return state.Tokens{}, ctx.Err()
}

// cutOffWorld is one in which a refresh was killed a while ago.
func cutOffWorld() *world {
	w := week()
	w.tokens.CutOffAt, w.tokens.CutOffBy = time.Now().Add(-20*time.Minute), "zoomtui token, pid 17577"
	return w
}
