package lan

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"zoomtui/internal/bounce"
	"zoomtui/internal/explain"
)

// random is the random part of every state here.
const random = "Zk3vQ8mN2xL0pR7tY5wB1c"

// goodCode is the code that the sign-in takes.
const goodCode = "good-code-of-zoom"

// refusal is an error of the sign-in that explains itself.
type refusal string

func (r refusal) Error() string { return string(r) }

func (r refusal) Facts() explain.Facts {
	return explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage, Op: "read paste", Cause: string(r)}
}

// fakeSignIn is a sign-in that takes one code.
type fakeSignIn struct {
	https bool // the redirect URI is a bounce page's
	over  chan struct{}

	mu    sync.Mutex
	asked int   // how often something was pasted
	fatal error // ends the sign-in instead of completing it
}

func newSignIn() *fakeSignIn { return &fakeSignIn{over: make(chan struct{})} }

func (s *fakeSignIn) URL(to netip.AddrPort) string {
	state := random
	if s.https {
		state = bounce.Extend(random, to)
	}
	return "https://zoom.example/oauth/authorize?response_type=code&client_id=app&code_challenge=secret-challenge&state=" + url.QueryEscape(state)
}

func (s *fakeSignIn) Whole(text string) bool {
	_, query, _ := strings.Cut(text, "?")
	values, err := url.ParseQuery(query)
	return err == nil && values.Get("code") != "" && len(values["code"]) == 1
}

func (s *fakeSignIn) Paste(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.fatal != nil {
		s.end()
		return s.fatal
	}
	if !strings.Contains(text, "code="+goodCode) {
		return refusal("there is no code in this address")
	}
	s.end()
	return nil
}

func (s *fakeSignIn) Done() <-chan struct{} { return s.over }

// end is a sign-in that is over by another way.
func (s *fakeSignIn) end() {
	select {
	case <-s.over:
	default:
		close(s.over)
	}
}

func (s *fakeSignIn) pastes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// open serves a page on loopback addresses as if they were private ones.
func open(t *testing.T, signIn SignIn, change ...func(*Options)) *Page {
	t.Helper()
	loopback := netip.MustParseAddr("127.0.0.1")
	o := Options{Addresses: []netip.Addr{loopback}, Profile: "work", SignIn: signIn}
	for _, c := range change {
		c(&o)
	}
	s := surroundings{lastLook: time.Hour} // longer than any test
	for _, addr := range o.Addresses {
		s.machine = append(s.machine, Address{Addr: addr, Interface: "lo"})
	}
	ctx, cancel := context.WithCancel(context.Background())
	p, err := serve(ctx, o, s)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		<-p.Done()
	})
	return p
}

func returning(o *Options) { o.Returns = true }

// answer is what the phone is shown.
type answer struct {
	status int
	header http.Header
	body   string
}

// client is a phone's browser that follows nothing and keeps no connection.
func client() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       20 * time.Second,
	}
}

func do(t *testing.T, r *http.Request) answer {
	t.Helper()
	resp, err := client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

func get(t *testing.T, address string) answer {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, r)
}

// send pastes a text into the form of a page.
func send(t *testing.T, p *Page, text string) answer {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, p.URL(), strings.NewReader(url.Values{fieldName: {text}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", formType)
	r.Header.Set("Origin", "http://"+p.Addr().String())
	return do(t, r)
}

func (a answer) wants(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("status %d, want %d", a.status, status)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("no %q in %s", text, a.body)
		}
	}
}

func (a answer) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("%q in %s", text, a.body)
		}
	}
}

// gone waits until a page is gone and its ports are given back.
func gone(t *testing.T, p *Page) {
	t.Helper()
	select {
	case <-p.Done():
	case <-time.After(20 * time.Second):
		t.Fatal("the page is still open")
	}
	for _, ln := range p.listeners {
		if _, err := ln.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("still listens: %v", err)
		}
	}
}
