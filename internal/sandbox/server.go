// Package sandbox is a small Zoom on loopback: the authorize and consent pages, the token,
// device and revoke endpoints, and the REST API: every operation that Zoom documents is known by its
// path and scopes, and what a meeting dashboard reads and writes is played in detail.
// It is as strict as Zoom is (redirect rules, PKCE, single-use codes and refresh tokens,
// scopes per endpoint, Zoom's own error bodies), and it can be told to misbehave: see [Fault].
//
// It holds made-up data only, listens on loopback only, keeps nothing on disk, and knows
// nothing of the program around it, so that it can contradict that program.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// defaultAccessTTL is the life of an access token. Zoom answers expires_in 3599.
// Source: https://developers.zoom.us/docs/integrations/oauth/
const defaultAccessTTL = 3599 * time.Second

// defaultSlow is how long the fault "slow" holds an answer back.
const defaultSlow = 3 * time.Second

// Limits that keep a stuck or hostile client from holding the server.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	maxBodyBytes      = 64 << 10
	closePatience     = 300 * time.Millisecond
	handlerPatience   = 2 * time.Second
)

// Options says how a sandbox is to be. The zero value is a good sandbox.
type Options struct {
	// Listen is the loopback address to listen on; empty is 127.0.0.1:0 (any free port).
	Listen string
	// AutoApprove answers the authorize endpoint with the redirect at once, without the consent page.
	AutoApprove bool
	// Clock is the time of this Zoom; nil is time.Now.
	Clock func() time.Time
	// AccessTTL is the life of an access token; 0 is 3599 s.
	AccessTTL time.Duration
	// Meetings is the number of generated meetings that the user hosts; 0 is the demo week.
	Meetings int
	// Slow is how long the fault "slow" holds an answer back, unless it is switched meanwhile; 0 is 3 s.
	Slow time.Duration
	// DeviceInterval is how long a device waits between polls; 0 is 5 s. The answer tells it in whole
	// seconds, rounded up.
	DeviceInterval time.Duration
	// Errors is where defects of the sandbox itself are reported; nil is nowhere, as the screen belongs
	// to the dashboard.
	Errors io.Writer
}

// Server is a running sandbox. Its methods may be called from several goroutines.
type Server struct {
	opts    Options
	url     string
	port    string
	started time.Time
	signer  signer
	world   *world

	http   *http.Server
	cancel context.CancelFunc
	done   chan struct{}
	gate   gate

	mu       sync.Mutex
	apps     []App
	on       map[string]bool
	slow     chan struct{} // closed when the fault "slow" is switched
	counts   map[string]int
	consents map[string]pendingConsent
	codes    map[string]authCode
	devices  map[string]*deviceRequest
	pages    map[string]pageToken
	changes  map[string]int        // meetings made or changed, by day and host
	spent    map[string]rateWindow // calls of this second, by rate label
	ledger   ledger
}

// Start listens and serves until [Server.Close]. An address that is not loopback is refused: the
// sandbox hands out tokens to whoever asks.
func Start(opts Options) (*Server, error) {
	opts = withDefaults(opts)
	if err := checkLoopback(opts.Listen); err != nil {
		return nil, err
	}
	sign, err := newSigner()
	if err != nil {
		return nil, fmt.Errorf("prepare token key: %w", err)
	}
	ln, err := net.Listen("tcp", opts.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", opts.Listen, err)
	}
	port := strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
	host, _, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read own address: %w", err), ln.Close())
	}
	base := "http://" + net.JoinHostPort(host, port)
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{
		opts: opts, url: base, port: port, started: opts.Clock(), signer: sign,
		cancel: cancel, done: make(chan struct{}),
		apps:     defaultApps(),
		on:       map[string]bool{},
		slow:     make(chan struct{}),
		counts:   map[string]int{},
		consents: map[string]pendingConsent{},
		codes:    map[string]authCode{},
		devices:  map[string]*deviceRequest{},
		pages:    map[string]pageToken{},
		changes:  map[string]int{},
		spent:    map[string]rateWindow{},
		ledger:   newLedger(),
	}
	s.world = newWorld(base, s.started, opts.Meetings)
	s.http = &http.Server{
		Handler:           s.front(s.routes()),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(opts.Errors, "sandbox: ", 0),
	}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(ln) // always http.ErrServerClosed or a dead listener; Close tells
	}()
	return s, nil
}

// withDefaults fills in what was left out.
func withDefaults(opts Options) Options {
	if opts.Listen == "" {
		opts.Listen = "127.0.0.1:0"
	}
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	if opts.AccessTTL <= 0 {
		opts.AccessTTL = defaultAccessTTL
	}
	if opts.Errors == nil {
		opts.Errors = io.Discard
	}
	if opts.Slow <= 0 {
		opts.Slow = defaultSlow
	}
	if opts.DeviceInterval <= 0 {
		opts.DeviceInterval = defaultDeviceInterval
	}
	return opts
}

// checkLoopback refuses an address that other machines could reach.
func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("read listen address %q: %w", addr, err)
	}
	if host == "localhost" {
		return nil
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("listen on %q: the sandbox serves loopback only, use 127.0.0.1 or [::1]", addr)
}

// URL is http://127.0.0.1:PORT without a trailing slash: both the OAuth base (…/oauth/authorize,
// …/oauth/token) and the API base (…/v2/…).
func (s *Server) URL() string { return s.url }

// Close stops the server: answers under way are given up after a moment, waits of the fault "slow"
// end at once. It returns when nothing of the server runs any more. A second Close is harmless.
func (s *Server) Close() error {
	s.cancel()
	ctx, stop := context.WithTimeout(context.Background(), closePatience)
	defer stop()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		// A browser keeps connections open without a request; that is no failure.
		err = s.http.Close()
	}
	<-s.done
	if !s.gate.shut(handlerPatience) {
		err = errors.Join(err, errors.New("close sandbox: a request did not end"))
	}
	if err != nil {
		return fmt.Errorf("close sandbox: %w", err)
	}
	return nil
}

// now is the time of this Zoom.
func (s *Server) now() time.Time { return s.opts.Clock() }

// count adds one to a counter of [Server.Counts].
func (s *Server) count(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[name]++
}

// Counts says how often each thing was asked for, failures included: "authorize", "consent.allow",
// "consent.decline", "token.<grant>" (authorization_code, refresh, account_credentials,
// client_credentials, device_code, other), "revoke", "devicecode", "v2.unknown" and one "GET /v2/…" per
// operation (ids as in Zoom's documents: "GET /v2/meetings/{meetingId}"). "slow" is the answers that the
// fault of this name has held back, counted when the wait begins.
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]int, len(s.counts))
	for k, v := range s.counts {
		out[k] = v
	}
	return out
}
