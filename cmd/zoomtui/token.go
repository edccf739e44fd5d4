package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
	"zoomtui/internal/history"
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
		Long: `Prints a valid access token and nothing else; whatever else is to be said goes to
stderr. The token is refreshed when less than a minute is left (--min-ttl: less than
that), by one process at a time: the others wait for it and print the same token.

Exit codes: 0 printed, 3 a human must sign in, 5 Zoom cannot be reached, 6 wait, 7
the token store cannot be used; 2 for a wrong flag or setting.

  curl -H "Authorization: Bearer $(zoomtui token)" https://api.zoom.us/v2/users/me
  curl --config <(zoomtui token --format curl) https://api.zoom.us/v2/users/me
  eval "$(zoomtui token --format env)"`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(formats, opts.format) {
				wrong := usage(cmd, "There is no format %q.", opts.format)
				wrong.why = meant(opts.format, formats) + "."
				return wrong
			}
			if opts.format == "json" {
				c.errors = asJSON
			}
			if opts.force && opts.noRefresh {
				return usage(cmd, "--force and --no-refresh exclude each other.")
			}
			return c.printToken(cmd, opts)
		},
	}
	flags := cmd.Flags()
	flags.DurationVar(&opts.minTTL, "min-ttl", 0, "life that must be left, at most 59m (default 1m)")
	flags.BoolVar(&opts.force, "force", false, "refresh even a good token")
	flags.BoolVar(&opts.noRefresh, "no-refresh", false, "never ask Zoom; fail when the token has ended")
	flags.StringVar(&opts.format, "format", "raw", "`FORMAT`: "+strings.Join(formats, ", "))
	complete(cmd, "format", formats)
	complete(cmd, "min-ttl", lives())
	return cmd
}

// printToken gets a token and prints it.
func (c *cli) printToken(cmd *cobra.Command, opts tokenOptions) (err error) {
	if err := checkLife(cmd, opts.minTTL); err != nil {
		return err
	}
	o, err := c.open("token")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	t, err := o.obtain(cmd, auth.TokenRequest{MinTTL: opts.minTTL, Force: opts.force, NoRefresh: opts.noRefresh})
	if err != nil {
		return err
	}
	if opts.format == "json" {
		return printJSON(c.out, o.tokenJSON(t))
	}
	_, err = fmt.Fprintln(c.out, o.tokenText(t, opts.format))
	return err
}

// lives are values of --min-ttl to choose from.
func lives() []string { return []string{"5m", "15m", "30m", "45m", "59m"} }

// checkLife checks --min-ttl: what no token has cannot be promised.
func checkLife(cmd *cobra.Command, minTTL time.Duration) error {
	if minTTL >= 0 && minTTL <= auth.MaxMinTTL {
		return nil
	}
	wrong := usage(cmd, "--min-ttl %s cannot be promised.", brief(minTTL))
	wrong.why = "A fresh token lives an hour, so ask for 59m at most."
	return wrong
}

// obtain gets a token for a script, and says on stderr what its person should know:
// a sign-in that is about to end, a token of the environment that has ended.
func (o *opened) obtain(cmd *cobra.Command, req auth.TokenRequest) (auth.Token, error) {
	t, err := o.source.TokenWith(cmd.Context(), req)
	if e, ok := errors.AsType[*auth.Error](err); ok && e.Kind == auth.ErrUsage { // it is about the flags
		return t, usage(cmd, "%s.", capital(e.Cause))
	}
	if cmd.Context().Err() == nil {
		o.warnEnd(t, err)
	}
	if o.fixed && err == nil && !t.ExpiresAt.IsZero() && t.Left(o.source.Now()) <= 0 {
		o.cli.say("That token ended on %s, so Zoom will refuse it.", t.ExpiresAt.In(o.profile.Location()).Format("2006-01-02 15:04"))
	}
	switch {
	case err == nil:
		o.warnEnded(t)
	case errors.Is(err, auth.ErrGrantEnded):
		err = o.remembering(err)
	}
	return t, err
}

// remembering adds to a refusal when the sign-in last worked, and by whom.
func (o *opened) remembering(err error) error {
	entries, _ := o.cli.history(o.profile.Name).Read(0) // what cannot be read tells nothing
	for _, e := range entries {
		if e.Result == history.ResultOK && e.NewFingerprint != "" {
			at := e.At.In(o.profile.Location())
			return &remembered{err, fmt.Sprintf("The last token came at %s (%s, %s).", minuteOf(at, o.source.Now().In(at.Location())), clean(e.Action), starter(e.Command, e.PID))}
		}
	}
	return err
}

// remembered is a refusal with what the history knows of the time before.
type remembered struct {
	error
	words string
}

func (r *remembered) Unwrap() error { return r.error }

// tokenText is the token in the formats that are text.
func (o *opened) tokenText(t auth.Token, format string) string {
	token := t.AccessToken.Reveal()
	switch format {
	case "header":
		return "Authorization: Bearer " + token
	case "env":
		return "export ZOOM_ACCESS_TOKEN=" + explain.ShellWord(token) + "\nexport ZOOM_API_URL=" + explain.ShellWord(o.apiURL(t))
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
