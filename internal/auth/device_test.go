package auth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
)

// metronome stands in for the waits between polls: each is told to the test, and
// over when the test says so; both clocks have moved on by then.
type metronome struct {
	clock *hands
	waits chan time.Duration
	ticks chan struct{}
}

func (w *world) metronome() *metronome {
	return &metronome{clock: w.clock, waits: make(chan time.Duration), ticks: make(chan struct{})}
}

func (m *metronome) pause(ctx context.Context, d time.Duration) {
	select {
	case m.waits <- d:
	case <-ctx.Done():
		return
	}
	select {
	case <-m.ticks:
		m.clock.forward(d)
	case <-ctx.Done():
	}
}

// wait gives how long the next wait is to take.
func (m *metronome) wait(t *testing.T) time.Duration {
	t.Helper()
	select {
	case d := <-m.waits:
		return d
	case <-soon(t).Done():
		t.Fatal("nobody waits")
		return 0
	}
}

// tick ends a wait, so that a poll follows.
func (m *metronome) tick(t *testing.T) {
	t.Helper()
	select {
	case m.ticks <- struct{}{}:
	case <-soon(t).Done():
		t.Fatal("nobody waits any more")
	}
}

// device is a sign-in with a short code, and the beat of its polls.
func (w *world) device(change ...func(*LoginOptions)) (*Login, *Device, *metronome) {
	w.t.Helper()
	m := w.metronome()
	l := w.login(append(change, func(o *LoginOptions) { o.pause = m.pause })...)
	d, err := l.Device(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return l, d, m
}

func (w *world) polls() int { return w.zoom.Counts()["token.device_code"] }

func TestDeviceSignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	l, d, m := w.device()
	code := d.Code()
	if len(code.UserCode) != 8 || code.URI != w.zoom.URL()+"/oauth_device" || code.CompleteURI != w.zoom.URL()+"/oauth/device/complete/"+code.UserCode {
		t.Errorf("code %+v", code)
	}
	if !code.Expires.Equal(l.Expires()) {
		t.Errorf("good until %s, and the sign-in until %s", code.Expires, l.Expires())
	}
	if wait := m.wait(t); wait != 5*time.Second || w.polls() != 0 {
		t.Errorf("the first poll comes after %s, %d before it", wait, w.polls())
	}
	m.tick(t)
	m.wait(t) // pending
	if err := (sandbox.Browser{}).Allow(t.Context(), code.CompleteURI); err != nil {
		t.Fatal(err)
	}
	m.tick(t)
	if err := d.Wait(soon(t)); err != nil {
		t.Fatal(err)
	}
	r, err := l.Wait(soon(t))
	if err != nil || r.Way != WayDevice {
		t.Fatalf("way %s, %v", r.Way, err)
	}
	stored, err := w.opts.Store.Load()
	if diff := cmp.Diff(r.Token, stored); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if w.polls() != 2 {
		t.Errorf("%d polls", w.polls())
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
		t.Errorf("the sign-in cannot be refreshed: %v", err)
	}
	if err := l.Paste(pasteCode); err != nil {
		t.Errorf("a paste after the end: %v", err)
	}
}

func TestDeviceIntervalAndSlowDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	answers := make(chan string, 10)
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/devicecode") {
			return reply(200, `{"device_code":"d","user_code":"abcd-1234","verification_uri":"https://zoom.us/oauth_device","expires_in":"900"}`), nil
		}
		switch answer := <-answers; answer {
		case "no network":
			return nil, errors.New("connection reset")
		case "429":
			return reply(429, `{"error":"rate"}`, "Retry-After: 47"), nil
		case "500":
			return reply(500, `<html>`, "Content-Type: text/html"), nil
		default:
			return reply(400, `{"error":"`+answer+`","reason":"r"}`), nil
		}
	}))
	_, d, m := w.device(func(o *LoginOptions) { o.Life = time.Hour })
	var waits []time.Duration
	for _, answer := range []string{
		"authorization_pending", "slow_down", "authorization_pending", "slow_down", "no network", "500", "no network", "authorization_pending", "429", "access_denied",
	} {
		waits = append(waits, m.wait(t).Round(time.Second)/time.Second)
		answers <- answer
		m.tick(t)
	}
	if diff := cmp.Diff([]time.Duration{5, 5, 10, 10, 15, 30, 60, 60, 15, 47}, waits); diff != "" {
		t.Error(diff)
	}
	wantKind(t, d.Wait(soon(t)), ErrDeclined)
}

func TestDeviceEndsWithItsOwnWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(t *testing.T, w *world, d *Device)
		kind ErrorKind
		what string
	}{
		{"declined", func(t *testing.T, _ *world, d *Device) {
			if err := (sandbox.Browser{}).Decline(t.Context(), d.Code().CompleteURI); err != nil {
				t.Error(err)
			}
		}, ErrDeclined, "The sign-in was declined on the other device."},
		{"expired at Zoom, whose clock is ahead", func(_ *testing.T, w *world, d *Device) {
			w.clock.forward(16 * time.Minute)
			d.code.Expires = w.clock.now().Add(time.Minute)
		}, ErrDeviceExpired, "The short code has run out."},
		{"expired here", func(_ *testing.T, w *world, _ *Device) { w.clock.forward(16 * time.Minute) }, ErrDeviceExpired, "The short code has run out."},
		{"forgotten at Zoom", func(_ *testing.T, w *world, d *Device) { d.secret = "another" }, ErrDeviceExpired, "The short code has run out or was used already."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			l, d, m := w.device()
			m.wait(t)
			test.do(t, w, d)
			m.tick(t)
			err := d.Wait(soon(t))
			wantKind(t, err, test.kind)
			problem := explain.Of(err)
			if problem.What != test.what || problem.Class() != explain.SignIn {
				t.Errorf("class %v: %q %q", problem.Class(), problem.What, problem.Why)
			}
			if over, _ := l.outcome(); over {
				t.Fatal("the other ways have ended")
			}
			if err := l.Paste(w.answer(l)); err != nil {
				t.Errorf("the other ways: %v", err)
			}
		})
	}
}

func TestDeviceThatIsNotAllowed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		spoil func(w *world)
		what  string
		class explain.Class
	}{
		{"not switched on", func(w *world) {
			app, _ := w.zoom.App("confidential")
			app.Device = false
			w.zoom.AddApp(app)
		}, "This app may not sign in with a short code.", explain.Usage},
		{"public", func(w *world) { w.opts.App = w.app(Public) }, "Short codes are for apps with a client secret.", explain.Usage},
		{"wrong secret", func(w *world) {
			w.opts.App.Secret = func(context.Context) (Secret, error) { return "wrong", nil }
		}, "Zoom gives no short code to this app", explain.Usage},
		{"a page", func(w *world) { w.opts.HTTP = client(always(404, "<html>Not found", "Content-Type: text/html")) }, "This app may not sign in with a short code.", explain.Usage},
		{"words of a gateway", func(w *world) { w.opts.HTTP = client(always(403, `{"code":200,"message":"no permission"}`)) }, "This app may not sign in with a short code.", explain.Usage},
		{"trouble at Zoom", func(w *world) { w.opts.HTTP = client(always(500, `{}`)) }, "Zoom has trouble of its own.", explain.Network},
		{"no code in it", func(w *world) { w.opts.HTTP = client(always(200, `{"device_code":"x"}`)) }, "The call to 127.0.0.1", explain.Network},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			test.spoil(w)
			l := w.login()
			_, err := l.Device(t.Context())
			problem := explain.Of(err)
			if problem.Class() != test.class || !strings.HasPrefix(problem.What, test.what) {
				t.Errorf("class %v: %q (%v)", problem.Class(), problem.What, err)
			}
			if test.class == explain.Usage {
				said := problem.Why
				for _, step := range problem.Next {
					said += step.Text
				}
				if !contains(said, "Use App on Device") && !contains(said, "confidential app") && !contains(said, "The link") {
					t.Errorf("no way out: %q", said)
				}
			}
			if over, _ := l.outcome(); over {
				t.Error("the other ways have ended")
			}
		})
	}
}

// always answers every request alike.
func always(status int, body string, header ...string) http.RoundTripper {
	return roundTrip(func(*http.Request) (*http.Response, error) { return reply(status, body, header...), nil })
}

func TestDeviceRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	var form url.Values
	var path, basic string
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		form, path, basic = r.PostForm, r.URL.Path, r.Header.Get("Authorization")
		return reply(400, `{}`), nil
	}))
	l := w.login(func(o *LoginOptions) { o.Scope = "user:read:user" })
	if _, err := l.Device(t.Context()); err == nil {
		t.Error("no error")
	}
	want := url.Values{"client_id": {w.opts.App.ClientID}, "scope": {"user:read:user"}}
	if diff := cmp.Diff(want, form); diff != "" || path != "/oauth/devicecode" || basic == "" {
		t.Errorf("%s, Authorization %v\n%s", path, basic != "", diff)
	}
}

// TestDeviceOfAPublicApp: Zoom would refuse it, so it is not asked.
func TestDeviceOfAPublicApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	if _, err := w.login().Device(t.Context()); !errors.Is(err, ErrUsage) {
		t.Errorf("got %v", err)
	}
	if n := w.zoom.Counts()["devicecode"]; n != 0 {
		t.Errorf("Zoom was asked %d times", n)
	}
}
