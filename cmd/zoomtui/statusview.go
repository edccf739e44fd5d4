package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
)

// statusAnswer is `status --json`.
type statusAnswer struct {
	Profile      string       `json:"profile"`
	Kind         string       `json:"kind"`
	SignedIn     bool         `json:"signed_in"`
	User         userJSON     `json:"user"`
	AccessToken  accessJSON   `json:"access_token"`
	RefreshToken refreshJSON  `json:"refresh_token"`
	State        string       `json:"state"` // good, ends-soon, ended, moved, none, unneeded
	Scopes       []string     `json:"scopes"`
	APIURL       string       `json:"api_url"`
	ClockSkew    int64        `json:"clock_skew_seconds"` // Zoom's clock minus this machine's
	MovedAt      *time.Time   `json:"moved_at"`           // to another machine; null: it is here
	Refused      *byWhom      `json:"refused"`            // the refusal of Zoom's that ended the sign-in; null: none is known
	CutOff       *byWhom      `json:"cut_off"`            // a refresh that was begun and has not finished; null: none
	Store        storeJSON    `json:"store"`
	Problem      *problemJSON `json:"problem,omitempty"` // why not signed in
}

// userJSON is who is signed in; empty texts when that is not known.
type userJSON struct {
	ID          string `json:"id"`
	Email       string `json:"email"`
	DisplayName string `json:"display_name"`
	AccountID   string `json:"account_id"`
}

type accessJSON struct {
	ExpiresAt   *time.Time `json:"expires_at"`
	ExpiresIn   *int64     `json:"expires_in"` // seconds, negative when it has ended
	Fingerprint string     `json:"fingerprint"`
}

// storeJSON is where the tokens are kept; empty texts for a token of the environment.
type storeJSON struct {
	Kind string `json:"kind"` // file, keyring
	Text string `json:"text"` // for people: the path, and what seals it
}

// byWhom is when something was done, by which process of this program.
type byWhom struct {
	At      time.Time `json:"at"`
	Command string    `json:"command"`
	PID     int       `json:"pid"`
}

type refreshJSON struct {
	ExpiresAtEstimate *time.Time `json:"expires_at_estimate"`
	DaysLeftEstimate  *int       `json:"days_left_estimate"` // rounded
	Fingerprint       string     `json:"fingerprint"`
	Generation        int        `json:"generation"`
}

func (s status) json() statusAnswer {
	a := statusAnswer{
		Profile: s.profile.Name, Kind: string(s.profile.Kind), SignedIn: s.signedIn(), State: s.state,
		User:         userJSON{s.user.ID, s.user.Email, s.user.DisplayName, s.user.AccountID},
		AccessToken:  accessJSON{Fingerprint: s.token.Fingerprint()},
		RefreshToken: refreshJSON{Fingerprint: auth.Fingerprint(s.token.RefreshToken), Generation: s.token.Generation},
		Scopes:       append([]string{}, s.token.Scopes()...),
		APIURL:       s.apiURL,
		ClockSkew:    int64(s.skew / time.Second),
		Store:        storeJSON{s.keptIn, s.kept},
	}
	if at := s.token.ExpiresAt; !at.IsZero() {
		left := int64(s.token.Left(s.now) / time.Second)
		a.AccessToken.ExpiresAt, a.AccessToken.ExpiresIn = &at, &left
	}
	if ends := s.ends(); !ends.IsZero() {
		days := s.daysLeft()
		a.RefreshToken.ExpiresAtEstimate, a.RefreshToken.DaysLeftEstimate = &ends, &days
	}
	if at := s.token.MovedAt; !at.IsZero() {
		a.MovedAt = &at
	}
	if r := s.refuse; !r.At.IsZero() {
		a.Refused = &byWhom{r.At, r.Command, r.PID}
	}
	if m := s.cutOff; m != nil {
		a.CutOff = &byWhom{m.At, m.Command, m.PID}
	}
	if s.why != nil {
		p := profileErrorJSON(explain.Of(s.why), s.named)
		a.Problem = &p
	}
	return a
}

// text is the status for a person, times in the profile's zone, in so many cells.
func (s status) text(cols int) string {
	var b strings.Builder
	row := func(name, format string, args ...any) {
		for i, line := range wrap(fmt.Sprintf(format, args...), cols-statusIndent) {
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(&b, "%-*s%s\n", statusIndent, name, line)
		}
	}
	row("Profile", "%s%s", clean(s.profile.Name), s.appText())
	if !s.signedIn() {
		s.overRows(row)
		s.notes(row)
		return b.String()
	}
	row("User", "%s", s.userText())
	row("Access", "%s", s.accessText())
	if !s.ends().IsZero() {
		row("Sign-in", "%s, since %s, generation %d, fingerprint %s",
			s.leftText(), s.day(s.token.SignedInAt), s.token.Generation, auth.Fingerprint(s.token.RefreshToken))
	}
	s.notes(row)
	row("API", "%s", clean(s.apiURL))
	if s.skew != 0 {
		row("Clock", "Zoom's is %s", skewText(s.skew))
	}
	scopes := s.token.Scopes()
	if len(scopes) == 0 {
		scopes = []string{"not known"}
	}
	for i, scope := range scopes {
		name := ""
		if i == 0 {
			name = "Scopes"
		}
		row(name, "%s", clean(scope))
	}
	return b.String()
}

