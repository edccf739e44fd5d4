//go:build linux

package e2e

import (
	"encoding/json"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"zoomtui/internal/sandbox"
)

// arrived is the page at every place that the bounce page leads to.
const arrived = "<!doctype html><title>there</title>arrived"

// openBounce opens a tab in which only the host of the bounce page is reached;
// everything else is answered by the page [arrived].
func openBounce(t *testing.T, b *chromium, d device) *tab {
	t.Helper()
	p := b.open(t, d)
	home := hostOf(b.bounceURI())
	p.answers(func(address string) *reply {
		if hostOf(address) == home {
			return nil
		}
		return &reply{arrived}
	})
	return p
}

// strangers is the requests of a tab that went neither to the bounce page nor,
// by the page's leave, to a listener. Browsers ask for the icon of a page by
// themselves, and sometimes when the next one is there already.
func strangers(b *chromium, p *tab, listener string) []string {
	return slices.DeleteFunc(p.asked(), func(address string) bool {
		return strings.HasSuffix(address, "/favicon.ico") || hostOf(address) == hostOf(b.bounceURI()) || listener != "" && strings.HasPrefix(address, listener+"/callback?")
	})
}

// settled waits until the page has done all that it does by itself.
func (p *tab) settled() {
	p.until("the page is loaded and idle", func() bool {
		// The page goes on in a task of its own after the load; ours comes after it.
		done, err := look[bool](p, "document.readyState === 'complete' && new Promise(r => setTimeout(() => setTimeout(() => r(true), 5), 5))")
		return err == nil && done
	})
}

// testBounceTargets goes through the table that the Go twin of the page's
// function is tested with: what goes by itself, what wants a tap, what never goes.
func testBounceTargets(t *testing.T, b *chromium) {
	data, err := os.ReadFile("../bounce/testdata/targets.json")
	var rows []struct{ State, Goes string }
	if err == nil {
		err = json.Unmarshal(data, &rows)
	}
	if err != nil || len(rows) < 20 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	d := desktop()
	for part := range slices.Chunk(rows, (len(rows)+1)/2) {
		d = map[string]device{"desktop": phone(), "phone": desktop()}[d.name]
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			p := openBounce(t, b, d)
			for _, row := range part {
				p.forgets()
				checkBounceRow(t, b, p, row.State, row.Goes)
			}
		})
	}
}

func checkBounceRow(t *testing.T, b *chromium, p *tab, state, goes string) {
	t.Helper()
	query := url.Values{"code": {"a code with &=#+ in it"}, "state": {state}}
	from := b.bounceURI() + "?" + query.Encode() + "&uid=1#part"
	p.goes(from)
	listener, tap := strings.CutPrefix(goes, "tap ")
	if tap || goes == "" {
		p.settled()
		if left := strangers(b, p, ""); len(left) > 0 || p.address() != from {
			t.Errorf("state %q: went by itself to %s, asked for %q", state, p.address(), left)
			return
		}
	}
	if goes == "" {
		p.reads("a code with &=#+ in it", "Copy the whole address")
		if links, err := look[int](p, "[...document.querySelectorAll('a[href]')].filter(e => e.checkVisibility()).length"); err != nil || links > 0 {
			t.Errorf("state %q: %d links lead away, %v", state, links, err)
		}
		p.calm()
		return
	}
	if tap {
		p.reads(listener) // before it is agreed to
		p.calm()
		p.presses(listener)
	}
	p.until("on the way to "+listener, func() bool { return strings.HasPrefix(p.address(), listener+"/callback?") })
	to, err := url.Parse(p.address())
	if err != nil || to.Query().Encode() != query.Encode() || to.Fragment != "" {
		t.Errorf("state %q: goes to %s (%v), want the same code and state and nothing else", state, p.address(), err)
	}
	if left := strangers(b, p, listener); len(left) > 0 {
		t.Errorf("state %q: asked for %q too", state, left)
	}
	p.calm()
}

// testBounceRefuses hands the page what Zoom never sends, or puts it into a
// frame: it leads nowhere.
func testBounceRefuses(t *testing.T, b *chromium) {
	const good = "Zk3vQ8mN2xL0pR7tY5wB1c~8976"
	p := openBounce(t, b, phone())
	for name, query := range map[string]string{
		"nothing":          "",
		"two codes":        "?code=a&code=b&state=" + good,
		"two states":       "?code=a&state=" + good + "&state=" + good,
		"code and error":   "?code=a&error=b&state=" + good,
		"neither of these": "?state=" + good,
		"endless":          "?code=" + strings.Repeat("a", 20_000) + "&state=" + good,
	} {
		p.forgets()
		p.goes(b.bounceURI() + query)
		p.settled()
		if left := strangers(b, p, ""); len(left) > 0 || p.address() != b.bounceURI()+query {
			t.Errorf("%s: asked for %.300q, is at %.300s", name, left, p.address())
		}
		p.calm()
	}
	p.forgets()
	p.answers(func(address string) *reply {
		switch {
		case strings.HasSuffix(address, "/frame"):
			return &reply{"<!doctype html><title>frame</title><iframe sandbox='allow-scripts allow-same-origin' src='" + b.bounceURI() + "?code=a&state=" + good + "'></iframe>"}
		case hostOf(address) == hostOf(b.bounceURI()):
			return nil
		}
		return &reply{arrived}
	})
	p.goes(strings.Replace(b.bounceURI(), "/oauth/callback", "/frame", 1)) // of the same site: its requests are heard
	p.settled()
	p.settled()
	if left := strangers(b, p, ""); len(left) > 0 {
		t.Errorf("in a frame: asked for %q", left)
	}
}

