package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

// TestOpen: any status is an answer, its body comes whole, and it is sent once.
func TestOpen(t *testing.T) {
	t.Parallel()
	const missing = `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user]."}`
	tests := []struct {
		name   string
		serve  http.HandlerFunc
		status int
		body   string
		class  explain.Class // of the failure; -1: there is none
		scopes []string
	}{
		{"good", answer(200, `{"id":1}`), 200, `{"id":1}`, -1, nil},
		{"created", answer(201, `{"id":2}`), 201, `{"id":2}`, -1, nil},
		{"nothing", answer(204, ``, "Content-Type: text/html"), 204, ``, -1, nil},
		{"scope", answer(400, missing), 400, missing, explain.Scope, []string{"user:read:user"}},
		{"rate", answer(429, `{"code":429,"message":"per-second rate limit"}`), 429, `{"code":429,"message":"per-second rate limit"}`, explain.RateLimit, nil},
		{"down", answer(503, ``), 503, ``, explain.Network, nil},
		{"page", answer(200, "<html>log in</html>", "Content-Type: text/html"), 200, "<html>log in</html>", explain.Network, nil},
		{"elsewhere", answer(302, ``, "Location: https://attacker.example/?t=1"), 302, ``, explain.Network, nil},
		{"elsewhere here", answer(302, ``, "Location: /login"), 302, ``, explain.Network, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var sent atomic.Int32
			c, w := newTestClient(serve(t, func(w http.ResponseWriter, r *http.Request) {
				sent.Add(1)
				tt.serve(w, r)
			}).URL)
			a, err := c.Open(t.Context(), Request{Method: "get", Path: "/users/me?type=x"})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Body.Close()
			body, err := io.ReadAll(a.Body)
			if err != nil || string(body) != tt.body || a.Status != tt.status || a.Op != "GET /users/me" {
				t.Errorf("answer is %d %q (%s), %v", a.Status, body, a.Op, err)
			}
			err = c.Failure(a, body)
			if (err == nil) != (tt.class < 0) {
				t.Fatalf("failure is %v", err)
			}
			if err != nil && explain.Of(err).Class() != tt.class {
				t.Errorf("failure is %v %q", explain.Of(err).Class(), explain.Of(err).What)
			}
			if e, ok := errors.AsType[*Error](err); ok {
				if diff := cmp.Diff(tt.scopes, e.MissingScopes); diff != "" || e.Op != "GET /users/me" || e.HTTPStatus != tt.status || e.TrackingID == "" {
					t.Errorf("failure is %+v %s", e, diff)
				}
			}
			if sent.Load() != 1 || len(w.list) != 0 {
				t.Errorf("sent %d times, waited %v", sent.Load(), w.list)
			}
		})
	}
}

