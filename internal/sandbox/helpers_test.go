package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// The tests speak real HTTP to a real server; only its clock is theirs.

const (
	testVerifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636 appendix B
	testChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	testRedirect  = "http://127.0.0.1:50123/callback"
	testState     = "st-42"
)

// testClock is a clock that only the test moves.
type testClock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *testClock {
	return &testClock{t: time.Date(2026, 11, 24, 1, 23, 45, 0, time.UTC)} // a Tuesday, 10:23 in Tokyo
}

func (c *testClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *testClock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// start runs a sandbox for one test.
func start(t *testing.T, opts Options) *Server {
	t.Helper()
	opts.Errors = t.Output()
	s, err := Start(opts)
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// startAt is start with a clock of its own.
func startAt(t *testing.T, opts Options) (*Server, *testClock) {
	t.Helper()
	clock := newClock()
	opts.Clock = clock.now
	return start(t, opts), clock
}

// reply is an answer of the server, read whole.
type reply struct {
	status int
	header http.Header
	body   string
}

// json reads the body as an object.
func (r reply) json(t *testing.T) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal([]byte(r.body), &out); err != nil {
		t.Fatalf("body is no JSON object: %v\n%s", err, r.body)
	}
	return out
}

// call sends a request and does not follow redirects.
func call(t *testing.T, req *http.Request) reply {
	t.Helper()
	client := http.Client{
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("read answer: %v", err)
	}
	return reply{status: resp.StatusCode, header: resp.Header, body: string(body)}
}

func request(t *testing.T, method, address string, form url.Values) *http.Request {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatalf("make request: %v", err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return req
}

func get(t *testing.T, address string) reply {
	t.Helper()
	return call(t, request(t, http.MethodGet, address, nil))
}

// mustApp is the default app of a kind.
func mustApp(t *testing.T, s *Server, kind string) App {
	t.Helper()
	app, ok := s.App(kind)
	if !ok {
		t.Fatalf("no %s app", kind)
	}
	return app
}

// authorizeURL is the address that a correct client of the app opens.
func authorizeURL(s *Server, app App, change ...string) string {
	q := url.Values{
		"response_type": {"code"}, "client_id": {app.ClientID}, "redirect_uri": {testRedirect},
		"state": {testState}, "code_challenge": {testChallenge}, "code_challenge_method": {"S256"},
	}
	for i := 0; i+1 < len(change); i += 2 {
		if change[i+1] == "" {
			q.Del(change[i])
		} else {
			q.Set(change[i], change[i+1])
		}
	}
	return s.URL() + "/oauth/authorize?" + q.Encode()
}

// allow gets a code the way a person does.
func allow(t *testing.T, s *Server, app App, change ...string) string {
	t.Helper()
	location, err := Browser{}.Answer(context.WithoutCancel(t.Context()), authorizeURL(s, app, change...), "allow")
	if err != nil {
		t.Fatalf("allow: %v", err)
	}
	u, err := url.Parse(location)
	if err != nil {
		t.Fatalf("redirect %q: %v", location, err)
	}
	return u.Query().Get("code")
}

// token posts to the token endpoint as the app does.
func token(t *testing.T, s *Server, app App, form url.Values) reply {
	t.Helper()
	if app.Kind == KindPublic {
		form.Set("client_id", app.ClientID)
	}
	req := request(t, http.MethodPost, s.URL()+"/oauth/token", form)
	if app.Kind != KindPublic {
		req.SetBasicAuth(app.ClientID, app.ClientSecret)
	}
	return call(t, req)
}

func codeForm(code string, change ...string) url.Values {
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code},
		"redirect_uri": {testRedirect}, "code_verifier": {testVerifier},
	}
	for i := 0; i+1 < len(change); i += 2 {
		form.Set(change[i], change[i+1])
	}
	return form
}

func refreshForm(token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
}

// tokens are what a sign-in brings.
type tokens struct {
	access, refresh, scope string
	body                   map[string]any
}

func readTokens(t *testing.T, r reply) tokens {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("token endpoint: %d %s", r.status, r.body)
	}
	body := r.json(t)
	out := tokens{body: body}
	out.access, _ = body["access_token"].(string)
	out.refresh, _ = body["refresh_token"].(string)
	out.scope, _ = body["scope"].(string)
	return out
}

// signIn is a whole sign-in.
func signIn(t *testing.T, s *Server, app App) tokens {
	t.Helper()
	return readTokens(t, token(t, s, app, codeForm(allow(t, s, app))))
}

// api calls the REST API with a token.
func api(t *testing.T, s *Server, access, path string) reply {
	t.Helper()
	req := request(t, http.MethodGet, s.URL()+"/v2"+path, nil)
	req.Header.Set("Authorization", "Bearer "+access)
	return call(t, req)
}

// wantRefusal checks an answer of the token endpoint word for word.
func wantRefusal(t *testing.T, r reply, reason, code string) {
	t.Helper()
	want := `{"reason":"` + reason + `","error":"` + code + `"}`
	if r.status != http.StatusBadRequest || strings.TrimSpace(r.body) != want {
		t.Errorf("got %d %s, want 400 %s", r.status, r.body, want)
	}
}

// wantAPIError checks an answer of the REST API word for word.
func wantAPIError(t *testing.T, r reply, status int, body string) {
	t.Helper()
	if r.status != status || strings.TrimSpace(r.body) != body {
		t.Errorf("got %d %s, want %d %s", r.status, r.body, status, body)
	}
}

func setFault(t *testing.T, s *Server, name string, on bool) {
	t.Helper()
	if err := s.SetFault(name, on); err != nil {
		t.Fatalf("SetFault: %v", err)
	}
}
