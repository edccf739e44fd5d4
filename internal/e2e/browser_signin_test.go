//go:build linux

package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"

	"zoomtui/internal/sandbox"
)

// fullName is whom the sandbox signs in.
const fullName = "Aiko Tanaka 田中 愛子"

// waiting is `zoomtui login --json` that waits for the browser.
type waiting struct {
	*process
	zoom   *sandbox.Server
	person person
	link   string
}

// startLogin starts a sandbox and the sign-in to its app of a kind.
func startLogin(t *testing.T, kind string, args ...string) waiting {
	t.Helper()
	zoom, aiko := startZoom(t), newPerson(t)
	return aiko.login(t, zoom, zoom.Env(kind), args...)
}

func (p person) login(t *testing.T, zoom *sandbox.Server, env []string, args ...string) waiting {
	t.Helper()
	run := onPipes(t, p.command(t, env, append([]string{"login", "--no-browser", "--json"}, args...)...))
	link, _ := run.event("authorize")["url"].(string) // an address that is none loads nothing
	return waiting{run, zoom, p, link}
}

// completed checks that the sign-in ended well: what is printed, what is stored,
// and what Zoom was asked for.
func (w waiting) completed() {
	w.t.Helper()
	user, _ := w.event("done")["user"].(map[string]any)
	if user["email"] != "aiko@example.test" {
		w.t.Errorf("signed in as %v", user)
	}
	w.ended(0)
	if len(w.person.tokens(w.t)) != 2 {
		w.t.Error("no tokens are stored")
	}
	if n := w.zoom.Counts()["token.authorization_code"]; n != 1 {
		w.t.Errorf("%d codes were exchanged", n)
	}
}

// waits checks that nothing has happened to the sign-in.
func (w waiting) waits() {
	w.t.Helper()
	select {
	case <-w.done:
		w.t.Fatalf("the sign-in has ended:\n%s%s", w.out, w.talk)
	default:
	}
	if n := w.zoom.Counts()["token.authorization_code"]; n != 0 {
		w.t.Errorf("%d codes were exchanged", n)
	}
}

// onDevices runs a test in windows of both kinds.
func onDevices(t *testing.T, test func(t *testing.T, d device)) {
	t.Helper()
	for _, d := range []device{desktop(), phone()} {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			test(t, d)
		})
	}
}

func testBrowserSignIn(t *testing.T, b *chromium) {
	onDevices(t, func(t *testing.T, d device) {
		w := startLogin(t, sandbox.KindPublic)
		p := b.open(t, d)
		p.goes(w.link)
		p.reads("wants to use your Zoom account", fullName, "See your profile")
		p.pictures("consent")
		p.presses("Allow")
		p.reads("Signed in", "“default” is signed in", "You can close this tab", "profile default")
		if !strings.HasPrefix(p.address(), "http://127.0.0.1:") {
			t.Errorf("the browser ended on %s", p.address())
		}
		p.calm()
		p.pictures("signed-in")
		w.completed()

		// The program has ended and gives the port back: neither a reload nor the
		// code of another consent finds anybody, and the page is not kept.
		p.findsNobody(func() { call(p, page.Reload, page.ReloadParams{}) })
		p.goes(w.link)
		p.presses("Allow")
		p.reads("ERR_CONNECTION_REFUSED")
		w.completed()
	})
}

func testBrowserDecline(t *testing.T, b *chromium) {
	onDevices(t, func(t *testing.T, d device) {
		w := startLogin(t, sandbox.KindConfidential)
		p := b.open(t, d)
		p.goes(w.link)
		p.presses("Decline")
		p.reads("Not signed in", "You can close this tab")
		p.calm()
		p.pictures("declined")
		w.event("error")
		w.ended(3)
		if w.person.tokens(t) != nil {
			t.Error("tokens are stored")
		}
	})
}

func testBrowserTwoTabs(t *testing.T, b *chromium) {
	zoom, aiko := startZoom(t), newPerson(t)
	env := zoom.Env(sandbox.KindPublic)
	older := aiko.login(t, zoom, env)
	first := b.open(t, desktop())
	first.goes(older.link)
	first.reads("wants to use")
	// The older sign-in is given up; the newer one gets its port, as it does where
	// the port is fixed.
	port := "ZOOMTUI_LISTEN=" + hostOf(older.event("authorize")["redirect_uri"].(string))
	_ = older.cmd.Process.Kill()
	<-older.done
	newer := aiko.login(t, zoom, append(slices.Clone(env), port))
	first.presses("Allow")
	first.reads("Not the address that is waited for", "another sign-in", "goes on waiting")
	first.calm()
	first.pictures("older-tab")
	newer.waits()
	second := b.open(t, desktop())
	second.goes(newer.link)
	second.presses("Allow")
	second.reads("Signed in")
	newer.completed()
}

// testBrowserDashboard counts what stands between the browser's answer and the
// name on the screen.
func testBrowserDashboard(t *testing.T, b *chromium) {
	zoom, aiko := startZoom(t), newPerson(t)
	s := onTerminal(t, aiko.command(t, zoom.Env(sandbox.KindPublic)), 120, 40)
	s.awaits("/oauth/authorize?")
	p := b.open(t, desktop())
	p.goes(linkIn(t, s.out.String()))
	p.presses("Allow")
	s.shows("田中 愛子")
	p.reads("Signed in", "You can close this tab")
	p.calm()
	for name, want := range map[string]int{"token.authorization_code": 1, "GET /v2/users/me": 1, "token.refresh": 0} {
		if got := zoom.Counts()[name]; got != want {
			t.Errorf("%s: asked %d times, want %d; all: %v", name, got, want, zoom.Counts())
		}
	}
	s.types("q")
	s.ended(0)
	if len(aiko.tokens(t)) != 2 {
		t.Error("no tokens are stored")
	}
}

// linkIn finds the target of the first OSC 8 link.
func linkIn(t *testing.T, screen string) string {
	t.Helper()
	_, rest, _ := strings.Cut(screen, "\x1b]8;")
	_, rest, found := strings.Cut(rest, ";")
	end := strings.IndexAny(rest, "\x1b\x07")
	if !found || end < 0 {
		t.Fatalf("no link in:\n%q", screen)
	}
	return rest[:end]
}
