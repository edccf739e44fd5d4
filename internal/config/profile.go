package config

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zoomtui/internal/auth"
)

// Profile is a named Zoom app, every value checked.
type Profile struct {
	Name        string
	Kind        auth.Kind
	ClientID    string
	Secret      func(context.Context) (auth.Secret, error) // nil for a public app; may run a command
	AccountID   string                                     // s2s only
	RedirectURI string                                     // as registered with the app
	Listen      string                                     // host:port where the callback is awaited; empty: where RedirectURI leads to
	OAuthBase   string                                     // without trailing slash
	APIBase     string                                     // without /v2; empty: what the token answer says
	Timezone    string                                     // IANA name; empty: the machine's
}

// App is the profile as package auth wants it.
func (p Profile) App() auth.App {
	return auth.App{
		Profile: p.Name, Kind: p.Kind, ClientID: p.ClientID, Secret: p.Secret,
		AccountID: p.AccountID, RedirectURI: p.RedirectURI, Listen: p.Listen,
		OAuthBase: p.OAuthBase, APIBase: p.APIBase,
	}
}

// Location is the time zone that meetings are shown in.
func (p Profile) Location() *time.Location {
	if p.Timezone != "" {
		if loc, err := time.LoadLocation(p.Timezone); err == nil {
			return loc
		}
	}
	return time.Local
}

// settings is one profile on the way: the file's table, then the environment
// over it, not yet checked.
type settings struct {
	table
	name   string
	path   string     // the file, for messages
	secret secretFunc // of the environment; nil: the table's
}

// overlay lays the environment over the table. An app is told by its id: when
// the environment names another one than the file, the file's kind, secret and
// account belong to the other app and are forgotten.
func (s *settings) overlay(env environ) error {
	id, err := env.value("ZOOM_CLIENT_ID")
	if err != nil {
		return err
	}
	if id != "" && id != s.ClientID {
		s.Kind, s.ClientSecret, s.ClientSecretCmd, s.AccountID = "", "", "", ""
		s.ClientID = id
	}
	account, err := env.value("ZOOM_ACCOUNT_ID")
	if err != nil {
		return err
	}
	if account != "" {
		s.AccountID, s.Kind = account, string(auth.S2S)
	}
	if env.isSet("ZOOM_CLIENT_SECRET") && s.Kind != string(auth.Public) {
		s.secret = environSecret(env, "ZOOM_CLIENT_SECRET")
	}
	for _, v := range []struct {
		name string
		dest *string
	}{
		{"ZOOM_REDIRECT_URI", &s.RedirectURI},
		{"ZOOMTUI_LISTEN", &s.Listen},
		{"ZOOMTUI_OAUTH_BASE", &s.OAuthBase},
		{"ZOOMTUI_API_BASE", &s.APIBase},
	} {
		if value := env.get(v.name); value != "" {
			*v.dest = value
		}
	}
	return nil
}

// profile settles what is not written and checks everything.
func (s *settings) profile() (Profile, error) {
	s.trim()
	if err := s.settleApp(); err != nil {
		return Profile{}, err
	}
	p := Profile{
		Name: s.name, Kind: auth.Kind(s.Kind), ClientID: s.ClientID,
		Secret: s.secret, AccountID: s.AccountID,
		RedirectURI: or(s.RedirectURI, auth.DefaultRedirectURI),
		OAuthBase:   strings.TrimRight(or(s.OAuthBase, auth.DefaultOAuthBase), "/"),
		APIBase:     withoutVersion(s.APIBase),
		Timezone:    s.Timezone,
		Listen:      s.Listen,
	}
	if err := p.App().Validate(); err != nil {
		return Profile{}, s.invalid(err)
	}
	if _, err := time.LoadLocation(s.Timezone); err != nil {
		return Profile{}, s.bad(fmt.Sprintf("timezone: %q is not a time zone, as in \"Europe/Berlin\"", s.Timezone))
	}
	return p, nil
}

// trim takes off what a copy from a web page brings along.
func (s *settings) trim() {
	for _, value := range []*string{
		&s.Kind, &s.ClientID, &s.ClientSecret, &s.ClientSecretCmd, &s.AccountID,
		&s.RedirectURI, &s.Listen, &s.OAuthBase, &s.APIBase, &s.Timezone,
	} {
		*value = strings.TrimSpace(*value)
	}
}

// withoutVersion cuts the /v2 that people copy along with the base of the API.
func withoutVersion(base string) string {
	return strings.TrimSuffix(strings.TrimRight(base, "/"), "/v2")
}

// bad is what is wrong with one setting of this profile.
func (s *settings) bad(what string) error {
	return &Error{What: "profile " + s.name + ": " + what, Path: s.path}
}

// invalid passes on what package auth says about a setting.
func (s *settings) invalid(err error) error {
	what := err.Error()
	if e, ok := errors.AsType[*auth.Error](err); ok && e.Cause != "" {
		what = e.Cause
	}
	return &Error{What: "profile " + s.name + ": " + what, Path: s.path, Err: err}
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
