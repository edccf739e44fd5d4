package lan

import (
	"net/netip"
	"sync"
	"time"
)

// The requests of those who know the page: so many at once, and so many a second
// afterwards, of one address and of all together. A phone that shows the page
// asks once in three seconds. Strangers take nothing of it.
const (
	burstEach, rateEach = 40, 2
	burstAll, rateAll   = 120, 10
)

// maxPhones bounds the addresses that are counted one by one.
const maxPhones = 64

// limiter is a token bucket for each address and one for all.
type limiter struct {
	clock func() time.Time

	mu   sync.Mutex
	all  *bucket
	each map[netip.Addr]*bucket
}

func newLimiter(clock func() time.Time) *limiter {
	return &limiter{clock: clock, all: newBucket(burstAll, rateAll, clock()), each: map[netip.Addr]*bucket{}}
}

// allow takes a token. What an address has too much is not taken from the others.
func (l *limiter) allow(from netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	mine := l.each[from]
	if mine == nil {
		l.prune(now)
		if len(l.each) >= maxPhones {
			return false
		}
		mine = newBucket(burstEach, rateEach, now)
		l.each[from] = mine
	}
	return mine.take(now) && l.all.take(now)
}

// prune forgets the addresses that have been quiet.
func (l *limiter) prune(now time.Time) {
	for addr, b := range l.each {
		if b.fill(now); b.tokens >= b.burst {
			delete(l.each, addr)
		}
	}
}

// bucket holds at most burst tokens and gains rate of them a second.
type bucket struct {
	tokens, burst, rate float64
	filled              time.Time
}

func newBucket(burst, rate float64, now time.Time) *bucket {
	return &bucket{tokens: burst, burst: burst, rate: rate, filled: now}
}

func (b *bucket) fill(now time.Time) {
	if passed := now.Sub(b.filled).Seconds(); passed > 0 { // a clock may be set back
		b.tokens = min(b.burst, b.tokens+passed*b.rate)
	}
	b.filled = now
}

func (b *bucket) take(now time.Time) bool {
	if b.fill(now); b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
