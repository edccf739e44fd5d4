package auth

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"slices"
)

// currentKey is the key for the next file: that of the file that is there, if it
// can be had, else a new one. It is looked up each time, because a logout in
// another process takes the key away with the file. nil: there is none. The caller
// holds seal.mu.
func (s *Store) currentKey() (string, cipher.AEAD) {
	for _, name := range sealedBy(s.read(s.Path())) {
		if key, err := s.seal.key(name); err == nil && name != s.seal.gone {
			return name, key
		}
	}
	if s.seal.fresh == "" {
		name, raw, err := s.seal.sealer.NewKey()
		if err != nil {
			return "", nil
		}
		key, err := newCipher(raw)
		if err != nil {
			return "", nil
		}
		s.seal.fresh, s.seal.known[name] = name, key
	}
	return s.seal.fresh, s.seal.known[s.seal.fresh]
}

// readyKey sees to it that the key for the next file is at hand. It is called
// before Zoom is asked: a keyring can take seconds, and then the answer would be
// the only copy of a refresh token for so long. A key that is in memory only, because
// the keyring was made anew meanwhile, is good for no other file. The caller holds
// the lock.
func (s *Store) readyKey() {
	if s.seal == nil || !s.seal.seals {
		return
	}
	s.seal.mu.Lock()
	defer s.seal.mu.Unlock()
	for _, name := range sealedBy(s.read(s.Path())) {
		if _, err := s.seal.sealer.Key(name); errors.Is(err, ErrNoKey) {
			s.seal.gone = name
		}
	}
	s.currentKey()
}

// key gives a key by its name; each is asked for once. The caller holds g.mu.
func (g *sealing) key(name string) (cipher.AEAD, error) {
	if key := g.known[name]; key != nil {
		return key, nil
	}
	raw, err := g.sealer.Key(name)
	if err != nil {
		return nil, fmt.Errorf("read the key %s: %w", name, err)
	}
	key, err := newCipher(raw)
	if err != nil {
		return nil, fmt.Errorf("read the key %s: %w: %w", name, err, ErrNoKey)
	}
	g.known[name] = key
	return key, nil
}

// sealedBy names the key of a token file that was read; none when there is no seal.
func sealedBy(data []byte, err error) []string {
	if err != nil {
		return nil
	}
	if _, b, err := readTokenFile(data); err == nil && b != nil {
		return []string{b.key}
	}
	return nil
}

// keyNames are the keys that the files of the profile are sealed with, those aside
// that were kept because they could not be read.
func (s *Store) keyNames() []string {
	var names []string
	for _, path := range append([]string{s.Path(), s.prevPath()}, s.temps()...) {
		names = append(names, sealedBy(s.read(path))...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// forgetFreed takes keys away that were needed before the setting changed, once no
// file needs them any more. The caller holds the lock and has saved.
func (s *Store) forgetFreed() {
	if s.seal == nil {
		return
	}
	s.seal.mu.Lock()
	freed := s.seal.freed
	s.seal.freed = nil
	s.seal.mu.Unlock()
	if len(freed) == 0 {
		return
	}
	needed := s.keyNames()
	s.forgetKeys(slices.DeleteFunc(freed, func(name string) bool { return slices.Contains(needed, name) }))
}

// forgetKeys takes keys away whose files are gone.
func (s *Store) forgetKeys(names []string) {
	if s.seal == nil || s.seal.blind {
		return
	}
	s.seal.mu.Lock()
	defer s.seal.mu.Unlock()
	for _, name := range names {
		s.seal.sealer.Forget(name)
		delete(s.seal.known, name)
	}
}
