package doctor

import (
	"path/filepath"
	"strings"
	"time"

	"zoomtui/internal/explain"
)

// Store is what is known of the place of a profile's tokens.
type Store struct {
	File       File     // the tokens
	Dir        File     // their directory
	User       int      // who runs the program; -1 where the system has no user ids
	Unusable   *Trouble // why the tokens cannot be read; nil: they can, or there are none
	Unwritable *Trouble // why new ones could not be kept; nil: they could
	Optional   bool     // tokens can always be fetched anew, as those of a Server-to-Server app
	Sealed     bool     // the tokens in it are sealed with a key of the keyring
}

const nameStore = "store"

// Tokens checks whether tokens can be read, and whether new ones could be kept.
func Tokens(s Store) Check {
	c := s.judge()
	return c.detail("path", s.File.Path).detail("exists", s.File.There).detail("mode", s.File.mode()).
		detail("directory_mode", s.Dir.mode()).detail("owner_uid", s.File.Owner).detail("link", s.File.Target)
}

func (s Store) judge() Check {
	switch {
	case s.Unusable != nil:
		return s.Unusable.check(nameStore)
	case s.Unwritable != nil && s.Optional:
		return result(nameStore, Warning, "Nothing can be kept in %s, so each command fetches a token of its own. For a Server-to-Server app that is fine.", s.Dir.Path).
			brief("cannot be written, and need not be").
			remedy(append([]string{"Nothing needs to be done; to share tokens between commands, give it a place that can be written: export XDG_CONFIG_HOME=DIRECTORY"}, s.Unwritable.Steps...)...)
	case s.Unwritable != nil:
		return s.Unwritable.check(nameStore)
	case s.Dir.There && s.Dir.Owner >= 0 && s.Dir.Mode.Perm()&0o077 != 0:
		return result(nameStore, Warning, "Others can look into %s (mode %s). The files in it are closed to them.", s.Dir.Path, s.Dir.mode()).
			brief("the directory is open to others").remedy("chmod 700 " + quote(s.Dir.Path))
	case !s.File.There:
		return result(nameStore, OK, "No tokens are stored yet; they can be kept in %s.", s.Dir.Path).brief("empty and writable")
	case s.Sealed:
		return result(nameStore, OK, "%s can be read and written, and only by its owner; the tokens in it are sealed with a key of the keyring.", s.File.Path).brief("fine, sealed")
	default:
		return result(nameStore, OK, "%s can be read and written, and only by its owner.", s.File.Path).brief("fine")
	}
}

// Leftovers is what an interrupted or failed writer has left beside the tokens.
type Leftovers struct {
	Begun   time.Time // when a refresh was begun that has not ended; zero: none
	By      string    // by which command, with its pid
	Running bool      // somebody holds the lock: it may still be under way
	Files   []string  // of killed writers
	Aside   []string  // damaged files that were kept
	Zone    *time.Location
}

const nameLeftovers = "left-overs"

// LeftOver checks for traces of a refresh that was cut off, and of damaged files.
func LeftOver(l Leftovers) Check {
	c := result(nameLeftovers, OK, "Nothing was cut off, and no damaged file is kept aside.").brief("none")
	switch {
	case l.Running && !l.Begun.IsZero():
		c = result(nameLeftovers, OK, "A refresh is under way (%s, since %s).", l.By, l.clock()).brief("a refresh is under way")
	case l.Running:
		c = result(nameLeftovers, OK, "Another zoomtui holds the lock at this moment.").brief("the lock is held")
	case !l.Begun.IsZero():
		c = result(nameLeftovers, Warning, "A refresh was cut off (%s, at %s). The newest known token is tried at the next refresh, then the one before.", l.By, l.clock()).
			brief("a refresh was cut off").remedy("Refresh now, while you can look at it: zoomtui token --force >/dev/null")
	case len(l.Files) > 0:
		c = result(nameLeftovers, Warning, "A killed writer has left %s behind; the next refresh looks after it.", Count(len(l.Files), "file")).
			brief("a killed writer left a file").remedy("Refresh now, while you can look at it: zoomtui token --force >/dev/null")
	case len(l.Aside) > 0:
		c = result(nameLeftovers, Warning, "%s is kept aside. It may hold tokens, and nothing here uses it.", Count(len(l.Aside), "damaged token file")).
			brief("a damaged file is kept aside").remedy("When you are signed in again, delete it: rm " + quote(l.Aside...))
	}
	return c.detail("files", append([]string{}, l.Files...)).detail("kept_aside", append([]string{}, l.Aside...)).detail("lock_held", l.Running)
}

func (l Leftovers) clock() string {
	zone := l.Zone
	if zone == nil {
		zone = time.UTC
	}
	return l.Begun.In(zone).Format("2006-01-02 15:04:05")
}

// Keyring is what was decided about the keyring.
type Keyring struct {
	Wanted bool     // store = "keyring"
	Source string   // where that is said: config.toml or ZOOMTUI_STORE
	Err    *Trouble // why it cannot be used; nil: it can
	Sealed bool     // the tokens are sealed with its key
}

const nameKeyring = "keyring"

// SystemKeyring checks the keyring, where it is asked for.
func SystemKeyring(k Keyring) Check {
	var c Check
	switch {
	case !k.Wanted && !k.Sealed:
		c = result(nameKeyring, Skipped, "The tokens are kept in a file (mode 0600); the keyring is not asked for.").brief("not asked for")
	case k.Err != nil && k.Sealed:
		c = k.Err.check(nameKeyring)
	case k.Err != nil:
		c = result(nameKeyring, Warning, "%s A sign-in would keep its tokens in a file (mode 0600) and say so.", strings.TrimSpace(k.Err.What+" "+k.Err.Why)).
			brief("cannot be used").remedy(k.Err.Steps...)
	case k.Sealed:
		c = result(nameKeyring, OK, "The keyring holds the key that the stored tokens are sealed with.").brief("in use")
	default:
		c = result(nameKeyring, OK, "The keyring answers; the next sign-in is sealed with a key in it.").brief("ready")
	}
	return c.detail("wanted", k.Wanted).detail("sealed", k.Sealed)
}

// quote writes paths for a POSIX shell.
func quote(paths ...string) string {
	quoted := make([]string, len(paths))
	for i, p := range paths {
		quoted[i] = explain.ShellWord(filepath.Clean(p))
	}
	return strings.Join(quoted, " ")
}
