package auth

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/explain"
)

// probeSize is the least that a probe writes, in bytes: more than the files that
// a refresh of an ordinary sign-in writes, so that a full disk shows.
const probeSize = 16 << 10

// read gives the content of a file that is regular, ours alone and not large.
func (s *Store) read(path string) ([]byte, error) {
	// Looked at before it is opened (a pipe would block) and after (that is the
	// file which is read; another may have been renamed over it in between).
	if err := atomicfile.Regular(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer func() { _ = f.Close() }() // only read; nothing can be lost
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("look at open file: %w", err)
	}
	if err := oursAlone(info); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxTokenFile+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if len(data) > maxTokenFile {
		return nil, errTooLarge
	}
	return data, nil
}

// oursAlone refuses what is no file, is of another user, or is open to others.
func oursAlone(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return atomicfile.ErrNotRegular
	}
	if err := ours(info); err != nil {
		return err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("the file is %w (mode %04o)", errOpenToOthers, info.Mode().Perm())
	}
	return nil
}

// Probe finds out whether tokens could be kept, by writing, flushing and
// removing a file, so that Zoom is not asked for an answer that would be lost.
func (s *Store) Probe() error {
	if err := s.makeDir(); err != nil {
		return err
	}
	for _, path := range []string{s.Path(), s.prevPath(), s.markPath()} {
		err := replaceable(path)
		if err == nil {
			err = stuck(path)
		}
		if err != nil {
			return s.trouble(opProbe, path, err)
		}
	}
	// Some file systems store zeros in no room at all.
	data := make([]byte, s.room())
	_, _ = rand.Read(data) // never fails
	name, err := atomicfile.Temp(s.Path(), data)
	if err == nil {
		// The holder of the lock may have taken it for a left-over: a sign-in looks
		// at the store without the lock.
		if err = os.Remove(name); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err == nil {
		err = atomicfile.SyncDir(s.dir) // as every write does in the end
	}
	if err != nil {
		return s.trouble(opProbe, s.dir, fmt.Errorf("%w: %w", errNotWritable, err))
	}
	return nil
}

// removable finds out whether the tokens could be deleted, so that Zoom is not told
// of a logout that then stops half way. That needs no room on the disk.
func (s *Store) removable() error {
	err := s.Probe()
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		e.Op = opLogout
	}
	return err
}

// room is how much a refresh writes at most before it removes what it replaces,
// in bytes: the new tokens, the copy of the ones before, and the mark.
func (s *Store) room() int {
	info, err := os.Lstat(s.Path())
	if err != nil || info.Size() > maxTokenFile {
		return probeSize
	}
	return probeSize + 2*int(info.Size())
}

// replaceable refuses what must not be replaced by a file: a link, a directory, a
// pipe, the file of another user. Nothing at all can be replaced.
func replaceable(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at file: %w", err)
	case !info.Mode().IsRegular():
		return atomicfile.ErrNotRegular
	default:
		return ours(info)
	}
}

// makeDir makes the directory, or checks that it is ours and that others cannot
// put files into it. It may be a link to a directory for which that holds, as
// those make who keep their settings in one place.
func (s *Store) makeDir() error {
	const op = "look at token directory"
	if err := os.MkdirAll(s.dir, dirMode); err != nil {
		return s.trouble("make token directory", s.dir, fmt.Errorf("%w: %w", errNotWritable, err))
	}
	info, err := os.Stat(s.dir)
	if err != nil {
		return s.trouble(op, s.dir, err)
	}
	if err := ours(info); err != nil {
		return s.trouble(op, s.dir, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return &Error{
			Kind: ErrStoreMode, Op: op, Path: s.dir,
			Cause: fmt.Sprintf("the directory is open to others for writing (mode %04o)", info.Mode().Perm()),
			Fix:   "chmod 700 " + explain.ShellWord(s.dir),
		}
	}
	return nil
}
