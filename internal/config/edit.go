package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
)

// ErrExists means that a profile of that name is there already.
var ErrExists = errors.New("there is a profile of that name already")

// editWait is how long another program that changes the file is waited for.
const editWait = 5 * time.Second

// Change is one change of a config.toml, for [Edit].
type Change func(*document) error

// AddProfile adds a profile; [ErrExists] when there is one of that name.
func AddProfile(name string, e Entry) Change {
	return func(d *document) error {
		if _, ok := d.Profiles[name]; ok {
			return &Error{What: fmt.Sprintf("%v: %s", ErrExists, name), Err: ErrExists}
		}
		return SaveProfile(name, e)(d)
	}
}

// SaveProfile adds a profile or replaces the one of that name. An entry that
// could not be used is refused.
func SaveProfile(name string, e Entry) Change {
	return func(d *document) error {
		e.trim()
		if _, err := e.Check(name); err != nil {
			return err
		}
		if err := d.checkNew(name); err != nil {
			return err
		}
		d.keepDefault(name)
		old := d.Profiles[name]
		before := old.fields()
		for i, f := range e.fields() {
			if strings.TrimSpace(*before[i].value) == *f.value {
				*f.value = *before[i].value // the same: it stays as it is written
			}
		}
		d.Profiles[name] = e
		return nil
	}
}

// checkNew refuses a new name that differs from another only in upper and lower
// case: where file names do not, both would keep their tokens in one file.
func (d *document) checkNew(name string) error {
	if _, there := d.Profiles[name]; there {
		return nil
	}
	for _, other := range slices.Sorted(maps.Keys(d.Profiles)) {
		if strings.EqualFold(other, name) {
			return &Error{What: fmt.Sprintf("%v: %s, and upper and lower case alone do not tell two profiles apart", ErrExists, other), Err: ErrExists}
		}
	}
	return nil
}

// keepDefault writes down which profile is the default before another one is
// added: the only profile there is needs no default_profile, one of two does.
func (d *document) keepDefault(added string) {
	if _, there := d.Profiles[added]; there || d.DefaultProfile != "" || len(d.Profiles) != 1 {
		return
	}
	for only := range d.Profiles {
		d.DefaultProfile = only
	}
}

// RemoveProfile takes a profile away; when it was default_profile, nothing is.
func RemoveProfile(name string) Change {
	return func(d *document) error {
		if _, ok := d.Profiles[name]; !ok {
			return noProfile(name)
		}
		delete(d.Profiles, name)
		if d.DefaultProfile == name {
			d.DefaultProfile = ""
		}
		return nil
	}
}

// SetDefault makes a profile the one that is meant when none is named.
func SetDefault(name string) Change {
	return func(d *document) error {
		if _, ok := d.Profiles[name]; !ok {
			return noProfile(name)
		}
		d.DefaultProfile = name
		return nil
	}
}

// SetKey sets one key of a profile, or takes it away when value is empty.
func SetKey(profile, key, value string) Change {
	return func(d *document) error {
		e, ok := d.Profiles[profile]
		if !ok {
			return noProfile(profile)
		}
		place := e.field(key)
		if place == nil {
			return &Error{What: fmt.Sprintf("there is no key %q%s", key, meantKey(key, profileKeys()))}
		}
		*place = strings.TrimSpace(value)
		whole := e
		if e.ClientSecret == "" && e.ClientSecretCmd == "" && e.Kind != string(auth.Public) && (e.Kind != "" || e.AccountID != "") {
			whole.ClientSecret = "?" // that of the environment, which no file tells of
		}
		if _, err := whole.Check(profile); err != nil {
			return err
		}
		d.Profiles[profile] = e
		return nil
	}
}

func noProfile(name string) error {
	return &Error{What: fmt.Sprintf("there is no profile %q in the file", name)}
}

// Edit changes the config.toml at path, all changes or none; the file and its
// directory (modes 0600 and 0700) are made when they are missing. Comments, order
// and everything that is not concerned stay as they are. The new text is parsed
// before it replaces the old one in one step; when it would not say exactly what
// was wanted, nothing is written. A link is followed: what it leads to is
// replaced. A file that is open to others is refused, as when it is read. Every
// error but that of ctx is an [*Error].
func Edit(ctx context.Context, path string, changes ...Change) error {
	if path == os.DevNull {
		return &Error{What: "nothing can be kept in " + path}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return unwritable(path, err)
	}
	unlock, err := lockDir(ctx, path)
	if err != nil {
		return err
	}
	defer unlock()
	target, err := targetOf(path)
	if err != nil {
		return err
	}
	text, err := readPrivate(target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	changed, err := apply(path, text, changes)
	if err != nil || changed == text {
		return err
	}
	if err := atomicfile.Write(target, []byte(changed), nil); err != nil {
		return unwritable(path, err)
	}
	return nil
}

// apply gives the text after the changes.
func apply(path, text string, changes []Change) (string, error) {
	doc, err := parse(path, text)
	if err != nil {
		return "", err
	}
	want := doc
	want.Profiles = maps.Clone(doc.Profiles)
	if want.Profiles == nil {
		want.Profiles = map[string]Entry{}
	}
	for _, change := range changes {
		if err := change(&want); err != nil {
			return "", err
		}
	}
	changed, err := rewrite(text, want)
	if err != nil {
		return "", &Error{
			What: fmt.Sprintf("%s is left as it is, because it cannot be changed safely: %v; change it in an editor", path, err),
			Err:  err, // and no Path: the settings are good as they are
		}
	}
	return changed, nil
}

// lockDir keeps two programs from changing the file at once. It locks the
// directory, so that no lock file is left beside somebody's file; where a
// directory cannot be locked (Windows, some network file systems), the last one
// to write wins.
func lockDir(ctx context.Context, path string) (unlock func(), err error) {
	lock := flock.New(filepath.Dir(path), flock.SetFlag(os.O_RDONLY))
	limited, cancel := context.WithTimeout(ctx, editWait)
	defer cancel()
	_, err = lock.TryLockContext(limited, 10*time.Millisecond)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("wait for the settings: %w", ctx.Err())
	case limited.Err() != nil:
		return nil, &Error{What: "another program has been changing " + path + " for more than " + editWait.String(), Path: path, Class: explain.Store, Err: err}
	}
	return func() { _ = lock.Unlock() }, nil // at the latest it ends with the process
}

// targetOf follows links, as the managers of dotfiles make them.
func targetOf(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	switch {
	case err == nil:
		return target, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", unwritable(path, err)
	}
	if _, err := os.Lstat(path); err == nil {
		return "", &Error{What: path + " is a link to a file that is not there", Path: path, Class: explain.Store}
	}
	return path, nil
}

func unwritable(path string, err error) error {
	return &Error{What: "write the configuration: " + err.Error(), Path: path, Class: explain.Store, Err: err}
}
