package auth

import (
	"context"
	"fmt"
	"time"
)

// renew is one refresh: fetch the client secret, lock, re-read, put what a killed
// process left in place, try the store, mark, ask Zoom once, store, and only then
// give the token out. ctx ends the fetching and the waiting for the lock; from the
// moment Zoom is asked, nothing but the time limits ends it.
func (s *Source) renew(ctx context.Context, req TokenRequest, seen Token, log *journal) (Token, error) {
	endpoint, t, err := s.ready(ctx, req, seen)
	if endpoint == nil {
		return t, err
	}
	held, newer, err := s.await(ctx, req, seen)
	switch {
	case s.needsNoStore(err):
		return s.askUnstored(ctx, endpoint, t, log.because(err))
	case err != nil:
		return Token{}, err
	case held == nil:
		return newer, nil
	}
	defer held.release()
	turn := &turn{held: held, endpoint: endpoint, log: log}
	t, err = s.newest(turn)
	if err != nil || s.satisfied(req, seen, t) {
		return t, err // somebody else has refreshed
	}
	if err := s.mayAsk(t, req); err != nil {
		return Token{}, err
	}
	err = s.writable(held)
	if s.needsNoStore(err) {
		return s.askUnstored(ctx, endpoint, t, log.because(err))
	}
	if err != nil {
		return Token{}, err
	}
	s.opts.Store.readyKey()
	if ctx.Err() != nil {
		return Token{}, fmt.Errorf("refresh: %w", ctx.Err())
	}
	return s.ask(context.WithoutCancel(ctx), turn, t, req)
}

// await waits for the lock, or until another process has stored what the request
// wants: of a hundred that wait, not each has to take its turn. Held is nil then.
func (s *Source) await(ctx context.Context, req TokenRequest, seen Token) (*Held, Token, error) {
	var newer Token
	held, err := s.opts.Store.lockUnless(ctx, func() bool {
		t, err := s.current()
		if err != nil || !s.satisfied(req, seen, t) {
			return false
		}
		newer = t
		return true
	})
	return held, newer, err
}

// writable finds out whether the answer can be kept.
func (s *Source) writable(held *Held) error {
	if err := s.opts.Store.Probe(); err != nil || s.app.Kind != S2S {
		return err
	}
	return held.clearForAccount()
}

// newest reads the store under the lock, and puts tokens in place that a killed
// process had got and not yet stored.
func (s *Source) newest(turn *turn) (Token, error) {
	t, err := s.current()
	if err != nil || s.app.Kind == S2S {
		return t, err
	}
	turn.cutOff = s.opts.Store.cutOff(t)
	newest, tried, err := turn.held.salvage(t)
	if err != nil {
		return Token{}, err
	}
	if tried != "" {
		event := s.event(turn, t)
		event.Tried = tried
		event.came(t, newest)
		turn.log.add(event)
	}
	return newest, nil
}

// ready does what comes before the lock, and gives the tokens that are stored: an
// answer that is owed is stored, a token that is dead ends it before a command is
// run for the secret, and the secret is fetched. A nil endpoint: nothing is left
// to ask, because of the error or because the tokens will do.
func (s *Source) ready(ctx context.Context, req TokenRequest, seen Token) (*Endpoint, Token, error) {
	t := seen
	if s.owes() {
		if err := s.settle(ctx); err != nil {
			return nil, Token{}, err
		}
		var err error
		if t, err = s.current(); err != nil || s.satisfied(req, seen, t) {
			return nil, t, err
		}
	}
	if err := s.mayAsk(t, req); err != nil {
		return nil, Token{}, err
	}
	endpoint, err := s.endpoint.holding(ctx)
	return endpoint, t, err
}

// satisfied tells whether the tokens that are stored now are what the request
// wants; one who forces a refresh wants others than those that were seen.
func (s *Source) satisfied(req TokenRequest, seen, t Token) bool {
	return s.serves(t, req) && (!req.Force || !t.same(seen))
}

// mayAsk refuses to send a refresh token that is missing or known to be dead. A
// person who forces a refresh may try a dead one again; a timer may not.
func (s *Source) mayAsk(t Token, req TokenRequest) error {
	if s.app.Kind == S2S {
		return nil
	}
	if t.RefreshToken == "" {
		return &Error{Kind: ErrSignedOut, Op: "refresh", Path: s.opts.Store.Path(), Cause: "no refresh token is stored", At: s.clock.local()}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused != nil && s.refused.token == t.RefreshToken && !req.Force {
		return s.refused.err
	}
	return nil
}

// remember keeps a dead refresh token from being sent again.
func (s *Source) remember(t Token, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = &refused{token: t.RefreshToken, err: err}
	return err
}

// pause waits, or until ctx is done.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
