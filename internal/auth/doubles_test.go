package auth

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// gateTransport holds the first request back until the test opens it.
type gateTransport struct {
	base    http.RoundTripper
	once    sync.Once
	arrived chan struct{} // closed when a request is there
	open    chan struct{} // closed by the test
}

func newGateTransport(base http.RoundTripper) *gateTransport {
	return &gateTransport{base: base, arrived: make(chan struct{}), open: make(chan struct{})}
}

func (g *gateTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	g.once.Do(func() { close(g.arrived) })
	<-g.open
	return g.base.RoundTrip(r)
}

// roundTrip makes a transport of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func client(rt http.RoundTripper) *http.Client { return &http.Client{Transport: rt} }

// reply is an answer made by hand; header holds "Name: value" lines.
func reply(status int, body string, header ...string) *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		h.Set(name, value)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func contains(text, part string) bool { return strings.Contains(text, part) }

// visit opens an address as a browser does and drops the page.
func visit(t *testing.T, address string) {
	t.Helper()
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
}
