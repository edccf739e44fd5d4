package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// scopesExportOptions are the flags of `zoomtui scopes export`.
type scopesExportOptions struct{ format, appType, style string }

func newScopesExport(c *cli) *cobra.Command {
	var opts scopesExportOptions
	formats := []string{"list", "manifest", "markdown"}
	types := []string{"user", "admin", "s2s", string(scope.UserManaged), string(scope.AdminManaged), string(scope.ServerToServer)}
	styles := []string{string(scope.Granular), string(scope.Classic)}
	cmd := &cobra.Command{
		Use:   "export PATH…|-",
		Short: "Print the fewest scopes that a set of calls needs",
		Long: `Works out the fewest scopes with which an app can make the given calls: a path or an
address alone is GET, other methods stand before it in the same argument, and a curl
line is one too; - reads them from standard input, one a line. Nobody is asked for
anything, and no sign-in is needed.

  list      one name a line
  manifest  the value of oauth_information.scopes in a Marketplace manifest
  markdown  a text for the admin of the account: each scope and what it is for

--type and --style are those of the profile's app, as its token shows; without one
user-managed and granular.

Exit codes: 0 printed; 10 nothing is printed, as one of the calls is not known or has
no scope that such an app could have: a list without it would be too short. Which ones
these are is said on stderr.`,
		Example: `  zoomtui scopes export /users/me 'POST /users/me/meetings'
  zoomtui scopes export --format markdown --type admin - < calls.txt`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(cmd, "Which calls is the app to make? A path is needed, or - for standard input.")
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
			return c.completePaths(word), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			err := oneOf(cmd, "format", opts.format, formats)
			if err == nil && opts.appType != "" {
				err = oneOf(cmd, "type of app", opts.appType, types)
			}
			if err == nil && opts.style != "" {
				err = oneOf(cmd, "style", opts.style, styles)
			}
			if err != nil {
				return err
			}
			calls, err := c.exportedCalls(cmd.Context(), args)
			if err != nil {
				return err
			}
			return c.exportScopes(calls, opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.format, "format", formats[0], "`FORMAT`: "+strings.Join(formats, ", "))
	flags.StringVar(&opts.appType, "type", "", "`TYPE` of app: "+strings.Join(types[:3], ", ")+", or in full "+strings.Join(types[3:], ", "))
	flags.StringVar(&opts.style, "style", "", "`STYLE` of its scopes: "+strings.Join(styles, ", "))
	complete(cmd, "format", formats)
	complete(cmd, "type", types)
	complete(cmd, "style", styles)
	return cmd
}

// exportedCalls gives the calls: the arguments, or the lines of standard input. Empty
// lines and those that begin with # are left out.
func (c *cli) exportedCalls(ctx context.Context, args []string) ([]string, error) {
	if len(args) != 1 || args[0] != "-" {
		return joinMethods(args), nil
	}
	text, err := c.readInput(ctx, maxExplained)
	if err != nil {
		return nil, err
	}
	var calls []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			calls = append(calls, line)
		}
	}
	return calls, nil
}

// exportScopes prints the scopes for the calls.
func (c *cli) exportScopes(calls []string, opts scopesExportOptions) error {
	b, err := c.exportBench(opts)
	if err != nil {
		return err
	}
	known, whole := c.knownCalls(b, calls)
	minimal := b.catalogue.Minimal(known, b.app.Type, b.app.Style)
	for _, e := range minimal.Without {
		c.say("No scope is documented that a %s app with %s scopes could have for %s.",
			cmp.Or(b.app.Type, scope.UserManaged), cmp.Or(b.app.Style, scope.Granular), e)
	}
	switch {
	case len(calls) == 0:
		c.say("No call is named.")
		return quiet{explain.Empty}
	case !whole || len(minimal.Without) > 0: // who reads a part of the list takes it for all of it
		c.say("Nothing is printed: the list would be too short. Correct these calls, or leave them out.")
		return quiet{explain.Empty}
	}
	text := minimal.List()
	switch opts.format {
	case "manifest":
		text = minimal.Manifest()
	case "markdown":
		text = minimal.Markdown("") // what the app is called, Zoom does not tell
	}
	_, err = fmt.Fprint(c.out, text)
	return err
}

// knownCalls finds the calls in the table; false: not all are there, which is said.
func (c *cli) knownCalls(b bench, calls []string) (known []scope.Endpoint, whole bool) {
	whole = true
	for _, text := range calls {
		call := callOf(text)
		if e, ok := b.catalogue.Find(call.Method, call.Path); ok {
			known = append(known, e)
			continue
		}
		whole = false
		if !strings.HasPrefix(call.Path, "/") {
			c.say("%q is no call: write METHOD PATH, a path, an address or a curl line.", call.text)
			continue
		}
		near := ""
		if list := b.catalogue.Nearest(call.Method, call.Path, 1); len(list) > 0 {
			near = " Did you mean " + list[0].String() + "?"
		}
		c.say("Zoom's documents of %s name no %s.%s", b.catalogue.Date(), clean(call.Call()), near)
	}
	return known, whole
}

// appTypeOf is the type of app that a word of --type names.
func appTypeOf(word string) scope.AppType {
	switch word {
	case "user":
		return scope.UserManaged
	case "admin":
		return scope.AdminManaged
	case "s2s":
		return scope.ServerToServer
	default:
		return scope.AppType(word)
	}
}

// exportBench is a bench with the app that the flags name. It does without the
// settings when both are named.
func (c *cli) exportBench(opts scopesExportOptions) (bench, error) {
	b, err := c.bench()
	if err != nil && opts.appType != "" && opts.style != "" {
		if _, settings := errors.AsType[*config.Error](err); settings {
			b.catalogue, err = c.table.get()
		}
	}
	if opts.appType != "" {
		b.app.Type = appTypeOf(opts.appType)
	}
	if opts.style != "" {
		b.app.Style = scope.Style(opts.style)
	}
	return b, err
}
