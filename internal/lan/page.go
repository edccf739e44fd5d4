package lan

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// life is how long a page is open at most, unless told otherwise.
const life = 10 * time.Minute

// The time limits of a page.
const (
	headerLimit = 3 * time.Second  // to send the head of a request
	readLimit   = 10 * time.Second // to send all of it
	writeLimit  = time.Minute      // for everything: a paste waits for the store's lock and for Zoom
	lastLook    = 7 * time.Second  // after the sign-in, so that a phone can show that it is done
	pageFlush   = 2 * time.Second  // to hand pages over at the end
)

// maxHeader bounds the head of a request, in bytes.
const maxHeader = 16 << 10

// SignIn is the sign-in that a page starts and completes.
type SignIn interface {
	// URL is the authorize link for the page of a listener. Behind an https
	// redirect URI its state leads the bounce page to that listener.
	URL(to netip.AddrPort) string
	// Whole tells an answer of Zoom's that nothing is missing from.
	Whole(text string) bool
	// Paste completes the sign-in with the address that a browser ended on, and
	// returns when that is done or has failed.
	Paste(text string) error
	// Done is closed when the sign-in is over, by whatever way.
	Done() <-chan struct{}
}

// Options is what a [Page] is made from.
type Options struct {
	Addresses []netip.Addr     // of this machine, out of [Addresses]; the first is the one of [Page.URL]
	Port      int              // wanted; when it is taken, one of the next. 0: any
	Life      time.Duration    // at most; 0: 10 minutes
	Profile   string           // named on the page
	Returns   bool             // a bounce page brings the phone back, where the state can say to where
	SignIn    SignIn           // required
	Clock     func() time.Time // nil: time.Now
}

// Page is an open page. It is gone when the sign-in is over and the phone has had
// a few seconds to show it, after [Options.Life], when the context of [Serve]
// ends, and after [Page.Close], whatever is first.
type Page struct {
	profile string
	signIn  SignIn
	clock   func() time.Time
	expires time.Time
	doors   map[netip.AddrPort]entrance // by listener
	addr    netip.AddrPort              // of the first
	gate    gate
	limit   *limiter

	server    *http.Server
	listeners []net.Listener
	serving   sync.WaitGroup // the accept loops
	quit      context.CancelFunc
	done      chan struct{}

	pasting sync.Mutex // one paste at a time

	mu       sync.Mutex
	closing  bool
	seen     bool           // somebody has opened the page
	signedIn bool           // by this page
	showing  sync.WaitGroup // requests under way; none is added when closing
}

// entrance is what the page at one listener leads to.
type entrance struct {
	link string // to Zoom
	ends ending
}

// ending is how the way through Zoom ends on the phone.
type ending string

const (
	endsDead    ending = "dead"    // at a loopback address, where no phone finds anything
	endsReturns ending = "returns" // on a bounce page that leads back
	endsCopies  ending = "copies"  // on a bounce page that cannot lead back, and shows what to copy
)

// Serve opens a page on the addresses, which have to be of [Addresses], and on no
// other. The error is an [*Error].
func Serve(ctx context.Context, o Options) (*Page, error) {
	machine, err := Addresses()
	if err != nil {
		return nil, &Error{Cause: "the addresses of this machine are not known: " + err.Error(), Err: err}
	}
	return serve(ctx, o, surroundings{machine, lastLook})
}

// surroundings is what a test replaces.
type surroundings struct {
	machine  []Address     // the addresses that may be listened on
	lastLook time.Duration // see [lastLook]
}

