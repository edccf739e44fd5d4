package auth

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// The time limits of the callback listener.
const (
	headerLimit = 3 * time.Second  // to send a request
	pageWait    = 25 * time.Second // the browser waits so long for the result
	pageFlush   = 2 * time.Second  // to hand pages over after the end
)

// maxHeader bounds the head of a request, in bytes: the longest query that is
// taken, and what a browser adds, such as the cookies of everything else that is
// served at 127.0.0.1.
const maxHeader = maxQuery + 16<<10

// visitorKey finds the connection of a request in its context.
type visitorKey struct{}

// callback listens for the browser that comes back from Zoom. It hands the one
// answer it waits for to arrive and shows the browser what came of it; to all
// others it says no and goes on waiting.
type callback struct {
	gate     gate
	profile  string
	wait     time.Duration
	arrive   func(Way, authAnswer) *attempt
	rejected func(word string)

	server *http.Server
	ln     net.Listener
	served sync.WaitGroup // the accept loop
	ending sync.Once

	mu      sync.Mutex
	closing bool
	pages   sync.WaitGroup // handlers that show the result; none is added when closing
}

// attempt is the one answer on its way to tokens. open and err are set before
// done is closed.
type attempt struct {
	done chan struct{}
	err  error
	open bool // the answer was not used up and can be brought once more
}

// serve begins to answer on ln.
func (c *callback) serve(ln net.Listener) {
	c.ln = ln
	c.server = &http.Server{
		Handler:                      http.HandlerFunc(c.handle),
		ReadHeaderTimeout:            headerLimit,
		WriteTimeout:                 c.wait + 2*headerLimit,
		IdleTimeout:                  headerLimit,
		MaxHeaderBytes:               maxHeader,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     log.New(io.Discard, "", 0), // strangers' mistakes are no news
		ConnContext: func(ctx context.Context, conn net.Conn) context.Context {
			return context.WithValue(ctx, visitorKey{}, conn)
		},
	}
	c.server.SetKeepAlivesEnabled(false)
	c.served.Go(func() { _ = c.server.Serve(ln) }) // always "server closed" or "listener closed"
}

func (c *callback) handle(w http.ResponseWriter, r *http.Request) {
	answer, no := c.gate.check(r)
	if no != nil {
		if no.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodGet)
		}
		// A body that dribbles in would hold the connection after the answer. There
		// is no time limit for reading in general: it would end the long wait below.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(headerLimit))
		answerFor(r)(w, pageRefused(no.status, no.text), "") // whose sign-in this is, is nobody's business
		if no.word != "" {
			c.rejected(no.word)
		}
		return
	}
	if v, ok := r.Context().Value(visitorKey{}).(*visitor); ok {
		v.stay()
	}
	if !c.enter() { // the port is given back already
		answerFor(r)(w, pageTooLate(), c.profile)
		return
	}
	defer c.pages.Done()
	way := WayCallback
	if wantsJSON(r.Header) {
		way = WayPaste // by a person in another terminal, see Finish
	}
	answerFor(r)(w, c.result(r.Context(), c.arrive(way, answer)), c.profile)
}

// enter counts a handler that shows the result, unless it is too late for that.
func (c *callback) enter() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closing {
		c.pages.Add(1)
	}
	return !c.closing
}

// result waits for the outcome, as long as a browser can be kept waiting. A
// reload of the page comes here too and shows the same.
func (c *callback) result(ctx context.Context, a *attempt) page {
	timer := time.NewTimer(c.wait)
	defer timer.Stop()
	select {
	case <-a.done:
		switch {
		case a.open:
			return pageNotYet(a.err)
		case a.err != nil:
			return pageFailed(a.err)
		}
		return pageSignedIn(c.profile)
	case <-timer.C:
	case <-ctx.Done():
	}
	return pageUnderWay()
}

// release gives the port back at once; connections that are open stay.
func (c *callback) release() { c.ending.Do(func() { _ = c.ln.Close() }) }

// close gives the port back, hands over the pages that show the result, and
// ends everything else.
func (c *callback) close() {
	c.release()
	c.mu.Lock()
	c.closing = true
	c.mu.Unlock()
	shown := make(chan struct{})
	go func() {
		c.pages.Wait()
		close(shown)
	}()
	timer := time.NewTimer(pageFlush)
	defer timer.Stop()
	select {
	case <-shown:
	case <-timer.C:
	}
	_ = c.server.Close() // its listener is closed already
	c.served.Wait()
	<-shown // their connections are closed, so they end
}

// boundRedirect is the redirect URI with the port that is really listened on, if
// it is a loopback address; Zoom ignores the port there. Anything else is
// registered letter by letter and stays.
func boundRedirect(redirectURI string, bound net.Addr) (string, error) {
	u, err := url.Parse(redirectURI)
	if err != nil {
		return "", usage("redirect_uri is not an address")
	}
	if u.Scheme != "http" {
		return redirectURI, nil
	}
	_, port, err := net.SplitHostPort(bound.String())
	if err != nil {
		return "", usage("listen: the address %s has no port", bound)
	}
	u.Host = net.JoinHostPort(u.Hostname(), port)
	return u.String(), nil
}
