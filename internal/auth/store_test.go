package auth

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

func testToken() Token {
	return Token{
		Version: 1, Profile: "work", ClientID: "client", Kind: Public,
		AccessToken: "access-1", RefreshToken: "refresh-1", TokenType: "bearer", Scope: "a:b c:d",
		APIURL: "https://api-eu.zoom.us", Generation: 1,
		ObtainedAt: time.Date(2026, 11, 22, 3, 12, 44, 0, time.UTC),
		ExpiresAt:  time.Date(2026, 11, 22, 4, 12, 43, 0, time.UTC),
		SignedInAt: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
	}
}

func newTestStore(t *testing.T, opts ...StoreOption) *Store {
	t.Helper()
	s, err := NewStore(filepath.Join(t.TempDir(), "conf", "tokens"), "work", opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func save(t *testing.T, s *Store, token Token) {
	t.Helper()
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(held.Save(token), held.Unlock()); err != nil {
		t.Fatal(err)
	}
}

// saveTwice leaves a current and a previous generation.
func saveTwice(t *testing.T, s *Store) {
	t.Helper()
	older := testToken()
	older.AccessToken, older.RefreshToken, older.Generation = "access-0", "refresh-0", 0
	save(t, s, older)
	save(t, s, testToken())
}

func TestStoreKeepsTwoGenerations(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	first := testToken()
	save(t, s, first)
	second := first
	second.AccessToken, second.RefreshToken, second.Generation = "access-2", "refresh-2", 2
	save(t, s, second)
	got, err := s.Load()
	if diff := cmp.Diff(second, got); diff != "" || err != nil {
		t.Errorf("current: %v\n%s", err, diff)
	}
	got, err = s.Previous()
	if diff := cmp.Diff(first, got); diff != "" || err != nil {
		t.Errorf("previous: %v\n%s", err, diff)
	}
}

func TestStoreIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	saveTwice(t, s)
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(held.Begin(Mark{PID: 1}), held.Unlock()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{s.Path(), s.prevPath(), s.lockPath(), s.markPath()} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", filepath.Base(path), info.Mode(), err)
		}
	}
	for _, dir := range []string{s.dir, filepath.Dir(s.dir)} {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: mode %v, %v", filepath.Base(dir), info.Mode(), err)
		}
	}
	if left := s.temps(); len(left) != 0 {
		t.Errorf("temporary files are left: %v", left)
	}
}

