package api

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

// TestFailures: what a caller is told about each kind of bad answer.
func TestFailures(t *testing.T) {
	t.Parallel()
	perSecond := `{"code":429,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}`
	daily := `{"code":429,"message":"You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."}`
	tests := []struct {
		name  string
		serve http.HandlerFunc
		want  Error         // Op, Host, At, TrackingID are checked for all
		is    error         // errors.Is
		class explain.Class // of the explanation
		waits int           // attempts after the first
	}{
		{
			name:  "scope",
			serve: answer(400, `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin]."}`),
			want:  Error{HTTPStatus: 400, Code: 4711, Message: "Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].", MissingScopes: []string{"user:read:user", "user:read:user:admin"}},
			class: explain.Scope,
		},
		{
			name:  "expired",
			serve: answer(401, `{"code":124,"message":"Access token is expired."}`),
			want:  Error{HTTPStatus: 401, Code: 124, Message: "Access token is expired."},
			class: explain.SignIn,
		},
		{
			name:  "gone",
			serve: answer(404, `{"code":"3001","message":"Meeting does not exist: 1."}`),
			want:  Error{HTTPStatus: 404, Code: 3001, Message: "Meeting does not exist: 1."},
			class: explain.Other,
		},
		{
			name:  "fields",
			serve: answer(400, `{"code":300,"message":"Validation Failed.","errors":[{"field":"type","message":"Invalid field."},{"message":"Odd."}]}`),
			want:  Error{HTTPStatus: 400, Code: 300, Message: "Validation Failed. type: Invalid field; Odd"},
			class: explain.Usage,
		},
		{
			name:  "second",
			serve: answer(429, perSecond),
			want:  Error{HTTPStatus: 429, Code: 429, Message: "You have reached the maximum per-second rate limit for this API. Try again later."},
			class: explain.RateLimit, waits: 2,
		},
		{
			name:  "second by header",
			serve: answer(429, `{"code":4001}`, "X-RateLimit-Type: QPS"),
			want:  Error{HTTPStatus: 429, Code: 4001},
			class: explain.RateLimit, waits: 2,
		},
		{
			name:  "day",
			serve: answer(429, daily, "Retry-After: 2026-11-22T00:00:00Z"),
			want:  Error{HTTPStatus: 429, Code: 429, Daily: true, RetryAt: time.Date(2026, 11, 22, 9, 0, 0, 0, testTime().Location())},
			class: explain.RateLimit,
		},
		{
			name:  "day without a time",
			serve: answer(429, daily),
			want:  Error{HTTPStatus: 429, Code: 429, Daily: true, RetryAt: time.Date(2026, 11, 22, 9, 0, 0, 0, testTime().Location())},
			class: explain.RateLimit,
		},
		{
			name:  "day by header",
			serve: answer(429, ``, "X-RateLimit-Type: Daily-limit", "Retry-After: 3600"),
			want:  Error{HTTPStatus: 429, Daily: true, RetryAt: testTime().Add(time.Hour)},
			class: explain.RateLimit,
		},
		{
			name:  "server error",
			serve: answer(500, `{"code":500,"message":"Internal"}`),
			want:  Error{HTTPStatus: 500, Code: 500, Message: "Internal"},
			class: explain.Network, waits: 2,
		},
		{
			name:  "server error without body",
			serve: answer(502, ``),
			want:  Error{HTTPStatus: 502},
			class: explain.Network, waits: 2,
		},
		{
			name:  "web page",
			serve: answer(200, "\n <!DOCTYPE html><html>log in</html>", "Content-Type: text/plain"),
			want:  Error{HTTPStatus: 200}, is: ErrWebPage,
			class: explain.Network,
		},
		{
			name:  "web page with an error",
			serve: answer(403, "<p>blocked</p>", "Content-Type: text/html"),
			want:  Error{HTTPStatus: 403}, is: ErrWebPage,
			class: explain.Network,
		},
		{
			name:  "empty",
			serve: answer(200, ""),
			want:  Error{HTTPStatus: 200}, is: ErrEmpty,
			class: explain.Network,
		},
		{
			name:  "cut off JSON",
			serve: answer(200, `{"id":"x`),
			want:  Error{HTTPStatus: 200}, is: ErrDecode,
			class: explain.Network,
		},
		{
			name:  "list in place of an object",
			serve: answer(200, `[1]`),
			want:  Error{HTTPStatus: 200}, is: ErrDecode,
			class: explain.Network,
		},
		{
			name:  "code in the words",
			serve: answer(400, `{"reason":"Invalid authorization code aB3dE6gH9jK2mN5pQ8","error":"invalid_grant"}`),
			want:  Error{HTTPStatus: 400, Message: "Invalid authorization code [redacted]"},
			class: explain.Usage,
		},
		{
			name: "broken off",
			serve: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", "100")
				w.Header().Set("X-Zm-Trackingid", "v=2.0;clid=us02;rid=WEB_1")
				_, _ = io.WriteString(w, `{"id":`)
			},
			want: Error{}, is: io.ErrUnexpectedEOF,
			class: explain.Network, waits: 2,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, tt.serve)
			c, w := newTestClient(server.URL)
			_, err := c.Me(t.Context())
			got, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatalf("error is %T %v, want *Error", err, err)
			}
			if got.Op != "GET /users/me" || "http://"+got.Host != server.URL || !got.At.Equal(testTime()) || got.TrackingID != "v=2.0;clid=us02;rid=WEB_1" {
				t.Errorf("facts of the call are %+v", got)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("error %v, want %v", err, tt.is)
			}
			if tt.want.Message == "" {
				tt.want.Message = got.Message
			}
			short := Error{HTTPStatus: got.HTTPStatus, Code: got.Code, Message: got.Message, MissingScopes: got.MissingScopes, RetryAt: got.RetryAt, Daily: got.Daily}
			if diff := cmp.Diff(tt.want, short, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
				t.Error(diff)
			}
			if class := explain.Of(err).Class(); class != tt.class {
				t.Errorf("class is %v, want %v: %q", class, tt.class, explain.Of(err).What)
			}
			if len(w.list) != tt.waits {
				t.Errorf("waited %v, want %d times", w.list, tt.waits)
			}
			if strings.Contains(err.Error(), "secret-token") {
				t.Errorf("the token is in the error: %v", err)
			}
		})
	}
}

