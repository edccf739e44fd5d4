package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/scope"
)

// answering is a profile whose REST API is this handler, with a token of the
// environment.
func answering(t *testing.T, user string, answer http.HandlerFunc) *opened {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	o, _, _ := inSandbox(t)
	o.cli.table = new(scopeTable)
	o.app.APIBase = server.URL
	o.profile = config.Profile{User: user}
	o.source = auth.StaticSource("token", o.authOptions("test"))
	o.base = func(context.Context) (string, error) { return server.URL, nil }
	return o
}

func TestProbeOnlyReads(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"POST", "PATCH", "PUT", "DELETE", "HEAD", "get", ""} {
		t.Run("method "+method, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			o := answering(t, "", func(http.ResponseWriter, *http.Request) { asked.Add(1) })
			out := o.try(t.Context(), scope.App{}, scope.Probe{Endpoint: scope.Endpoint{Method: method, Path: "/users/me"}, Path: "/users/me"})
			if asked.Load() != 0 || out.Failed == "" || out.Status != 0 {
				t.Errorf("Zoom was asked %d times, outcome %+v; want a refusal here", asked.Load(), out)
			}
		})
	}
}

func TestProbeOutcome(t *testing.T) {
	t.Parallel()
	const scopes = `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin]."}`
	app := scope.App{SignedIn: true, ScopesKnown: true, Scopes: []string{"user:read:user"}, Type: scope.UserManaged, Style: scope.Granular}
	for name, tt := range map[string]struct {
		status int
		body   string
		want   scope.Outcome // the fields that are compared, see below
		stops  bool
		fails  bool
	}{
		"yes":                {200, `{"id":"x"}`, scope.Outcome{Zoom: scope.HasIt, Status: 200}, false, false},
		"a scope is missing": {400, scopes, scope.Outcome{Zoom: scope.AddOne, Status: 400, Code: 4711}, false, false},
		"a role is missing":  {403, `{"code":200,"message":"No permission."}`, scope.Outcome{Zoom: scope.NotAScope, Status: 403, Code: 200}, false, false},
		"too many":           {429, `{"code":429,"message":"You have reached the maximum daily rate limit for this API."}`, scope.Outcome{Zoom: scope.Unknown, Status: 429, Code: 429}, true, true},
		"the token":          {401, `{"code":124,"message":"Invalid access token."}`, scope.Outcome{Zoom: scope.NotAScope, Status: 401, Code: 124}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := answering(t, "", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Zm-Trackingid", "v=2.0;rid=WEB_1")
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			})
			p := scope.Probe{Endpoint: scope.Endpoint{Method: "GET", Path: "/users/{userId}"}, Path: "/users/me"}
			out, err := o.probe(t.Context(), app, p)
			got := scope.Outcome{Zoom: out.Zoom, Status: out.Status, Code: out.Code}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("outcome (-want +got):\n%s", diff)
			}
			if out.Says != scope.HasIt || out.TrackingID != "v=2.0;rid=WEB_1" || out.Failed != "" {
				t.Errorf("documents %q, tracking id %q, failed %q", out.Says, out.TrackingID, out.Failed)
			}
			if out.Stops() != tt.stops || (err != nil) != tt.fails {
				t.Errorf("stops: %v, error %v; want %v and an error: %v", out.Stops(), err, tt.stops, tt.fails)
			}
		})
	}
}

// Without an answer there is a sentence instead, and nothing further is asked.
func TestProbeWithoutAnswer(t *testing.T) {
	t.Parallel()
	o := answering(t, "", nil)
	o.base = func(context.Context) (string, error) { return "http://127.0.0.1:1", nil }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := o.try(ctx, scope.App{}, scope.Probe{Endpoint: scope.Endpoint{Method: "GET", Path: "/users/{userId}"}, Path: "/users/me"})
	if out.Failed == "" || out.Zoom != scope.Unknown || !out.Stops() {
		t.Errorf("outcome %+v", out)
	}
}

// Zoom does not promise "me" to a Server-to-Server app.
func TestProbeNamesTheUser(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ user, template, path, want string }{
		"me":               {"", "/users/{userId}/meetings", "/users/me/meetings?page_size=1", "/users/me/meetings?page_size=1"},
		"a user":           {"a+b@example.com", "/users/{userId}/meetings", "/users/me/meetings?page_size=1", "/users/a%2Bb@example.com/meetings?page_size=1"},
		"the owner only":   {"a@example.com", "/users/me/zak", "/users/me/zak", "/users/me/zak"},
		"without any user": {"a@example.com", "/rooms", "/rooms", "/rooms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := answering(t, tt.user, nil)
			if got := o.probePath(scope.Probe{Endpoint: scope.Endpoint{Method: "GET", Path: tt.template}, Path: tt.path}); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhoIsAskedFor(t *testing.T) {
	t.Parallel()
	o, _, _ := inSandbox(t)
	if got := o.who(); got != "profile default" {
		t.Errorf("unknown user: %q", got)
	}
	keep(t.Context(), o, cacheUser, api.User{ID: "1", Email: "aiko@example.com"})
	if got := o.who(); !strings.Contains(got, "aiko@example.com") {
		t.Errorf("known user: %q", got)
	}
}
