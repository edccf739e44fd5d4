package config

import (
	"os"
	"os/user"
	"path/filepath"

	"github.com/adrg/xdg"
)

// program is the name of our directory below each XDG base directory.
const program = "zoomtui"

// Paths are the program's own directories; none of them need exist.
type Paths struct {
	Config string // $XDG_CONFIG_HOME/zoomtui: settings and tokens
	Cache  string // $XDG_CACHE_HOME/zoomtui: what Zoom would tell again
	State  string // $XDG_STATE_HOME/zoomtui: history, pending sign-ins, logs
}

// XDGPaths follows the XDG Base Directory Specification as package xdg has read
// it from the environment. Where even HOME is missing, as in some cron and
// systemd jobs, the password database knows the home directory.
func XDGPaths() Paths {
	home := ""
	// A relative one would put tokens wherever the caller happens to stand.
	if !filepath.IsAbs(os.Getenv("HOME")) {
		if u, err := user.Current(); err == nil && filepath.IsAbs(u.HomeDir) {
			home = u.HomeDir
		}
	}
	return Paths{
		Config: below(home, xdg.ConfigHome, ".config"),
		Cache:  below(home, xdg.CacheHome, ".cache"),
		State:  below(home, xdg.StateHome, ".local/state"),
	}
}

// below is our directory below a base directory. What package xdg takes without
// HOME (/.config and so on) or with a relative one (nothing at all) is moved into
// home; usual is its place there. What was set explicitly is left as it is.
func below(home, base, usual string) string {
	if base == "" || base == "/"+usual {
		base = filepath.Join("/", home, usual)
	}
	return filepath.Join(base, program)
}

// ConfigFile is the file with the profiles and settings.
func (p Paths) ConfigFile() string { return filepath.Join(p.Config, "config.toml") }

// TokenDir is where each profile's tokens are kept.
func (p Paths) TokenDir() string { return filepath.Join(p.Config, "tokens") }

// ProfileCache is where one profile's answers of Zoom are kept.
func (p Paths) ProfileCache(profile string) string { return filepath.Join(p.Cache, profile) }
