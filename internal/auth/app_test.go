package auth

import (
	"context"
	"testing"

	"zoomtui/internal/explain"
)

// appCase is an app and what is said against it; nothing: it is accepted.
type appCase struct {
	name string
	app  App
	says string
}

func appCases() []appCase {
	secret := func(context.Context) (Secret, error) { return "s", nil }
	with := func(change func(*App)) App {
		a := App{Profile: "work", Kind: Public, ClientID: "id"}
		change(&a)
		return a
	}
	return []appCase{
		{"public, defaults", with(func(*App) {}), ""},
		{"public, IPv6", with(func(a *App) { a.RedirectURI = "http://[::1]:9000/cb" }), ""},
		{"public, no port", with(func(a *App) { a.RedirectURI = "http://127.0.0.1/cb" }), ""},
		{"public, https", with(func(a *App) { a.RedirectURI = "https://me.example/cb" }), ""},
		{"public, localhost", with(func(a *App) { a.RedirectURI = "http://localhost:8976/callback" }), "write 127.0.0.1"},
		{"public, LocalHost over https", with(func(a *App) { a.RedirectURI = "https://LocalHost/cb" }), "write 127.0.0.1"},
		{"public, LAN", with(func(a *App) { a.RedirectURI = "http://192.168.1.5/cb" }), "needs https"},
		{"public, other loopback", with(func(a *App) { a.RedirectURI = "http://127.0.0.2/cb" }), "needs https"},
		{"public, own scheme", with(func(a *App) { a.RedirectURI = "zoomtui://cb" }), "must begin with https://"},
		{"public, fragment", with(func(a *App) { a.RedirectURI = "https://me.example/cb#x" }), "fragment"},
		{"public, user", with(func(a *App) { a.RedirectURI = "https://u:p@me.example/cb" }), "user name"},
		{"public, no host", with(func(a *App) { a.RedirectURI = "https:///cb" }), "is not an address"},
		{"public, port", with(func(a *App) { a.RedirectURI = "http://127.0.0.1:99999/cb" }), "is not a port"},
		{"confidential, https", with(func(a *App) { a.Kind, a.Secret, a.RedirectURI = Confidential, secret, "https://me.example/cb" }), ""},
		{"confidential, loopback", with(func(a *App) { a.Kind, a.Secret = Confidential, secret }), ""},
		{"confidential, http", with(func(a *App) { a.Kind, a.Secret, a.RedirectURI = Confidential, secret, "http://me.example/cb" }), "needs https"},
		{"confidential, no secret", with(func(a *App) { a.Kind = Confidential }), "client_secret is missing"},
		{"s2s", with(func(a *App) { a.Kind, a.Secret, a.AccountID = S2S, secret, "acc" }), ""},
		{"s2s, no account", with(func(a *App) { a.Kind, a.Secret = S2S, secret }), "account_id is missing"},
		{"no kind", with(func(a *App) { a.Kind = "" }), "none of public, confidential, s2s"},
		{"no id", with(func(a *App) { a.ClientID = "" }), "client_id is missing"},
		{"id with a line break", with(func(a *App) { a.ClientID = "id\n" }), "client_id"},
		{"bad profile", with(func(a *App) { a.Profile = "../x" }), "profile name"},
		{"government", with(func(a *App) { a.OAuthBase = "https://zoomgov.com" }), ""},
		{"sandbox", with(func(a *App) { a.OAuthBase = "http://127.0.0.1:4000/" }), ""},
		{"base in the clear", with(func(a *App) { a.OAuthBase = "http://zoom.us" }), "in the clear"},
		{"base with query", with(func(a *App) { a.OAuthBase = "https://zoom.us?x" }), "without a query"},
		{"API in the clear", with(func(a *App) { a.APIBase = "http://api.zoom.us" }), "api_base"},
		{"listen elsewhere", with(func(a *App) { a.Listen = "0.0.0.0:8976" }), ""},
		{"listen without port", with(func(a *App) { a.Listen = "127.0.0.1" }), "is not host:port"},
		{"listen on the other family", with(func(a *App) { a.Listen = "[::1]:8976" }), "use 127.0.0.1 in both"},
	}
}

func TestAppValidation(t *testing.T) {
	t.Parallel()
	for _, test := range appCases() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := test.app.Validate()
			if test.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			e := wantKind(t, err, ErrUsage)
			if !contains(e.Cause, test.says) || explain.Of(err).Class() != explain.Usage {
				t.Errorf("%v does not say %q", err, test.says)
			}
		})
	}
}

func TestListenFollowsTheRedirect(t *testing.T) {
	t.Parallel()
	for redirect, want := range map[string]string{
		"":                                "127.0.0.1:8976",
		"http://127.0.0.1:43117/callback": "127.0.0.1:43117",
		"http://127.0.0.1/callback":       "127.0.0.1:8976",
		"http://[::1]:5/cb":               "[::1]:5",
		"https://me.example/cb":           "127.0.0.1:8976",
	} {
		if got := (App{RedirectURI: redirect}).withDefaults().Listen; got != want {
			t.Errorf("%s: %s", redirect, got)
		}
	}
}
