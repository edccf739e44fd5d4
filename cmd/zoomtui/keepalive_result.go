package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
)

// What `keepalive` did for a profile, in its JSON.
const (
	keptRefreshed = "refreshed"
	keptFresh     = "fresh"    // not old enough
	keptUnneeded  = "unneeded" // there is nothing that ends
	keptMoved     = "moved"    // another machine has it
	keptFailed    = "failed"
)

// keptAnswer is `keepalive --json`.
type keptAnswer struct {
	Profiles []keptAlive `json:"profiles"`
}

// keptAlive is what `keepalive` did for one profile.
type keptAlive struct {
	Profile    string       `json:"profile"`
	Kind       string       `json:"kind"`
	Action     string       `json:"action"`
	ObtainedAt *time.Time   `json:"obtained_at"`         // of the tokens that are stored now
	Ends       *time.Time   `json:"expires_at_estimate"` // of the sign-in, unless it is refreshed
	DaysLeft   *int         `json:"days_left_estimate"`
	EndsSoon   bool         `json:"ends_soon"` // 14 days or less are left
	Error      *problemJSON `json:"error,omitempty"`

	standing standing
	err      error
}

// keepAlive refreshes the sign-in if it is old enough.
func (o *opened) keepAlive(ctx context.Context, maxAge time.Duration) keptAlive {
	k := keptAlive{Profile: o.profile.Name, Kind: string(o.profile.Kind), Action: keptUnneeded}
	if o.fixed || !kindHasSignIn(o.profile.Kind) {
		return k
	}
	if k.standing, k.err = o.standing(); k.err != nil {
		return k
	}
	s := k.standing
	switch {
	case s.state == signInNone || s.state == signInMoved:
		k.err = s.why
		return k
	case !s.needsRefresh(maxAge):
		k.Action = keptFresh
		return k
	}
	k.Action = keptRefreshed
	if _, k.err = o.source.TokenWith(ctx, auth.TokenRequest{Force: true, Seen: &s.token}); k.err == nil {
		k.standing, k.err = o.standing()
	}
	return k
}

// needsRefresh tells whether a stored sign-in should be refreshed now: it is older
// than that, or it is not certain that it is still good.
func (s standing) needsRefresh(maxAge time.Duration) bool {
	return s.now.Sub(s.token.ObtainedAt) >= maxAge || s.state == signInEnded || s.cutOff != nil
}

// end takes what failed last of all, and puts into the answer what is known now.
func (k *keptAlive) end(err error) {
	s := k.standing
	k.err = errors.Join(k.err, err)
	if at := s.token.ObtainedAt; !at.IsZero() {
		k.ObtainedAt = &at
	}
	if ends := s.ends(); !ends.IsZero() {
		days := s.daysLeft()
		k.Ends, k.DaysLeft, k.EndsSoon = &ends, &days, s.state == signInEndsSoon
	}
	if k.err != nil {
		p := profileErrorJSON(explain.Of(k.err), k.Profile)
		k.Action, k.Error = keptFailed, &p
	}
}

// text is the line of stdout.
func (k keptAlive) text(zone *time.Location) string {
	s := k.standing
	did := ""
	switch {
	case k.Action == keptUnneeded && k.Kind == "":
		return "Nothing to keep alive: the token of ZOOM_ACCESS_TOKEN is never refreshed."
	case k.Action == keptUnneeded:
		return fmt.Sprintf("%s: nothing to keep alive; a Server-to-Server app has no sign-in that ends.", clean(k.Profile))
	case k.Action == keptMoved:
		return fmt.Sprintf("%s: moved to another machine on %s; nothing to keep alive here.", clean(k.Profile), s.token.MovedAt.In(zone).Format(time.DateOnly))
	case k.Action == keptRefreshed:
		did = "refreshed"
	default:
		did = "last refreshed " + ago(s.now.Sub(s.token.ObtainedAt)) + ", nothing to do"
	}
	return fmt.Sprintf("%s: %s; the sign-in is good until about %s (%s, an estimate).",
		clean(k.Profile), did, s.ends().In(zone).Format(time.DateOnly), daysText(s.daysLeft()))
}

// warn says that the sign-in is about to end, whether or not a refresh was tried.
func (k keptAlive) warn(c *cli) {
	if k.EndsSoon {
		c.say("%s", endWarning(k.Profile, k.standing))
	}
}

// failedFor says on one line what went wrong with a profile and what to do, because
// cron mails it and a log shows the first line; it gives the exit code.
func (c *cli) failedFor(profile string, err error) error {
	p := c.problem(err)
	line := []string{"zoomtui: profile " + profile + ":", p.What}
	if len(p.Next) > 0 {
		line = append(line, stepText(p.Next[0], profile))
	}
	p.Why = "" // which the line has no room for
	if raw := p.Raw(clean); raw != "" && !repeats(p) {
		line = append(line, "("+raw+")")
	}
	c.say("%s", clean(strings.Join(line, " ")))
	return quiet{p.Class()}
}
