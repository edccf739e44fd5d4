package lan

import (
	"net/netip"
	"testing"
	"time"
)

// stoppedClock goes only when it is told to.
type stoppedClock struct{ now time.Time }

func newStoppedClock() *stoppedClock {
	return &stoppedClock{time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
}

func (c *stoppedClock) read() time.Time { return c.now }

// pass counts how many of n requests are let through.
func pass(l *limiter, from netip.Addr, n int) int {
	passed := 0
	for range n {
		if l.allow(from) {
			passed++
		}
	}
	return passed
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	clock := newStoppedClock()
	l := newLimiter(clock.read)
	flood, phone := netip.MustParseAddr("192.168.1.66"), netip.MustParseAddr("192.168.1.7")
	if n := pass(l, flood, 10_000); n != burstEach {
		t.Errorf("%d of a flood pass", n)
	}
	if n := pass(l, phone, 5); n != 5 {
		t.Errorf("beside a flood only %d of 5 requests pass", n)
	}
	clock.now = clock.now.Add(time.Second)
	if n := pass(l, flood, 10_000); n != rateEach {
		t.Errorf("after a second %d pass", n)
	}
	clock.now = clock.now.Add(-time.Hour)
	if n := pass(l, flood, 10); n != 0 {
		t.Errorf("%d pass when the clock is set back", n)
	}
	clock.now = clock.now.Add(time.Minute)
	if n := pass(l, flood, 10_000); n != burstEach {
		t.Errorf("after a quiet minute %d pass", n)
	}
}

func TestLimiterOfManyAddresses(t *testing.T) {
	t.Parallel()
	clock := newStoppedClock()
	l := newLimiter(clock.read)
	passed := 0
	for i := range 250 {
		passed += pass(l, netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), 2)
	}
	if passed != burstAll || len(l.each) > maxPhones {
		t.Errorf("%d pass, %d addresses are remembered", passed, len(l.each))
	}
	clock.now = clock.now.Add(time.Minute)
	if n := pass(l, netip.MustParseAddr("192.168.1.7"), 5); n != 5 {
		t.Errorf("a minute later %d of 5 requests pass", n)
	}
	if len(l.each) != 1 {
		t.Errorf("%d addresses are remembered", len(l.each))
	}
}
