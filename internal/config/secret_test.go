package config_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zoomtui/internal/config"
)

// load gives the selected profile of a file, or the test ends.
func load(t *testing.T, file string, pairs ...string) config.Profile {
	t.Helper()
	c, err := config.Load(config.Options{Paths: home(t, file), Getenv: env(pairs...)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Profile()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSecretFromFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte("s3cret\n"), 0o444); err != nil { // as Docker mounts it
		t.Fatal(err)
	}
	p := load(t, "", "ZOOM_CLIENT_ID", "x", "ZOOM_CLIENT_SECRET_FILE", path)
	if p.Kind != "confidential" {
		t.Errorf("kind %s, want confidential", p.Kind)
	}
	if s, err := p.Secret(context.Background()); err != nil || s.Reveal() != "s3cret" {
		t.Errorf("secret %q (%v), want the file's", s.Reveal(), err)
	}
	if err := os.WriteFile(path, nil, 0o444); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Secret(context.Background()); err == nil || !strings.Contains(err.Error(), "ZOOM_CLIENT_SECRET_FILE") {
		t.Errorf("an empty file: got %v, want an error that names the variable", err)
	}
}

func TestSecretCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	count := filepath.Join(dir, "count")
	file := func(command string) string {
		return "[profiles.p]\nclient_id='x'\nclient_secret_cmd='''" + command + "'''\n"
	}
	p := load(t, file("echo run >> '"+count+"'; echo 'a b' | tr a-z A-Z"))
	if _, err := os.Stat(count); err == nil {
		t.Error("the command ran before the secret was asked for")
	}
	for range 2 {
		if s, err := p.Secret(context.Background()); err != nil || s.Reveal() != "A B" {
			t.Errorf("secret %q (%v), want %q", s.Reveal(), err, "A B")
		}
	}
	if runs, _ := os.ReadFile(count); string(runs) != "run\n" {
		t.Errorf("the command ran %d times, want once", strings.Count(string(runs), "run"))
	}

	for name, tt := range map[string]struct{ command, want string }{
		"fails":          {"echo HUSH; echo 'not in the store' >&2; exit 4", "not in the store"},
		"prints nothing": {"true", "printed nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := load(t, file(tt.command)).Secret(context.Background())
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "HUSH") {
				t.Errorf("got %v, want %q and nothing of its output", err, tt.want)
			}
		})
	}
	t.Run("given up", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := load(t, file("sleep 60")).Secret(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
	})
}

func TestAccessToken(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("eyJ.fromfile\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		env  []string
		want string
		fail bool
	}{
		{"none", nil, "", false},
		{"direct", []string{"ZOOM_ACCESS_TOKEN", " eyJ.a-b_c= "}, "eyJ.a-b_c=", false},
		{"file", []string{"ZOOM_ACCESS_TOKEN_FILE", path}, "eyJ.fromfile", false},
		{"both", []string{"ZOOM_ACCESS_TOKEN", "a", "ZOOM_ACCESS_TOKEN_FILE", path}, "", true},
		{"a header instead of a token", []string{"ZOOM_ACCESS_TOKEN", "Bearer HUSH"}, "", true},
		{"a line break", []string{"ZOOM_ACCESS_TOKEN", "HUSH\r\nX: y"}, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := config.AccessToken(env(tt.env...))
			if got.Reveal() != tt.want || (err != nil) != tt.fail {
				t.Errorf("got %q, %v; want %q, error %v", got.Reveal(), err, tt.want, tt.fail)
			}
			if err != nil && strings.Contains(err.Error(), "HUSH") {
				t.Errorf("%q repeats the token", err)
			}
		})
	}
}
