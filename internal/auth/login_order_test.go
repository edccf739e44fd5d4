package auth

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zoomtui/internal/explain"
)

// exchanges is how many codes Zoom has been shown.
func (w *world) exchanges() int { return w.zoom.Counts()["token.authorization_code"] }

// lock holds the store's lock, as another process would, until unlock.
func (w *world) lock() (unlock func()) {
	w.t.Helper()
	held, err := w.opts.Store.Lock(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return func() {
		if err := held.Unlock(); err != nil {
			w.t.Error(err)
		}
	}
}

func TestHeldLockDoesNotBurnAPastedCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	before := w.signIn()
	w.opts.Store = w.store(withLockWait(30 * time.Millisecond))
	l := w.login()
	answer := w.answer(l)
	asked := w.exchanges()
	unlock := w.lock()
	wantKind(t, l.Paste(answer), ErrLocked)
	if over, err := l.outcome(); over || w.exchanges() != asked {
		t.Fatalf("over %v (%v) after %d exchanges", over, err, w.exchanges()-asked)
	}
	unlock()
	if err := l.Paste(answer); err != nil {
		t.Fatalf("the same address again: %v", err)
	}
	r, err := l.Wait(soon(t))
	if err != nil || r.Token.AccessToken == before.AccessToken {
		t.Errorf("%v", err)
	}
}

func TestStoreThatBreaksDoesNotBurnTheBrowsersCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	var mu sync.Mutex
	var failed []LoginEvent
	l := w.login(func(o *LoginOptions) {
		o.Notify = func(e LoginEvent) {
			mu.Lock()
			defer mu.Unlock()
			if e.Kind == EventFailed {
				failed = append(failed, e)
			}
		}
	})
	answer := w.answer(l)
	target := strings.TrimPrefix(answer, "http://"+l.Addr())
	parked := w.dir + ".parked"
	if err := errors.Join(os.Rename(w.dir, parked), os.WriteFile(w.dir, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	status, page := knock(t, l.Addr(), get(target, l.Addr()))
	if status != http.StatusServiceUnavailable || !contains(page, "load this page once more") {
		t.Errorf("status %d: %s", status, page)
	}
	if over, err := l.outcome(); over || w.exchanges() != 0 {
		t.Fatalf("over %v (%v) after %d exchanges", over, err, w.exchanges())
	}
	if err := errors.Join(os.Remove(w.dir), os.Rename(parked, w.dir)); err != nil {
		t.Fatal(err)
	}
	if status, page := knock(t, l.Addr(), get(target, l.Addr())); status != http.StatusOK || !contains(page, "Signed in") {
		t.Errorf("the reload: status %d: %s", status, page)
	}
	if _, err := l.Wait(soon(t)); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if len(failed) != 1 || !failed[0].Open || explain.Of(failed[0].Err).Class() != explain.Store {
		t.Errorf("the screen was told %+v", failed)
	}
}

// TestZoomThatIsNotReachedDoesNotBurnTheBrowsersCode: no connection was made, so
// the code is as good as before.
func TestZoomThatIsNotReachedDoesNotBurnTheBrowsersCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	var offline atomic.Bool
	real := w.opts.HTTP.Transport
	w.opts.HTTP = client(roundTrip(func(r *http.Request) (*http.Response, error) {
		if offline.Load() {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("network is unreachable")}
		}
		return real.RoundTrip(r)
	}))
	l := w.login()
	answer := w.answer(l)
	offline.Store(true)
	status, page := knock(t, l.Addr(), get(strings.TrimPrefix(answer, "http://"+l.Addr()), l.Addr()))
	if status != http.StatusServiceUnavailable || !contains(page, "load this page once more") {
		t.Errorf("status %d: %s", status, page)
	}
	wantKind(t, l.Paste(answer), ErrNetwork)
	offline.Store(false)
	visit(t, answer)
	if r, err := l.Wait(soon(t)); err != nil || r.Way != WayCallback {
		t.Errorf("way %q, %v", r.Way, err)
	}
}

func TestCloseGivesUpTheWaitForTheLock(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	answer := w.answer(l)
	unlock := w.lock()
	defer unlock()
	pasted := make(chan error, 1)
	go func() { pasted <- l.Paste(answer) }()
	eventually(t, "the paste is under way", func() bool {
		free := l.exchanging.TryLock()
		if free {
			l.exchanging.Unlock()
		}
		return !free
	})
	begun := time.Now()
	l.Close()
	if err := <-pasted; err == nil || time.Since(begun) > lockWait/2 {
		t.Errorf("%v after %s", err, time.Since(begun))
	}
	if _, err := l.Wait(t.Context()); !errors.Is(err, ErrClosed) || w.exchanges() != 0 {
		t.Errorf("%v after %d exchanges", err, w.exchanges())
	}
}

func TestUnusableLockIsFoundBeforeTheLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	if err := errors.Join(os.Remove(w.opts.Store.lockPath()), os.Mkdir(w.opts.Store.lockPath(), 0o700)); err != nil {
		t.Fatal(err)
	}
	l, err := StartLogin(t.Context(), LoginOptions{Options: w.opts})
	if err == nil {
		l.Close()
		t.Fatal("a person is sent to the browser")
	}
	wantKind(t, err, ErrStore)
}

func TestBusyLockDoesNotKeepTheLinkBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.opts.Store = w.store(withLockWait(30 * time.Millisecond))
	unlock := w.lock()
	defer unlock()
	w.login()
}

// underWay begins a paste whose exchange is held back until open is called.
func underWay(t *testing.T, w *world) (l *Login, open func(), pasted chan error) {
	t.Helper()
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	l = w.login(func(o *LoginOptions) { o.PageWait = 30 * time.Millisecond })
	answer := w.answer(l)
	pasted = make(chan error, 1)
	go func() { pasted <- l.Paste(answer) }()
	<-gate.arrived
	return l, func() { close(gate.open) }, pasted
}

func TestDeclineDuringAnExchangeThatSucceeds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l, open, pasted := underWay(t, w)
	visit(t, l.RedirectURI()+"?error=access_denied&state="+l.State().Reveal()) // from a second tab
	open()
	if err := <-pasted; err != nil {
		t.Error(err)
	}
	r, err := l.Wait(soon(t))
	if err != nil {
		t.Fatalf("tokens were stored, and the result is %v", err)
	}
	if stored, err := w.opts.Store.Load(); err != nil || stored.AccessToken != r.Token.AccessToken {
		t.Errorf("not stored: %v", err)
	}
}

func TestSecretIsAskedOnceForASignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	asked := w.countSecrets(nil)
	w.signIn()
	if n := asked(); n != 1 {
		t.Errorf("the command for the secret ran %d times", n)
	}
}

// countSecrets counts how often the secret is asked for; look (unless nil) is
// called each time and may fail it.
func (w *world) countSecrets(look func(context.Context) error) (asked func() int) {
	var mu sync.Mutex
	count := 0
	secret := w.opts.App.Secret
	w.opts.App.Secret = func(ctx context.Context) (Secret, error) {
		mu.Lock()
		count++
		mu.Unlock()
		if look != nil {
			if err := look(ctx); err != nil {
				return "", err
			}
		}
		return secret(ctx)
	}
	return func() int {
		mu.Lock()
		defer mu.Unlock()
		return count
	}
}

func TestStrangersAreNotScannersOfPaths(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	var mu sync.Mutex
	var words []string
	l := w.login(func(o *LoginOptions) {
		o.Notify = func(e LoginEvent) {
			mu.Lock()
			defer mu.Unlock()
			if e.Kind == EventStranger {
				words = append(words, e.Reason)
			}
		}
	})
	addr, state := l.Addr(), l.State().Reveal()
	for _, request := range []string{
		get("/favicon.ico", addr), get("/", addr), get("/.env", addr), get("/callback/x?state=other&code=abcdefgh", addr),
		strings.Replace(get("/admin", addr), "GET", "POST", 1), "OPTIONS * HTTP/1.1\r\nHost: " + addr + "\r\n\r\n",
		get("/x?"+strings.Repeat("a", maxQuery+1), addr),
	} {
		knock(t, addr, request)
	}
	knock(t, addr, get("/callback?state=other&code=abcdefgh", addr))
	knock(t, addr, get("/elsewhere?code=abcdefgh&state="+state, addr)) // our answer, led astray by a bounce page
	told := func() int {                                               // after the page is sent
		mu.Lock()
		defer mu.Unlock()
		return len(words)
	}
	eventually(t, "the screen is told", func() bool { return told() >= 2 })
	mu.Lock()
	defer mu.Unlock()
	slices.Sort(words)
	if got := strings.Join(words, ", "); got != "other state, path" {
		t.Errorf("the screen was told of %q", got)
	}
}

func TestAnswerAfterTheEndGetsAPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	answer := w.answer(l)
	l.Close()
	rec := httptest.NewRecorder()
	l.callback.handle(rec, httptest.NewRequest(http.MethodGet, answer, nil))
	if rec.Code != http.StatusServiceUnavailable || !contains(rec.Body.String(), "Begin a new one") {
		t.Errorf("status %d: %q", rec.Code, rec.Body.String())
	}
}
