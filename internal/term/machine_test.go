package term

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// env is an environment for tests: a lookup in pairs of name and value.
func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestFromEnv(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		goos string
		env  func(string) string
		want Machine
	}{
		"nothing is known": {"linux", env(), Machine{OS: "linux"}},
		"Linux desktop, Wayland": {
			"linux", env("WAYLAND_DISPLAY", "wayland-0", "TERM", "xterm-256color", "LANG", "ja_JP.UTF-8", "USER", "aiko", "BROWSER", "firefox"),
			Machine{OS: "linux", Display: true, Term: "xterm-256color", UTF8: true, User: "aiko", Browser: "firefox"},
		},
		"SSH with a forwarded display has none": {
			"linux", env("SSH_CONNECTION", "203.0.113.7 52314 198.51.100.4 2222", "DISPLAY", "localhost:10.0", "USER", "aiko"),
			Machine{OS: "linux", SSH: true, SSHClient: "203.0.113.7", SSHServer: "198.51.100.4", SSHPort: "2222", User: "aiko"},
		},
		"SSH known by its terminal only":         {"linux", env("SSH_TTY", "/dev/pts/3"), Machine{OS: "linux", SSH: true}},
		"SSH with a broken variable":             {"linux", env("SSH_CONNECTION", "x"), Machine{OS: "linux", SSH: true}},
		"macOS has a display":                    {"darwin", env("LANG", "en_US.UTF-8"), Machine{OS: "darwin", Display: true, UTF8: true}},
		"macOS over SSH has none":                {"darwin", env("SSH_CLIENT", "203.0.113.7 1 22"), Machine{OS: "darwin", SSH: true, SSHClient: "203.0.113.7", SSHPort: "22"}},
		"Windows":                                {"windows", env("USERNAME", "aiko"), Machine{OS: "windows", Display: true, UTF8: true, User: "aiko"}},
		"tmux":                                   {"linux", env("TMUX", "/tmp/tmux-0/default,1,0", "TERM", "screen-256color"), Machine{OS: "linux", Multiplexer: Tmux, Term: "screen-256color"}},
		"screen":                                 {"linux", env("STY", "1.pts", "TERM", "screen"), Machine{OS: "linux", Multiplexer: Screen, Term: "screen"}},
		"tmux known by TERM":                     {"linux", env("TERM", "tmux-256color"), Machine{OS: "linux", Multiplexer: Tmux, Term: "tmux-256color"}},
		"dumb":                                   {"linux", env("TERM", "dumb"), Machine{OS: "linux", Term: "dumb", Dumb: true}},
		"NO_COLOR":                               {"linux", env("NO_COLOR", "1"), Machine{OS: "linux", NoColor: true}},
		"LC_ALL beats LANG":                      {"linux", env("LC_ALL", "C", "LANG", "de_DE.UTF-8"), Machine{OS: "linux"}},
		"encoding in lower case, with a variant": {"linux", env("LC_CTYPE", "de_DE.utf8@euro", "LANG", "C"), Machine{OS: "linux", UTF8: true}},
		"another encoding":                       {"linux", env("LANG", "ja_JP.eucJP"), Machine{OS: "linux"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, fromEnv(tt.goos, tt.env)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCanDraw(t *testing.T) {
	t.Parallel()
	if ok, reason := fromEnv("linux", env("TERM", "dumb")).CanDraw(); ok || !strings.Contains(reason, "zoomtui login") {
		t.Errorf("TERM=dumb: %t, %q", ok, reason)
	}
	for _, term := range []string{"xterm-256color", "vt100", ""} {
		if ok, reason := fromEnv("linux", env("TERM", term)).CanDraw(); !ok || reason != "" {
			t.Errorf("TERM=%q: %t, %q", term, ok, reason)
		}
	}
}

func TestSSHTunnel(t *testing.T) {
	t.Parallel()
	over := Machine{SSH: true, SSHServer: "198.51.100.4", SSHPort: "22", User: "aiko"}
	with := func(change func(*Machine)) Machine {
		m := over
		change(&m)
		return m
	}
	tests := map[string]struct {
		machine Machine
		port    int
		host    string
		want    string
	}{
		"address":                {over, 8977, "build7", "ssh -L 8977:127.0.0.1:8977 aiko@198.51.100.4"},
		"address unknown":        {with(func(m *Machine) { m.SSHServer = "" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 aiko@build7"},
		"behind NAT":             {with(func(m *Machine) { m.SSHClient, m.SSHServer = "203.0.113.9", "10.0.0.5" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 aiko@build7"},
		"behind NAT, no name":    {with(func(m *Machine) { m.SSHClient, m.SSHServer = "203.0.113.9", "10.0.0.5" }), 8976, "", "ssh -L 8976:127.0.0.1:8976 aiko@10.0.0.5"},
		"same private network":   {with(func(m *Machine) { m.SSHClient, m.SSHServer = "10.0.0.9", "10.0.0.5" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 aiko@10.0.0.5"},
		"a published port":       {with(func(m *Machine) { m.SSHClient, m.SSHServer, m.SSHPort = "127.0.0.1", "127.0.0.1", "2222" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 -p 2222 aiko@127.0.0.1"},
		"IPv6 address":           {with(func(m *Machine) { m.SSHServer = "2001:db8::7" }), 8976, "", "ssh -L 8976:127.0.0.1:8976 aiko@2001:db8::7"},
		"another port of SSH":    {with(func(m *Machine) { m.SSHPort = "2222" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 -p 2222 aiko@198.51.100.4"},
		"user unknown":           {with(func(m *Machine) { m.User = "" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 198.51.100.4"},
		"user that is a command": {with(func(m *Machine) { m.User = "$(rm -rf ~)" }), 8976, "build7", "ssh -L 8976:127.0.0.1:8976 198.51.100.4"},
		"host that is a command": {over, 8976, "a;reboot", "ssh -L 8976:127.0.0.1:8976 aiko@198.51.100.4"},
		"host that is a flag":    {over, 8976, "-oProxyCommand=x", "ssh -L 8976:127.0.0.1:8976 aiko@198.51.100.4"},
		"no SSH":                 {Machine{User: "aiko"}, 8976, "build7", ""},
		"nothing to connect to":  {Machine{SSH: true}, 8976, "", ""},
		"no port":                {over, 0, "build7", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.machine.SSHTunnel(tt.port, tt.host); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestGlyphs(t *testing.T) {
	t.Parallel()
	all := GlyphSet{Cells: true, HalfBlocks: true, Sextants: true}
	half := GlyphSet{Cells: true, HalfBlocks: true}
	tests := map[string]struct {
		machine   Machine
		xtversion string
		da2       DA2
		want      GlyphSet
	}{
		"xterm":                   {Machine{Term: "xterm-256color", UTF8: true}, "XTerm(398)", DA2{41, 398}, half},
		"silent terminal":         {Machine{Term: "xterm-256color", UTF8: true}, "", DA2{}, half},
		"kitty by its answer":     {Machine{Term: "xterm-256color", UTF8: true}, "kitty(0.41.1)", DA2{1, 4000}, all},
		"kitty by TERM":           {Machine{Term: "xterm-kitty", UTF8: true}, "", DA2{}, all},
		"VTE 0.80":                {Machine{Term: "xterm-256color", UTF8: true}, "VTE(8000)", DA2{}, all},
		"VTE 0.68":                {Machine{Term: "xterm-256color", UTF8: true}, "VTE(6800)", DA2{}, half},
		"VTE 0.70, DA2 alone":     {Machine{Term: "xterm-256color", UTF8: true}, "", DA2{65, 7006}, all},
		"VTE 0.68, DA2 alone":     {Machine{Term: "xterm-256color", UTF8: true}, "", DA2{65, 6800}, half},
		"mintty":                  {Machine{Term: "xterm-256color", UTF8: true}, "", DA2{77, 30600}, half},
		"VTE without a number":    {Machine{Term: "xterm-256color", UTF8: true}, "VTE", DA2{}, half},
		"Konsole":                 {Machine{Term: "xterm-256color", UTF8: true}, "Konsole 25.04.0", DA2{}, all},
		"foot":                    {Machine{Term: "foot", UTF8: true}, "", DA2{}, all},
		"iTerm2":                  {Machine{Term: "xterm-256color", UTF8: true}, "iTerm2 3.5.0", DA2{}, all},
		"Ghostty":                 {Machine{Term: "xterm-256color", UTF8: true}, "ghostty 1.2.0", DA2{}, all},
		"WezTerm":                 {Machine{Term: "xterm-256color", UTF8: true}, "WezTerm 20240203-110809-5046fc22", DA2{}, all},
		"Alacritty 0.15":          {Machine{Term: "alacritty", UTF8: true}, "", DA2{0, 2500}, all},
		"Alacritty 0.11":          {Machine{Term: "alacritty", UTF8: true}, "", DA2{0, 1700}, half},
		"tmux inside kitty":       {Machine{Term: "tmux-256color", UTF8: true}, "tmux 3.5a", DA2{}, half},
		"a name that only begins": {Machine{Term: "xterm-256color", UTF8: true}, "kittyish(1)", DA2{}, half},
		"no UTF-8":                {Machine{Term: "xterm-kitty"}, "kitty(0.41.1)", DA2{}, GlyphSet{Cells: true}},
		"dumb":                    {Machine{Term: "dumb", Dumb: true, UTF8: true}, "", DA2{}, GlyphSet{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, tt.machine.Glyphs(tt.xtversion, tt.da2)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
