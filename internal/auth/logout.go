package auth

import "context"

// LogoutResult says what a logout did.
type LogoutResult struct {
	Revoked   bool     // Zoom ended the sign-in
	RevokeErr error    // why it did not, if it was asked; nothing here depends on it
	Deleted   []string // files that are gone
	Remains   []string // files that are still there and may hold tokens
	Newer     bool     // somebody signed in again meanwhile: those tokens were left, nothing is deleted
}

// Logout ends the sign-in at Zoom, as well as it can, and deletes the tokens
// here. An access token that has run out is renewed first, because Zoom ends a
// sign-in by its access token only. Zoom is asked without the lock; a sign-in
// that was stored meanwhile is another one and stays, see [LogoutResult.Newer].
// Nothing is deleted when the stored tokens are of a newer version or open to
// others: then the error says what to do. A damaged file is deleted; Zoom cannot
// be told of it.
func Logout(ctx context.Context, o Options) (LogoutResult, error) {
	source, err := NewSource(SourceOptions{Options: o})
	if err != nil {
		return LogoutResult{}, err
	}
	defer func() { _ = source.Close() }() // what it could not store was to be deleted
	var r LogoutResult
	before, err := o.Store.Load()
	t, err := source.judge(before, err)
	switch kindOf(err) {
	case "":
		r.Revoked, r.RevokeErr = source.revoke(ctx, t)
	case ErrSignedOut, ErrDamaged:
	default:
		return LogoutResult{}, err
	}
	if ctx.Err() != nil {
		return r, ctx.Err() // the caller's own
	}
	held, err := o.Store.Lock(ctx)
	if err != nil {
		return r, err
	}
	defer held.release()
	now, err := o.Store.Load()
	switch kind := kindOf(err); {
	case kind == "":
		r.Newer = !now.follows(before)
	case kind == ErrSignedOut || kind == ErrDamaged || source.needsNoStore(err):
		err = nil
	default:
		return r, err
	}
	if !r.Newer {
		r.Deleted, err = held.Delete()
	}
	r.Remains = o.Store.Remains()
	return r, err
}

// revoke ends a sign-in at Zoom by an access token that lives.
func (s *Source) revoke(ctx context.Context, t Token) (bool, error) {
	if t.AccessToken == "" {
		return false, nil
	}
	endpoint, err := s.endpoint.holding(ctx)
	if err != nil {
		return false, err
	}
	s.endpoint = endpoint // for the refresh too: a command is run once
	if !t.lives(s.clock.zoom(), 0) && s.app.Kind != S2S {
		fresh, err := s.Token(ctx)
		if err != nil {
			return false, err
		}
		if !fresh.follows(t) {
			return false, nil // somebody has signed in again: that one is not ended
		}
		t = fresh
	}
	if err := endpoint.Revoke(ctx, t.AccessToken); err != nil {
		return false, err
	}
	return true, nil
}
