package main

import (
	"path/filepath"
	"strings"
	"testing"

	"zoomtui/internal/sandbox"
)

func TestProbeAsksFirst(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		types  string
		code   int
		called bool
	}{
		"yes":         {"y\r", 0, true},
		"no":          {"n\r", 0, false},
		"Enter alone": {"\r", 0, false},
		"ctrl-C":      {"\x03", 130, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, err := sandbox.Start(sandbox.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = zoom.Close() })
			dir := t.TempDir()
			env := append(zoom.Env(sandbox.KindS2S), "HOME="+dir, "XDG_CONFIG_HOME="+filepath.Join(dir, "config"),
				"XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "XDG_STATE_HOME="+filepath.Join(dir, "state"))
			s := onTerminal(t, 100, 40, env, "scopes", "probe")
			s.awaits("Make 7 read-only calls to Zoom as profile default? [y/N]")
			for _, call := range []string{"  GET /users/me\r\n", "  GET /users/me/meetings?page_size=1\r\n"} {
				if !strings.Contains(s.text(), call) {
					t.Errorf("%q is not among what is to be tried:\n%s", call, s.text())
				}
			}
			s.types(tt.types)
			if tt.called {
				s.awaits("of 7 calls answered")
			}
			s.ended(tt.code)
			if called := zoom.Counts()["GET /v2/users/me"] > 0; called != tt.called {
				t.Errorf("Zoom was called: %v, want %v\n%s", called, tt.called, s.text())
			}
		})
	}
}
