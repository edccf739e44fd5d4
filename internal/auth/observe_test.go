package auth

import (
	"errors"
	"net/http"
	"os"
	"sync"
	"testing"

	"zoomtui/internal/sandbox"
)

// watchEvents collects what a world's parts tell.
func watchEvents(w *world) func() []Event {
	var mu sync.Mutex
	var events []Event
	w.opts.Observe = func(e Event) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, e)
	}
	return func() []Event {
		mu.Lock()
		defer mu.Unlock()
		return append([]Event(nil), events...)
	}
}

func TestSignInsAreTold(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*testing.T, *world) *Login{
		"callback": func(t *testing.T, w *world) *Login {
			l := w.login()
			if err := (sandbox.Browser{}).Allow(t.Context(), l.URL()); err != nil {
				t.Error(err)
			}
			return l
		},
		"paste": func(t *testing.T, w *world) *Login {
			l := w.login()
			if err := l.Paste(w.answer(l)); err != nil {
				t.Error(err)
			}
			return l
		},
		"short code": func(t *testing.T, w *world) *Login {
			l, d, m := w.device()
			m.wait(t)
			if err := (sandbox.Browser{}).Allow(t.Context(), d.Code().CompleteURI); err != nil {
				t.Error(err)
			}
			m.tick(t)
			return l
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			told := watchEvents(w)
			before := w.signIn()
			w.fault("drop-scope-user", true)
			r, err := way(t, w).Wait(soon(t))
			if err != nil {
				t.Fatal(err)
			}
			events := told() // complete when Wait returns
			if len(events) != 2 {
				t.Fatalf("%d events", len(events))
			}
			e := events[1]
			if e.Action != ActionSignIn || e.Generation != 1 || e.PID != os.Getpid() || e.Command != "test" || e.At.IsZero() || e.Err != nil ||
				e.OldFingerprint != Fingerprint(before.RefreshToken) || e.NewFingerprint != Fingerprint(r.Token.RefreshToken) ||
				e.AccessFingerprint != r.Token.Fingerprint() || len(e.Scopes.Removed) != 1 {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestFailedSignInIsNoEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	told := watchEvents(w)
	l := w.login()
	if err := l.Paste("code-that-is-none"); err == nil {
		t.Error("accepted")
	}
	l.Close()
	if events := told(); len(events) != 0 {
		t.Errorf("%+v", events)
	}
}

func TestLogoutIsTold(t *testing.T) {
	t.Parallel()
	for name, offline := range map[string]bool{"revoked": false, "offline": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			signed := w.signIn()
			told := watchEvents(w)
			if offline {
				w.opts.HTTP = client(roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("offline") }))
			}
			for range 2 { // the second has nothing to delete
				if _, err := Logout(t.Context(), w.opts); err != nil {
					t.Fatal(err)
				}
			}
			events := told()
			if len(events) != 1 {
				t.Fatalf("%d events", len(events))
			}
			e := events[0]
			if e.Action != ActionLogout || e.OldFingerprint != Fingerprint(signed.RefreshToken) || e.NewFingerprint != "" || (e.Err != nil) != offline {
				t.Errorf("%+v", e)
			}
		})
	}
}
