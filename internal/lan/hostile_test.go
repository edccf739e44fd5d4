package lan

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"zoomtui/internal/bounce"
)

// hostile is what strangers send, built for one page; n makes each one different.
type hostile func(p *Page, n int) string

// plain is a request with headers.
func plain(method, target, host string, headers ...string) string {
	return method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + strings.Join(append(headers, "", ""), "\r\n")
}

// guesses are tries to find the page or to pass for the phone that comes back.
func guesses() map[string]hostile {
	guess := func(p *Page, n int) string { // one letter is wrong
		i := 1 + n%(len(p.gate.path)-1)
		wrong := byte('A')
		if p.gate.path[i] == wrong {
			wrong = 'B'
		}
		return p.gate.path[:i] + string(wrong) + p.gate.path[i+1:]
	}
	back := func(p *Page) string {
		return bounce.Path + "?code=" + goodCode + "&state=" + bounce.Extend(random, p.Addr())
	}
	host := func(p *Page) string { return p.Addr().String() }
	return map[string]hostile{
		"scan":             func(p *Page, n int) string { return plain("GET", fmt.Sprintf("/admin/%d.php?q=%d", n, n), host(p)) },
		"front page":       func(p *Page, _ int) string { return plain("GET", "/", host(p)) },
		"near miss":        func(p *Page, n int) string { return plain("GET", guess(p, n), host(p)) },
		"shorter":          func(p *Page, n int) string { return plain("GET", p.gate.path[:1+n%26], host(p)) },
		"longer":           func(p *Page, _ int) string { return plain("GET", p.gate.path+"A", host(p)) },
		"small letters":    func(p *Page, _ int) string { return plain("GET", strings.ToLower(p.gate.path), host(p)) },
		"near miss status": func(p *Page, n int) string { return plain("GET", guess(p, n)+statusPath, host(p)) },
		"near miss paste":  func(p *Page, n int) string { return form(guess(p, n), host(p), "Origin: http://"+host(p)) },
		"state wrong": func(p *Page, n int) string {
			return plain("GET", strings.Replace(back(p), random, random[:n%22]+"."+random[n%22+1:], 1), host(p))
		},
		"state of another": func(p *Page, _ int) string {
			return plain("GET", strings.Replace(back(p), random, strings.Repeat("A", 22), 1), host(p))
		},
		"state cut off": func(p *Page, _ int) string { return plain("GET", strings.TrimSuffix(back(p), "~"+portOf(p)), host(p)) },
		"state twice":   func(p *Page, _ int) string { return plain("GET", back(p)+"&state=x", host(p)) },
		"no code": func(p *Page, _ int) string {
			return plain("GET", strings.Replace(back(p), "code=", "kode=", 1), host(p))
		},
		"answer as a form":  func(p *Page, _ int) string { return form(back(p), host(p)) },
		"answer to a name":  func(p *Page, _ int) string { return plain("GET", back(p), "evil.example:"+portOf(p)) },
		"answer, no header": func(p *Page, _ int) string { return "GET " + back(p) + "\r\n\r\n" },
	}
}

