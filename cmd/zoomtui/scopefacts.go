package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/scope"
)

// scopeApp is what a verdict needs to know of the profile and of its token.
func (o *opened) scopeApp(catalogue *scope.Catalogue, t auth.Token) scope.App {
	return appOf(catalogue, o.profile, t, o.fixed)
}

// appOf is scopeApp where the profile is not opened. A token whose text is sealed
// counts as one.
func appOf(catalogue *scope.Catalogue, p config.Profile, t auth.Token, fixed bool) scope.App {
	scopes := catalogue.Joined(t.Scopes())
	return scope.App{
		Type: scope.TypeOf(string(p.Kind), scopes), Style: catalogue.StyleOf(scopes), ClientTail: tail(p.ClientID),
		SignedIn: t.AccessToken != "" || !t.ObtainedAt.IsZero(), ScopesKnown: len(scopes) > 0, Scopes: scopes,
		SignedInAt: t.SignedInAt, ObtainedAt: t.ObtainedAt, Fixed: fixed,
	}
}

// bench is what verdicts are made with: the table, and what this machine knows of
// app and token. Nobody is asked for anything, the keyring neither.
type bench struct {
	catalogue *scope.Catalogue
	app       scope.App      // zero but for its Type where no profile is set up, or nobody has signed in
	profile   config.Profile // zero where none is set up
	stands    standing       // of the profile
	now       time.Time      // Zoom's, in the profile's zone
}

// bench makes one for the selected profile.
func (c *cli) bench() (bench, error) {
	catalogue, err := c.table.get()
	if err != nil {
		return bench{}, err
	}
	b := bench{catalogue: catalogue, now: c.clock(), stands: standing{state: signInNone}}
	given, err := config.AccessToken(c.getenv)
	if err != nil {
		return bench{}, fmt.Errorf("read the settings: %w", err)
	}
	if given != "" {
		b.app = scope.App{SignedIn: true, Fixed: true}
		b.profile.Name = environmentProfile
		return b, nil
	}
	b.profile, err = c.selected()
	switch {
	case errors.Is(err, config.ErrNoApp):
		return b, nil
	case err != nil:
		return bench{}, err
	}
	store, err := c.tokenStore(b.profile)
	if err != nil {
		return bench{}, err
	}
	t, err := store.Peek()
	if b.stands, err = c.standingOf(b.profile, store, t, err); err != nil {
		return bench{}, err
	}
	b.now = b.stands.now.In(b.profile.Location())
	b.app = appOf(catalogue, b.profile, b.stands.token, false)
	return b, nil
}

// judge answers a question about the selected profile's token.
func (b bench) judge(q scope.Question) scope.Verdict {
	q.App, q.Now = b.app, b.now
	return b.catalogue.Judge(q)
}

// hasApp tells whether anything is known of the app.
func (b bench) hasApp() bool { return b.profile.Name != "" }

// storedApp is scopeApp of the token as it is stored, whether it lives or not.
// Nothing is asked of Zoom, and nothing is refreshed.
func (o *opened) storedApp(ctx context.Context, catalogue *scope.Catalogue) (scope.App, error) {
	stands, err := o.standing()
	if o.fixed {
		stands, err = o.givenStanding(ctx)
	}
	if err != nil {
		return scope.App{}, err
	}
	return o.scopeApp(catalogue, stands.token), nil
}
