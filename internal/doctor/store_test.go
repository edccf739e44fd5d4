package doctor

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"zoomtui/internal/explain"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	const me = 1000
	file := File{Path: "/c/tokens/work.json", There: true, Mode: 0o600, Owner: me}
	dir := File{Path: "/c/tokens", There: true, Mode: fs.ModeDir | 0o700, Owner: me}
	with := func(change func(*Store)) Store {
		s := Store{File: file, Dir: dir}
		change(&s)
		return s
	}
	trouble := func(what string) *Trouble {
		return &Trouble{What: what, Brief: "some kind", Steps: []string{"Mend it: chmod 600 /c/tokens/work.json"}, Class: explain.Store}
	}
	for name, tt := range map[string]struct {
		store Store
		want  expect
		brief string
	}{
		"fine":          {with(func(*Store) {}), expect{state: OK, says: "only by its owner"}, "fine"},
		"sealed":        {with(func(s *Store) { s.Sealed = true }), expect{state: OK, says: "sealed"}, "fine, sealed"},
		"no tokens":     {with(func(s *Store) { s.File = File{Path: file.Path, Owner: -1} }), expect{state: OK, says: "No tokens are stored yet"}, "empty and writable"},
		"nothing there": {Store{File: File{Path: file.Path, Owner: -1}, Dir: File{Path: dir.Path, Owner: -1}}, expect{state: OK, says: "can be kept in /c/tokens"}, "empty and writable"},
		"open to others": {
			with(func(s *Store) { s.Unusable = trouble("/c/tokens/work.json is open to others on this machine.") }),
			expect{Failure, "open to others", "chmod 600", explain.Store},
			"some kind",
		},
		"not writable": {with(func(s *Store) { s.Unwritable = trouble("The token store is on a read-only file system.") }), expect{Failure, "read-only", "Mend", explain.Store}, "some kind"},
		"need not be written": {
			with(func(s *Store) {
				s.Unwritable, s.Optional = trouble("The token store is on a read-only file system."), true
			}),
			expect{state: Warning, says: "each command fetches a token of its own", do: "Mend it"},
			"cannot be written, and need not be",
		},
		"open directory": {with(func(s *Store) { s.Dir.Mode = fs.ModeDir | 0o755 }), expect{state: Warning, says: "mode 0755", do: "chmod 700 /c/tokens"}, "the directory is open to others"},
		"no user ids":    {Store{File: File{Path: file.Path, There: true, Mode: 0o666, Owner: -1}, Dir: File{Path: dir.Path, There: true, Mode: 0o777, Owner: -1}}, expect{state: OK}, "fine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Tokens(tt.store)
			tt.want.verify(t, c)
			if c.Brief != tt.brief {
				t.Errorf("a report says %q, want %q", c.Brief, tt.brief)
			}
		})
	}
}

func TestLeftOver(t *testing.T) {
	t.Parallel()
	begun := time.Date(2026, 11, 22, 3, 12, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		left Leftovers
		want expect
	}{
		"nothing":     {Leftovers{}, expect{state: OK, says: "Nothing was cut off"}},
		"cut off":     {Leftovers{Begun: begun, By: "token, pid 41", Zone: time.FixedZone("", 3600)}, expect{state: Warning, says: "cut off (token, pid 41, at 2026-11-22 04:12:00)", do: "zoomtui token --force"}},
		"under way":   {Leftovers{Begun: begun, By: "token, pid 41", Running: true}, expect{state: OK, says: "under way (token, pid 41, since 2026-11-22 03:12:00)"}},
		"locked":      {Leftovers{Running: true}, expect{state: OK, says: "holds the lock"}},
		"a temporary": {Leftovers{Files: []string{"/c/.x"}}, expect{state: Warning, says: "1 file behind", do: "zoomtui token"}},
		"kept aside":  {Leftovers{Aside: []string{"/c/a b", "/c/c"}}, expect{state: Warning, says: "2 damaged token files", do: "rm '/c/a b' /c/c"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.verify(t, LeftOver(tt.left))
		})
	}
}

