package auth

import "context"

// Server-to-Server tokens are not rotated: anyone with the secret may fetch
// another, and earlier ones live on. So a store is a convenience here, and a
// container without one still gets tokens.
// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/

// accountToken is what [Source.current] makes of the store for such an app: no
// token is no error, whatever keeps it from being read; one in memory that is newer
// counts.
func (s *Source) accountToken(t Token, err error) (Token, error) {
	switch kindOf(err) {
	case ErrSignedOut, ErrStore, ErrKeyring, ErrDamaged:
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
func (s *Source) needsNoStore(err error) bool {
	kind := kindOf(err)
	return s.app.Kind == S2S && (kind == ErrStore || kind == ErrKeyring)
}

// clearForAccount makes way for the token of such an app. A person's sign-in stays:
// the environment can name another app for a profile that has one. A damaged file is
// kept aside, because nobody signs in to such an app, which would do that.
func (h *Held) clearForAccount() error {
	t, err := h.store.Peek()
	switch {
	case kindOf(err) == ErrDamaged:
		return h.setAside()
	case err == nil && t.Kind != S2S:
		return &Error{
			Kind: ErrStore, Op: opProbe, Path: h.store.Path(),
			Cause: "profile " + h.store.profile + " holds a person's sign-in with another app, which is kept",
		}
	}
	return nil
}

// askUnstored fetches a token and keeps it in memory.
func (s *Source) askUnstored(ctx context.Context, e *Endpoint, t Token, log *journal) (Token, error) {
	event := s.event(&turn{}, t)
	event.Unstored = log.why
	log.asked = true
	grant, err := s.question(context.WithoutCancel(ctx), e, "")
	if err != nil {
		event.Err = err
		log.add(event)
		return Token{}, err
	}
	fresh := s.next(t, grant)
	event.came(t, fresh)
	event.IgnoredAPIURL = grant.IgnoredAPIURL
	log.add(event)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory = &fresh
	return fresh, nil
}