// wrongs know the page's path, as a script in a browser nearby might learn it,
// and still are not the phone.
func wrongs() map[string]hostile {
	return map[string]hostile{
		"rebinding": func(p *Page, n int) string {
			return plain("GET", p.gate.path, fmt.Sprintf("host%d.evil.example:%s", n, portOf(p)))
		},
		"localhost":     func(p *Page, _ int) string { return plain("GET", p.gate.path, "localhost:"+portOf(p)) },
		"two hosts":     func(p *Page, _ int) string { return plain("GET", p.gate.path, p.Addr().String(), "Host: evil.example") },
		"no host":       func(p *Page, _ int) string { return "GET " + p.gate.path + " HTTP/1.0\r\n\r\n" },
		"absolute form": func(p *Page, _ int) string { return plain("GET", "http://evil.example"+p.gate.path, p.Addr().String()) },
		"HEAD":          func(p *Page, _ int) string { return plain("HEAD", p.gate.path, p.Addr().String()) },
		"OPTIONS": func(p *Page, _ int) string {
			return plain("OPTIONS", p.gate.path, p.Addr().String(), "Origin: https://evil.example", "Access-Control-Request-Private-Network: true")
		},
		"TRACE": func(p *Page, _ int) string { return plain("TRACE", p.gate.path, p.Addr().String()) },
		"script": func(p *Page, _ int) string {
			return plain("GET", p.gate.path, p.Addr().String(), "Origin: https://evil.example", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: cross-site")
		},
		"image": func(p *Page, _ int) string {
			return plain("GET", p.gate.path, p.Addr().String(), "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image")
		},
		"foreign form": func(p *Page, _ int) string {
			return form(p.gate.path, p.Addr().String(), "Origin: https://evil.example")
		},
		"sandbox form": func(p *Page, _ int) string { return form(p.gate.path, p.Addr().String(), "Origin: null") },
		"form as text": func(p *Page, _ int) string {
			return plain("POST", p.gate.path, p.Addr().String(), "Content-Type: text/plain", "Content-Length: 3") + "a=b"
		},
		"GET with a body": func(p *Page, _ int) string {
			return plain("GET", p.gate.path, p.Addr().String(), "Content-Length: 3") + "abc"
		},
	}
}

// noises are what is no request of a browser at all.
func noises() map[string]hostile {
	return map[string]hostile{
		"garbage": func(_ *Page, n int) string {
			random := rand.New(rand.NewPCG(1, uint64(n)))
			b := make([]byte, 1+n%200)
			for i := range b {
				b[i] = byte(random.Uint32())
			}
			return string(b) + "\r\n\r\n"
		},
		"SSH":             func(*Page, int) string { return "SSH-2.0-scanner\r\n\r\n" },
		"TLS":             func(*Page, int) string { return "\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n" },
		"HTTP/2":          func(*Page, int) string { return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
		"HTTP/9":          func(p *Page, _ int) string { return "GET / HTTP/9.9\r\nHost: " + p.Addr().String() + "\r\n\r\n" },
		"CONNECT":         func(*Page, int) string { return plain("CONNECT", "example.com:443", "example.com:443") },
		"all OPTIONS":     func(p *Page, _ int) string { return plain("OPTIONS", "*", p.Addr().String()) },
		"expectation":     func(p *Page, _ int) string { return form("/", p.Addr().String(), "Expect: 100-continue") },
		"odd expectation": func(p *Page, _ int) string { return form("/", p.Addr().String(), "Expect: a miracle") },
		"odd encoding":    func(p *Page, _ int) string { return plain("POST", "/", p.Addr().String(), "Transfer-Encoding: gzip") },
		"smuggling": func(p *Page, _ int) string {
			return plain("POST", "/", p.Addr().String(), "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n"
		},
		"pipeline":      func(p *Page, _ int) string { return strings.Repeat(plain("GET", "/", p.Addr().String()), 3) },
		"header damage": func(p *Page, _ int) string { return plain("GET", "/", p.Addr().String(), "X Y: z", "\x00: \x1b") },
	}
}

// oversized make the server itself complain.
func oversized() map[string]hostile {
	return map[string]hostile{
		"endless header": func(p *Page, _ int) string {
			return plain("GET", "/", p.Addr().String(), "X: "+strings.Repeat("a", 2*maxHeader))
		},
		"endless path": func(p *Page, _ int) string {
			return plain("GET", "/"+strings.Repeat("a", 2*maxHeader), p.Addr().String())
		},
		"endless body": func(p *Page, _ int) string {
			return plain("POST", p.gate.path+"A", p.Addr().String(), "Content-Type: "+formType, "Content-Length: 100000000") + strings.Repeat("a", 2*maxBody)
		},
	}
}

func form(target, host string, headers ...string) string {
	body := fieldName + "=" + "code%3D" + goodCode
	return plain("POST", target, host, append(headers, "Content-Type: "+formType, fmt.Sprintf("Content-Length: %d", len(body)))...) + body
}

func portOf(p *Page) string { return fmt.Sprint(p.Addr().Port()) }

// knock sends bytes and gives all that comes back.
func knock(p *Page, request string) (string, error) {
	conn, err := net.Dial("tcp", p.Addr().String())
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(15 * time.Second)); err != nil {
		return "", err
	}
	_, _ = io.WriteString(conn, request)                // an oversized one is not taken to its end
	answer, _ := io.ReadAll(io.LimitReader(conn, 4096)) // nor is its connection closed in good order
	return string(answer), nil
}

// TestEveryStrangerGetsTheSame: whatever it is that strangers send, and whatever
// is right about it, the answer has the same bytes.
func TestEveryStrangerGetsTheSame(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	signIn.https = true
	p := open(t, signIn, returning)
	for _, kind := range []map[string]hostile{guesses(), wrongs(), noises(), oversized()} {
		for name, request := range kind {
			t.Run(name, func(t *testing.T) {
				for n := range 3 {
					answer, err := knock(p, request(p, n))
					if err != nil || answer != nothingHere {
						t.Errorf("%q, %v", answer, err)
					}
				}
			})
		}
	}
	if signIn.pastes() != 0 {
		t.Error("the sign-in was asked")
	}
}

// TestPhoneAfterTenThousandStrangers floods a page, with silent connections in
// between, and then signs in.
func TestPhoneAfterTenThousandStrangers(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	signIn.https = true
	p := open(t, signIn, returning)
	var kinds []hostile
	for _, some := range []map[string]hostile{guesses(), wrongs(), noises()} {
		for _, request := range some {
			kinds = append(kinds, request)
		}
	}
	workers, each := 10, 1000
	if testing.Short() {
		each = 50
	}
	var flood sync.WaitGroup
	for i := range workers {
		flood.Go(func() {
			for j := range each {
				n := i*each + j
				if n%100 == 0 {
					stay(t, p)
				}
				answer, err := knock(p, kinds[n%len(kinds)](p, n))
				if err != nil || answer != nothingHere {
					t.Errorf("%q, %v", answer, err)
					return
				}
			}
		})
	}
	flood.Wait()
	if signIn.pastes() != 0 {
		t.Fatal("the sign-in was asked")
	}
	get(t, p.URL()).wants(t, 200, "Open Zoom and allow")
	get(t, "http://"+p.Addr().String()+bounce.Path+"?code="+goodCode+"&state="+bounce.Extend(random, p.Addr())).wants(t, 200, "You can put the phone away.")
}

// stay opens a connection that begins a request and never ends it.
func stay(t *testing.T, p *Page) {
	t.Helper()
	conn, err := net.Dial("tcp", p.Addr().String())
	if err != nil {
		t.Error(err)
		return
	}
	t.Cleanup(func() { conn.Close() })
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: ")
}

// TestSilentConnectionsDoNotKeepThePhoneOut: those that say nothing, and those
// that know the page and never end what they say.
func TestSilentConnectionsDoNotKeepThePhoneOut(t *testing.T) {
	t.Parallel()
	p := open(t, newSignIn())
	for i := range 4 * maxConns {
		conn, err := net.Dial("tcp", p.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		switch i % 16 {
		case 0:
			_, _ = io.WriteString(conn, "POST "+p.gate.path+" HTTP/1.1\r\nHost: "+p.Addr().String()+"\r\nContent-Type: "+formType+"\r\nContent-Length: 900\r\n\r\naddress=")
		case 1, 2, 3:
			_, _ = io.WriteString(conn, "GET /")
		}
	}
	get(t, "http://"+p.Addr().String()+"/").wants(t, 404)
	get(t, p.URL()).wants(t, 200, "Open Zoom and allow")
}

func TestSlowStrangerIsCutOff(t *testing.T) {
	t.Parallel()
	p := open(t, newSignIn())
	conn, err := net.Dial("tcp", p.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: "); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(5 * headerLimit)); err != nil {
		t.Fatal(err)
	}
	if answer, err := io.ReadAll(conn); err != nil || string(answer) != "" && string(answer) != nothingHere {
		t.Errorf("%q, %v", answer, err)
	}
}

// TestCrowdEvictsTheGreedy: the machine with most connections loses its oldest.
func TestCrowdEvictsTheGreedy(t *testing.T) {
	t.Parallel()
	c := &crowd{}
	greedy, phone := netip.MustParseAddr("192.168.1.66"), netip.MustParseAddr("192.168.1.7")
	first := &visitor{from: phone, crowd: c}
	c.admit(first)
	var evicted []*visitor
	for range maxConns + 10 {
		if v := c.admit(&visitor{from: greedy, crowd: c}); v != nil {
			evicted = append(evicted, v)
		}
	}
	if len(evicted) != 11 || len(c.open) != maxConns || c.open[0] != first {
		t.Errorf("%d evicted, %d open", len(evicted), len(c.open))
	}
	for _, v := range evicted {
		if v.from != greedy {
			t.Errorf("%s is evicted", v.from)
		}
	}
}

// TestCrowdKeepsThePhones: who knows the page stays, but not without end.
func TestCrowdKeepsThePhones(t *testing.T) {
	t.Parallel()
	c := &crowd{}
	var phones []*visitor
	for range maxConns {
		v := &visitor{from: netip.MustParseAddr("192.168.1.7"), crowd: c}
		c.admit(v)
		v.trust()
		phones = append(phones, v)
	}
	for range maxConns {
		c.admit(&visitor{from: netip.MustParseAddr("192.168.1.66"), crowd: c})
	}
	kept := 0
	for _, v := range c.open {
		if v.kept {
			kept++
		}
	}
	if kept != maxKept || len(c.open) != maxConns || c.kept != kept {
		t.Errorf("%d of %d connections are kept", kept, len(c.open))
	}
	if !phones[0].kept || phones[maxKept].kept {
		t.Error("the first ones are not those that are kept")
	}
}
