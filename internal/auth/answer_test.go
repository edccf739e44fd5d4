package auth

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
)

// refreshAt asks a listener for a refresh.
func refreshAt(t *testing.T, base string) (Grant, error) {
	t.Helper()
	app := zoomApp(Confidential)
	app.OAuthBase = base
	e, err := NewEndpoint(Options{App: app})
	if err != nil {
		t.Fatal(err)
	}
	return e.Refresh(t.Context(), "the-old-refresh-token")
}

func TestGoodAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body, contentType string
		want                    Grant
	}{
		{"as documented", goodAnswer, "application/json;charset=UTF-8", Grant{
			AccessToken: "new-access", RefreshToken: "new-refresh", TokenType: "bearer",
			Scope: "a:b c:d", ScopeSent: true, APIURL: "https://api-eu.zoom.us", ExpiresIn: 3599 * time.Second,
		}},
		{"called text", goodAnswer, "text/plain", Grant{
			AccessToken: "new-access", RefreshToken: "new-refresh", TokenType: "bearer",
			Scope: "a:b c:d", ScopeSent: true, APIURL: "https://api-eu.zoom.us", ExpiresIn: 3599 * time.Second,
		}},
		{"seconds with a fraction", `{"access_token":"a","refresh_token":"r","expires_in":3599.0}`, "application/json", Grant{
			AccessToken: "a", RefreshToken: "r", ExpiresIn: 3599 * time.Second,
		}},
		{"seconds as text", `{"access_token":"a","expires_in":"600"}`, "application/json", Grant{AccessToken: "a", ExpiresIn: 10 * time.Minute}},
		{"nothing but the token", `{"access_token":"a"}`, "", Grant{AccessToken: "a", ExpiresIn: time.Hour}},
		{"empty scope", `{"access_token":"a","scope":"","expires_in":-5}`, "", Grant{AccessToken: "a", ExpiresIn: time.Hour}},
		{"stranger's api_url", `{"access_token":"a","api_url":"https://zoom.us.example.com"}`, "", Grant{
			AccessToken: "a", ExpiresIn: time.Hour, IgnoredAPIURL: "https://zoom.us.example.com",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			base, _, _ := listener(t, 200, test.body, "Content-Type: "+test.contentType, "X-Zm-Trackingid: v=2.0;rid=1")
			got, err := refreshAt(t, base)
			if err != nil {
				t.Fatal(err)
			}
			if got.ReceivedAt.IsZero() || got.TrackingID != "v=2.0;rid=1" {
				t.Errorf("received %v, tracking %q", got.ReceivedAt, got.TrackingID)
			}
			got.ReceivedAt, got.TrackingID = time.Time{}, ""
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// refusalCase is an answer with an error and what is made of it.
type refusalCase struct {
	name   string
	status int
	body   string
	header []string
	kind   ErrorKind
	class  explain.Class
	want   Error // the fields that come from the answer
}

// refusalsInWords are answers that say what is wrong.
func refusalsInWords() []refusalCase {
	return []refusalCase{
		{
			"dead token", 400, `{"reason":"Invalid Token!","error":"invalid_grant"}`, nil, ErrGrantEnded, explain.SignIn,
			Error{OAuth: "invalid_grant", Message: "Invalid Token!"},
		},
		{
			"dead token, older words", 401, `{"reason":"Invalid Token!","error":"invalid_request"}`, nil, ErrGrantEnded, explain.SignIn,
			Error{OAuth: "invalid_request", Message: "Invalid Token!"},
		},
		{"dead token behind a proxy", 400, `{"error":"invalid_grant"}`, nil, ErrGrantEnded, explain.SignIn, Error{OAuth: "invalid_grant"}},
		{
			"scopes changed", 400, `{"errorCode":"4,711","errorMessage":"Refresh token invalid"}`, nil, ErrGrantEnded, explain.SignIn,
			Error{Code: 4711, Message: "Refresh token invalid"},
		},
		{
			"wrong secret", 400, `{"reason":"Invalid client_id or client_secret","error":"invalid_client"}`, nil, ErrClient, explain.Usage,
			Error{OAuth: "invalid_client", Message: "Invalid client_id or client_secret"},
		},
		{
			"wrong grant type", 400, `{"reason":"unsupported grant type","error":"unsupported_grant_type"}`, nil, ErrRefused, explain.Usage,
			Error{OAuth: "unsupported_grant_type", Message: "unsupported grant type"},
		},
		{
			"other spelling", 400, `{"code":4738,"message":"disabled by admin","status":false}`, nil, ErrRefused, explain.Other,
			Error{Code: 4738, Message: "disabled by admin"},
		},
	}
}

// refusalsOtherwise are answers that are none, or that are about something else.
func refusalsOtherwise() []refusalCase {
	return []refusalCase{
		{"error with 200", 200, `{"error":"invalid_grant","reason":"x"}`, nil, ErrGrantEnded, explain.SignIn, Error{OAuth: "invalid_grant", Message: "x"}},
		{"empty object", 200, `{}`, nil, ErrServer, explain.Network, Error{Cause: "the answer has no access token"}},
		{"not JSON", 200, `access_token=a`, nil, ErrServer, explain.Network, Error{Cause: "the answer is not valid JSON"}},
		{
			"web page", 200, "<!doctype html><p>Log in to the hotel",
			[]string{"Content-Type: text/html"},
			ErrServer, explain.Network,
			Error{Cause: "a web page instead of an answer (a proxy, or a wrong oauth_base)"},
		},
		{
			"web page without a type", 502, " \n<html>", nil, ErrServer, explain.Network,
			Error{Cause: "a web page instead of an answer (a proxy, or a wrong oauth_base)"},
		},
		{"redirect", 307, "", []string{"Location: /elsewhere"}, ErrServer, explain.Network, Error{Cause: "a redirect instead of an answer; it was not followed"}},
		{"trouble at Zoom", 503, `{"message":"later"}`, nil, ErrServer, explain.Network, Error{Message: "later"}},
		{
			"too fast", 429, `{"code":429,"message":"per-second"}`,
			[]string{"Retry-After: 7"},
			ErrRateLimit, explain.RateLimit,
			Error{Code: 429, Message: "per-second"},
		},
		{
			"too often today", 429, `{"code":429,"message":"maximum daily rate limit"}`,
			[]string{"Retry-After: " + time.Now().UTC().Add(36*time.Hour).Format(time.RFC3339)}, // a time gone by tells nothing
			ErrRateLimit, explain.RateLimit,
			Error{Code: 429, Message: "maximum daily rate limit", Daily: true},
		},
		{
			"secrets in the answer", 400, `{"error":"invalid_grant","reason":"no the-old-refresh-token, client-secret-of-the-app \u001b[31m eyJhbGciOi"}`, nil,
			ErrGrantEnded, explain.SignIn,
			Error{OAuth: "invalid_grant", Message: "no [redacted], [redacted] [31m [redacted]"},
		},
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range slices.Concat(refusalsInWords(), refusalsOtherwise()) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			base, _, count := listener(t, test.status, test.body, append(test.header, "X-Zm-Trackingid: v=2.0;rid=1")...)
			_, err := refreshAt(t, base)
			e := wantKind(t, err, test.kind)
			if count.Load() != 1 {
				t.Errorf("asked %d times", count.Load())
			}
			if class := explain.Of(err).Class(); test.class != explain.Other && class != test.class {
				t.Errorf("class %v, want %v", class, test.class)
			}
			if e.TrackingID != "v=2.0;rid=1" || e.HTTPStatus != test.status || e.Host == "" || e.At.IsZero() || e.Op != "refresh" {
				t.Errorf("facts are missing: %+v", e.Facts())
			}
			if test.kind == ErrRateLimit && e.RetryAt.IsZero() {
				t.Error("it is not said when to ask again")
			}
			got := Error{OAuth: e.OAuth, Message: e.Message, Code: e.Code, Cause: e.Cause, Daily: e.Daily}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExchangeRefusals(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"reason":"Invalid authorization code","error":"invalid_grant"}`,
		`{"reason":"Invalid authorization code the-code-of-64","error":"invalid_request"}`,
	} {
		base, _, _ := listener(t, 400, body)
		app := zoomApp(Public)
		app.OAuthBase = base
		e, err := NewEndpoint(Options{App: app})
		if err != nil {
			t.Fatal(err)
		}
		_, err = e.Exchange(t.Context(), "the-code-of-64", Authorization{RedirectURI: DefaultRedirectURI, Verifier: "v"})
		wantKind(t, err, ErrCodeRefused)
		if contains(err.Error(), "the-code") || explain.Of(err).Class() != explain.SignIn {
			t.Errorf("%v is of class %v", err, explain.Of(err).Class())
		}
	}
}

func TestEndlessAnswerIsCut(t *testing.T) {
	t.Parallel()
	base, _, _ := listener(t, 200, `{"access_token":"`+strings.Repeat("a", maxAnswer+10)+`"}`)
	_, err := refreshAt(t, base)
	e := wantKind(t, err, ErrServer)
	if !contains(e.Cause, "too large") {
		t.Errorf("cause %q", e.Cause)
	}
}

func TestSecretGoesNowhereElse(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		base, _, _ := listener(t, status, "", "Location: "+other.URL+"/oauth/token")
		_, err := refreshAt(t, base)
		wantKind(t, err, ErrServer)
	}
	if elsewhere.Load() != 0 {
		t.Error("a redirect was followed with the refresh token")
	}
}

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	t.Cleanup(silent.Close)
	gone := httptest.NewServer(nil)
	gone.Close()
	ask := func(base string, limit time.Duration) error {
		app := zoomApp(Public)
		app.OAuthBase = base
		e, err := NewEndpoint(Options{App: app, HTTP: client(&http.Transport{})})
		if err != nil {
			t.Fatal(err)
		}
		e.limit = limit
		_, err = e.Refresh(t.Context(), "the-old-refresh-token")
		return err
	}
	err := ask(silent.URL, 50*time.Millisecond)
	wantKind(t, err, ErrNetwork)
	if neverSent(err) || !spent(err) {
		t.Error("a request that was sent counts as never sent")
	}
	err = ask(gone.URL, callLimit)
	e := wantKind(t, err, ErrNetwork)
	if !neverSent(err) || spent(err) || !contains(e.Cause, "connection refused") || explain.Of(err).Class() != explain.Network {
		t.Errorf("a refused connection is %v (never sent: %v)", err, neverSent(err))
	}
}

func TestRefreshIsRepeatedOnlyIfNeverSent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fail  func(*http.Request) error
		times int32
	}{
		{"nothing listens", func(r *http.Request) error {
			dead := &http.Transport{DisableKeepAlives: true}
			r.URL.Host = "127.0.0.1:1"
			resp, err := dead.RoundTrip(r)
			if resp != nil {
				_ = resp.Body.Close()
			}
			return err
		}, 2},
		{"broken off", func(*http.Request) error { return io.ErrUnexpectedEOF }, 1},
		{"time is over", func(*http.Request) error { return context.DeadlineExceeded }, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.signIn()
			w.clock.forward(time.Hour)
			var times atomic.Int32
			w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
				times.Add(1)
				return nil, test.fail(r)
			}))
			_, err := w.source().Token(t.Context())
			wantKind(t, err, ErrNetwork)
			if times.Load() != test.times {
				t.Errorf("sent %d times, want %d", times.Load(), test.times)
			}
			if _, there := w.opts.Store.Mark(); there != (test.times == 1) {
				t.Errorf("mark is there: %v", there)
			}
		})
	}
}

func TestSecretThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.signIn()
	w.clock.forward(time.Hour)
	broken := errors.New("pass: no such entry")
	w.opts.App.Secret = func(context.Context) (Secret, error) { return "", broken }
	if _, err := w.source().Token(t.Context()); !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
	if _, there := w.opts.Store.Mark(); there {
		t.Error("a refresh that was never sent leaves a mark")
	}
	w.opts.App.Secret = func(context.Context) (Secret, error) { return "", nil }
	_, err := w.source().Token(t.Context())
	wantKind(t, err, ErrUsage)
}

func TestAPIURLs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		raw      string
		loopback bool
		want     string
	}{
		{"https://api.zoom.us", false, "https://api.zoom.us"},
		{"https://api-eu.zoom.us/", false, "https://api-eu.zoom.us"},
		{"https://acme.zoom.us:443", false, "https://acme.zoom.us:443"},
		{"https://api.zoomgov.com", false, "https://api.zoomgov.com"},
		{"http://api.zoom.us", false, ""},
		{"https://api.zoom.us:8443", false, ""},
		{"https://api.zoom.us.evil.test", false, ""},
		{"https://evilzoom.us", false, ""},
		{"https://user@api.zoom.us", false, ""},
		{"https://api.zoom.us/path", false, ""},
		{"https://api.zoom.us?x=1", false, ""},
		{"https://evil.test#.zoom.us", false, ""},
		{"//api.zoom.us", false, ""},
		{"http://127.0.0.1:4000", false, ""},
		{"http://127.0.0.1:4000", true, "http://127.0.0.1:4000"},
		{"http://10.0.0.1", true, ""},
		{"\x00", true, ""},
	}
	for _, test := range tests {
		if got, ok := checkAPIURL(test.raw, test.loopback); got != test.want || ok != (test.want != "") {
			t.Errorf("%q (loopback %v): %q, %v", test.raw, test.loopback, got, ok)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Time{
		"7":                             now.Add(7 * time.Second),
		"Mon, 23 Nov 2026 00:00:00 GMT": time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		"2026-11-23T00:00:00Z":          time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		"2026-11-23T00:00:00":           time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		"2026-11-23":                    time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		"2026-11-23 00:00:00":           time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		"2026-11-23T09:00+09:00":        time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		"2026-11-22T12:00:00.5+0900":    now.Add(500 * time.Millisecond),
		"":                              {}, "soon": {}, "-1": {}, "2000000000": {}, "2026-11-21": {}, "2026-12-24T00:00:00Z": {},
	} {
		h := http.Header{"Retry-After": {value}}
		if got := retryAt(h, now); !got.Equal(want) {
			t.Errorf("%q: %v", value, got)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{goodAnswer, `{"error":"x","code":1e400}`, `{"expires_in":"1e9","access_token":{}}`, `<html>`, `{"errorCode":"4,700"}`} {
		f.Add([]byte(seed), 400)
	}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		x := &exchange{status: status, header: http.Header{}, body: body}
		err := refusal(opRefresh, x, []Secret{"the-secret-of-the-question"})
		if err.Kind == "" || len(err.Error()) > 6*maxWords {
			t.Fatalf("error %q", err)
		}
		if contains(err.Error(), "the-secret-of-the-question") {
			t.Fatal("a secret came back")
		}
		fields, ok := readFields(body)
		if !ok {
			return
		}
		if g, ok := fields.grant(true); ok && (g.AccessToken == "" || g.ExpiresIn < time.Second || g.ExpiresIn > maxLife) {
			t.Fatalf("grant %+v", g)
		}
		if _, err := json.Marshal(err); err != nil {
			t.Fatal(err)
		}
	})
}
