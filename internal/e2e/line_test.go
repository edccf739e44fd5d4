package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"zoomtui/internal/sandbox"
)

// line is the network between the program and a sandbox. It carries every request
// whole, can be told to fail, and knows each secret that has passed it.
type line struct {
	zoom    *sandbox.Server
	server  *httptest.Server
	through *http.Transport
	secrets *secrets

	mu     sync.Mutex
	fault  fault
	stop   func(stage) // called at each stage of a request to the token endpoint
	asked  map[string]int
	open   int    // connections
	newest string // the refresh token that the sandbox gave out last
}

// lastInTheQueue is a path that asks for nothing.
const lastInTheQueue = "/last-in-the-queue"

// fault answers a request in place of the sandbox, and is true then.
type fault func(w http.ResponseWriter, r *http.Request) bool

// stage is how far a request to the token endpoint has come.
type stage int

const (
	onTheWay  stage = iota // Zoom has not seen it yet
	rotated                // Zoom has answered, the program does not know
	delivered              // the answer is with the program's kernel
)

// newLine starts a sandbox and the network before it; both end with the test.
func newLine(t testing.TB, opts sandbox.Options) *line {
	t.Helper()
	zoom, err := sandbox.Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{zoom: zoom, through: &http.Transport{MaxIdleConnsPerHost: 16}, secrets: newSecrets(), asked: map[string]int{}}
	for _, app := range zoom.Apps() {
		l.secrets.add("client secret", app.ClientSecret)
	}
	l.server = httptest.NewUnstartedServer(l)
	l.server.Config.ConnState = l.track
	l.server.Start()
	t.Cleanup(func() {
		l.server.CloseClientConnections()
		l.server.Close()
		l.through.CloseIdleConnections()
		_ = zoom.Close()
	})
	return l
}

// url is both the OAuth base and the API base.
func (l *line) url() string { return l.server.URL }

// breaks makes the line fail from now on; nil mends it.
func (l *line) breaks(f fault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fault = f
}

// stops has a function called at each stage of a request to the token endpoint,
// which waits for it; nil: none.
func (l *line) stops(at func(stage)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stop = at
}

// count is how often a path was asked for, whether it was answered or not.
func (l *line) count(path string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked[path]
}

// forget sets the counts to none.
func (l *line) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.asked)
}

// track counts the connections.
func (l *line) track(_ net.Conn, state http.ConnState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch state {
	case http.StateNew:
		l.open++
	case http.StateClosed, http.StateHijacked:
		l.open--
	}
}

// quiet waits until everybody has gone who was there when it was called, also who has
// connected and was not let in yet: a connection of our own comes behind them.
func (l *line) quiet(t testing.TB) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(l.url() + lastInTheQueue)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	poll(t, "all connections to end", func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.open == 0
	})
}

// last is the refresh token that the sandbox gave out last.
func (l *line) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.newest
}

// ServeHTTP carries one request. What the sandbox was asked for it does, whether or
// not the program still lives to hear the answer.
func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == lastInTheQueue {
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // the program died while it asked
	}
	l.mu.Lock()
	l.asked[r.URL.Path]++
	broken, stop := l.fault, l.stop
	l.mu.Unlock()
	if stop == nil || r.URL.Path != "/oauth/token" {
		stop = func(stage) {}
	}
	l.secrets.ofRequest(r, body)
	stop(onTheWay)
	r.Body = io.NopCloser(bytes.NewReader(body))
	if broken != nil && broken(w, r) {
		return
	}
	status, header, answer, err := l.ask(r, body)
	stop(rotated)
	if err != nil {
		hangUp(w)
		return
	}
	maps.Copy(w.Header(), header)
	w.WriteHeader(status)
	_, _ = w.Write(answer) // nobody may be there any more
	_ = http.NewResponseController(w).Flush()
	stop(delivered)
}

// ask asks the sandbox.
func (l *line) ask(r *http.Request, body []byte) (status int, header http.Header, answer []byte, err error) {
	ctx := context.WithoutCancel(r.Context())
	req, err := http.NewRequestWithContext(ctx, r.Method, l.zoom.URL()+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return 0, nil, nil, err
	}
	req.Header = r.Header.Clone()
	resp, err := l.through.RoundTrip(req)
	if err != nil {
		return 0, nil, nil, err
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(resp.Body)
	// Pages of the sandbox lead to itself; whoever follows them stays on the line.
	answer = bytes.ReplaceAll(answer, []byte(l.zoom.URL()+"/oauth"), []byte(l.url()+"/oauth"))
	header = resp.Header.Clone()
	header.Set("Content-Length", strconv.Itoa(len(answer))) // so that it is whole before this request ends
	if to := header.Get("Location"); to != "" {
		header.Set("Location", strings.Replace(to, l.zoom.URL(), l.url(), 1))
	}
	l.secrets.ofAnswer(header, answer)
	var grant grantAnswer
	if json.Unmarshal(answer, &grant) == nil && grant.RefreshToken != "" {
		l.mu.Lock()
		l.newest = grant.RefreshToken
		l.mu.Unlock()
	}
	return resp.StatusCode, header, answer, err
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}
