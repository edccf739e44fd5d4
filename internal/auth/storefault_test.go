package auth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"zoomtui/internal/explain"
)

// TestStoreFaultsAreSentences: each way in which a file system can fail is said in
// words of its own, with the exit code of the store.
func TestStoreFaultsAreSentences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		errno syscall.Errno
		cause string
		what  string
	}{
		{"read-only", syscall.EROFS, "mounted read-only", "read-only file system"},
		{"full", syscall.ENOSPC, "no space left on the device; 17 KB and a free file are needed", "no room left"},
		{"quota", syscall.EDQUOT, "the disk quota is used up; 17 KB", "no room left"},
		{"file for a directory", syscall.ENOTDIR, "no directory", "Something else"},
		{"rights", syscall.EACCES, "permission denied", "cannot be opened"},
		{"broken disk", syscall.EIO, "input/output error", "cannot be used"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newTestStore(t)
			save(t, s, testToken())
			cause := fmt.Errorf("%w: %w", errNotWritable, &fs.PathError{Op: "open", Path: "/x/.work.json.tmp-1", Err: test.errno})
			err := s.trouble(opProbe, s.dir, cause)
			e := wantKind(t, err, ErrStore)
			if !contains(e.Cause, test.cause) || contains(e.Cause, ".tmp-") {
				t.Errorf("cause %q", e.Cause)
			}
			if p := explain.Of(err); p.Class() != explain.Store || !contains(p.What, test.what) {
				t.Errorf("%v: %s %s", p.Class(), p.What, p.Why)
			}
		})
	}
}

// TestNoLocks: some network file systems have no locks, and say so in several ways.
func TestNoLocks(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	for _, errno := range []syscall.Errno{syscall.ENOLCK, syscall.ENOSYS, syscall.EOPNOTSUPP} {
		err := s.trouble(opLock, s.lockPath(), errno)
		wantKind(t, err, ErrStore)
		if p := explain.Of(err); p.Class() != explain.Store || !contains(p.What, "cannot be locked") || !contains(p.Why, errno.Error()) {
			t.Errorf("%v: %s %s", errno, p.What, p.Why)
		}
	}
}

// TestFaultsBeforeZoomIsAsked: what stands in the way is found out while nothing
// is at stake, and a person can mend it and go on.
func TestFaultsBeforeZoomIsAsked(t *testing.T) {
	t.Parallel()
	link := func(path string) error {
		return errors.Join(os.Rename(path, path+".real"), os.Symlink(path+".real", path))
	}
	unlink := func(path string) error { return os.Rename(path+".real", path) }
	chmod := func(mode fs.FileMode) func(string) error {
		return func(path string) error { return os.Chmod(path, mode) }
	}
	tests := []struct {
		name  string
		path  func(s *Store) string
		spoil func(path string) error
		mend  func(path string) error
		kind  ErrorKind
	}{
		{"file is a link", (*Store).Path, link, unlink, ErrStore},
		{"lock is a link", (*Store).lockPath, link, unlink, ErrStore},
		{"mark is a link", (*Store).markPath, func(path string) error { return os.Symlink("nowhere", path) }, os.Remove, ErrStore},
		{"previous generation is a link", (*Store).prevPath, func(path string) error { return os.Symlink("nowhere", path) }, os.Remove, ErrStore},
		{"file is open to others", (*Store).Path, chmod(0o644), chmod(0o600), ErrStoreMode},
		{"directory is open to others", func(s *Store) string { return s.dir }, chmod(0o777), chmod(0o700), ErrStoreMode},
		{"directory is a link that leads nowhere", func(s *Store) string { return s.dir }, func(path string) error {
			return errors.Join(os.Rename(path, path+".real"), os.Symlink("nowhere", path))
		}, func(path string) error { return errors.Join(os.Remove(path), unlink(path)) }, ErrStore},
		{"directory is a file", func(s *Store) string { return s.dir }, func(path string) error {
			return errors.Join(os.Rename(path, path+".real"), os.WriteFile(path, nil, 0o600))
		}, func(path string) error { return errors.Join(os.Remove(path), unlink(path)) }, ErrStore},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			signed := w.signIn()
			w.clock.forward(2 * time.Hour)
			path := test.path(w.opts.Store)
			if err := test.spoil(path); err != nil {
				t.Fatal(err)
			}
			_, err := w.source().Token(t.Context())
			if w.refreshes() != 0 || kindOf(err) != test.kind || explain.Of(err).Class() != explain.Store {
				t.Fatalf("%d refreshes: %v", w.refreshes(), err)
			}
			if err := test.mend(path); err != nil {
				t.Fatal(err)
			}
			if got, err := w.source().Token(t.Context()); err != nil || got.Generation != signed.Generation+1 {
				t.Errorf("after it was mended: %v", err)
			}
		})
	}
}

func TestMarkIsTakenOffByRoot(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	e := wantKind(t, s.trouble(opProbe, s.Path(), errMarked), ErrStore)
	if want := asRoot(os.Geteuid(), "chattr -i -a "+s.Path()); e.Fix != want || !contains(explain.Of(e).What, "cannot be replaced") {
		t.Errorf("%q, %+v", e.Fix, explain.Of(e))
	}
}

// TestRemediesOfAnOddName: a profile's name may begin like an option, and its
// directory hold what a shell takes for something else.
func TestRemediesOfAnOddName(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"damaged": func(path string) error { return os.WriteFile(path, nil, fileMode) },
		"a link": func(path string) error {
			return errors.Join(os.Rename(path, path+".real"), os.Symlink(path+".real", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := NewStore(filepath.Join(t.TempDir(), "it's -a $HOME"), "-rf")
			if err != nil {
				t.Fatal(err)
			}
			saveTwice(t, s)
			if err := spoil(s.Path()); err != nil {
				t.Fatal(err)
			}
			_, err = s.Load()
			e, _ := errors.AsType[*Error](err)
			wantMended(t, s, e.Fix)
		})
	}
}

// TestDirectoryMayBeALink: people keep their settings in one place and link them.
func TestDirectoryMayBeALink(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	real := filepath.Join(t.TempDir(), "dotfiles")
	if err := errors.Join(os.Mkdir(real, dirMode), os.Symlink(real, w.dir)); err != nil {
		t.Fatal(err)
	}
	signed := w.signIn()
	w.clock.forward(2 * time.Hour)
	if got, err := w.source().Token(t.Context()); err != nil || got.Generation != signed.Generation+1 {
		t.Error(err)
	}
}

// TestProbeMakesRoomForLargeFiles: what other programs keep in the token file is
// written with each refresh.
func TestProbeMakesRoomForLargeFiles(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	if got := s.room(); got != probeSize {
		t.Errorf("%d bytes for an empty store", got)
	}
	save(t, s, testToken())
	info, err := os.Stat(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.room(); got != probeSize+2*int(info.Size()) {
		t.Errorf("%d bytes", got)
	}
}
