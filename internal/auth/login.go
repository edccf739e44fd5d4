package auth

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"
)

// linkLife is how long a sign-in link is waited for.
const linkLife = 10 * time.Minute

// LoginOptions is what a [Login] is built from.
type LoginOptions struct {
	Options
	Scope      string           // asked for in the link; empty: the app's own scopes, which is what Zoom wants
	Life       time.Duration    // of the link; 0: 10 minutes
	PageWait   time.Duration    // how long the browser waits for the result; 0: 25 s
	PendingDir string           // where the note for [Finish] is kept while the sign-in waits; empty: there is none
	Notify     func(LoginEvent) // tells what happens, from several goroutines; must return at once

	pause func(context.Context, time.Duration) // between the polls for a short code; nil: pause
}

// Way is how the answer to a sign-in came here.
type Way string

// The ways.
const (
	WayCallback Way = "callback" // the browser came to the listener
	WayPaste    Way = "paste"    // a person copied the address, here or in another terminal ([Finish])
	WayLAN      Way = "lan"      // a person copied it on a phone, into a page of this machine
	WayDevice   Way = "device"   // a short code was entered at Zoom (RFC 8628)
)

// Result is a sign-in that is done: the tokens are stored.
type Result struct {
	Token         Token
	OldScope      string // of the sign-in before; empty: there was none
	Scopes        ScopeDiff
	Way           Way
	IgnoredAPIURL string // an api_url that is not Zoom's was left out
}

// Login is one sign-in with all its ways at once: a listener for the browser that
// comes back, texts to paste ([Login.Paste], [Login.PasteFrom], [Finish]) and,
// once asked for, a short code ([Login.Device]). No way goes before another: the
// first whose answer Zoom trades for tokens is the result, and ends the others.
// One answer is traded at a time; a poll for the short code gives way to a code
// that somebody brought. To begin anew, close the Login and start another; older
// links die with it.
type Login struct {
	opts     LoginOptions
	app      App
	endpoint *Endpoint
	clock    *clock
	auth     Authorization
	states   *states
	url      string
	expires  time.Time
	wanted   string
	taken    bool
	addr     net.Addr
	callback *callback
	note     *note // for Finish; nil: there is none
	timer    *time.Timer
	unwatch  func() bool // stops watching the context

	// leaving is done when nobody waits any more: it ends the waiting for the
	// store's lock, and nothing that Zoom has been asked for.
	leaving context.Context
	leave   context.CancelFunc

	exchanging sync.Mutex   // one question at a time
	refused    refusedCodes // guarded by exchanging

	mu        sync.Mutex
	over      bool
	result    Result
	err       error
	first     *attempt // what the browser brought; nil again if it was not used up
	device    *Device  // the short code that is polled for
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
	if o.pause == nil {
		o.pause = pause
	}
	if o.Store == nil {
		return nil, usage("there is no token store")
	}
	c := newClock(o.Clock, o.Elapsed)
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
	o.Store = o.Store.as(o.Command)
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

// listen opens the listener, makes the link for the port that it got, and leaves
// the note for [Finish].
func (l *Login) listen(ctx context.Context) error {
	ln, taken, err := listenCallback(ctx, l.app.Listen)
	if err != nil {
		return err
	}
	l.wanted, l.taken, l.addr = l.app.Listen, taken, ln.Addr()
	if err := l.makeLink(); err != nil {
		_ = ln.Close()
		return err
	}
	redirect, err := url.Parse(l.auth.RedirectURI)
	if err != nil {
		_ = ln.Close()
		return usage("redirect_uri is not an address")
	}
	l.callback = &callback{
		gate:    newGate(l.states, redirect, addrPort(l.addr)),
		profile: l.app.Profile, wait: l.opts.PageWait, arrive: l.arrive, rejected: l.stranger,
	}
	l.note = leaveNote(l.opts.PendingDir, addrPort(l.addr), l.auth.State)
	l.callback.serve(ln)
	return nil
}

// makeLink draws state and verifier and makes the link.
func (l *Login) makeLink() error {
	redirectURI, err := boundRedirect(l.app.RedirectURI, l.addr)
	if err != nil {
		return err
	}
	l.auth = Authorization{
		RedirectURI: redirectURI, Scope: l.opts.Scope, Verifier: newVerifier(),
	}
	l.states = newStates(l.forward())
	l.auth.State = l.states.first()
	l.url = l.endpoint.AuthCodeURL(l.auth)
	return nil
}

// Format writes a line without secrets; see [Secret].
func (l *Login) Format(f fmt.State, _ rune) {
	writeLine(f, "login{profile:%s redirect:%s}", l.app.Profile, l.auth.RedirectURI)
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

// Done is closed when the sign-in is over, by whatever way and with whatever
// result; see [Login.Wait].
func (l *Login) Done() <-chan struct{} { return l.done }

// Close ends the sign-in and gives the port back at once. It then waits for what
// cannot be broken off: a question that Zoom has been asked, whose tokens replace
// the old ones whether or not somebody waits, and the page that the browser is
// being shown. What Zoom was not asked for yet is given up. A second Close is
// harmless.
func (l *Login) Close() {
	l.release()
	l.leave()
	l.end(&Error{Kind: ErrClosed, Op: "sign in", Cause: "the sign-in was closed"})
	l.callback.close()
	l.tasks.Wait()
}
