package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSignInAnswersExactlyAsZoom(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{KindPublic, KindConfidential} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, kind)
			r := token(t, s, app, codeForm(allow(t, s, app)))
			got := readTokens(t, r)
			want := map[string]any{
				"access_token": got.access, "token_type": "bearer", "refresh_token": got.refresh,
				"expires_in": float64(3599), "scope": strings.Join(app.Scopes, " "), "api_url": s.URL(),
			}
			if diff := cmp.Diff(want, got.body); diff != "" {
				t.Errorf("token answer (-want +got):\n%s", diff)
			}
			if got.access == "" || got.refresh == "" || got.access == got.refresh {
				t.Error("tokens are missing or the same")
			}
			if me := api(t, s, got.access, "/users/me"); me.status != http.StatusOK {
				t.Errorf("users/me with the new token: %d %s", me.status, me.body)
			}
		})
	}
}

func TestTokensLookLikeZooms(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	for _, tt := range []struct {
		name, token string
		typ         float64
		life        time.Duration
	}{
		{"access", got.access, 0, 3599 * time.Second},
		{"refresh", got.refresh, 1, 90 * 24 * time.Hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if n := len(tt.token); n < 950 || n > 1150 {
				t.Errorf("token has %d characters, Zoom's have about 1,050", n)
			}
			if !strings.HasPrefix(tt.token, "eyJzdiI6IjAwMDAwMSIs") {
				t.Errorf("token begins %.20s", tt.token)
			}
			head, claims := decodeToken(t, tt.token)
			if head["alg"] != "HS512" || head["v"] != "2.0" || head["kid"] == "" {
				t.Errorf("header %v", head)
			}
			iat := float64(clock.now().Unix())
			for name, want := range map[string]any{
				"iss": "zm:cid:" + app.ClientID, "aud": "https://oauth.zoom.us", "uid": demoUserID, "aid": demoAccountID,
				"type": tt.typ, "iat": iat, "nbf": iat, "exp": iat + tt.life.Seconds(),
			} {
				if claims[name] != want {
					t.Errorf("claim %s is %v, want %v", name, claims[name], want)
				}
			}
			for _, name := range []string{"ver", "auid", "code", "gno", "tid", "jti"} {
				if _, ok := claims[name]; !ok {
					t.Errorf("claim %s is missing", name)
				}
			}
			if _, ok := claims["scope"]; ok {
				t.Error("scopes are in the token; Zoom's have none")
			}
		})
	}
}

func decodeToken(t *testing.T, token string) (head, claims map[string]any) {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("token has %d parts", len(parts))
	}
	for i, into := range []*map[string]any{&head, &claims} {
		raw, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			t.Fatalf("part %d: %v", i, err)
		}
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatalf("part %d: %v", i, err)
		}
	}
	return head, claims
}

func TestCodeWorksOnceAndForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		change       []string
		wait         time.Duration
		as           string // kind of another app that redeems
		reason, code string
	}{
		{name: "made-up code", change: []string{"code", "nonsense"}, reason: "Invalid authorization code", code: "invalid_grant"},
		{name: "five minutes old", wait: 5 * time.Minute, reason: "Invalid authorization code", code: "invalid_grant"},
		{name: "by another app", as: KindConfidential, reason: "Invalid authorization code", code: "invalid_grant"},
		{name: "other redirect", change: []string{"redirect_uri", "http://127.0.0.1:50124/callback"}, reason: "Redirect URI mismatch", code: "invalid_grant"},
		{name: "no redirect", change: []string{"redirect_uri", ""}, reason: "Redirect URI mismatch", code: "invalid_grant"},
		{name: "verifier of another sign-in", change: []string{"code_verifier", strings.Repeat("a", 43)}, reason: "Invalid code verifier", code: "invalid_grant"},
		{name: "no verifier", change: []string{"code_verifier", ""}, reason: "Invalid code verifier", code: "invalid_grant"},
		{name: "the challenge as verifier", change: []string{"code_verifier", testChallenge}, reason: "Invalid code verifier", code: "invalid_grant"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, clock := startAt(t, Options{})
			app := mustApp(t, s, KindPublic)
			code := allow(t, s, app)
			if len(code) != 64 {
				t.Errorf("code has %d characters, want 64", len(code))
			}
			clock.add(tt.wait)
			as := app
			if tt.as != "" {
				as = mustApp(t, s, tt.as)
			}
			wantRefusal(t, token(t, s, as, codeForm(code, tt.change...)), tt.reason, tt.code)
		})
	}
	t.Run("second use", func(t *testing.T) {
		t.Parallel()
		s, _ := startAt(t, Options{})
		app := mustApp(t, s, KindPublic)
		code := allow(t, s, app)
		first := readTokens(t, token(t, s, app, codeForm(code)))
		wantRefusal(t, token(t, s, app, codeForm(code)), "Invalid authorization code", "invalid_grant")
		if r := api(t, s, first.access, "/users/me"); r.status != http.StatusOK {
			t.Errorf("the first sign-in suffered: %d %s", r.status, r.body)
		}
	})
	t.Run("almost five minutes old", func(t *testing.T) {
		t.Parallel()
		s, clock := startAt(t, Options{})
		app := mustApp(t, s, KindPublic)
		code := allow(t, s, app)
		clock.add(5*time.Minute - time.Second)
		readTokens(t, token(t, s, app, codeForm(code)))
	})
}

