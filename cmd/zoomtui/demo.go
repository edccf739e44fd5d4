package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/sandbox"
	"zoomtui/internal/ui"
)

// newDemo is the dashboard against the embedded sandbox.
func newDemo(c *cli) *cobra.Command {
	var meetings int
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the dashboard against a made-up Zoom: no account, no network, nothing kept",
		Long: `Opens the sign-in screen against a Zoom that is built into the program and listens
on this machine only. Press a to allow the app as the user would in the browser,
or open the link in a real browser; F makes things go wrong, such as a scope that
is missing. P switches to apps of other kinds: with a secret, Server-to-Server,
with classic scopes, managed by an admin. Nothing of your own configuration is
read or written.

--profile names the demo's app to begin with:
` + strings.Join(demoProfiles(), ", ") + `.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			name := cmp.Or(c.flags.profile, demoProfile(sandbox.KindPublic))
			if !slices.Contains(demoProfiles(), name) {
				wrong := usage(cmd, "The demo has no profile %q.", name)
				wrong.why = meant(name, demoProfiles()) + "."
				return wrong
			}
			return c.demo(cmd.Context(), name, meetings)
		},
	}
	cmd.Flags().IntVar(&meetings, "meetings", 0, "at least `N` meetings instead of a week's")
	return cmd
}

// demo runs the dashboard in a world of its own: a sandbox for Zoom, a
// directory that is deleted afterwards, and an environment that tells of the
// terminal but nothing of the person. profile is one of [demoProfiles].
func (c *cli) demo(ctx context.Context, profile string, meetings int) (err error) {
	if err := c.needTerminal(); err != nil {
		return err
	}
	zoom, err := sandbox.Start(sandbox.Options{Meetings: meetings})
	if err != nil {
		return fmt.Errorf("start the sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, zoom.Close()) }()
	dir, err := os.MkdirTemp("", "zoomtui-demo-")
	if err != nil {
		return fmt.Errorf("make a place for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	world := *c
	world.paths = config.Paths{
		Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state"),
	}
	world.flags.profile, world.flags.config = profile, ""
	world.getenv = demoEnvironment(c.getenv)
	if err := world.setUpDemo(ctx, zoom); err != nil {
		return err
	}
	b := world.newBoard(demoZoom{zoom, sandbox.Browser{}})
	defer func() { err = errors.Join(err, b.close()) }()
	o, err := world.open("demo")
	if err != nil {
		return err
	}
	return b.run(ctx, b.show(ctx, o))
}

// setUpDemo makes a profile of each app that the sandbox has, so that every way
// to sign in and every style of scopes can be tried.
func (c *cli) setUpDemo(ctx context.Context, zoom *sandbox.Server) error {
	var changes []config.Change
	for _, alias := range sandbox.Aliases() {
		app, ok := zoom.AppCalled(alias)
		if !ok {
			continue
		}
		changes = append(changes, config.AddProfile(demoProfile(alias), config.Entry{
			Kind: app.Kind, ClientID: app.ClientID, ClientSecret: auth.Secret(app.ClientSecret), AccountID: app.AccountID,
			OAuthBase: zoom.URL(), APIBase: zoom.URL(),
		}))
	}
	changes = append(changes, config.SetDefault(demoProfile(sandbox.KindPublic)))
	return config.Edit(ctx, c.paths.ConfigFile(), changes...)
}

// demoProfile is the name of the profile for a sandbox app.
func demoProfile(alias string) string { return "demo-" + alias }

// demoProfiles are the profiles of the demo, in the order of the sandbox's apps.
func demoProfiles() []string {
	var names []string
	for _, alias := range sandbox.Aliases() {
		names = append(names, demoProfile(alias))
	}
	return names
}

// demoEnvironment is the person's terminal, and nothing of their Zoom apps.
func demoEnvironment(getenv func(string) string) func(string) string {
	return func(name string) string {
		if strings.HasPrefix(name, "ZOOM") {
			return ""
		}
		return getenv(name)
	}
}

// demoZoom is the sandbox as the dashboard sees it.
type demoZoom struct {
	zoom    *sandbox.Server
	browser sandbox.Browser
}

// Allow presses Allow on the consent page.
func (d demoZoom) Allow(ctx context.Context, link string) error { return d.browser.Allow(ctx, link) }

// Decline presses Decline on the consent page.
func (d demoZoom) Decline(ctx context.Context, link string) error {
	return d.browser.Decline(ctx, link)
}

// Faults are the switches of the sandbox.
func (d demoZoom) Faults() []ui.Fault {
	var out []ui.Fault
	for _, f := range d.zoom.Faults() {
		out = append(out, ui.Fault{
			Name: f.Name, Title: f.Title, Help: f.Help, Toggle: f.Toggle, On: f.On,
			Scopes: strings.HasPrefix(f.Name, "drop-scope-"),
		})
	}
	return out
}

// SetFault turns a switch.
func (d demoZoom) SetFault(name string, on bool) error { return d.zoom.SetFault(name, on) }
