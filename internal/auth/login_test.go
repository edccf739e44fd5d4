package auth

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Public, Confidential} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, kind)
			var mu sync.Mutex
			var events []LoginEventKind
			l := w.login(func(o *LoginOptions) {
				o.Notify = func(e LoginEvent) {
					mu.Lock()
					defer mu.Unlock()
					events = append(events, e.Kind)
				}
			})
			if err := (sandbox.Browser{}).Allow(t.Context(), l.URL()); err != nil {
				t.Fatal(err)
			}
			r, err := l.Wait(soon(t))
			if err != nil {
				t.Fatal(err)
			}
			if r.Way != WayCallback || r.Token.Generation != 1 || r.Token.SignedInAt.IsZero() || r.Token.Kind != kind || r.OldScope != "" {
				t.Errorf("result %+v", r)
			}
			if !slices.Contains(r.Scopes.Added, "user:read:user") || len(r.Scopes.Removed) != 0 {
				t.Errorf("scopes %+v", r.Scopes)
			}
			stored, err := w.opts.Store.Load()
			if diff := cmp.Diff(r.Token, stored); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
			l.Close()
			if diff := cmp.Diff([]LoginEventKind{EventExchanging, EventSaved}, events); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSecondSignInTellsWhatChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	first := w.signIn()
	w.fault("drop-scope-user", true)
	l := w.login()
	if err := l.Paste(w.answer(l)); err != nil {
		t.Fatal(err)
	}
	r, err := l.Wait(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.OldScope != first.Scope || r.Way != WayPaste {
		t.Errorf("old scope %q, way %s", r.OldScope, r.Way)
	}
	if diff := cmp.Diff([]string{"user:read:user"}, r.Scopes.Removed); diff != "" {
		t.Error(diff)
	}
}

func TestPasteWays(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(address string) string{
		"address": func(a string) string { return a },
		"query":   func(a string) string { return a[strings.Index(a, "?"):] },
		"code": func(a string) string {
			_, rest, _ := strings.Cut(a, "code=")
			code, _, _ := strings.Cut(rest, "&")
			return code
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			l := w.login()
			text := cut(w.answer(l))
			if got := l.WholePaste(text); got != (name != "code") {
				t.Errorf("whole: %v", got)
			}
			if err := l.Paste(text); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Wait(soon(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWrongPasteLeavesTheSignInOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	older := w.login()
	olderAnswer := w.answer(older)
	older.Close()
	l := w.login()
	for text, kind := range map[string]ErrorKind{
		"":                              ErrPaste,
		olderAnswer:                     ErrPaste,
		l.URL():                         ErrPaste,
		"bogus-code-of-some-length":     ErrCodeRefused,
		"another-bogus-code-altogether": ErrCodeRefused,
	} {
		wantKind(t, l.Paste(text), kind)
		if over, _ := l.outcome(); over {
			t.Fatal("the sign-in has ended")
		}
	}
	if err := (sandbox.Browser{}).Allow(t.Context(), l.URL()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Wait(soon(t)); err != nil {
		t.Error(err)
	}
	if err := l.Paste("too-late-but-harmless"); err != nil {
		t.Errorf("a paste after the end: %v", err)
	}
}

func TestDeclined(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	if err := (sandbox.Browser{}).Decline(t.Context(), l.URL()); err != nil {
		t.Fatal(err)
	}
	_, err := l.Wait(soon(t))
	wantKind(t, err, ErrDeclined)
	if explain.Of(err).Class() != explain.SignIn {
		t.Errorf("class %v", explain.Of(err).Class())
	}
	if _, err := os.Stat(w.opts.Store.Path()); err == nil {
		t.Error("something was stored")
	}
}

func TestLinkRunsOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	before := w.clock.now()
	l := w.login(func(o *LoginOptions) { o.Life = 40 * time.Millisecond })
	if left := l.Expires().Sub(before); left < 40*time.Millisecond || left > 10*time.Second {
		t.Errorf("expires in %s", left)
	}
	_, err := l.Wait(soon(t))
	wantKind(t, err, ErrLinkExpired)
	if explain.Of(err).Class() != explain.SignIn {
		t.Errorf("class %v", explain.Of(err).Class())
	}
	if got := w.login().Expires().Sub(w.clock.now()); got < 9*time.Minute || got > 10*time.Minute {
		t.Errorf("a link lives %s", got)
	}
}

func TestCloseGivesThePortBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	addr := l.Addr()
	l.Close()
	again, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatalf("the port is still taken: %v", err)
	}
	_ = again.Close()
	_, err = l.Wait(t.Context())
	wantKind(t, err, ErrClosed)
	l.Close()
	w.opts.App.Listen = addr // a new sign-in gets the same port, and so the same redirect
	if l := w.login(); l.Addr() != addr {
		t.Errorf("listens on %s, not on %s again", l.Addr(), addr)
	}
}

func TestPortIsFreeAfterSuccess(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	if err := l.Paste(w.answer(l)); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", l.Addr())
	if err == nil {
		_ = conn.Close()
		t.Error("still listening after the sign-in was done, without Close")
	}
}

func TestIPv6Loopback(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	probe, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6 loopback")
	}
	_ = probe.Close()
	w.opts.App.RedirectURI, w.opts.App.Listen = "http://[::1]:8976/callback", "[::1]:0"
	l := w.login()
	visit(t, w.answer(l))
	if _, err := l.Wait(soon(t)); err != nil || !strings.HasPrefix(l.RedirectURI(), "http://[::1]:") {
		t.Errorf("redirect %s, %v", l.RedirectURI(), err)
	}
}

func TestContextEndsTheSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	ctx, cancel := context.WithCancel(t.Context())
	l, err := StartLogin(ctx, LoginOptions{Options: w.opts})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	cancel()
	if _, err := l.Wait(soon(t)); !errors.Is(err, context.Canceled) || explain.Of(err).Class() != explain.Cancelled {
		t.Errorf("ended with %v", err)
	}
	short, stop := context.WithCancel(t.Context())
	stop()
	if _, err := w.login().Wait(short); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who left got %v", err)
	}
}

