package auth_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"zoomtui/internal/auth"
)

// The apps that testdata/oidc-provider/server.mjs knows.
const (
	interopPublic       = "public-app"
	interopConfidential = "confidential-app" // may use device codes
	interopNoDevice     = "no-device-app"
	interopSecret       = "a secret: with/other+characters%"
	interopHTTPS        = "https://apps.example.test/callback"
	// Asked for, because this server has no scopes of an app, as Zoom has.
	interopScope = "user:read:user meeting:read:list_meetings"
)

// TestInterop signs in at oidc-provider, an authorization server that shares
// nothing with this program and holds to the RFCs where Zoom may not.
func TestInterop(t *testing.T) {
	t.Parallel()
	issuer := startProvider(t)
	tests := map[string]func(t *testing.T, issuer string){
		"callback, rotation, reuse": interopCallback,
		"https redirect and paste":  interopPaste,
		"logout ends the sign-in":   interopLogout,
		"declined":                  interopDeclined,
		"the code works once":       interopCodeOnce,
		"another verifier":          interopVerifier,
		"a wrong secret":            interopWrongSecret,
		"a redirect not registered": interopRedirect,
		"short code":                interopDevice,
		"short code typed":          interopDeviceTyped,
		"short code declined":       interopDeviceDeclined,
		"short codes off":           interopDeviceOff,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, issuer)
		})
	}
}

