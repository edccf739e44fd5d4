package auth

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

// lockIsFree fails when the store is locked while a secret is fetched.
func (w *world) lockIsFree(ctx context.Context) error {
	held, err := w.store(withLockWait(50 * time.Millisecond)).Lock(ctx)
	if err != nil {
		return fmt.Errorf("while the secret is fetched: %w", err)
	}
	return held.Unlock()
}

func TestSecretIsFetchedWithoutTheLock(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Confidential, S2S} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, kind)
			if kind != S2S {
				w.signIn()
			}
			asked := w.countSecrets(w.lockIsFree)
			if _, err := w.source().TokenWith(t.Context(), TokenRequest{Force: true}); err != nil {
				t.Error(err)
			}
			if n := asked(); n != 1 {
				t.Errorf("asked %d times", n)
			}
			w.clock.forward(2 * time.Hour)
			r, err := Logout(t.Context(), w.opts)
			if err != nil || r.RevokeErr != nil || !r.Revoked {
				t.Errorf("logout: %+v, %v", r, err)
			}
			if n := asked(); n != 2 {
				t.Errorf("asked %d times, with the logout", n)
			}
		})
	}
}

func TestLeavingEndsTheCommandForTheSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.signIn()
	begun := make(chan struct{})
	w.countSecrets(func(ctx context.Context) error { // a pinentry that nobody answers
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	})
	source := w.source()
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := source.TokenWith(ctx, TokenRequest{Force: true})
		left <- err
	}()
	<-begun
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller got %v", err)
	}
	if err := source.Close(); err != nil || w.refreshes() != 0 {
		t.Errorf("%v after %d refreshes", err, w.refreshes())
	}
	if _, there := w.opts.Store.Mark(); there {
		t.Error("a mark of a refresh that was never begun")
	}
}

func TestDeadSignInRunsNoCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Confidential)
	w.signIn()
	w.fault("revoke-grant", true)
	w.clock.forward(time.Hour)
	asked := w.countSecrets(nil)
	source := w.source()
	for range 3 { // a dashboard that ticks on
		if _, err := source.Token(t.Context()); !errors.Is(err, ErrGrantEnded) {
			t.Fatal(err)
		}
	}
	if n := asked(); n != 1 {
		t.Errorf("a person was asked for the secret %d times", n)
	}
}
