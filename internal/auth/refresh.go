package auth

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// How often something that may pass is tried again, and the pause before it.
const (
	dialRetries = 1
	dialPause   = 300 * time.Millisecond
	saveRetries = 3
	savePause   = 100 * time.Millisecond
)

// renew is one refresh: fetch the client secret, lock, re-read, try the store,
// mark, ask Zoom once, store, and only then give the token out. ctx ends the
// fetching and the waiting for the lock; from the moment Zoom is asked, nothing
// but the time limits ends it. The event is nil when Zoom was not asked.
func (s *Source) renew(ctx context.Context, req TokenRequest, seen Token) (Token, *Event, error) {
	endpoint, t, err := s.ready(ctx, req, seen)
	if endpoint == nil {
		return t, nil, err
	}
	held, err := s.opts.Store.Lock(ctx)
	if s.needsNoStore(err) {
		return s.askUnstored(ctx, endpoint, t, err)
	}
	if err != nil {
		return Token{}, nil, err
	}
	defer held.release()
	t, err = s.current()
	if err != nil {
		return Token{}, nil, err
	}
	if s.satisfied(req, seen, t) {
		return t, nil, nil // somebody else has refreshed
	}
	if err := s.mayAsk(t, req); err != nil {
		return Token{}, nil, err
	}
	err = s.opts.Store.Probe()
	if s.needsNoStore(err) {
		return s.askUnstored(ctx, endpoint, t, err)
	}
	if err != nil {
		return Token{}, nil, err
	}
	if ctx.Err() != nil {
		return Token{}, nil, fmt.Errorf("refresh: %w", ctx.Err())
	}
	return s.ask(context.WithoutCancel(ctx), turn{held: held, endpoint: endpoint}, t, req)
}

