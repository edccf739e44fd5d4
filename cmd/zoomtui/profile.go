package main

import (
	"slices"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
)

func newProfile(c *cli) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "profile",
		Short: "Zoom apps and the sign-ins made with them: list, add, use, show, remove",
		Long: `A profile is a Zoom app under a name, with a sign-in of its own. Tokens, cache and
lock of each are separate, so several accounts and apps can be used side by side:
--profile NAME or ZOOMTUI_PROFILE chooses one, "profile use" sets the default.`,
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newProfileList(c), newProfileAdd(c), newProfileUse(c), newProfileShow(c), newProfileRemove(c))
	return cmd
}

func newProfileUse(c *cli) *cobra.Command {
	return &cobra.Command{
		Use:               "use NAME",
		Short:             "Make a profile the default",
		Long:              `Sets default_profile in config.toml: the profile that is meant when none is named.`,
		Args:              oneProfile,
		ValidArgsFunction: c.completeProfileName,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := c.loadConfig()
			if err != nil {
				return err
			}
			name := args[0]
			if err := inFile(cfg, name); err != nil {
				return err
			}
			if err := config.Edit(cmd.Context(), cfg.Path(), config.SetDefault(name)); err != nil {
				return err
			}
			c.say("Profile %s is the default now.", name)
			if named := c.getenv("ZOOMTUI_PROFILE"); named != "" && named != name {
				c.say("ZOOMTUI_PROFILE is set here and goes before it: %s.", clean(named))
			}
			return nil
		},
	}
}

// inFile refuses a profile that the file does not have.
func inFile(cfg *config.Config, name string) error {
	if _, ok := cfg.InFile(name); ok {
		return nil
	}
	if slices.Contains(cfg.Names(), name) {
		return &config.Error{
			What: "profile " + name + " is not in " + cfg.Path() + ": it comes from the environment alone",
			Fix:  "unset ZOOM_CLIENT_ID",
		}
	}
	_, err := cfg.Named(name)
	return err
}

// oneProfile is the argument check of commands about one profile.
func oneProfile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage(cmd, "Which profile? %s takes one name.", cmd.CommandPath())
	}
	return nil
}

// atMostOneProfile is the argument check of commands that know which profile is
// meant when none is named.
func atMostOneProfile(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(cmd, "%s takes one name, but got %q as well.", cmd.CommandPath(), args[1])
	}
	return nil
}

// completeProfileName offers the profiles as the only argument.
func (c *cli) completeProfileName(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return c.completeProfiles(cmd, args, begun)
}

// sameClient lists the other profiles with the client id of a profile: a person's
// newest sign-in with an app ends the ones before, at Zoom and so in them. Tokens of
// Server-to-Server apps live side by side.
func sameClient(cfg *config.Config, p config.Profile) []string {
	var same []string
	for _, name := range cfg.Names() {
		other, err := cfg.Named(name)
		if name != p.Name && err == nil && other.ClientID == p.ClientID && kindHasSignIn(other.Kind) && kindHasSignIn(p.Kind) {
			same = append(same, name)
		}
	}
	return same
}

// tail is the end of a client id, enough to tell two apart.
func tail(id string) string { return id[max(0, len(id)-4):] }
