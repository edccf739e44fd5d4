package auth

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"zoomtui/internal/bounce"
	"zoomtui/internal/sandbox"
)

// overHTTPS is a sign-in whose redirect is the address of a bounce page.
func (w *world) overHTTPS() *Login {
	w.t.Helper()
	w.opts.App.RedirectURI = "https://app.example.test/oauth/callback"
	return w.login()
}

// stateIn is the state of a sign-in link.
func stateIn(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("state")
}

func TestStateLeadsTheBouncePageHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	l := w.overHTTPS()
	state := stateIn(t, l.URL())
	if to, ok := bounce.Target(state); !ok || to.String() != l.Addr() || state != l.State().Reveal() || !l.ViaHTTPS() {
		t.Errorf("state leads to %v (%v), listens on %s", to, ok, l.Addr())
	}
	if !stateLike(Secret(state)) {
		t.Error("a state of ours is not known as one")
	}
	u, err := url.Parse(w.answer(l))
	if err != nil {
		t.Fatal(err)
	}
	// What the page makes of it.
	visit(t, "http://"+l.Addr()+bounce.Path+"?"+u.RawQuery)
	if _, err := l.Wait(soon(t)); err != nil {
		t.Error(err)
	}
}

func TestPlainLoopbackKeepsItsState(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	if state := stateIn(t, l.URL()); len(state) != 22 || l.ViaHTTPS() {
		t.Errorf("state %q", state)
	}
	if l.LinkTo(netip.MustParseAddrPort("192.168.1.5:40000")) != l.URL() {
		t.Error("another link, which no bounce page would read")
	}
}

func TestLinkToAPhone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	l := w.overHTTPS()
	phone := netip.MustParseAddrPort("192.168.1.5:40000")
	link := l.LinkTo(phone)
	if to, ok := bounce.Target(stateIn(t, link)); !ok || to != phone {
		t.Fatalf("leads to %v", to)
	}
	if again := l.LinkTo(phone); again != link {
		t.Error("the same question has another answer")
	}
	w.loginAnswers(l, link)
}

// TestLinkWhereNoBouncePageLeads: on the phone the page must not go on to the
// phone's own 127.0.0.1; it shows the address to copy, which is taken here.
func TestLinkWhereNoBouncePageLeads(t *testing.T) {
	t.Parallel()
	for _, to := range []netip.AddrPort{
		netip.MustParseAddrPort("[fd00::5]:40000"), netip.MustParseAddrPort("100.101.102.103:40000"),
		netip.MustParseAddrPort("203.0.113.5:40000"),
		{},
	} {
		t.Run(to.String(), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			l := w.overHTTPS()
			link := l.LinkTo(to)
			if led, ok := bounce.Target(stateIn(t, link)); ok {
				t.Errorf("leads to %v", led)
			}
			w.loginAnswers(l, link)
		})
	}
}

// loginAnswers signs in with another link of a sign-in, as a phone does whose
// browser the bounce page has sent to a listener that is not the sign-in's own.
func (w *world) loginAnswers(l *Login, link string) {
	w.t.Helper()
	address, err := sandbox.Browser{}.Answer(w.t.Context(), link, "allow")
	if err != nil {
		w.t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		w.t.Fatal(err)
	}
	arrived := "http://192.168.1.5:40000" + bounce.Path + "?" + u.RawQuery
	if !l.WholePaste(arrived) {
		w.t.Error("not known at once")
	}
	if err := l.PasteFrom(WayLAN, arrived); err != nil {
		w.t.Fatal(err)
	}
	if r, err := l.Wait(soon(w.t)); err != nil || r.Way != WayLAN {
		w.t.Errorf("way %q, %v", r.Way, err)
	}
}

func TestOnlyStatesThatWereGivenOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	l := w.overHTTPS()
	first := stateIn(t, l.LinkTo(netip.MustParseAddrPort("192.168.1.1:4000")))
	random, _, _ := strings.Cut(l.State().Reveal(), "~")
	for _, state := range []string{random, random + "~1", bounce.Extend(random, netip.MustParseAddrPort("192.168.1.2:4000")), l.State().Reveal() + "x", ""} {
		if status, _ := knock(t, l.Addr(), get("/callback?code=abcdefgh&state="+url.QueryEscape(state), l.Addr())); status != 403 {
			t.Errorf("state %q: status %d", state, status)
		}
		if err := l.Paste("code=abcdefgh&state=" + state); kindOf(err) != ErrPaste {
			t.Errorf("state %q: %v", state, err)
		}
	}
	for i := range maxForwards {
		l.LinkTo(netip.AddrPortFrom(netip.MustParseAddr("10.0.0.7"), uint16(2000+i)))
	}
	if l.states.has(Secret(first)) || !l.states.has(l.State()) || len(l.states.list) != maxForwards+1 {
		t.Errorf("%d states are good, the oldest: %v", len(l.states.list), l.states.has(Secret(first)))
	}
}

