// Package config answers which Zoom app a command works for: it reads
// config.toml, lays the environment over it, checks every value, and hands out
// a [Profile]. It contacts nobody; a secret is fetched only when it is asked for.
//
// Precedence is flag, then environment, then file, then default. The
// environment speaks for the selected profile alone: the others are what the
// file says.
package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zoomtui/internal/auth"
)

// DefaultProfile is the name of the profile when nothing is named.
const DefaultProfile = "default"

// profileVariable names the profile in the environment.
const profileVariable = "ZOOMTUI_PROFILE"

// ErrNoApp means that neither the file nor the environment knows any Zoom app:
// the person has to set one up first.
var ErrNoApp = errors.New("no app is set up")

// Options is what a command knows before anything was read.
type Options struct {
	Path    string              // --config; empty: Paths.ConfigFile, which need not exist
	MayLack bool                // the file at Path need not exist either: it is about to be made
	Profile string              // --profile; empty: environment, file, default
	Paths   Paths               // the directories of the program
	Getenv  func(string) string // os.Getenv, or a test's own
}

// Config is the file as read, and the environment over it.
type Config struct {
	path     string // the file that was looked for, for messages
	doc      document
	env      environ
	selected string
	named    string // who named the selected profile, for messages
}

// Load reads the file and finds out which profile is meant. A missing file is
// fine unless it was named by a flag. Every error is an [*Error].
func Load(opts Options) (*Config, error) {
	path, must := opts.Path, opts.Path != "" && !opts.MayLack
	if path == "" {
		path = opts.Paths.ConfigFile()
	}
	doc, err := readFile(path, must)
	if err != nil {
		return nil, err
	}
	c := &Config{path: path, doc: doc, env: environ{opts.Getenv}}
	return c, c.choose(opts.Profile)
}

// Path is the file that was read or looked for.
func (c *Config) Path() string { return c.path }

// Selected is the name of the profile that the command works for.
func (c *Config) Selected() string { return c.selected }

// Names lists the profiles there are, sorted; none when no app is set up.
func (c *Config) Names() []string {
	if len(c.doc.Profiles) == 0 && c.env.hasApp() {
		return []string{DefaultProfile}
	}
	return slices.Sorted(maps.Keys(c.doc.Profiles))
}

// Notify tells whether the terminal is to notify the person of what needs them
// soon: a sign-in that ends, a meeting that begins.
func (c *Config) Notify() bool { return c.doc.Notify }

// Default is the profile that is meant when none is named by a flag or the
// environment: default_profile, else the only one, else [DefaultProfile]. It
// need not be there.
func (c *Config) Default() string {
	if c.doc.DefaultProfile != "" {
		return c.doc.DefaultProfile
	}
	if names := c.Names(); len(names) == 1 {
		return names[0]
	}
	return DefaultProfile
}

// InFile is what the file says of a profile, without the environment; false when
// it says nothing.
func (c *Config) InFile(name string) (Entry, bool) {
	e, ok := c.doc.Profiles[name]
	return e, ok
}

// Profile is the selected profile with the environment over it. The error wraps
// [ErrNoApp] when there is no app at all.
func (c *Config) Profile() (Profile, error) { return c.Named(c.selected) }

// Named is one profile by its name. What the environment says of an app counts
// for the selected one only; which Zoom it names counts for all that name none.
func (c *Config) Named(name string) (Profile, error) {
	entry, ok := c.doc.Profiles[name]
	if !ok && !slices.Contains(c.Names(), name) {
		return Profile{}, c.unknownProfile(name)
	}
	s := newSettings(entry, name, c.path)
	if s.Store == "" && c.doc.Store != "" {
		s.Store, s.sources["store"] = c.doc.Store, sourceFile
	}
	if name == c.selected {
		if err := s.overlay(c.env); err != nil {
			return Profile{}, err
		}
	} else {
		s.OAuthBase = or(s.OAuthBase, c.env.get("ZOOMTUI_OAUTH_BASE"))
		s.APIBase = or(s.APIBase, c.env.get("ZOOMTUI_API_BASE"))
	}
	return s.profile()
}

// Bare is the selected profile of which only the addresses and the time zone
// count, for a token that was given as it is: there need not be an app.
func (c *Config) Bare() (Profile, error) {
	s := newSettings(c.doc.Profiles[c.selected], c.selected, c.path)
	if err := s.overlay(c.env); err != nil {
		return Profile{}, err
	}
	s.Entry = Entry{
		ClientID:  "none", // package auth will not check the addresses without one
		OAuthBase: s.OAuthBase, APIBase: s.APIBase, Timezone: s.Timezone,
	}
	s.secret = nil
	p, err := s.profile()
	p.ClientID, p.Kind = "", ""
	return p, err
}

// choose decides which profile is meant and refuses names that could not be a
// file name, because tokens are kept in a file of that name.
func (c *Config) choose(flag string) error {
	switch fromEnv := c.env.get(profileVariable); {
	case flag != "":
		c.selected, c.named = flag, "--profile"
	case fromEnv != "":
		c.selected, c.named = fromEnv, profileVariable
	default:
		c.selected = c.Default()
		if c.doc.DefaultProfile != "" {
			c.named = "default_profile in " + c.path
		}
	}
	if err := auth.CheckProfile(c.selected); err != nil {
		return &Error{What: c.named + ": " + nameRule(c.selected), Env: c.namedByEnv(), Err: err}
	}
	return nil
}

func (c *Config) unknownProfile(name string) error {
	names := c.Names()
	if len(names) == 0 {
		return &Error{
			What: ErrNoApp.Error() + ": there is no " + c.path + " and ZOOM_CLIENT_ID is not set",
			Path: c.path,
			Fix:  "export ZOOM_CLIENT_ID=…",
			Err:  ErrNoApp,
		}
	}
	what := fmt.Sprintf("there is no profile %q", name)
	if c.named != "" && name == c.selected {
		what = c.named + ": " + what
	}
	what += "; there is " + strings.Join(names, ", ")
	if near := Nearest(name, names); near != "" && len(names) > 1 {
		what += "; did you mean " + near + "?"
	}
	wrong := &Error{What: what, Fix: "See them: zoomtui profile list"}
	if name == c.selected {
		wrong.Env = c.namedByEnv()
		if c.named == "default_profile in "+c.path {
			wrong.Path = c.path
		}
	}
	return wrong
}

// namedByEnv is the variable that has named the selected profile, if one has.
func (c *Config) namedByEnv() string {
	if c.named == profileVariable {
		return profileVariable
	}
	return ""
}

// nameRule says what a profile may be called: its tokens are kept in a file of
// that name.
func nameRule(name string) string {
	return fmt.Sprintf("%q cannot be the name of a profile; use letters, digits, dot, dash and underscore, at most 64, no dot first", name)
}
