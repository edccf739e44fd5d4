package doctor

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Settings is what is known of the app of a profile.
type Settings struct {
	Profile  string
	Kind     string            // public, confidential or s2s
	ClientID string            // only its end is shown
	Sources  map[string]string // key: "file" or a variable of the environment; not there: the default
	Secret   string            // where the client secret comes from: none, file, a variable, client_secret_cmd
	Same     []string          // other profiles with the same client id
	Trouble  *Trouble          // why the settings cannot be used; nil: they can
	Fixed    bool              // a token was given in the environment, so that no app is needed
	Unread   bool              // config.toml cannot be read, which is told of that file
}

const nameApp = "app"

// App checks which app is used, and where each of its settings comes from.
func App(s Settings) Check {
	switch {
	case s.Trouble != nil:
		return s.Trouble.check(nameApp)
	case s.Unread:
		return result(nameApp, Skipped, "Which app is used is not known, because the settings cannot be read.").brief("not known")
	case s.Fixed:
		return result(nameApp, Skipped, "No app is needed: the token comes from the environment.").brief("a token of the environment")
	}
	what := fmt.Sprintf("Profile %s: %s, client id …%s; %s.", s.Profile, kindWords(s.Kind), tail(s.ClientID), from(s.Sources))
	c := result(nameApp, OK, "%s", what).brief(s.Kind)
	if len(s.Same) > 0 {
		c = result(nameApp, Warning, "%s Profile %s has the same client id: Zoom keeps the newest sign-in only, so signing in with one ends the other.", what, strings.Join(s.Same, ", ")).
			brief("another profile has the same client id").
			remedy("Give each profile an app of its own: zoomtui profile add")
	}
	return c.detail("kind", s.Kind).detail("client_id_tail", tail(s.ClientID)).detail("client_secret", s.Secret).
		detail("sources", nonNil(s.Sources)).detail("same_client_id", append([]string{}, s.Same...))
}

// kindWords is the kind of an app as a person reads it.
func kindWords(kind string) string {
	switch kind {
	case "public":
		return "a public app (PKCE, no secret)"
	case "confidential":
		return "an app with a client secret"
	case "s2s":
		return "a Server-to-Server app"
	default:
		return "an app of an unknown kind"
	}
}

// from says where the settings come from.
func from(sources map[string]string) string {
	by := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(sources)) {
		by[sources[key]] = append(by[sources[key]], key)
	}
	var parts []string
	if keys := by["file"]; keys != nil {
		parts = append(parts, strings.Join(keys, ", ")+" from config.toml")
		delete(by, "file")
	}
	for _, variable := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, strings.Join(by[variable], ", ")+" from "+variable)
	}
	if len(parts) == 0 {
		return "nothing but defaults"
	}
	return strings.Join(append(parts, "the rest by default"), "; ")
}

// tail is the end of an id, enough to tell two apart.
func tail(id string) string { return id[max(0, len(id)-4):] }

func nonNil(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

// ConfigFile is what is known of config.toml.
type ConfigFile struct {
	File    File
	Names   []string // of the profiles in it
	Trouble *Trouble // why it cannot be used; nil: it can
}

const nameSettings = "settings"

// SettingsFile checks config.toml.
func SettingsFile(f ConfigFile) Check {
	var c Check
	switch {
	case f.Trouble != nil:
		c = f.Trouble.check(nameSettings)
	case !f.File.There:
		c = result(nameSettings, OK, "There is no %s; it is not needed where the environment names the app.", f.File.Path).brief("no file")
	default:
		c = result(nameSettings, OK, "%s can be read, and only by its owner; it has %s.", f.File.Path, Count(len(f.Names), "profile")).brief("fine")
	}
	return c.detail("path", f.File.Path).detail("exists", f.File.There).detail("mode", f.File.mode()).detail("profiles", append([]string{}, f.Names...))
}

// Count writes a number with its noun.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
