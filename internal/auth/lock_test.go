package auth

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// TestWaitersTakeTheAnswerWithoutTheLock: of many that wait, not each has to take
// its turn; here the lock does not become free at all.
func TestWaitersTakeTheAnswerWithoutTheLock(t *testing.T) {
	t.Parallel()
	for name, req := range map[string]TokenRequest{"too old": {}, "forced": {Force: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, Public)
			old := w.signIn()
			w.clock.forward(2 * time.Hour)
			held, err := w.opts.Store.Lock(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = held.Unlock() }()
			const waiters = 10
			got := make(chan Token, waiters)
			var running sync.WaitGroup
			for range waiters {
				source := w.source()
				running.Go(func() {
					token, err := source.TokenWith(t.Context(), req)
					if err != nil {
						t.Error(err)
					}
					got <- token
				})
				eventually(t, "it waits", func() bool {
					source.mu.Lock()
					defer source.mu.Unlock()
					return source.flight != nil
				})
			}
			fresh := old
			fresh.AccessToken, fresh.RefreshToken, fresh.Generation = "access-2", "refresh-2", 2
			fresh.ObtainedAt, fresh.ExpiresAt = w.clock.now(), w.clock.now().Add(time.Hour)
			if err := held.Save(fresh); err != nil {
				t.Fatal(err)
			}
			running.Wait()
			close(got)
			for token := range got {
				if token.AccessToken != "access-2" {
					t.Errorf("got generation %d", token.Generation)
				}
			}
			if w.refreshes() != 0 {
				t.Errorf("%d refreshes", w.refreshes())
			}
		})
	}
}

// TestWaiterIsNotContentWithAnotherFile: the file changes, and it is not what the
// request wants.
func TestWaiterIsNotContentWithAnotherFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	old := w.signIn()
	w.clock.forward(2 * time.Hour)
	held, err := w.opts.Store.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	source := w.source()
	got := make(chan Token, 1)
	go func() {
		token, err := source.Token(t.Context())
		if err != nil {
			t.Error(err)
		}
		got <- token
	}()
	eventually(t, "it waits", func() bool {
		source.mu.Lock()
		defer source.mu.Unlock()
		return source.flight != nil
	})
	noted := old
	noted.Unknown = map[string]rawJSON{"note": rawJSON(`1`)}
	if err := held.Save(noted); err != nil { // as old as before
		t.Fatal(err)
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	if token := <-got; token.Generation != old.Generation+1 || w.refreshes() != 1 {
		t.Errorf("generation %d after %d refreshes", token.Generation, w.refreshes())
	}
}

func TestLockNamesItsHolder(t *testing.T) {
	t.Parallel()
	s := newTestStore(t, withLockWait(20*time.Millisecond))
	who := func() string {
		_, err := s.Lock(t.Context())
		return wantKind(t, err, ErrLocked).Cause
	}
	held, err := s.as("keepalive").Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if cause := who(); !contains(cause, fmt.Sprintf("zoomtui keepalive, pid %d has held the lock for more than 20ms, since ", os.Getpid())) {
		t.Error(cause)
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(s.lockPath()); err != nil || len(data) != 0 {
		t.Errorf("a free lock names %q as its holder (%v)", data, err)
	}
	held, err = s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Unlock() }()
	if err := os.WriteFile(s.lockPath(), []byte("\x1b[2Jnonsense"), fileMode); err != nil {
		t.Fatal(err)
	}
	if cause := who(); cause != "another program has held the lock for more than 20ms" {
		t.Error(cause)
	}
}

func TestWaitForTheLockCanBeLeft(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Unlock() }()
	ctx, leave := context.WithCancel(t.Context())
	asked := make(chan struct{}, 1)
	result := make(chan error, 1)
	save := testToken()
	if err := held.Save(save); err != nil {
		t.Fatal(err)
	}
	go func() {
		_, err := s.lockUnless(ctx, func() bool { asked <- struct{}{}; return false })
		result <- err
	}()
	<-asked
	leave()
	if err := <-result; err == nil || kindOf(err) == ErrLocked {
		t.Errorf("who left is told %v", err)
	}
}

func TestLockIsExclusive(t *testing.T) {
	t.Parallel()
	s := newTestStore(t)
	held, err := s.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	short, err := NewStore(s.dir, "work", withLockWait(20*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	_, err = short.Lock(t.Context())
	wantKind(t, err, ErrLocked)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Lock(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who left got %v", err)
	}
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	again, err := short.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Unlock(); err != nil {
		t.Fatal(err)
	}
}
