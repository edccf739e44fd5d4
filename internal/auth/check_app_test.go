package auth

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"zoomtui/internal/explain"
)

func TestCheckApp(t *testing.T) {
	t.Parallel()
	wrongSecret := func(a *App) { a.Secret = func(context.Context) (Secret, error) { return "another-secret", nil } }
	tests := []struct {
		name   string
		kind   Kind
		spoil  func(a *App)
		want   ErrorKind
		cause  string
		offers string // in what is explained
	}{
		{"public", Public, func(*App) {}, "", "", ""},
		{"confidential", Confidential, func(*App) {}, "", "", ""},
		{"s2s", S2S, func(*App) {}, "", "", ""},
		{"public, id", Public, func(a *App) { a.ClientID = "NoSuchClient" }, ErrClientID, "does not know this client id", "Public Client ID"},
		{"public, redirect", Public, func(a *App) { a.RedirectURI = "http://127.0.0.1:8976/other" }, ErrRedirectURI, "http://127.0.0.1:8976/other", "both fields"},
		{"public, id of an app with a secret", Public, func(a *App) { a.ClientID = "SandboxSecretClient001" }, ErrClientSecret, "wants a client secret", "wants a client secret"},
		{"confidential, id", Confidential, func(a *App) { a.ClientID = "NoSuchClient" }, ErrClientID, "does not know this client id", "client id"},
		{"confidential, secret", Confidential, wrongSecret, ErrClientSecret, "does not accept the client secret", "does not accept the client secret"},
		{"confidential, redirect", Confidential, func(a *App) { a.RedirectURI = "https://app.example.test/oauth/callback/" }, ErrRedirectURI, "https://app.example.test/oauth/callback/", "OAuth Allow List"},
		{"confidential, secret and redirect", Confidential, func(a *App) {
			wrongSecret(a)
			a.RedirectURI = "https://app.example.test/x"
		}, ErrClientSecret, "does not accept the client secret", "client secret"},
		{"s2s, id", S2S, func(a *App) { a.ClientID = "NoSuchClient" }, ErrClient, "does not say which", "client id and client secret"},
		{"s2s, secret", S2S, wrongSecret, ErrClient, "does not say which", "client id and client secret"},
		{"s2s, account", S2S, func(a *App) { a.AccountID = "another" }, ErrAccountID, "account id", "account id"},
		{"unusable", Public, func(a *App) { a.RedirectURI = "http://localhost:1/" }, ErrUsage, "localhost", "localhost"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, test.kind)
			test.spoil(&w.opts.App)
			w.opts.Store = nil
			err := CheckApp(t.Context(), w.opts)
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			e := wantKind(t, err, test.want)
			p := explain.Of(err)
			said := p.What + " " + p.Why
			for _, step := range p.Next {
				said += " " + step.Text
			}
			if !contains(e.Cause, test.cause) || !contains(said, test.offers) || p.Class() != explain.Usage {
				t.Errorf("cause %q, class %v: %s", e.Cause, p.Class(), said)
			}
			checkLeakOf(t, err, "another-secret", impossibleCode)
		})
	}
}

// checkLeakOf fails when an error prints one of the texts.
func checkLeakOf(t *testing.T, err error, never ...string) {
	t.Helper()
	text := everyWay(t, err)
	for _, n := range never {
		if contains(text, n) {
			t.Errorf("%q is in %v", n, err)
		}
	}
}

func TestCheckAppSignsNobodyIn(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Public, Confidential, S2S} {
		w := newWorld(t, kind)
		var before Token
		if kind != S2S {
			before = w.signIn()
		}
		if err := CheckApp(t.Context(), w.opts); err != nil {
			t.Fatal(err)
		}
		if kind == S2S {
			if _, err := os.Stat(w.dir); err == nil {
				t.Error("something was stored")
			}
			continue
		}
		if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
			t.Errorf("%s: the sign-in before (%s) has ended: %v", kind, before.Fingerprint(), err)
		}
	}
}

