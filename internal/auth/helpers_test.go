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

	"zoomtui/internal/sandbox"
)

// hands is a clock that tests move.
type hands struct {
	mu  sync.Mutex
	off time.Duration
}

func (h *hands) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return time.Now().Add(h.off)
}

func (h *hands) forward(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.off += d
}

// world is a Zoom, an app, a store and a clock that all share.
type world struct {
	t     *testing.T
	zoom  *sandbox.Server
	clock *hands
	dir   string
	opts  Options
}

func newWorld(t *testing.T, kind Kind) *world {
	t.Helper()
	clock := &hands{}
	zoom, err := sandbox.Start(sandbox.Options{Clock: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, zoom: zoom, clock: clock, dir: filepath.Join(t.TempDir(), "tokens")}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := zoom.Close(); err != nil {
			t.Error(err)
		}
	})
	w.opts = Options{
		App: w.app(kind), Store: w.store(), HTTP: &http.Client{Transport: transport},
		Clock: clock.now, Command: "test",
	}
	return w
}

// app is the sandbox's app of a kind as a profile has it.
func (w *world) app(kind Kind) App {
	w.t.Helper()
	have, ok := w.zoom.App(string(kind))
	if !ok {
		w.t.Fatalf("the sandbox has no app of kind %s", kind)
	}
	app := App{
		Profile: "work", Kind: kind, ClientID: have.ClientID, AccountID: have.AccountID,
		Listen: "127.0.0.1:0", OAuthBase: w.zoom.URL(),
	}
	if len(have.RedirectURIs) > 0 {
		app.RedirectURI = have.RedirectURIs[0]
	}
	if kind != Public {
		app.Secret = func(context.Context) (Secret, error) { return Secret(have.ClientSecret), nil }
	}
	return app
}

func (w *world) store(opts ...StoreOption) *Store {
	w.t.Helper()
	s, err := NewStore(w.dir, "work", opts...)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// withLockWait sets how long a store waits for its lock.
func withLockWait(d time.Duration) StoreOption { return func(s *Store) { s.wait = d } }

func (w *world) source(change ...func(*SourceOptions)) *Source {
	w.t.Helper()
	o := SourceOptions{Options: w.opts}
	for _, c := range change {
		c(&o)
	}
	s, err := NewSource(o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	return s
}

func (w *world) login(change ...func(*LoginOptions)) *Login {
	w.t.Helper()
	o := LoginOptions{Options: w.opts}
	for _, c := range change {
		c(&o)
	}
	l, err := StartLogin(w.t.Context(), o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(l.Close)
	return l
}

// signIn signs in as a person with a browser on this machine does.
func (w *world) signIn() Token {
	w.t.Helper()
	l := w.login()
	defer l.Close()
	if err := (sandbox.Browser{}).Allow(w.t.Context(), l.URL()); err != nil {
		w.t.Fatal(err)
	}
	r, err := l.Wait(soon(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	return r.Token
}

// answer is the address that a browser on a phone would end on.
func (w *world) answer(l *Login) string {
	w.t.Helper()
	address, err := sandbox.Browser{}.Answer(w.t.Context(), l.URL(), "allow")
	if err != nil {
		w.t.Fatal(err)
	}
	return address
}

func (w *world) refreshes() int { return w.zoom.Counts()["token.refresh"] }

func (w *world) fault(name string, on bool) {
	w.t.Helper()
	if err := w.zoom.SetFault(name, on); err != nil {
		w.t.Fatal(err)
	}
}

// soon is a context that ends a test that would hang.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// wantKind fails unless err is of the kind.
func wantKind(t *testing.T, err error, kind ErrorKind) *Error {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error is %v, want kind %q", err, kind)
	}
	e, _ := errors.AsType[*Error](err)
	return e
}

// files reads everything in the token directory, but the lock.
func (w *world) files() map[string]string {
	w.t.Helper()
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".lock" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(w.dir, e.Name()))
		if err != nil {
			w.t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

// eventually waits until cond holds, or fails.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	ctx := soon(t)
	for !cond() {
		select {
		case <-ctx.Done():
			t.Fatalf("never happened: %s", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}
