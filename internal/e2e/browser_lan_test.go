//go:build linux

package e2e

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/sandbox"
)

// home is a computer in a network where a phone is, too. The computer has a
// network of its own, so the phone's 127.0.0.1 is another one.
type home struct {
	*network
	last byte // of the computer's address, 192.168.1.x
}

// newHome gives the computer a network card with an address. Each test has
// another one, by which the browser finds it; see [lanRules].
func newHome(t *testing.T, last byte) *home {
	t.Helper()
	ip := need(t, "ip", "/usr/sbin/ip")
	h := &home{newNetwork(t), last}
	for _, line := range []string{"tuntap add dev wlan0 mode tap", "addr add " + h.address() + "/24 dev wlan0", "link set wlan0 up"} {
		out, err := h.inside(exec.CommandContext(t.Context(), ip, strings.Fields(line)...)).CombinedOutput()
		if err != nil {
			t.Skipf("no network card can be made here: ip %s: %v %s", line, err, out) // nobody can install that
		}
	}
	return h
}

func (h *home) address() string { return fmt.Sprintf("192.168.1.%d", h.last) }

// lanHosts is how many addresses the browser finds.
const lanHosts = 4

// lanRules makes the browser find 192.168.1.x at 127.0.1.x of this machine, where
// [home.answersAt] waits for it.
func lanRules() string {
	var rules strings.Builder
	for last := range lanHosts {
		fmt.Fprintf(&rules, "MAP 192.168.1.%d 127.0.1.%d , ", last+1, last+1)
	}
	return rules.String()
}

// answersAt lets the browser reach a port of the computer.
func (h *home) answersAt(port string) {
	h.t.Helper()
	ln, err := net.Listen("tcp", fmt.Sprintf("127.0.1.%d:%s", h.last, port))
	if err != nil {
		h.t.Fatal(err)
	}
	var accepting, dialling sync.WaitGroup
	h.t.Cleanup(func() { // before the network ends
		_ = ln.Close()
		accepting.Wait()
		dialling.Wait()
	})
	accepting.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return // closed
			}
			dialling.Add(1)
			go join(conn, func() (net.Conn, error) {
				defer dialling.Done()
				return h.dial(context.Background(), "tcp", net.JoinHostPort(h.address(), port))
			})
		}
	})
}

// loginOnLAN starts `zoomtui login --lan` on the computer, and gives the address
// of its page.
func loginOnLAN(t *testing.T, h *home, redirectURI string) (w waiting, address string) {
	t.Helper()
	zoom, aiko := startZoom(t), newPerson(t)
	h.lead(hostOf(zoom.URL()), nil)
	kind := sandbox.KindPublic
	if redirectURI != "" {
		kind = sandbox.KindConfidential
		httpsOnly(zoom, redirectURI)
	}
	cmd := h.inside(aiko.command(t, zoom.Env(kind), "login", "--no-browser", "--json", "--lan"))
	w = waiting{process: onPipes(t, cmd), zoom: zoom, person: aiko}
	address, _ = w.event("lan")["url"].(string)
	u, err := url.Parse(address)
	if err != nil || u.Hostname() != h.address() || len(u.Path) < 22 {
		t.Fatalf("the page is at %q (%v)", address, err)
	}
	h.answersAt(u.Port())
	return w, address
}

// deadLoopback is the phone's 127.0.0.1: nothing waits for the answer there.
func deadLoopback(address string) *reply {
	if strings.HasPrefix(address, "http://127.0.0.1:") && strings.Contains(address, "/callback?") {
		return &reply{}
	}
	return nil
}

// testPhonePaste is the way of an app that returns to a loopback address: the
// phone ends where nothing answers, and the page takes the address of that.
func testPhonePaste(t *testing.T, b *chromium) {
	w, address := loginOnLAN(t, newHome(t, 1), "")
	first := b.open(t, phone())
	first.goes(address)
	first.reads("Sign in to Zoom", "can’t connect", "That is expected", "Open Zoom and allow", "Finish")
	first.settled()
	first.pictures("phone-page")
	second := first.popup(func() { first.presses("Open Zoom and allow") })
	second.answers(deadLoopback)
	second.reads("wants to use your Zoom account")
	second.presses("Allow")
	second.reads("ERR_CONNECTION_REFUSED")
	ended := second.address()

	first.writes("#address", "https://zoom.us/")
	first.presses("Finish")
	first.reads("Not signed in yet")
	first.pictures("phone-page-wrong")
	w.waits()
	first.writes("#address", ended)
	first.presses("Finish")
	first.reads("Signed in", "You can put the phone away", "“default” is signed in")
	first.pictures("phone-page-done")
	first.calm()
	w.completed()
	// The page is gone with the sign-in.
	again := b.open(t, phone())
	again.goes(address)
	again.until("nothing answers", func() bool { return strings.Contains(again.text(), "ERR_") })
}

