package auth

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The secrets of the sign-in that is attacked, state aside.
const (
	floodProfile = "hush-hush"
	floodCode    = "guessed-code-of-a-stranger"
)

// attack is what one hostile client sends; one that lingers then says nothing more
// and does not go.
type attack struct {
	name, bytes string
	lingers     bool
}

// attacks are what the hostile clients of group i send. They do not know the state.
func attacks(addr string, i int) []attack {
	target := fmt.Sprintf("/callback?code=%s&state=guess-%d", floodCode, i)
	browser := []string{"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site", "Accept: text/html"}
	return []attack{
		{name: "other state", bytes: get(target, addr, browser...)},
		{name: "no state", bytes: get("/callback?code="+floodCode, addr)},
		{name: "JSON", bytes: get(target, addr, "Accept: application/json")},
		{name: "rebound name", bytes: get(target, "evil.example:"+port(addr), browser...)},
		{name: "script of a page", bytes: get(target, addr, "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: cross-site", "Origin: https://evil.example")},
		{name: "absolute form", bytes: get("http://evil.example"+target, addr)},
		{name: "path scan", bytes: get(fmt.Sprintf("/.env.%d", i), addr)},
		{name: "escaped path", bytes: get("/%2e%2e/callback"+target[9:], addr)},
		{name: "POST", bytes: strings.Replace(get(target, addr, "Content-Length: 20"), "GET", "POST", 1) + strings.Repeat("x", 20)},
		{name: "OPTIONS", bytes: strings.Replace(get(target, addr), "GET", "OPTIONS", 1)},
		{name: "odd method", bytes: strings.Replace(get(target, addr), "GET", "BREW", 1)},
		{name: "endless body", bytes: get(target, addr, "Content-Length: 999999999") + strings.Repeat("x", 4096), lingers: true},
		{name: "chunks without end", bytes: get(target, addr, "Transfer-Encoding: chunked") + "1\r\nx\r\n", lingers: true},
		{name: "too long a query", bytes: get(target+"&x="+strings.Repeat("a", maxQuery), addr)},
		{name: "too long a header", bytes: get(target, addr, "X-Long: "+strings.Repeat("a", maxHeader))},
		{name: "slow", bytes: "GET /callback?code=" + floodCode, lingers: true},
		{name: "slow in the header", bytes: "GET " + target + " HTTP/1.1\r\nHost: " + addr + "\r\nX-Slow: ", lingers: true},
		{name: "connects", bytes: ""},
		{name: "says nothing", bytes: "", lingers: true},
		{name: "garbage", bytes: "\x00\xff\x13\x37 \r\n\r\n"},
		{name: "TLS", bytes: "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + strings.Repeat("r", 80) + "\r\n" + strings.Repeat("r", 80)},
		{name: "HTTP/2", bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
		{name: "SSH", bytes: "SSH-2.0-scanner\r\n"},
		{name: "two at once", bytes: get(target, addr) + get("/callback?state=", addr)},
		{name: "smuggled", bytes: get(target, addr, "Content-Length: 4", "Transfer-Encoding: chunked") + "0\r\n\r\n" + get(target, addr)},
	}
}

// flood sends attacks from one client after the other and checks what comes back.
func flood(t *testing.T, l *Login, first, count int) {
	t.Helper()
	const kept = 6 // of those that linger
	var open []net.Conn
	defer func() {
		for _, conn := range open {
			_ = conn.Close()
		}
	}()
	all := attacks(l.Addr(), first)
	for i := range count {
		a := all[i%len(all)]
		conn, err := net.Dial("tcp", l.Addr())
		if err != nil {
			t.Errorf("%s: the listener is gone: %v", a.name, err)
			return
		}
		_ = conn.SetDeadline(time.Now().Add(3 * headerLimit))
		_, _ = io.WriteString(conn, a.bytes) // cut short where the listener has heard enough
		if a.lingers {
			if open = append(open, conn); len(open) > kept {
				_ = open[0].Close()
				open = open[1:]
			}
			continue
		}
		if a.bytes != "" {
			answer, _ := io.ReadAll(io.LimitReader(conn, 64<<10)) // until it is closed
			for _, secret := range []string{l.State().Reveal(), floodCode, floodProfile, l.opts.App.ClientID} {
				if strings.Contains(string(answer), secret) {
					t.Errorf("%s: %q is in the answer", a.name, secret)
				}
			}
		}
		_ = conn.Close()
	}
}

// TestTenThousandHostileRequests: none of them ends the sign-in, none learns
// anything of it, and the true browser still comes through while some hold on.
func TestTenThousandHostileRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.opts.App.Profile = floodProfile
	var strangers atomic.Int32
	l := w.login(func(o *LoginOptions) {
		o.Notify = func(e LoginEvent) {
			if e.Kind == EventStranger {
				strangers.Add(1)
			}
		}
	})
	answer := w.answer(l)
	workers, each := 20, 500
	if testing.Short() {
		each = 50
	}
	var running sync.WaitGroup
	for i := range workers {
		running.Go(func() { flood(t, l, i*each, each) })
	}
	running.Wait()
	if over, err := l.outcome(); over || w.exchanges() != 0 {
		t.Fatalf("over: %v (%v), Zoom was asked %d times", over, err, w.exchanges())
	}
	if n := strangers.Load(); n != maxStrangers {
		t.Errorf("the screen was told %d times", n)
	}
	for range 2 * maxConns { // these are still there when the browser comes
		conn, err := net.Dial("tcp", l.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "GET /callback?st")
	}
	status, page := knock(t, l.Addr(), get(strings.TrimPrefix(answer, "http://"+l.Addr()), l.Addr()))
	if status != 200 || !contains(page, "Signed in") || !contains(page, floodProfile) {
		t.Fatalf("status %d: %s", status, page)
	}
	if _, err := l.Wait(soon(t)); err != nil {
		t.Fatal(err)
	}
}
