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

// clock is this machine's clock and what is known of Zoom's. Times are without a
// monotonic reading: that one stands still while a laptop sleeps, and a token
// does not.
type clock struct {
	now func() time.Time

	mu      sync.Mutex
	skew    time.Duration // Zoom's clock minus this machine's
	learned bool          // from an answer, not from a stored token
}

func newClock(now func() time.Time) *clock {
	if now == nil {
		now = time.Now
	}
	return &clock{now: now}
}

// local is the time by this machine.
func (c *clock) local() time.Time { return c.now().Round(0).UTC() }

// zoom is the time by Zoom, as far as it is known.
func (c *clock) zoom() time.Time { return c.local().Add(c.offset()) }

func (c *clock) offset() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.skew
}

// learn takes Zoom's time from the Date header of an answer (RFC 9110 section
// 6.6.1). An answer out of a cache has an old Date and says so with Age.
func (c *clock) learn(h http.Header, sent, received time.Time) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil || h.Get("Age") != "" || received.Before(sent) || received.Sub(sent) > slowestDate {
		return
	}
	skew := skewOf(date, sent, received)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.skew, c.learned = skew, true
}

// assume takes the skew that was found when a stored token was fetched, until
// an answer says more.
func (c *clock) assume(skew time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.learned {
		c.skew = skew
	}
}

// skewOf gives the server's clock minus ours in whole seconds. Date is cut to
// the second, so half a second is added on average; the answer was made, on
// average, in the middle between question and answer.
func skewOf(date, sent, received time.Time) time.Duration {
	middle := sent.Add(received.Sub(sent) / 2)
	skew := date.Add(500 * time.Millisecond).Sub(middle)
	if skew.Abs() < skewNoise {
		return 0
	}
	return skew.Round(time.Second)
}
