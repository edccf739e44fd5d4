package sandbox

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// routes is the map of the whole server.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /oauth/authorize", s.handleAuthorize)
	mux.HandleFunc("POST /oauth/consent", s.handleConsent)
	mux.HandleFunc("/oauth/token", s.handleToken)
	mux.HandleFunc("/oauth/revoke", s.handleRevoke)
	mux.HandleFunc("/oauth/devicecode", s.handleDeviceCode)
	mux.HandleFunc("GET /oauth_device", s.handleDeviceEntry)
	mux.HandleFunc("POST /oauth_device", s.handleDeviceEntered)
	mux.HandleFunc("GET /oauth/device/complete/{code}", s.handleDeviceComplete)
	mux.HandleFunc("GET /_sandbox", s.handleIndex)
	mux.HandleFunc("GET /_sandbox/state", s.handleState)
	mux.HandleFunc("POST /_sandbox/faults", s.handleFaults)
	mux.HandleFunc("POST /_sandbox/redirects", s.handleRedirects)
	mux.HandleFunc("GET /j/{id}", s.handleJoin)
	mux.HandleFunc("GET /p/aiko.svg", handlePicture)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/_sandbox", http.StatusFound)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Not through the mux, which would mend a path with empty parts by a redirect.
		if strings.HasPrefix(r.URL.Path, "/v2/") || strings.HasPrefix(r.URL.Path, "/scim2/") {
			s.handleAPI(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// front is what every answer passes: tracking id, Zoom's time, the checks that keep web pages of
// other sites away (DNS rebinding by Host, forged forms by Origin and Sec-Fetch-Site), and the
// bound on bodies.
func (s *Server) front(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Zm-Trackingid", newTrackingID())
		w.Header().Set("X-Content-Type-Options", "nosniff")
		s.stampDate(w)
		if !s.gate.enter() {
			http.Error(w, "the sandbox is closing", http.StatusServiceUnavailable)
			return
		}
		defer s.gate.leave()
		if !s.ownHost(r.Host) {
			http.Error(w, "this sandbox answers to its loopback address only", http.StatusMisdirectedRequest)
			return
		}
		if err := cross.Check(r); err != nil {
			http.Error(w, "a page of another site may not send this", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
		next.ServeHTTP(w, r)
	})
}

// ownHost tells whether a Host header names this server as a loopback client would.
func (s *Server) ownHost(host string) bool {
	switch host {
	case "127.0.0.1:" + s.port, "localhost:" + s.port, "[::1]:" + s.port:
		return true
	case "127.0.0.1", "localhost", "[::1]":
		return s.port == "80"
	default:
		return false
	}
}

// stampDate sets the Date header to the time of this Zoom, or to a wrong one while a clock fault
// is on. Clients take their idea of Zoom's time from it.
func (s *Server) stampDate(w http.ResponseWriter) {
	t := s.now()
	switch {
	case s.faultOn(faultClockAhead):
		t = t.Add(clockFaultBy)
	case s.faultOn(faultClockBehind):
		t = t.Add(-clockFaultBy)
	}
	w.Header().Set("Date", t.UTC().Format(http.TimeFormat))
}

// gate counts the requests under way, so that Close can wait for them. A WaitGroup would not do: a
// request may still begin while Close waits.
type gate struct {
	mu     sync.Mutex
	inside int
	closed bool
	empty  chan struct{}
}

func (g *gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.inside++
	return true
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.inside == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

// shut lets nobody in any more and tells whether all left in time.
func (g *gate) shut(patience time.Duration) bool {
	g.mu.Lock()
	g.closed = true
	if g.inside == 0 {
		g.mu.Unlock()
		return true
	}
	if g.empty == nil {
		g.empty = make(chan struct{})
	}
	empty := g.empty
	g.mu.Unlock()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-empty:
		return true
	case <-timer.C:
		return false
	}
}
