package auth

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
)

// pending is where the tests' sign-ins leave their notes.
func (w *world) pending() string { return filepath.Join(filepath.Dir(w.dir), "state", "pending") }

// waits is a sign-in that leaves a note.
func (w *world) waits(change ...func(*LoginOptions)) *Login {
	w.t.Helper()
	return w.login(append(change, func(o *LoginOptions) { o.PendingDir = w.pending() })...)
}

func (w *world) finish(text string) (Finished, error) {
	w.t.Helper()
	return Finish(soon(w.t), FinishOptions{PendingDir: w.pending(), Clock: w.clock.now, OAuthBase: w.zoom.URL(), RedirectURI: w.opts.App.RedirectURI}, text)
}

// notes are the names of the files of waiting sign-ins.
func (w *world) notes() []string {
	w.t.Helper()
	entries, err := os.ReadDir(w.pending())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestFinish(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(address string) string{
		"address":       func(a string) string { return a },
		"wrapped":       func(a string) string { return " '" + a[:40] + "\r\n" + a[40:] + "'\n" },
		"query":         func(a string) string { return a[strings.Index(a, "?")+1:] },
		"without state": func(a string) string { return a[:strings.Index(a, "&state=")] },
		"code":          codeOf,
	} {
		for _, redirect := range []string{"http://127.0.0.1:8976/callback", "https://app.example.test/oauth/callback", "http://127.0.0.1:8976/zoom/back"} {
			t.Run(name+" "+redirect, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, Confidential)
				app, _ := w.zoom.App("confidential")
				app.RedirectURIs = append(app.RedirectURIs, redirect)
				w.zoom.AddApp(app)
				w.opts.App.RedirectURI = redirect
				l := w.waits()
				if len(w.notes()) != 1 {
					t.Fatalf("notes %v", w.notes())
				}
				got, err := w.finish(cut(w.answer(l)))
				if err != nil || got.Profile != "work" {
					t.Fatalf("%+v, %v", got, err)
				}
				if r, err := l.Wait(soon(t)); err != nil || r.Way != WayPaste {
					t.Errorf("way %q, %v", r.Way, err)
				}
				if len(w.notes()) != 0 {
					t.Errorf("notes remain: %v", w.notes())
				}
			})
		}
	}
}

// TestFinishOfAPhone: the bounce page shows the line for another terminal also to
// a phone, whose link leads to another listener than the note's.
func TestFinishOfAPhone(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"192.168.1.5:40000", "100.101.102.103:40000"} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Confidential)
			w.opts.App.RedirectURI = "https://app.example.test/oauth/callback"
			l := w.waits()
			address, err := sandbox.Browser{}.Answer(t.Context(), l.LinkTo(netip.MustParseAddrPort(to)), "allow")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.finish(address); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestFinishThatIsBrokenOffLeavesTheNote: who presses Ctrl-C and tries again
// finds the sign-in that waits.
func TestFinishThatIsBrokenOffLeavesTheNote(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.waits()
	answer := w.answer(l)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, text := range []string{codeOf(answer), answer} {
		if _, err := Finish(ctx, FinishOptions{PendingDir: w.pending()}, text); !errors.Is(err, context.Canceled) {
			t.Errorf("ended with %v", err)
		}
	}
	if _, err := w.finish(codeOf(answer)); err != nil {
		t.Errorf("the second try: %v", err)
	}
}

// codeOf cuts the bare code out of an address.
func codeOf(address string) string {
	_, rest, _ := strings.Cut(address, "code=")
	code, _, _ := strings.Cut(rest, "&")
	return code
}

func TestFinishChoosesByState(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	one, two := w.waits(), w.waits()
	answer := w.answer(two)
	_, err := w.finish(codeOf(answer))
	if e := wantKind(t, err, ErrPaste); !contains(e.Cause, "2 sign-ins wait") {
		t.Errorf("says %q", e.Cause)
	}
	if _, err := w.finish(answer); err != nil {
		t.Fatal(err)
	}
	if over, _ := one.outcome(); over {
		t.Error("the other sign-in has ended")
	}
	if over, _ := two.outcome(); !over {
		t.Error("the right sign-in waits on")
	}
	if _, err := w.finish(codeOf(w.answer(one))); err != nil {
		t.Errorf("a bare code for the one that is left: %v", err)
	}
}

func TestFinishSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		text func(t *testing.T, w *world, l *Login) string
		kind ErrorKind
		says string
	}{
		{"closed", func(_ *testing.T, w *world, l *Login) string {
			defer l.Close()
			return w.answer(l)
		}, ErrNoneWaiting, "no sign-in is waiting"},
		{"killed", func(t *testing.T, w *world, l *Login) string {
			l.callback.close() // the note stays
			return w.answer(l)
		}, ErrNoneWaiting, "no sign-in is waiting"},
		{"killed, bare code", func(t *testing.T, w *world, l *Login) string {
			l.callback.close()
			return codeOf(w.answer(l))
		}, ErrNoneWaiting, "no sign-in is waiting"},
		{"too old", func(_ *testing.T, w *world, l *Login) string {
			defer w.clock.forward(11 * time.Minute)
			return w.answer(l)
		}, ErrLinkExpired, "link ran out"},
		{"too old, bare code", func(_ *testing.T, w *world, l *Login) string {
			defer w.clock.forward(11 * time.Minute)
			return codeOf(w.answer(l))
		}, ErrLinkExpired, "link ran out"},
		{"other state", func(_ *testing.T, w *world, l *Login) string {
			return strings.Replace(w.answer(l), l.State().Reveal(), newState().Reveal(), 1)
		}, ErrPaste, "not of a sign-in that waits"},
		{"cut off", func(_ *testing.T, w *world, l *Login) string { a := w.answer(l); return a[:len(a)-3] }, ErrPaste, "cut off"},
		{"a token", func(*testing.T, *world, *Login) string { return "eyJhIjoxfQ.eyJiIjoyfQ.c" }, ErrPaste, "a token"},
		{"a code that Zoom refuses", func(_ *testing.T, _ *world, l *Login) string {
			return "code=bogus-code-of-some-length&state=" + l.State().Reveal()
		}, ErrCodeRefused, "Zoom did not accept the authorization code."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			l := w.waits()
			_, err := w.finish(test.text(t, w, l))
			if !errors.Is(err, test.kind) || !contains(err.Error(), test.says) {
				t.Errorf("%v, want kind %q and %q", err, test.kind, test.says)
			}
			if test.kind == ErrNoneWaiting || test.kind == ErrLinkExpired {
				if explain.Of(err).Class() != explain.SignIn || len(w.notes()) != 0 {
					t.Errorf("class %v, notes %v", explain.Of(err).Class(), w.notes())
				}
				return
			}
			if over, err := l.outcome(); over {
				t.Fatalf("the sign-in that waits has ended: %v", err)
			}
			if _, err := w.finish(w.answer(l)); err != nil {
				t.Errorf("it can no longer be finished: %v", err)
			}
		})
	}
}

// TestFinishTellsAsTheOtherTerminalDoes: a failure over there is explained here
// in the same words.
func TestFinishTellsAsTheOtherTerminalDoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.opts.HTTP = client(roundTrip(func(*http.Request) (*http.Response, error) {
		return reply(400, `{"error":"invalid_grant","reason":"The app is disabled by admin"}`, "X-Zm-Trackingid: WEB_77"), nil
	}))
	var there LoginEvent
	l := w.waits(func(o *LoginOptions) {
		o.Notify = func(e LoginEvent) { there = e }
	})
	_, err := w.finish("code=some-code-of-zoom&state=" + l.State().Reveal())
	here := explain.Of(err)
	want := explain.Of(there.Err)
	if here.What != want.What || here.Why != want.Why || len(here.Next) != len(want.Next) || here.Class() != want.Class() || !contains(here.Raw(nil), "WEB_77") {
		t.Errorf("here %q %q %v\nthere %q %q %v", here.What, here.Why, here.Raw(nil), want.What, want.Why, want.Raw(nil))
	}
}

