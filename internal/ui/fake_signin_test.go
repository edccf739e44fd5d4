package ui

import (
	"context"
	"strings"
	"sync"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/login"
)

// ways is a world whose sign-ins have every way: short codes, pages for a
// phone, an ssh line, and browsers that bring something.
type ways struct {
	*world
	mu         sync.Mutex
	tunnel     string
	registered string // redirect address; empty: the one of fake_test.go
	codeErr    error
	pageErr    error
	codeLife   time.Duration // 0: 15 minutes
	returns    bool
	alone      bool // the machine has one address only
	news       chan login.News
	codes      []*shortCode // that were asked for
	pages      []*phonePage // that were opened
	addresses  []string     // that were asked for
}

// everyWay is a machine that is reached over SSH, with two addresses.
func everyWay() *ways {
	return &ways{world: signedOut(), tunnel: "ssh -L 8976:127.0.0.1:8976 aiko@build7", news: make(chan login.News, 1)}
}

func (w *ways) deps() Deps {
	deps := w.world.deps()
	deps.SignIns = w
	return deps
}

func (w *ways) Start(ctx context.Context) (login.Attempt, error) {
	if _, err := w.world.Start(ctx); err != nil {
		return nil, err
	}
	return &waysAttempt{attempt: w.attempt, ways: w}, nil
}

// newest is the code that was asked for last.
func (w *ways) newest() *shortCode {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.codes[len(w.codes)-1]
}

// page is the page that was opened last.
func (w *ways) page() *phonePage {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.pages[len(w.pages)-1]
}

type waysAttempt struct {
	*attempt
	ways *ways
}

func (a *waysAttempt) Link() login.Link {
	l := a.attempt.Link()
	l.CanDevice, l.Tunnel, l.News = true, a.ways.tunnel, a.ways.news
	if a.ways.registered != "" {
		l.RedirectURI = a.ways.registered
	}
	return l
}

// Whole takes every answer that is complete, also that to another link.
func (a *waysAttempt) Whole(text string) bool {
	return strings.Contains(text, "code=") && strings.Contains(text, "state=")
}

// Paste refuses in the words of an answer to an older link.
func (a *waysAttempt) Paste(ctx context.Context, text string) error {
	if err := a.attempt.Paste(ctx, text); err != nil {
		return problem{explain.Facts{
			Place: explain.PlaceLocal, Class: explain.Usage, Op: "read paste",
			Cause: "this address belongs to another sign-in, that of an older link; use the link that is shown now",
		}}
	}
	return nil
}

// shortCode is a code that Zoom waits for until the test says what became of it.
type shortCode struct {
	code login.DeviceCode
	over chan error
}

func (c *shortCode) Code() login.DeviceCode { return c.code }

func (c *shortCode) Wait(ctx context.Context) error {
	select {
	case err := <-c.over:
		return err
	case <-time.After(time.Until(c.code.Expires)):
		return problem{explain.Facts{Place: explain.PlaceDevice, HTTPStatus: 400, OAuth: "expired_token", At: c.code.Expires}}
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *waysAttempt) Device(context.Context) (login.Device, error) {
	w := a.ways
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.codeErr != nil {
		return nil, w.codeErr
	}
	life := w.codeLife
	if life == 0 {
		life = 15 * time.Minute
	}
	code := []string{"K3V9Q2HX", "W7M4T8RC"}[min(len(w.codes), 1)]
	w.codes = append(w.codes, &shortCode{over: make(chan error, 1), code: login.DeviceCode{
		UserCode: code, URI: "https://zoom.us/oauth_device",
		CompleteURI: "https://zoom.us/oauth_device?user_code=" + code, Expires: time.Now().Add(life),
	}})
	return w.codes[len(w.codes)-1], nil
}

// phonePage is a page until its time is over.
type phonePage struct{ done chan struct{} }

func (a *waysAttempt) Phone(_ context.Context, address string) (login.PhonePage, error) {
	w := a.ways
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addresses = append(w.addresses, address)
	if w.pageErr != nil {
		return login.PhonePage{}, w.pageErr
	}
	if address == "" {
		address = "192.168.1.5"
	}
	page := &phonePage{done: make(chan struct{})}
	w.pages = append(w.pages, page)
	others := []login.PhoneAddress{
		{Address: "192.168.1.5", Interface: "wlan0"},
		{Address: "172.17.0.1", Interface: "docker0", Virtual: true},
	}
	if w.alone {
		others = others[:1]
	}
	return login.PhonePage{
		URL:     "http://" + address + ":8977/QJ5ZK7T2XV4MHW9R3BYC8DNSEF",
		Short:   "HTTP://" + address + ":8977/QJ5ZK7T2XV4MHW9R3BYC8DNSEF",
		Address: address, Others: others, Expires: time.Now().Add(10 * time.Minute), Returns: w.returns, Done: page.done,
	}, nil
}

// notForDevices is Zoom's answer to an app without "Use App on Device".
func notForDevices() error {
	return problem{explain.Facts{
		Place: explain.PlaceDevice, HTTPStatus: 400, OAuth: "invalid_request", Message: "Invalid request",
		TrackingID: "v=2.0;clid=us02;rid=WEB_77aa", At: time.Now(),
	}}
}

func declined() error {
	return problem{explain.Facts{Place: explain.PlaceDevice, HTTPStatus: 400, OAuth: "access_denied", At: time.Now()}}
}

func noNetwork() error {
	return problem{explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage, Cause: "this machine has no address in a private network"}}
}
