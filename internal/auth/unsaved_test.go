package auth

import (
	"errors"
	"os"
	"testing"
	"time"

	"zoomtui/internal/explain"
)

func TestUnsavedAnswerIsStoredLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	source := w.source()
	first := make(chan error, 1)
	go func() {
		_, err := source.Token(t.Context())
		first <- err
	}()
	<-gate.arrived
	parked := w.dir + ".parked"
	if err := errors.Join(os.Rename(w.dir, parked), os.WriteFile(w.dir, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	close(gate.open)
	if err := <-first; explain.Of(err).Class() != explain.Store {
		t.Fatalf("a store that broke in between gives %v", err)
	}
	if err := errors.Join(os.Remove(w.dir), os.Rename(parked, w.dir)); err != nil {
		t.Fatal(err)
	}
	got, err := source.Token(t.Context())
	if err != nil || got.Generation != 2 || w.refreshes() != 1 {
		t.Fatalf("the answer in memory was not stored: generation %d after %d refreshes (%v)", got.Generation, w.refreshes(), err)
	}
}

func TestUnsavedAnswerDoesNotReplaceANewSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	source := w.source()
	lost := old
	lost.AccessToken, lost.RefreshToken, lost.Generation = "lost-access", "lost-refresh", 2
	source.unsaved = &debt{token: lost, replaces: old}
	again := w.signIn()
	got, err := source.Token(t.Context())
	if err != nil || got.AccessToken != again.AccessToken {
		t.Fatalf("the newer sign-in does not count: %v (%v)", got, err)
	}
	if stored, err := w.opts.Store.Load(); err != nil || stored.RefreshToken != again.RefreshToken {
		t.Fatalf("the newer sign-in was overwritten: %v", err)
	}
}

// spoiled gives a source whose refreshed tokens could not be stored: the disk
// was full when the answer came. mend gives the store back.
func spoiled(t *testing.T, w *world) (source *Source, mend func()) {
	t.Helper()
	gate := newGateTransport(w.opts.HTTP.Transport)
	source = w.source(func(o *SourceOptions) { o.HTTP = client(gate) })
	failed := make(chan error, 1)
	go func() {
		_, err := source.TokenWith(t.Context(), TokenRequest{Force: true})
		failed <- err
	}()
	<-gate.arrived
	parked := w.dir + ".parked"
	if err := errors.Join(os.Rename(w.dir, parked), os.WriteFile(w.dir, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	close(gate.open)
	if err := <-failed; err == nil {
		t.Fatal("stored all the same")
	}
	return source, func() {
		if err := errors.Join(os.Remove(w.dir), os.Rename(parked, w.dir)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCloseStoresAnUnsavedAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	source, mend := spoiled(t, w)
	if err := source.Close(); err == nil {
		t.Error("the loss is not told")
	}
	mend()
	if err := source.Close(); err != nil {
		t.Fatal(err)
	}
	stored, err := w.opts.Store.Load()
	if err != nil || stored.Generation != 2 {
		t.Fatalf("generation %d, %v", stored.Generation, err)
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Errorf("the next start: %v", err)
	}
}

func TestCloseDoesNotUndoALogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	source, mend := spoiled(t, w)
	mend()
	if _, err := w.opts.Store.Delete(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := source.Close(); err != nil {
		t.Error(err)
	}
	if _, err := w.opts.Store.Load(); !errors.Is(err, ErrSignedOut) {
		t.Errorf("tokens came back: %v", err)
	}
}

// TestUnsavedAnswerOutlivesTheProgram: the file cannot be replaced, and the program
// ends before somebody mends that.
func TestUnsavedAnswerOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	path := w.opts.Store.Path()
	gate := newGateTransport(w.opts.HTTP.Transport)
	source := w.source(func(o *SourceOptions) { o.HTTP = client(gate) })
	failed := make(chan error, 1)
	go func() {
		_, err := source.TokenWith(t.Context(), TokenRequest{Force: true})
		failed <- err
	}()
	<-gate.arrived
	if err := errors.Join(os.Rename(path, path+".real"), os.Mkdir(path, dirMode)); err != nil {
		t.Fatal(err)
	}
	close(gate.open)
	if err := <-failed; explain.Of(err).Class() != explain.Store {
		t.Fatalf("a file that cannot be replaced gives %v", err)
	}
	if err := source.Close(); err == nil {
		t.Error("the program ends well")
	}
	if err := errors.Join(os.Remove(path), os.Rename(path+".real", path)); err != nil {
		t.Fatal(err)
	}
	w.clock.forward(2 * time.Hour)
	got, err := w.source().Token(t.Context())
	if err != nil || got.Generation != 3 {
		t.Errorf("the answer is lost: generation %d, %v", got.Generation, err)
	}
	if left := w.opts.Store.temps(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
