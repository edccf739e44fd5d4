package auth

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// Store keeps the tokens of one profile in a directory:
//
//	<profile>.json        the current tokens
//	<profile>.json.prev   the generation before
//	<profile>.json.lock   the lock between processes
//	<profile>.json.begun  there while a refresh is under way, see [Mark]
//	.<profile>.json.tmp-N there while one of them is written; what a killed process
//	                      leaves is put in place or removed by the next refresh
//
// All of them are 0600, the directory is 0700. A Store holds nothing else; any
// number of them may stand for the same files.
type Store struct {
	dir     string
	profile string
	wait    time.Duration
	now     func() time.Time
	command string   // who takes the lock, for those who wait for it
	seal    *sealing // how tokens are sealed; nil: they are not
}

// StoreOption changes a [Store].
type StoreOption func(*Store)

// WithStoreClock sets the clock that names files which are kept aside.
func WithStoreClock(now func() time.Time) StoreOption { return func(s *Store) { s.now = now } }

// NewStore gives the store of a profile in a directory, which is made when
// something is written. The error is about the name; see [CheckProfile].
func NewStore(dir, profile string, opts ...StoreOption) (*Store, error) {
	if err := CheckProfile(profile); err != nil {
		return nil, err
	}
	s := &Store{dir: filepath.Clean(dir), profile: profile, wait: lockWait, now: time.Now}
	for _, o := range opts {
		o(s)
	}
	return s, nil
}

// as gives the same store for a command whose name those are told who wait for
// its lock.
func (s *Store) as(command string) *Store {
	own := *s
	own.command = command
	return &own
}

// Path is the file of the current tokens.
func (s *Store) Path() string { return filepath.Join(s.dir, s.profile+".json") }

func (s *Store) prevPath() string { return s.Path() + ".prev" }
func (s *Store) lockPath() string { return s.Path() + ".lock" }
func (s *Store) markPath() string { return s.Path() + ".begun" }

// Load reads the current tokens, without a lock: a writer replaces the file in
// one step. Kinds of error: [ErrSignedOut] when there are none, [ErrStoreMode]
// with the chmod line in Fix, [ErrDamaged], [ErrNewer], [ErrStore].
func (s *Store) Load() (Token, error) { return s.loadFrom(s.Path()) }

// Previous reads the generation before the current one.
func (s *Store) Previous() (Token, error) { return s.loadFrom(s.prevPath()) }

func (s *Store) loadFrom(path string) (Token, error) {
	data, err := s.read(path)
	if errors.Is(err, errTooLarge) {
		return Token{}, s.unreadable(path, err)
	}
	if err != nil {
		return Token{}, s.trouble("read tokens", path, err)
	}
	t, err := s.decode(data)
	if err == nil && t.Profile != "" && t.Profile != s.profile {
		// Work.json and work.json are one file where case does not count.
		err = fmt.Errorf("damaged: it belongs to profile %s", words(t.Profile))
	}
	if err != nil {
		return Token{}, s.unreadable(path, err)
	}
	return t, nil
}

// SaveSignIn stores the tokens of a new sign-in: generation 1, signed in now.
// It gives what was stored and the tokens that were there before (the zero
// Token when there were none). A damaged file is kept aside under another name.
func (s *Store) SaveSignIn(ctx context.Context, t Token) (stored, before Token, err error) {
	held, err := s.Lock(ctx)
	if err != nil {
		return Token{}, Token{}, err
	}
	defer held.release()
	return held.SaveSignIn(t)
}

// Delete removes the profile's tokens under the lock; see [Held.Delete].
func (s *Store) Delete(ctx context.Context) (gone []string, err error) {
	held, err := s.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer held.release()
	return held.Delete()
}