// TestOpenHeader: what a person adds is sent; what would replace the token or
// change the message is refused before anything is sent.
func TestOpenHeader(t *testing.T) {
	t.Parallel()
	got := make(chan http.Header, 1)
	c, _ := newTestClient(serve(t, func(w http.ResponseWriter, r *http.Request) {
		got <- r.Header
		answer(200, `{}`)(w, r)
	}).URL)
	a, err := c.Open(t.Context(), Request{
		Method: "PATCH", Path: "/x", Body: []byte("a"),
		Header: http.Header{"X-One": {"1", "2"}, "accept": {"text/csv"}, "Content-Type": {"text/plain"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = a.Body.Close()
	h := <-got
	for name, want := range map[string][]string{"X-One": {"1", "2"}, "Accept": {"text/csv"}, "Content-Type": {"text/plain"}, "Authorization": {"Bearer secret-token"}} {
		if diff := cmp.Diff(want, h[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for name, value := range map[string]string{
		"Authorization": "Bearer x", "authorization": "x", "Proxy-Authorization": "x", "Cookie": "a=b", "HOST": "evil.example",
		"Content-Length": "1", "Transfer-Encoding": "chunked", "Connection": "Upgrade", "Accept-Encoding": "br",
		"X-Zm-Access-Token": "x", "X One": "x", "": "x", "X-Line": "a\r\nAuthorization: x", "X-Nul": "\x00",
	} {
		_, err := c.Open(t.Context(), Request{Path: "/x", Header: http.Header{name: {value}}})
		if p := explain.Of(err); !errors.Is(err, ErrHeader) || p.Class() != explain.Usage {
			t.Errorf("%q: %v", name, err)
		}
		if err != nil && len(value) > 3 && strings.Contains(err.Error(), value) {
			t.Errorf("%q: the value is in the error: %v", name, err)
		}
	}
	if len(got) != 0 {
		t.Error("a refused header was sent")
	}
}

// TestOpenHosts: the rules of the client hold, whatever the path says.
func TestOpenHosts(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient("https://attacker.example")
	if _, err := c.Open(t.Context(), Request{Path: "/users/me"}); !errors.Is(err, ErrBase) {
		t.Errorf("error is %v", err)
	}
	c, _ = newTestClient("https://api.zoom.us")
	for _, path := range []string{"", "//attacker.example/x", "https://attacker.example/x", "/../oauth/token", "/a b"} {
		if _, err := c.Open(t.Context(), Request{Path: path}); !errors.Is(err, ErrPath) {
			t.Errorf("%q: error is %v", path, err)
		}
	}
}

// slowBody gives its pieces after a pause each, and never ends after the last.
type slowBody struct {
	ctx    context.Context
	pause  time.Duration
	pieces int
}

func (b *slowBody) Read(p []byte) (int, error) {
	wait := b.pause
	if b.pieces--; b.pieces < 0 {
		wait = time.Hour
	}
	if err := sleep(b.ctx, wait); err != nil {
		return 0, err
	}
	return copy(p, "x"), nil
}

func (b *slowBody) Close() error { return nil }

// TestOpenStalls: a long answer may take its time, one that has stopped may not;
// how slowly it is read does not matter.
func TestOpenStalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := New(Options{
			Base: func(context.Context) (string, error) { return "https://api.zoom.us", nil },
			HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				if r.URL.Path == "/v2/silent" {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}
				return &http.Response{StatusCode: 200, Header: http.Header{}, Body: &slowBody{r.Context(), callLimit - time.Second, 5}, Request: r}, nil
			})},
		})
		start := time.Now()
		_, err := c.Open(t.Context(), Request{Path: "/silent"})
		if p := explain.Of(err); p.Class() != explain.Network || !strings.Contains(p.What, "api.zoom.us did not answer in time") || time.Since(start) != callLimit {
			t.Errorf("after %v: %v %q", time.Since(start), p.Class(), p.What)
		}
		a, err := c.Open(t.Context(), Request{Path: "/slow"})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		time.Sleep(time.Hour) // the person looks at something else
		start = time.Now()
		body, err := io.ReadAll(a.Body)
		if p := explain.Of(err); string(body) != "xxxxx" || p.Class() != explain.Network || !strings.Contains(p.What, "did not answer in time") {
			t.Errorf("%q, then %v %q", body, p.Class(), p.What)
		}
		if want := 5*(callLimit-time.Second) + callLimit; time.Since(start) != want {
			t.Errorf("took %v, want %v", time.Since(start), want)
		}

		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if a, err = c.Open(ctx, Request{Path: "/slow"}); err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		if body, err = io.ReadAll(a.Body); string(body) != "x" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller's limit: %q %v", body, err)
		}
	})
}

// TestOpenCancel: the person's ctrl-C is told as such, before and after the headers.
func TestOpenCancel(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "{")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}).URL)
	ctx, cancel := context.WithCancel(t.Context())
	a, err := c.Open(ctx, Request{Path: "/x"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	cancel()
	if _, err = io.ReadAll(a.Body); !errors.Is(err, context.Canceled) || explain.Of(err).Class() != explain.Cancelled {
		t.Errorf("error is %v", err)
	}
	if _, err = c.Open(ctx, Request{Path: "/x"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// TestOpenBreaksOff: an answer that ends too early is no whole answer.
func TestOpenBreaksOff(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"id":`)
	}).URL)
	a, err := c.Open(t.Context(), Request{Path: "/x"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if e, ok := errors.AsType[*Error](err); !ok || string(body) != `{"id":` || e.HTTPStatus != 0 || explain.Of(err).Class() != explain.Network {
		t.Errorf("%q %v", body, err)
	}
}
