package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/explain"
)

func address(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestProxies(t *testing.T) {
	t.Parallel()
	zoom, api := Host{URL: address(t, "https://zoom.us")}, Host{URL: address(t, "https://api.zoom.us")}
	through := func(h Host) Host {
		h.Proxy = address(t, "http://aiko:hunter2@proxy.example:3128")
		return h
	}
	for name, tt := range map[string]struct {
		hosts []Host
		env   map[string]string
		want  expect
	}{
		"none":        {hosts: []Host{zoom, api}, want: expect{state: OK, says: "directly"}},
		"all":         {hosts: []Host{through(zoom), through(api)}, env: map[string]string{"HTTPS_PROXY": "x"}, want: expect{state: OK, says: "zoom.us through proxy.example:3128"}},
		"some":        {hosts: []Host{zoom, through(api)}, env: map[string]string{"HTTPS_PROXY": "x", "NO_PROXY": "zoom.us"}, want: expect{state: OK, says: "zoom.us without one, by NO_PROXY"}},
		"left out":    {hosts: []Host{zoom}, env: map[string]string{"https_proxy": "x", "NO_PROXY": "*"}, want: expect{state: OK, says: "leaves Zoom's hosts out"}},
		"http only":   {hosts: []Host{zoom}, env: map[string]string{"http_proxy": "x"}, want: expect{state: Warning, says: "HTTP_PROXY alone", do: "export HTTPS_PROXY="}},
		"all only":    {hosts: []Host{zoom}, env: map[string]string{"ALL_PROXY": "x"}, want: expect{state: Warning, says: "not heeded", do: "export HTTPS_PROXY="}},
		"two of them": {hosts: []Host{through(zoom)}, env: map[string]string{"HTTPS_PROXY": "x", "https_proxy": "y"}, want: expect{state: Warning, says: "different things", do: "unset https_proxy"}},
		"unreadable":  {hosts: []Host{zoom}, env: map[string]string{"HTTPS_PROXY": "[::1"}, want: expect{Failure, "does not hold the address", "HTTPS_PROXY=http://", explain.Usage}},
		"no host":     {hosts: []Host{zoom}, env: map[string]string{"https_proxy": "http://:bad:port"}, want: expect{Failure, "does not hold the address", "HTTPS_PROXY=http://", explain.Usage}},
		"bare":        {hosts: []Host{through(zoom)}, env: map[string]string{"HTTPS_PROXY": "proxy.example:3128"}, want: expect{state: OK}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Proxies(tt.hosts, func(n string) string { return tt.env[n] })
			tt.want.verify(t, c)
			if text := c.What + strings.Join(c.Remedy, "") + c.Brief; strings.Contains(text, "hunter2") || strings.Contains(text, "aiko") {
				t.Errorf("the proxy's password is told: %s", text)
			}
		})
	}
}

// book is a resolver that knows some names.
type book map[string]string

func (b book) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if found, ok := b[host]; ok {
		return []netip.Addr{netip.MustParseAddr(found)}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

func TestNames(t *testing.T) {
	t.Parallel()
	zoom, api, here := Host{URL: address(t, "https://zoom.us")}, Host{URL: address(t, "https://api.zoom.us")}, Host{URL: address(t, "http://127.0.0.1:80")}
	proxied := Host{URL: zoom.URL, Proxy: address(t, "http://proxy:3128")}
	known := book{"zoom.us": "170.114.52.2"}
	expect{state: OK, says: "zoom.us is 170.114.52.2."}.verify(t, Names(t.Context(), known, []Host{zoom, zoom}))
	expect{Failure, "api.zoom.us could not be looked up", "getent hosts api.zoom.us", explain.Network}.verify(t, Names(t.Context(), known, []Host{zoom, api}))
	expect{Failure, "zoom.us and api.zoom.us could not", "HTTPS_PROXY", explain.Network}.verify(t, Names(t.Context(), book{}, []Host{zoom, api}))
	expect{state: Skipped, says: "127.0.0.1 is an address"}.verify(t, Names(t.Context(), book{}, []Host{here}))
	expect{state: Skipped, says: "looked up by the proxy"}.verify(t, Names(t.Context(), book{}, []Host{proxied}))
	expect{state: OK, says: "zoom.us is 170.114.52.2, 127.0.0.1 is an address already"}.verify(t, Names(t.Context(), known, []Host{zoom, here}))
}

// fakeZoom is a server whose answers have what Zoom's have.
func fakeZoom(t *testing.T, start func(http.Handler) *httptest.Server, status int) (Host, *httptest.Server) {
	t.Helper()
	server := start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("a credential was sent")
		}
		w.Header().Set("X-Zm-Trackingid", "v=2.0;rid=WEB_1")
		w.Header().Set("Location", "https://elsewhere.example/")
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return Host{URL: address(t, server.URL)}, server
}

