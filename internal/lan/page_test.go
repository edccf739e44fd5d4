package lan

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"zoomtui/internal/bounce"
	"zoomtui/internal/explain"
)

// deadEnd is what the phone ends on when the redirect URI is of loopback.
func deadEnd(code string) string {
	return "http://127.0.0.1:8976/callback?code=" + code + "&state=" + random
}

func TestPagePath(t *testing.T) {
	t.Parallel()
	one, other := open(t, newSignIn()), open(t, newSignIn())
	want := regexp.MustCompile(`^http://127\.0\.0\.1:[0-9]+/[A-Z2-7]{26}$`)
	if !want.MatchString(one.URL()) || one.gate.path == other.gate.path {
		t.Errorf("%s, %s", one.URL(), other.URL())
	}
	if notForQR := regexp.MustCompile(`[^0-9A-Z $%*+./:-]`).FindString(one.Short()); notForQR != "" {
		t.Errorf("%q in %s", notForQR, one.Short())
	}
	get(t, one.Short()).wants(t, 200, "Open Zoom and allow")
}

func TestPhoneSignsInByPaste(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	p := open(t, signIn)
	page := get(t, p.URL())
	page.wants(t, 200, "can’t connect", "refused to connect", "Open Zoom and allow", "profile work", "in 10 minutes",
		`href="https://zoom.example/oauth/authorize?response_type=code&amp;client_id=app&amp;code_challenge=secret-challenge&amp;state=`+random+`"`)
	if text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page.body, ""); strings.Contains(text, random) || strings.Contains(text, "zoom.example") {
		t.Errorf("the link is shown as text: %s", text)
	}
	wrong := send(t, p, deadEnd("stale-code")+"<script>")
	wrong.wants(t, 422, "Not signed in yet", "The pasted text does not complete the sign-in.", "There is no code in this address.", "<textarea")
	wrong.lacks(t, "stale-code", "<script>\n", "127.0.0.1:8976")
	send(t, p, deadEnd(goodCode)).wants(t, 200, "Signed in", "You can put the phone away.", "“work”")
	send(t, p, deadEnd(goodCode)).wants(t, 200, "Signed in") // the button pressed twice
	get(t, p.URL()).wants(t, 200, "You can put the phone away.")
	get(t, p.URL()+"/status").wants(t, 200, "signed in")
	if n := signIn.pastes(); n != 2 {
		t.Errorf("pasted %d times", n)
	}
}

func TestPhoneComesBackByItself(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	signIn.https = true
	p := open(t, signIn, returning)
	page := get(t, p.URL())
	page.wants(t, 200, "There is nothing to copy.", "Only if neither happens", "state="+random+"~")
	page.lacks(t, "connect</strong>")
	query := "?code=" + goodCode + "&state=" + bounce.Extend(random, p.Addr())
	origin := "http://" + p.Addr().String()
	get(t, origin+bounce.Path+query[:len(query)-1]).wants(t, 404)
	get(t, origin+bounce.Path+strings.Replace(query, "code=good", "code=bad", 1)).wants(t, 422, "There is no code in this address.", p.gate.path)
	get(t, origin+bounce.Path+query).wants(t, 200, "Signed in", "You can put the phone away.")
	get(t, origin+bounce.Path+query).wants(t, 200, "Signed in")
	get(t, p.URL()+"/status").wants(t, 200, "signed in")
}

// TestNothingComesBackToAPageOfPaste: where no bounce page leads here, the
// callback is as unknown as any other path.
func TestNothingComesBackToAPageOfPaste(t *testing.T) {
	t.Parallel()
	for name, returns := range map[string]bool{"loopback redirect": false, "no way to say where": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			signIn := newSignIn()
			p := open(t, signIn, func(o *Options) { o.Returns = returns })
			get(t, "http://"+p.Addr().String()+bounce.Path+"?code="+goodCode+"&state="+random).wants(t, 404)
			page := get(t, p.URL())
			page.lacks(t, "nothing to copy")
			if dead := strings.Contains(page.body, "can’t connect"); dead == returns {
				t.Errorf("a dead end is foretold: %v", dead)
			}
			if signIn.pastes() != 0 {
				t.Error("the sign-in was asked")
			}
		})
	}
}

