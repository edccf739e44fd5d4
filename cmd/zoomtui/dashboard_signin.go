package main

import (
	"context"

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
	return signInAttempt{l}, nil
}

// signInAttempt is a sign-in under way, as the screen knows it.
type signInAttempt struct{ login *auth.Login }

// Link is what the screen shows.
func (a signInAttempt) Link() login.Link {
	link := login.Link{
		URL: a.login.URL(), RedirectURI: a.login.RedirectURI(), Address: a.login.Addr(), Expires: a.login.Expires(),
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
	return login.Outcome{
		OldScopes: auth.Token{Scope: r.OldScope}.Scopes(),
		NewScopes: r.Token.Scopes(),
		First:     r.OldScope == "",
	}, nil
}

// Close gives the port back.
func (a signInAttempt) Close() { a.login.Close() }
