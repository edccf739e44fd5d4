package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// lockWait is how long the lock is waited for: one question to Zoom at its
// longest, see [callLimit]. A refresh that is repeated can hold the lock longer;
// whoever waits then gets [ErrLocked], and nothing is lost by that.
const lockWait = 20 * time.Second

// lockPoll is how often a taken lock is tried again.
const lockPoll = 20 * time.Millisecond

// Held is the right to change one profile's files, alone among all processes of
// this machine. Its methods are for one goroutine at a time.
type Held struct {
	store *Store
	lock  *flock.Flock
}

// Lock waits for the profile's lock, at most 20 seconds: then the error is of
// kind [ErrLocked] and names who holds it. When ctx is done first, the error wraps
// ctx.Err(). The lock is a flock on a file of its own: it vanishes with its
// process, however that ends.
func (s *Store) Lock(ctx context.Context) (*Held, error) {
	return s.lockUnless(ctx, func() bool { return false })
}

// lockUnless is Lock for one who may get what it wants without: enough is asked
// whenever the token file has changed during the wait, and once at its beginning.
// When it says so, both results are nil.
func (s *Store) lockUnless(ctx context.Context, enough func() bool) (*Held, error) {
	if err := s.makeDir(); err != nil {
		return nil, err
	}
	if err := replaceable(s.lockPath()); err != nil {
		return nil, s.trouble(opLock, s.lockPath(), err)
	}
	limited, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	lock := flock.New(s.lockPath(), flock.SetPermissions(fileMode))
	tokens := watched{path: s.Path()}
	for limited.Err() == nil {
		switch held, err := lock.TryLock(); {
		case err != nil:
			return nil, s.trouble(opLock, s.lockPath(), err)
		case held:
			h := &Held{store: s, lock: lock}
			h.sign()
			return h, nil
		case tokens.changed() && enough():
			return nil, nil
		}
		pause(limited, lockPoll)
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("wait for the token store: %w", ctx.Err())
	}
	return nil, s.lockedTooLong()
}

// watched is a file that is replaced, never changed.
type watched struct {
	path string
	last fs.FileInfo
}

// changed tells whether the file is another one than when it was asked last; the
// first time, whether it is there.
func (w *watched) changed() bool {
	info, err := os.Lstat(w.path)
	if err != nil || w.last != nil && os.SameFile(w.last, info) && w.last.ModTime().Equal(info.ModTime()) {
		return false
	}
	w.last = info
	return true
}

// sign writes into the lock file who holds it, for those who wait in vain. That it
// cannot be written harms nobody else.
func (h *Held) sign() {
	data, err := json.Marshal(Mark{At: h.store.now().UTC().Truncate(time.Second), PID: os.Getpid(), Command: h.store.command})
	if err == nil {
		_ = os.WriteFile(h.store.lockPath(), append(data, '\n'), fileMode)
	}
}

// lockedTooLong says who holds the lock.
func (s *Store) lockedTooLong() error {
	e := &Error{
		Kind: ErrLocked, Op: opLock, Path: s.lockPath(),
		Cause: fmt.Sprintf("another program has held the lock for more than %s", s.wait),
	}
	if holder, ok := s.readMark(s.lockPath()); ok {
		e.Cause = fmt.Sprintf("%s has held the lock for more than %s, since %s", holder.who(), s.wait, clockTime(holder.At))
	}
	return e
}

// Unlock gives the lock back; the lock file stays, because removing it would
// let two processes lock two different files of that name.
func (h *Held) Unlock() error {
	_ = os.Truncate(h.store.lockPath(), 0) // see sign
	if err := h.lock.Unlock(); err != nil {
		return h.store.trouble("unlock tokens", h.store.lockPath(), err)
	}
	return nil
}

// release is Unlock for those whose work is done: that failed or succeeded
// before, and the lock ends with the process at the latest.
func (h *Held) release() { _ = h.Unlock() }
