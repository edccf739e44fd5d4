package auth

import (
	"context"
	"time"
)

// Server-to-Server tokens are not rotated: anyone with the secret may fetch
// another, and earlier ones live on. So a store is a convenience here, and a
// container without one still gets tokens.
// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/

// accountToken is what [Source.current] makes of the store for such an app: no
// token is no error, and one in memory that is newer counts.
func (s *Source) accountToken(t Token, err error) (Token, error) {
	if kind := kindOf(err); kind == ErrSignedOut || kind == ErrStore {
		t, err = Token{}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && s.memory != nil && s.memory.ObtainedAt.After(t.ObtainedAt) {
		return *s.memory, nil
	}
	return t, err
}

// needsNoStore tells a store that cannot be used but is not needed either.
func (s *Source) needsNoStore(err error) bool { return s.app.Kind == S2S && kindOf(err) == ErrStore }

// askUnstored fetches a token and keeps it in memory.
func (s *Source) askUnstored(ctx context.Context, e *Endpoint, t Token, why error) (Token, *Event, error) {
	event := &Event{At: s.clock.zoom().Truncate(time.Second), Command: s.opts.Command, Generation: t.Generation, Unstored: why}
	grant, err := s.question(context.WithoutCancel(ctx), e, t)
	if err != nil {
		event.Err = err
		return Token{}, event, err
	}
	fresh := s.next(t, grant)
	event.Generation, event.Scopes = fresh.Generation, DiffScopes(t.Scope, fresh.Scope)
	event.IgnoredAPIURL = grant.IgnoredAPIURL
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory = &fresh
	return fresh, event, nil
}
