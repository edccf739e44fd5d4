package sandbox

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.168.1.1:0", "example.test:0", "nonsense"} {
		if s, err := Start(Options{Listen: addr}); err == nil {
			t.Errorf("%s was accepted", addr)
			_ = s.Close()
		}
	}
	for addr, prefix := range map[string]string{"": "http://127.0.0.1:", "127.0.0.1:0": "http://127.0.0.1:", "localhost:0": "http://"} {
		s := start(t, Options{Listen: addr})
		if !strings.HasPrefix(s.URL(), prefix) || strings.HasSuffix(s.URL(), "/") {
			t.Errorf("%q serves at %s", addr, s.URL())
		}
		if r := get(t, s.URL()+"/_sandbox/state"); r.status != 200 {
			t.Errorf("%q: %d", addr, r.status)
		}
	}
}

func TestIPv6Loopback(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6 loopback")
	}
	_ = ln.Close()
	s := start(t, Options{Listen: "[::1]:0"})
	if !strings.HasPrefix(s.URL(), "http://[::1]:") {
		t.Errorf("serves at %s", s.URL())
	}
	signIn(t, s, mustApp(t, s, KindPublic))
}

func TestStartSaysWhenThePortIsTaken(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	addr := strings.TrimPrefix(s.URL(), "http://")
	if _, err := Start(Options{Listen: addr}); err == nil || !strings.Contains(err.Error(), addr) {
		t.Errorf("got %v", err)
	}
}

func TestStrangeHostsAreRefused(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	port := s.URL()[strings.LastIndex(s.URL(), ":")+1:]
	for host, ok := range map[string]bool{
		"127.0.0.1:" + port: true, "localhost:" + port: true, "[::1]:" + port: true,
		"127.0.0.1": false, "localhost:1": false, "evil.example.test:" + port: false, "evil.example.test": false, "127.0.0.1.evil.test:" + port: false,
	} {
		for _, path := range []string{"/_sandbox", "/_sandbox/state", "/oauth/authorize", "/v2/users/me"} {
			req := request(t, http.MethodGet, s.URL()+path, nil)
			req.Host = host
			refused := call(t, req).status == http.StatusMisdirectedRequest
			if refused == ok {
				t.Errorf("Host %s on %s: refused %t", host, path, refused)
			}
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	for _, tt := range []struct {
		name, header, value string
		ok                  bool
	}{
		{"a program", "", "", true},
		{"our own page", "Sec-Fetch-Site", "same-origin", true},
		{"typed by a person", "Sec-Fetch-Site", "none", true},
		{"our own page in an old browser", "Origin", s.URL(), true},
		{"another site", "Sec-Fetch-Site", "cross-site", false},
		{"another port", "Sec-Fetch-Site", "same-site", false},
		{"another site in an old browser", "Origin", "https://evil.example.test", false},
		{"a sandboxed frame", "Origin", "null", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, path := range []string{"/_sandbox/faults", "/_sandbox/redirects", "/oauth/consent", "/oauth/token", "/oauth_device"} {
				req := request(t, http.MethodPost, s.URL()+path, url.Values{})
				if tt.header != "" {
					req.Header.Set(tt.header, tt.value)
				}
				if refused := call(t, req).status == http.StatusForbidden; refused == tt.ok {
					t.Errorf("%s: refused %t", path, refused)
				}
			}
		})
	}
}

func TestCloseIsPromptAndLeavesNothing(t *testing.T) {
	// Not parallel: it counts goroutines.
	before := runtime.NumGoroutine()
	s, err := Start(Options{Slow: time.Hour, Errors: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetFault("slow", true); err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	client := &http.Client{Transport: transport}
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			resp, err := client.Get(s.URL() + "/v2/users/me")
			if err == nil {
				resp.Body.Close()
			}
		})
	}
	silent, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://")) // a browser's spare connection
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	waitFor(t, "the calls to arrive", func() bool { return s.Counts()["GET /v2/users/me"] == 3 })
	begun := time.Now()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if took := time.Since(begun); took > 10*time.Second { // of the hour that the answers were to take
		t.Errorf("Close took %s", took)
	}
	if err := s.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	group.Wait()
	transport.CloseIdleConnections()
	waitFor(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= before })
	if _, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://")); err == nil {
		t.Error("the port is still open")
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, Options{AutoApprove: true})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	var group sync.WaitGroup
	won := make(chan string, 20)
	for i := range 20 {
		group.Go(func() {
			r := token(t, s, app, refreshForm(got.refresh))
			if r.status == 200 {
				won <- r.body
			}
			api(t, s, got.access, "/users/me/meetings")
			_ = s.SetFault("rate-day", i%2 == 0)
			s.Faults()
			s.Counts()
			s.AddApp(App{Name: "n", Kind: KindPublic, ClientID: fmt.Sprint("x", i)})
			s.Apps()
			get(t, s.URL()+"/_sandbox")
		})
	}
	group.Wait()
	if len(won) != 1 {
		t.Errorf("%d of 20 refreshes with the same token won, want 1", len(won))
	}
}

func TestSlowHeadersAreCutOff(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	if s.http.ReadHeaderTimeout == 0 || s.http.ReadTimeout == 0 || s.http.WriteTimeout == 0 || s.http.IdleTimeout == 0 || s.http.MaxHeaderBytes == 0 {
		t.Error("a limit is missing")
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() {
		_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("a", 64<<10)+"\r\n\r\n")
	}()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %s", resp.Status)
	}
}

func TestEnv(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	bases := []string{"ZOOMTUI_OAUTH_BASE=" + s.URL(), "ZOOMTUI_API_BASE=" + s.URL()}
	for kind, names := range map[string][]string{
		KindPublic:       {"ZOOM_CLIENT_ID=", "ZOOM_REDIRECT_URI=http://127.0.0.1:8976/callback"},
		KindConfidential: {"ZOOM_CLIENT_ID=", "ZOOM_CLIENT_SECRET=", "ZOOM_REDIRECT_URI="},
		KindS2S:          {"ZOOM_CLIENT_ID=", "ZOOM_CLIENT_SECRET=", "ZOOM_ACCOUNT_ID=" + demoAccountID},
	} {
		env := s.Env(kind)
		want := append(names, bases...)
		if len(env) != len(want) {
			t.Errorf("%s: %v", kind, env)
			continue
		}
		for i := range want {
			if !strings.HasPrefix(env[i], want[i]) || strings.ContainsAny(env[i], " '\"$`\\\n") {
				t.Errorf("%s: %q, want %s…", kind, env[i], want[i])
			}
		}
	}
	if env := s.Env("nonsense"); env != nil {
		t.Errorf("env of no app: %v", env)
	}
}

func TestAddApp(t *testing.T) {
	t.Parallel()
	s := start(t, Options{})
	n := len(s.Apps())
	s.AddApp(App{Name: "made up", Kind: KindConfidential})
	apps := s.Apps()
	added := apps[len(apps)-1]
	if len(apps) != n+1 || len(added.ClientID) != 22 || len(added.ClientSecret) != 32 {
		t.Errorf("added %+v", added)
	}
	added.Scopes = []string{"user:read:user"}
	s.AddApp(added)
	added.Scopes[0] = "changed behind its back"
	if got := s.Apps(); len(got) != n+1 || got[n].Scopes[0] != "user:read:user" {
		t.Errorf("changed app %+v", got[n])
	}
}
