package main

import (
	"context"
	"sync"

	"zoomtui/internal/auth"
	"zoomtui/internal/ui/login"
)

// signIns starts sign-ins for the dashboard.
type signIns struct{ *opened }

// Start opens the callback listener and makes the link.
func (s signIns) Start(ctx context.Context) (login.Attempt, error) {
	l, err := auth.StartLogin(ctx, auth.LoginOptions{Options: s.authOptions("dashboard")})
	if err != nil {
		return nil, err
	}
	return signInAttempt{login: l, registered: s.app.RedirectURI, signedIn: sync.OnceFunc(func() {
		_ = s.cache.clear() // it may be somebody else than before; what stays is replaced by the next answers
	})}, nil
}

// signInAttempt is a sign-in under way, as the screen knows it.
type signInAttempt struct {
	login      *auth.Login
	registered string // the redirect as it stands in the app, whatever port was free
	signedIn   func() // what a completed sign-in brings with it, once
}

// Link is what the screen shows.
func (a signInAttempt) Link() login.Link {
	link := login.Link{
		URL: a.login.URL(), RedirectURI: a.registered, Address: a.login.Addr(), Expires: a.login.Expires(),
	}
	if wanted, taken := a.login.PortTaken(); taken {
		link.TakenPort = wanted
	}
	return link
}

// Whole says whether a text can be used without Enter.
func (a signInAttempt) Whole(text string) bool { return a.login.WholePaste(text) }

// Paste takes what a person copied.
func (a signInAttempt) Paste(_ context.Context, text string) error { return a.login.Paste(text) }

// Wait gives the result.
func (a signInAttempt) Wait(ctx context.Context) (login.Outcome, error) {
	r, err := a.login.Wait(ctx)
	if err != nil {
		return login.Outcome{}, err
	}
	a.signedIn()
	return login.Outcome{
		OldScopes: auth.Token{Scope: r.OldScope}.Scopes(),
		NewScopes: r.Token.Scopes(),
		First:     r.OldScope == "",
	}, nil
}

// Close gives the port back. It waits for an exchange that is under way, which
// completes the sign-in even if nobody waits for it.
func (a signInAttempt) Close() {
	a.login.Close()
	if _, err := a.login.Wait(context.Background()); err == nil {
		a.signedIn()
	}
}
