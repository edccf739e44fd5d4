package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/token"
)

// tokenComparer looks into a token that was pasted into the token tab.
type tokenComparer struct{ *opened }

// Read finds the token in the text and compares it with the one in use.
func (t tokenComparer) Read(ctx context.Context, text []byte) (token.Other, error) {
	defer clear(text)
	found, ok := token.Find(text)
	if !ok {
		return nil, token.ErrNoToken
	}
	ours, err := t.inUse(ctx)
	if err != nil {
		clear(found)
		return nil, err
	}
	p := &pastedToken{of: t.opened, secret: found}
	p.comparison = token.Comparison{Theirs: sideOf(auth.Secret(found)), Same: string(found) == ours.Reveal()}
	if ours != "" {
		p.comparison.Ours = sideOf(ours)
	}
	p.mu.Lock()
	p.unlink = context.AfterFunc(ctx, p.Forget)
	p.mu.Unlock()
	return p, nil
}

// inUse is the access token of the profile, as it is stored; empty: none.
func (t tokenComparer) inUse(ctx context.Context) (auth.Secret, error) {
	if t.fixed {
		given, err := t.source.Token(ctx)
		if err != nil {
			return "", fmt.Errorf("read the token in use: %w", err)
		}
		return given.AccessToken, nil
	}
	s, err := t.standing()
	if err != nil {
		return "", fmt.Errorf("read the token in use: %w", err)
	}
	return s.token.AccessToken, nil
}

// sideOf is what can be read of a token.
func sideOf(secret auth.Secret) token.Side {
	view, err := auth.DecodeJWT(secret)
	if err != nil {
		return token.Side{Kind: token.Foreign}
	}
	side := token.Side{
		Kind: token.Access, Client: clean(view.ClientID), User: clean(view.UserID), Account: clean(view.AccountID),
		SignIn: clean(claimOf(view, "auid", "authenticationId")), Version: clean(view.Version),
		Issued: view.IssuedAt, Expires: view.ExpiresAt,
	}
	switch {
	case !zoomIssued(view):
		side.Kind, side.Issuer = token.Foreign, clean(view.Issuer)
		if side.Issuer == "" {
			side.Issuer = "nobody it names"
		}
	case claimOf(view, "type") == "1" || claimOf(view, "tokenType") == "refresh_token":
		side.Kind = token.Refresh
	}
	return side
}

// zoomIssued tells whether a token names an app of Zoom's as its issuer, in the
// form of today or in that of version 6 and before.
func zoomIssued(view auth.JWTView) bool {
	return strings.HasPrefix(view.Issuer, "zm:cid:") || strings.HasPrefix(view.Issuer, "urn:zoom:connect:clientid:")
}

// claimOf is the value of the first of the claims that is there.
func claimOf(view auth.JWTView, names ...string) string {
	for _, name := range names {
		for _, c := range view.Claims {
			if c.Name == name {
				return strings.Trim(c.Value, `"`)
			}
		}
	}
	return ""
}

// pastedToken holds a token that was pasted for as long as it is looked at.
type pastedToken struct {
	of         *opened
	comparison token.Comparison

	mu     sync.Mutex
	secret []byte      // overwritten and nil once it is forgotten
	unlink func() bool // takes it from the end of the profile, which holds it until then
}

// Format keeps the token out of whatever prints it.
func (p *pastedToken) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[pasted token]") }

// Comparison is how it differs from the token in use.
func (p *pastedToken) Comparison() token.Comparison { return p.comparison }

// Plan is the few calls that tell most, and the host that they go to.
func (p *pastedToken) Plan(ctx context.Context) (token.Plan, error) {
	catalogue, err := p.of.cli.table.get()
	if err != nil {
		return token.Plan{}, err
	}
	base, err := p.of.apiBase(ctx)
	if err != nil {
		return token.Plan{}, fmt.Errorf("read where the API is: %w", err)
	}
	u, err := url.Parse(base)
	if err != nil {
		return token.Plan{}, fmt.Errorf("read where the API is: %w", err)
	}
	return token.Plan{Host: clean(u.Host), Calls: catalogue.Probes(false)}, nil
}

// apiBase is the start of the profile's REST addresses.
func (o *opened) apiBase(ctx context.Context) (string, error) {
	if o.base != nil {
		return o.base(ctx)
	}
	return o.source.APIBase(ctx)
}

// Try makes one call with the pasted token, at the host of the profile's own API.
// Nothing is refreshed and nothing is stored: it is a profile of its own that has
// this token alone.
func (p *pastedToken) Try(ctx context.Context, probe scope.Probe) scope.Outcome {
	p.mu.Lock()
	secret := auth.Secret(p.secret)
	p.mu.Unlock()
	if secret == "" {
		return scope.Outcome{Probe: probe, Failed: "The token was forgotten."}
	}
	other := *p.of
	other.source = auth.StaticSource(secret, auth.Options{App: p.of.app, Clock: p.of.cli.clock, Elapsed: p.of.cli.boot})
	other.fixed, other.base = true, p.of.apiBase
	other.profile.User, other.whose = "", new(atomic.Pointer[string]) // "me" is whoever the token is of
	return other.try(api.WithOtherToken(ctx), scope.App{}, probe)
}

// TryOurs makes the same call with the token in use.
func (p *pastedToken) TryOurs(ctx context.Context, probe scope.Probe) scope.Outcome {
	return scopeLab{p.of}.Try(ctx, probe)
}

// Forget overwrites the token.
func (p *pastedToken) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unlink()
	clear(p.secret)
	p.secret = nil
}
