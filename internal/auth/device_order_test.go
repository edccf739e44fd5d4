package auth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
)

func TestDeviceGivesWayToTheOthers(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, w *world, l *Login){
		"the browser": func(t *testing.T, w *world, l *Login) { visit(t, w.answer(l)) },
		"a paste": func(t *testing.T, w *world, l *Login) {
			if err := l.Paste(w.answer(l)); err != nil {
				t.Error(err)
			}
		},
		"closed": func(_ *testing.T, _ *world, l *Login) { l.Close() },
		"another short code": func(t *testing.T, _ *world, l *Login) {
			if _, err := l.Device(t.Context()); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			l, d, m := w.device()
			m.wait(t)
			end(t, w, l)
			err := d.Wait(soon(t))
			wantKind(t, err, ErrClosed)
			if explain.Of(err).Class() != explain.Cancelled || w.polls() != 0 {
				t.Errorf("%v after %d polls", err, w.polls())
			}
		})
	}
}

func TestSecondShortCodeIsPolledAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	l, first, m := w.device()
	m.wait(t)
	second, err := l.Device(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if first.Code().UserCode == second.Code().UserCode {
		t.Error("the same code again")
	}
	if err := (sandbox.Browser{}).Allow(t.Context(), second.Code().CompleteURI); err != nil {
		t.Fatal(err)
	}
	m.wait(t)
	m.tick(t)
	if err := second.Wait(soon(t)); err != nil || w.polls() != 1 {
		t.Errorf("%v after %d polls", err, w.polls())
	}
	if _, err := l.Device(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("a short code after the end: %v", err)
	}
}

// held is a sign-in whose poll is on its way to Zoom, which has the person's
// consent, and is held back until open is called.
func held(t *testing.T, w *world) (l *Login, d *Device, open func()) {
	t.Helper()
	real, gate := w.opts.HTTP.Transport, newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/devicecode") {
			return real.RoundTrip(r)
		}
		return gate.RoundTrip(r)
	}))
	l, d, m := w.device()
	if err := (sandbox.Browser{}).Allow(t.Context(), d.Code().CompleteURI); err != nil {
		t.Fatal(err)
	}
	m.wait(t)
	m.tick(t)
	<-gate.arrived
	return l, d, func() { close(gate.open) }
}

func TestPollUnderWayIsNotLost(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(l *Login){
		"closed":           func(l *Login) { l.Close() },
		"another code":     func(l *Login) { _, _ = l.Device(context.Background()) },
		"a browser's code": func(l *Login) { _ = l.Paste(pasteCode) },
		"the link ran out": func(l *Login) { l.expire() },
		"declined":         func(l *Login) { _, _ = l.take(WayCallback, authAnswer{errorCode: "access_denied"}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			l, d, open := held(t, w)
			left := make(chan struct{})
			go func() {
				defer close(left)
				leave(l)
			}()
			open()
			if err := d.Wait(soon(t)); err != nil {
				t.Errorf("the tokens are lost: %v", err)
			}
			<-left
			r, err := l.Wait(soon(t))
			if err != nil || r.Way != WayDevice {
				t.Fatalf("way %q, %v", r.Way, err)
			}
			if stored, err := w.opts.Store.Load(); err != nil || stored.AccessToken != r.Token.AccessToken {
				t.Errorf("not stored: %v", err)
			}
			if w.exchanges() != 0 {
				t.Error("a code was traded as well, which ends the first sign-in")
			}
		})
	}
}

// TestCloseWhileAShortCodeIsAskedFor: neither waits for Zoom.
func TestCloseWhileAShortCodeIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	arrived := make(chan struct{})
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		close(arrived)
		<-r.Context().Done()
		return nil, r.Context().Err()
	}))
	l := w.login()
	asked := make(chan error, 1)
	go func() {
		_, err := l.Device(context.Background())
		asked <- err
	}()
	<-arrived
	l.Close()
	l.Close()
	select {
	case err := <-asked:
		if err == nil {
			t.Error("a short code after the end")
		}
	case <-soon(t).Done():
		t.Fatal("the question goes on")
	}
}

func TestPollIsLeftOutDuringAnExchange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	real, gate := w.opts.HTTP.Transport, newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/devicecode") {
			return real.RoundTrip(r)
		}
		return gate.RoundTrip(r)
	}))
	l, d, m := w.device()
	m.wait(t)
	answer := w.answer(l)
	pasted := make(chan error, 1)
	go func() { pasted <- l.Paste(answer) }()
	<-gate.arrived
	for range 3 {
		m.tick(t)
		m.wait(t)
	}
	if w.polls() != 0 {
		t.Errorf("%d polls beside an exchange", w.polls())
	}
	close(gate.open)
	if err := <-pasted; err != nil {
		t.Error(err)
	}
	wantKind(t, d.Wait(soon(t)), ErrClosed)
}

func TestPollWaitsForAStoreThatCanKeepItsAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	told := make(chan LoginEvent, 10)
	_, d, m := w.device(func(o *LoginOptions) { o.Notify = func(e LoginEvent) { told <- e } })
	unlock := w.lock()
	if err := (sandbox.Browser{}).Allow(t.Context(), d.Code().CompleteURI); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		m.wait(t)
		m.tick(t)
	}
	m.wait(t)
	if w.polls() != 0 {
		t.Errorf("Zoom was asked %d times for tokens that could not be kept", w.polls())
	}
	unlock()
	m.tick(t)
	if err := d.Wait(soon(t)); err != nil {
		t.Fatal(err)
	}
	var kinds []LoginEventKind
	for len(told) > 0 {
		e := <-told
		kinds = append(kinds, e.Kind)
		if e.Way != WayDevice || e.Kind == EventFailed && (!e.Open || kindOf(e.Err) != ErrLocked) {
			t.Errorf("told %+v", e)
		}
	}
	if !slices.Equal(kinds, []LoginEventKind{EventFailed, EventSaved}) {
		t.Errorf("told %v", kinds)
	}
}
