package e2e

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// networkFault is a way in which Zoom cannot be reached, or answers as it should not.
type networkFault struct {
	name    string
	breaks  fault                       // of the line
	env     func(t *testing.T) []string // or another network
	zoom    string                      // or a fault of the sandbox
	code    int                         // of a command that asks Zoom for anything
	patient bool                        // each command takes as long as its time limit
	ends    bool                        // the sign-in is over, and the program could not have known
	others  map[string]int              // exit codes of commands that are not as their use says
}

// networkFaults are all of them.
func networkFaults() []networkFault {
	answers := func(status int, kind, body string, header ...string) fault {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", kind)
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
			return true
		}
	}
	const json, html, page = "application/json", "text/html", "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>proxy</body></html>"
	const limited = `{"code":429,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}`
	const daily = `{"code":429,"message":"You have reached the maximum daily rate limit for this API."}`
	// Only a refresh meets it; and an answer of whatever kind tells doctor that Zoom is there.
	atRefresh := map[string]int{"logout": 0, "doctor": 0}
	there := map[string]int{"doctor": 0}
	base := func(url string, more ...string) func(*testing.T) []string {
		return func(*testing.T) []string {
			return append([]string{"ZOOMTUI_OAUTH_BASE=" + url, "ZOOMTUI_API_BASE=" + url}, more...)
		}
	}
	return []networkFault{
		{name: "none", code: 0},
		{name: "no such host", env: base("https://zoom.invalid"), code: 5},
		{name: "connection refused", env: base("http://127.0.0.1:1"), code: 5},
		{name: "certificate of nobody", env: strangeTLS, code: 5},
		{name: "proxy refuses connections", env: base("https://zoom.invalid", "HTTPS_PROXY=http://127.0.0.1:1"), code: 5},
		{name: "proxy wants a password", env: strictProxy, code: 5},
		{name: "500", breaks: answers(500, json, `{"code":500,"message":"Internal server error."}`), code: 5},
		{name: "502 with a web page", breaks: answers(502, html, page), code: 5},
		{name: "200 with a web page", breaks: answers(200, html, page), code: 5, others: there},
		{name: "200 with half an answer", breaks: answers(200, json, `{"access_token":"eyJ`), code: 5, others: there},
		{name: "200 without an answer", breaks: answers(200, json, ""), code: 5, others: atRefresh},
		{name: "redirect", breaks: answers(302, html, "", "Location", "http://127.0.0.1:1/elsewhere"), code: 5, others: there},
		{name: "429 for a second", breaks: answers(429, json, limited, "Retry-After", "1"), code: 6, others: there},
		{name: "429 until tomorrow", breaks: answers(429, json, daily, "Retry-After", "2026-11-25T00:00:00Z", "X-RateLimit-Type", "Daily-limit"), code: 6, others: there},
		{name: "cut before the request", breaks: func(w http.ResponseWriter, _ *http.Request) bool { hangUp(w); return true }, code: 5},
		{name: "cut after rotation", zoom: "cut-after-rotation", code: 5, ends: true, others: atRefresh},
		{name: "cut after rotation, grace", zoom: "cut-after-rotation-grace", code: 5, others: atRefresh},
		{name: "no answer at all", breaks: func(_ http.ResponseWriter, r *http.Request) bool { <-r.Context().Done(); return true }, code: 5, patient: true},
	}
}

// strangeTLS is a host whose certificate nobody has signed.
func strangeTLS(t *testing.T) []string {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it is meant to be refused
	server.StartTLS()
	t.Cleanup(server.Close)
	return []string{"ZOOMTUI_OAUTH_BASE=" + server.URL, "ZOOMTUI_API_BASE=" + server.URL}
}

// strictProxy is a proxy that lets nobody through.
func strictProxy(t *testing.T) []string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "who are you?", http.StatusProxyAuthRequired)
	}))
	t.Cleanup(server.Close)
	return []string{"ZOOMTUI_OAUTH_BASE=https://zoom.invalid", "ZOOMTUI_API_BASE=https://zoom.invalid", "HTTPS_PROXY=" + server.URL}
}

// TestEveryCommandOnABadNetwork tries each network fault on each command. No fault may
// cost the tokens, but the one that takes them at Zoom; the next start tells that.
func TestEveryCommandOnABadNetwork(t *testing.T) {
	t.Parallel()
	m := newMatrix()
	t.Cleanup(func() { t.Log("\n" + m.String()) })
	for _, f := range networkFaults() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			var waiting sync.WaitGroup
			for _, c := range commands() {
				if !f.patient {
					m.tryNetwork(t, f, c)
					continue
				}
				waiting.Go(func() { m.tryNetwork(t, f, c) })
			}
			waiting.Wait()
		})
	}
}

// tryNetwork runs one command under one fault, and another without it.
func (m *matrix) tryNetwork(t *testing.T, f networkFault, command command) {
	t.Helper()
	if command.waits {
		return
	}
	c, input := m.newCell(t, f.name, command)
	c.want = command.good
	if code, special := f.others[command.name]; special {
		c.want = code
	} else if command.use.asks || command.use.calls {
		c.want = f.code
	}
	if f.env != nil && command.brings {
		c.want = 2 // what comes is of another Zoom than the one that is set here
	}
	setFault := func(on bool) {
		if f.zoom == "" {
			return
		}
		if err := c.line.zoom.SetFault(f.zoom, on); err != nil {
			t.Fatal(err)
		}
	}
	setFault(true)
	c.line.breaks(f.breaks)
	if f.env != nil {
		c.env = f.env(t)
	}
	r := c.runs(c.program(command.args...), input, command.args)
	c.judge(r)
	c.env = nil
	c.line.breaks(nil)
	setFault(false)
	if !command.ends && !(command.brings && r.code != 0) {
		c.starts(f.ends && command.use.asks)
	}
}

// starts starts the program again when the fault is gone: it works, unless the fault
// has taken the sign-in at Zoom; then it says so.
func (c *cell) starts(ended bool) {
	c.t.Helper()
	want := 0
	if ended || c.command.name == "export" {
		want = 3
	}
	next := c.run("token", "--force")
	if next.code != want || next.code != 0 && !sentence(next.talk) {
		c.m.count(&c.m.lost)
		c.t.Errorf("%s, %s: the next start ends with %d\n%s", c.fault, c.command.name, next.code, next.talk)
	}
	if !ended {
		c.keeps(c.tokenFile(), false)
	}
}
