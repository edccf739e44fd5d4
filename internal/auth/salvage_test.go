package auth

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/explain"
)

// leave writes a file as a killed writer of the token file leaves it.
func leave(t *testing.T, s *Store, data []byte) (path string) {
	t.Helper()
	path = filepath.Join(s.dir, ".work.json.tmp-123456")
	if err := os.WriteFile(path, data, fileMode); err != nil {
		t.Fatal(err)
	}
	return path
}

// undoRename makes the state before the rename of a save: the new tokens are in a
// temporary file, and the mark is there.
func undoRename(t *testing.T, w *world, old Token) (fresh Token) {
	t.Helper()
	fresh, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	s := w.opts.Store
	leave(t, s, mustEncode(t, fresh))
	err = errors.Join(
		os.WriteFile(s.Path(), mustEncode(t, old), fileMode),
		holding(t, s, func(h *Held) error {
			return h.Begin(Mark{At: w.clock.now(), PID: 4121, Command: "token", Fingerprint: Fingerprint(old.RefreshToken)})
		}),
	)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestAnswerOfAKilledProcessIsUsed(t *testing.T) {
	t.Parallel()
	for name, later := range map[string]time.Duration{"its access token lives": 0, "its access token is over": 2 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			old := w.signIn()
			w.clock.forward(2 * time.Hour) // what is in place is too old
			fresh := undoRename(t, w, old)
			w.clock.forward(later)
			var events []Event
			got, err := w.source(func(o *SourceOptions) { o.Observe = func(e Event) { events = append(events, e) } }).Token(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantGeneration, wantRefreshes := 2, 1
			if later > 0 {
				wantGeneration, wantRefreshes = 3, 2
			}
			if got.Generation != wantGeneration || w.refreshes() != wantRefreshes {
				t.Errorf("generation %d after %d refreshes, want %d after %d", got.Generation, w.refreshes(), wantGeneration, wantRefreshes)
			}
			e := events[0]
			if e.Tried != TriedLeftover || e.Err != nil || e.NewFingerprint != Fingerprint(fresh.RefreshToken) ||
				e.AccessFingerprint != fresh.Fingerprint() || e.OldFingerprint != Fingerprint(old.RefreshToken) ||
				e.CutOff == nil || e.CutOff.PID != 4121 || e.PID != os.Getpid() {
				t.Errorf("the history is not told: %+v", e)
			}
			if previous, err := w.opts.Store.Previous(); err != nil || previous.Generation != wantGeneration-1 {
				t.Errorf("the previous generation is %v (%v)", previous, err)
			}
			if _, there := w.opts.Store.Mark(); there {
				t.Error("the mark is left over")
			}
		})
	}
}

// TestGoodTokenNeedsNoRepair: what a killed process left waits until a refresh is
// needed; a token that lives costs one file read.
func TestGoodTokenNeedsNoRepair(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	undoRename(t, w, old)
	before := w.files()
	if got, err := w.source().Token(t.Context()); err != nil || got.AccessToken != old.AccessToken {
		t.Error(err)
	}
	if diff := cmp.Diff(before, w.files()); diff != "" {
		t.Error(diff)
	}
}

// TestMissingTokenFileIsNoSignIn: no step of a refresh takes the token file away,
// and a logout does. What it did not get to is not a sign-in.
func TestMissingTokenFileIsNoSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	w.clock.forward(2 * time.Hour)
	fresh := undoRename(t, w, old)
	save(t, w.opts.Store, fresh) // so that there is a previous generation, too
	leave(t, w.opts.Store, mustEncode(t, fresh))
	if err := os.Remove(w.opts.Store.Path()); err != nil {
		t.Fatal(err)
	}
	before := w.files()
	if _, err := w.source().Token(t.Context()); !errors.Is(err, ErrSignedOut) {
		t.Errorf("tokens come back: %v", err)
	}
	if diff := cmp.Diff(before, w.files()); diff != "" || w.refreshes() != 1 {
		t.Errorf("%d refreshes\n%s", w.refreshes(), diff)
	}
	if _, err := Logout(t.Context(), w.opts); err != nil || len(w.files()) != 0 {
		t.Errorf("a logout leaves %d files (%v)", len(w.files()), err)
	}
}

// TestLogoutTakesTheTokenFileLast: one that is killed in between must not look
// complete while tokens are still there.
func TestLogoutTakesTheTokenFileLast(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	saveTwice(t, s)
	leave(t, s, mustEncode(t, testToken()))
	var gone []string
	err := holding(t, s, func(h *Held) (err error) { gone, err = h.Delete(); return err })
	if err != nil || gone[len(gone)-1] != s.Path() || len(gone) != 3 {
		t.Errorf("%v, %v", gone, err)
	}
}

// TestOldCopyIsNotSent: a backup of the token file was put back. Its refresh token
// was replaced long ago; the previous generation is newer.
func TestOldCopyIsNotSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	backup := w.signIn()
	source := w.source()
	var last Token
	for range 3 {
		var err error
		if last, err = source.TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
			t.Fatal(err)
		}
	}
	s := w.opts.Store
	if err := errors.Join(os.WriteFile(s.prevPath(), mustEncode(t, last), fileMode), os.WriteFile(s.Path(), mustEncode(t, backup), fileMode)); err != nil {
		t.Fatal(err)
	}
	w.clock.forward(2 * time.Hour)
	got, err := w.source().Token(t.Context())
	if err != nil || got.Generation != last.Generation+1 || w.refreshes() != 4 {
		t.Errorf("generation %d after %d refreshes (%v)", got.Generation, w.refreshes(), err)
	}
}

