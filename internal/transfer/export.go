// Package transfer is the form in which a sign-in travels from one machine to
// another: one JSON object with the tokens, the app that they were made with and
// a few words for the person who moves it. It is pure; it neither reads nor stores
// anything.
package transfer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"zoomtui/internal/auth"
)

// Version is the version of the form that this program writes.
const Version = 1

// MaxSize bounds an export, in bytes; one has about 4,000.
const MaxSize = 1 << 20

// Export is a sign-in on its way. Host, User and Profile are foreign text.
type Export struct {
	At       time.Time // when it left, by that machine's clock; UTC, whole seconds
	Host     string    // the machine that it left; "" if that has no name
	User     string    // who has signed in; "" if that was not known there
	Profile  string    // the name of the profile there
	Settings Settings
	Token    auth.Token // Profile, Version, ClockSkew and Unknown are not carried: they are the machine's own
}

// Settings are those of a profile's settings that belong to the app or to the
// person, and not to the machine, with the keys of config.toml. An empty one was
// not set.
type Settings struct {
	Kind            string      // public or confidential
	ClientID        string      //
	ClientSecret    auth.Secret // of config.toml; one of the environment does not travel
	ClientSecretCmd string      // a shell command that prints the secret
	AccountID       string
	RedirectURI     string
	Listen          string
	OAuthBase       string
	APIBase         string
	Timezone        string
}

// wire is the JSON object.
type wire struct {
	Version    int          `json:"version"`
	ExportedAt time.Time    `json:"exported_at,omitzero"`
	Host       string       `json:"host,omitempty"`
	User       string       `json:"user,omitempty"`
	Profile    string       `json:"profile"`
	Settings   wireSettings `json:"settings"`
	Token      wireToken    `json:"token"`
}

type wireSettings struct {
	Kind            string `json:"kind"`
	ClientID        string `json:"client_id"`
	ClientSecret    string `json:"client_secret,omitempty"`
	ClientSecretCmd string `json:"client_secret_cmd,omitempty"`
	AccountID       string `json:"account_id,omitempty"`
	RedirectURI     string `json:"redirect_uri,omitempty"`
	Listen          string `json:"listen,omitempty"`
	OAuthBase       string `json:"oauth_base,omitempty"`
	APIBase         string `json:"api_base,omitempty"`
	Timezone        string `json:"timezone,omitempty"`
}

type wireToken struct {
	AccessToken  string    `json:"access_token,omitempty"`
	RefreshToken string    `json:"refresh_token"`
	TokenType    string    `json:"token_type,omitempty"`
	Scope        string    `json:"scope,omitempty"`
	APIURL       string    `json:"api_url,omitempty"`
	ObtainedAt   time.Time `json:"obtained_at,omitzero"`
	ExpiresAt    time.Time `json:"expires_at,omitzero"`
	SignedInAt   time.Time `json:"signed_in_at,omitzero"`
	Generation   int       `json:"generation"`
}

// Encode writes an export. What [Parse] would refuse is refused here, before
// anything leaves the machine.
func Encode(e Export) ([]byte, error) {
	w := e.wire()
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("write the export: %w", err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(w); err != nil {
		return nil, fmt.Errorf("write the export: %w", contentFree(err, out.Len()))
	}
	return out.Bytes(), nil
}

func (e Export) wire() wire {
	s, t := e.Settings, e.Token
	return wire{
		Version: Version, ExportedAt: whole(e.At), Host: e.Host, User: e.User, Profile: e.Profile,
		Settings: wireSettings{
			Kind: s.Kind, ClientID: s.ClientID, ClientSecret: s.ClientSecret.Reveal(), ClientSecretCmd: s.ClientSecretCmd,
			AccountID: s.AccountID, RedirectURI: s.RedirectURI, Listen: s.Listen,
			OAuthBase: s.OAuthBase, APIBase: s.APIBase, Timezone: s.Timezone,
		},
		Token: wireToken{
			AccessToken: t.AccessToken.Reveal(), RefreshToken: t.RefreshToken.Reveal(), TokenType: t.TokenType,
			Scope: t.Scope, APIURL: t.APIURL, ObtainedAt: whole(t.ObtainedAt), ExpiresAt: whole(t.ExpiresAt),
			SignedInAt: whole(t.SignedInAt), Generation: t.Generation,
		},
	}
}

func (w wire) export() Export {
	s, t := w.Settings, w.Token
	return Export{
		At: whole(w.ExportedAt), Host: w.Host, User: w.User, Profile: w.Profile,
		Settings: Settings{
			Kind: s.Kind, ClientID: s.ClientID, ClientSecret: auth.Secret(s.ClientSecret), ClientSecretCmd: s.ClientSecretCmd,
			AccountID: s.AccountID, RedirectURI: s.RedirectURI, Listen: s.Listen,
			OAuthBase: s.OAuthBase, APIBase: s.APIBase, Timezone: s.Timezone,
		},
		Token: auth.Token{
			ClientID: s.ClientID, Kind: auth.Kind(s.Kind),
			AccessToken: auth.Secret(t.AccessToken), RefreshToken: auth.Secret(t.RefreshToken), TokenType: t.TokenType,
			Scope: t.Scope, APIURL: t.APIURL, ObtainedAt: whole(t.ObtainedAt), ExpiresAt: whole(t.ExpiresAt),
			SignedInAt: whole(t.SignedInAt), Generation: t.Generation,
		},
	}
}

// whole is a time as the token file has it: UTC, whole seconds.
func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
