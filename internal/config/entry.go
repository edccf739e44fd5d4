package config

import (
	"strings"

	"zoomtui/internal/auth"
)

// Entry is one [profiles.NAME] of config.toml as it is written: texts, not yet
// checked. An empty one is a key that is not there.
type Entry struct {
	Kind            string      `toml:"kind"` // public, confidential or s2s; empty: told from the rest
	ClientID        string      `toml:"client_id"`
	ClientSecret    auth.Secret `toml:"client_secret"`
	ClientSecretCmd string      `toml:"client_secret_cmd"` // a shell command that prints it
	AccountID       string      `toml:"account_id"`        // s2s
	RedirectURI     string      `toml:"redirect_uri"`
	Listen          string      `toml:"listen"`
	User            string      `toml:"user"` // s2s: whose profile and meetings are shown
	OAuthBase       string      `toml:"oauth_base"`
	APIBase         string      `toml:"api_base"`
	Timezone        string      `toml:"timezone"`
	Store           string      `toml:"store"` // file or keyring; empty: what the top of the file says
}

// field is one key of a profile and where its value is.
type field struct {
	key   string
	value *string
}

// fields are the keys of a profile in the order in which they are written.
func (e *Entry) fields() []field {
	return []field{
		{"kind", &e.Kind},
		{"client_id", &e.ClientID},
		{"client_secret", (*string)(&e.ClientSecret)},
		{"client_secret_cmd", &e.ClientSecretCmd},
		{"account_id", &e.AccountID},
		{"redirect_uri", &e.RedirectURI},
		{"listen", &e.Listen},
		{"user", &e.User},
		{"oauth_base", &e.OAuthBase},
		{"api_base", &e.APIBase},
		{"timezone", &e.Timezone},
		{"store", &e.Store},
	}
}

// field gives the value of a key, nil when a profile has no such key.
func (e *Entry) field(key string) *string {
	for _, f := range e.fields() {
		if f.key == key {
			return f.value
		}
	}
	return nil
}

// trim takes off what a copy from a web page brings along.
func (e *Entry) trim() {
	for _, f := range e.fields() {
		*f.value = strings.TrimSpace(*f.value)
	}
}

// Check makes an entry a profile, as if it stood in a file, without the
// environment. The error is an [*Error].
func (e Entry) Check(name string) (Profile, error) {
	if err := auth.CheckProfile(name); err != nil {
		return Profile{}, &Error{What: nameRule(name), Err: err}
	}
	return newSettings(e, name, "").profile()
}

func profileKeys() []string {
	var keys []string
	for _, f := range new(Entry).fields() {
		keys = append(keys, f.key)
	}
	return keys
}
