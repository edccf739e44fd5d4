package auth

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTokenIsGivenWithoutAskingZoom(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	got, err := w.source().Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.AccessToken != signed.AccessToken || w.refreshes() != 0 {
		t.Errorf("a good token was refreshed %d times", w.refreshes())
	}
}

func TestTokenRotates(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Public, Confidential} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, kind)
			before := w.signIn()
			source := w.source()
			for generation := 2; generation <= 4; generation++ {
				w.clock.forward(time.Hour)
				got, err := source.Token(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				stored, err := w.opts.Store.Load()
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(stored, got); diff != "" {
					t.Fatalf("what is given out is not what is stored:\n%s", diff)
				}
				previous, err := w.opts.Store.Previous()
				if err != nil || previous.RefreshToken != before.RefreshToken {
					t.Fatalf("the previous generation is not kept: %v", err)
				}
				if got.Generation != generation || got.RefreshToken == before.RefreshToken {
					t.Fatalf("generation %d with refresh token changed: %v", got.Generation, got.RefreshToken != before.RefreshToken)
				}
				if !got.SignedInAt.Equal(before.SignedInAt) || got.Scope != before.Scope {
					t.Fatal("a refresh changed when and what for the person signed in")
				}
				before = got
			}
			if w.refreshes() != 3 {
				t.Errorf("%d refreshes for 3 hours", w.refreshes())
			}
			if _, there := w.opts.Store.Mark(); there {
				t.Error("the mark of a refresh is left over")
			}
		})
	}
}

func TestManyCallersRefreshOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	const sources, each = 4, 20
	got := make(chan string, sources*each)
	var callers sync.WaitGroup
	for range sources {
		source := w.source()
		for range each {
			callers.Go(func() {
				token, err := source.Token(t.Context())
				if err != nil {
					t.Error(err)
				}
				got <- token.AccessToken.Reveal()
			})
		}
	}
	callers.Wait()
	close(got)
	first := <-got
	for other := range got {
		if other != first {
			t.Fatal("two callers got different tokens")
		}
	}
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes, want 1", w.refreshes())
	}
}

func TestForceTakesWhatAnotherRefreshed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	before := w.signIn()
	var callers sync.WaitGroup
	held, err := w.opts.Store.Lock(t.Context()) // so that all of them wait
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		source := w.source()
		callers.Go(func() {
			got, err := source.TokenWith(t.Context(), TokenRequest{Force: true})
			if err != nil || got.AccessToken == before.AccessToken {
				t.Errorf("forced refresh gave the old token (%v)", err)
			}
		})
		eventually(t, "the source waits", func() bool {
			source.mu.Lock()
			defer source.mu.Unlock()
			return source.flight != nil
		})
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	callers.Wait()
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes, want 1", w.refreshes())
	}
	if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil || w.refreshes() != 2 {
		t.Errorf("a later force did not refresh: %d refreshes (%v)", w.refreshes(), err)
	}
}

func TestMinTTL(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		age       time.Duration
		req       TokenRequest
		refreshes int
		kind      ErrorKind
	}{
		{"fresh", 0, TokenRequest{}, 0, ""},
		{"two minutes left", 57 * time.Minute, TokenRequest{}, 0, ""},
		{"less than a minute left", 59*time.Minute + 30*time.Second, TokenRequest{}, 1, ""},
		{"more asked than left", 30 * time.Minute, TokenRequest{MinTTL: 45 * time.Minute}, 1, ""},
		{"less asked than left", 10 * time.Minute, TokenRequest{MinTTL: 45 * time.Minute}, 0, ""},
		{"the most that can be asked", time.Minute, TokenRequest{MinTTL: 59 * time.Minute}, 1, ""},
		{"more than a fresh one has", 0, TokenRequest{MinTTL: time.Hour}, 0, ErrUsage},
		{"negative", 0, TokenRequest{MinTTL: -1}, 0, ErrUsage},
		{"no refresh, lives", 59 * time.Minute, TokenRequest{NoRefresh: true}, 0, ""},
		{"no refresh, over", 61 * time.Minute, TokenRequest{NoRefresh: true}, 0, ErrStale},
		{"no refresh, lives too short", 30 * time.Minute, TokenRequest{NoRefresh: true, MinTTL: 40 * time.Minute}, 0, ErrStale},
		{"force and no refresh", 0, TokenRequest{NoRefresh: true, Force: true}, 0, ErrUsage},
		{"force", 0, TokenRequest{Force: true}, 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			w.signIn()
			w.clock.forward(test.age)
			source := w.source()
			got, err := source.TokenWith(t.Context(), test.req)
			if kindOf(err) != test.kind || w.refreshes() != test.refreshes {
				t.Fatalf("kind %q after %d refreshes (%v), want %q after %d", kindOf(err), w.refreshes(), err, test.kind, test.refreshes)
			}
			if err == nil && got.Left(source.Now()) < test.req.MinTTL {
				t.Errorf("token lives %s, asked for %s", got.Left(source.Now()), test.req.MinTTL)
			}
		})
	}
}

func TestBackgroundRefresh(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		random float64
		margin time.Duration
	}{{"no jitter", 0, 5 * time.Minute}, {"half", 0.5, 5*time.Minute + 30*time.Second}} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			signed := w.signIn()
			source := w.source(func(o *SourceOptions) { o.Rand = func() float64 { return test.random } })
			if got := signed.ExpiresAt.Sub(source.RefreshAt(signed)); got != test.margin {
				t.Fatalf("refreshes %s before the end, want %s", got, test.margin)
			}
			w.clock.forward(59*time.Minute + 50*time.Second - test.margin)
			if _, err := source.Renew(t.Context()); err != nil || w.refreshes() != 0 {
				t.Fatalf("refreshed too early: %d (%v)", w.refreshes(), err)
			}
			w.clock.forward(15 * time.Second)
			if _, err := source.Renew(t.Context()); err != nil || w.refreshes() != 1 {
				t.Fatalf("not refreshed in time: %d (%v)", w.refreshes(), err)
			}
		})
	}
}
