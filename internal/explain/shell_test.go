package explain_test

import (
	"os/exec"
	"testing"

	"zoomtui/internal/explain"
)

func TestShellWord(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"/home/aiko/.config/zoomtui/config.toml": "/home/aiko/.config/zoomtui/config.toml",
		"https://api-us.zoom.us":                 "https://api-us.zoom.us",
		"eyJhbGciOiJIUzUxMiJ9.e30.c2ln_-":        "eyJhbGciOiJIUzUxMiJ9.e30.c2ln_-",
		"":                                       "''",
		"/home/a/.config/zoomtui/tokens/work.json": "/home/a/.config/zoomtui/tokens/work.json",
		"/home/a b/x":              "'/home/a b/x'",
		"/home/o'neill":            `'/home/o'\''neill'`,
		"/a$(reboot)":              "'/a$(reboot)'",
		"~root":                    "'~root'",
		"=ls":                      "'=ls'",
		"/home/Aiko Tanaka/c.toml": "'/home/Aiko Tanaka/c.toml'",
		"it's":                     `'it'\''s'`,
		"$(reboot)\n`x`":           "'$(reboot)\n`x`'",
		"/home/愛子":                 "'/home/愛子'",
	} {
		got := explain.ShellWord(value)
		if got != want {
			t.Errorf("ShellWord(%q) = %q, want %q", value, got, want)
		}
		out, err := exec.Command("sh", "-c", "X="+got+`; printf %s "$X"`).Output()
		if err != nil || string(out) != value {
			t.Errorf("a shell reads %q as %q (%v), want %q", got, out, err, value)
		}
	}
}