// TestRetrySucceeds: trouble that passes is not seen by the caller; the pauses double.
func TestRetrySucceeds(t *testing.T) {
	t.Parallel()
	server := serve(t, answer(500, ``), answer(503, ``), answer(200, `{"id":"u1"}`))
	c, w := newTestClient(server.URL)
	u, err := c.Me(t.Context())
	if err != nil || u.ID != "u1" {
		t.Fatalf("Me = %+v, %v", u, err)
	}
	if diff := cmp.Diff([]time.Duration{500 * time.Millisecond, time.Second}, w.list); diff != "" {
		t.Error(diff)
	}
}

// TestNoRetry: what must not be sent twice is sent once.
func TestNoRetry(t *testing.T) {
	t.Parallel()
	var sent atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		sent.Add(1)
		answer(500, ``)(w, r)
	})
	c, w := newTestClient(server.URL)
	if _, err := c.Do(t.Context(), Request{Method: "post", Path: "/users/me/meetings", Body: []byte(`{}`)}); err == nil {
		t.Error("no error")
	}
	if sent.Load() != 1 || len(w.list) != 0 {
		t.Errorf("a POST was sent %d times", sent.Load())
	}
	c.base = func(context.Context) (string, error) { return "", carrierError{} }
	_, err := c.Me(t.Context())
	if explain.Of(err).Class() != explain.SignIn || len(w.list) != 0 {
		t.Errorf("a token that cannot be had: %v, waited %v", explain.Of(err), w.list)
	}
}

// carrierError stands for the failure of whoever holds the token.
type carrierError struct{}

func (carrierError) Error() string { return "signed out" }
func (carrierError) Facts() explain.Facts {
	return explain.Facts{Place: explain.PlaceToken, OAuth: "invalid_grant", Message: "Invalid Token!", HTTPStatus: 400}
}

type failingTransport struct{ err error }