func TestCloseDoesNotLoseAnExchange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	l := w.login()
	answer := w.answer(l)
	pasted := make(chan error, 1)
	go func() { pasted <- l.Paste(answer) }()
	<-gate.arrived
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		l.Close()
	}()
	eventually(t, "the port is free", func() bool {
		conn, err := net.Dial("tcp", l.Addr())
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
	close(gate.open)
	<-closed
	r, err := l.Wait(t.Context())
	if err = errors.Join(err, <-pasted); err != nil {
		t.Fatalf("the exchange that was under way was lost: %v", err)
	}
	stored, err := w.opts.Store.Load()
	if err != nil || stored.AccessToken != r.Token.AccessToken {
		t.Errorf("not stored: %v", err)
	}
}

func TestStoreIsTriedBeforeTheLink(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(w *world) error
		class explain.Class
	}{
		{"a file in place of the directory", func(w *world) error { return os.WriteFile(w.dir, nil, 0o600) }, explain.Store},
		{"newer tokens", func(w *world) error {
			return errors.Join(os.MkdirAll(w.dir, 0o700), os.WriteFile(w.opts.Store.Path(), []byte(`{"version":2}`), 0o600))
		}, explain.Store},
		{"open to others", func(w *world) error {
			return errors.Join(os.MkdirAll(w.dir, 0o700), os.WriteFile(w.opts.Store.Path(), []byte(`{}`), 0o644), os.Chmod(w.opts.Store.Path(), 0o644))
		}, explain.Store},
		{"no secret", func(w *world) error {
			w.opts.App.Secret = func(context.Context) (Secret, error) { return "", nil }
			return nil
		}, explain.Usage},
		{"bad redirect", func(w *world) error { w.opts.App.RedirectURI = "http://localhost:1/"; return nil }, explain.Usage},
		{"server-to-server", func(w *world) error { w.opts.App = w.app(S2S); return nil }, explain.Usage},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			if err := test.spoil(w); err != nil {
				t.Fatal(err)
			}
			l, err := StartLogin(t.Context(), LoginOptions{Options: w.opts})
			if err == nil {
				l.Close()
				t.Fatal("a person is sent to the browser")
			}
			if got := explain.Of(err).Class(); got != test.class {
				t.Errorf("class %v, want %v: %v", got, test.class, err)
			}
		})
	}
}

func TestFirstWayWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	one, two := w.answer(l), w.answer(l) // the person allows in two tabs
	var ways sync.WaitGroup
	ways.Go(func() { _ = l.Paste(one) })
	ways.Go(func() {
		if resp, err := (&http.Client{}).Get(two); err == nil {
			_ = resp.Body.Close()
		}
	})
	ways.Wait()
	r, err := l.Wait(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	if n := w.zoom.Counts()["token.authorization_code"]; n != 1 {
		t.Errorf("%d codes were exchanged; the second would have ended the first sign-in", n)
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Errorf("the stored sign-in (by %s) does not work: %v", r.Way, err)
	}
}

func TestNoGoroutineIsLeft(t *testing.T) { // not parallel: it counts them all
	before := runtime.NumGoroutine()
	for range 5 {
		w := newWorld(t, Public)
		transport := w.opts.HTTP.Transport.(*http.Transport)
		w.signIn()
		l := w.login()
		conn, err := net.Dial("tcp", l.Addr())
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		_ = conn.Close()
		transport.CloseIdleConnections()
		if err := w.zoom.Close(); err != nil {
			t.Fatal(err)
		}
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	eventually(t, "goroutines end", func() bool { return runtime.NumGoroutine() <= before+1 })
}
