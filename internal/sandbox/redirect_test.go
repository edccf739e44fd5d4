package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestBouncePageIsComparedExactly: for an https return address the port counts, unlike on loopback.
func TestBouncePageIsComparedExactly(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{AutoApprove: true})
	const page = "https://bounce.example.test:8443/zoom/Bounce.html"
	apps := map[string]App{
		"public":            {Kind: KindPublic, ClientID: "a"},
		"confidential":      {Kind: KindConfidential, ClientID: "b"},
		"confidential PKCE": {Kind: KindConfidential, ClientID: "c", PKCE: true},
	}
	for name, app := range apps {
		app.Name, app.RedirectURIs, app.Scopes = name, []string{page}, []string{"user:read:user"}
		s.AddApp(app)
		for uri, ok := range map[string]bool{
			page: true,
			"https://bounce.example.test/zoom/Bounce.html":           false,
			"https://bounce.example.test:443/zoom/Bounce.html":       false,
			"https://bounce.example.test:8444/zoom/Bounce.html":      false,
			"https://BOUNCE.example.test:8443/zoom/Bounce.html":      false,
			"https://bounce.example.test:8443/zoom/bounce.html":      false,
			"https://bounce.example.test:8443/zoom/Bounce.html?":     false,
			"https://bounce.example.test:8443/zoom/Bounce.html/":     false,
			"http://bounce.example.test:8443/zoom/Bounce.html":       false,
			"https://u@bounce.example.test:8443/zoom/Bounce.html":    false,
			"https://bounce.example.test:8443/zoom/x/../Bounce.html": false,
		} {
			state := "abcdefghijklmnopqrstuv~192.168.1.5~8976"
			r := get(t, authorizeURL(s, app, "redirect_uri", uri, "state", state))
			if !ok {
				if got, want := pageMessage(r.body), "Invalid redirect: "+uri+" (4,700)"; got != want || r.status != http.StatusBadRequest {
					t.Errorf("%s, %s: %d %q", name, uri, r.status, got)
				}
				continue
			}
			// The bounce page reads the state from the address bar: it must come back letter by letter.
			location := r.header.Get("Location")
			if !strings.HasPrefix(location, page+"?code=") || !strings.HasSuffix(location, "&state="+state) {
				t.Errorf("%s: %d, redirect to %s", name, r.status, location)
			}
		}
	}
}

// TestSecretWithoutPKCE: the default app that may return to https only, and needs no challenge.
func TestSecretWithoutPKCE(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	i := slices.IndexFunc(s.Apps(), func(a App) bool { return a.Kind == KindConfidential && !a.PKCE })
	if i < 0 {
		t.Fatal("there is no such app")
	}
	app := s.Apps()[i]
	r := get(t, authorizeURL(s, app))
	if got := pageMessage(r.body); got != "Invalid redirect: "+testRedirect+" (4,700)" || !strings.Contains(r.body, "this app needs https") {
		t.Errorf("loopback: %d %s", r.status, r.body)
	}
	code := allow(t, s, app, "redirect_uri", app.RedirectURIs[0], "code_challenge", "", "code_challenge_method", "")
	form := codeForm(code, "redirect_uri", app.RedirectURIs[0])
	form.Del("code_verifier")
	readTokens(t, token(t, s, app, form))
}

// TestRedirectIsRepeated: the token endpoint wants the very string of the link, also where the authorize
// endpoint ignores a difference.
func TestRedirectIsRepeated(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	for _, uri := range []string{"http://127.0.0.1:8976/callback", "http://127.0.0.1/callback", "http://127.0.0.1:050123/callback", "http://127.0.0.1:50123/callback?", ""} {
		code := allow(t, s, app)
		wantRefusal(t, token(t, s, app, codeForm(code, "redirect_uri", uri)), "Redirect URI mismatch", "invalid_grant")
		wantRefusal(t, token(t, s, app, codeForm(code)), "Invalid authorization code", "invalid_grant")
	}
}

func TestLocalhostIsRefusedThoughRegistered(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	for _, uri := range []string{"http://localhost:8976/callback", "https://localhost:8976/callback"} {
		app := App{Name: "old", Kind: KindPublic, ClientID: "old", RedirectURIs: []string{uri}}
		s.AddApp(app)
		if r := get(t, authorizeURL(s, app, "redirect_uri", uri)); !strings.Contains(r.body, localhostSentence) || r.status != http.StatusBadRequest {
			t.Errorf("%s: %d", uri, r.status)
		}
	}
}

