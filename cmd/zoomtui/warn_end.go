package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/auth"
)

// warnPause is how long a warning that is not heeded is not repeated by commands
// that scripts call often.
const warnPause = 24 * time.Hour

// warnEnd says, at most once a day, that the sign-in is about to end. t is the token
// that was got; when there is none, because err kept it from being refreshed, the
// stored one is looked at. A command that has refreshed has nothing to warn of.
func (o *opened) warnEnd(t auth.Token, err error) {
	if o.fixed {
		return
	}
	if err == nil && (t.RefreshToken == "" || t.ObtainedAt.Add(refreshLife).Sub(o.source.Now()) > endsSoon) {
		return // the usual case costs nothing
	}
	s, failed := o.standing()
	if failed != nil || s.state != signInEndsSoon || !o.cli.warnNow(o.profile.Name) {
		return
	}
	o.cli.say("%s", endWarning(o.profile.Name, s))
}

// warnEnded says, at most once a day, that a token which is good for some minutes
// more is the last one: Zoom has refused the sign-in behind it.
func (o *opened) warnEnded(t auth.Token) {
	if o.fixed || t.RefreshToken == "" {
		return
	}
	_, ended := o.cli.history(o.profile.Name).Ended(auth.Fingerprint(t.RefreshToken))
	if !ended || !o.cli.warnNow(o.profile.Name) {
		return
	}
	o.cli.say("Warning: Zoom no longer accepts the sign-in of profile %s, so this is its last token, good until %s. Sign in again: zoomtui login --profile %[1]s",
		clean(o.profile.Name), t.ExpiresAt.In(o.profile.Location()).Format("15:04"))
}

// endWarning is the sentence for a sign-in that is about to end.
func endWarning(profile string, s standing) string {
	days := "about " + daysText(s.daysLeft())
	if s.daysLeft() < 1 {
		days = "less than a day"
	}
	return fmt.Sprintf("Warning: the sign-in of profile %s ends in %s unless it is refreshed: zoomtui keepalive --profile %[1]s", clean(profile), days)
}

// daysText is a number of days in words.
func daysText(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// warnNow tells whether the last warning for a profile is a day old, and remembers
// this one. Where nothing can be remembered, each command warns.
func (c *cli) warnNow(profile string) bool {
	path := c.warnedPath(profile)
	now := c.clock()
	if last, err := readStamp(path); err == nil && now.Sub(last).Abs() < warnPause {
		return false
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
		_ = atomicfile.Write(path, []byte(now.UTC().Format(time.RFC3339)+"\n"), nil) // then it warns again
	}
	return true
}

// warnedPath is where the time of the last warning stands.
func (c *cli) warnedPath(profile string) string {
	return filepath.Join(c.paths.State, "warned", profile)
}

// readStamp reads a time from a file.
func readStamp(path string) (time.Time, error) {
	if err := atomicfile.Regular(path); err != nil {
		return time.Time{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return time.Time{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, int64(2*len(time.RFC3339))))
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, strings.TrimSpace(string(text)))
}