func TestSignInEndsElsewhere(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	p := open(t, signIn)
	get(t, p.URL()+"/status").wants(t, 200, "waiting")
	signIn.end()
	get(t, p.URL()).wants(t, 200, "This sign-in is over", "The computer shows how it ended.")
	get(t, p.URL()+"/status").wants(t, 200, "over")
}

// cancelled is what the sign-in says to a paste when it is closed.
type cancelled struct{}

func (cancelled) Error() string { return "the sign-in was closed" }

func (cancelled) Facts() explain.Facts { return explain.Facts{Class: explain.Cancelled} }

func TestPasteThatEndsTheSignIn(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fatal error
		want  []string
	}{
		"not stored": {&explainable{explain.Facts{Place: explain.PlaceLocal, Class: explain.Store, Cause: "disk full", Path: "/x"}}, []string{"Not signed in", "The computer shows how to go on."}},
		"closed":     {cancelled{}, []string{"This sign-in is over"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			signIn := newSignIn()
			signIn.fatal = test.fatal
			a := send(t, open(t, signIn), deadEnd(goodCode))
			a.wants(t, 200, test.want...)
			a.lacks(t, "<textarea", "put the phone away")
		})
	}
}

type explainable struct{ facts explain.Facts }

func (e *explainable) Error() string { return e.facts.Cause }

func (e *explainable) Facts() explain.Facts { return e.facts }

func TestUnusableForms(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	p := open(t, signIn)
	send(t, p, strings.Repeat("a", maxBody+1)).wants(t, 422, "The pasted text is too long to be an address.")
	r, err := http.NewRequest(http.MethodPost, p.URL(), strings.NewReader("other=1"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", formType)
	do(t, r).wants(t, 422, "The form arrived damaged")
	if signIn.pastes() != 0 {
		t.Error("the sign-in was shown a damaged form")
	}
}

func TestPageIsSealed(t *testing.T) {
	t.Parallel()
	p := open(t, newSignIn(), func(o *Options) { o.Profile = `<b>"work"` })
	page := get(t, p.URL())
	page.lacks(t, "<b>", "{{")
	page.wants(t, 200, "&lt;b&gt;")
	nonce := regexp.MustCompile(`script-src 'nonce-([A-Z2-7]{26})'`).FindStringSubmatch(page.header.Get("Content-Security-Policy"))
	if nonce == nil || strings.Count(page.body, `nonce="`+nonce[1]+`"`) != 2 || strings.Count(page.body, "<script")+strings.Count(page.body, "<style") != 2 {
		t.Errorf("policy %s", page.header.Get("Content-Security-Policy"))
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
	} {
		if got := page.header.Get(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, directive := range []string{"default-src 'none'", "form-action 'self'", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(page.header.Get("Content-Security-Policy"), directive) {
			t.Errorf("no %s", directive)
		}
	}
	if again := get(t, p.URL()); strings.Contains(again.body, nonce[1]) {
		t.Error("the nonce is used twice")
	}
}

func TestPageDoesNotPrintItsSecrets(t *testing.T) {
	t.Parallel()
	signIn := newSignIn()
	signIn.https = true
	p := open(t, signIn, returning)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		text := fmt.Sprintf(verb, p)
		for _, secret := range []string{p.gate.path, random, "secret-challenge"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s writes %s", verb, text)
			}
		}
	}
}

func TestHolderFloodIsSlowedDown(t *testing.T) {
	t.Parallel()
	clock := newStoppedClock()
	var mu sync.Mutex
	p := open(t, newSignIn(), func(o *Options) {
		o.Clock = func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return clock.read()
		}
	})
	for range burstEach {
		get(t, p.URL()+"/status").wants(t, 200, "waiting")
	}
	slow := get(t, p.URL())
	slow.wants(t, 429, "Wait five seconds")
	if slow.header.Get("Retry-After") != "5" {
		t.Errorf("Retry-After: %s", slow.header.Get("Retry-After"))
	}
	slow.lacks(t, "zoom.example")
	get(t, "http://"+p.Addr().String()+"/").wants(t, 404)
	mu.Lock()
	clock.now = clock.now.Add(5 * time.Second)
	mu.Unlock()
	get(t, p.URL()).wants(t, 200, "Open Zoom and allow")
}

func TestLives(t *testing.T) {
	t.Parallel()
	tests := map[string]func(context.CancelFunc, *Page, *fakeSignIn){
		"time is up": func(context.CancelFunc, *Page, *fakeSignIn) {},
		"closed": func(_ context.CancelFunc, p *Page, _ *fakeSignIn) {
			if err := errors.Join(p.Close(), p.Close()); err != nil {
				t.Error(err)
			}
		},
		"context":            func(cancel context.CancelFunc, _ *Page, _ *fakeSignIn) { cancel() },
		"over before a look": func(_ context.CancelFunc, _ *Page, s *fakeSignIn) { s.end() },
		"over after a look": func(_ context.CancelFunc, p *Page, s *fakeSignIn) {
			get(t, p.URL()).wants(t, 200)
			s.end()
		},
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			loopback, signIn := netip.MustParseAddr("127.0.0.1"), newSignIn()
			o := Options{Addresses: []netip.Addr{loopback}, SignIn: signIn, Life: time.Hour}
			if name == "time is up" {
				o.Life = time.Millisecond
			}
			around := surroundings{machine: []Address{{Addr: loopback}}, lastLook: time.Hour}
			if name == "over after a look" {
				around.lastLook = time.Millisecond
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			p, err := serve(ctx, o, around)
			if err != nil {
				t.Fatal(err)
			}
			end(cancel, p, signIn)
			gone(t, p)
		})
	}
}