func (f failingTransport) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// TestTransportFailure: the token's own failure comes through with its facts and is not retried.
func TestTransportFailure(t *testing.T) {
	t.Parallel()
	c, w := newTestClient("https://api.zoom.us")
	c.http.Transport = failingTransport{fmt.Errorf("get token: %w", carrierError{})}
	_, err := c.Me(t.Context())
	p := explain.Of(err)
	if p.Class() != explain.SignIn || p.Facts.Op != "GET /users/me" || p.Facts.Host != "api.zoom.us" {
		t.Errorf("explained as %+v", p)
	}
	if len(w.list) != 0 {
		t.Errorf("waited %v", w.list)
	}
	c.http.Transport = failingTransport{errors.New("connection reset by peer")}
	_, err = c.Me(t.Context())
	if p := explain.Of(err); p.Class() != explain.Network || len(w.list) != 2 {
		t.Errorf("a broken connection: %+v, waited %v", p, w.list)
	}
}

// TestDeadline: a wait that would go past the caller's deadline is not begun.
func TestDeadline(t *testing.T) {
	t.Parallel()
	server := serve(t, answer(429, `{"message":"per-second rate limit"}`, "Retry-After: 9"))
	c, w := newTestClient(server.URL)
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
	defer cancel()
	_, err := c.Me(ctx)
	got, ok := errors.AsType[*Error](err)
	if !ok || got.HTTPStatus != 429 || !got.RetryAt.Equal(testTime().Add(9*time.Second)) {
		t.Errorf("error is %+v", err)
	}
	if len(w.list) != 0 {
		t.Errorf("waited %v", w.list)
	}
	if _, err := c.Me(t.Context()); err == nil || len(w.list) != 2 || w.list[0] < 9*time.Second {
		t.Errorf("without a deadline it waited %v, want what Zoom asked for", w.list)
	}
}

// TestLongPause: a pause that nobody should sit through is reported.
func TestLongPause(t *testing.T) {
	t.Parallel()
	server := serve(t, answer(503, ``, "Retry-After: 600"))
	c, w := newTestClient(server.URL)
	_, err := c.Me(t.Context())
	got, _ := errors.AsType[*Error](err)
	if got == nil || !got.RetryAt.Equal(testTime().Add(10*time.Minute)) || len(w.list) != 0 {
		t.Errorf("error %+v, waited %v", got, w.list)
	}
}

// TestSlow: an attempt ends after its limit, and is not repeated.
func TestSlow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		c := New(Options{
			Base: func(context.Context) (string, error) { return "https://api.zoom.us", nil },
			HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				calls++
				<-r.Context().Done()
				return nil, r.Context().Err()
			})},
		})
		start := time.Now()
		_, err := c.Me(t.Context())
		if took := time.Since(start); took != callLimit || calls != 1 {
			t.Errorf("took %v in %d attempts", took, calls)
		}
		if p := explain.Of(err); p.Class() != explain.Network || !strings.Contains(p.What, "api.zoom.us did not answer in time") {
			t.Errorf("explained as %v %q", p.Class(), p.What)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestCancelPromptly: the person's Ctrl-C ends a call that hangs and a pause that is long.
func TestCancelPromptly(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"hanging call": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"hanging body": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "{")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"pause": answer(429, `{"message":"per-second rate limit"}`, "Retry-After: 9"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reached := make(chan struct{}, 9)
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				reached <- struct{}{}
				handler(w, r)
			})
			c, _ := newTestClient(server.URL)
			c.sleep = sleep
			ctx, cancel := context.WithCancel(t.Context())
			go func() { <-reached; cancel() }()
			start := time.Now()
			_, err := c.Me(ctx)
			if !errors.Is(err, context.Canceled) || explain.Of(err).Class() != explain.Cancelled {
				t.Errorf("error is %v", err)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestRedirectKeepsToken: another host never sees the bearer.
func TestRedirectKeepsToken(t *testing.T) {
	t.Parallel()
	var seen atomic.Int32
	other := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		seen.Add(1)
		w.WriteHeader(200)
	})
	for _, status := range []int{301, 302, 307, 308} {
		server := serve(t, answer(status, ``, "Location: "+other.URL+"/steal?code=x"))
		c, w := newTestClient(server.URL)
		_, err := c.Me(t.Context())
		if !errors.Is(err, ErrRedirect) || len(w.list) != 0 {
			t.Errorf("%d: error is %v", status, err)
		}
		if p := explain.Of(err); p.Class() != explain.Network || strings.Contains(p.Why, "code=x") {
			t.Errorf("%d: explained as %+v", status, p)
		}
	}
	if seen.Load() != 0 {
		t.Errorf("the other host was asked %d times", seen.Load())
	}
}

