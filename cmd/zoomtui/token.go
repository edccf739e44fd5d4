package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
)

// tokenOptions are the flags of `zoomtui token`.
type tokenOptions struct {
	minTTL           time.Duration
	force, noRefresh bool
	format           string
}

func newToken(c *cli) *cobra.Command {
	var opts tokenOptions
	formats := []string{"raw", "header", "env", "json", "curl"}
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Print a valid access token, refreshing it if needed",
		Long: `Prints a valid access token and nothing else. It is refreshed when less than a
minute is left, by one process at a time.

  curl -H "Authorization: Bearer $(zoomtui token)" https://api.zoom.us/v2/users/me
  curl --config <(zoomtui token --format curl) https://api.zoom.us/v2/users/me
  eval "$(zoomtui token --format env)"`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(formats, opts.format) {
				wrong := usage(cmd, "There is no format %q.", opts.format)
				wrong.why = "Did you mean " + config.Nearest(opts.format, formats) + "? There is " + strings.Join(formats, ", ") + "."
				return wrong
			}
			if opts.format == "json" {
				c.errors = asJSON
			}
			return c.printToken(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.DurationVar(&opts.minTTL, "min-ttl", 0, "life that must be left, at most 59m (default 1m)")
	flags.BoolVar(&opts.force, "force", false, "refresh even a good token")
	flags.BoolVar(&opts.noRefresh, "no-refresh", false, "never ask Zoom; fail when the token has ended")
	flags.StringVar(&opts.format, "format", "raw", "`FORMAT`: "+strings.Join(formats, ", "))
	complete(cmd, "format", formats)
	return cmd
}

// printToken gets a token and prints it.
func (c *cli) printToken(ctx context.Context, opts tokenOptions) (err error) {
	o, err := c.open("token")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	t, err := o.source.TokenWith(ctx, auth.TokenRequest{MinTTL: opts.minTTL, Force: opts.force, NoRefresh: opts.noRefresh})
	if err != nil {
		return err
	}
	if opts.format == "json" {
		return printJSON(c.out, o.tokenJSON(t))
	}
	_, err = fmt.Fprintln(c.out, o.tokenText(t, opts.format))
	return err
}

// tokenText is the token in the formats that are text.
func (o *opened) tokenText(t auth.Token, format string) string {
	token := t.AccessToken.Reveal()
	switch format {
	case "header":
		return "Authorization: Bearer " + token
	case "env":
		return "export ZOOM_ACCESS_TOKEN=" + config.ShellWord(token) + "\nexport ZOOM_API_URL=" + config.ShellWord(o.apiURL(t))
	case "curl": // a line of a file for curl --config, which keeps the token out of ps
		return `header = "Authorization: Bearer ` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(token) + `"`
	default:
		return token
	}
}

// tokenAnswer is `token --format json`.
type tokenAnswer struct {
	AccessToken string     `json:"access_token"`
	ExpiresAt   *time.Time `json:"expires_at"` // null: not known
	ExpiresIn   *int64     `json:"expires_in"` // seconds by Zoom's clock; null: not known
	Scope       string     `json:"scope"`
	APIURL      string     `json:"api_url"`
	Profile     string     `json:"profile"`
	Kind        string     `json:"kind"`
}

func (o *opened) tokenJSON(t auth.Token) tokenAnswer {
	a := tokenAnswer{
		AccessToken: t.AccessToken.Reveal(), Scope: t.Scope, APIURL: o.apiURL(t),
		Profile: o.profile.Name, Kind: string(o.profile.Kind),
	}
	if !t.ExpiresAt.IsZero() {
		left := max(0, int64(t.Left(o.source.Now())/time.Second))
		a.ExpiresAt, a.ExpiresIn = &t.ExpiresAt, &left
	}
	return a
}

// apiURL is the base of the REST addresses for a token at hand, without asking
// for another: the configured one, the one that came with the token, Zoom's own.
func (o *opened) apiURL(t auth.Token) string {
	switch {
	case o.app.APIBase != "":
		return o.app.APIBase
	case t.APIURL != "":
		return t.APIURL
	case strings.HasSuffix(o.app.OAuthBase, "zoomgov.com"):
		return "https://api.zoomgov.com"
	default:
		return "https://api.zoom.us"
	}
}
