package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/sandbox"
)

// inSandbox opens the profile of a sandbox's app, with its streams in memory and
// directories of its own.
func inSandbox(t *testing.T) (o *opened, out, talk *bytes.Buffer) {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	values := map[string]string{"ZOOMTUI_LISTEN": "127.0.0.1:0"}
	for _, line := range zoom.Env(sandbox.KindPublic) {
		name, value, _ := strings.Cut(line, "=")
		values[name] = value
	}
	delete(values, "ZOOMTUI_API_BASE") // it comes with the tokens
	dir := t.TempDir()
	out, talk = &bytes.Buffer{}, &bytes.Buffer{}
	c := &cli{
		stdio: stdio{strings.NewReader(""), out, talk}, getenv: func(name string) string { return values[name] }, clock: time.Now,
		paths: config.Paths{Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state")},
	}
	o, err = c.open("test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.close() })
	return o, out, talk
}

// ended is a context that has ended.
func ended(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestInterruptedSignInIsToldToPrograms(t *testing.T) {
	t.Parallel()
	o, out, talk := inSandbox(t)
	keep(t.Context(), o, cacheUser, api.User{ID: "somebody else"})
	result := auth.Result{Token: auth.Token{AccessToken: "x", Scope: "user:read:user"}}
	err := o.welcome(ended(t), result, loginOptions{json: true})
	if code := o.cli.conclude(ended(t), err); code != 130 {
		t.Errorf("exit code %d, want 130", code)
	}
	const want = `{"event":"done","user":null,"profile":"default","scopes":["user:read:user"]}` + "\n"
	if out.String() != want || !strings.Contains(talk.String(), "the sign-in is complete") {
		t.Errorf("stdout %q and stderr %q, want %q and that the sign-in is complete", out, talk, want)
	}
	if _, ok := readCache[api.User](o.cache, cacheUser); ok {
		t.Error("the user of the sign-in before is still in the cache")
	}
}

// The demo deletes its directory, and a logout the cache, while answers may be
// on their way.
func TestNothingIsKeptAfterTheEnd(t *testing.T) {
	t.Parallel()
	o, _, _ := inSandbox(t)
	keep(ended(t), o, cacheUser, api.User{ID: "late"})
	keep(ended(t), o, cacheHosted, []api.Meeting{})
	if _, err := os.Stat(o.cache.dir); !os.IsNotExist(err) {
		t.Errorf("a late answer made %s (%v)", o.cache.dir, err)
	}
}

func TestDashboardSignInForgetsThePersonBefore(t *testing.T) {
	t.Parallel()
	tests := map[string]func(ctx context.Context, a *signInAttempt) error{
		"the screen waits": func(ctx context.Context, a *signInAttempt) error {
			_, err := a.Wait(ctx)
			a.Close()
			return err
		},
		"the screen was left": func(_ context.Context, a *signInAttempt) error { a.Close(); return nil },
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, _, _ := inSandbox(t)
			keep(t.Context(), o, cacheUser, api.User{ID: "somebody else"})
			started, err := signIns{o}.Start(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			attempt := started.(*signInAttempt)
			if err := (sandbox.Browser{}).Allow(t.Context(), attempt.Link().URL); err != nil {
				t.Fatal(err)
			}
			if err := end(t.Context(), attempt); err != nil {
				t.Fatal(err)
			}
			if _, ok := readCache[api.User](o.cache, cacheUser); ok {
				t.Error("the dashboard would show the person who was signed in before")
			}
			keep(t.Context(), o, cacheUser, api.User{ID: "the new one"})
			attempt.Close()
			if _, ok := readCache[api.User](o.cache, cacheUser); !ok {
				t.Error("a second Close deletes what the new person's screen has kept")
			}
		})
	}
}

// The token file is no configuration: an address in it gets no token that would
// not get it from an answer of Zoom's.
func TestStatusSendsNoTokenToAStranger(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 8)
	stranger := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- r.Header.Get("Authorization")
	}))
	t.Cleanup(stranger.Close)
	plain := httptest.NewServer(stranger.Config.Handler)
	t.Cleanup(plain.Close)
	tests := map[string]struct{ apiURL, why string }{
		"plain http on this machine": {plain.URL, ""},
		"a host that is not Zoom's":  {strings.Replace(stranger.URL, "127.0.0.1", "zoom.us.invalid", 1), "neither Zoom's nor configured"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, _, _ := inSandbox(t)
			s := status{apiURL: tt.apiURL, standing: standing{token: auth.Token{AccessToken: "hush"}, now: time.Now()}}
			o.statusUser(t.Context(), &s, true)
			if s.userErr == nil || !strings.Contains(s.userErr.Error(), tt.why) {
				t.Errorf("asked %s for the user: %+v, %v", tt.apiURL, s.user, s.userErr)
			}
		})
	}
	t.Cleanup(func() {
		for len(asked) > 0 {
			if token := <-asked; token != "" {
				t.Errorf("a stranger was sent %q", token)
			}
		}
	})
}