// statusIndent is where the second column begins.
const statusIndent = len("Profile  ")

// notes are the rows that there are with and without a sign-in.
func (s status) notes(row func(name, format string, args ...any)) {
	if m := s.cutOff; m != nil && s.refuse.At.IsZero() { // with the refusal, it is told why
		row("Refresh", "%s", cutOffText(*m, s.underWay, s.now.In(s.profile.Location())))
	}
	if s.kept != "" && !s.token.ObtainedAt.IsZero() {
		row("Tokens", "%s", clean(s.kept))
	}
}

// cutOffText tells of a refresh that was begun and has not finished; now's zone is
// the one that is shown.
func cutOffText(m auth.Mark, underWay bool, now time.Time) string {
	begun := minuteOf(m.At.In(now.Location()), now)
	if underWay {
		return fmt.Sprintf("under way since %s (%s)", begun, starter(m.Command, m.PID))
	}
	return fmt.Sprintf("one was begun %s (%s) and cut off; the next one finds out which token is good", begun, starter(m.Command, m.PID))
}

// leftText is how long the sign-in lasts.
func (s status) leftText() string {
	text := daysText(s.daysLeft()) + " left (estimate)"
	if s.state == signInEndsSoon {
		text += " unless it is refreshed (" + forProfile("zoomtui keepalive", s.named) + ")"
	}
	return text
}

// overRows say why nobody is signed in, and what to do.
func (s status) overRows(row func(name, format string, args ...any)) {
	p := explain.Of(s.why)
	why := clean(strings.TrimSuffix(p.Why, "."))
	if e, ok := errors.AsType[*auth.Error](s.why); ok && e.Kind == auth.ErrSignedOut {
		why = clean(e.Cause)
	}
	switch {
	case s.state == signInMoved:
		row("Sign-in", "moved to another machine on %s", s.day(s.token.MovedAt))
	case !s.refuse.At.IsZero():
		r, zone := s.refuse, s.profile.Location()
		row("Sign-in", "ended, as Zoom said at %s (%s)", minuteOf(r.At.In(zone), s.now.In(zone)), starter(r.Command, r.PID))
		row("Why", "%s", why)
	default: // ended or none
		row("Sign-in", "%s: %s", s.state, why)
	}
	for i, step := range p.Next {
		name := ""
		if i == 0 {
			name = "Do this"
		}
		row(name, "%d. %s", i+1, clean(stepText(step, s.named)))
	}
}

func flushed(w *tabwriter.Writer, b *strings.Builder) string {
	_ = w.Flush() // into memory
	return b.String()
}

func (s status) appText() string {
	if s.profile.Kind == "" {
		return " (ZOOM_ACCESS_TOKEN)"
	}
	id := s.profile.ClientID
	return fmt.Sprintf(" (%s app …%s)", s.profile.Kind, clean(id[max(0, len(id)-4):]))
}

func (s status) userText() string {
	switch {
	case errors.Is(s.userErr, errNoAccessToken) && !kindHasSignIn(s.profile.Kind):
		return "not known until a token has been fetched: " + forProfile("zoomtui token", s.named)
	case errors.Is(s.userErr, errNoAccessToken):
		return "not known until the token is refreshed: " + forProfile("zoomtui token", s.named)
	case errors.Is(s.userErr, errNotAsked):
		return "not known, and not asked for with --check"
	case s.userErr != nil && !kindHasSignIn(s.profile.Kind):
		return "not known: " + clean(strings.TrimSuffix(explain.Of(s.userErr).What, ".")) + "; name one with user = \"…\" in config.toml"
	case s.userErr != nil:
		return "not known: " + clean(strings.TrimSuffix(explain.Of(s.userErr).What, "."))
	case s.user.Email != "" && s.user.Email != s.user.Name():
		return clean(s.user.Name()) + " <" + clean(s.user.Email) + ">"
	case s.user.Name() != "":
		return clean(s.user.Name())
	default:
		return "not known"
	}
}

func (s status) accessText() string {
	at, left := s.token.ExpiresAt, s.token.Left(s.now)
	switch {
	case s.token.AccessToken == "":
		return "none yet; fetched on demand"
	case at.IsZero():
		return "end not known, fingerprint " + s.token.Fingerprint()
	case left <= 0:
		zone := s.profile.Location()
		return "ended " + minuteOf(at.In(zone), s.now.In(zone)) + "; refreshed on demand"
	default:
		return fmt.Sprintf("%s left, until %s, fingerprint %s", left.Truncate(time.Second), s.clockTime(at), s.token.Fingerprint())
	}
}

func (s status) clockTime(at time.Time) string { return at.In(s.profile.Location()).Format("15:04:05") }

func (s status) day(at time.Time) string {
	return at.In(s.profile.Location()).Format(time.DateOnly)
}

func skewText(skew time.Duration) string {
	if skew < 0 {
		return brief(-skew) + " behind"
	}
	return brief(skew) + " ahead"
}
