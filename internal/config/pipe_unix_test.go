//go:build unix

package config_test

import (
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