func TestTakenPort(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	taken := int(boundTo(ln.Addr()).Port())
	p := open(t, newSignIn(), func(o *Options) { o.Port = taken })
	if int(p.Addr().Port()) == taken {
		t.Error("two listeners have one port")
	}
	get(t, p.URL()).wants(t, 200)
}

// TestSeveralAddresses: one port, and each page at its own address only.
func TestSeveralAddresses(t *testing.T) {
	t.Parallel()
	one, other := netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("127.0.0.2")
	if ln, err := net.Listen("tcp", other.String()+":0"); err != nil {
		t.Skipf("this machine has one loopback address: %v", err)
	} else {
		ln.Close()
	}
	p := open(t, newSignIn(), func(o *Options) { o.Addresses = []netip.Addr{one, other} })
	if p.Addr().Addr() != one || len(p.listeners) != 2 {
		t.Errorf("%s", p.Addr())
	}
	at := netip.AddrPortFrom(other, p.Addr().Port()).String()
	get(t, "http://"+at+p.gate.path).wants(t, 200, "Open Zoom and allow")
	r, err := http.NewRequest(http.MethodGet, "http://"+at+p.gate.path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = p.Addr().String()
	do(t, r).wants(t, 404)
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"127.0.0.1", "0.0.0.0", "203.0.113.7", "::", "::1"} {
		p, err := Serve(t.Context(), Options{Addresses: []netip.Addr{netip.MustParseAddr(addr)}, SignIn: newSignIn()})
		if err == nil {
			t.Errorf("open at %s", addr)
			_ = p.Close()
			continue
		}
		if refused, ok := errors.AsType[*Error](err); !ok || explain.Of(refused).Class() != explain.Usage || !strings.Contains(explain.Of(refused).Why, addr) {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

// TestServeOnThisMachine uses an address that phones could really reach.
func TestServeOnThisMachine(t *testing.T) {
	t.Parallel()
	list, err := Addresses()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		const reason = "this machine has no address in a private network"
		if os.Getenv("ZOOMTUI_TEST_NO_SKIP") != "" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	signIn := newSignIn()
	p, err := Serve(t.Context(), Options{Addresses: []netip.Addr{list[0].Addr}, Profile: "work", SignIn: signIn})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	get(t, p.Short()).wants(t, 200, "Open Zoom and allow")
	u, err := url.Parse(p.URL())
	if err != nil {
		t.Fatal(err)
	}
	get(t, "http://"+u.Host+"/").wants(t, 404)
	if len(p.listeners) != 1 || boundTo(p.listeners[0].Addr()).Addr() != list[0].Addr {
		t.Errorf("listens at %s", p.listeners[0].Addr())
	}
	send(t, p, deadEnd(goodCode)).wants(t, 200, "You can put the phone away.")
	if left := time.Until(p.Expires()); left < 9*time.Minute || left > 10*time.Minute {
		t.Errorf("open for %s", left)
	}
}
