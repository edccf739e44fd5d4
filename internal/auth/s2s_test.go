package auth

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestServerToServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, S2S)
	source := w.source()
	first, err := source.Token(t.Context())
	if err != nil || first.RefreshToken != "" || first.Generation != 1 || first.SignedInAt.IsZero() {
		t.Fatalf("first token: %v (%v)", first, err)
	}
	if got, err := w.source().Token(t.Context()); err != nil || got.AccessToken != first.AccessToken {
		t.Errorf("the stored token is not shared: %v", err)
	}
	w.clock.forward(time.Hour)
	second, err := source.Token(t.Context())
	if err != nil || second.AccessToken == first.AccessToken || second.Generation != 2 {
		t.Errorf("no second token: %v", err)
	}
	if n := w.zoom.Counts()["token.account_credentials"]; n != 2 {
		t.Errorf("asked %d times", n)
	}
}

func TestServerToServerWithoutAStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, S2S)
	if err := os.WriteFile(w.dir, nil, 0o600); err != nil { // a file where the directory should be
		t.Fatal(err)
	}
	var events []Event
	source := w.source(func(o *SourceOptions) { o.Observe = func(e Event) { events = append(events, e) } })
	first, err := source.Token(t.Context())
	if err != nil {
		t.Fatalf("a container without a store gets no token: %v", err)
	}
	if again, err := source.Token(t.Context()); err != nil || again.AccessToken != first.AccessToken {
		t.Errorf("the token in memory is not used again: %v", err)
	}
	w.clock.forward(time.Hour)
	if second, err := source.Token(t.Context()); err != nil || second.AccessToken == first.AccessToken {
		t.Errorf("the token in memory is used for ever: %v", err)
	}
	if len(events) != 2 || kindOf(events[0].Unstored) != ErrStore || events[0].Err != nil {
		t.Errorf("it is not told that nothing is stored: %+v", events)
	}
	if err := os.Remove(w.dir); err != nil {
		t.Fatal(err)
	}
	w.clock.forward(time.Hour)
	third, err := source.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if stored, err := w.opts.Store.Load(); err != nil || stored.AccessToken != third.AccessToken {
		t.Errorf("a store that is there again is not used: %v", err)
	}
}

func TestStaticSource(t *testing.T) {
	t.Parallel()
	source := StaticSource("a-token-from-outside", Options{})
	got, err := source.Token(t.Context())
	if err != nil || got.AccessToken != "a-token-from-outside" {
		t.Fatalf("%v (%v)", got, err)
	}
	_, err = source.TokenWith(t.Context(), TokenRequest{Force: true})
	wantKind(t, err, ErrUsage)
	if base, err := source.APIBase(t.Context()); err != nil || base != "https://api.zoom.us" {
		t.Errorf("base %q (%v)", base, err)
	}
}

// TestServerToServerKeepsASignIn: the environment names a Server-to-Server app, and
// the profile's file holds a person's sign-in. Its refresh token works once and is
// nowhere else; an access token of the other app can be fetched again.
func TestServerToServerKeepsASignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	person := w.opts.App
	before := w.files()
	w.opts.App = w.app(S2S)
	var events []Event
	source := w.source(func(o *SourceOptions) { o.Observe = func(e Event) { events = append(events, e) } })
	for range 2 {
		if got, err := source.Token(t.Context()); err != nil || got.Kind != S2S {
			t.Fatalf("%v (%v)", got, err)
		}
		w.clock.forward(2 * time.Hour)
	}
	if diff := cmp.Diff(before, w.files()); diff != "" {
		t.Errorf("the files have changed: %s", diff)
	}
	if len(events) != 2 || kindOf(events[0].Unstored) != ErrStore || !contains(events[0].Unstored.Error(), "sign-in") {
		t.Errorf("it is not told why nothing is stored: %+v", events)
	}
	w.opts.App = person
	if got, err := w.source().Token(t.Context()); err != nil || got.Generation != 2 {
		t.Errorf("the sign-in is lost: %v", err)
	}
}

// TestServerToServerHealsItsStore: nobody can sign in to such an app again, so what
// is damaged must not stand in its way.
func TestServerToServerHealsItsStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, S2S)
	if err := errors.Join(os.MkdirAll(w.dir, dirMode), os.WriteFile(w.opts.Store.Path(), []byte("{half a tok"), fileMode)); err != nil {
		t.Fatal(err)
	}
	got, err := w.source().Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if stored, err := w.opts.Store.Load(); err != nil || stored.AccessToken != got.AccessToken {
		t.Errorf("it is not stored: %v", err)
	}
	if aside := w.opts.Store.aside(); len(aside) != 1 {
		t.Errorf("the damaged file was not kept: %v", aside)
	}
}
