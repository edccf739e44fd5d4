package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/scope"
)

// scopesListOptions are the flags of `zoomtui scopes list`.
type scopesListOptions struct{ json, endpoints bool }

func (o *scopesListOptions) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.json, "json", false, "print JSON")
	cmd.Flags().BoolVarP(&o.endpoints, "endpoints", "v", false, "list the calls that each scope opens")
}

func newScopesList(c *cli) *cobra.Command {
	var opts scopesListOptions
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the scopes that this sign-in was granted",
		Long: `Lists the scopes of the token answer by product, with how many calls of Zoom's API
each one opens by the documents. Zoom is not asked; only of a Server-to-Server app
without a token one is fetched.

Scopes are not inside a token: where the answer named none, or the token comes from
ZOOM_ACCESS_TOKEN, they are not known.

Exit codes: 0 listed (or not known), 3 nobody is signed in.`,
		Example: `  zoomtui scopes list --endpoints
  zoomtui scopes list --json | jq -r '.products[].scopes[].name'`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.listScopes(cmd.Context(), opts) },
	}
	opts.flags(cmd)
	return cmd
}

// scopesListAnswer is `scopes list --json`.
type scopesListAnswer struct {
	Profile     string        `json:"profile"`
	App         appJSON       `json:"app"`
	SignedInAt  *time.Time    `json:"signed_in_at"` // null: not known, or no person signs in
	ObtainedAt  *time.Time    `json:"obtained_at"`  // of the access token; null: not known
	AsOf        string        `json:"as_of"`        // of the table: year and month of Zoom's documents
	ScopesKnown bool          `json:"scopes_known"`
	Count       *int          `json:"count"` // null: not known
	Products    []productJSON `json:"products"`
}

type appJSON struct {
	Kind     string `json:"kind"`  // as in config.toml
	Type     string `json:"type"`  // user-managed, admin-managed, server-to-server; empty: not known
	Style    string `json:"style"` // classic, granular; empty: not known
	ClientID string `json:"client_id"`
}

type productJSON struct {
	Product string        `json:"product"`
	Scopes  []grantedJSON `json:"scopes"`
}

type grantedJSON struct {
	Name      string         `json:"name"`
	Style     string         `json:"style"`
	Level     string         `json:"level"`
	Known     bool           `json:"known"` // it is in the table
	Opens     int            `json:"opens"` // how many calls
	Endpoints []endpointJSON `json:"endpoints,omitempty"`
}

// listScopes prints what was granted.
func (c *cli) listScopes(ctx context.Context, opts scopesListOptions) error {
	if opts.json {
		c.errors = asJSON
	}
	b, err := c.grantedBench(ctx)
	if err != nil {
		return err
	}
	answer := b.scopesList(opts.endpoints)
	if opts.json {
		return printJSON(c.out, answer)
	}
	_, err = fmt.Fprint(c.out, folded(c.out, b.scopesListText(answer)))
	return err
}

// grantedBench is a bench with a sign-in; the error is that there is none.
func (c *cli) grantedBench(ctx context.Context) (bench, error) {
	b, err := c.bench()
	switch {
	case err != nil:
		return bench{}, err
	case !b.hasApp():
		_, err := c.selected() // nothing is set up, in its own words
		return bench{}, err
	case b.stands.why != nil:
		return bench{}, b.stands.why
	case b.app.Type == scope.ServerToServer && !b.app.ScopesKnown:
		return b.fetched(ctx, c)
	}
	return b, nil
}

// fetched is the bench of a Server-to-Server app with a token: there is no sign-in
// that could have brought one.
func (b bench) fetched(ctx context.Context, c *cli) (_ bench, err error) {
	o, err := c.open("scopes")
	if err != nil {
		return bench{}, err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	t, err := o.source.TokenWith(ctx, auth.TokenRequest{})
	if err != nil {
		return bench{}, err
	}
	b.app = appOf(b.catalogue, b.profile, t, false)
	return b, nil
}

// scopesList sorts what was granted.
func (b bench) scopesList(endpoints bool) scopesListAnswer {
	a := scopesListAnswer{
		Profile: b.profile.Name, AsOf: b.catalogue.Date(), ScopesKnown: b.app.ScopesKnown, Products: []productJSON{},
		App:        appJSON{string(b.profile.Kind), string(b.app.Type), string(b.app.Style), b.profile.ClientID},
		SignedInAt: timeOf(b.app.SignedInAt), ObtainedAt: timeOf(b.app.ObtainedAt),
	}
	if count := len(b.app.Scopes); a.ScopesKnown {
		a.Count = &count
	}
	for _, group := range scope.Groups(b.app.Scopes) {
		p := productJSON{Product: clean(group.Product)}
		for _, name := range group.Scopes {
			opened := b.catalogue.Opens(name)
			g := grantedJSON{
				Name: clean(name), Style: string(b.catalogue.NameStyle(name)), Level: levelText(scope.LevelOf(name)),
				Known: len(opened) > 0, Opens: len(opened),
			}
			for _, e := range opened {
				if endpoints {
					g.Endpoints = append(g.Endpoints, endpointOf(e))
				}
			}
			p.Scopes = append(p.Scopes, g)
		}
		a.Products = append(a.Products, p)
	}
	return a
}

// timeOf is a time for JSON; one that is not known is null.
func timeOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// scopesListText is the list for a person.
func (b bench) scopesListText(a scopesListAnswer) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Profile %s: %s\n", clean(a.Profile), appText(b.app))
	if since := b.sinceText(); since != "" {
		fmt.Fprintf(&out, "%s\n", since)
	}
	if !a.ScopesKnown {
		out.WriteString("Scopes: not known. " + b.unknownWhy() + "\n")
		return out.String()
	}
	fmt.Fprintf(&out, "%s granted; what they open is by Zoom's documents of %s\n", capital(counted(*a.Count, "scope")), a.AsOf)
	wide := 0
	for _, p := range a.Products {
		for _, g := range p.Scopes {
			wide = max(wide, len(g.Name))
		}
	}
	for _, p := range a.Products {
		fmt.Fprintf(&out, "\n%s\n", p.Product)
		for _, g := range p.Scopes {
			opens := "opens " + counted(g.Opens, "call")
			if !g.Known {
				opens = "not in the table"
			}
			fmt.Fprintf(&out, "  %-*s  %s\n", wide, g.Name, opens)
			for _, e := range g.Endpoints {
				fmt.Fprintf(&out, "      %-6s %s: %s\n", e.Method, e.Path, e.Summary)
			}
		}
	}
	return out.String()
}

// sinceText is when the scopes were granted.
func (b bench) sinceText() string {
	switch at := b.app.SignedInAt; {
	case b.app.Type != scope.ServerToServer && !at.IsZero():
		return "Sign-in of " + minuteOf(at.In(b.now.Location()), b.now) + "; a refresh does not add scopes"
	case !b.app.ObtainedAt.IsZero():
		return "Token of " + minuteOf(b.app.ObtainedAt.In(b.now.Location()), b.now)
	}
	return ""
}

// unknownWhy is why nobody can say what a token has, and what to do.
func (b bench) unknownWhy() string {
	if b.app.Fixed {
		return "A token of ZOOM_ACCESS_TOKEN does not say which scopes it has; zoomtui scopes probe tries what it can do."
	}
	return "Zoom's token answer named none; zoomtui scopes probe tries what the token can do."
}
