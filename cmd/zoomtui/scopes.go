package main

import (
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/explain"
)

// newScopes is the scope lab on the command line; by itself it lists.
func newScopes(c *cli) *cobra.Command {
	var opts scopesListOptions
	cmd := &cobra.Command{
		Use:   "scopes",
		Short: "Say which scope is missing, and what to do",
		Long: `Knows which scopes each call of Zoom's API accepts, by Zoom's documents, and which
ones your sign-in was granted. Several scopes of one call are alternatives: any one of
them is enough. Nothing but "probe" asks Zoom.

Without a word it lists what is granted, as "zoomtui scopes list" does.`,
		Example: `  zoomtui scopes for 'GET /users/me/upcoming_meetings'
  zoomtui scopes for list recordings
  zoomtui scopes check meeting:read:list_meetings || echo 'not granted'
  zoomtui scopes export --format manifest 'GET /users/me' 'GET /users/me/meetings'`,
		Args: wrongScopesWord,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listScopes(cmd.Context(), opts) },
	}
	opts.flags(cmd)
	cmd.AddCommand(newScopesList(c), newScopesFor(c), newScopesCheck(c), newScopesProbe(c), newScopesExport(c))
	return cmd
}

// wrongScopesWord is the argument check of `scopes`: a call or a scope is taken for
// a question, any other word for a mistyped command.
func wrongScopesWord(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := strings.Join(args, " ")
	if !strings.ContainsAny(text, "/:_ ") {
		return unknownCommand(cmd, args)
	}
	wrong := usage(cmd, "%s does not take %q.", cmd.CommandPath(), text)
	wrong.why = "Did you mean zoomtui scopes for " + explain.ShellWord(text) + "?"
	return wrong
}

// oneOf checks the value of a flag with fixed values.
func oneOf(cmd *cobra.Command, flag, value string, values []string) error {
	for _, known := range values {
		if value == known {
			return nil
		}
	}
	wrong := usage(cmd, "There is no %s %q.", flag, value)
	wrong.why = meant(value, values) + "."
	return wrong
}
