package doctor

import (
	"maps"
	"testing"

	"zoomtui/internal/term"
)

func TestFeatures(t *testing.T) {
	t.Parallel()
	good := map[string]string{"TERM": "xterm-256color", "LANG": "ja_JP.UTF-8"}
	with := func(more ...string) map[string]string {
		env := maps.Clone(good)
		for i := 0; i < len(more); i += 2 {
			env[more[i]] = more[i+1]
		}
		return env
	}
	for name, tt := range map[string]struct {
		env        map[string]string
		cols, rows int
		none       bool
		want       expect
		clipboard  string
		links      string
		colours    string
	}{
		"xterm":          {env: good, cols: 80, rows: 24, want: expect{state: OK, says: "xterm-256color, 256 colours, UTF-8, 80×24."}, clipboard: "not known", links: "not known", colours: "256 colours"},
		"kitty":          {env: with("TERM", "xterm-kitty", "COLORTERM", "truecolor"), want: expect{state: OK, says: "16 million colours, UTF-8. Copying works"}, clipboard: "yes", links: "yes", colours: "16 million colours"},
		"old VTE":        {env: with("VTE_VERSION", "4800"), want: expect{state: OK}, clipboard: "not known", links: "no", colours: "256 colours"},
		"VTE":            {env: with("VTE_VERSION", "7006"), want: expect{state: OK}, clipboard: "not known", links: "yes", colours: "256 colours"},
		"iTerm2":         {env: with("TERM_PROGRAM", "iTerm.app"), want: expect{state: OK, says: "up to the terminal's settings"}, clipboard: "not known", links: "yes", colours: "256 colours"},
		"macOS Terminal": {env: with("TERM_PROGRAM", "Apple_Terminal"), want: expect{state: OK, says: "does not work here"}, clipboard: "no", links: "no", colours: "256 colours"},
		"console":        {env: with("TERM", "linux"), want: expect{state: OK}, clipboard: "no", links: "no", colours: "16 colours"},
		"tmux over SSH":  {env: with("TMUX", "/tmp/x", "SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22", "TERM", "tmux-256color", "KITTY_WINDOW_ID", "1"), want: expect{state: OK, says: "in tmux, over SSH", do: "tmux set -g set-clipboard on"}, clipboard: "not known", links: "not known", colours: "256 colours"},
		"without colour": {env: with("NO_COLOR", "1"), want: expect{state: OK, says: "switched off by NO_COLOR"}, clipboard: "not known", links: "not known", colours: "switched off by NO_COLOR"},
		"small":          {env: good, cols: 39, rows: 24, want: expect{state: Warning, says: "39×24", do: "80×24"}, clipboard: "not known", links: "not known", colours: "256 colours"},
		"no UTF-8":       {env: with("LANG", "C"), want: expect{state: Warning, says: "not UTF-8", do: "export LANG=C.UTF-8"}, clipboard: "not known", links: "not known", colours: "256 colours"},
		"dumb":           {env: with("TERM", "dumb"), want: expect{state: Warning, says: "TERM=dumb", do: "export TERM="}, clipboard: "no", links: "no", colours: "none"},
		"none":           {env: map[string]string{}, none: true, want: expect{state: Skipped, says: "no terminal"}, clipboard: "not known", links: "not known", colours: "16 colours"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			getenv := func(n string) string { return tt.env[n] }
			c := Features(Terminal{Machine: term.FromEnv(getenv), There: !tt.none, Cols: tt.cols, Rows: tt.rows, Getenv: getenv})
			tt.want.verify(t, c)
			for key, want := range map[string]string{"clipboard": tt.clipboard, "links": tt.links, "colours": tt.colours} {
				if c.Details[key] != want {
					t.Errorf("%s: %v, want %s", key, c.Details[key], want)
				}
			}
		})
	}
}

func TestOverrides(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		env      map[string]string
		fileID   string
		fileKind string
		kind     string
		want     expect
	}{
		"nothing":          {kind: "public", want: expect{state: OK}},
		"an app":           {env: map[string]string{"ZOOM_CLIENT_ID": "abcd", "ZOOM_CLIENT_SECRET": "s", "ZOOM_API_URL": "x", "ZOOM_MEETING_SDK_KEY": "y"}, kind: "confidential", want: expect{state: OK}},
		"a token":          {env: map[string]string{"ZOOM_ACCESS_TOKEN": "t"}, want: expect{state: Warning, says: "ZOOM_ACCESS_TOKEN is set", do: "unset ZOOM_ACCESS_TOKEN"}},
		"a token's file":   {env: map[string]string{"ZOOM_ACCESS_TOKEN_FILE": "t"}, want: expect{state: Warning, says: "ZOOM_ACCESS_TOKEN_FILE is set", do: "unset ZOOM_ACCESS_TOKEN_FILE"}},
		"another app":      {env: map[string]string{"ZOOM_CLIENT_ID": "1234abcd"}, fileID: "5678efgh", kind: "public", want: expect{state: Warning, says: "another app (…abcd) than config.toml (…efgh)", do: "unset ZOOM_CLIENT_ID"}},
		"the same app":     {env: map[string]string{"ZOOM_CLIENT_ID": " 5678efgh"}, fileID: "5678efgh", kind: "public", want: expect{state: OK}},
		"a secret in vain": {env: map[string]string{"ZOOM_CLIENT_SECRET_FILE": "s"}, kind: "public", want: expect{state: Warning, says: "ZOOM_CLIENT_SECRET_FILE has no effect", do: "unset ZOOM_CLIENT_SECRET_FILE"}},
		"another kind":     {env: map[string]string{"ZOOM_ACCOUNT_ID": "a"}, fileKind: "confidential", kind: "s2s", want: expect{state: Warning, says: "makes the app a Server-to-Server app", do: "unset ZOOM_ACCOUNT_ID"}},
		"a slip":           {env: map[string]string{"ZOOM_CLIENTID": "a"}, kind: "public", want: expect{state: Warning, says: "did you mean ZOOM_CLIENT_ID?", do: "unset ZOOM_CLIENTID"}},
		"two slips":        {env: map[string]string{"ZOOMTUI_PROFIL": "a", "ZOOM_REDIRECT_URL": "b"}, kind: "public", want: expect{state: Warning, says: "ZOOMTUI_PROFILE?", do: "unset ZOOM_REDIRECT_URL"}},
		"no such file":     {env: map[string]string{"SSL_CERT_FILE": "/none"}, want: expect{state: Warning, says: "SSL_CERT_FILE names a file that is not there", do: "unset SSL_CERT_FILE"}},
		"a file":           {env: map[string]string{"SSL_CERT_FILE": "/there"}, want: expect{state: OK}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var names []string
			for n := range tt.env {
				names = append(names, n)
			}
			c := Overrides(Environment{
				Getenv: func(n string) string { return tt.env[n] }, Names: names, FileID: tt.fileID, FileKind: tt.fileKind, Kind: tt.kind,
				FileExists: func(path string) bool { return path == "/there" },
			})
			if tt.want.state == Warning { // the sentences are questions, too
				tt.want.verify(t, withPeriod(c))
				return
			}
			tt.want.verify(t, c)
		})
	}
}

func withPeriod(c Check) Check {
	if c.What[len(c.What)-1] == '?' {
		c.What += "."
	}
	return c
}
