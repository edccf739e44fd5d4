package doctor

import (
	"fmt"
	"time"

	"zoomtui/internal/marketplace"
)

// SignIn is what is known of the sign-in of a profile.
type SignIn struct {
	Kind       string
	Fixed      bool      // a token of the environment is used as it is
	Over       *Trouble  // why a human must sign in; nil: nobody must
	Unknown    bool      // the store could not be read, or the settings not be used
	Ends       time.Time // estimate of when the sign-in ends unless it is refreshed; zero: it does not
	Days       int       // whole days until then
	Soon       bool      // that is soon
	AccessEnds time.Time // zero: there is no access token, or its end is not known
	Now        time.Time // Zoom's time
	Generation int
}

const nameSignIn = "sign-in"

// SignedIn checks whether scripts get a token without a human. Zoom is not asked.
func SignedIn(s SignIn) Check {
	c := s.judge()
	c = c.detail("generation", s.Generation).detail("expires_at_estimate", stamp(s.Ends)).detail("access_expires_at", stamp(s.AccessEnds))
	if !s.Ends.IsZero() {
		c = c.detail("days_left", s.Days)
	}
	return c
}

func (s SignIn) judge() Check {
	switch {
	case s.Unknown:
		return result(nameSignIn, Skipped, "Whether somebody is signed in could not be found out.").brief("not known")
	case s.Over != nil:
		return s.Over.check(nameSignIn)
	case s.Fixed:
		return result(nameSignIn, OK, "A token of the environment is used as it is%s; it is never refreshed.", s.access()).brief("a token of the environment")
	case s.Kind == marketplace.S2S:
		return result(nameSignIn, OK, "Nobody needs to sign in: tokens are fetched with the app's own credentials%s.", s.access()).brief("none is needed")
	case s.Soon:
		return result(nameSignIn, Warning, "Signed in, but it ends in about %s unless it is refreshed.", Count(s.Days, "day")).brief("ends soon").
			remedy("Refresh it: zoomtui keepalive", "Let a timer do that every day; docs/automation.md has one.")
	case s.Ends.IsZero():
		return result(nameSignIn, OK, "Signed in%s.", s.access()).brief("signed in")
	default:
		return result(nameSignIn, OK, "Signed in, good for about %s more without a refresh%s.", Count(s.Days, "day"), s.access()).brief("signed in")
	}
}

// access says how long the access token lives.
func (s SignIn) access() string {
	if s.AccessEnds.IsZero() {
		return ""
	}
	if left := s.AccessEnds.Sub(s.Now); left > 0 {
		return fmt.Sprintf("; the access token has %s left", left.Truncate(time.Second))
	}
	return "; the access token has ended, the next call fetches another"
}

func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC3339)
}