func TestPKCE(t *testing.T) {
	t.Parallel()
	const https = "https://app.example.test/oauth/callback"
	tests := []struct {
		name      string
		kind      string
		authorize []string
		verifier  string
		ok        bool
	}{
		{"S256", KindPublic, nil, testVerifier, true},
		{"plain", KindPublic, []string{"code_challenge", testVerifier, "code_challenge_method", "plain"}, testVerifier, true},
		{"no method is plain", KindPublic, []string{"code_challenge", testVerifier, "code_challenge_method", ""}, testVerifier, true},
		{"no method and an S256 challenge", KindPublic, []string{"code_challenge_method", ""}, testVerifier, false},
		{"confidential without challenge", KindConfidential, []string{"redirect_uri", https, "code_challenge", "", "code_challenge_method", ""}, "", true},
		{"verifier without challenge", KindConfidential, []string{"redirect_uri", https, "code_challenge", "", "code_challenge_method", ""}, testVerifier, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, tt.kind)
			form := codeForm(allow(t, s, app, tt.authorize...), "code_verifier", tt.verifier)
			if slices.Contains(tt.authorize, https) {
				form.Set("redirect_uri", https)
			}
			r := token(t, s, app, form)
			if tt.ok {
				readTokens(t, r)
				return
			}
			wantRefusal(t, r, "Invalid code verifier", "invalid_grant")
		})
	}
}

func TestClientAuthentication(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	public, secret := mustApp(t, s, KindPublic), mustApp(t, s, KindConfidential)
	tests := []struct {
		name     string
		form     url.Values
		id, pass string // Basic
		header   string // Authorization, as it is
		ok       bool
	}{
		{name: "public: id in the body", form: url.Values{"client_id": {public.ClientID}}, ok: true},
		{name: "public with a secret", form: url.Values{"client_id": {public.ClientID}, "client_secret": {"x"}}},
		{name: "public with Basic", id: public.ClientID, form: url.Values{}},
		{name: "public with Basic and id", id: public.ClientID, form: url.Values{"client_id": {public.ClientID}}},
		{name: "confidential: Basic", id: secret.ClientID, pass: secret.ClientSecret, form: url.Values{}, ok: true},
		{name: "confidential: form fields", form: url.Values{"client_id": {secret.ClientID}, "client_secret": {secret.ClientSecret}}, ok: true},
		{name: "confidential without a secret", form: url.Values{"client_id": {secret.ClientID}}},
		{name: "confidential with a wrong secret", id: secret.ClientID, pass: "wrong", form: url.Values{}},
		{name: "unknown id", form: url.Values{"client_id": {"nobody"}}},
		{name: "no client", form: url.Values{}},
		{name: "a bearer header", header: "Bearer x", form: url.Values{"client_id": {public.ClientID}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.form.Set("grant_type", "refresh_token")
			tt.form.Set("refresh_token", "none")
			req := request(t, http.MethodPost, s.URL()+"/oauth/token", tt.form)
			if tt.id != "" {
				req.SetBasicAuth(tt.id, tt.pass)
			}
			if tt.header != "" {
				req.Header.Set("Authorization", tt.header)
			}
			r := call(t, req)
			if !tt.ok {
				wantRefusal(t, r, "Invalid client_id or client_secret", "invalid_client")
			} else if r.json(t)["error"] != "invalid_grant" {
				t.Errorf("client refused: %s", r.body)
			}
		})
	}
}

