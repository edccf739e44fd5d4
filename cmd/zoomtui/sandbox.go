package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
	"zoomtui/internal/sandbox"
)

// sandboxOptions are the flags of `zoomtui sandbox`.
type sandboxOptions struct {
	listen  string
	approve bool
	app     string
}

func newSandbox(c *cli) *cobra.Command {
	var opts sandboxOptions
	apps := sandbox.Aliases()
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve a made-up Zoom on this machine, for any Zoom client",
		Long: `Serves a small Zoom with made-up people and meetings on this machine: authorize
page, token, revoke and device endpoints, and the REST API. Every operation is
known by its scopes and refuses a token that has none of them; users and meetings
are played in detail, scheduling and deleting too, and are kept in memory only.
It is as strict as Zoom, and can be told to misbehave: its page lists how.

The lines on stdout make a program use it:

  zoomtui sandbox > sandbox.env &
  . ./sandbox.env
  zoomtui login
  curl -d name=drop-scope-upcoming -d on=1 "$ZOOMTUI_API_BASE/_sandbox/faults"`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(apps, opts.app) {
				wrong := usage(cmd, "There is no sandbox app of kind %q.", opts.app)
				wrong.why = meant(opts.app, apps) + "."
				return wrong
			}
			return c.serveSandbox(cmd.Context(), opts)
		},
	}
	cmd.Flags().StringVar(&opts.listen, "listen", "", "`ADDRESS` to listen on, loopback only (default: a free port)")
	cmd.Flags().BoolVar(&opts.approve, "auto-approve", false, "the authorize page says yes by itself")
	cmd.Flags().StringVar(&opts.app, "app", sandbox.KindPublic, "whose lines are printed: `public`, confidential, s2s, classic or admin")
	complete(cmd, "app", apps)
	return cmd
}

// serveSandbox serves until ctx ends.
func (c *cli) serveSandbox(ctx context.Context, opts sandboxOptions) error {
	server, err := sandbox.Start(sandbox.Options{Listen: opts.listen, AutoApprove: opts.approve, Clock: c.clock})
	if err != nil {
		return &config.Error{What: "--listen: " + err.Error(), Err: err}
	}
	defer server.Close()
	var lines strings.Builder
	for _, line := range server.Env(opts.app) {
		lines.WriteString("export " + line + "\n")
	}
	if _, err := fmt.Fprint(c.out, lines.String()); err != nil {
		return fmt.Errorf("print the environment: %w", err)
	}
	fmt.Fprintf(c.err, "A made-up Zoom serves on %s until ctrl-C.\nIts apps and its faults: %s/_sandbox\n", server.URL(), server.URL())
	<-ctx.Done()
	return ctx.Err()
}

// complete offers fixed values for a flag. The only error is an unknown flag,
// which the tests of the command line would show.
func complete(cmd *cobra.Command, flag string, values []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
