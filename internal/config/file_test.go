package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

func TestFileOpenToOthers(t *testing.T) {
	t.Parallel()
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o660} {
		paths := home(t, "[profiles.p]\nclient_id='x'\n")
		if err := os.Chmod(paths.ConfigFile(), mode); err != nil {
			t.Fatal(err)
		}
		_, err := config.Load(config.Options{Paths: paths, Getenv: env()})
		var e *config.Error
		if !errors.As(err, &e) || e.Facts().Class != explain.Store {
			t.Fatalf("mode %o: got %v, want a store error", mode, err)
		}
		if want := "chmod 600 " + paths.ConfigFile(); e.Facts().Fix != want || !strings.Contains(err.Error(), want) {
			t.Errorf("mode %o: fix %q, want %q", mode, e.Facts().Fix, want)
		}
	}
}

func TestFileNamedByFlag(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.toml")
	if _, err := config.Load(config.Options{Path: missing, Getenv: env()}); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("a missing file named by a flag: got %v, want an error that names it", err)
	}
	if _, err := config.Load(config.Options{Path: os.DevNull, Getenv: env("ZOOM_CLIENT_ID", "x")}); err != nil {
		t.Errorf("%s: got %v, want no configuration", os.DevNull, err)
	}
}

func TestChmodLineSurvivesAShell(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a b'c")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := config.Load(config.Options{Path: path, Getenv: env()})
	if err == nil || !strings.Contains(err.Error(), `'\''c/config.toml'`) {
		t.Errorf("got %v, want the path quoted", err)
	}
}

func TestPathsFollowTheEnvironment(t *testing.T) {
	t.Parallel()
	p := config.XDGPaths()
	for what, path := range map[string]string{"config": p.Config, "cache": p.Cache, "state": p.State} {
		if !filepath.IsAbs(path) || filepath.Base(path) != "zoomtui" {
			t.Errorf("%s directory is %q, want an absolute path of our own", what, path)
		}
	}
	q := config.Paths{Config: "/c", Cache: "/k"}
	if q.ConfigFile() != "/c/config.toml" || q.TokenDir() != "/c/tokens" || q.ProfileCache("work") != "/k/work" {
		t.Errorf("got %s, %s, %s", q.ConfigFile(), q.TokenDir(), q.ProfileCache("work"))
	}
}
