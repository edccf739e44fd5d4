package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

func newProfileRemove(c *cli) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "remove NAME",
		Short: "End the sign-in of a profile and delete the profile",
		Long: `Revokes the sign-in at Zoom, deletes the tokens, the cache, the history and the
profile's table in config.toml. The app at Zoom stays. Without a terminal to ask on,
--yes is needed.

When Zoom cannot be reached, everything here is deleted all the same; what remains
at Zoom is said, and the exit code is 5.`,
		Args:              oneProfile,
		ValidArgsFunction: c.completeProfileName,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := c.loadConfig()
			if err != nil {
				return err
			}
			if err := inFile(cfg, args[0]); err != nil {
				return err
			}
			if !yes {
				if !isTerminal(c.in) || !isTerminal(c.err) {
					return usage(cmd, "Nobody can be asked here; add --yes to remove profile %s.", args[0])
				}
				if ok, err := c.confirm(cmd.Context(), "Remove profile "+args[0]+", its sign-in and what is cached?"); err != nil || !ok {
					return err
				}
			}
			return c.removeProfile(cmd.Context(), cfg, args[0])
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

// confirm asks on the terminal; no is an answer and no failure.
func (c *cli) confirm(ctx context.Context, question string) (bool, error) {
	fmt.Fprintf(c.err, "%s [y/N] ", question)
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(c.in).ReadString('\n') // no line is no
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case line := <-answer:
		if line != "y" && line != "yes" {
			c.say("Nothing was changed.")
			return false, nil
		}
		return true, nil
	}
}

// removeProfile ends the sign-in as logout does, and then deletes the profile, also
// when Zoom could not be told. A sign-in that could not be deleted here keeps its
// profile: without it nobody would find the tokens again.
func (c *cli) removeProfile(ctx context.Context, cfg *config.Config, name string) error {
	failed := c.logout(ctx, cfg, name)
	if ctx.Err() != nil {
		return cmp.Or(failed, ctx.Err())
	}
	if slices.Contains(storedProfiles(c.paths.TokenDir()), name) {
		return cmp.Or(failed, error(quiet{explain.Other}))
	}
	if _, err := cfg.Named(name); err != nil {
		failed = nil // there was no sign-in, and the profile could not be used either
	}
	wasDefault := cfg.Default() == name
	if err := config.Edit(ctx, cfg.Path(), config.RemoveProfile(name)); err != nil {
		return err
	}
	if err := (cache{c.paths.ProfileCache(name)}).clear(); err != nil {
		c.say("%s", clean(err.Error()))
	}
	if err := c.forgetPast(name); err != nil {
		c.say("%s", clean(err.Error()))
	}
	c.say("Profile %s: removed from %s.", name, cfg.Path())
	if wasDefault {
		c.sayDefault()
	}
	return failed
}

// forgetPast deletes what is remembered of a profile that is no more: its history,
// its last calls and when it was warned. Another of that name begins anew.
func (c *cli) forgetPast(name string) error {
	var failed error
	for _, path := range []string{c.history(name).Path(), c.callLog(name).Path(), c.warnedPath(name)} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, fmt.Errorf("forget profile %s: %w", name, err))
		}
	}
	return failed
}

// sayDefault says which profile is the default after the one before has gone.
func (c *cli) sayDefault() {
	cfg, err := c.loadConfig()
	switch {
	case err != nil:
		c.say("%s", clean(err.Error()))
	case len(cfg.Names()) == 0:
		c.say("No profile is left; to add one: zoomtui profile add")
	case slices.Contains(cfg.Names(), cfg.Default()):
		c.say("Profile %s is the default now.", cfg.Default())
	default:
		c.say("No profile is the default now. Choose one: zoomtui profile use %s", cfg.Names()[0])
	}
}
