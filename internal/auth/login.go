package auth

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// linkLife is how long a sign-in link is waited for.
const linkLife = 10 * time.Minute

// stateBytes is 128 bits, which base64url writes as 22 characters.
const stateBytes = 16

// maxStrangers bounds the events about requests that were not the answer, so that
// a flood of them does not flood the screen.
const maxStrangers = 20

// LoginOptions is what a [Login] is built from.
type LoginOptions struct {
	Options
	Scope    string           // asked for in the link; empty: the app's own scopes, which is what Zoom wants
	Life     time.Duration    // of the link; 0: 10 minutes
	PageWait time.Duration    // how long the browser waits for the result; 0: 25 s
	Notify   func(LoginEvent) // tells what happens, from several goroutines; must return at once
}

// LoginEvent is something to show while a sign-in waits.
type LoginEvent struct {
	Kind   LoginEventKind
	Way    Way    // which way brought the answer
	Reason string // [EventStranger]: what was wrong, in a word or two
	Err    error  // [EventFailed]: why
	Open   bool   // [EventFailed]: Zoom was not asked, so the same answer can be brought once more
}

// LoginEventKind says what happened.
type LoginEventKind string

// The events of a sign-in.
const (
	EventExchanging LoginEventKind = "exchanging" // an answer came, Zoom is asked for tokens
	EventFailed     LoginEventKind = "failed"     // no tokens came of it; the wait goes on after a wrong paste, and when Open
	EventStranger   LoginEventKind = "stranger"   // a browser came that is not ours: an older link, a scanner
	EventSaved      LoginEventKind = "saved"      // the tokens are stored
)

// Way is how the answer of Zoom's authorize page came here.
type Way string

// The ways.
const (
	WayCallback Way = "callback" // the browser came to the listener
	WayPaste    Way = "paste"
)

// Result is a sign-in that is done: the tokens are stored.
type Result struct {
	Token         Token
	OldScope      string // of the sign-in before; empty: there was none
	Scopes        ScopeDiff
	Way           Way
	IgnoredAPIURL string // an api_url that is not Zoom's was left out
}

// Login is one sign-in: a link, a listener for the browser that comes back, and
// a box to paste into, all at once. The first that leads to tokens wins. To begin
// anew, close it and start another; older links die with it.
type Login struct {
	opts     LoginOptions
	app      App
	endpoint *Endpoint
	clock    *clock
	auth     Authorization
	url      string
	expires  time.Time
	wanted   string
	taken    bool
	addr     net.Addr
	callback *callback
	timer    *time.Timer
	unwatch  func() bool // stops watching the context

	// leaving is done when nobody waits any more: it ends the waiting for the
	// store's lock, and nothing that Zoom has been asked for.
	leaving context.Context
	leave   context.CancelFunc

	exchanging sync.Mutex // one code at a time

	mu        sync.Mutex
	over      bool
	result    Result
	err       error
	first     *attempt // what the browser brought; nil again if it was not used up
	strangers int
	done      chan struct{}
	tasks     sync.WaitGroup
}

// StartLogin checks the app, reads its secret, tries the store, opens the
// listener and makes the link, in this order: what can fail fails before a
// person is sent to a browser. The sign-in ends when ctx does. Close it always.
func StartLogin(ctx context.Context, o LoginOptions) (*Login, error) {
	if o.Life <= 0 {
		o.Life = linkLife
	}
	if o.PageWait <= 0 {
		o.PageWait = pageWait
	}
	if o.Store == nil {
		return nil, usage("there is no token store")
	}
	c := newClock(o.Clock)
	endpoint, err := newEndpoint(o.Options, c)
	if err != nil {
		return nil, err
	}
	if o.App.Kind == S2S {
		return nil, usage("a Server-to-Server app has no sign-in: its account credentials are enough")
	}
	endpoint, err = endpoint.holding(ctx)
	if err != nil {
		return nil, err
	}
	if err := o.Store.check(ctx); err != nil {
		return nil, err
	}
	l := &Login{opts: o, app: o.App.withDefaults(), endpoint: endpoint, clock: c, done: make(chan struct{})}
	l.leaving, l.leave = context.WithCancel(ctx)
	if err := l.listen(ctx); err != nil {
		l.leave()
		return nil, err
	}
	l.watch(ctx)
	return l, nil
}

// watch ends the sign-in when its time is over or ctx is done.
func (l *Login) watch(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expires = l.clock.local().Add(l.opts.Life)
	l.timer = time.AfterFunc(l.opts.Life, l.expire)
	l.unwatch = context.AfterFunc(ctx, func() { l.end(fmt.Errorf("sign in: %w", ctx.Err())) })
}

