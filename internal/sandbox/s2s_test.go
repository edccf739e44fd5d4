package sandbox

import (
	"net/http"
	"net/url"
	"testing"
)

// accountForm asks for a Server-to-Server token.
func accountForm(accountID string) url.Values {
	form := url.Values{"grant_type": {"account_credentials"}}
	if accountID != "" {
		form.Set("account_id", accountID)
	}
	return form
}

func TestServerToServer(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindS2S)
	first, second := readTokens(t, token(t, s, app, accountForm(app.AccountID))), readTokens(t, token(t, s, app, accountForm(app.AccountID)))
	if _, ok := first.body["refresh_token"]; ok {
		t.Error("account credentials bring no refresh token")
	}
	for name, access := range map[string]string{"first": first.access, "second": second.access} {
		if r := api(t, s, access, "/users/"+demoUserID); r.status != http.StatusOK {
			t.Errorf("%s token: %d %s", name, r.status, r.body)
		}
	}
}

// TestServerToServerRefusals: what a person who set the app up wrongly has to tell apart.
func TestServerToServerRefusals(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindS2S)
	with := func(change func(*App)) App {
		other := app
		change(&other)
		return other
	}
	for _, tt := range []struct {
		name         string
		app          App
		account      string
		reason, code string
	}{
		{"wrong account", app, "other", "Bad Request", "invalid_request"},
		{"account in other case", app, "Q6GBJVO5TZEXKYTB_I2RPG", "Bad Request", "invalid_request"},
		{"no account", app, "", "Bad Request", "invalid_request"},
		{"wrong secret", with(func(a *App) { a.ClientSecret = "x" }), app.AccountID, "Invalid client_id or client_secret", "invalid_client"},
		{"no secret", with(func(a *App) { a.ClientSecret = "" }), app.AccountID, "Invalid client_id or client_secret", "invalid_client"},
		{"wrong id", with(func(a *App) { a.ClientID = "nobody" }), app.AccountID, "Invalid client_id or client_secret", "invalid_client"},
		{"wrong secret and account", with(func(a *App) { a.ClientSecret = "x" }), "other", "Invalid client_id or client_secret", "invalid_client"},
		{"an app for people", mustApp(t, s, KindConfidential), app.AccountID, "unsupported grant type", "unsupported_grant_type"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, token(t, s, tt.app, accountForm(tt.account)), tt.reason, tt.code)
		})
	}
}

// TestServerToServerNamesUsers: by id or address, in each call of the dashboard; a stranger has the
// endpoint's own number.
func TestServerToServerNamesUsers(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindS2S)
	access := readTokens(t, token(t, s, app, accountForm(app.AccountID))).access
	for _, user := range []string{demoUserID, kenjiID, "kenji@example.test", "KENJI@example.test", "kenji%40example.test"} {
		for _, what := range []string{"", "/meetings", "/upcoming_meetings", "/settings"} {
			r := api(t, s, access, "/users/"+user+what)
			if what == "/settings" {
				if r.json(t)["code"] != 4711. {
					t.Errorf("%s%s: the app has no such scope: %d %s", user, what, r.status, r.body)
				}
				continue
			}
			if r.status != http.StatusOK {
				t.Errorf("%s%s: %d %s", user, what, r.status, r.body)
			}
		}
	}
	if got := api(t, s, access, "/users/kenji@example.test").json(t)["id"]; got != kenjiID {
		t.Errorf("the address of one user gave another: %v", got)
	}
	for _, m := range readPage(t, api(t, s, access, "/users/"+kenjiID+"/meetings")).Meetings {
		if m["host_id"] != kenjiID {
			t.Errorf("a meeting of somebody else: %v", m)
		}
	}
	for path, code := range map[string]string{"": "1001", "/meetings": "1001", "/upcoming_meetings": "3001"} {
		wantAPIError(t, api(t, s, access, "/users/nobody@example.test"+path), 404, `{"code":`+code+`,"message":"User does not exist: nobody@example.test."}`)
	}
}

// TestServerToServerMe: what is seen in practice, and what the documents say.
func TestServerToServerMe(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindS2S)
	access := readTokens(t, token(t, s, app, accountForm(app.AccountID))).access
	person := signIn(t, s, mustApp(t, s, KindPublic)).access
	if r := api(t, s, access, "/users/me"); r.json(t)["id"] != demoUserID {
		t.Errorf("me is the owner of the app: %s", r.body)
	}
	setFault(t, s, "s2s-me-refused", true)
	for path, code := range map[string]string{"": "1001", "/meetings": "1001", "/upcoming_meetings": "3001"} {
		wantAPIError(t, api(t, s, access, "/users/me"+path), 404, `{"code":`+code+`,"message":"User does not exist: me."}`)
		if r := api(t, s, person, "/users/me"+path); r.status != http.StatusOK {
			t.Errorf("a person's token suffers: %d %s", r.status, r.body)
		}
		if r := api(t, s, access, "/users/aiko@example.test"+path); r.status != http.StatusOK {
			t.Errorf("a named user: %d %s", r.status, r.body)
		}
	}
}

func TestServerToServerInactive(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindS2S)
	access := readTokens(t, token(t, s, app, accountForm(app.AccountID))).access
	person := signIn(t, s, mustApp(t, s, KindPublic)).access
	setFault(t, s, "s2s-inactive", true)
	wantRefusal(t, token(t, s, app, accountForm(app.AccountID)), "Invalid client_id or client_secret", "invalid_client")
	wantAPIError(t, api(t, s, access, "/users/"+demoUserID), 401, `{"code":124,"message":"Invalid access token."}`)
	if r := api(t, s, person, "/users/me"); r.status != http.StatusOK {
		t.Errorf("an app for people suffers: %d", r.status)
	}
	setFault(t, s, "s2s-inactive", false)
	if r := api(t, s, access, "/users/"+demoUserID); r.status != http.StatusOK {
		t.Errorf("active again: %d", r.status)
	}
}
