package auth

import (
	"net/http"
	"sync"
	"time"
)

// skewNoise is the difference that cannot be told from none: a Date header has
// whole seconds, and an answer takes its time.
const skewNoise = 2 * time.Second

// slowestDate is the longest request whose Date header is believed.
const slowestDate = 10 * time.Second

// clock is this machine's clock and what is known of Zoom's. An answer of Zoom's
// tells its time once; from then on that time runs by a clock that goes on while
// the machine sleeps and that nobody sets, so that setting the machine's clock
// neither freezes a countdown nor fools it. Before the first answer there is
// nothing better than the machine's clock and the skew of the stored token.
type clock struct {
	now     func() time.Time
	elapsed func() time.Duration // counts through suspend, ignores jumps; see [BootClock]

	mu      sync.Mutex
	assumed time.Duration // Zoom's clock minus this machine's, by the stored token
	anchor  *anchor       // nil: no answer yet
}

// anchor is a moment whose time by Zoom is known.
type anchor struct {
	zoom time.Time
	at   time.Duration // by clock.elapsed
}

// moment is a point in time by both clocks of this machine.
type moment struct {
	wall time.Time // UTC, without a monotonic reading: that one stands still while a laptop sleeps, and a token does not
	at   time.Duration
}

// newClock makes a clock. Without elapsed, a given clock of the machine counts
// the time that passes as well; without both it is the system's.
func newClock(now func() time.Time, elapsed func() time.Duration) *clock {
	if now == nil {
		now = time.Now
		if elapsed == nil {
			elapsed = BootClock
		}
	}
	if elapsed == nil {
		elapsed = func() time.Duration { return sinceEpoch(now()) }
	}
	return &clock{now: now, elapsed: elapsed}
}

// sinceEpoch makes a count of the machine's clock, jumps included.
func sinceEpoch(t time.Time) time.Duration { return t.Round(0).Sub(time.Unix(0, 0)) }

// local is the time by this machine.
func (c *clock) local() time.Time { return c.now().Round(0).UTC() }

// moment is now.
func (c *clock) moment() moment { return moment{wall: c.local(), at: c.elapsed()} }

// zoom is the time by Zoom, as far as it is known.
func (c *clock) zoom() time.Time { return c.zoomAt(c.moment()) }

// zoomAt is the time by Zoom at a moment.
func (c *clock) zoomAt(m moment) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.anchor == nil {
		return m.wall.Add(c.assumed)
	}
	return c.anchor.zoom.Add(m.at - c.anchor.at)
}

// offset is Zoom's clock minus this machine's, in whole seconds, 0 below
// skewNoise. It follows when somebody sets the machine's clock.
func (c *clock) offset() time.Duration {
	m := c.moment()
	return wholeSkew(c.zoomAt(m).Sub(m.wall))
}

// learn takes Zoom's time from the Date header of an answer (RFC 9110 section
// 6.6.1). An answer out of a cache has an old Date and says so with Age.
func (c *clock) learn(h http.Header, sent, received moment) {
	date, err := http.ParseTime(h.Get("Date"))
	took := received.at - sent.at
	if err != nil || h.Get("Age") != "" || took < 0 || took > slowestDate {
		return
	}
	zoom := received.wall.Add(skewOf(date, received.wall, took))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.anchor = &anchor{zoom: zoom, at: received.at}
}

// assume takes the skew that was found when a stored token was fetched, until
// an answer says more.
func (c *clock) assume(skew time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.assumed = skew
}

// skewOf gives the server's clock minus ours in whole seconds. Date is cut to
// the second, so half a second is added on average; the answer was made, on
// average, in the middle of the time that the request took.
func skewOf(date, received time.Time, took time.Duration) time.Duration {
	return wholeSkew(date.Add(500 * time.Millisecond).Sub(received.Add(-took / 2)))
}

// wholeSkew leaves out of a difference what is noise.
func wholeSkew(skew time.Duration) time.Duration {
	if skew.Abs() < skewNoise {
		return 0
	}
	return skew.Round(time.Second)
}
