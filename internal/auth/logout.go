package auth

import (
	"context"
	"os"
	"time"
)

// LogoutResult says what a logout did.
type LogoutResult struct {
	Revoked   bool     // Zoom ended the sign-in
	Moved     bool     // another machine has the sign-in now: Zoom was not asked to end it
	RevokeErr error    // why it did not, if it was asked; nothing here depends on it
	Deleted   []string // files that are gone
	Remains   []string // files that are still there and may hold tokens
	Newer     bool     // somebody signed in again meanwhile: those tokens were left, nothing is deleted
}

// Logout ends the sign-in at Zoom, as well as it can, and deletes the tokens
// here. An access token that has run out is renewed first, because Zoom ends a
// sign-in by its access token only. Zoom is asked without the lock; a sign-in
// that was stored meanwhile is another one and stays, see [LogoutResult.Newer].
// Nothing is deleted, and Zoom not asked, when the stored tokens cannot be deleted,
// are of a newer version or open to others: then the error says what to do. A damaged file is deleted; Zoom cannot
// be told of it, nor of tokens whose key is gone. A sign-in that was moved away is
// deleted here and not ended at Zoom.
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
		if err := o.Store.removable(); err != nil {
			return LogoutResult{}, err
		}
		r.Revoked, r.RevokeErr = source.revoke(ctx, t)
	case ErrMoved:
		r.Moved = true
	case ErrSignedOut, ErrDamaged:
	default:
		if !keyGone(err) {
			return LogoutResult{}, err
		}
	}
	if ctx.Err() != nil {
		return r, ctx.Err() // the caller's own
	}
	gone, err := source.delete(ctx, before, &r)
	if len(r.Deleted) > 0 && o.Observe != nil {
		o.Observe(Event{
			Action: ActionLogout, At: source.clock.zoom().Truncate(time.Second), Command: o.Command, PID: os.Getpid(),
			Generation: gone.Generation, OldFingerprint: Fingerprint(gone.RefreshToken), Err: r.RevokeErr,
		})
	}
	return r, err
}

// delete removes the tokens of the sign-in `before`, under the lock, unless another
// has been stored meanwhile. It gives the tokens that are gone, if they could be
// read.
func (s *Source) delete(ctx context.Context, before Token, r *LogoutResult) (Token, error) {
	store := s.opts.Store
	held, err := store.Lock(ctx)
	if err != nil {
		return Token{}, err
	}
	defer held.release()
	now, err := store.Load()
	switch kind := kindOf(err); {
	case kind == "":
		r.Newer = !now.follows(before)
	case kind == ErrSignedOut || kind == ErrDamaged || keyGone(err) || s.needsNoStore(err):
		err = nil
	default:
		return Token{}, err
	}
	if !r.Newer {
		r.Deleted, err = held.Delete()
	}
	r.Remains = store.Remains()
	return now, err
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
