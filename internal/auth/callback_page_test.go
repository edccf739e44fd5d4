package auth

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestPageIsSafeAndClear(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	_, answer := knock(t, l.Addr(), get("/callback?code=%3Cscript%3E&state=%22%3E%3Cimg", l.Addr()))
	if contains(answer, "<script") || contains(answer, "<img") {
		t.Error("the page repeats markup")
	}
	status, answer := knock(t, l.Addr(), get(strings.TrimPrefix(w.answer(l), "http://"+l.Addr()), l.Addr(),
		"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site"))
	if status != 200 {
		t.Fatalf("status %d", status)
	}
	for _, want := range []string{
		"Cache-Control: no-store", "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff",
		"Content-Security-Policy: default-src 'none'; style-src 'sha256-", "frame-ancestors 'none'",
		"Content-Type: text/html; charset=utf-8", `name="viewport"`, "Signed in", "“work”", "You can close this tab",
	} {
		if !contains(answer, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	for _, never := range []string{"<script", "http://", "https://", "src=", "url(", "{{"} {
		if _, body, _ := strings.Cut(answer, "\n\n"); contains(strings.ReplaceAll(body, "\r", ""), never) {
			t.Errorf("page holds %q", never)
		}
	}
}

func TestPageEscapes(t *testing.T) {
	t.Parallel()
	p := page{status: 200, tone: "bad", title: `<b>"t"`, lines: []string{"<script>alert(1)</script>"}, steps: []string{"a & b", "{{signature}}"}}
	text := p.render(`"><img src=x>`)
	for _, never := range []string{"<b>", "<script>", "<img"} {
		if contains(text, never) {
			t.Errorf("page holds %q", never)
		}
	}
}

func TestPageShowsTheTrueResult(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(w *world)
		query func(answer url.Values)
		says  string
		kind  ErrorKind
	}{
		{"declined", nil, func(v url.Values) { v.Del("code"); v.Set("error", "access_denied") }, "declined", ErrDeclined},
		{"Zoom's error", nil, func(v url.Values) { v.Del("code"); v.Set("error", "server_error") }, "Not signed in", ErrRefused},
		{"wrong code", nil, func(v url.Values) { v.Set("code", "bogus-code") }, "Not signed in", ErrCodeRefused},
		{"Zoom unreachable", func(w *world) {
			w.opts.HTTP = client(roundTrip(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }))
		}, func(url.Values) {}, "Not signed in", ErrNetwork},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			if test.spoil != nil {
				test.spoil(w)
			}
			l := w.login()
			u, err := url.Parse(w.answer(l))
			if err != nil {
				t.Fatal(err)
			}
			query := u.Query()
			test.query(query)
			status, answer := knock(t, l.Addr(), get("/callback?"+query.Encode(), l.Addr()))
			if status != 400 || !contains(answer, test.says) || !contains(answer, "Not signed in") || contains(answer, "Signed in<") {
				t.Errorf("status %d: %s", status, answer)
			}
			_, err = l.Wait(soon(t))
			wantKind(t, err, test.kind)
		})
	}
}

func TestReloadShowsTheSameAndAsksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	l := w.login()
	target := get(strings.TrimPrefix(w.answer(l), "http://"+l.Addr()), l.Addr())
	var pages sync.WaitGroup
	for range 3 {
		pages.Go(func() {
			if status, answer := knock(t, l.Addr(), target); status != 200 || !contains(answer, "Signed in") {
				t.Errorf("status %d", status)
			}
		})
	}
	<-gate.arrived
	eventually(t, "all three wait", func() bool { return waiting(l) == 3 })
	close(gate.open)
	pages.Wait()
	if n := w.zoom.Counts()["token.authorization_code"]; n != 1 {
		t.Errorf("the code was sent %d times", n)
	}
}

// waiting counts the browsers that are shown the result.
func waiting(l *Login) (n int) {
	crowd := l.callback.ln.(*crowd)
	crowd.mu.Lock()
	defer crowd.mu.Unlock()
	for _, v := range crowd.open {
		if v.stays {
			n++
		}
	}
	return n
}

func TestBrowserIsNotKeptWaitingForEver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	l := w.login(func(o *LoginOptions) { o.PageWait = 50 * time.Millisecond })
	status, answer := knock(t, l.Addr(), get(strings.TrimPrefix(w.answer(l), "http://"+l.Addr()), l.Addr()))
	if status != 202 || !contains(answer, "Almost there") {
		t.Errorf("status %d: %s", status, answer)
	}
	close(gate.open)
	if _, err := l.Wait(soon(t)); err != nil {
		t.Error(err)
	}
}

