package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
)

// environmentProfile is the profile that a token of ZOOM_ACCESS_TOKEN counts for.
const environmentProfile = "environment"

// opened is a profile made ready: its settings, its tokens, the way to Zoom and
// what is kept of Zoom's answers. Every command and the dashboard work with one.
type opened struct {
	cli      *cli
	profile  config.Profile
	app      auth.App
	fixed    bool // the token comes from ZOOM_ACCESS_TOKEN and is used as it is
	store    *auth.Store
	keys     *keyHolder // of the tokens in the store
	source   *auth.Source
	recorder *api.Recorder
	calls    *callKeeper
	cache    cache
	trace    io.Closer // of --debug; nil without
	told     *told     // what of the tokens' events has been said

	heard func(auth.Event) // who else is told of the tokens' events; nil: nobody

	whose *atomic.Pointer[string] // whose data a Server-to-Server app shows; nil: as the profile says

	base func(context.Context) (string, error) // start of the REST addresses; nil: as the source says
}

// loadConfig reads the settings that the global flags name.
func (c *cli) loadConfig() (*config.Config, error) {
	return config.Load(config.Options{
		Path: c.flags.config, MayLack: c.makes, Profile: c.flags.profile, Paths: c.paths, Getenv: c.getenv,
	})
}

// selected is the profile that the global flags name, its settings checked.
func (c *cli) selected() (config.Profile, error) {
	cfg, err := c.loadConfig()
	if err != nil {
		return config.Profile{}, err
	}
	return cfg.Profile()
}

// open makes the selected profile ready; command is who asks, for the mark that
// a refresh leaves. Zoom is not asked for anything. The caller calls close.
func (c *cli) open(command string) (*opened, error) {
	cfg, err := c.loadConfig()
	if err != nil {
		return nil, err
	}
	given, err := config.AccessToken(c.getenv)
	if err != nil {
		return nil, err
	}
	if given != "" {
		return c.openFixed(cfg, command, given)
	}
	profile, err := cfg.Profile()
	if err != nil {
		return nil, err
	}
	return c.openProfile(profile, command)
}

// openProfile makes one profile ready.
func (c *cli) openProfile(p config.Profile, command string) (*opened, error) {
	o, err := c.prepare(p)
	if err != nil {
		return nil, err
	}
	o.source, err = auth.NewSource(auth.SourceOptions{Options: o.authOptions(command)})
	if err != nil {
		return nil, errors.Join(err, o.close())
	}
	return o, nil
}

// openFixed makes a token of the environment ready, and says that it is used.
func (c *cli) openFixed(cfg *config.Config, command string, token auth.Secret) (*opened, error) {
	p, err := cfg.Bare()
	if err != nil {
		return nil, err
	}
	p.Name = environmentProfile
	o, err := c.prepare(p)
	if err != nil {
		return nil, err
	}
	o.fixed = true
	o.source = auth.StaticSource(token, o.authOptions(command))
	c.say("Using the token of ZOOM_ACCESS_TOKEN as it is; it is never refreshed.")
	return o, nil
}

// prepare makes everything but the source of tokens.
func (c *cli) prepare(p config.Profile) (*opened, error) {
	store, keys, err := c.sealedStore(p)
	if err != nil {
		return nil, err
	}
	o := &opened{cli: c, profile: p, app: p.App(), store: store, keys: keys, cache: cache{c.paths.ProfileCache(p.Name)}, whose: new(atomic.Pointer[string]), told: new(told)}
	options := api.RecorderOptions{Clock: c.clock}
	if options.Trace, o.trace, err = c.openTrace(); err != nil {
		return nil, err
	}
	o.calls = newCallKeeper(http.DefaultTransport, c.callLog(p.Name), options)
	o.recorder = o.calls.recorder
	return o, nil
}

// openTrace opens the file of --debug; both are nil without.
func (c *cli) openTrace() (io.Writer, io.Closer, error) {
	if c.flags.debug == "" {
		return nil, nil, nil
	}
	f, err := os.OpenFile(c.flags.debug, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, nil, &config.Error{What: "--debug: " + err.Error(), Err: err}
	}
	return f, f, nil
}

// authOptions is what package auth builds its parts from.
func (o *opened) authOptions(command string) auth.Options {
	return auth.Options{
		App: o.app, Store: o.store, HTTP: &http.Client{Transport: o.recorder},
		Clock: o.cli.clock, Elapsed: o.cli.boot, Command: command, UserAgent: userAgent(), Observe: o.record,
	}
}

// client speaks Zoom's REST API with the tokens of the profile.
func (o *opened) client() *api.Client { return o.clientOver(o.source.Transport(o.recorder)) }

// clientOver speaks it over a transport, which adds the token.
func (o *opened) clientOver(transport http.RoundTripper) *api.Client {
	base := o.base
	if base == nil {
		base = o.source.APIBase
	}
	return api.New(api.Options{
		Base:      base,
		Hosts:     []string{o.app.OAuthBase, o.app.APIBase},
		HTTP:      &http.Client{Transport: transport},
		User:      o.shownUserID(),
		Clock:     func() time.Time { return o.cli.clock().In(o.profile.Location()) },
		UserAgent: userAgent(),
	})
}

// shownUserID is whose data is shown; empty: the data of who has signed in.
func (o *opened) shownUserID() string {
	if chosen := o.whose.Load(); chosen != nil {
		return *chosen
	}
	return o.profile.User
}

// user asks Zoom who is signed in, and keeps the answer.
func (o *opened) user(ctx context.Context) (api.User, error) {
	user, err := o.client().Me(ctx)
	if err != nil {
		return api.User{}, fmt.Errorf("ask who is signed in: %w", err)
	}
	if !o.fixed {
		// The address of the personal room holds its passcode in the query.
		user.PersonalMeetingURL, _, _ = strings.Cut(user.PersonalMeetingURL, "?")
	}
	keep(ctx, o, cacheUser, user)
	return user, nil
}

// keep stores an answer for the next start. It is only a cache: that it cannot
// be written is no failure of the call. Once ctx has ended nothing is written:
// the demo's directory or the sign-in may be gone by then.
func keep[T any](ctx context.Context, o *opened, name string, answer T) {
	if !o.fixed && ctx.Err() == nil {
		_ = writeCache(o.cache, name, o.cli.clock(), answer) // asked again next time
	}
}

// close waits for a refresh that is under way, so that its answer is not lost.
func (o *opened) close() (err error) {
	if o.source != nil {
		if o.source.Refreshing() {
			o.cli.say("Waiting for Zoom's answer to the refresh, which brings the only copy of the next refresh token. Interrupted once more, it may be lost.")
		}
		err = o.source.Close()
	}
	o.calls.close()
	if o.trace == nil {
		return err
	}
	if failed := o.trace.Close(); failed != nil {
		err = errors.Join(err, fmt.Errorf("close the trace: %w", failed))
	}
	return err
}

// say writes a line of talk to stderr.
func (c *cli) say(format string, args ...any) {
	fmt.Fprint(c.err, folded(c.err, fmt.Sprintf(format+"\n", args...)))
}