// turn is the right to ask Zoom now, and what it is asked with.
type turn struct {
	held     *Held
	endpoint *Endpoint // with the client secret at hand
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

// ask marks the refresh, asks Zoom and stores the answer. After invalid_grant the
// store is read once more: a program that does not lock (a copied file, another
// machine on a shared home) may have refreshed, and then its token counts.
func (s *Source) ask(ctx context.Context, turn turn, t Token, req TokenRequest) (Token, *Event, error) {
	for again := false; ; again = true {
		fresh, event, err := s.askOnce(ctx, turn, t)
		if kindOf(err) != ErrGrantEnded {
			return fresh, event, err
		}
		newer, loadErr := s.current()
		switch {
		case loadErr != nil || newer.same(t) || again:
			return Token{}, event, s.remember(t, err)
		case s.serves(newer, req):
			return newer, event, nil
		}
		t = newer
	}
}

// askOnce is one question to Zoom with one refresh token.
func (s *Source) askOnce(ctx context.Context, turn turn, t Token) (Token, *Event, error) {
	old, cutOff := s.opts.Store.Mark()
	cutOff = cutOff && t.RefreshToken != "" && old.Fingerprint == Fingerprint(t.RefreshToken)
	event := &Event{
		At: s.clock.zoom().Truncate(time.Second), Command: s.opts.Command,
		Generation: t.Generation, OldFingerprint: Fingerprint(t.RefreshToken),
	}
	mark := Mark{At: event.At, PID: os.Getpid(), Command: s.opts.Command, Fingerprint: event.OldFingerprint}
	if err := turn.held.Begin(mark); err != nil {
		return Token{}, nil, err
	}
	grant, err := s.question(ctx, turn.endpoint, t)
	if err != nil {
		if !spent(err) && !cutOff {
			_ = turn.held.EndMark() // nothing was spent, so there is nothing to explain later
		}
		event.Err = s.explainEnd(err, t, old, cutOff)
		return Token{}, event, event.Err
	}
	fresh := s.next(t, grant)
	event.Generation, event.NewFingerprint = fresh.Generation, Fingerprint(fresh.RefreshToken)
	event.Scopes, event.IgnoredAPIURL = DiffScopes(t.Scope, fresh.Scope), grant.IgnoredAPIURL
	event.Err = s.keep(ctx, turn.held, fresh, t)
	if event.Err != nil {
		return Token{}, event, event.Err
	}
	return fresh, event, nil
}

// question sends the refresh. It is repeated only if no connection was made:
// anything else could have reached Zoom, which then has spent the token.
func (s *Source) question(ctx context.Context, e *Endpoint, t Token) (Grant, error) {
	for tries := 0; ; tries++ {
		var g Grant
		var err error
		if s.app.Kind == S2S {
			g, err = e.AccountCredentials(ctx)
		} else {
			g, err = e.Refresh(ctx, t.RefreshToken)
		}
		if err == nil || !neverSent(err) || tries == dialRetries {
			return g, err
		}
		pause(ctx, dialPause)
	}
}

// next is the next generation of a sign-in.
func (s *Source) next(t Token, g Grant) Token {
	refresh, scope, signedIn := t.RefreshToken, t.Scope, t.SignedInAt
	if g.RefreshToken != "" {
		refresh = g.RefreshToken
	}
	if g.ScopeSent {
		scope = g.Scope
	}
	fresh := newToken(s.app, g, s.clock.offset())
	if fresh.APIURL == "" {
		fresh.APIURL = t.APIURL
	}
	if signedIn.IsZero() && s.app.Kind == S2S {
		signedIn = fresh.ObtainedAt
	}
	fresh.RefreshToken, fresh.Scope, fresh.SignedInAt = refresh, scope, signedIn
	fresh.Generation, fresh.Unknown = t.Generation+1, t.Unknown
	return fresh
}

// newToken is the token of a good answer, generation 0.
func newToken(app App, g Grant, skew time.Duration) Token {
	return Token{
		Version: tokenVersion, Profile: app.Profile, ClientID: app.ClientID, Kind: app.Kind,
		AccessToken: g.AccessToken, RefreshToken: g.RefreshToken, TokenType: g.TokenType,
		Scope: g.Scope, APIURL: g.APIURL,
		ObtainedAt: g.ReceivedAt, ExpiresAt: g.ReceivedAt.Add(g.ExpiresIn), ClockSkew: skew,
	}
}

// debt is a rotated answer that could not be stored, and the tokens it replaces.
type debt struct {
	token, replaces Token
}

// keep stores a rotated answer. If that fails in spite of the probe, the answer
// is held in memory, and each later call tries to store it before anything else.
func (s *Source) keep(ctx context.Context, held *Held, fresh, old Token) error {
	err := held.Save(fresh)
	for tries := 1; err != nil && tries < saveRetries; tries++ {
		pause(ctx, savePause)
		err = held.Save(fresh)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil && fresh.RefreshToken != "" {
		s.unsaved = &debt{token: fresh, replaces: old}
		return err
	}
	s.unsaved, s.refused = nil, nil
	return err
}

// settle is [Source.payBack] with the lock taken for it.
func (s *Source) settle(ctx context.Context) error {
	held, err := s.opts.Store.Lock(ctx)
	if err != nil {
		return err
	}
	defer held.release()
	return s.payBack(held)
}

// payBack stores an answer that could not be stored before, unless the tokens
// that it replaces are no longer there: a new sign-in counts more, and a logout
// is not undone.
func (s *Source) payBack(held *Held) error {
	s.mu.Lock()
	owed := s.unsaved
	s.mu.Unlock()
	if owed == nil {
		return nil
	}
	stored, err := s.current()
	switch {
	case kindOf(err) == ErrSignedOut:
		err = nil
	case err == nil && stored.same(owed.replaces):
		err = held.Save(owed.token)
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = nil
	return nil
}

// explainEnd adds to a dead sign-in what is known here of how it died.
func (s *Source) explainEnd(err error, t Token, old Mark, cutOff bool) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != ErrGrantEnded {
		return err
	}
	e.Path = s.opts.Store.Path()
	e.Cause = fmt.Sprintf("generation %d, last refreshed %s", t.Generation, stamp(t.ObtainedAt))
	if cutOff {
		e.Cause += fmt.Sprintf("; a refresh begun %s (%s) was cut off and may have used the token up", stamp(old.At), old.who())
	}
	return e
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
