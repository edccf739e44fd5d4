package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// userApps are apps that differ in what they may return to.
func userApps(s *Server) (public, pkce, plain App) {
	public = App{
		Name: "Public", Kind: KindPublic, ClientID: "pub", Scopes: []string{"user:read:user"},
		RedirectURIs: []string{"http://127.0.0.1:8976/callback", "http://127.0.0.1/unported?a=1", "https://app.example.test/cb"},
	}
	pkce = App{
		Name: "PKCE", Kind: KindConfidential, ClientID: "pkce", ClientSecret: "s", PKCE: true, Scopes: []string{"user:read:user"},
		RedirectURIs: []string{"http://[::1]:1/cb"},
	}
	plain = App{
		Name: "Plain", Kind: KindConfidential, ClientID: "plain", ClientSecret: "s", Scopes: []string{"user:read:user"},
		RedirectURIs: []string{"https://app.example.test/cb", "http://127.0.0.1:8976/callback", "http://192.168.1.2/cb"},
	}
	for _, app := range []App{public, pkce, plain} {
		s.AddApp(app)
	}
	return public, pkce, plain
}

func TestRedirectRules(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	public, pkce, plain := userApps(s)
	tests := []struct {
		name string
		app  App
		uri  string
		ok   bool
	}{
		{"as registered", public, "http://127.0.0.1:8976/callback", true},
		{"other port", public, "http://127.0.0.1:50000/callback", true},
		{"no port", public, "http://127.0.0.1/callback", true},
		{"registered without a port", public, "http://127.0.0.1:9/unported?a=1", true},
		{"other query", public, "http://127.0.0.1:9/unported?a=2", false},
		{"other path", public, "http://127.0.0.1:8976/callback/", false},
		{"other case of the path", public, "http://127.0.0.1:8976/Callback", false},
		{"other case of the scheme", public, "HTTP://127.0.0.1:8976/callback", false},
		{"a fragment", public, "http://127.0.0.1:8976/callback#x", false},
		{"user information", public, "http://u@127.0.0.1:8976/callback", false},
		{"user information that looks like a port", public, "http://127.0.0.1:8976@evil.example.test/callback", false},
		{"a longer host", public, "http://127.0.0.1.evil.example.test/callback", false},
		{"the other loopback", public, "http://[::1]:8976/callback", false},
		{"another loopback number", public, "http://127.0.0.2:8976/callback", false},
		{"https on loopback", public, "https://127.0.0.1:8976/callback", false},
		{"localhost", public, "http://localhost:8976/callback", false},
		{"https as registered", public, "https://app.example.test/cb", true},
		{"https with another port", public, "https://app.example.test:443/cb", false},
		{"https in other case", public, "https://app.example.test/CB", false},
		{"nothing", public, "", false},
		{"loopback of a PKCE-enabled app", pkce, "http://[::1]:5555/cb", true},
		{"https of an app with a secret", plain, "https://app.example.test/cb", true},
		{"https that is longer", plain, "https://app.example.test/cb/more", false},
		{"loopback of an app with a secret, though registered", plain, "http://127.0.0.1:8976/callback", false},
		{"a local network, though registered", plain, "http://192.168.1.2/cb", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := get(t, authorizeURL(s, tt.app, "redirect_uri", tt.uri))
			if tt.ok {
				if r.status != http.StatusOK || !strings.Contains(r.body, "wants to use your Zoom account") {
					t.Errorf("got %d %s", r.status, pageMessage(r.body))
				}
				return
			}
			want := "Invalid redirect: " + tt.uri + " (4,700)"
			if got := pageMessage(r.body); r.status != http.StatusBadRequest || got != want {
				t.Errorf("got %d %q, want 400 %q", r.status, got, want)
			}
			if r.header.Get("Location") != "" {
				t.Error("Zoom shows this error and redirects nowhere")
			}
		})
	}
}

func TestLocalhostIsRefusedInZoomsWords(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	r := get(t, authorizeURL(s, mustApp(t, s, KindPublic), "redirect_uri", "http://localhost:8976/callback"))
	if !strings.Contains(r.body, "Localhost is not allowed, please use 127.0.0.1 or [::1] instead") {
		t.Errorf("the sentence is missing:\n%s", r.body)
	}
}

