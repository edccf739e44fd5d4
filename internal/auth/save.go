package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"zoomtui/internal/atomicfile"
)

// Save replaces the current tokens and keeps the ones before as the previous
// generation. On return the new ones are on disk; a mark is gone.
func (h *Held) Save(t Token) error {
	s := h.store
	t.Profile = s.profile
	data, err := s.encode(t)
	if err != nil {
		return s.trouble(opSave, s.Path(), err)
	}
	// The previous generation is a convenience: that it cannot be kept must not
	// cost the new one, so it comes second and its failure counts for nothing.
	keep := func() { _ = h.keepPrevious(data) }
	if err := atomicfile.Write(s.Path(), data, keep); err != nil {
		return s.trouble(opSave, s.Path(), fmt.Errorf("%w: %w", errNotWritable, err))
	}
	_ = h.EndMark() // a mark of another token explains nothing and harms nobody
	s.forgetFreed()
	return nil
}

// keepPrevious copies the current file, unless a save that is repeated has put
// the new content there already.
func (h *Held) keepPrevious(next []byte) error {
	data, err := h.store.read(h.store.Path())
	if err != nil || bytes.Equal(data, next) {
		return err
	}
	data = h.store.reseal(data)
	return atomicfile.Write(h.store.prevPath(), data, nil)
}

// SaveSignIn is [Store.SaveSignIn] for one who holds the lock.
func (h *Held) SaveSignIn(t Token) (stored, before Token, err error) {
	before, err = h.makeWay()
	if err != nil {
		return Token{}, Token{}, err
	}
	t.Version, t.Generation = tokenVersion, 1
	t.SignedInAt = t.ObtainedAt
	t.Unknown = before.Unknown
	return h.replace(t, before)
}

// makeWay gives the tokens that another sign-in is about to replace, and keeps a
// damaged file aside, and one whose key is not at hand; one of a newer version is
// an error. A file that was open to
// others is replaced by one that is not; anything else that is wrong shows when
// writing.
func (h *Held) makeWay() (before Token, err error) {
	before, err = h.store.Load()
	switch kindOf(err) {
	case ErrDamaged, ErrKeyring:
		return Token{}, h.setAside()
	case ErrNewer:
		return Token{}, err
	default:
		return before, nil
	}
}

// replace stores the tokens of another sign-in than the one that was here.
func (h *Held) replace(t, before Token) (stored, old Token, err error) {
	t.MovedAt = time.Time{}
	if err := h.Save(t); err != nil {
		return Token{}, Token{}, err
	}
	h.dropTemps()
	t.Profile = h.store.profile
	return t, before, nil
}

// setAside renames a damaged token file, so that it is never overwritten.
func (h *Held) setAside() error {
	from := h.store.Path()
	to := from + damagedMark + h.store.now().UTC().Format("20060102T150405Z")
	if _, err := os.Lstat(to); err == nil {
		to += fmt.Sprintf("-%d", os.Getpid())
	}
	if err := os.Rename(from, to); err != nil {
		return h.store.trouble("keep damaged tokens aside", from, err)
	}
	return nil
}

// Delete removes the tokens, the previous generation, the mark and what a killed
// writer left. It gives the files that are gone. The current tokens are the last to
// go: one that is cut off must not look complete. The lock file stays.
func (h *Held) Delete() (gone []string, err error) {
	s := h.store
	keys := s.keyNames()
	paths := append(s.temps(), s.prevPath(), s.markPath(), s.Path())
	for _, path := range paths {
		switch e := os.Remove(path); {
		case e == nil:
			gone = append(gone, path)
		case !errors.Is(e, fs.ErrNotExist):
			err = errors.Join(err, s.trouble("delete tokens", path, e))
		}
	}
	if len(gone) > 0 {
		s.forgetKeys(keys)
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
	return append(found, s.aside()...)
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
// written. A damaged file is no obstacle, nor is one whose key is not at hand: it
// will be kept aside.
func (s *Store) fit() error {
	_, err := s.Load()
	switch kindOf(err) {
	case "", ErrSignedOut, ErrDamaged, ErrKeyring:
		return s.Probe()
	default:
		return err
	}
}
