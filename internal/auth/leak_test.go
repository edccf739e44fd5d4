package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// The secrets that the failures below are about.
const (
	leakCode    = "c0de-that-nobody-may-see"
	leakRefresh = "r3fresh-that-nobody-may-see"
	leakAccess  = "a0cess-that-nobody-may-see"
	leakSecret  = "s3cret-that-nobody-may-see"
	leakState   = "st4te-that-nobody-may-see"
	leakProof   = "v3rifier-that-nobody-may-see"
)

// parrot answers with everything that it was asked.
func parrot(t *testing.T, status int, wrap func(question string) string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.QueryUnescape(string(body))
		id, secret, _ := r.BasicAuth()
		question := strings.Join([]string{string(body), form, id, secret, r.Header.Get("Authorization")}, " ")
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Zm-Trackingid", form+secret)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, wrap(question))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestNoErrorHoldsASecret(t *testing.T) {
	t.Parallel()
	inReason := func(q string) string {
		return `{"error":"invalid_grant","reason":"` + q + `","message":"` + q + `"}`
	}
	inError := func(q string) string { return `{"error":"` + q + `"}` }
	bases := map[string]string{
		"reason":   parrot(t, 400, inReason),
		"error":    parrot(t, 400, inError),
		"200":      parrot(t, 200, inError),
		"text":     parrot(t, 400, func(q string) string { return q }),
		"web page": parrot(t, 500, func(q string) string { return "<html>" + q }),
		"redirect": parrot(t, 302, inReason),
		"nobody":   "http://127.0.0.1:1",
	}
	for name, base := range bases {
		for _, kind := range []Kind{Public, Confidential, S2S} {
			t.Run(name+" "+string(kind), func(t *testing.T) {
				t.Parallel()
				for _, err := range failures(t, base, kind) {
					if err == nil {
						t.Fatal("nothing failed")
					}
					checkLeak(t, err)
				}
			})
		}
	}
}

// failures does everything that sends a secret.
func failures(t *testing.T, base string, kind Kind) []error {
	t.Helper()
	store := newTestStore(t)
	token := testToken()
	token.AccessToken, token.RefreshToken = leakAccess, leakRefresh
	token.Kind, token.ObtainedAt, token.ExpiresAt = kind, time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour)
	save(t, store, token)
	app := App{Profile: "work", Kind: kind, ClientID: "client", AccountID: "account", OAuthBase: base, Listen: "127.0.0.1:0"}
	if kind != Public {
		app.Secret = func(context.Context) (Secret, error) { return leakSecret, nil }
	}
	o := Options{App: app, Store: store}
	source, err := NewSource(SourceOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	e := source.endpoint
	a := Authorization{RedirectURI: DefaultRedirectURI, State: leakState, Verifier: leakProof}
	_, ofToken := source.Token(t.Context())
	_, ofExchange := e.Exchange(t.Context(), leakCode, a)
	_, ofRefresh := e.Refresh(t.Context(), leakRefresh)
	_, ofDevice := e.deviceCode(t.Context(), "")
	_, ofPoll := e.deviceToken(t.Context(), leakCode)
	all := []error{ofToken, ofExchange, ofRefresh, ofDevice, ofPoll}
	for _, err := range []error{e.Revoke(t.Context(), leakAccess), CheckApp(t.Context(), o)} {
		if err != nil {
			all = append(all, err)
		}
	}
	if kind == S2S {
		return all
	}
	l, err := StartLogin(t.Context(), LoginOptions{Options: o})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	p := pasted{states: &states{list: []string{leakState}}, redirect: DefaultRedirectURI, oauthBase: base}
	for _, text := range []string{
		DefaultRedirectURI + "?code=" + leakCode + "&state=x" + leakState,
		DefaultRedirectURI + "?error=" + leakState + "&code=" + leakCode, "https://example.com/?code=" + leakCode + "&state=y" + leakState,
		leakCode + " " + leakState + " three words", "eyJ" + leakAccess,
	} {
		_, err := p.parse(text)
		all = append(all, err)
	}
	dir := t.TempDir()
	leaveNote(dir, addrPort(l.addr), leakState)
	finish := FinishOptions{PendingDir: dir}
	_, ofStray := Finish(t.Context(), finish, DefaultRedirectURI+"?code="+leakCode+"&state="+leakProof)
	_, ofFinish := Finish(t.Context(), finish, leakCode) // the listener does not know this state
	return append(all, l.Paste(leakCode), ofStray, ofFinish)
}

func TestNoStoreErrorHoldsASecret(t *testing.T) {
	t.Parallel()
	for _, content := range []string{
		`{"version":1,"access_token":"` + leakAccess + `","refresh_token":7}`,
		`{"version":1,"access_token":"` + leakAccess + `"} ` + leakRefresh,
		leakRefresh, `{"version":9,"refresh_token":"` + leakRefresh + `"}`,
		`{"version":1,"access_token":"` + leakAccess + `","expires_at":"` + leakRefresh + `"}`,
	} {
		s := newTestStore(t)
		if err := errors.Join(os.MkdirAll(s.dir, 0o700), os.WriteFile(s.Path(), []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
		_, err := s.Load()
		if err == nil {
			t.Fatalf("%s is accepted", content)
		}
		checkLeak(t, err)
	}
}

// checkLeak prints an error in every way, and each error that it wraps.
func checkLeak(t *testing.T, err error) {
	t.Helper()
	basic := base64.StdEncoding.EncodeToString([]byte("client:" + leakSecret))
	text := everyWay(t, err)
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		text += inner.Error()
	}
	if e, ok := errors.AsType[*Error](err); ok {
		text += everyWay(t, e.Facts())
	}
	for _, never := range []string{leakCode, leakRefresh, leakAccess, leakSecret, leakProof, basic} {
		if contains(text, never) {
			t.Errorf("%s is in %v", never, err)
		}
	}
	if contains(text, leakState) {
		t.Errorf("the state is in %v", err)
	}
}
