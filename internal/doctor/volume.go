package doctor

import (
	"errors"
	"fmt"
	"os"

	"github.com/gofrs/flock"

	"zoomtui/internal/explain"
)

// Volume is the file system that holds the tokens.
type Volume struct {
	Type    string // ext4, nfs, …; empty: not known
	Network bool   // other machines write to it too
	Memory  bool   // it is gone when the machine restarts
	Free    uint64 // bytes that this user may still write
	Known   bool   // Free is
}

// Room that a refresh needs, and below which a warning is due, in bytes.
const (
	leastRoom = 64 << 10
	smallRoom = 16 << 20
)

const nameVolume = "file-system"

// ErrNoLock means that a lock was given twice.
var ErrNoLock = errors.New("a lock that one holds is given to another")

// FileSystem checks whether a refresh token can be kept there: room, and locks
// that hold. lock is what [TryLock] found; dir is where.
func FileSystem(dir string, v Volume, lock error) Check {
	kind := v.Type
	if kind == "" {
		kind = "this file system"
	}
	c := result(nameVolume, OK, "%s (%s) has %s left, and its locks hold.", dir, kind, size(v)).brief(kind)
	switch {
	case errors.Is(lock, ErrNoLock):
		c = failure(nameVolume, explain.Store, "Locks do not hold on %s (%s): two processes could refresh at once, and one of them would lose the sign-in.", dir, kind).
			brief("locks do not hold").remedy(elsewhere())
	case v.Known && v.Free < leastRoom:
		c = failure(nameVolume, explain.Store, "%s (%s) is full: a new refresh token could not be kept.", dir, kind).brief("full").
			remedy("Free some space: df -h " + quote(dir))
	case lock != nil:
		c = failure(nameVolume, explain.Store, "No lock can be had on %s (%s): %s.", dir, kind, lastWords(lock)).brief("no locks").remedy(elsewhere())
	case v.Network:
		c = result(nameVolume, Warning, "%s is on %s, a file system of the network. Locks hold between processes of this machine; whether they hold between machines depends on the server.", dir, kind).
			brief("on the network").remedy("Refresh on one machine only, or keep the tokens on a disk of this one: export XDG_CONFIG_HOME=DIRECTORY")
	case v.Memory:
		c = result(nameVolume, Warning, "%s is in memory (%s): the sign-in is gone when the machine or container restarts.", dir, kind).
			brief("in memory").remedy("Keep the tokens on a disk or a volume: export XDG_CONFIG_HOME=DIRECTORY")
	case v.Known && v.Free < smallRoom:
		c = result(nameVolume, Warning, "%s (%s) has only %s left.", dir, kind, size(v)).brief("nearly full").
			remedy("Free some space: df -h " + quote(dir))
	}
	c = c.detail("type", v.Type).detail("network", v.Network)
	if v.Known {
		c = c.detail("free_bytes", v.Free)
	}
	return c
}

func elsewhere() string {
	return "Keep the tokens on a disk of this machine: export XDG_CONFIG_HOME=DIRECTORY"
}

// size is the room in the unit that fits.
func size(v Volume) string {
	const unit = 1024
	if !v.Known {
		return "an unknown amount of room"
	}
	n, units := float64(v.Free), []string{"bytes", "KiB", "MiB", "GiB", "TiB"}
	for n >= unit && len(units) > 1 {
		n, units = n/unit, units[1:]
	}
	return fmt.Sprintf("%.0f %s", n, units[0])
}

// TryLock finds out whether locks hold in a directory, with a file of its own: a
// lock that is held must be refused to another who asks for it.
func TryLock(dir string) (err error) {
	f, err := os.CreateTemp(dir, ".zoomtui-doctor-*.lock")
	if err != nil {
		return fmt.Errorf("make a file to lock: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	if err := f.Close(); err != nil {
		return fmt.Errorf("close the file to lock: %w", err)
	}
	first, second := flock.New(f.Name()), flock.New(f.Name())
	got, err := first.TryLock()
	if err != nil || !got {
		return errors.Join(fmt.Errorf("lock: %w", err), first.Close())
	}
	again, err := second.TryLock()
	if again {
		err = ErrNoLock
	}
	if e := errors.Join(second.Close(), first.Close()); err == nil && e != nil {
		err = fmt.Errorf("unlock: %w", e)
	}
	return err
}

// Taken tells whether somebody holds the lock of a file at this moment. It makes
// no file: without one, nobody does.
func Taken(path string) bool {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	lock := flock.New(path, flock.SetFlag(os.O_RDONLY))
	got, err := lock.TryRLock() // shared: two who look at once are not in each other's way
	_ = lock.Close()            // the lock ends with it
	return err == nil && !got
}
