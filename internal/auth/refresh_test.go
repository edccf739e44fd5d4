package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/explain"
)

func TestRevokedGrantLeavesEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	before := w.files()
	w.fault("revoke-grant", true)
	w.clock.forward(time.Hour)
	source := w.source()
	_, err := source.Token(t.Context())
	e := wantKind(t, err, ErrGrantEnded)
	if e.OAuth != "invalid_grant" || e.HTTPStatus != 400 || e.TrackingID == "" || e.Message != "Invalid refresh token" {
		t.Errorf("facts are incomplete: %+v", e.Facts())
	}
	if explain.Of(err).Class() != explain.SignIn {
		t.Errorf("class is %v, want sign-in", explain.Of(err).Class())
	}
	if diff := cmp.Diff(before, w.files()); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
	for range 3 { // a dashboard that ticks on
		if _, err := source.Token(t.Context()); !errors.Is(err, ErrGrantEnded) {
			t.Errorf("second answer is %v", err)
		}
	}
	if w.refreshes() != 1 {
		t.Errorf("a dead refresh token was sent %d times", w.refreshes())
	}
	if _, err := source.TokenWith(t.Context(), TokenRequest{Force: true}); !errors.Is(err, ErrGrantEnded) || w.refreshes() != 2 {
		t.Errorf("a person who insists was not heard: %d (%v)", w.refreshes(), err)
	}
	again := w.signIn()
	if got, err := source.Token(t.Context()); err != nil || got.AccessToken != again.AccessToken {
		t.Errorf("a new sign-in does not help the running source: %v", err)
	}
}

// Two timers that looked at the same old token refresh it once.
func TestForceOfWhatWasSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	first, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true, Seen: &old})
	if err != nil || first.same(old) {
		t.Fatalf("%v, %v", first, err)
	}
	second, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true, Seen: &old})
	if err != nil || !second.same(first) || w.refreshes() != 1 {
		t.Errorf("%v after %v, %v; %d refreshes, want 1", second, first, err, w.refreshes())
	}
	third, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true, Seen: &first})
	if err != nil || third.same(first) || w.refreshes() != 2 {
		t.Errorf("%v, %v; %d refreshes, want 2", third, err, w.refreshes())
	}
}

func TestAccessTokenOutlivesARefusedRenewal(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	w.fault("revoke-grant", true)
	w.clock.forward(56 * time.Minute)
	source := w.source()
	if _, err := source.Renew(t.Context()); !errors.Is(err, ErrGrantEnded) {
		t.Fatal(err)
	}
	if got, err := source.Token(t.Context()); err != nil || got.AccessToken != signed.AccessToken {
		t.Errorf("the token that still lives is withheld: %v", err)
	}
}

func TestUnwritableStoreIsFoundBeforeZoomIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	w.clock.forward(time.Hour)
	// Works for root too: the directory is gone and a file stands in its place.
	parked := w.dir + ".parked"
	if err := os.Rename(w.dir, parked); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	source := w.source()
	_, err := source.TokenWith(t.Context(), TokenRequest{Force: true})
	if explain.Of(err).Class() != explain.Store || w.refreshes() != 0 {
		t.Fatalf("class %v after %d refreshes (%v)", explain.Of(err).Class(), w.refreshes(), err)
	}
	if err := errors.Join(os.Remove(w.dir), os.Rename(parked, w.dir)); err != nil {
		t.Fatal(err)
	}
	if got, err := source.Token(t.Context()); err != nil || got.Generation != signed.Generation+1 {
		t.Errorf("a mended store is not used: %v", err)
	}
}

func TestMarkThatCannotBeWrittenStopsTheRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	if err := os.Mkdir(w.opts.Store.markPath(), 0o700); err != nil { // something that cannot be replaced
		t.Fatal(err)
	}
	_, err := w.source().Token(t.Context())
	if explain.Of(err).Class() != explain.Store || w.refreshes() != 0 {
		t.Errorf("class %v after %d refreshes (%v)", explain.Of(err).Class(), w.refreshes(), err)
	}
}

func TestCutAfterRotationIsExplained(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.signIn()
	w.clock.forward(time.Hour)
	w.fault("cut-after-rotation", true)
	if _, err := w.source().Token(t.Context()); !errors.Is(err, ErrNetwork) {
		t.Fatalf("a cut connection is %v", err)
	}
	if w.refreshes() != 1 {
		t.Fatalf("a refresh that may have reached Zoom was sent %d times", w.refreshes())
	}
	mark, there := w.opts.Store.Mark()
	if !there || mark.PID != os.Getpid() || mark.Command != "test" || mark.At.IsZero() {
		t.Fatalf("the mark does not tell of the cut: %+v", mark)
	}
	_, err := w.source().Token(t.Context()) // another process, later
	e := wantKind(t, err, ErrGrantEnded)
	if want := "was cut off"; !contains(e.Cause, want) || !contains(e.Cause, "test, pid") {
		t.Errorf("cause %q does not explain it", e.Cause)
	}
	if problem := explain.Of(err); !contains(problem.Why, "was cut off") {
		t.Errorf("a person is told %q", problem.Why)
	}
	if _, there := w.opts.Store.Mark(); !there {
		t.Error("the evidence was removed")
	}
	w.signIn()
	if _, there := w.opts.Store.Mark(); there {
		t.Error("a new sign-in leaves the old mark")
	}
}

func TestCutWithGraceGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	w.fault("cut-after-rotation-grace", true)
	source := w.source()
	if _, err := source.Token(t.Context()); !errors.Is(err, ErrNetwork) {
		t.Fatalf("a cut connection is %v", err)
	}
	got, err := source.Token(t.Context())
	if err != nil || got.Generation != 2 {
		t.Fatalf("the old token was not tried once more: %v", err)
	}
	if _, there := w.opts.Store.Mark(); there {
		t.Error("the mark outlives a good refresh")
	}
}

func TestCallerWhoLeavesLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	source := w.source()
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := source.Token(ctx)
		left <- err
	}()
	<-gate.arrived // Zoom is being asked
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Fatalf("the caller got %v", err)
	}
	close(gate.open)
	source.Close() // what a program does before it ends
	stored, err := w.opts.Store.Load()
	if err != nil || stored.Generation != 2 {
		t.Fatalf("the rotated token was lost: generation %d, %v", stored.Generation, err)
	}
	if _, there := w.opts.Store.Mark(); there {
		t.Error("the mark is left over")
	}
}

func TestAllLeftBeforeZoomWasAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	held, err := w.opts.Store.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	source := w.source()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := source.Token(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("waiting for the lock ended with %v", err)
	}
	source.Close()
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	if w.refreshes() != 0 {
		t.Error("Zoom was asked for nobody")
	}
}

func TestLockHeldTooLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	held, err := w.opts.Store.as("dashboard").Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Unlock() }()
	// The mark of a refresh that was cut off says nothing of who holds the lock now.
	if err := held.Begin(Mark{At: w.clock.now(), PID: 4121, Command: "token", Fingerprint: "abcdef"}); err != nil {
		t.Fatal(err)
	}
	w.opts.Store = w.store(withLockWait(30 * time.Millisecond))
	_, err = w.source().Token(t.Context())
	e := wantKind(t, err, ErrLocked)
	if !contains(e.Cause, fmt.Sprintf("zoomtui dashboard, pid %d", os.Getpid())) || explain.Of(err).Class() != explain.Store {
		t.Errorf("it is not said who holds the lock: %v", err)
	}
}

func TestNoSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	_, err := w.source().Token(t.Context())
	wantKind(t, err, ErrSignedOut)
	if explain.Of(err).Class() != explain.SignIn {
		t.Errorf("class is %v", explain.Of(err).Class())
	}
	if _, err := os.Stat(w.dir); err == nil {
		t.Error("looking for tokens made a directory")
	}
}

func TestTokenOfAnotherAppIsNotUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	w.opts.App.ClientID = "AnotherClient000000042"
	_, err := w.source().Token(t.Context())
	e := wantKind(t, err, ErrSignedOut)
	if w.refreshes() != 0 || !contains(e.Cause, "…0042") {
		t.Errorf("%d refreshes with a foreign app: %v", w.refreshes(), err)
	}
}

func TestEventsTellTheHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	var events []Event
	source := w.source(func(o *SourceOptions) { o.Observe = func(e Event) { events = append(events, e) } })
	w.fault("drop-scope-user", true)
	got, err := source.TokenWith(t.Context(), TokenRequest{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != 1 {
		t.Fatalf("%d events", len(events))
	}
	e := events[0]
	if e.OldFingerprint != Fingerprint(signed.RefreshToken) || e.NewFingerprint != Fingerprint(got.RefreshToken) || e.Generation != 2 {
		t.Errorf("event does not say what became of what: %+v", e)
	}
	if diff := cmp.Diff([]string{"user:read:user"}, e.Scopes.Removed); diff != "" {
		t.Errorf("scope that Zoom took away:\n%s", diff)
	}
}

func TestUnknownKeysSurviveARefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	path := filepath.Join(w.dir, "work.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := `{"note":{"of":["a person",12345678901234567890]},` + string(data[1:])
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Fatal(err)
	}
	got, err := w.opts.Store.Load()
	if err != nil || !contains(compact(got.Unknown["note"]), "12345678901234567890") {
		t.Errorf("the note is gone: %s (%v)", got.Unknown["note"], err)
	}
}

// rival answers the first refresh with invalid_grant, after another program that
// does not lock has written newer tokens.
func rival(t *testing.T, w *world, newer Token) http.RoundTripper {
	t.Helper()
	var once sync.Once
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		var resp *http.Response
		once.Do(func() {
			data, err := encodeToken(newer)
			if err == nil {
				err = atomicfile.Write(w.opts.Store.Path(), data, nil)
			}
			if err != nil {
				t.Error(err)
			}
			resp = reply(400, `{"reason":"Invalid Token!","error":"invalid_grant"}`)
		})
		if resp != nil {
			return resp, nil
		}
		return w.opts.HTTP.Transport.RoundTrip(r)
	})
}

func TestRefusedButSomebodyElseRefreshed(t *testing.T) {
	t.Parallel()
	for name, left := range map[string]time.Duration{"good": time.Hour, "expired too": -time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			newer := w.signIn()
			old := newer
			old.AccessToken, old.RefreshToken = "old-access", "old-refresh"
			save(t, w.opts.Store, old)
			w.clock.forward(time.Hour)
			newer.Generation = 5
			newer.ObtainedAt, newer.ExpiresAt = w.clock.now(), w.clock.now().Add(left)
			rt := rival(t, w, newer)
			source := w.source(func(o *SourceOptions) { o.HTTP = client(rt) })
			got, err := source.Token(t.Context())
			if err != nil {
				t.Fatalf("the newer tokens are not used: %v", err)
			}
			wantGeneration, wantRefreshes := 5, 0
			if left < 0 {
				wantGeneration, wantRefreshes = 6, 1
			}
			if got.Generation != wantGeneration || w.refreshes() != wantRefreshes {
				t.Errorf("generation %d after %d more refreshes", got.Generation, w.refreshes())
			}
		})
	}
}
