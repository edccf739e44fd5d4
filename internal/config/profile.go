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
	Store       string                                     // where the tokens are kept: [StoreFile] or [StoreKeyring]
	User        string                                     // s2s: id or e-mail address of whose data is shown; empty: the owner's of the app
	Sources     map[string]string                          // where the value of a key comes from: a variable of the environment, or "file"; not there: a default
}

// sourceFile is the [Profile.Sources] of what stands in config.toml.
const sourceFile = "file"

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
	Entry
	name    string
	path    string     // the file, for messages
	secret  secretFunc // of the environment; nil: the entry's
	sources map[string]string
}

func newSettings(e Entry, name, path string) *settings {
	s := &settings{Entry: e, name: name, path: path, sources: map[string]string{}}
	for _, f := range s.fields() {
		if *f.value != "" {
			s.sources[f.key] = sourceFile
		}
	}
	return s
}

// overlay lays the environment over the table. An app is told by its id: when
// the environment names another one than the file, the file's kind, secret and
// account belong to the other app and are forgotten.
func (s *settings) overlay(env environ) error {
	id, err := env.value(context.Background(), "ZOOM_CLIENT_ID")
	if err != nil {
		return err
	}
	if id != "" && id != s.ClientID {
		s.Kind, s.ClientSecret, s.ClientSecretCmd, s.AccountID, s.User = "", "", "", "", ""
		for _, key := range []string{"kind", "client_secret", "client_secret_cmd", "account_id", "user"} {
			delete(s.sources, key)
		}
		s.ClientID, s.sources["client_id"] = id, "ZOOM_CLIENT_ID"
	}
	account, err := env.value(context.Background(), "ZOOM_ACCOUNT_ID")
	if err != nil {
		return err
	}
	if account != "" {
		s.AccountID, s.Kind = account, string(auth.S2S)
		s.sources["account_id"], s.sources["kind"] = "ZOOM_ACCOUNT_ID", "ZOOM_ACCOUNT_ID"
	}
	if env.isSet("ZOOM_CLIENT_SECRET") && s.Kind != string(auth.Public) {
		s.secret = environSecret(env, "ZOOM_CLIENT_SECRET")
		s.sources["client_secret"] = "ZOOM_CLIENT_SECRET"
	}
	for _, v := range []struct{ variable, key string }{
		{"ZOOM_REDIRECT_URI", "redirect_uri"},
		{"ZOOMTUI_LISTEN", "listen"},
		{"ZOOMTUI_OAUTH_BASE", "oauth_base"},
		{"ZOOMTUI_API_BASE", "api_base"},
		{"ZOOMTUI_STORE", "store"},
	} {
		if value := env.get(v.variable); value != "" {
			*s.field(v.key), s.sources[v.key] = value, v.variable
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
		User:        s.User,
		Store:       or(s.Store, StoreFile),
		Sources:     s.sources,
	}
	if wrong := wrongStore(s.Store); wrong != "" {
		return Profile{}, s.bad("store", wrong)
	}
	if err := p.App().Validate(); err != nil {
		return Profile{}, s.invalid(err)
	}
	if err := s.checkUser(); err != nil {
		return Profile{}, err
	}
	if _, err := time.LoadLocation(s.Timezone); err != nil {
		return Profile{}, s.bad("timezone", fmt.Sprintf("%q is not a time zone, as in \"Europe/Berlin\"", s.Timezone))
	}
	return p, nil
}

// maxUser is the longest id or e-mail address of a user, in bytes (RFC 5321
// section 4.5.3.1 for the address).
const maxUser = 320

// checkUser checks whose data is to be shown. The value becomes part of a path.
func (s *settings) checkUser() error {
	bad := func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("/?#%\\", r) }
	switch {
	case s.User == "":
		return nil
	case s.Kind != string(auth.S2S):
		return s.bad("user", "only a Server-to-Server app shows another user than the one who signs in")
	case len(s.User) > maxUser || strings.ContainsFunc(s.User, bad):
		return s.bad("user", "write the id or the e-mail address of one user of the account")
	}
	return nil
}

// withoutVersion cuts the /v2 that people copy along with the base of the API.
func withoutVersion(base string) string {
	return strings.TrimSuffix(strings.TrimRight(base, "/"), "/v2")
}

// bad is what is wrong with the value of one key of this profile.
func (s *settings) bad(key, what string) error { return s.wrongValue(key, key+": "+what) }

// wrong is what is wrong with this profile. The key decides what is to be
// corrected: the file, or the variable that the value comes from.
func (s *settings) wrong(key, what string) *Error {
	e := &Error{What: "profile " + s.name + ": " + what, Path: s.path}
	if source := s.sources[key]; source != "" && source != sourceFile {
		e.Path, e.Env = "", source
	}
	return e
}

// wrongValue is wrong, and says where the value comes from unless that is the file.
func (s *settings) wrongValue(key, what string) *Error {
	e := s.wrong(key, what)
	if e.Env != "" {
		e.What += " (from " + e.Env + ")"
	}
	return e
}

// invalid passes on what package auth says about a setting; it begins with the
// name of the key.
func (s *settings) invalid(err error) error {
	what := err.Error()
	if e, ok := errors.AsType[*auth.Error](err); ok && e.Cause != "" {
		what = e.Cause
	}
	key, _, _ := strings.Cut(what, " ")
	e := s.wrongValue(strings.TrimRight(key, ":"), what)
	e.Err = err
	return e
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