func TestReachesZoom(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 302, 401, 404} {
		host, _ := fakeZoom(t, httptest.NewServer, status)
		a := Asker{Transport: http.DefaultTransport, Clock: time.Now}.Ask(t.Context(), host, Question{"GET", host.URL.String() + "/"})
		expect{state: OK, says: "is reached, without TLS"}.verify(t, Connection([]Answer{a}, ""))
		expect{state: OK, says: "127.0.0.1 answered within"}.verify(t, Zoom([]Answer{a}))
		expect{state: OK, says: "agrees with Zoom's"}.verify(t, Clock(Skew{Measured: []Answer{a}}))
		if a.Status != status || !a.Zoom {
			t.Errorf("%+v", a)
		}
	}
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	host, server := fakeZoom(t, func(h http.Handler) *httptest.Server {
		s := httptest.NewUnstartedServer(h)
		s.Config.ErrorLog = log.New(io.Discard, "", 0) // a client will leave
		s.StartTLS()
		return s
	}, 200)
	ask := func(transport http.RoundTripper) Answer {
		return Asker{Transport: transport, Clock: time.Now}.Ask(t.Context(), host, Question{"HEAD", host.URL.String()})
	}
	expect{state: Warning, says: "issued by Acme Co, which is no public authority", do: "do not sign in"}.verify(t, Connection([]Answer{ask(server.Client().Transport)}, ""))
	untrusted := ask(&http.Transport{TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool()}})
	expect{Failure, "is not trusted", "export SSL_CERT_FILE=", explain.Network}.verify(t, Connection([]Answer{untrusted}, ""))
	c := Connection([]Answer{untrusted}, "/etc/own.pem")
	expect{Failure, "It was issued by Acme Co.", "unset SSL_CERT_FILE", explain.Network}.verify(t, c)
	if c.Brief != "the certificate is not trusted" {
		t.Errorf("a report says %q", c.Brief)
	}
	hostile := &x509.Certificate{Issuer: pkix.Name{CommonName: "Evil\x1b[2J\u202eCA"}}
	if got := issuer(hostile); got != "EvilCA" {
		t.Errorf("the issuer is shown as %q", got)
	}
	public := &x509.Certificate{Issuer: pkix.Name{Organization: []string{"DigiCert Inc"}}}
	state := &tls.ConnectionState{Version: tls.VersionTLS13, PeerCertificates: []*x509.Certificate{public}}
	expect{state: OK, says: "zoom.us is reached by TLS 1.3, certificate issued by DigiCert Inc."}.verify(t, Connection([]Answer{{Host: "zoom.us", TLS: state}}, ""))
}

func TestNotReached(t *testing.T) {
	t.Parallel()
	host := Host{URL: address(t, "http://127.0.0.1:1")}
	a := Asker{Transport: http.DefaultTransport, Clock: time.Now}.Ask(t.Context(), host, Question{"GET", "http://127.0.0.1:1/"})
	good := Answer{Host: "zoom.us"}
	expect{Failure, "Nothing answers at 127.0.0.1", "curl -sSI --max-time 5 http://127.0.0.1:1/", explain.Network}.verify(t, Connection([]Answer{good, a}, ""))
	a.Proxied = true
	expect{Failure, "refused", "HTTPS_PROXY", explain.Network}.verify(t, Connection([]Answer{a}, ""))
	unknown := Answer{Host: "zoom.us", Err: &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "zoom.us"}}}
	expect{state: Skipped, says: "zoom.us was not tried"}.verify(t, Connection([]Answer{unknown, good}, ""))
	expect{Failure, "refused", "HTTPS_PROXY", explain.Network}.verify(t, Connection([]Answer{unknown, a}, ""))
	unknown.Proxied = true // then it is the proxy's own name
	expect{Failure, "could not be looked up", "HTTPS_PROXY", explain.Network}.verify(t, Connection([]Answer{unknown}, ""))
	expect{state: Skipped, says: "not reached"}.verify(t, Zoom([]Answer{a}))
	expect{state: Skipped, says: "its time is not known"}.verify(t, Clock(Skew{Measured: []Answer{a}}))
	if a := (Asker{Clock: time.Now}).Ask(t.Context(), host, Question{"GET", "\x00"}); a.Err == nil {
		t.Error("an address that is none was asked")
	}
}

