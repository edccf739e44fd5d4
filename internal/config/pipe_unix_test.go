//go:build unix

package config_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"zoomtui/internal/config"
)

func TestNamedPipeIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := config.Load(config.Options{Path: pipe, Getenv: env()}); err == nil || !strings.Contains(err.Error(), "regular") {
		t.Errorf("got %v, want a refusal at once", err)
	}
}

// secretPipe is a named pipe and a profile whose secret comes out of it, as from
// <(pass show zoom).
func secretPipe(t *testing.T) (string, config.Profile) {
	t.Helper()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	return pipe, load(t, "", "ZOOM_CLIENT_ID", "x", "ZOOM_CLIENT_SECRET_FILE", pipe)
}

func TestSecretFromPipe(t *testing.T) {
	t.Parallel()
	pipe, p := secretPipe(t)
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(pipe, []byte("s3cret\n"), 0o600) }()
	if s, err := p.Secret(t.Context()); err != nil || s.Reveal() != "s3cret" {
		t.Errorf("got %q, %v", s.Reveal(), err)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
}

// Nobody can be held up by a pipe that nobody writes into.
func TestSecretFromSilentPipe(t *testing.T) {
	t.Parallel()
	pipe, p := secretPipe(t)
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := p.Secret(ctx)
		left <- err
	}()
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("left with %v, want context.Canceled", err)
	}
	if f, err := os.OpenFile(pipe, os.O_RDWR, 0); err == nil { // ends what was left behind
		_ = f.Close()
	}
}
