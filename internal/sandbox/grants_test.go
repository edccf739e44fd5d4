package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestClientCredentialsOpenNoUser(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	got := readTokens(t, token(t, s, app, url.Values{"grant_type": {"client_credentials"}}))
	if got.refresh != "" {
		t.Error("client credentials bring no refresh token")
	}
	wantAPIError(t, api(t, s, got.access, "/users/me"), 400, `{"code":200,"message":"Invalid api key or secret."}`)
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{KindPublic, KindConfidential} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, kind)
			got := signIn(t, s, app)
			revoke := func(as App, value string) reply {
				form := url.Values{"token": {value}}
				if as.Kind == KindPublic {
					form.Set("client_id", as.ClientID)
				}
				req := request(t, http.MethodPost, s.URL()+"/oauth/revoke", form)
				if as.Kind != KindPublic {
					req.SetBasicAuth(as.ClientID, as.ClientSecret)
				}
				return call(t, req)
			}
			wrong := app
			wrong.ClientID, wrong.ClientSecret = "nobody", "x"
			wantRefusal(t, revoke(wrong, got.access), "Invalid client_id or client_secret", "invalid_client")
			wantRefusal(t, revoke(app, "unknown"), "Invalid Token!", "invalid_request")
			if r := revoke(app, got.access); r.status != 200 || strings.TrimSpace(r.body) != `{"status":"success"}` {
				t.Errorf("revoke: %d %s", r.status, r.body)
			}
			wantAPIError(t, api(t, s, got.access, "/users/me"), 401, `{"code":124,"message":"Invalid access token."}`)
			if r := token(t, s, app, refreshForm(got.refresh)); r.status != 400 {
				t.Errorf("the refresh token survived: %d", r.status)
			}
			again := signIn(t, s, app)
			if r := revoke(app, again.refresh); r.status != 200 {
				t.Errorf("revoke by refresh token: %d %s", r.status, r.body)
			}
		})
	}
}