// httpsOnly makes the app with a secret one that returns to an https address only.
func httpsOnly(zoom *sandbox.Server, redirectURI string) {
	app, _ := zoom.App(sandbox.KindConfidential)
	app.PKCE, app.RedirectURIs = false, []string{redirectURI}
	zoom.AddApp(app)
}

// loginByBounce starts the sign-in to an app that has the bounce page as its only
// return address, as Zoom wants of an app with a secret and without PKCE.
func loginByBounce(t *testing.T, b *chromium) waiting {
	t.Helper()
	zoom, aiko := startZoom(t), newPerson(t)
	httpsOnly(zoom, b.bounceURI())
	return aiko.login(t, zoom, zoom.Env(sandbox.KindConfidential))
}

// testBounceSignIn is the whole way on one machine. The browser takes the page
// for one on the internet that leads to this machine.
func testBounceSignIn(t *testing.T, b *chromium) {
	w := loginByBounce(t, b)
	p := b.open(t, desktop())
	p.goes(w.link)
	p.reads("wants to use your Zoom account")
	p.presses("Allow")
	p.reads("Signed in", "You can close this tab")
	if !strings.HasPrefix(p.address(), "http://127.0.0.1:") {
		t.Errorf("the browser ended on %s", p.address())
	}
	p.calm()
	w.completed()
}

// testBounceDeadEnd is a browser on another computer than the program: it ends
// where nothing listens, and the way back shows what to copy.
func testBounceDeadEnd(t *testing.T, b *chromium) {
	onDevices(t, func(t *testing.T, d device) {
		w := loginByBounce(t, b)
		p := b.open(t, d)
		p.answers(func(address string) *reply {
			if strings.HasPrefix(address, "http://127.0.0.1:") && strings.Contains(address, "/callback?") {
				return &reply{}
			}
			return nil
		})
		p.goes(w.link)
		p.presses("Allow")
		p.reads("ERR_CONNECTION_REFUSED")
		p.back()
		p.reads("Finish in the terminal", "Copy the whole address", "Copy the code", "zoomtui login --finish")
		p.settled()
		p.pictures("bounce-dead-end")
		// The clipboard is one for all tabs of the browser.
		b.clipboard.Lock()
		defer b.clipboard.Unlock()
		p.mayReadClipboard()
		code, address := p.copies("Copy the code"), p.copies("Copy the whole address")
		p.reads("Now paste it into the terminal")
		if u, err := url.Parse(address); err != nil || code == "" || u.Query().Get("code") != code || !strings.HasPrefix(address, b.bounceURI()+"?") {
			t.Errorf("copied the code %q and the address %q", code, address)
		}
		p.calm()
		w.waits()
		w.types(address + "\n")
		w.completed()
	})
}

// mayReadClipboard lets the test read what a button has copied.
func (p *tab) mayReadClipboard() {
	p.t.Helper()
	_, err := chromedp.CallBrowser(p.ctx, browser.SetPermission, browser.SetPermissionParams{
		Permission: &browser.PermissionDescriptor{Name: "clipboard-read"}, Setting: browser.PermissionSettingGranted,
		BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
	})
	if err != nil {
		p.t.Fatalf("allow to read the clipboard: %v", err)
	}
}

// copies presses a button that copies, and gives what it has copied.
func (p *tab) copies(label string) string {
	p.t.Helper()
	read := func() string {
		text, _ := look[string](p, "navigator.clipboard.readText()") // none at first
		return text
	}
	before, now := read(), ""
	p.presses(label)
	p.until("another text in the clipboard", func() bool {
		now = read()
		return now != before && now != ""
	})
	return now
}

func testBounceWithoutScripts(t *testing.T, b *chromium) {
	p := openBounce(t, b, phone())
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.goes(b.bounceURI() + "?code=a&state=Zk3vQ8mN2xL0pR7tY5wB1c~8976")
	p.reads("Zoom has answered", "Copy the whole address from this browser’s address bar", "paste it into the terminal")
	p.pictures("bounce-without-scripts")
	if left := strangers(b, p, ""); len(left) > 0 {
		t.Errorf("asked for %q", left)
	}
}
