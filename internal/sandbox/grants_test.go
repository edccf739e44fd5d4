package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestServerToServer(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindS2S)
	form := func() url.Values {
		return url.Values{"grant_type": {"account_credentials"}, "account_id": {app.AccountID}}
	}
	first, second := readTokens(t, token(t, s, app, form())), readTokens(t, token(t, s, app, form()))
	if _, ok := first.body["refresh_token"]; ok {
		t.Error("account credentials bring no refresh token")
	}
	for name, access := range map[string]string{"first": first.access, "second": second.access} {
		for _, id := range []string{demoUserID, "kenji@example.test"} {
			if r := api(t, s, access, "/users/"+id); r.status != http.StatusOK {
				t.Errorf("%s token, user %s: %d %s", name, id, r.status, r.body)
			}
		}
	}
	wantAPIError(t, api(t, s, first.access, "/users/me"), 404, `{"code":1001,"message":"User does not exist: me."}`)
	wantAPIError(t, api(t, s, first.access, "/users/nobody"), 404, `{"code":1001,"message":"User does not exist: nobody."}`)
	bad := form()
	bad.Set("account_id", "other")
	wantRefusal(t, token(t, s, app, bad), "Bad Request", "invalid_request")
}

func TestServerToServerWithMe(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{S2SMe: true})
	app := mustApp(t, s, KindS2S)
	got := readTokens(t, token(t, s, app, url.Values{"grant_type": {"account_credentials"}, "account_id": {app.AccountID}}))
	if r := api(t, s, got.access, "/users/me"); r.json(t)["id"] != demoUserID {
		t.Errorf("me is %s", r.body)
	}
}

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
