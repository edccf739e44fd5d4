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

// refreshLife is how long a refresh token is believed to live after it was
// given out; each refresh gives a new one. Zoom does not say it with the token,
// so what is computed with it is called an estimate.
const refreshLife = 90 * 24 * time.Hour

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

With --check the exit code tells: 0 signed in, 3 a human must sign in.`,
		Args: noArguments,
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
	profile  config.Profile
	fixed    bool // ZOOM_ACCESS_TOKEN
	signedIn bool
	why      error // why not signed in
	token    auth.Token
	user     api.User
	userErr  error // why the user is not known
	skew     time.Duration
	now      time.Time // Zoom's clock
	apiURL   string
}

func (c *cli) printStatus(ctx context.Context, opts statusOptions) (err error) {
	o, err := c.open("status")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	s, err := o.status(ctx)
	if err != nil {
		return err
	}
	if opts.json {
		err = printJSON(c.out, s.json())
	} else {
		_, err = fmt.Fprint(c.out, s.text())
	}
	switch {
	case err != nil:
		return err
	case s.signedIn || !opts.check:
		return nil
	case opts.json:
		return quiet{explain.SignIn}
	default:
		return s.why
	}
}

// status reads the store, and asks for the user if that can be done without a
// refresh.
func (o *opened) status(ctx context.Context) (status, error) {
	s := status{profile: o.profile, fixed: o.fixed, apiURL: o.apiURL(auth.Token{})}
	var err error
	if o.fixed {
		s.token, err = o.source.Token(ctx)
	} else {
		s.token, err = o.store.Load()
	}
	switch {
	case errors.Is(err, auth.ErrSignedOut) && o.app.Kind == auth.S2S:
		s.signedIn = true // whoever has the secret is
	case errors.Is(err, auth.ErrSignedOut):
		s.why = err
	case err != nil:
		return status{}, err
	case s.token.ClientID != "" && s.token.ClientID != o.app.ClientID && !o.fixed:
		s.token, s.why = auth.Token{}, &auth.Error{
			Kind: auth.ErrSignedOut, Op: "read tokens", Path: o.store.Path(),
			Cause: "the stored sign-in was made with another app (client id " + s.token.ClientID + ")",
		}
	default:
		s.signedIn, s.apiURL = true, o.apiURL(s.token)
	}
	s.skew = s.token.ClockSkew
	s.now = o.cli.clock().UTC().Add(s.skew)
	if s.signedIn {
		s.judge()
	}
	if s.signedIn {
		o.statusUser(ctx, &s)
	}
	return s, nil
}

// errNoAccessToken means that there is none to ask Zoom with who it is.
var errNoAccessToken = errors.New("there is no access token that is good")

// judge finds a sign-in that has ended by its age.
func (s *status) judge() {
	cause := ""
	switch ends := s.signInEnds(); {
	case s.fixed && s.accessEnded():
		cause = "the token of ZOOM_ACCESS_TOKEN has ended, and it is never refreshed"
	case !ends.IsZero() && !s.now.Before(ends):
		cause = "the sign-in was last refreshed on " + s.token.ObtainedAt.Format(time.DateOnly) + ", more than 90 days ago"
	default:
		return
	}
	s.signedIn, s.why = false, &auth.Error{Kind: auth.ErrSignedOut, Op: "read tokens", Cause: cause}
}

// accessEnded tells an access token that is known to have run out.
func (s *status) accessEnded() bool {
	return !s.token.ExpiresAt.IsZero() && s.token.Left(s.now) <= 0
}

// signInEnds is when the sign-in ends unless it is refreshed; zero when it does
// not (Server-to-Server) or there is none.
func (s *status) signInEnds() time.Time {
	if s.token.RefreshToken == "" || s.token.ObtainedAt.IsZero() {
		return time.Time{}
	}
	return s.token.ObtainedAt.Add(refreshLife)
}

// statusUser fills in who is signed in: from the cache, else from Zoom with the
// access token as it is, so that nothing is refreshed.
func (o *opened) statusUser(ctx context.Context, s *status) {
	if known, ok := readCache[api.User](o.cache, cacheUser); ok && !o.fixed {
		s.user = known.Value
		return
	}
	if s.token.AccessToken == "" || s.accessEnded() {
		s.userErr = errNoAccessToken
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