// TestOversize: a body without end is given up, plain and compressed.
func TestOversize(t *testing.T) {
	t.Parallel()
	block := []byte(strings.Repeat(" ", 1<<20))
	for name, handler := range map[string]http.HandlerFunc{
		"plain": func(w http.ResponseWriter, _ *http.Request) {
			for range 18 {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		},
		"gzip": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 18 {
				_, _ = z.Write(block)
			}
			_ = z.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(serve(t, handler).URL)
			_, err := c.Me(t.Context())
			if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "16 MiB") {
				t.Errorf("error is %v", err)
			}
		})
	}
}

// TestRequest: what goes out.
func TestRequest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		base string // suffix of the base
		r    Request
		want string // method, address, content type
	}{
		{"plain", "", Request{Path: "/users/me"}, "GET /v2/users/me "},
		{"v2 in the path", "", Request{Path: "/v2/users/me"}, "GET /v2/users/me "},
		{"v2 in the base", "/v2/", Request{Path: "users/me"}, "GET /v2/users/me "},
		{"scim", "", Request{Path: "/scim2/Users"}, "GET /scim2/Users "},
		{"queries", "", Request{Path: "/x?a=1", Query: url.Values{"b": {"2 3"}}}, "GET /v2/x?a=1&b=2+3 "},
		{"uuid", "", Request{Path: "/meetings/%252Fab%253D%253D"}, "GET /v2/meetings/%252Fab%253D%253D "},
		{"body", "", Request{Method: "patch", Path: "/x", Body: []byte("{}")}, "PATCH /v2/x application/json"},
		{"form", "", Request{Method: "POST", Path: "/x", Body: []byte("a=1"), ContentType: "application/x-www-form-urlencoded"}, "POST /v2/x application/x-www-form-urlencoded"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got string
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				got = r.Method + " " + r.RequestURI + " " + r.Header.Get("Content-Type")
				w.WriteHeader(http.StatusNoContent)
			})
			c, _ := newTestClient(server.URL + tt.base)
			res, err := c.Do(t.Context(), tt.r)
			if err != nil || res.Status != 204 || got != tt.want {
				t.Errorf("sent %q, want %q (%v)", got, tt.want, err)
			}
		})
	}
}

// TestBadRequest: a path cannot lead elsewhere, and no token goes to a strange base.
func TestBadRequest(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient("https://api.zoom.us")
	c.http.Transport = failingTransport{errors.New("must not be sent")}
	for _, path := range []string{"", "//evil.example/x", "https://evil.example/x", "/../oauth/token", "/users/..", "/a b", "/x#y", `\\evil`, "/\x1b[2J"} {
		_, err := c.Do(t.Context(), Request{Path: path})
		if !errors.Is(err, ErrPath) || explain.Of(err).Class() != explain.Usage {
			t.Errorf("path %q: %v", path, err)
		}
	}
	c, _ = newTestClient("https://api.zoom.us.evil.example")
	_, err := c.Do(t.Context(), Request{Path: "/users/me"})
	if !errors.Is(err, ErrBase) || explain.Of(err).Class() != explain.Usage {
		t.Errorf("strange base: %v", err)
	}
}

// TestNilHTTPClient: a plain client will do.
func TestNilHTTPClient(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(answer(200, `{"id":"u"}`))
	t.Cleanup(server.Close)
	c := New(Options{Base: func(context.Context) (string, error) { return server.URL, nil }, UserAgent: "zoomtui/1"})
	if u, err := c.Me(t.Context()); err != nil || u.ID != "u" {
		t.Errorf("Me = %+v, %v", u, err)
	}
}