func TestCheckAppOffline(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Public, Confidential, S2S} {
		for name, rt := range map[string]http.RoundTripper{
			"no network":     roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("network is unreachable") }),
			"a proxy's page": always(502, "<html>Bad gateway", "Content-Type: text/html"), "a guest network": always(302, "", "Location: http://login.example/"),
		} {
			w := newWorld(t, kind)
			w.opts.HTTP = client(rt)
			if err := CheckApp(t.Context(), w.opts); explain.Of(err).Class() != explain.Network {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
		}
	}
}

// TestCheckAppThatZoomTellsLittleOf: a sign-in page in place of the consent page
// says nothing of the id, so no more is claimed than is known.
func TestCheckAppThatZoomTellsLittleOf(t *testing.T) {
	t.Parallel()
	pages := map[string]func() *http.Response{
		"a redirect": func() *http.Response { return reply(302, "", "Location: /signin") },
		"the same page for everybody": func() *http.Response {
			return reply(200, `<html><script>["Invalid redirect","Invalid client_id"]</script>Sign in`, "Content-Type: text/html")
		},
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			refuses := true
			w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/authorize"):
					if r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "" {
						t.Error("the page is asked with more than a browser has")
					}
					return page(), nil
				case refuses:
					return reply(400, `{"error":"invalid_client","reason":"Invalid client_id or client_secret"}`), nil
				}
				return reply(400, `{"error":"invalid_grant","reason":"Invalid authorization code"}`), nil
			}))
			e := wantKind(t, CheckApp(t.Context(), w.opts), ErrClient)
			if !contains(e.Cause, "does not say which") {
				t.Errorf("says %q", e.Cause)
			}
			refuses = false
			if err := CheckApp(t.Context(), w.opts); err != nil {
				t.Errorf("nothing was refused: %v", err)
			}
		})
	}
}

// TestCheckAppWhenTheTokenEndpointNamesTheRedirect: the words are Zoom's, the
// page of the browser said nothing.
func TestCheckAppWhenTheTokenEndpointNamesTheRedirect(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"words": `{"error":"invalid_grant","reason":"Redirect URI mismatch"}`, "number": `{"error":"invalid_request","errorCode":4709}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
				if strings.HasSuffix(r.URL.Path, "/authorize") {
					return reply(302, "", "Location: /signin"), nil
				}
				return reply(400, body), nil
			}))
			if e := wantKind(t, CheckApp(t.Context(), w.opts), ErrRedirectURI); !contains(e.Cause, w.opts.App.RedirectURI) {
				t.Errorf("says %q", e.Cause)
			}
		})
	}
}

func TestReadLinkPage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		status     int
		want       linkVerdict
	}{
		{"the page for a redirect", "<h1>Invalid redirect: http://127.0.0.1:1/x (4,700)</h1>", 400, linkRedirectRefused},
		{"the same with 200", "<h1>Invalid redirect: http://127.0.0.1:1/x (4,700)</h1>", 200, linkRedirectRefused},
		{"as JSON", `{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}`, 200, linkRedirectRefused},
		{"the page for an id", "<p>Invalid client_id: abc (4,702)</p>", 200, linkIDRefused},
		{"the id as JSON", `{"status":false,"errorCode":"4,702","errorMessage":"Invalid client_id"}`, 400, linkIDRefused},
		{"another 4700", "<p>Invalid code challenge (4,700)</p>", 400, linkSilent},
		{"another 4700 as JSON", `{"errorCode":4700,"errorMessage":"Token cannot be empty"}`, 200, linkSilent},
		{"consent", "<form>Allow</form>", 200, linkShown},
		{"redirect", "", 302, linkSilent},
		{"trouble", "<html>", 503, linkSilent},
		{"JSON of no complaint", `{}`, 200, linkSilent},
	}
	for _, test := range tests {
		x := &exchange{status: test.status, body: []byte(test.body)}
		if got, _ := readLinkPage(x); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func FuzzLinkPage(f *testing.F) {
	for _, seed := range []string{"<p>Invalid client_id: abc (4,702)</p>", `{"errorCode":4700,"errorMessage":"Invalid redirect url"}`, `{"errorCode":1e400}`, "(4,700)"} {
		f.Add(200, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		verdict, message := readLinkPage(&exchange{status: status, body: body})
		if (message != "") != (verdict == linkIDRefused || verdict == linkRedirectRefused) {
			t.Fatalf("%d %q", verdict, message)
		}
	})
}
