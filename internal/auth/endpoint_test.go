package auth

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// zoomApp is an app at the real Zoom, which no test reaches.
func zoomApp(kind Kind) App {
	app := App{Profile: "work", Kind: kind, ClientID: "7KxQ2fWJT1mBv8s0nLda3g"}
	if kind != Public {
		app.Secret = func(context.Context) (Secret, error) { return "client-secret-of-the-app", nil }
	}
	return app
}

func TestAuthCodeURL(t *testing.T) {
	t.Parallel()
	e, err := NewEndpoint(Options{App: zoomApp(Public)})
	if err != nil {
		t.Fatal(err)
	}
	a := Authorization{
		RedirectURI: "http://127.0.0.1:8976/callback", State: newState(),
		Verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", // RFC 7636 appendix B
	}
	raw := e.AuthCodeURL(a)
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"response_type": {"code"}, "client_id": {"7KxQ2fWJT1mBv8s0nLda3g"}, "redirect_uri": {a.RedirectURI},
		"state": {a.State.Reveal()}, "code_challenge_method": {"S256"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
	}
	if diff := cmp.Diff(want, u.Query()); diff != "" {
		t.Error(diff)
	}
	if got := u.Scheme + "://" + u.Host + u.Path; got != "https://zoom.us/oauth/authorize" {
		t.Errorf("goes to %s", got)
	}
	if len(a.State) != 22 {
		t.Errorf("state has %d characters", len(a.State))
	}
	// What the parts take when each is as short as it can be, and the library's
	// escapes in redirect_uri; a version 10 QR code, level L, holds 271 bytes.
	if len(raw) != 252 {
		t.Errorf("the link has %d bytes, which changes its QR code", len(raw))
	}
	a.Scope = "user:read:user meeting:read:meeting"
	u, err = url.Parse(e.AuthCodeURL(a))
	if err != nil || u.Query().Get("scope") != a.Scope {
		t.Errorf("scope on request: %q, %v", u.Query().Get("scope"), err)
	}
}

func TestStatesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[Secret]bool{}
	for range 1000 {
		s := newState()
		if seen[s] || len(s) != 22 || strings.ContainsFunc(s.Reveal(), notCode) {
			t.Fatalf("state %q", s.Reveal())
		}
		seen[s] = true
	}
}

// asked is what a request to the token endpoint said.
type asked struct {
	Path, Auth, ContentType string
	Form                    url.Values
}

// listener answers every request the same and remembers the last question.
func listener(t *testing.T, status int, body string, header ...string) (base string, last *atomic.Pointer[asked], count *atomic.Int32) {
	t.Helper()
	last, count = &atomic.Pointer[asked]{}, &atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count.Add(1)
		data, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		form, err := url.ParseQuery(string(data))
		if err != nil || r.URL.RawQuery != "" {
			t.Errorf("parameters in the query or not a form: %q, %v", r.URL.RawQuery, err)
		}
		last.Store(&asked{r.URL.Path, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), form})
		w.Header().Set("Content-Type", "application/json")
		for _, line := range header {
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL, last, count
}

const goodAnswer = `{"access_token":"new-access","token_type":"bearer","refresh_token":"new-refresh","expires_in":3599,"scope":"a:b c:d","api_url":"https://api-eu.zoom.us"}`

func TestHowAnAppShowsWhoItIs(t *testing.T) {
	t.Parallel()
	const basic = "Basic N0t4UTJmV0pUMW1CdjhzMG5MZGEzZzpjbGllbnQtc2VjcmV0LW9mLXRoZS1hcHA="
	authorization := Authorization{RedirectURI: DefaultRedirectURI, Verifier: "the-verifier", State: "the-state"}
	exchange := func(e *Endpoint) error { _, err := e.Exchange(t.Context(), "the-code", authorization); return err }
	refresh := func(e *Endpoint) error { _, err := e.Refresh(t.Context(), "the-refresh-token"); return err }
	account := func(e *Endpoint) error { _, err := e.AccountCredentials(t.Context()); return err }
	revoke := func(e *Endpoint) error { return e.Revoke(t.Context(), "the-access-token") }
	codeForm := url.Values{
		"grant_type": {"authorization_code"}, "code": {"the-code"},
		"redirect_uri": {DefaultRedirectURI}, "code_verifier": {"the-verifier"},
	}
	refreshForm := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"the-refresh-token"}}
	with := func(v url.Values, key, value string) url.Values {
		out := url.Values{key: {value}}
		for k := range v {
			out[k] = v[k]
		}
		return out
	}
	const id = "7KxQ2fWJT1mBv8s0nLda3g"
	tests := []struct {
		name string
		kind Kind
		do   func(*Endpoint) error
		want asked
	}{
		{"public exchange", Public, exchange, asked{Path: "/oauth/token", Form: with(codeForm, "client_id", id)}},
		{"public refresh", Public, refresh, asked{Path: "/oauth/token", Form: with(refreshForm, "client_id", id)}},
		{"public revoke", Public, revoke, asked{Path: "/oauth/revoke", Form: url.Values{"token": {"the-access-token"}, "client_id": {id}}}},
		{"confidential exchange", Confidential, exchange, asked{Path: "/oauth/token", Auth: basic, Form: codeForm}},
		{"confidential refresh", Confidential, refresh, asked{Path: "/oauth/token", Auth: basic, Form: refreshForm}},
		{"confidential revoke", Confidential, revoke, asked{Path: "/oauth/revoke", Auth: basic, Form: url.Values{"token": {"the-access-token"}}}},
		{"account credentials", S2S, account, asked{Path: "/oauth/token", Auth: basic, Form: url.Values{"grant_type": {"account_credentials"}, "account_id": {"acc"}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			base, last, count := listener(t, 200, goodAnswer)
			app := zoomApp(test.kind)
			app.OAuthBase, app.AccountID = base, "acc"
			e, err := NewEndpoint(Options{App: app})
			if err != nil {
				t.Fatal(err)
			}
			if err := test.do(e); err != nil {
				t.Fatal(err)
			}
			test.want.ContentType = "application/x-www-form-urlencoded"
			if diff := cmp.Diff(test.want, *last.Load()); diff != "" {
				t.Error(diff)
			}
			if count.Load() != 1 {
				t.Errorf("asked %d times", count.Load())
			}
		})
	}
}