func TestGrantTypes(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	public, secret := mustApp(t, s, KindPublic), mustApp(t, s, KindConfidential)
	s2s := mustApp(t, s, KindS2S)
	for _, tt := range []struct {
		name string
		app  App
		form url.Values
	}{
		{"missing", secret, url.Values{}},
		{"unknown", secret, url.Values{"grant_type": {"password"}}},
		{"account credentials of a user app", secret, url.Values{"grant_type": {"account_credentials"}, "account_id": {demoAccountID}}},
		{"client credentials without a secret", public, url.Values{"grant_type": {"client_credentials"}}},
		{"code of an s2s app", s2s, codeForm("x")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, token(t, s, tt.app, tt.form), "unsupported grant type", "unsupported_grant_type")
		})
	}
	t.Run("JSON body", func(t *testing.T) {
		t.Parallel()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/oauth/token",
			strings.NewReader(`{"grant_type":"refresh_token","refresh_token":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.SetBasicAuth(secret.ClientID, secret.ClientSecret)
		wantRefusal(t, call(t, req), "unsupported grant type", "unsupported_grant_type")
	})
	t.Run("parameters in the query", func(t *testing.T) {
		t.Parallel()
		req := request(t, http.MethodPost, s.URL()+"/oauth/token?grant_type=account_credentials&account_id="+demoAccountID, nil)
		req.SetBasicAuth(s2s.ClientID, s2s.ClientSecret)
		readTokens(t, call(t, req))
	})
	t.Run("GET", func(t *testing.T) {
		t.Parallel()
		r := get(t, s.URL()+"/oauth/token?grant_type=account_credentials")
		if r.status != http.StatusMethodNotAllowed || r.header.Get("Allow") != "POST" {
			t.Errorf("got %d, Allow %q", r.status, r.header.Get("Allow"))
		}
	})
	t.Run("body too large", func(t *testing.T) {
		t.Parallel()
		r := token(t, s, public, url.Values{"grant_type": {strings.Repeat("x", 100<<10)}})
		if r.status != http.StatusBadRequest {
			t.Errorf("got %d", r.status)
		}
	})
}

func TestRefreshRotates(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ kind, reason string }{
		{KindPublic, "Invalid refresh token"},
		{KindConfidential, "Invalid Token!"},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, tt.kind)
			first := signIn(t, s, app)
			second := readTokens(t, token(t, s, app, refreshForm(first.refresh)))
			if second.refresh == first.refresh || second.access == first.access {
				t.Error("a refresh must bring new tokens")
			}
			if second.scope != first.scope {
				t.Errorf("scope %q became %q", first.scope, second.scope)
			}
			wantRefusal(t, token(t, s, app, refreshForm(first.refresh)), tt.reason, "invalid_grant")
			wantRefusal(t, token(t, s, app, refreshForm("bogus")), tt.reason, "invalid_grant")
			for name, access := range map[string]string{"old": first.access, "new": second.access} {
				if r := api(t, s, access, "/users/me"); r.status != http.StatusOK {
					t.Errorf("%s access token: %d %s", name, r.status, r.body)
				}
			}
			readTokens(t, token(t, s, app, refreshForm(second.refresh)))
			want := map[string]int{"token.refresh": 4, "token.authorization_code": 1}
			got := s.Counts()
			for name, n := range want {
				if got[name] != n {
					t.Errorf("count %s is %d, want %d", name, got[name], n)
				}
			}
		})
	}
}

func TestRefreshTokenBelongsToItsAppAndEnds(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	public, secret := mustApp(t, s, KindPublic), mustApp(t, s, KindConfidential)
	mine := signIn(t, s, public)
	wantRefusal(t, token(t, s, secret, refreshForm(mine.refresh)), "Invalid Token!", "invalid_grant")
	clock.add(90*24*time.Hour - time.Second)
	next := readTokens(t, token(t, s, public, refreshForm(mine.refresh)))
	clock.add(90 * 24 * time.Hour)
	wantRefusal(t, token(t, s, public, refreshForm(next.refresh)), "Invalid refresh token", "invalid_grant")
}

func TestNewSignInEndsTheOldOne(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	public, secret := mustApp(t, s, KindPublic), mustApp(t, s, KindConfidential)
	old, other := signIn(t, s, public), signIn(t, s, secret)
	code := allow(t, s, public)
	if r := api(t, s, old.access, "/users/me"); r.status != http.StatusOK {
		t.Errorf("a code alone ended the old sign-in: %d %s", r.status, r.body)
	}
	fresh := readTokens(t, token(t, s, public, codeForm(code)))
	wantAPIError(t, api(t, s, old.access, "/users/me"), 401, `{"code":124,"message":"Invalid access token."}`)
	wantRefusal(t, token(t, s, public, refreshForm(old.refresh)), "Invalid refresh token", "invalid_grant")
	for name, access := range map[string]string{"new": fresh.access, "other app": other.access} {
		if r := api(t, s, access, "/users/me"); r.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
}
