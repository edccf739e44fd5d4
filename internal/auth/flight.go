package auth

import (
	"context"
	"errors"
	"fmt"
)

// flight is one refresh of this process and the callers that wait for it. It
// runs on a context of its own: a caller who leaves does not end it. Only when
// all have left before Zoom was asked, it is given up.
type flight struct {
	seen    Token // the tokens that were too old
	cancel  context.CancelFunc
	waiting int // guarded by Source.mu
	done    chan struct{}

	// Set before done is closed.
	token Token
	asked bool // Zoom was asked
	err   error
}

// maxFlights bounds how often one caller waits for somebody else's refresh that
// turns out not to be enough for it.
const maxFlights = 4

// renewShared joins the refresh that is under way, or begins one.
func (s *Source) renewShared(ctx context.Context, req TokenRequest, seen Token) (Token, error) {
	for range maxFlights {
		f, own := s.board(ctx, req, seen)
		select {
		case <-f.done:
			s.leave(f)
		case <-ctx.Done():
			s.leave(f)
			return Token{}, fmt.Errorf("wait for the refresh: %w", ctx.Err())
		}
		switch {
		case errors.Is(f.err, context.Canceled) && ctx.Err() == nil:
			continue // its other callers left just before this one came
		case f.err != nil:
			return Token{}, f.err
		case f.asked && f.token.Life() < req.MinTTL:
			return Token{}, usage("a fresh token of this app lives %s, which is less than the %s asked for", f.token.Life(), req.MinTTL)
		case own && f.asked:
			return f.token, nil // there is nothing fresher
		case s.serves(f.token, req) && (!req.Force || !f.token.same(seen)):
			return f.token, nil
		}
	}
	return Token{}, &Error{Kind: ErrLocked, Op: "refresh", Cause: "other refreshes keep getting in between; the lock is busy", At: s.clock.local()}
}

// board gives the flight under way, or a new one, which is the caller's own.
func (s *Source) board(ctx context.Context, req TokenRequest, seen Token) (f *flight, own bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.flight; f != nil {
		f.waiting++
		return f, false
	}
	detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f = &flight{seen: seen, cancel: cancel, waiting: 1, done: make(chan struct{})}
	s.flight = f
	go s.fly(detached, f, req) // Close waits for it
	return f, true
}

// leave gives a flight up when nobody waits for it any more; refreshing itself
// does not listen to that once Zoom is asked.
func (s *Source) leave(f *flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.waiting--; f.waiting == 0 {
		f.cancel()
	}
}

// fly does the work of a flight.
func (s *Source) fly(ctx context.Context, f *flight, req TokenRequest) {
	defer f.cancel()
	log := &journal{}
	token, err := s.renew(ctx, req, f.seen, log)
	if s.opts.Observe != nil {
		for _, event := range log.events {
			s.opts.Observe(event)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f.token, f.asked, f.err = token, log.asked, err
	s.flight = nil
	close(f.done)
}