func TestStoreRefusesToRead(t *testing.T) {
	t.Parallel()
	const backToPrevious = "(cd DIR && mv work.json work.json.damaged-kept && cp -p work.json.prev work.json)"
	tests := []struct {
		name    string
		prepare func(s *Store) error
		kind    ErrorKind
		says    string
		fix     string
	}{
		{"nothing there", func(*Store) error { return nil }, ErrSignedOut, "profile work", ""},
		{"open to the group", func(s *Store) error { return os.Chmod(s.Path(), 0o640) }, ErrStoreMode, "mode 0640", "chmod 600 PATH"},
		{"open to the world", func(s *Store) error { return os.Chmod(s.Path(), 0o604) }, ErrStoreMode, "mode 0604", "chmod 600 PATH"},
		{"empty", func(s *Store) error { return os.WriteFile(s.Path(), nil, 0o600) }, ErrDamaged, "damaged", backToPrevious},
		{"half", func(s *Store) error { return os.Truncate(s.Path(), 100) }, ErrDamaged, "damaged", backToPrevious},
		{"newer", func(s *Store) error {
			return os.WriteFile(s.Path(), []byte(`{"version":2,"access_token":"x"}`), 0o600)
		}, ErrNewer, "newer version", ""},
		{"huge", func(s *Store) error { return os.Truncate(s.Path(), maxTokenFile+1) }, ErrDamaged, "too large", backToPrevious},
		{"another profile's", func(s *Store) error {
			return os.WriteFile(s.Path(), []byte(`{"version":1,"access_token":"x","profile":"Work"}`), 0o600)
		}, ErrDamaged, "belongs to profile Work", backToPrevious},
		{"symlink", func(s *Store) error {
			real := s.Path() + ".real"
			return errors.Join(os.Rename(s.Path(), real), os.Symlink(real, s.Path()))
		}, ErrStore, "a symbolic link and not a regular file", "(cd DIR && cp -p work.json work.json.copy && mv work.json.copy work.json)"},
		{"symlink that leads nowhere", func(s *Store) error {
			return errors.Join(os.Remove(s.Path()), os.Symlink("nowhere", s.Path()))
		}, ErrStore, "a symbolic link", ""},
		{"directory", func(s *Store) error { return errors.Join(os.Remove(s.Path()), os.Mkdir(s.Path(), 0o700)) }, ErrStore, "not a regular file", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newTestStore(t)
			if test.kind != ErrSignedOut {
				saveTwice(t, s)
			}
			if err := test.prepare(s); err != nil {
				t.Fatal(err)
			}
			_, err := s.Load()
			e := wantKind(t, err, test.kind)
			if !contains(e.Cause, test.says) {
				t.Errorf("cause %q does not say %q", e.Cause, test.says)
			}
			if fix := strings.NewReplacer("PATH", s.Path(), "DIR", s.dir).Replace(test.fix); e.Fix != fix {
				t.Errorf("fix %q, want %q", e.Fix, fix)
			}
			want := explain.Store
			if test.kind == ErrSignedOut {
				want = explain.SignIn
			}
			if got := explain.Of(err).Class(); got != want {
				t.Errorf("class %v, want %v", got, want)
			}
			if e.Fix != "" {
				wantMended(t, s, e.Fix)
			}
		})
	}
}

// wantMended fails unless the line that was advised makes the store usable, with
// files for the owner alone.
func wantMended(t *testing.T, s *Store, line string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "sh", "-c", "umask 022; "+line).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	if _, err := s.Load(); err != nil {
		t.Errorf("after %s: %v", line, err)
	}
	if err := s.Probe(); err != nil {
		t.Errorf("after %s: %v", line, err)
	}
}

func TestStoreRefusesToWrite(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		prepare func(s *Store) error
		kind    ErrorKind
	}{
		{"symlink", func(s *Store) error { return os.Symlink(filepath.Join(s.dir, "elsewhere"), s.Path()) }, ErrStore},
		{"directory", func(s *Store) error { return os.Mkdir(s.Path(), 0o700) }, ErrStore},
		{"directory open to others", func(s *Store) error { return os.Chmod(s.dir, 0o777) }, ErrStoreMode},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newTestStore(t)
			if err := errors.Join(os.MkdirAll(s.dir, 0o700), test.prepare(s)); err != nil {
				t.Fatal(err)
			}
			wantKind(t, s.Probe(), test.kind)
			_, _, err := s.SaveSignIn(t.Context(), testToken())
			wantKind(t, err, test.kind)
			if _, err := os.Lstat(filepath.Join(s.dir, "elsewhere")); !errors.Is(err, fs.ErrNotExist) {
				t.Error("wrote through the symlink")
			}
		})
	}
}

func TestProbeLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	if err := s.Probe(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil || len(entries) != 0 {
		t.Errorf("%d files after a probe, %v", len(entries), err)
	}
}

func TestSignInKeepsADamagedFileAside(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 3, 12, 0, 0, time.UTC)
	s := newTestStore(t, WithStoreClock(func() time.Time { return at }))
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Path(), []byte("{half a tok"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.check(t.Context()); err != nil {
		t.Fatalf("a damaged file keeps a person from signing in: %v", err)
	}
	if _, _, err := s.SaveSignIn(t.Context(), testToken()); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(s.Path() + ".damaged-20261122T031200Z")
	if err != nil || string(kept) != "{half a tok" {
		t.Errorf("the damaged file is gone: %q, %v", kept, err)
	}
	if got := s.Remains(); len(got) != 2 {
		t.Errorf("remains %v", got)
	}
}

