package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What was given to us is not given twice, and everything else stays.
func TestCommandEnvironment(t *testing.T) {
	t.Parallel()
	before := []string{"A=1", "ZOOM_ACCESS_TOKEN_FILE=/run/secrets/t", "ZOOM_ACCESS_TOKEN=old", "ZOOM_CLIENT_ID=id", "ZOOM_API_URL=x", "ZOOM_ACCESS_TOKENS=mine", "B"}
	got := commandEnvironment(before, "new", "https://api.zoom.us")
	want := []string{"A=1", "ZOOM_CLIENT_ID=id", "ZOOM_ACCESS_TOKENS=mine", "B", "ZOOM_ACCESS_TOKEN=new", "ZOOM_API_URL=https://api.zoom.us"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if before[2] != "ZOOM_ACCESS_TOKEN=old" {
		t.Error("the environment of this process was changed")
	}
}

func TestLookCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if path, err := lookCommand("go", os.Getenv("PATH")); err != nil || !filepath.IsAbs(path) {
		t.Errorf("go is at %q, %v", path, err)
	}
	for name, want := range map[string]error{
		"no-such-command-here": exec.ErrNotFound, filepath.Join(dir, "none"): fs.ErrNotExist,
		"plain": fs.ErrPermission, plain: fs.ErrPermission,
	} {
		if _, err := lookCommand(name, dir); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}
