package ui

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// clocks are those of a machine: the bubble's time is the one that passes while it
// is awake, as timers see it.
type clocks struct {
	mu    sync.Mutex
	set   time.Duration // by which somebody has set the machine's clock
	slept time.Duration // how long it slept: all but the timers know
	start time.Time
}

func newClocks() *clocks { return &clocks{start: time.Now()} }

func (c *clocks) change(set, slept time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set += set
	c.slept += slept
}

func (c *clocks) elapsed() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Since(c.start) + c.slept
}

func (c *clocks) zoom() time.Time { return c.start.Round(0).Add(c.elapsed()) }

func (c *clocks) local() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.start.Round(0).Add(time.Since(c.start) + c.slept + c.set)
}

// onClocks is the world on a machine with these clocks.
func onClocks(w *world, c *clocks) Deps {
	d := wished(w)
	w.zoom = c.zoom
	d.Clock, d.ZoomNow, d.Elapsed = c.local, c.zoom, c.elapsed
	return d
}

func TestClockThatIsSetChangesNoCountdown(t *testing.T) {
	for name, jump := range map[string]time.Duration{
		"forward": 3 * time.Hour, "back": -3 * time.Hour, "a year ahead": 365 * 24 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, c := week(), newClocks()
				w.tokens.RenewsAt = time.Now().Add(8 * time.Minute)
				p := open(t, w, onClocks(w, c), 80, 24)
				p.Shows("51:07", "in 12:41")
				c.change(jump, 0)
				p.Advance(7 * time.Second)
				p.Shows("51:00", "in 12:34", "~89 d")
				if n := w.called("renew"); n != 0 {
					t.Errorf("renewed %d times because the clock was set", n)
				}
				// Nothing is held back until the clock is where it was.
				reads, lists := w.called("current"), w.called("hosted")
				p.Advance(6 * time.Minute)
				p.Shows("45:00", "in  6:34")
				if n := w.called("current") - reads; n < 30 {
					t.Errorf("the tokens were read %d times in six minutes", n)
				}
				if n := w.called("hosted") - lists; n != 1 {
					t.Errorf("the meetings were asked for %d times in six minutes", n)
				}
				p.Advance(3 * time.Minute)
				if n := w.called("renew"); n != 1 {
					t.Errorf("renewed %d times when it was due, want once", n)
				}
			})
		})
	}
}

func TestWakingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := week(), newClocks()
		p := open(t, w, onClocks(w, c), 80, 24)
		p.Advance(5 * time.Second)
		reads, lists := w.called("current"), w.called("hosted")
		c.change(0, 2*time.Hour+50*time.Minute)
		p.Advance(time.Second) // one tick
		p.Shows("1:1 🚀 Grace", "in  9:54")
		p.Hides("設計レビュー") // it is over
		if renewed, read, asked := w.called("renew"), w.called("current")-reads, w.called("hosted")-lists; renewed != 1 || read != 1 || asked != 1 {
			t.Errorf("at the first tick: renewed %d times, read the tokens %d times, asked for the meetings %d times; want each once", renewed, read, asked)
		}
		wantCalls(t, p, "1:1 🚀 Grace in 10 min") // what came up in its sleep and is still ahead
		p.Advance(30 * time.Second)
		if n := w.called("renew"); n != 1 {
			t.Errorf("renewed %d times in all", n)
		}
	})
}

func TestWakingUpTellsTheAgeOfTheData(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := week(), newClocks()
		p := open(t, w, onClocks(w, c), 80, 24)
		w.refused(offline())
		w.renewal = offline()
		c.change(0, 50*time.Minute)
		p.Advance(2 * time.Second)
		p.Shows("◌ offline", "as of 09:00", "1:05", "not renewed")
	})
}
