package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// settled is a home with these settings: its environment, and the file.
func settled(t *testing.T, text string) (env []string, file string) {
	t.Helper()
	dir := t.TempDir()
	file = filepath.Join(dir, "zoomtui", "config.toml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_CACHE_HOME=" + filepath.Join(dir, "cache"), "XDG_STATE_HOME=" + dir}, file
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRemoveAsksFirst(t *testing.T) {
	t.Parallel()
	const text = "[profiles.work]\nclient_id = 'x'\n"
	tests := map[string]struct {
		types string
		code  int
		stays bool
	}{
		"yes":         {"y\r", 0, false},
		"no":          {"n\r", 0, true},
		"Enter alone": {"\r", 0, true},
		"ctrl-C":      {"\x03", 130, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, file := settled(t, text)
			s := onTerminal(t, 100, 24, env, "profile", "remove", "work")
			s.awaits("Remove profile work, its sign-in and what is cached? [y/N]")
			s.types(tt.types)
			s.ended(tt.code)
			if stays := strings.Contains(read(t, file), "profiles.work"); stays != tt.stays {
				t.Errorf("the profile is still there: %v, want %v\n%s", stays, tt.stays, s.text())
			}
		})
	}
}

func TestTypedSecretIsNotShown(t *testing.T) {
	t.Parallel()
	add := []string{"profile", "add", "job", "--kind", "confidential", "--client-id", "x", "--no-test", "--secret-stdin"}
	t.Run("typed", func(t *testing.T) {
		t.Parallel()
		env, file := settled(t, "")
		s := onTerminal(t, 100, 24, env, add...)
		s.awaits("Client secret (it is not shown): ")
		s.types("hush-hush-hush\r")
		s.ended(0)
		if strings.Contains(s.text(), "hush") {
			t.Errorf("the secret is on the screen:\n%s", s.text())
		}
		if !strings.Contains(read(t, file), `client_secret = "hush-hush-hush"`) {
			t.Errorf("the file says\n%s", read(t, file))
		}
	})
	t.Run("ctrl-C", func(t *testing.T) {
		t.Parallel()
		env, file := settled(t, "")
		s := onTerminal(t, 100, 24, env, add...)
		s.awaits("Client secret (it is not shown): ")
		s.types("\x03")
		s.ended(130)
		if mode, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS); err != nil || mode.Lflag&unix.ECHO == 0 {
			t.Errorf("the shell would go on without echo (%v)", err)
		}
		if got := read(t, file); got != "" {
			t.Errorf("the file says\n%s", got)
		}
	})
}
