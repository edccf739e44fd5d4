package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// testTime is the clock of the tests.
func testTime() time.Time {
	return time.Date(2026, 11, 22, 3, 12, 44, 0, time.FixedZone("JST", 9*60*60))
}

// bearer adds a token to every request, as the real transport does.
type bearer string

func (b bearer) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(req)
}

// waits remembers the pauses between attempts and makes them short.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waits) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, d)
	return ctx.Err()
}

// newTestClient makes a client of a server, with recorded pauses, no jitter to
// speak of and a fixed clock.
func newTestClient(base string) (*Client, *waits) {
	c := New(Options{
		Base:  func(context.Context) (string, error) { return base, nil },
		HTTP:  &http.Client{Transport: bearer("secret-token")},
		Clock: testTime,
		Rand:  func() float64 { return 0.5 },
	})
	w := &waits{}
	c.sleep = w.sleep
	return c, w
}

// serve starts a server that answers with the steps in turn, the last one for ever.
func serve(t *testing.T, steps ...http.HandlerFunc) *httptest.Server {
	t.Helper()
	var mu sync.Mutex
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		step := steps[min(n, len(steps)-1)]
		n++
		mu.Unlock()
		step(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// answer writes a status and a body; headers are "Name: value".
func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		w.Header().Set("X-Zm-Trackingid", "v=2.0;clid=us02;rid=WEB_1")
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}