func TestTakenPort(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	w.opts.App.Listen = taken.Addr().String()
	l := w.login()
	wanted, is := l.PortTaken()
	if !is || wanted != taken.Addr().String() || l.Addr() == wanted {
		t.Errorf("wanted %s (taken: %v), listens on %s", wanted, is, l.Addr())
	}
	if l.RedirectURI() != "http://"+l.Addr()+"/callback" {
		t.Errorf("redirect %s does not lead to %s", l.RedirectURI(), l.Addr())
	}
	visit(t, w.answer(l))
	if _, err := l.Wait(soon(t)); err != nil {
		t.Error(err)
	}
}

func TestRedirectFollowsThePort(t *testing.T) {
	t.Parallel()
	bound := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9001}
	for redirect, want := range map[string]string{
		"http://127.0.0.1:8976/callback":     "http://127.0.0.1:9001/callback",
		"http://127.0.0.1/callback":          "http://127.0.0.1:9001/callback",
		"http://[::1]:1/cb?a=b":              "http://[::1]:9001/cb?a=b",
		"https://me.example/zoom":            "https://me.example/zoom",
		"https://me.example:8443/Zoom/%2F?x": "https://me.example:8443/Zoom/%2F?x",
	} {
		if got, err := boundRedirect(redirect, bound); got != want || err != nil {
			t.Errorf("%s: %s, %v", redirect, got, err)
		}
	}
}

func TestBouncePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.opts.App.RedirectURI = "https://app.example.test/oauth/callback"
	l := w.login()
	if l.RedirectURI() != "https://app.example.test/oauth/callback" {
		t.Fatalf("redirect %s", l.RedirectURI())
	}
	u, err := url.Parse(w.answer(l))
	if err != nil {
		t.Fatal(err)
	}
	for _, refused := range []string{
		get("/callback?"+u.RawQuery, "evil.example"), get("/other?"+u.RawQuery, l.Addr()), get("/callback?"+u.RawQuery, "localhost:"+port(l.Addr())),
	} {
		if status, _ := knock(t, l.Addr(), refused); status == 200 {
			t.Errorf("accepted: %s", refused)
		}
	}
	status, _ := knock(t, l.Addr(), get("/callback?"+u.RawQuery, l.Addr()))
	if _, err := l.Wait(soon(t)); err != nil || status != 200 {
		t.Errorf("status %d, %v", status, err)
	}
}

func TestTunnelKeepsTheHost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.opts.App.RedirectURI = "https://app.example.test/oauth/callback"
	l := w.login()
	u, err := url.Parse(w.answer(l))
	if err != nil {
		t.Fatal(err)
	}
	status, _ := knock(t, l.Addr(), get("/oauth/callback?"+u.RawQuery, "app.example.test"))
	if _, err := l.Wait(soon(t)); err != nil || status != 200 {
		t.Errorf("status %d, %v", status, err)
	}
}

func TestListenCandidates(t *testing.T) {
	t.Parallel()
	for first, want := range map[int]int{8976: 12, 65535: 2, 65530: 7, 0: 2} {
		got := candidates(first)
		if len(got) != want || got[0] != first || got[len(got)-1] != 0 {
			t.Errorf("%d: %v", first, got)
		}
	}
	if _, _, err := listenCallback(context.Background(), "203.0.113.7:8976"); err == nil {
		t.Error("listens on a foreign address")
	} else {
		wantKind(t, err, ErrUsage)
	}
}

func FuzzCallbackQuery(f *testing.F) {
	state := "Zk3vQ8mN2xL0pR7tY5wB1c"
	for _, seed := range []string{
		"code=abc&state=" + state, "error=access_denied&error_description=%00%1b[31m&state=" + state,
		"code=a&code=b", "state=%", "code=a;state=b", "&&&", "code=%ff&state=" + state,
	} {
		f.Add(seed)
	}
	redirect, err := url.Parse("http://127.0.0.1:8976/callback")
	if err != nil {
		f.Fatal(err)
	}
	g := newGate(&states{list: []string{state}}, redirect, netip.MustParseAddrPort("127.0.0.1:8976"))
	f.Fuzz(func(t *testing.T, query string) {
		r := &http.Request{Method: http.MethodGet, Host: "127.0.0.1:8976", URL: &url.URL{Path: "/callback", RawQuery: query}, Header: http.Header{}}
		a, no := g.check(r)
		if no != nil {
			if no.status < 400 || no.text == "" {
				t.Fatalf("refused with %d %q", no.status, no.text)
			}
			return
		}
		if a.state.Reveal() != state || (a.code == "") == (a.errorCode == "") {
			t.Fatalf("accepted %+v", a)
		}
		if err := a.failure("sign in"); err != nil && (len(err.Error()) > 4*maxWords || strings.ContainsAny(err.Error(), "\x00\x1b\n")) {
			t.Fatalf("error %q", err)
		}
	})
}
