package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// userLimit is how long `status` waits for a name; everything else it knows.
const userLimit = 5 * time.Second

// statusOptions are the flags of `zoomtui status`.
type statusOptions struct{ json, check bool }

func newStatus(c *cli) *cobra.Command {
	var opts statusOptions
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show who is signed in, with which app and scopes, and for how long",
		Long: `Shows what is stored. Nothing is refreshed; Zoom is asked only for the user, and
only if that is not known yet.

With --check Zoom is not asked at all, and the exit code tells: 0 signed in, 3 a
human must sign in. A sign-in counts as ended when Zoom refused it at the last
refresh, or when it was not refreshed for 90 days.

  zoomtui status --check >/dev/null || echo 'zoomtui: sign in' | mail -s zoom me`,
		Args: noArguments, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.json {
				c.errors = asJSON
			}
			return c.printStatus(cmd.Context(), opts)
		},
	}
	cmd.Flags().BoolVar(&opts.json, "json", false, "print JSON")
	cmd.Flags().BoolVar(&opts.check, "check", false, "exit code 3 when a human must sign in")
	return cmd
}

// status is what is known of a profile's sign-in.
type status struct {
	standing
	profile config.Profile
	named   string // the profile, if it was chosen by its name: for commands to copy
	fixed   bool   // ZOOM_ACCESS_TOKEN
	user    api.User
	userErr error // why the user is not known
	skew    time.Duration
	apiURL  string
	keptIn  string // what the tokens are kept in: "file", "keyring"; empty: nowhere
	kept    string // the same in words
}

func (c *cli) printStatus(ctx context.Context, opts statusOptions) (err error) {
	o, err := c.open("status")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	s, err := o.status(ctx, !opts.check)
	if err != nil {
		return err
	}
	if opts.json {
		err = printJSON(c.out, s.json())
	} else {
		_, err = fmt.Fprint(c.out, s.text(columns(c.out)))
	}
	switch {
	case err != nil:
		return err
	case s.signedIn() || !opts.check:
		return nil
	case opts.json, isTerminal(c.out) && isTerminal(c.err): // it was said
		return quiet{explain.SignIn}
	default:
		return s.why
	}
}

// status reads the store; with ask it asks for the user, if that can be done
// without a refresh.
func (o *opened) status(ctx context.Context, ask bool) (status, error) {
	stands, err := o.standing()
	if o.fixed {
		stands, err = o.givenStanding(ctx)
	}
	if err != nil {
		return status{}, err
	}
	s := status{standing: stands, profile: o.profile, named: o.cli.flags.profile, fixed: o.fixed, skew: stands.token.ClockSkew, apiURL: o.apiURL(stands.token)}
	if !o.fixed {
		s.keptIn, s.kept = keptWhere(o.store, o.profile)
	}
	if s.signedIn() {
		o.statusUser(ctx, &s, ask)
	}
	return s, nil
}

// givenStanding is where a token of the environment stands: it is good until it
// ends, and is never refreshed.
func (o *opened) givenStanding(ctx context.Context) (standing, error) {
	t, err := o.source.Token(ctx)
	s := standing{token: t, state: signInGood, now: o.cli.clock().UTC()}
	if err == nil && s.accessEnded() {
		s.state = signInEnded
		s.why = &auth.Error{Kind: auth.ErrSignedOut, Op: "read tokens", Cause: "the token of ZOOM_ACCESS_TOKEN has ended, and it is never refreshed"}
	}
	return s, err
}

// What keeps Zoom from being asked who it is.
var (
	errNoAccessToken = errors.New("there is no access token that is good")
	errNotAsked      = errors.New("the user was not asked for")
)

// accessEnded tells an access token that is known to have run out.
func (s standing) accessEnded() bool {
	return !s.token.ExpiresAt.IsZero() && s.token.Left(s.now) <= 0
}

// statusUser fills in who is signed in: from the cache, else from Zoom with the
// access token as it is, so that nothing is refreshed.
func (o *opened) statusUser(ctx context.Context, s *status, ask bool) {
	if known, ok := readCache[api.User](o.cache, cacheUser); ok && !o.fixed {
		s.user = known.Value
		return
	}
	if s.token.AccessToken == "" || s.accessEnded() {
		s.userErr = errNoAccessToken
		return
	}
	if !ask {
		s.userErr = errNotAsked
		return
	}
	ctx, cancel := context.WithTimeout(ctx, userLimit)
	defer cancel()
	asking := *o
	// The address of the token file is no configured one: who may get the token
	// is checked as for every call.
	asking.base = func(context.Context) (string, error) { return s.apiURL, nil }
	asking.source = auth.StaticSource(s.token.AccessToken, asking.authOptions("status"))
	s.user, s.userErr = asking.user(ctx)
	if s.userErr == nil && asking.source.Skew() != 0 {
		s.skew = asking.source.Skew()
		s.now = o.cli.clock().UTC().Add(s.skew)
	}
}
