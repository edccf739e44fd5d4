package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/scope"
)

// scopesProbeOptions are the flags of `zoomtui scopes probe`.
type scopesProbeOptions struct{ all, yes, json bool }

func newScopesProbe(c *cli) *cobra.Command {
	var opts scopesProbeOptions
	cmd := &cobra.Command{
		Use:   "probe",
		Short: "Try read-only calls, and compare Zoom's answers with the documents",
		Long: `Makes read-only calls that need no id, one after the other within Zoom's rate limits,
and shows what the documents say of each beside what Zoom says: "yes" is a call that
the token may make. It never writes anything. The calls are listed and asked for first;
without a terminal to ask on, --yes is needed.

--all tries every such call of the table, which takes some minutes and a part of the
account's daily budget. ctrl-C ends it, with what was tried.

Exit codes: 0 tried, whatever is missing; 3 nobody is signed in, 5 Zoom cannot be
reached, 6 Zoom asks to wait.`,
		Example: `  zoomtui scopes probe
  zoomtui scopes probe --yes --json | jq '.results[] | select(.agrees == false)'`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.json {
				c.errors = asJSON
			}
			return c.probeScopes(cmd, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.all, "all", false, "every call of the table that can be tried")
	cmd.Flags().BoolVarP(&opts.yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(&opts.json, "json", false, "print JSON, at the end")
	return cmd
}

// probeScopes asks the person, makes the calls and prints what came of them.
func (c *cli) probeScopes(cmd *cobra.Command, opts scopesProbeOptions) (err error) {
	ctx := cmd.Context()
	o, err := c.open("scopes")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	catalogue, err := c.table.get()
	if err != nil {
		return err
	}
	probes := catalogue.Probes(opts.all)
	if !opts.yes && (!isTerminal(c.in) || !isTerminal(c.err)) {
		return usage(cmd, "Nobody can be asked here; add --yes to make %s to Zoom.", counted(len(probes), "read-only call"))
	}
	t, err := o.source.TokenWith(ctx, auth.TokenRequest{})
	if err != nil {
		return err
	}
	if !opts.yes {
		o.listProbes(probes)
		question := fmt.Sprintf("Make %s to Zoom as %s?", counted(len(probes), "read-only call"), o.who())
		if ok, err := c.confirm(ctx, question); err != nil || !ok {
			return err
		}
	}
	run := probeRun{opened: o, app: o.scopeApp(catalogue, t), probes: probes}
	if !opts.json {
		run.table = newProbeTable(c.out, probes)
	}
	failed := run.all(ctx)
	if opts.json {
		err = printJSON(c.out, run.json(catalogue.Date(), failed))
	} else {
		err = run.table.summary(run.done, catalogue.Date())
	}
	switch {
	case err != nil:
		return err
	case failed != nil && opts.json && ctx.Err() == nil: // it was told
		return quiet{c.problem(failed).Class()}
	}
	return failed
}

// who is the person whose token it is, as far as that is known here.
func (o *opened) who() string {
	if known, ok := readCache[api.User](o.cache, cacheUser); ok && !o.fixed {
		if user := known.Value; user.Email != "" {
			return clean(user.Email)
		}
	}
	if o.fixed {
		return "whoever the token of ZOOM_ACCESS_TOKEN is from"
	}
	return "profile " + clean(o.profile.Name)
}

// listProbes says which calls are to be made.
func (o *opened) listProbes(probes []scope.Probe) {
	var b strings.Builder
	b.WriteString("To be tried, one after the other:\n")
	var takes time.Duration
	for _, p := range probes {
		fmt.Fprintf(&b, "  %s %s\n", p.Endpoint.Method, o.probePath(p))
		takes += p.After
	}
	fmt.Fprintf(&b, "This takes about %s.", brief(max(time.Second, takes.Round(time.Second))))
	o.cli.say("%s", b.String())
}

// probeRun is one run of a probe.
type probeRun struct {
	*opened
	app    scope.App
	probes []scope.Probe
	done   []scope.Outcome
	table  *probeTable // nil: nothing is printed as it goes
}

// all makes the calls until one of them says to stop; the error is why, nil when
// none did. A call that ctx has cut off is not among those that were made.
func (r *probeRun) all(ctx context.Context) error {
	troubled := false
	for i, p := range r.probes {
		out, err := r.probe(ctx, r.app, p)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.done = append(r.done, out)
		if r.table != nil {
			if err := r.table.row(out); err != nil {
				return err
			}
		}
		switch trouble := out.Status >= http.StatusInternalServerError; {
		case err != nil && (out.Stops() || trouble && troubled):
			return err
		default:
			troubled = trouble
		}
		if i+1 == len(r.probes) {
			break
		}
		if err := pauseFor(ctx, p.After); err != nil {
			return err
		}
	}
	return nil
}

// pauseFor waits, or until ctx ends.
func pauseFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