func TestFinishWhileTheStoreIsBusy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.opts.Store = w.store(withLockWait(30 * time.Millisecond))
	l := w.waits()
	answer := w.answer(l)
	unlock := w.lock()
	_, err := w.finish(answer)
	if !errors.Is(err, ErrLocked) || explain.Of(err).Class() != explain.Store {
		t.Errorf("busy: %v", err)
	}
	unlock()
	if _, err := w.finish(answer); err != nil {
		t.Errorf("the same address again: %v", err)
	}
}

// TestFinishTrustsNobodyElse: answers of something that is not the sign-in.
func TestFinishTrustsNobodyElse(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"a page": "<html>", "other JSON": `{"ok":true}`, "a stranger's no": `{"signed_in":false,"error":{"what":"a","why":"b"}}`, "no JSON": "signed_in",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			l := w.waits()
			l.callback.close()
			other := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, body) }))
			ln, err := net.Listen("tcp", l.Addr())
			if err != nil {
				t.Skip("somebody was faster at the port")
			}
			_ = other.Listener.Close()
			other.Listener = ln
			other.Start()
			defer other.Close()
			_, err = w.finish(w.answer(l))
			wantKind(t, err, ErrNoneWaiting)
		})
	}
}

func TestFinishUsesNoProxyAndFollowsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.waits()
	o := FinishOptions{PendingDir: w.pending(), HTTP: client(&http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
		t.Error("the proxy is asked")
		return nil, io.EOF
	}})}
	if _, err := Finish(soon(t), o, w.answer(l)); err != nil {
		t.Fatal(err)
	}
}

func TestFinishEndsWithItsContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	gate := newGateTransport(w.opts.HTTP.Transport)
	w.opts.HTTP = client(gate)
	l := w.waits()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-gate.arrived
		cancel()
	}()
	_, err := Finish(ctx, FinishOptions{PendingDir: w.pending()}, w.answer(l))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	close(gate.open)
	if _, err := l.Wait(soon(t)); err != nil {
		t.Errorf("what Zoom was asked is lost: %v", err)
	}
}

func TestPageAsJSON(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	l := w.login()
	ask := func(target string) (int, callbackJSON, string) {
		t.Helper()
		status, answer := knock(t, l.Addr(), get(target, l.Addr(), "Accept: application/json"))
		head, body, _ := strings.Cut(strings.ReplaceAll(answer, "\r", ""), "\n\n")
		if !contains(head, "Content-Type: application/json") || !contains(head, "no-store") {
			t.Errorf("head %s", head)
		}
		var got callbackJSON
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Errorf("%v: %s", err, body)
		}
		return status, got, body
	}
	state := l.State().Reveal()
	if status, got, body := ask("/callback?code=abcdefgh&state=other"); status != 403 || got.SignedIn || got.Error == nil || contains(body, "work") {
		t.Errorf("a stranger gets %d %s", status, body)
	}
	if status, got, body := ask("/callback?error=access_denied&state=" + state); status != 400 || got.SignedIn || got.Error.Kind != ErrDeclined {
		t.Errorf("declined: %d %s", status, body)
	}
	if status, got, body := ask("/callback?code=bogus-code&state=" + state); status != 400 || got.SignedIn || got.Error.What == "" || got.Error.Why == "" || got.Profile != "work" {
		t.Errorf("refused: %d %s", status, body)
	}
	if over, _ := l.outcome(); over {
		t.Fatal("a wrong code from another terminal ended the sign-in")
	}
	if status, got, body := ask(strings.TrimPrefix(w.answer(l), "http://"+l.Addr())); status != 200 || !got.SignedIn || got.Profile != "work" || got.Error != nil {
		t.Errorf("signed in: %d %s", status, body)
	}
}
