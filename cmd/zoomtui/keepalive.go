package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// keepaliveOptions are the flags of `zoomtui keepalive`.
type keepaliveOptions struct {
	maxAge    dayDuration
	all, json bool
}

func newKeepalive(c *cli) *cobra.Command {
	opts := keepaliveOptions{maxAge: dayDuration(7 * day)}
	cmd := &cobra.Command{
		Use:   "keepalive",
		Short: "Refresh a sign-in that was not used for a week, for a timer",
		Long: `Refreshes the sign-in once if that was not done for a week (--max-age), so that one
that is rarely used does not reach its end after about 90 days. Otherwise it does
nothing, and Zoom is not asked. A refresh that was cut off, or that Zoom refused the
last time, is tried again whatever its age. Meant for cron or a systemd timer, daily:

  17 4 * * *  zoomtui keepalive --all >/dev/null

stdout has one line a profile: what was done, and until when the sign-in is good.
stderr has one line for each that failed, and a warning from 14 days before the end.
A Server-to-Server app has nothing to keep alive.

Exit codes: 0 good; 3 a human must sign in, 7 the token store cannot be used, 2 wrong
settings, 4 and 1 other trouble, 6 wait, 5 Zoom cannot be reached. With --all every
profile that has a sign-in is tried, and the code is the first of this order that
occurred; one that was moved to another machine counts as having none.`,
		Args:              noArguments,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case time.Duration(opts.maxAge) >= refreshLife:
				return usage(cmd, "--max-age %s is too long: a sign-in that is not refreshed for about %d days ends.", &opts.maxAge, int(refreshLife/day))
			case opts.all && c.flags.profile != "":
				return usage(cmd, "--all is for every profile, --profile for one; use one of them.")
			}
			if opts.json {
				c.errors = asJSON
			}
			if opts.all {
				return c.keepAllAlive(cmd.Context(), opts)
			}
			return c.keepOneAlive(cmd.Context(), opts)
		},
	}
	cmd.Flags().Var(&opts.maxAge, "max-age", "refresh when the last refresh is older than `D`, as in 7d or 36h")
	cmd.Flags().BoolVar(&opts.all, "all", false, "every profile that has a sign-in")
	cmd.Flags().BoolVar(&opts.json, "json", false, "print JSON")
	complete(cmd, "max-age", []string{"1d", "3d", "7d", "14d", "30d"})
	return cmd
}

// keepOneAlive is `keepalive` for the selected profile.
func (c *cli) keepOneAlive(ctx context.Context, opts keepaliveOptions) error {
	o, err := c.open("keepalive")
	if err != nil {
		return err
	}
	k := o.keepAlive(ctx, time.Duration(opts.maxAge))
	k.end(o.close())
	if k.err != nil {
		err := k.err
		switch {
		case ctx.Err() != nil || opts.json:
		case isTerminal(c.err):
			err = c.told(ctx, err)
		default:
			err = c.failedFor(k.Profile, err)
		}
		k.warn(c)
		return err
	}
	if opts.json {
		err = printJSON(c.out, keptAnswer{[]keptAlive{k}})
	} else {
		_, err = fmt.Fprint(c.out, folded(c.out, k.text(o.profile.Location())+"\n"))
	}
	k.warn(c)
	return err
}

// keepAllAlive is `keepalive --all`.
func (c *cli) keepAllAlive(ctx context.Context, opts keepaliveOptions) error {
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	if len(cfg.Names()) == 0 {
		_, err := cfg.Profile()
		return err
	}
	var worst error
	results := []keptAlive{}
	for _, name := range cfg.Names() {
		k, zone, is := c.keepNamedAlive(ctx, cfg, name, opts)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case !is:
			continue
		case k.err != nil:
			worst = worse(worst, c.failedFor(name, k.err))
		case !opts.json:
			if _, err := fmt.Fprint(c.out, folded(c.out, k.text(zone)+"\n")); err != nil {
				return err
			}
		}
		k.warn(c)
		results = append(results, k)
	}
	if opts.json {
		if err := printJSON(c.out, keptAnswer{results}); err != nil {
			return err
		}
	}
	if len(results) == 0 {
		c.say("zoomtui: No profile has a sign-in here. Sign in: zoomtui login --profile NAME")
		return quiet{explain.SignIn}
	}
	return worst
}

// keepNamedAlive is keepAlive for a profile by its name; false when it has no
// sign-in here.
func (c *cli) keepNamedAlive(ctx context.Context, cfg *config.Config, name string, opts keepaliveOptions) (k keptAlive, zone *time.Location, is bool) {
	p, err := cfg.Named(name)
	var o *opened
	if err == nil {
		o, err = c.openProfile(p, "keepalive")
	}
	if err != nil {
		k = keptAlive{Profile: name, Kind: string(p.Kind)}
		k.end(err)
		return k, time.Local, slices.Contains(storedProfiles(c.paths.TokenDir()), name)
	}
	k = o.keepAlive(ctx, time.Duration(opts.maxAge))
	if k.standing.state == signInMoved {
		k.Action, k.err = keptMoved, nil
	}
	k.end(o.close())
	// A sign-in that the app of the settings cannot use is told as what it is.
	return k, p.Location(), k.standing.state != signInNone || slices.Contains(storedProfiles(c.paths.TokenDir()), name)
}

// worse gives the one of two failures that is more a matter for a person, of which
// either may be nil.
func worse(a, b error) error {
	order := []explain.Class{explain.SignIn, explain.Store, explain.Usage, explain.Scope, explain.Other, explain.RateLimit, explain.Network}
	rank := func(err error) int {
		q, ok := errors.AsType[quiet](err)
		if !ok {
			return len(order)
		}
		return slices.Index(order, q.class)
	}
	if rank(b) < rank(a) {
		return b
	}
	return a
}
