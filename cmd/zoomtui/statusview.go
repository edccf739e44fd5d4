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
	Scopes       []string     `json:"scopes"`
	APIURL       string       `json:"api_url"`
	ClockSkew    int64        `json:"clock_skew_seconds"` // Zoom's clock minus this machine's
	Problem      *problemJSON `json:"problem,omitempty"`  // why not signed in
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

type refreshJSON struct {
	ExpiresAtEstimate *time.Time `json:"expires_at_estimate"`
	Fingerprint       string     `json:"fingerprint"`
	Generation        int        `json:"generation"`
}

func (s status) json() statusAnswer {
	a := statusAnswer{
		Profile: s.profile.Name, Kind: string(s.profile.Kind), SignedIn: s.signedIn,
		User:         userJSON{s.user.ID, s.user.Email, s.user.DisplayName, s.user.AccountID},
		AccessToken:  accessJSON{Fingerprint: s.token.Fingerprint()},
		RefreshToken: refreshJSON{Fingerprint: auth.Fingerprint(s.token.RefreshToken), Generation: s.token.Generation},
		Scopes:       append([]string{}, s.token.Scopes()...),
		APIURL:       s.apiURL,
		ClockSkew:    int64(s.skew / time.Second),
	}
	if at := s.token.ExpiresAt; !at.IsZero() {
		left := int64(s.token.Left(s.now) / time.Second)
		a.AccessToken.ExpiresAt, a.AccessToken.ExpiresIn = &at, &left
	}
	if ends := s.signInEnds(); !ends.IsZero() {
		a.RefreshToken.ExpiresAtEstimate = &ends
	}
	if s.why != nil {
		p := errorJSON(explain.Of(s.why))
		a.Problem = &p
	}
	return a
}

// text is the status for a person, times in the profile's zone.
func (s status) text() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%s\t%s\n", name, fmt.Sprintf(format, args...))
	}
	row("Profile", "%s%s", clean(s.profile.Name), s.appText())
	if !s.signedIn {
		row("Sign-in", "none: %s", clean(strings.TrimSuffix(explain.Of(s.why).Why, ".")))
		return flushed(w, &b)
	}
	row("User", "%s", s.userText())
	row("Access", "%s", s.accessText())
	if ends := s.signInEnds(); !ends.IsZero() {
		row("Sign-in", "%d days left (estimate), since %s, generation %d, fingerprint %s",
			int(ends.Sub(s.now).Hours()/24), s.day(s.token.SignedInAt), s.token.Generation, auth.Fingerprint(s.token.RefreshToken))
	}
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
	return flushed(w, &b)
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
		return "not known until a token has been fetched: zoomtui token"
	case errors.Is(s.userErr, errNoAccessToken):
		return "not known until the token is refreshed: zoomtui token"
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
		return "ended at " + s.clockTime(at) + "; refreshed on demand"
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
		return (-skew).String() + " behind"
	}
	return skew.String() + " ahead"
}