func TestSignInLeavesANewerFileAlone(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	newer := `{"version":7,"secret":"of the future"}`
	if err := errors.Join(os.MkdirAll(s.dir, 0o700), os.WriteFile(s.Path(), []byte(newer), 0o600)); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.check(t.Context()), ErrNewer)
	_, _, err := s.SaveSignIn(t.Context(), testToken())
	wantKind(t, err, ErrNewer)
	if got, err := os.ReadFile(s.Path()); err != nil || string(got) != newer {
		t.Errorf("file is now %q, %v", got, err)
	}
}

func TestSaveSignInStartsAnew(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	old := testToken()
	old.Generation, old.Unknown = 7, map[string]rawJSON{"note": rawJSON(`"kept"`)}
	save(t, s, old)
	fresh := testToken()
	fresh.Unknown = nil
	stored, before, err := s.SaveSignIn(t.Context(), fresh)
	if err != nil {
		t.Fatal(err)
	}
	if stored.Generation != 1 || !stored.SignedInAt.Equal(fresh.ObtainedAt) || before.Generation != 7 {
		t.Errorf("stored %v signed in %s, before %v", stored, stored.SignedInAt, before)
	}
	got, err := s.Load()
	if diff := cmp.Diff(stored, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if string(got.Unknown["note"]) != `"kept"` {
		t.Error("unknown keys are lost by a new sign-in")
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	saveTwice(t, s)
	other := filepath.Join(s.dir, ".work.json.tmp-1.json.tmp-5") // of a profile "work.json.tmp-1"
	left := filepath.Join(s.dir, ".work.json.prev.tmp-77")
	if err := errors.Join(os.WriteFile(other, nil, 0o600), os.WriteFile(left, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := held.Begin(Mark{PID: 1}); err != nil {
		t.Fatal(err)
	}
	gone, err := held.Delete()
	if err = errors.Join(err, held.Unlock()); err != nil || len(gone) != 4 {
		t.Fatalf("deleted %v, %v", gone, err)
	}
	if got := s.Remains(); len(got) != 0 {
		t.Errorf("remains %v", got)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error("another profile's file was deleted")
	}
	if _, err := os.Stat(s.lockPath()); err != nil {
		t.Error("the lock file was removed while others may wait for it")
	}
}

func TestProfileNames(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"default", "work", "a", "A.b-c_9", strings.Repeat("x", 64)} {
		if err := CheckProfile(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", ".", "..", ".hidden", "a/b", "../x", "a b", "ä", "a\x00b", "a\n", strings.Repeat("x", 65), "~", "-/"} {
		if _, err := NewStore(t.TempDir(), bad); !errors.Is(err, ErrUsage) {
			t.Errorf("%q is accepted: %v", bad, err)
		}
	}
}

func TestMissingRightsHaveARemedy(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	save(t, s, testToken())
	denied := &fs.PathError{Op: "open", Path: s.Path(), Err: fs.ErrPermission} // root is never denied
	fix := func() string {
		var e *Error
		if !errors.As(s.trouble("read tokens", s.Path(), denied), &e) {
			t.Fatal("not an *Error")
		}
		return e.Fix
	}
	if got := fix(); got != "" {
		t.Errorf("all rights are there, and %q is advised", got)
	}
	if err := os.Chmod(s.Path(), 0o400); err != nil {
		t.Fatal(err)
	}
	if got := fix(); got != "chmod 600 "+s.Path() {
		t.Errorf("got %q", got)
	}
	if err := os.Chmod(s.dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if got := fix(); got != "chmod 700 "+s.dir {
		t.Errorf("got %q", got)
	}
	if err := os.Chmod(s.dir, 0o700); err != nil {
		t.Fatal(err)
	}
}
