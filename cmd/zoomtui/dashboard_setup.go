package main

import (
	"context"
	"errors"
	"sync/atomic"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/setup"
)

// setupApps checks and keeps Zoom apps for the setup screen.
type setupApps struct{ cli *cli }

// Names lists the profiles there are.
func (s setupApps) Names(context.Context) ([]setup.Known, error) {
	cfg, err := s.cli.loadConfig()
	if err != nil {
		return nil, err
	}
	var known []setup.Known
	for _, name := range cfg.Names() {
		p, _ := cfg.Named(name) // one that cannot be used has a name all the same
		known = append(known, setup.Known{Name: name, ClientID: p.ClientID})
	}
	return known, nil
}

// Check asks Zoom about the app without signing in.
func (s setupApps) Check(ctx context.Context, app setup.App) error {
	err := s.cli.testApp(ctx, app.Profile, setupEntry(app))
	if part := refusedPart(err); part != "" {
		return &setup.Refusal{Part: part, Err: err}
	}
	return err
}

// refusedPart tells which part of an app an error is about; empty for none.
func refusedPart(err error) setup.Part {
	for kind, part := range map[error]setup.Part{
		auth.ErrClientID: setup.PartClientID, auth.ErrClientSecret: setup.PartSecret, auth.ErrClient: setup.PartCredentials,
		auth.ErrAccountID: setup.PartAccount, auth.ErrRedirectURI: setup.PartRedirect, config.ErrSecretCommand: setup.PartSecretCmd,
	} {
		if errors.Is(err, kind) {
			return part
		}
	}
	return ""
}

// triedApps remembers whether Zoom knew the app that was asked about last, as one may
// be saved untested.
type triedApps struct {
	setupApps
	known atomic.Bool
}

// Check asks Zoom about the app without signing in.
func (t *triedApps) Check(ctx context.Context, app setup.App) error {
	err := t.setupApps.Check(ctx, app)
	t.known.Store(err == nil)
	return err
}

// Save adds the profile to config.toml.
func (s setupApps) Save(ctx context.Context, app setup.App) error {
	cfg, err := s.cli.loadConfig()
	if err != nil {
		return err
	}
	return config.Edit(ctx, cfg.Path(), config.AddProfile(app.Profile, setupEntry(app)))
}

// Manifest is what the Marketplace can make the app from.
func (s setupApps) Manifest(app setup.App) (string, error) {
	name := app.Profile
	if name == config.DefaultProfile {
		name = "" // nobody would know the app by it
	}
	text, err := marketplace.Manifest(marketplace.App{Name: name, Kind: app.Kind, RedirectURI: app.RedirectURI})
	return string(text), err
}

// setupEntry is the app as config.toml holds it.
func setupEntry(app setup.App) config.Entry {
	return config.Entry{
		Kind: app.Kind, ClientID: app.ClientID, ClientSecret: auth.Secret(app.Secret.Reveal()), ClientSecretCmd: app.SecretCmd,
		AccountID: app.AccountID, RedirectURI: app.RedirectURI, Listen: app.Listen, User: app.User,
	}
}