func TestSystemKeyring(t *testing.T) {
	t.Parallel()
	locked := &Trouble{What: "The keyring is locked.", Brief: "locked", Steps: []string{"Unlock it."}, Class: explain.Store}
	expect{state: Skipped, says: "not asked for"}.verify(t, SystemKeyring(Keyring{}))
	expect{state: OK, says: "the next sign-in"}.verify(t, SystemKeyring(Keyring{Wanted: true}))
	expect{state: OK, says: "holds the key"}.verify(t, SystemKeyring(Keyring{Wanted: true, Sealed: true}))
	expect{state: OK, says: "holds the key"}.verify(t, SystemKeyring(Keyring{Sealed: true}))
	expect{state: Warning, says: "is locked. A sign-in would keep its tokens in a file", do: "Unlock"}.verify(t, SystemKeyring(Keyring{Wanted: true, Err: locked}))
	expect{Failure, "locked", "Unlock", explain.Store}.verify(t, SystemKeyring(Keyring{Sealed: true, Err: locked}))
}

func TestFileSystem(t *testing.T) {
	t.Parallel()
	roomy := Volume{Type: "ext4", Free: 12 << 30, Known: true}
	for name, tt := range map[string]struct {
		volume Volume
		lock   error
		want   expect
	}{
		"fine":         {roomy, nil, expect{state: OK, says: "/c (ext4) has 12 GiB left"}},
		"unknown":      {Volume{}, nil, expect{state: OK, says: "an unknown amount of room"}},
		"full":         {Volume{Type: "ext4", Known: true}, syscall.ENOSPC, expect{Failure, "is full", "df -h /c", explain.Store}},
		"nearly full":  {Volume{Type: "ext4", Free: 3 << 20, Known: true}, nil, expect{state: Warning, says: "only 3 MiB", do: "df -h"}},
		"no locks":     {roomy, syscall.ENOLCK, expect{Failure, "No lock can be had on /c", "XDG_CONFIG_HOME", explain.Store}},
		"no true lock": {Volume{Type: "nfs", Network: true}, ErrNoLock, expect{Failure, "Locks do not hold", "XDG_CONFIG_HOME", explain.Store}},
		"network":      {Volume{Type: "nfs", Network: true, Free: 1 << 40, Known: true}, nil, expect{state: Warning, says: "a file system of the network", do: "one machine only"}},
		"memory":       {Volume{Type: "tmpfs", Memory: true, Free: 1 << 30, Known: true}, nil, expect{state: Warning, says: "is in memory", do: "XDG_CONFIG_HOME"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.verify(t, FileSystem("/c", tt.volume, tt.lock))
		})
	}
}

func TestVolumeOf(t *testing.T) {
	t.Parallel()
	v := VolumeOf(filepath.Join(t.TempDir(), "not", "there"))
	if runtime.GOOS == "linux" && (!v.Known || v.Free == 0) {
		t.Errorf("the room of a directory to come is not known: %+v", v)
	}
	if v := VolumeOf("/proc/self"); runtime.GOOS == "linux" && v.Network {
		t.Errorf("/proc is on the network: %+v", v)
	}
}

func TestTryLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := TryLock(dir); err != nil {
		t.Errorf("locks do not hold in %s: %v", dir, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("something was left behind: %v %v", entries, err)
	}
	if err := TryLock(filepath.Join(dir, "not there")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestTaken(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "work.json.lock")
	if Taken(path) {
		t.Error("a lock that is not there is held")
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a lock file was made: %v", err)
	}
	lock := flock.New(path)
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	if !Taken(path) {
		t.Error("a lock that is held is free")
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if Taken(path) {
		t.Error("a lock that is free is held")
	}
}

func TestLookAt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link, lost := filepath.Join(dir, "file"), filepath.Join(dir, "link"), filepath.Join(dir, "lost")
	if err := errors.Join(os.WriteFile(file, nil, 0o640), os.Symlink(file, link), os.Symlink("nowhere", lost)); err != nil {
		t.Fatal(err)
	}
	if f := LookAt(file); !f.There || f.mode() != "0640" || f.Target != "" || f.Owner != os.Geteuid() {
		t.Errorf("%+v", f)
	}
	if f := LookAt(link); !f.There || f.mode() != "0640" || f.Target != file {
		t.Errorf("%+v", f)
	}
	if f := LookAt(lost); !f.There || f.Target != "nowhere" {
		t.Errorf("%+v", f)
	}
	if f := LookAt(filepath.Join(dir, "none")); f.There || f.mode() != "" || f.Owner != -1 {
		t.Errorf("%+v", f)
	}
	if got := quote(dir+"//x", "/a'b"); !strings.HasSuffix(got, `/x '/a'\''b'`) {
		t.Errorf("quoted: %s", got)
	}
}
