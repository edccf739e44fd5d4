package main

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// installedApps is where a person removes an app from their Zoom account.
const installedApps = "https://marketplace.zoom.us/user/installed"

func newLogout(c *cli) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "logout",
		Short: "End the sign-in at Zoom and delete its tokens here",
		Long: `Revokes the tokens at Zoom, deletes them here together with what was cached, and
says what remains. Settings, client secrets and the history (fingerprints only) stay
where they are. A sign-in that was moved to another machine goes on there: only what
is left of it here is deleted.`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if all {
				return c.logoutAll(cmd.Context())
			}
			cfg, err := c.loadConfig()
			if err != nil {
				return err
			}
			err = c.told(cmd.Context(), c.logout(cmd.Context(), cfg, cfg.Selected()))
			c.sayWhatRemains(cfg)
			return err
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "every profile")
	return cmd
}

// logoutAll ends every sign-in; the failure that is most a matter for a person
// decides the exit code, and none of them keeps the others from being ended.
func (c *cli) logoutAll(ctx context.Context) error {
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	names := append(cfg.Names(), storedProfiles(c.paths.TokenDir())...)
	slices.Sort(names)
	if len(names) == 0 {
		c.say("No profile is set up or signed in.")
	}
	var failed error
	for _, name := range slices.Compact(names) {
		err := c.logout(ctx, cfg, name)
		if _, said := errors.AsType[quiet](err); err != nil && !said && ctx.Err() == nil {
			err = c.failedFor(name, err)
		}
		failed = worse(failed, err)
	}
	c.sayWhatRemains(cfg)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return failed
}

// told tells a failure now, because more is to be said after it; the exit code is
// left.
func (c *cli) told(ctx context.Context, err error) error {
	if _, said := errors.AsType[quiet](err); err == nil || said || ctx.Err() != nil {
		return err
	}
	p := c.problem(err)
	if err := c.tell(p); err != nil {
		return err
	}
	return quiet{p.Class()}
}

// logout ends the sign-in of one profile. The tokens here are deleted even if
// Zoom could not be told.
func (c *cli) logout(ctx context.Context, cfg *config.Config, name string) (err error) {
	p, err := cfg.Named(name)
	if err != nil {
		return c.forget(ctx, name, err)
	}
	o, err := c.openProfile(p, "logout")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	result, err := o.endSignIn(ctx)
	if err != nil {
		return err
	}
	return c.sayLogout(name, result)
}

// endSignIn revokes at Zoom, as well as that can be done, and deletes the tokens
// and the cache of the profile.
func (o *opened) endSignIn(ctx context.Context) (auth.LogoutResult, error) {
	result, err := auth.Logout(ctx, o.authOptions("logout"))
	if err != nil || result.Newer { // what is cached is the newer sign-in's
		return result, err
	}
	return result, o.cache.clear()
}

// sayLogout says what became of a sign-in. That Zoom was not told is a failure,
// though the tokens here are gone.
func (c *cli) sayLogout(name string, r auth.LogoutResult) error {
	failed, why := r.RevokeErr, ""
	switch {
	case r.Newer:
		c.say("Profile %s: somebody signed in again meanwhile. That newer sign-in stays; to end it too, run logout once more.", name)
		return quiet{explain.Other}
	case r.Revoked:
		c.say("Profile %s: signed out. Zoom has ended the sign-in, and the tokens here are deleted.", name)
		return nil
	case r.Moved:
		c.say("Profile %s: what was left here of the sign-in is deleted. It had moved to another machine and goes on there, so Zoom was not told to end it.", name)
		return nil
	case explain.Of(failed).Class() == explain.SignIn:
		c.say("Profile %s: signed out. Zoom had ended the sign-in before; the tokens here are deleted.", name)
		return nil
	case failed == nil && len(r.Deleted) == 0:
		c.say("Profile %s: not signed in.", name)
		return nil
	case failed == nil: // damaged, or of another app than the settings name
		failed = quiet{explain.Other}
	default: // to try again is no use any more, so there are no steps
		p := c.problem(failed)
		failed, why = quiet{p.Class()}, " "+clean(p.What)
	}
	c.say("Profile %s: the tokens here are deleted, but Zoom was not told.%s There the sign-in stays good until its refresh token runs out, about %d days after the last refresh; to end it now, remove the app at %s",
		name, why, int(refreshLife/day), installedApps)
	return failed
}

// forget deletes the tokens of a profile that the settings do not know, as far
// as there are any; whom to tell at Zoom is not known then.
func (c *cli) forget(ctx context.Context, name string, unknown error) error {
	store, err := c.tokenStore(config.Profile{Name: name})
	if err != nil || len(store.Remains()) == 0 {
		return unknown
	}
	held, err := store.Lock(ctx)
	if err != nil {
		return err
	}
	t, _ := store.Peek() // what cannot be read goes as well
	_, err = held.Delete()
	if err = errors.Join(err, held.Unlock(), cache{c.paths.ProfileCache(name)}.clear()); err != nil {
		return err
	}
	_ = c.history(name).Append(entryOf(auth.Event{ // it tells and never decides
		Action: auth.ActionLogout, At: c.clock().UTC().Truncate(time.Second), Command: "logout", PID: os.Getpid(),
		Generation: t.Generation, OldFingerprint: auth.Fingerprint(t.RefreshToken),
	}))
	c.say("Profile %s: the tokens here are deleted. Its app is not in the settings, so Zoom was not told; to end the sign-in, remove the app at %s", name, installedApps)
	return nil
}

// sayWhatRemains names what a person may believe to be gone.
func (c *cli) sayWhatRemains(cfg *config.Config) {
	var remains []string
	if _, err := os.Stat(cfg.Path()); err == nil {
		remains = append(remains, "the settings in "+cfg.Path())
	}
	for _, name := range storedProfiles(c.paths.TokenDir()) {
		remains = append(remains, "the sign-in of profile "+name)
	}
	for _, name := range []string{"ZOOM_ACCESS_TOKEN", "ZOOM_CLIENT_SECRET"} {
		if c.getenv(name) != "" {
			remains = append(remains, name+" in the environment")
		}
	}
	if len(remains) > 0 {
		c.say("What remains: %s.", strings.Join(remains, "; "))
	}
}

// storedProfiles are the profiles that have tokens in a directory.
func storedProfiles(dir string) []string {
	files, _ := os.ReadDir(dir) // none, where it cannot be read
	var names []string
	for _, file := range files {
		name, is := strings.CutSuffix(file.Name(), ".json")
		if is && auth.CheckProfile(name) == nil {
			names = append(names, name)
		}
	}
	return names
}