// testPhoneReturns is the way of an app with a bounce page, which leads the phone
// back to the computer after a tap.
func testPhoneReturns(t *testing.T, b *chromium) {
	h := newHome(t, 2)
	w, address := loginOnLAN(t, h, b.bounceURI())
	first := b.open(t, phone())
	first.goes(address)
	first.reads("Sign in to Zoom", "nothing to copy", "Open Zoom and allow")
	first.pictures("phone-page-returns")
	second := first.popup(func() { first.presses("Open Zoom and allow") })
	second.reads("wants to use your Zoom account")
	second.presses("Allow")
	back := "http://" + hostOf(address)
	second.reads("One more tap", "only if your terminal shows this very address", "Continue to "+back)
	second.settled()
	second.pictures("bounce-tap")
	if left := strangers(b, second, ""); len(left) > 0 && hostOf(left[len(left)-1]) != hostOf(w.zoom.URL()) {
		t.Errorf("asked for %q before the tap", left)
	}
	second.calm()
	second.presses("Continue to " + back)
	second.reads("Signed in", "You can put the phone away", "“default” is signed in")
	if !strings.HasPrefix(second.address(), back+"/callback?") {
		t.Errorf("the phone ended on %s", second.address())
	}
	second.calm()
	first.calm()
	w.completed()
}

// testPhoneDashboard opens the page with a key of the sign-in screen. When the
// phone is done, the screen and both of its tabs show it.
func testPhoneDashboard(t *testing.T, b *chromium) {
	h := newHome(t, 4)
	zoom, aiko := startZoom(t), newPerson(t)
	h.lead(hostOf(zoom.URL()), nil)
	httpsOnly(zoom, b.bounceURI())
	s := onTerminal(t, h.inside(aiko.command(t, zoom.Env(sandbox.KindConfidential))), 120, 40)
	s.awaits("/oauth/authorize?")
	s.types("l")
	var address string
	s.until("the address of the page", func() bool {
		// The row may be written in pieces; the last piece ends with the path.
		address = regexp.MustCompile(`http://192\.168\.1\.4:\d+/[A-Z0-9]{26}`).FindString(ansi.Strip(s.out.String()))
		return address != ""
	})
	_, port, _ := net.SplitHostPort(hostOf(address))
	h.answersAt(port)
	first := b.open(t, phone())
	first.goes(address)
	second := first.popup(func() { first.presses("Open Zoom and allow") })
	second.presses("Allow")
	second.presses("Continue to http://" + hostOf(address))
	second.reads("Signed in", "You can put the phone away")
	s.shows("田中 愛子")
	first.shows()
	first.until("that there is nothing left to do in the first tab", func() bool {
		text := first.text() // by its own question, or when nobody answers any more
		return strings.Contains(text, "Signed in") || strings.Contains(text, "the sign-in is over")
	})
	first.calm()
	second.calm()
	s.types("q")
	s.ended(0)
	if n := zoom.Counts()["token.authorization_code"]; n != 1 || len(aiko.tokens(t)) != 2 {
		t.Errorf("%d codes were exchanged, or nothing is stored", n)
	}
}

// testPhoneStranger opens the port without the path: nothing is learnt there.
func testPhoneStranger(t *testing.T, b *chromium) {
	w, address := loginOnLAN(t, newHome(t, 3), "")
	p := b.open(t, phone())
	for _, path := range []string{"/", "/callback?code=x&state=y", "/AAAAAAAAAAAAAAAAAAAAAAAAAA", "/favicon.ico"} {
		p.goes("http://" + hostOf(address) + path)
		p.until("an answer to "+path, func() bool { return p.text() != "" })
		if text := p.text(); strings.Contains(strings.ToLower(text), "zoom") || strings.Contains(text, "default") {
			t.Errorf("a stranger who asks for %s is told %q", path, text)
		}
	}
	// As a page whose name was made to lead here (DNS rebinding): the path is
	// right, the host is not.
	p.goes(strings.Replace(address, hostOf(address), "evil.test:"+strings.Split(hostOf(address), ":")[1], 1))
	p.until("an answer", func() bool { return p.text() != "" })
	if text := p.text(); strings.Contains(text, "Open Zoom") {
		t.Errorf("by another name the page shows %q", text)
	}
	w.waits()
}
