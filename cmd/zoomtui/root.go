package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"zoomtui/internal/config"
)

// newRoot builds the command tree. It is built at each start, so nothing in it
// may cost time.
func newRoot(c *cli) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "zoomtui",
		Short: "A terminal dashboard and token source for Zoom",
		Long: `zoomtui signs in to Zoom with OAuth, keeps the tokens fresh, shows profile,
tokens and upcoming meetings, and hands valid access tokens to scripts.

Without a command it opens the dashboard. "zoomtui demo" shows it without an account.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return c.printVersion()
			}
			return runDashboard(cmd, c)
		},
	}
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(wrongFlag)
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.CompletionOptions.DisableDefaultCmd = true
	c.addGlobalFlags(root)
	root.AddCommand(
		newLogin(c), newLogout(c), newToken(c), newExec(c), newStatus(c), newNext(c),
		newKeepalive(c), newHistory(c), newExport(c), newImport(c), newDoctor(c), newReport(c),
		newAPI(c), newScopes(c), newExplain(c),
		newProfile(c), newBounce(c),
		newSandbox(c), newDemo(c), newVersion(c), newCompletion(c),
	)
	return root
}

// unknownCommand is the argument check of the root command: a word that is left
// over is a command that there is not.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	wrong := usage(cmd, "There is no command %q.", args[0])
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	wrong.why = meant(args[0], names) + "."
	return wrong
}

// noArguments is the argument check of commands that take flags only.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(cmd, "%s takes no argument, but got %q.", cmd.CommandPath(), args[0])
	}
	return nil
}

// wrongFlag makes what is wrong with a flag a usage error, with the nearest
// flag there is.
func wrongFlag(cmd *cobra.Command, err error) error {
	if bad, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usage(cmd, "--%s cannot be %q: %s.", bad.GetFlag().Name, bad.GetValue(), wantedValue(bad))
	}
	wrong := usage(cmd, "%s.", capital(err.Error()))
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok || len(unknown.GetSpecifiedName()) < 2 {
		return wrong
	}
	var names []string
	collect := func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	}
	cmd.LocalFlags().VisitAll(collect)
	cmd.InheritedFlags().VisitAll(collect)
	if near := config.Nearest(unknown.GetSpecifiedName(), names); near != "" {
		wrong.why = "Did you mean --" + near + "?"
	}
	return wrong
}

// wantedValue tells how the value of a flag is written. Flags of the standard kinds
// know the words of the parser only.
func wantedValue(bad *pflag.InvalidValueError) string {
	switch value := bad.GetFlag().Value; value.(type) {
	case *dayDuration:
		return bad.Unwrap().Error()
	default:
		switch value.Type() {
		case "int":
			return "write a whole number, as in 20"
		case "duration":
			return "write a length of time as 90s, 45m or 1h30m"
		}
		return bad.Unwrap().Error()
	}
}

// capital begins a sentence.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