// listen opens the listener, and makes the link for the port that it got.
func (l *Login) listen(ctx context.Context) error {
	ln, taken, err := listenCallback(ctx, l.app.Listen)
	if err != nil {
		return err
	}
	l.wanted, l.taken, l.addr = l.app.Listen, taken, ln.Addr()
	redirectURI, err := boundRedirect(l.app.RedirectURI, l.addr)
	if err != nil {
		_ = ln.Close()
		return err
	}
	redirect, err := url.Parse(redirectURI)
	_, port, splitErr := net.SplitHostPort(l.addr.String())
	if err != nil || splitErr != nil {
		_ = ln.Close()
		return usage("redirect_uri is not an address")
	}
	l.auth = Authorization{
		RedirectURI: redirectURI, Scope: l.opts.Scope,
		State: newState(), Verifier: Secret(oauth2.GenerateVerifier()),
	}
	l.url = l.endpoint.AuthCodeURL(l.auth)
	l.callback = &callback{
		gate:    gate{state: l.auth.State, redirect: redirect, port: port},
		profile: l.app.Profile, wait: l.opts.PageWait, arrive: l.arrive, rejected: l.stranger,
	}
	l.callback.serve(ln)
	return nil
}

// newState draws 128 bits; the reader of package crypto/rand never fails.
func newState() Secret {
	var b [stateBytes]byte
	_, _ = rand.Read(b[:])
	return Secret(base64.RawURLEncoding.EncodeToString(b[:]))
}

// Format writes a line without secrets; see [Secret].
func (l *Login) Format(f fmt.State, _ rune) {
	writeLine(f, "login{profile:%s redirect:%s}", l.app.Profile, l.auth.RedirectURI)
}

// URL is the link to open. It holds the state, so it is for the person alone.
func (l *Login) URL() string { return l.url }

// RedirectURI is where Zoom sends the browser: exactly what must be registered
// with the app, but for the port of a loopback address.
func (l *Login) RedirectURI() string { return l.auth.RedirectURI }

// Addr is the host:port that is listened on.
func (l *Login) Addr() string { return l.addr.String() }

// State is the state in the link, for the note that lets another terminal
// complete this sign-in.
func (l *Login) State() Secret { return l.auth.State }

// PortTaken tells whether the wanted address was taken, so that another port is
// listened on. An https redirect then leads to nobody: only pasting works.
func (l *Login) PortTaken() (wanted string, taken bool) { return l.wanted, l.taken }

// Expires is when the link is no longer waited for, by this machine's clock.
func (l *Login) Expires() time.Time { return l.expires }

// WholePaste tells whether a text is a complete and right answer, so that it can
// be used without Enter.
func (l *Login) WholePaste(text string) bool { return l.pasted().whole(text) }

// Paste takes what a person copied and, if it is an answer to this link, trades
// it for tokens. On an error the sign-in stays open, unless Zoom gave tokens that
// could not be stored; kinds are [ErrPaste], [ErrDeclined], [ErrCodeRefused], and
// those of the endpoint. After a kind of the store ([ErrLocked], [ErrStore], …)
// that leaves the sign-in open, Zoom was not asked, and the same text can be
// pasted again. It takes 20 s at most for the lock and 20 s for Zoom. nil also
// when another way was faster.
func (l *Login) Paste(text string) error {
	a, err := l.pasted().parse(text)
	if err != nil {
		return err
	}
	_, err = l.redeem(WayPaste, a.code)
	return err
}

func (l *Login) pasted() pasted {
	return pasted{state: l.auth.State, redirect: l.auth.RedirectURI, oauthBase: l.app.OAuthBase}
}

// Wait gives the result, or why there is none: kind [ErrLinkExpired] after
// [Login.Expires], [ErrDeclined], [ErrClosed], an error of the exchange that the
// browser began, or one that wraps ctx.Err(). It may be called more than once.
func (l *Login) Wait(ctx context.Context) (Result, error) {
	select {
	case <-l.done:
		return l.result, l.err
	case <-ctx.Done():
		return Result{}, fmt.Errorf("wait for the sign-in: %w", ctx.Err())
	}
}

// Close ends the sign-in and gives the port back at once. It then waits for what
// cannot be broken off: an exchange that Zoom has been asked for, whose tokens
// replace the old ones whether or not somebody waits, and the page that the
// browser is being shown. What Zoom was not asked for yet is given up. A second
// Close is harmless.
func (l *Login) Close() {
	l.callback.release()
	l.leave()
	l.end(&Error{Kind: ErrClosed, Op: "sign in", Cause: "the sign-in was closed"})
	l.callback.close()
	l.tasks.Wait()
}