func interopCallback(t *testing.T, issuer string) {
	o := interopOptions(t, issuer, interopPublic)
	l := interopLogin(t, o)
	page := newVisitor(t).allow(l.URL(), "")
	if page.status != http.StatusOK || !strings.Contains(page.body, "close this tab") {
		t.Errorf("the browser ends on status %d:\n%s", page.status, page.body)
	}
	r, err := l.Wait(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	first := r.Token
	if life := first.ExpiresAt.Sub(first.ObtainedAt); life != 3599*time.Second || first.RefreshToken == "" || first.APIURL != "" || first.Scope != interopScope {
		t.Errorf("life %v, refresh token %v, api_url %q, scope %q", life, first.RefreshToken != "", first.APIURL, first.Scope)
	}

	source, err := auth.NewSource(auth.SourceOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	second, err := source.TokenWith(soon(t), auth.TokenRequest{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	if second.AccessToken == first.AccessToken || second.RefreshToken == first.RefreshToken || second.Generation != 2 {
		t.Errorf("the refresh did not rotate: generation %d", second.Generation)
	}

	// A refresh token that is used twice may be a stolen one: the server ends the
	// whole sign-in (RFC 9700 section 4.14.2), so the newest token is dead too.
	endpoint, err := auth.NewEndpoint(o)
	if err != nil {
		t.Fatal(err)
	}
	_, err = endpoint.Refresh(soon(t), first.RefreshToken)
	wantKind(t, err, auth.ErrGrantEnded)
	_, err = source.TokenWith(soon(t), auth.TokenRequest{Force: true})
	wantKind(t, err, auth.ErrGrantEnded)
	if stored, err := o.Store.Load(); err != nil || stored.RefreshToken != second.RefreshToken {
		t.Errorf("a refusal has changed what is stored: %v", err)
	}
}

func interopPaste(t *testing.T, issuer string) {
	o := interopOptions(t, issuer, interopConfidential)
	l := interopLogin(t, o)
	page := newVisitor(t).allow(l.URL(), interopHTTPS)
	if err := l.Paste(page.address); err != nil {
		t.Fatal(err)
	}
	if r, err := l.Wait(soon(t)); err != nil || r.Token.RefreshToken == "" {
		t.Errorf("no sign-in: %v", err)
	}
}

func interopLogout(t *testing.T, issuer string) {
	for _, id := range []string{interopPublic, interopConfidential} {
		o := interopOptions(t, issuer, id)
		token := interopSignIn(t, o)
		r, err := auth.Logout(soon(t), o)
		if err != nil || !r.Revoked {
			t.Fatalf("%s: revoked %v, %v, %v", id, r.Revoked, r.RevokeErr, err)
		}
		endpoint, err := auth.NewEndpoint(o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = endpoint.Refresh(soon(t), token.RefreshToken)
		wantKind(t, err, auth.ErrGrantEnded)
	}
}

func interopDeclined(t *testing.T, issuer string) {
	l := interopLogin(t, interopOptions(t, issuer, interopPublic))
	page := newVisitor(t).decline(l.URL(), "")
	if page.status != http.StatusBadRequest || !strings.Contains(page.body, "Not signed in") {
		t.Errorf("the browser ends on status %d:\n%s", page.status, page.body)
	}
	_, err := l.Wait(soon(t))
	if e := wantKind(t, err, auth.ErrDeclined); e.OAuth != "access_denied" {
		t.Errorf("error %q", e.OAuth)
	}
}

// interopCode lets a person allow the app, and takes the code before the program has it.
func interopCode(t *testing.T, o auth.Options) (*auth.Endpoint, auth.Secret, auth.Authorization) {
	t.Helper()
	endpoint, err := auth.NewEndpoint(o)
	if err != nil {
		t.Fatal(err)
	}
	a := auth.Authorization{RedirectURI: o.App.RedirectURI, Scope: interopScope, State: "a state", Verifier: auth.Secret(oauth2.GenerateVerifier())}
	page := newVisitor(t).allow(endpoint.AuthCodeURL(a), o.App.RedirectURI)
	u, err := url.Parse(page.address)
	if err != nil || u.Query().Get("code") == "" || u.Query().Get("state") != a.State.Reveal() {
		t.Fatalf("no code, or another state, in %q: %v", page.address, err)
	}
	return endpoint, auth.Secret(u.Query().Get("code")), a
}

func interopCodeOnce(t *testing.T, issuer string) {
	endpoint, code, a := interopCode(t, interopOptions(t, issuer, interopConfidential))
	if _, err := endpoint.Exchange(soon(t), code, a); err != nil {
		t.Fatal(err)
	}
	_, err := endpoint.Exchange(soon(t), code, a)
	wantKind(t, err, auth.ErrCodeRefused)
}

func interopVerifier(t *testing.T, issuer string) {
	endpoint, code, a := interopCode(t, interopOptions(t, issuer, interopPublic))
	a.Verifier = auth.Secret(oauth2.GenerateVerifier())
	_, err := endpoint.Exchange(soon(t), code, a)
	wantKind(t, err, auth.ErrCodeRefused)
}

func interopWrongSecret(t *testing.T, issuer string) {
	o := interopOptions(t, issuer, interopConfidential)
	o.App.Secret = func(context.Context) (auth.Secret, error) { return "mistyped", nil }
	l := interopLogin(t, o)
	wantKind(t, l.Paste(newVisitor(t).allow(l.URL(), interopHTTPS).address), auth.ErrClient)
}

func interopRedirect(t *testing.T, issuer string) {
	o := interopOptions(t, issuer, interopPublic)
	o.App.RedirectURI = "http://127.0.0.1:8976/elsewhere"
	l := interopLogin(t, o)
	if page := newVisitor(t).allow(l.URL(), ""); page.status != http.StatusBadRequest || !strings.Contains(page.body, "redirect_uri") {
		t.Errorf("status %d and no word of the redirect:\n%s", page.status, page.body)
	}
}

// interopOptions is a profile of one of the apps, with a store of its own.
func interopOptions(t *testing.T, issuer, id string) auth.Options {
	t.Helper()
	store, err := auth.NewStore(filepath.Join(t.TempDir(), "tokens"), id)
	if err != nil {
		t.Fatal(err)
	}
	app := auth.App{Profile: id, Kind: auth.Public, ClientID: id, Listen: "127.0.0.1:0", OAuthBase: issuer, RedirectURI: auth.DefaultRedirectURI}
	if id != interopPublic {
		app.Kind, app.RedirectURI = auth.Confidential, interopHTTPS
		app.Secret = func(context.Context) (auth.Secret, error) { return interopSecret, nil }
	}
	return auth.Options{App: app, Store: store, Command: "test"}
}

func interopLogin(t *testing.T, o auth.Options) *auth.Login {
	t.Helper()
	l, err := auth.StartLogin(t.Context(), auth.LoginOptions{Options: o, Scope: interopScope})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func interopSignIn(t *testing.T, o auth.Options) auth.Token {
	t.Helper()
	l := interopLogin(t, o)
	stop := ""
	if o.App.Kind == auth.Confidential {
		stop = interopHTTPS
	}
	page := newVisitor(t).allow(l.URL(), stop)
	if stop != "" {
		if err := l.Paste(page.address); err != nil {
			t.Fatal(err)
		}
	}
	r, err := l.Wait(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	return r.Token
}

// soon is a context that ends a test that would hang.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// wantKind fails unless err is of the kind.
func wantKind(t *testing.T, err error, kind auth.ErrorKind) *auth.Error {
	t.Helper()
	e, ok := errors.AsType[*auth.Error](err)
	if !ok || e.Kind != kind {
		t.Fatalf("error is %v, want kind %q", err, kind)
	}
	return e
}