// TestNewSignInOfAKilledProcessIsUsed: Zoom has replaced the sign-in before, so the
// left-over is the only one that works.
func TestNewSignInOfAKilledProcessIsUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	w.clock.forward(2 * time.Hour)
	again := w.signIn()
	s := w.opts.Store
	leave(t, s, mustEncode(t, again))
	if err := errors.Join(os.WriteFile(s.Path(), mustEncode(t, old), fileMode), os.Remove(s.prevPath())); err != nil {
		t.Fatal(err)
	}
	if got, err := w.source().Token(t.Context()); err != nil || got.AccessToken != again.AccessToken || w.refreshes() != 0 {
		t.Errorf("%d refreshes, %v", w.refreshes(), err)
	}
}

// TestLeftoverThatCannotBeReadStops: it may be the only copy of the next tokens.
func TestLeftoverThatCannotBeReadStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(2 * time.Hour)
	path := leave(t, w.opts.Store, []byte(`{"version":7,"access_token":"x"}`))
	_, err := w.source().Token(t.Context())
	wantKind(t, err, ErrNewer)
	if _, statErr := os.Stat(path); statErr != nil || w.refreshes() != 0 {
		t.Errorf("%d refreshes, %v", w.refreshes(), statErr)
	}
}

func TestLeftoversThatAreNone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		make func(path string) error
	}{
		{"a link", func(path string) error { return os.Symlink("/etc/hostname", path) }},
		{"open to others", func(path string) error { return os.Chmod(path, 0o644) }},
		{"nothing in it", func(path string) error { return os.Truncate(path, 0) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			signed := w.signIn()
			w.clock.forward(2 * time.Hour)
			foreign := signed
			foreign.Generation, foreign.RefreshToken = 2, "planted"
			path := leave(t, w.opts.Store, mustEncode(t, foreign))
			if test.name == "a link" {
				_ = os.Remove(path)
			}
			if err := test.make(path); err != nil {
				t.Fatal(err)
			}
			if got, err := w.source().Token(t.Context()); err != nil || got.Generation != 2 || w.refreshes() != 1 {
				t.Errorf("generation %d after %d refreshes (%v)", got.Generation, w.refreshes(), err)
			}
			if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("it is still there: %v", err)
			}
		})
	}
}

// TestMoveTakesTheNewestTokens: a spent refresh token would be of no use elsewhere.
func TestMoveTakesTheNewestTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	fresh := undoRename(t, w, old)
	var out Token
	err := holding(t, w.opts.Store, func(h *Held) (err error) { out, err = h.MarkMoved(); return err })
	if err != nil || out.RefreshToken != fresh.RefreshToken {
		t.Errorf("%v (%v)", out, err)
	}
	if left := atomicfile.Leftovers(w.opts.Store.Path()); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// TestCutOffAndNoneIsTaken: Zoom rotated, the answer was lost, and it takes neither
// the token that was sent nor the one before.
func TestCutOffAndNoneIsTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.signIn()
	source := w.source()
	if _, err := source.TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Fatal(err)
	}
	w.clock.forward(2 * time.Hour)
	w.fault("cut-after-rotation", true)
	if _, err := w.source().Token(t.Context()); !errors.Is(err, ErrNetwork) {
		t.Fatal(err)
	}
	before := w.files()
	var events []Event
	later := w.source(func(o *SourceOptions) { o.Observe = func(e Event) { events = append(events, e) } })
	_, err := later.Token(t.Context())
	e := wantKind(t, err, ErrGrantEnded)
	mark, there := w.opts.Store.Mark()
	if !there || !contains(e.Cause, "a refresh was cut off "+when(mark.At)+" (zoomtui test, pid ") {
		t.Errorf("it is explained by %q", e.Cause)
	}
	if !contains(e.Cause, "the one before it was refused as well") {
		t.Errorf("it is not said that both were tried: %q", e.Cause)
	}
	if p := explain.Of(err); p.Class() != explain.SignIn || !contains(p.What, "cut off") {
		t.Errorf("a person is told %q", p.What)
	}
	if diff := cmp.Diff(before, w.files()); diff != "" {
		t.Errorf("something was thrown away:\n%s", diff)
	}
	if len(events) != 2 || events[0].Tried != "" || events[1].Tried != TriedPrevious || events[1].Err == nil {
		t.Errorf("events %+v", events)
	}
	asked := w.refreshes()
	if _, err := later.Token(t.Context()); !errors.Is(err, ErrGrantEnded) || w.refreshes() != asked {
		t.Errorf("a dead sign-in was asked for again: %v", err)
	}
}

// TestWithoutACutTheTokenBeforeIsNotTried: it was used up properly.
func TestWithoutACutTheTokenBeforeIsNotTried(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	source := w.source()
	if _, err := source.TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Fatal(err)
	}
	w.fault("revoke-grant", true)
	if _, err := source.TokenWith(t.Context(), TokenRequest{Force: true}); !errors.Is(err, ErrGrantEnded) || w.refreshes() != 2 {
		t.Errorf("%d refreshes (%v)", w.refreshes(), err)
	}
}

// TestProbeBesideARepair: a sign-in looks at the store without the lock, and the
// holder of the lock takes its file for a left-over.
func TestProbeBesideARepair(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	save(t, s, testToken())
	stop := make(chan struct{})
	done := make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if err := s.Probe(); err != nil {
				done <- err
				return
			}
		}
	}()
	for range 50 {
		if err := holding(t, s, func(h *Held) error { _, _, err := h.salvage(testToken()); return err }); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