func serve(ctx context.Context, o Options, s surroundings) (*Page, error) {
	addrs, err := allowed(o.Addresses, s.machine)
	if err != nil {
		return nil, err
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Life <= 0 {
		o.Life = life
	}
	listeners, err := listenAll(ctx, addrs, o.Port)
	if err != nil {
		return nil, err
	}
	p := &Page{
		profile: o.Profile, signIn: o.SignIn, clock: o.Clock, expires: o.Clock().Add(o.Life),
		doors: map[netip.AddrPort]entrance{}, addr: boundTo(listeners[0].Addr()),
		gate:      gate{path: newPath(), whole: o.SignIn.Whole, states: map[netip.AddrPort]string{}},
		limit:     newLimiter(o.Clock),
		listeners: listeners, done: make(chan struct{}),
	}
	for _, ln := range listeners {
		at := boundTo(ln.Addr())
		link := o.SignIn.URL(at)
		p.doors[at] = p.entrance(link, at, o.Returns)
	}
	ctx, p.quit = context.WithCancel(ctx)
	p.listen()
	go p.live(ctx, o.Life, s.lastLook)
	return p, nil
}

// entrance tells where the link of a listener ends, and lets the gate know the
// state that comes back to it.
func (p *Page) entrance(link string, at netip.AddrPort, returns bool) entrance {
	state, back := leadsBack(link, at)
	switch {
	case !returns:
		return entrance{link, endsDead}
	case !back:
		return entrance{link, endsCopies}
	}
	p.gate.states[at] = state
	return entrance{link, endsReturns}
}

// listen begins to answer.
func (p *Page) listen() {
	p.server = &http.Server{
		Handler:                      http.HandlerFunc(p.handle),
		ReadHeaderTimeout:            headerLimit,
		ReadTimeout:                  readLimit,
		WriteTimeout:                 writeLimit,
		IdleTimeout:                  headerLimit,
		MaxHeaderBytes:               maxHeader,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     log.New(io.Discard, "", 0), // strangers' mistakes are no news
		ConnContext: func(ctx context.Context, conn net.Conn) context.Context {
			return context.WithValue(ctx, visitorKey{}, conn)
		},
	}
	p.server.SetKeepAlivesEnabled(false) // one request a connection; see [visitor]
	all := &crowd{}
	for _, ln := range p.listeners {
		p.serving.Go(func() { _ = p.server.Serve(door{ln, all}) }) // always "server closed" or "listener closed"
	}
}

// visitorKey finds the connection of a request in its context.
type visitorKey struct{}

// live ends the page in time.
func (p *Page) live(ctx context.Context, life, lastLook time.Duration) {
	timer := time.NewTimer(life)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-p.signIn.Done():
		if p.wasSeen() {
			timer.Reset(lastLook)
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
		}
	}
	p.end()
}

// end gives the ports back, hands over the pages that are being made, and closes
// what is left.
func (p *Page) end() {
	closeAll(p.listeners)
	p.mu.Lock()
	p.closing = true
	p.mu.Unlock()
	shown := make(chan struct{})
	go func() {
		p.showing.Wait()
		close(shown)
	}()
	timer := time.NewTimer(pageFlush)
	defer timer.Stop()
	select {
	case <-shown:
	case <-timer.C:
	}
	_ = p.server.Close() // the listeners are closed already
	p.serving.Wait()
	p.quit()
	close(p.done)
}

// enter counts a request, unless it is too late for it.
func (p *Page) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closing {
		p.seen = true
		p.showing.Add(1)
	}
	return !p.closing
}

func (p *Page) wasSeen() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// URL is the address of the page, which is a secret until the page is gone.
func (p *Page) URL() string { return "http://" + p.addr.String() + p.gate.path }

// Short is the same address in capitals, which a QR code needs less room for.
func (p *Page) Short() string { return strings.ToUpper(p.URL()) }

// Format writes a line without the secrets that a Page holds: its path and the
// state in its links.
func (p *Page) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "page{addr:%s}", p.addr) }

// Addr is the listener of [Page.URL].
func (p *Page) Addr() netip.AddrPort { return p.addr }

// Returns tells that the phone comes back to the page by itself: there is a bounce
// page, and the state can name this listener.
func (p *Page) Returns() bool { return p.doors[p.addr].ends == endsReturns }

// Expires is when the page is gone at the latest, by the clock of the options.
func (p *Page) Expires() time.Time { return p.expires }

// Done is closed when the page is gone.
func (p *Page) Done() <-chan struct{} { return p.done }

// Close ends the page and returns when its ports are free, within two seconds. A
// paste that is being traded for tokens goes on. Another Close is harmless.
func (p *Page) Close() error {
	p.quit()
	<-p.done
	return nil
}
