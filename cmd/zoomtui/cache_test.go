package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCache(t *testing.T) {
	t.Parallel()
	type person struct{ Name string }
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	c := cache{dir: filepath.Join(t.TempDir(), "zoomtui", "work")}
	if _, ok := readCache[person](c, cacheUser); ok {
		t.Fatal("an empty cache gave something")
	}
	left := filepath.Join(c.dir, ".user.json.tmp-1234") // of a writer that was killed an hour ago
	if err := errors.Join(os.MkdirAll(c.dir, 0o700), os.WriteFile(left, []byte("{"), 0o600), os.Chtimes(left, at, at.Add(-time.Hour))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Aiko", "Ben"} {
		if err := writeCache(c, cacheUser, at, person{name}); err != nil {
			t.Fatal(err)
		}
	}
	got, ok := readCache[person](c, cacheUser)
	if want := (cached[person]{cacheVersion, at, person{"Ben"}}); !ok || !cmp.Equal(want, got) {
		t.Errorf("got %+v, %v; want %+v", got, ok, want)
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the directory holds %v (%v), want one file", entries, err)
	}
	for path, want := range map[string]os.FileMode{c.dir: 0o700, c.path(cacheUser): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v (%v), want %o", path, info.Mode().Perm(), err, want)
		}
	}
	for name, content := range map[string]string{
		"damaged": `{"version":1,"val`, "another version": `{"version":2,"value":{"Name":"x"}}`, "another type": `{"version":1,"value":[1]}`, "empty": "",
	} {
		if err := os.WriteFile(c.path(cacheUser), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := readCache[person](c, cacheUser); ok {
			t.Errorf("%s: got %+v, want nothing", name, got)
		}
	}
	if err := c.clear(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.dir); err == nil {
		t.Error("the directory is still there after clear")
	}
}
