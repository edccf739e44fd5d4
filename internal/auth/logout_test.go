package auth

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func TestLogout(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Public, Confidential} {
		for name, age := range map[string]time.Duration{"fresh": 0, "after an hour": 2 * time.Hour} {
			t.Run(string(kind)+" "+name, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, kind)
				w.signIn()
				w.clock.forward(age)
				r, err := Logout(t.Context(), w.opts)
				if err != nil || !r.Revoked || r.RevokeErr != nil || len(r.Deleted) == 0 || len(r.Remains) != 0 {
					t.Fatalf("%+v, %v", r, err)
				}
				if _, err := w.source().Token(t.Context()); !errors.Is(err, ErrSignedOut) {
					t.Errorf("after the logout: %v", err)
				}
				if files := w.files(); len(files) != 0 {
					t.Errorf("%d files are left", len(files))
				}
			})
		}
	}
}

func TestLogoutWithoutZoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	aside := w.opts.Store.Path() + ".damaged-20260101T000000Z"
	if err := os.WriteFile(aside, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.opts.HTTP = client(roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("offline") }))
	r, err := Logout(t.Context(), w.opts)
	if err != nil || r.Revoked || !errors.Is(r.RevokeErr, ErrNetwork) || len(r.Deleted) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if len(r.Remains) != 1 || r.Remains[0] != aside {
		t.Errorf("remains %v", r.Remains)
	}
}

// TestLogoutOfWhatCannotBeDeleted: a logout is whole or not begun. A directory in the
// place of the previous generation stops the deleting, also for root.
func TestLogoutOfWhatCannotBeDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	in := filepath.Join(w.opts.Store.prevPath(), "in")
	if err := os.MkdirAll(in, 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := Logout(t.Context(), w.opts)
	if !errors.Is(err, ErrStore) || r.Revoked {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := os.RemoveAll(w.opts.Store.prevPath()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Errorf("the sign-in is spoiled: %v", err)
	}
}

func TestLogoutTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	r, err := Logout(t.Context(), w.opts)
	if err != nil || r.Revoked || len(r.Deleted) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestLogoutRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(path string) error
		kind  ErrorKind
	}{
		{"open to others", func(path string) error { return os.Chmod(path, 0o644) }, ErrStoreMode},
		{"newer", func(path string) error { return os.WriteFile(path, []byte(`{"version":9}`), 0o600) }, ErrNewer},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.signIn()
			if err := test.spoil(w.opts.Store.Path()); err != nil {
				t.Fatal(err)
			}
			_, err := Logout(t.Context(), w.opts)
			wantKind(t, err, test.kind)
			if _, err := os.Stat(w.opts.Store.Path()); err != nil {
				t.Error("the tokens were deleted all the same")
			}
		})
	}
}

func TestLogoutDeletesADamagedFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	if err := os.WriteFile(w.opts.Store.Path(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Logout(t.Context(), w.opts)
	if err != nil || r.Revoked || len(r.Remains) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// whileAsked calls do when the first request to a path of Zoom's is made.
func whileAsked(w *world, path string, do func()) {
	base, did := w.opts.HTTP.Transport, false
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == path && !did {
			did = true
			do()
		}
		return base.RoundTrip(r)
	}))
}

// TestLogoutLeavesANewerSignIn: while Zoom is asked to end one sign-in, somebody
// makes another in a second terminal.
func TestLogoutLeavesANewerSignIn(t *testing.T) {
	t.Parallel()
	for _, before := range []string{"lives", "has run out"} {
		t.Run(before, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			w.signIn()
			other := &world{t: t, zoom: w.zoom, clock: w.clock, dir: w.dir, opts: w.opts}
			var again Token
			if before == "lives" {
				whileAsked(w, "/oauth/revoke", func() { again = other.signIn() })
			} else { // then it is renewed before it is revoked, and that must not be the other
				w.clock.forward(2 * time.Hour)
				var once sync.Once
				w.countSecrets(func(context.Context) error {
					once.Do(func() { again = other.signIn() })
					return nil
				})
			}
			r, err := Logout(t.Context(), w.opts)
			if before == "has run out" && r.Revoked {
				t.Error("the newer sign-in was ended at Zoom")
			}
			wantNewerLeft(t, w, r, err, again)
		})
	}
}

// wantNewerLeft fails unless the newer sign-in is there and works.
func wantNewerLeft(t *testing.T, w *world, r LogoutResult, err error, again Token) {
	t.Helper()
	if err != nil || !r.Newer || len(r.Deleted) != 0 || len(r.Remains) == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if stored, err := w.opts.Store.Load(); err != nil || stored.AccessToken != again.AccessToken {
		t.Fatalf("the newer sign-in is gone: %v", err)
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Errorf("the newer sign-in does not work: %v", err)
	}
}

func TestLogoutDeletesALaterGeneration(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	other := &world{t: t, zoom: w.zoom, clock: w.clock, dir: w.dir, opts: w.opts}
	whileAsked(w, "/oauth/revoke", func() { // a dashboard refreshes at this moment
		if _, err := other.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
			t.Error(err)
		}
	})
	r, err := Logout(t.Context(), w.opts)
	if err != nil || r.Newer || len(r.Deleted) == 0 || len(r.Remains) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