// TestCallbackPathOfItsOwn: the loopback address itself takes an answer at the
// path of the bounce page, whatever the redirect's is; nothing else does.
func TestCallbackPathOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.zoom.AddApp(appWith(w, "http://127.0.0.1:8976/zoom/back"))
	w.opts.App.RedirectURI = "http://127.0.0.1:8976/zoom/back"
	l := w.login()
	answer := w.answer(l)
	query := answer[strings.Index(answer, "?"):]
	for _, refused := range []string{
		get("/callback"+query, "localhost:"+port(l.Addr())), get("/callback"+query, "[::1]:"+port(l.Addr())), get("/callback"+query, "evil.example"), get("/other"+query, l.Addr()),
	} {
		if status, _ := knock(t, l.Addr(), refused); status < 400 {
			t.Errorf("accepted: %s", refused)
		}
	}
	if status, page := knock(t, l.Addr(), get("/callback"+query, l.Addr())); status != 200 {
		t.Errorf("status %d: %s", status, page)
	}
}

// appWith is the sandbox's public app with another redirect URI.
func appWith(w *world, redirect string) sandbox.App {
	w.t.Helper()
	app, ok := w.zoom.App("public")
	if !ok {
		w.t.Fatal("no app")
	}
	app.RedirectURIs = append(app.RedirectURIs, redirect)
	return app
}

func TestGateOfEachListener(t *testing.T) {
	t.Parallel()
	for listens, want := range map[string][2]bool{ // 127.0.0.1, [::1]
		"127.0.0.1:8976": {true, false}, "[::1]:8976": {false, true}, "0.0.0.0:8976": {true, true}, "[::]:8976": {true, true}, "192.168.1.5:8976": {false, false},
	} {
		redirect := &url.URL{Scheme: "http", Host: "127.0.0.9:1", Path: "/x"}
		g := newGate(newStates(netip.AddrPort{}), redirect, netip.MustParseAddrPort(listens))
		if got := [2]bool{g.hostFits("127.0.0.1:8976"), g.hostFits("[::1]:8976")}; got != want {
			t.Errorf("%s takes %v, want %v", listens, got, want)
		}
		if g.hostFits("192.168.1.5:8976") {
			t.Errorf("%s takes an address of the network, where plain http has no business", listens)
		}
	}
}

// TestGateBehindABouncePage: the page leads to the address in the state, which is
// the listener's own.
func TestGateBehindABouncePage(t *testing.T) {
	t.Parallel()
	redirect := &url.URL{Scheme: "https", Host: "me.example", Path: "/zoom"}
	for listens, want := range map[string]bool{"192.168.1.5:8976": true, "127.0.0.1:8976": false, "203.0.113.5:8976": false} {
		g := newGate(newStates(netip.AddrPort{}), redirect, netip.MustParseAddrPort(listens))
		if got := g.hostFits("192.168.1.5:8976"); got != want || !g.hostFits("127.0.0.1:8976") || !g.hostFits("me.example") || g.hostFits("evil.example") {
			t.Errorf("%s takes %v", listens, got)
		}
	}
}

func TestDoneIsClosedAtTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	select {
	case <-l.Done():
		t.Fatal("over before it began")
	default:
	}
	visit(t, w.answer(l))
	select {
	case <-l.Done():
	case <-soon(t).Done():
		t.Fatal("not told")
	}
}

func TestCodeThatWasRefusedIsNotShownAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	wantKind(t, l.Paste("bogus-code-of-some-length"), ErrCodeRefused)
	asked := w.exchanges()
	e := wantKind(t, l.Paste("code=bogus-code-of-some-length&state="+l.State().Reveal()), ErrPaste)
	if !contains(e.Cause, "tried already") || w.exchanges() != asked {
		t.Errorf("says %q after %d questions", e.Cause, w.exchanges()-asked)
	}
	if err := l.Paste(w.answer(l)); err != nil {
		t.Errorf("a fresh one: %v", err)
	}
}

// TestAnswerOfSixKilobytes: nothing on the way cuts a long answer.
func TestAnswerOfSixKilobytes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	code := strings.Repeat("aB3-", 6<<8)
	wantKind(t, l.Paste(l.RedirectURI()+"?code="+code+"&state="+l.State().Reveal()), ErrCodeRefused) // it was asked for
	status, page := knock(t, l.Addr(), get("/callback?code="+code+"&state="+l.State().Reveal(), l.Addr(), "Cookie: "+strings.Repeat("c", 8<<10)))
	if status != 400 || !contains(page, "Zoom did not accept the authorization code") {
		t.Errorf("status %d: %s", status, page)
	}
}
