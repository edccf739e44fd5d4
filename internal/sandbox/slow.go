package sandbox

import (
	"context"
	"time"
)

// countSlow is the counter of the answers that the fault "slow" has held back.
const countSlow = "slow"

// linger waits as the fault "slow" demands: until its time is up or the fault is switched, off or on
// anew. It is false when the client or the server has gone.
func (s *Server) linger(ctx context.Context) bool {
	s.mu.Lock()
	on, switched := s.on[faultSlow], s.slow
	if on {
		s.counts[countSlow]++
	}
	s.mu.Unlock()
	if !on {
		return true
	}
	timer := time.NewTimer(s.opts.Slow)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-switched:
		return true
	case <-ctx.Done():
		return false
	}
}

// endSlow lets go on what the fault "slow" holds back now. The caller holds s.mu.
func (s *Server) endSlow() {
	close(s.slow)
	s.slow = make(chan struct{})
}
