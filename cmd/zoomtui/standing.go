package main

import (
	"errors"
	"fmt"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/doctor"
	"zoomtui/internal/history"
	"zoomtui/internal/ui/state"
)

// refreshLife is how long a refresh token is believed to live after it was
// given out; each refresh gives a new one. Zoom does not say it with the token,
// so what is computed with it is called an estimate.
const refreshLife = 90 * 24 * time.Hour

// endsSoon is how much of that life is left when a person is warned.
const endsSoon = 14 * 24 * time.Hour

// The states of a sign-in, as `status --json` names them.
const (
	signInGood     = "good"
	signInEndsSoon = "ends-soon" // by the estimate, unless it is refreshed
	signInEnded    = "ended"     // Zoom said so, or it is older than it can become
	signInMoved    = "moved"     // another machine has it now
	signInNone     = "none"      // nobody has signed in, or not with this app
	signInUnneeded = "unneeded"  // Server-to-Server: whoever has the secret is signed in
)

// standing is what this machine knows of a profile's sign-in. Zoom is not asked,
// so what happened elsewhere since the last refresh is not in it.
type standing struct {
	token    auth.Token // as it is stored; none: the zero Token, also for one of another app
	state    string
	why      error         // why nobody is signed in; nil: somebody is
	now      time.Time     // Zoom's clock, as far as it is known
	refuse   history.Entry // the refusal by which the history knows that the sign-in has ended; zero: it knows of none
	cutOff   *auth.Mark    // a refresh that was begun and has not finished; nil: there is none
	underWay bool          // that refresh has not been cut off: somebody holds the lock
}

// signedIn tells whether tokens can be had without a person.
func (s standing) signedIn() bool { return s.why == nil }

// ends is when the sign-in ends unless it is refreshed; zero when it does not
// (Server-to-Server) or there is none.
func (s standing) ends() time.Time {
	// A file of tokens holds one at least: where there is none they are sealed, and
	// were read without the key.
	sealed := s.token.AccessToken == "" && s.token.RefreshToken == ""
	if s.token.ObtainedAt.IsZero() || s.token.RefreshToken == "" && !sealed {
		return time.Time{}
	}
	return s.token.ObtainedAt.Add(refreshLife)
}

// daysLeft is how long the sign-in lasts unless it is refreshed, in whole days.
func (s standing) daysLeft() int { return state.WholeDays(s.ends().Sub(s.now)) }

// standing is where the sign-in of this profile stands.
func (o *opened) standing() (standing, error) { return o.cli.standing(o.profile, o.store) }

// standing reads the tokens of a profile and judges them.
func (c *cli) standing(p config.Profile, store *auth.Store) (standing, error) {
	t, err := store.Load()
	return c.standingOf(p, store, t, err)
}

// standingOf judges tokens as they were read from the store, by their age and by
// what is remembered of them. The error is the one of reading, except that nothing
// is stored.
func (c *cli) standingOf(p config.Profile, store *auth.Store, t auth.Token, err error) (standing, error) {
	s := standing{now: c.clock().UTC().Add(t.ClockSkew), state: signInNone}
	if mark, ok := store.Mark(); ok {
		s.cutOff, s.underWay = &mark, refreshing(store)
	}
	other := err == nil && t.ClientID != "" && t.ClientID != p.ClientID
	switch {
	case err != nil && !errors.Is(err, auth.ErrSignedOut):
		return standing{}, err
	case p.Kind == auth.S2S:
		if s.state = signInUnneeded; err == nil && !other {
			s.token = t
		}
		return s, nil
	case err != nil:
		s.why = err
		return s, nil
	case other:
		s.why = signInOver(store, fmt.Sprintf("the stored sign-in was made with another app (client id …%s, now …%s)", tail(t.ClientID), tail(p.ClientID)))
		return s, nil
	}
	s.token = t
	s.judge(c.history(p.Name), store)
	return s, nil
}

// refreshing tells whether somebody refreshes at this moment: the lock ends with its
// process, however that ends.
func refreshing(store *auth.Store) bool { return doctor.Taken(store.Path() + ".lock") }

// judge tells whether a stored sign-in is still one.
func (s *standing) judge(log *history.Log, store *auth.Store) {
	refused, ended := log.Ended(auth.Fingerprint(s.token.RefreshToken))
	if s.token.RefreshToken == "" { // sealed, so that the history can be asked by its number only
		refused, ended = log.EndedGeneration(s.token.Generation)
	}
	left := s.ends().Sub(s.now)
	switch {
	case !s.token.MovedAt.IsZero():
		s.state, s.why = signInMoved, store.Moved(s.token)
	case ended:
		s.state, s.refuse, s.why = signInEnded, refused, refusedBefore(refused, store)
	case s.ends().IsZero():
		s.state = signInGood
	case left <= 0:
		s.state = signInEnded
		s.why = signInOver(store, "the sign-in was last refreshed on "+s.token.ObtainedAt.Format(time.DateOnly)+", more than 90 days ago")
	case left <= endsSoon:
		s.state = signInEndsSoon
	default:
		s.state = signInGood
	}
}

// signInOver is the error for a sign-in that is none, by what is known here.
func signInOver(store *auth.Store, cause string) error {
	return &auth.Error{Kind: auth.ErrSignedOut, Op: "read tokens", Path: store.Path(), Cause: cause}
}

// refusedBefore is the error for a sign-in that Zoom has refused when it was asked
// last.
func refusedBefore(e history.Entry, store *auth.Store) error {
	cause := ""
	if !e.CutOff.IsZero() {
		cause = fmt.Sprintf("a refresh begun at %s was cut off and may have used the token up", e.CutOff.UTC().Format("2006-01-02 15:04 MST"))
	}
	return &auth.Error{Kind: auth.ErrGrantEnded, Op: "refresh", OAuth: "invalid_grant", Path: store.Path(), At: e.At, Cause: cause}
}