func TestZoomAnswers(t *testing.T) {
	t.Parallel()
	page := []byte("\n<!DOCTYPE html><title>Hotel</title>")
	for name, tt := range map[string]struct {
		answer Answer
		want   expect
	}{
		"an error of its own":  {Answer{Status: 503, Zoom: true}, expect{Failure, "trouble of its own: it answered 503", "status.zoom.us", explain.Network}},
		"a proxy's password":   {Answer{Status: 407, Body: page}, expect{Failure, "wants a password", "USER:PASSWORD@", explain.Network}},
		"a login page":         {Answer{Status: 200, Body: page}, expect{state: Warning, says: "a web page that does not look like Zoom's", do: "browser"}},
		"a page of Zoom's":     {Answer{Status: 200, Body: page, Zoom: true}, expect{state: OK}},
		"too many questions":   {Answer{Status: 429, Zoom: true}, expect{state: OK}},
		"nothing but a status": {Answer{Status: 403}, expect{state: OK}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.answer.Host = "zoom.us"
			tt.want.verify(t, Zoom([]Answer{{Host: "api.zoom.us", Status: 401, Zoom: true}, tt.answer}))
		})
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 11, 22, 3, 12, 0, 0, time.UTC)
	measured := func(date time.Time) Skew {
		return Skew{Measured: []Answer{{Err: errors.New("x")}, {Date: date, Sent: sent, Received: sent.Add(time.Second)}}}
	}
	for name, tt := range map[string]struct {
		skew Skew
		want expect
		off  int64
	}{
		"right":           {measured(sent), expect{state: OK, says: "agrees"}, 0},
		"a second":        {measured(sent.Add(time.Second)), expect{state: OK, says: "agrees"}, 0},
		"a little behind": {measured(sent.Add(10 * time.Second)), expect{state: OK, says: "is 10s behind Zoom's"}, 10},
		"a little ahead":  {measured(sent.Add(-10 * time.Second)), expect{state: OK, says: "is 10s ahead of Zoom's"}, -10},
		"behind":          {measured(sent.Add(3 * time.Minute)), expect{state: Warning, says: "is 3m0s behind Zoom's", do: ": "}, 180},
		"ahead":           {measured(sent.Add(-3 * time.Minute)), expect{state: Warning, says: "is 3m0s ahead of Zoom's", do: ": "}, -180},
		"offline":         {Skew{Stored: 3 * time.Minute, Since: sent}, expect{state: Warning, says: "By the last refresh, this machine's clock is 3m0s behind", do: ": "}, 180},
		"offline, right":  {Skew{Since: sent}, expect{state: OK, says: "By the last refresh, this machine's clock agrees"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Clock(tt.skew)
			tt.want.verify(t, c)
			if c.Details["skew_seconds"] != tt.off {
				t.Errorf("the skew is %v s, want %d", c.Details["skew_seconds"], tt.off)
			}
		})
	}
	for system, want := range map[string]string{"linux": "timedatectl", "darwin": "sntp", "windows": "w32tm"} {
		if got := setClock(system); !strings.Contains(got, want) {
			t.Errorf("%s: %s", system, got)
		}
	}
}

func TestBounce(t *testing.T) {
	t.Parallel()
	page := []byte("<!doctype html><title>Back from Zoom · zoomtui</title>new")
	old := []byte("<!doctype html><title>Back from Zoom · zoomtui</title>old")
	lost := Answer{Host: "app.example.com", Err: &net.OpError{Op: "dial", Err: errors.New("connection refused")}}
	for name, tt := range map[string]struct {
		answer Answer
		tunnel bool
		want   expect
	}{
		"there":           {Answer{Status: 200, Body: page}, false, expect{state: OK, says: "stands at app.example.com"}},
		"older":           {Answer{Status: 200, Body: old}, false, expect{state: Warning, says: "another version", do: "zoomtui bounce"}},
		"missing":         {Answer{Status: 404}, false, expect{state: Warning, says: "answered 404", do: "zoomtui bounce"}},
		"another":         {Answer{Status: 200, Body: []byte("hello")}, false, expect{state: Warning, says: "not with the page", do: "zoomtui bounce"}},
		"not reached":     {lost, false, expect{state: Warning, says: "could not be fetched", do: "zoomtui bounce"}},
		"a tunnel":        {lost, true, expect{state: Skipped, says: "a tunnel leads from app.example.com"}},
		"tunnel and page": {Answer{Status: 200, Body: page}, true, expect{state: OK}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.answer.Host = "app.example.com"
			tt.want.verify(t, Bounce(tt.answer, page, tt.tunnel))
		})
	}
}
