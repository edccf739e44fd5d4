package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zoomtui/internal/atomicfile"
)

// Save replaces the current tokens and keeps the ones before as the previous
// generation. On return the new ones are on disk; a mark is gone.
func (h *Held) Save(t Token) error {
	s := h.store
	t.Profile = s.profile
	data, err := encodeToken(t)
	if err != nil {
		return s.trouble("save tokens", s.Path(), err)
	}
	// The previous generation is a convenience: that it cannot be kept must not
	// cost the new one, so it comes second and its failure counts for nothing.
	keep := func() { _ = h.keepPrevious(data) }
	if err := atomicfile.Write(s.Path(), data, keep); err != nil {
		return s.trouble("save tokens", s.Path(), fmt.Errorf("%w: %w", errNotWritable, err))
	}
	_ = h.EndMark() // a mark of another token explains nothing and harms nobody
	return nil
}

// keepPrevious copies the current file, unless a save that is repeated has put
// the new content there already.
func (h *Held) keepPrevious(next []byte) error {
	data, err := h.store.read(h.store.Path())
	if err != nil || bytes.Equal(data, next) {
		return err
	}
	return atomicfile.Write(h.store.prevPath(), data, nil)
}

// SaveSignIn is [Store.SaveSignIn] for one who holds the lock.
func (h *Held) SaveSignIn(t Token) (stored, before Token, err error) {
	s := h.store
	before, err = s.Load()
	switch kindOf(err) {
	case ErrDamaged:
		if err := h.setAside(); err != nil {
			return Token{}, Token{}, err
		}
	case ErrNewer:
		return Token{}, Token{}, err
	}
	// A file that was open to others is replaced by one that is not; anything
	// else that is wrong shows when writing.
	t.Version, t.Generation = tokenVersion, 1
	t.SignedInAt = t.ObtainedAt
	t.Unknown = before.Unknown
	if err := h.Save(t); err != nil {
		return Token{}, Token{}, err
	}
	h.dropTemps()
	t.Profile = s.profile
	return t, before, nil
}

// setAside renames a damaged token file, so that it is never overwritten.
func (h *Held) setAside() error {
	from := h.store.Path()
	to := from + ".damaged-" + h.store.now().UTC().Format("20060102T150405Z")
	if _, err := os.Lstat(to); err == nil {
		to += fmt.Sprintf("-%d", os.Getpid())
	}
	if err := os.Rename(from, to); err != nil {
		return h.store.trouble("keep damaged tokens aside", from, err)
	}
	return nil
}

func (h *Held) dropTemps() {
	for _, path := range h.store.temps() {
		_ = os.Remove(path) // a left-over; the next sign-in tries again
	}
}

// Delete removes the tokens, the previous generation, the mark and what a killed
// writer left. It gives the files that are gone. The lock file stays.
func (h *Held) Delete() (gone []string, err error) {
	s := h.store
	paths := append([]string{s.Path(), s.prevPath(), s.markPath()}, s.temps()...)
	for _, path := range paths {
		switch e := os.Remove(path); {
		case e == nil:
			gone = append(gone, path)
		case !errors.Is(e, fs.ErrNotExist):
			err = errors.Join(err, s.trouble("delete tokens", path, e))
		}
	}
	if len(gone) > 0 {
		if e := atomicfile.SyncDir(s.dir); e != nil {
			err = errors.Join(err, s.trouble("delete tokens", s.dir, e))
		}
	}
	return gone, err
}

// Remains lists the files of the profile that are there and may hold tokens,
// damaged ones that were kept aside included.
func (s *Store) Remains() []string {
	var found []string
	for _, path := range append([]string{s.Path(), s.prevPath()}, s.temps()...) {
		if _, err := os.Lstat(path); err == nil {
			found = append(found, path)
		}
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return found
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(s.Path())+".damaged-") {
			found = append(found, filepath.Join(s.dir, e.Name()))
		}
	}
	return found
}

// temps are the left-overs of killed writers.
func (s *Store) temps() []string {
	return slices.Concat(atomicfile.Leftovers(s.Path()), atomicfile.Leftovers(s.prevPath()), atomicfile.Leftovers(s.markPath()))
}

// checkWait is how long a check waits for the lock.
const checkWait = 2 * time.Second

// check finds out what would keep a sign-in from being stored, before a person
// takes the trouble: what [Store.fit] finds, or a lock that cannot be used. One
// that is merely taken is no obstacle: it is waited for when there are tokens.
func (s *Store) check(ctx context.Context) error {
	if err := s.fit(); err != nil {
		return err
	}
	brief := *s
	brief.wait = min(s.wait, checkWait)
	held, err := brief.Lock(ctx)
	switch {
	case kindOf(err) == ErrLocked:
		return nil
	case err != nil:
		return err
	}
	return held.Unlock()
}

// fit finds what is in the way of a sign-in's tokens: tokens of a newer version,
// a file that others can read, something that is no file, a store that cannot be
// written. A damaged file is no obstacle, it will be kept aside.
func (s *Store) fit() error {
	_, err := s.Load()
	switch kindOf(err) {
	case "", ErrSignedOut, ErrDamaged:
		return s.Probe()
	default:
		return err
	}
}
