package auth

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// knock sends raw bytes to the listener and gives the status and the answer.
func knock(t *testing.T, addr, request string) (status int, answer string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(15 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body) // cut short where the request was not read to its end
	var head strings.Builder
	if err := resp.Header.Write(&head); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, head.String() + "\n" + string(body)
}

// get is a request line with headers, as a browser's visit has them.
func get(target, host string, headers ...string) string {
	return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + strings.Join(append(headers, "", ""), "\r\n")
}

// hostileCase is a request that must not end the wait.
type hostileCase struct {
	name, request string
	status        int
}

// wrongQueries are requests whose query is not the answer.
func wrongQueries(addr, state string) []hostileCase {
	good, other := "/callback?code=abcdefgh&state="+state, strings.Repeat("A", len(state))
	return []hostileCase{
		{"favicon", get("/favicon.ico", addr), 404},
		{"front page", get("/", addr), 404},
		{"callback without anything", get("/callback", addr), 400},
		{"no state", get("/callback?code=abcdefgh", addr), 400},
		{"empty state", get("/callback?code=abcdefgh&state=", addr), 403},
		{"other state", get("/callback?code=abcdefgh&state="+other, addr), 403},
		{"half the state", get("/callback?code=abcdefgh&state="+state[:11], addr), 403},
		{"state and more", get("/callback?code=abcdefgh&state="+state+"x", addr), 403},
		{"state twice", get(good+"&state="+other, addr), 400},
		{"state twice the same", get(good+"&state="+state, addr), 400},
		{"code twice", get(good+"&code=zzzzzzzz", addr), 400},
		{"code and error", get(good+"&error=x", addr), 400},
		{"neither code nor error", get("/callback?state="+state, addr), 400},
		{"empty code", get("/callback?code=&state="+state, addr), 400},
		{"code with a line break", get("/callback?code=a%0Ab&state="+state, addr), 400},
		{"endless code", get("/callback?code="+strings.Repeat("a", maxCode+1)+"&state="+state, addr), 400},
		{"endless query", get(good+"&x="+strings.Repeat("a", maxQuery), addr), 414},
		{"endless header", get(good, addr, "X-Long: "+strings.Repeat("a", 3*maxHeader)), 431},
		{"half an escape", get("/callback?code=%zz&state="+state, addr), 400},
	}
}

// wrongRequests have the right query and are wrong all the same.
func wrongRequests(addr, state string) []hostileCase {
	good := "/callback?code=abcdefgh&state=" + state
	return []hostileCase{
		{"POST", strings.Replace(get(good, addr), "GET", "POST", 1), 405},
		{"HEAD", strings.Replace(get(good, addr), "GET", "HEAD", 1), 405},
		{"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: " + addr + "\r\n\r\n", 405},
		{"CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", 405},
		{"GET with a body", get(good, addr, "Content-Length: 3") + "abc", 414},
		{"GET with a chunked body", get(good, addr, "Transfer-Encoding: chunked") + "3\r\nabc\r\n", 414},
		{"other path", get("/callback/?code=abcdefgh&state="+state, addr), 404},
		{"path with dots", get("/x/../callback?code=abcdefgh&state="+state, addr), 404},
		{"escaped path", get("/%63allback?code=abcdefgh&state="+state, addr), 404},
		{"case of the path", get("/Callback?code=abcdefgh&state="+state, addr), 404},
		{"rebound name", get(good, "evil.example:"+port(addr)), 421},
		{"localhost", get(good, "localhost:"+port(addr)), 421},
		{"other port", get(good, "127.0.0.1:1"), 421},
		{"no port", get(good, "127.0.0.1"), 421},
		{"IPv6", get(good, "[::1]:"+port(addr)), 421},
		{"absolute form of another host", get("http://evil.example"+good, addr), 421},
		{"absolute form with https", get("https://"+addr+good, addr), 421},
		{"no host", "GET " + good + " HTTP/1.0\r\n\r\n", 421},
		{"two hosts", get(good, addr, "Host: evil.example"), 400},
		{"script of a page", get(good, addr, "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", "Sec-Fetch-Site: cross-site"), 403},
		{"image of a page", get(good, addr, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"), 403},
		{"frame of a page", get(good, addr, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"), 403},
		{"fetch with an origin", get(good, addr, "Origin: https://evil.example"), 403},
		{"reading ahead", get(good, addr, "Sec-Purpose: prefetch;prerender"), 403},
		{"not HTTP", "SSH-2.0-scanner\r\n\r\n", 400},
	}
}

func TestHostileCallbacks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	addr, state := l.Addr(), l.State().Reveal()
	for _, test := range slices.Concat(wrongQueries(addr, state), wrongRequests(addr, state)) {
		t.Run(test.name, func(t *testing.T) {
			status, answer := knock(t, addr, test.request)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			if contains(answer, state) || contains(answer, "abcdefgh") {
				t.Error("the state or the code is in the answer")
			}
			if over, _ := l.outcome(); over {
				t.Fatal("the wait has ended")
			}
		})
	}
	if n := w.zoom.Counts()["token.authorization_code"]; n != 0 {
		t.Errorf("Zoom was asked %d times", n)
	}
	visit(t, w.answer(l))
	if _, err := l.Wait(soon(t)); err != nil {
		t.Fatalf("the true callback no longer works: %v", err)
	}
}

func port(addr string) string {
	_, p, _ := net.SplitHostPort(addr)
	return p
}

func TestSilentClientsDoNotKeepTheBrowserOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	for i := range 3 * maxConns {
		conn, err := net.Dial("tcp", l.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if i%2 == 0 {
			_, _ = io.WriteString(conn, "GET /call") // and then nothing
		}
	}
	begun := time.Now()
	visit(t, w.answer(l))
	if _, err := l.Wait(soon(t)); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > 2*headerLimit { // one after the other they would take three
		t.Errorf("took %s", took)
	}
}

// TestCrowdLeavesTheBrowserTimeToSpeak: hundreds of connections come between the
// browser's own and its request.
func TestCrowdLeavesTheBrowserTimeToSpeak(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	browser, err := net.Dial("tcp", l.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer browser.Close()
	const others = 200
	for range others {
		conn, err := net.Dial("tcp", l.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	all := l.callback.ln.(*crowd)
	eventually(t, "all are there", func() bool {
		all.mu.Lock()
		defer all.mu.Unlock()
		return len(all.open) == min(others+1, maxConns)
	})
	if _, err := io.WriteString(browser, get(strings.TrimPrefix(w.answer(l), "http://"+l.Addr()), l.Addr())); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(browser); !contains(string(answer), "Signed in") {
		t.Errorf("the browser is shown %q", answer)
	}
}

func TestSlowClientIsCutOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	conn, err := net.Dial("tcp", l.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /callback HTTP/1.1\r\nHost: "); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(4 * headerLimit)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, conn); err != nil {
		t.Errorf("still connected: %v", err)
	}
}
