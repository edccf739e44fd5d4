package main

import (
	"context"
	"strings"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
	"zoomtui/internal/ui"
	"zoomtui/internal/ui/state"
)

// tokenKeeper gives the dashboard what it may know of the tokens.
type tokenKeeper struct{ *opened }

// Current reads the store; no sign-in is no error.
func (k tokenKeeper) Current(ctx context.Context) (state.Tokens, error) {
	if k.fixed {
		t, err := k.source.Token(ctx)
		return k.shown(t), err
	}
	s, err := k.standing()
	switch {
	case err != nil:
		return state.Tokens{}, err
	case s.token.AccessToken == "" && !kindHasSignIn(k.app.Kind):
		return state.Tokens{SignedIn: true}, nil // a token is fetched when one is needed
	}
	shown := k.shown(s.token)
	if s.state == signInMoved || !s.refuse.At.IsZero() { // not by its age alone: that is an estimate, and Zoom will tell
		shown.Ended = s.why
	} else if m := s.cutOff; m != nil && !s.underWay && s.token.RefreshToken != "" && m.Fingerprint == shown.RefreshFingerprint {
		shown.CutOffAt, shown.CutOffBy = m.At, starter(m.Command, m.PID)
	}
	return shown, nil
}

// Renew refreshes now (force), or where the background refresh is due and no
// other process has done it, or has heard that the sign-in is over.
func (k tokenKeeper) Renew(ctx context.Context, force bool) (state.Tokens, error) {
	var t auth.Token
	var err error
	if force {
		t, err = k.source.TokenWith(ctx, auth.TokenRequest{Force: true})
	} else if err = k.refusedElsewhere(); err == nil {
		t, err = k.source.Renew(ctx)
	}
	if err != nil {
		return state.Tokens{}, err
	}
	return k.shown(t), nil
}

// refusedElsewhere is Zoom's refusal of the stored refresh token, as far as the
// history knows of one.
func (k tokenKeeper) refusedElsewhere() error {
	if s, err := k.standing(); err == nil && !s.refuse.At.IsZero() {
		return s.why
	}
	return nil // what cannot be read is told by who refreshes
}

// Revoke ends the sign-in at Zoom and deletes it here.
func (k tokenKeeper) Revoke(ctx context.Context) (ui.Revocation, error) {
	result, err := k.endSignIn(ctx)
	return ui.Revocation{
		Told:  result.Revoked || explain.Of(result.RevokeErr).Class() == explain.SignIn,
		Moved: result.Moved, Newer: result.Newer,
	}, err
}

// Reveal gives the access token to the person who asked for it.
func (k tokenKeeper) Reveal(ctx context.Context) (string, error) {
	t, err := k.source.Token(ctx)
	if err != nil {
		return "", err
	}
	return t.AccessToken.Reveal(), nil
}

// shown is a token without its secrets.
func (k tokenKeeper) shown(t auth.Token) state.Tokens {
	s := state.Tokens{
		SignedIn:          t.AccessToken != "",
		AccessExpires:     t.ExpiresAt,
		AccessLife:        t.Life(),
		ObtainedAt:        t.ObtainedAt,
		SignedInAt:        t.SignedInAt,
		Generation:        t.Generation,
		Scopes:            t.Scopes(),
		AccessFingerprint: t.Fingerprint(),
		APIHost:           strings.TrimPrefix(t.APIURL, "https://"),
		Fixed:             k.fixed,
		MovedAt:           t.MovedAt,
		Claims:            claims(t.AccessToken),
	}
	if !k.fixed {
		s.RenewsAt = k.source.RefreshAt(t)
	}
	if t.RefreshToken != "" {
		s.RefreshFingerprint = auth.Fingerprint(t.RefreshToken)
		s.SignInEnds = t.ObtainedAt.Add(refreshLife)
	}
	return s
}

// claims is what is inside an access token, its header first.
func claims(token auth.Secret) []state.Claim {
	view, err := auth.DecodeJWT(token)
	if err != nil {
		return nil
	}
	at := map[string]time.Time{"iat": view.IssuedAt, "nbf": view.NotBefore, "exp": view.ExpiresAt}
	var out []state.Claim
	for _, c := range append(view.Header, view.Claims...) {
		out = append(out, state.Claim{
			Name: clean(c.Name), Value: clean(strings.Trim(c.Value, `"`)), At: at[c.Name],
		})
	}
	return out
}