func TestAuthorizeErrorsStayInTheBrowser(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		kind   string
		change []string
		want   string
	}{
		{"unknown client", KindPublic, []string{"client_id", "nobody"}, "Invalid client_id: nobody (4,702)"},
		{"markup as client", KindPublic, []string{"client_id", `<script>alert(1)</script>`}, "Invalid client_id: <script>alert(1)</script> (4,702)"},
		{"s2s app", KindS2S, nil, "Invalid client_id: SandboxServerClient001 (4,702)"},
		{"token instead of code", KindPublic, []string{"response_type", "token"}, "Invalid response type: token (4,700)"},
		{"no response type", KindPublic, []string{"response_type", ""}, "Invalid response type:  (4,700)"},
		{"public without PKCE", KindPublic, []string{"code_challenge", "", "code_challenge_method", ""}, "Invalid code challenge (4,700)"},
		{"loopback without PKCE", KindConfidential, []string{"code_challenge", "", "code_challenge_method", ""}, "Invalid code challenge (4,700)"},
		{"short challenge", KindPublic, []string{"code_challenge", "abc"}, "Invalid code challenge (4,700)"},
		{"padded challenge", KindPublic, []string{"code_challenge", testChallenge + "="}, "Invalid code challenge (4,700)"},
		{"unknown method", KindPublic, []string{"code_challenge_method", "S512"}, "Invalid code challenge method: S512 (4,700)"},
		{"scope that the app has not", KindPublic, []string{"scope", "user:read:user recording:read"}, "Invalid scope"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{AutoApprove: true})
			r := get(t, authorizeURL(s, mustApp(t, s, tt.kind), tt.change...))
			if got := pageMessage(r.body); got != tt.want || r.status != http.StatusBadRequest {
				t.Errorf("got %d %q, want 400 %q", r.status, got, tt.want)
			}
			if strings.Contains(r.body, "<script") {
				t.Error("foreign markup reached the page")
			}
		})
	}
}

func TestScopeInTheAddressIsIgnored(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := readTokens(t, token(t, s, app, codeForm(allow(t, s, app, "scope", "user:read:user"))))
	if want := strings.Join(app.Scopes, " "); got.scope != want {
		t.Errorf("granted %q, want the scopes of the app %q", got.scope, want)
	}
}

func TestAutoApproveRedirectsAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{AutoApprove: true})
	app := mustApp(t, s, KindPublic)
	r := get(t, authorizeURL(s, app))
	if r.status != http.StatusFound {
		t.Fatalf("got %d, want 302", r.status)
	}
	u, err := url.Parse(r.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	if u.Query().Get("state") != testState || u.Host != "127.0.0.1:50123" || u.Path != "/callback" {
		t.Errorf("redirect to %s", u)
	}
	readTokens(t, token(t, s, app, codeForm(u.Query().Get("code"))))
}

func TestRedirectKeepsTheRegisteredQuery(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{AutoApprove: true})
	public, _, _ := userApps(s)
	r := get(t, authorizeURL(s, public, "redirect_uri", "http://127.0.0.1:7/unported?a=1", "state", ""))
	location := r.header.Get("Location")
	if !strings.HasPrefix(location, "http://127.0.0.1:7/unported?a=1&code=") || strings.Contains(location, "state") {
		t.Errorf("redirect to %s", location)
	}
}

func TestConsentPage(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	r := get(t, authorizeURL(s, mustApp(t, s, KindPublic)))
	for _, want := range []string{
		"Sandbox (public client) wants to use your Zoom account", "Aiko Tanaka 田中 愛子", "aiko@example.test",
		"See the meetings you host", "meeting:read:list_meetings", "Allow", "Decline", testRedirect,
	} {
		if !strings.Contains(r.body, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	for _, foreign := range []string{"<script", "src=", "<link", "@import", "url("} {
		if strings.Contains(r.body, foreign) {
			t.Errorf("page is not self-contained: %s", foreign)
		}
	}
	csp := r.header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "style-src 'nonce-", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("policy %q lacks %q", csp, want)
		}
	}
	_, nonce, _ := strings.Cut(csp, "'nonce-")
	nonce, _, _ = strings.Cut(nonce, "'")
	if !strings.Contains(r.body, `<style nonce="`+nonce+`">`) {
		t.Error("the style does not carry the nonce of the policy, so no browser would apply it")
	}
	if got := r.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
}

