package auth

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/gofrs/flock"

	"zoomtui/internal/atomicfile"
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
// kind [ErrLocked]. When ctx is done first, the error wraps ctx.Err(). The lock
// is a flock on a file of its own: it vanishes with its process, however that
// ends.
func (s *Store) Lock(ctx context.Context) (*Held, error) {
	if err := s.makeDir(); err != nil {
		return nil, err
	}
	if err := atomicfile.Regular(s.lockPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, s.trouble("lock tokens", s.lockPath(), err)
	}
	limited, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	lock := flock.New(s.lockPath(), flock.SetPermissions(fileMode))
	held, err := lock.TryLockContext(limited, lockPoll)
	switch {
	case held && err == nil:
		return &Held{store: s, lock: lock}, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("wait for the token store: %w", ctx.Err())
	case limited.Err() != nil:
		return nil, s.lockedTooLong()
	default:
		return nil, s.trouble("lock tokens", s.lockPath(), err)
	}
}

// lockedTooLong says who refreshes, if that one left its mark.
func (s *Store) lockedTooLong() error {
	e := &Error{
		Kind: ErrLocked, Op: "lock tokens", Path: s.lockPath(),
		Cause: fmt.Sprintf("another program has held the lock for more than %s", s.wait),
	}
	if mark, ok := s.Mark(); ok {
		e.Cause += fmt.Sprintf(" (%s, since %s)", mark.who(), stamp(mark.At))
	}
	return e
}

// Unlock gives the lock back; the lock file stays, because removing it would
// let two processes lock two different files of that name.
func (h *Held) Unlock() error {
	if err := h.lock.Unlock(); err != nil {
		return h.store.trouble("unlock tokens", h.store.lockPath(), err)
	}
	return nil
}

// release is Unlock for those whose work is done: that failed or succeeded
// before, and the lock ends with the process at the latest.
func (h *Held) release() { _ = h.Unlock() }
