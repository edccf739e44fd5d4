package auth

import (
	"errors"
	"time"
)

// slowDown is what each slow_down adds to the interval, for good (RFC 8628
// section 3.5).
const slowDown = 5 * time.Second

// pace is how often Zoom is asked whether a short code was entered.
type pace struct {
	interval time.Duration
	troubles int       // polls in a row that brought no answer
	notUntil time.Time // Zoom has asked for a pause
	now      time.Time // of the last poll
}

// next is how long to wait for the following poll: the interval, which doubles
// with each poll that brings no answer, up to a minute.
func (p *pace) next() time.Duration {
	wait := p.interval
	for range p.troubles {
		wait = min(2*wait, max(longestInterval, p.interval))
	}
	return max(wait, p.notUntil.Sub(p.now))
}

// heed takes in how a poll failed, and tells whether another may follow.
func (p *pace) heed(err error, reached stage, now time.Time) bool {
	p.now, p.notUntil = now, time.Time{}
	e, ok := errors.AsType[*Error](err)
	switch {
	case reached == stageBefore:
		p.troubles++
		return true
	case !ok:
		return false
	case e.Kind == ErrNetwork || e.Kind == ErrServer || e.Kind == ErrRateLimit:
		p.notUntil = e.RetryAt
		p.troubles++
		return true
	case e.OAuth == oauthSlowDown:
		p.interval += slowDown
	case e.OAuth != oauthPending:
		return false
	}
	p.troubles = 0
	return true
}