func TestDeclineTellsTheProgram(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	location, err := Browser{}.Answer(t.Context(), authorizeURL(s, mustApp(t, s, KindPublic)), "decline")
	if err != nil {
		t.Fatal(err)
	}
	if want := testRedirect + "?error=access_denied&state=" + testState; location != want {
		t.Errorf("redirect to %s, want %s", location, want)
	}
	if n := s.Counts()["consent.decline"]; n != 1 {
		t.Errorf("counted %d", n)
	}
}

func TestConsentWorksOnce(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	form := consentForm(get(t, authorizeURL(s, app)).body)
	form.Set("decision", "allow")
	post := func(form url.Values) reply {
		return call(t, request(t, http.MethodPost, s.URL()+"/oauth/consent", form))
	}
	if r := post(form); r.status != http.StatusFound {
		t.Fatalf("first answer: %d", r.status)
	}
	late := consentForm(get(t, authorizeURL(s, app)).body)
	late.Set("decision", "allow")
	clock.add(consentTTL)
	for name, form := range map[string]url.Values{
		"second answer": form, "made-up id": {"consent": {"x"}, "decision": {"allow"}}, "no id": {"decision": {"allow"}}, "too late": late,
	} {
		if r := post(form); r.status != http.StatusBadRequest || r.header.Get("Location") != "" {
			t.Errorf("%s: %d %s", name, r.status, r.header.Get("Location"))
		}
	}
}

func TestOptionalScopesCanBeUnticked(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := App{
		Name: "Optional", Kind: KindPublic, ClientID: "opt", RedirectURIs: []string{"http://127.0.0.1/callback"},
		Scopes: []string{"user:read:user"}, Optional: []string{"meeting:read:list_meetings", "meeting:read:meeting"},
	}
	s.AddApp(app)
	form := consentForm(get(t, authorizeURL(s, app)).body)
	if got := form["optional"]; len(got) != 2 {
		t.Fatalf("page offers %v", got)
	}
	form.Set("decision", "allow")
	form["optional"] = []string{"meeting:read:meeting", "recording:read"} // the last one is forged
	r := call(t, request(t, http.MethodPost, s.URL()+"/oauth/consent", form))
	u, err := url.Parse(r.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	got := readTokens(t, token(t, s, app, codeForm(u.Query().Get("code"))))
	if want := "user:read:user meeting:read:meeting"; got.scope != want {
		t.Errorf("granted %q, want %q", got.scope, want)
	}
}

func TestCodesAreForgotten(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{AutoApprove: true})
	app := mustApp(t, s, KindPublic)
	for range 3 {
		get(t, authorizeURL(s, app))
		clock.add(6 * time.Minute)
	}
	get(t, authorizeURL(s, app))
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.codes); n != 1 {
		t.Errorf("%d codes are kept, want 1", n)
	}
}

func FuzzLoopbackWithoutPort(f *testing.F) {
	for _, seed := range []string{
		"http://127.0.0.1:8976/callback", "http://[::1]/x?y#z", "http://127.0.0.1:1@evil.example.test/", "http://127.0.0.1.nip.io/",
		"http://127.0.0.1:/x", "http://127.0.0.1:999999/x", "http://127.0.0.1\\@evil.example.test", "http://localhost/", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		bare, ok := loopbackWithoutPort(uri)
		if !ok {
			return
		}
		u, err := url.Parse(uri)
		if err != nil {
			return // never offered to a browser: the redirect cannot be registered either
		}
		if h := u.Hostname(); h != "127.0.0.1" && h != "::1" || u.User != nil || u.Scheme != "http" {
			t.Errorf("%q passed as loopback, host %q", uri, h)
		}
		if again, ok := loopbackWithoutPort(bare); !ok || again != bare {
			t.Errorf("%q is not stable: %q", bare, again)
		}
	})
}