// TestAddRedirect: over HTTP, as a person with an own bounce page does it.
func TestAddRedirect(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	post := func(id, uri string) reply {
		return call(t, request(t, http.MethodPost, s.URL()+"/_sandbox/redirects", url.Values{"client_id": {id}, "redirect_uri": {uri}}))
	}
	public, secret, s2s := mustApp(t, s, KindPublic).ClientID, mustApp(t, s, KindConfidential).ClientID, mustApp(t, s, KindS2S).ClientID
	const https = "SandboxHTTPSClient0001"
	for _, tt := range []struct{ id, uri, says string }{
		{"nobody", "https://you.example.test/cb", `there is no app "nobody"`},
		{s2s, "https://you.example.test/cb", "a Server-to-Server app has no return address"},
		{secret, "http://localhost:8976/callback", localhostSentence},
		{secret, "https://localhost/callback", localhostSentence},
		{https, "http://127.0.0.1:8976/callback", "Wrong URL format"},
		{secret, "http://192.168.1.5:8976/callback", "Wrong URL format"},
		{secret, "http://127.0.0.2:8976/callback", "Wrong URL format"},
		{secret, "https://u@you.example.test/cb", "Wrong URL format"},
		{secret, "https://you.example.test/cb#top", "Wrong URL format"},
		{secret, "myapp://cb", "Wrong URL format"},
		{secret, "https://", "Wrong URL format"},
		{secret, "https://you.example.test/%zz", "Wrong URL format"},
		{secret, "javascript:alert(1)", "Wrong URL format"},
		{secret, "", "Wrong URL format"},
		{secret, "https://you.example.test/$(touch x)", "the sandbox takes letters"},
		{secret, "https://you.example.test/cb;x", "the sandbox takes letters"},
		{secret, "https://you.example.test/cb?a=1&b=2", "the sandbox takes letters"},
	} {
		if r := post(tt.id, tt.uri); r.status != http.StatusBadRequest || !strings.Contains(r.body, tt.says) {
			t.Errorf("%s on %s: %d %s", tt.uri, tt.id, r.status, r.body)
		}
	}
	const mine = "https://you.example.test/zoom/bounce.html"
	for _, id := range []string{public, secret, https} {
		if r := post(id, " "+mine+"\n"); r.status != http.StatusOK || !strings.Contains(r.body, `"redirect_uris":["`+mine+`",`) {
			t.Fatalf("%s: %d %s", id, r.status, r.body)
		}
	}
	post(public, mine)
	app := mustApp(t, s, KindPublic)
	if n := len(app.RedirectURIs); n != 3 {
		t.Errorf("registered twice: %v", app.RedirectURIs)
	}
	if env := s.Env(KindPublic); !slices.Contains(env, "ZOOM_REDIRECT_URI="+mine) {
		t.Errorf("the environment goes on with the old address: %v", env)
	}
	if r := get(t, authorizeURL(s, app, "redirect_uri", mine)); r.status != http.StatusOK {
		t.Errorf("the new address: %d %s", r.status, pageMessage(r.body))
	}
	if r := get(t, authorizeURL(s, app)); r.status != http.StatusOK {
		t.Errorf("the old addresses: %d %s", r.status, pageMessage(r.body))
	}
	page := request(t, http.MethodPost, s.URL()+"/_sandbox/redirects", url.Values{"client_id": {public}, "redirect_uri": {"http://[::1]/other"}})
	page.Header.Set("Accept", "text/html")
	if r := call(t, page); r.status != http.StatusSeeOther {
		t.Errorf("a browser is sent back to the page: %d", r.status)
	}
	if r := get(t, s.URL()+"/_sandbox"); !strings.Contains(r.body, "http://[::1]/other") || !strings.Contains(r.body, `name="redirect_uri"`) {
		t.Error("the page does not show the new address")
	}
}

// FuzzObjection: what may be registered can be asked for, and is never an address of another machine
// without https.
func FuzzObjection(f *testing.F) {
	for _, seed := range []string{
		"https://you.example.test/cb", "http://127.0.0.1:1/cb", "http://[::1]/cb?x", "http://localhost/", "https://a@b/", "https://x#y",
		"http://127.0.0.1@evil.example.test/", "HTTPS://X/", "https:opaque", "https://[::1/", "\x00", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		for _, app := range []App{{Kind: KindPublic}, {Kind: KindConfidential}, {Kind: KindConfidential, PKCE: true}} {
			if objection(app, uri) != "" {
				continue
			}
			app.RedirectURIs = []string{uri}
			if !redirectAllowed(app, uri) {
				t.Errorf("%q can be registered but not used", uri)
			}
			u, err := url.Parse(uri)
			if err != nil {
				t.Fatalf("%q: %v", uri, err)
			}
			if strings.ContainsAny(uri, " '\"$`\\;&|<>()*!\n") {
				t.Errorf("%q is no word of a shell", uri)
			}
			if u.Scheme == "http" && (u.Hostname() != "127.0.0.1" && u.Hostname() != "::1" || !app.loopbackAllowed()) || u.User != nil {
				t.Errorf("%q was registered", uri)
			}
		}
	})
}
