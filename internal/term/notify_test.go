package term

import (
	"strings"
	"testing"
)

func TestNotificationByTerminal(t *testing.T) {
	t.Parallel()
	const text = "Weekly sync; room 3 in 10 min"
	for name, tt := range map[string]struct {
		env       map[string]string
		xtversion string
		want      string
	}{
		"iTerm2 tells its name":           {nil, "iTerm2 3.5.0", "\x1b]9;zoomtui: Weekly sync; room 3 in 10 min\a\a"},
		"kitty":                           {map[string]string{"TERM": "xterm-kitty"}, "", "\x1b]99;i=zoomtui:d=0;zoomtui\a\x1b]99;i=zoomtui:p=body;Weekly sync; room 3 in 10 min\a\a"},
		"foot":                            {map[string]string{"TERM": "xterm-256color"}, "foot(1.16.2)", "\x1b]777;notify;zoomtui;Weekly sync, room 3 in 10 min\a\a"},
		"rxvt-unicode by TERM":            {map[string]string{"TERM": "rxvt-unicode-256color"}, "", "\x1b]777;notify;zoomtui;Weekly sync, room 3 in 10 min\a\a"},
		"iTerm2 over SSH":                 {map[string]string{"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "", "\x1b]9;zoomtui: Weekly sync; room 3 in 10 min\a\a"},
		"xterm only rings":                {map[string]string{"TERM": "xterm-256color"}, "XTerm(390)", "\a"},
		"nothing known only rings":        {nil, "", "\a"},
		"tmux in an unknown terminal":     {map[string]string{"TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"}, "tmux 3.5a", "\a"},
		"tmux in WezTerm is passed":       {map[string]string{"TERM": "tmux-256color", "TMUX": "/tmp/t,1,0", "WEZTERM_PANE": "0"}, "tmux 3.5a", "\x1bPtmux;\x1b\x1b]777;notify;zoomtui;Weekly sync, room 3 in 10 min\a\x1b\\\a"},
		"screen in konsole is passed":     {map[string]string{"TERM": "screen", "STY": "1.x", "KONSOLE_VERSION": "230400"}, "", "\x1bP\x1b]777;notify;zoomtui;Weekly sync, room 3 in 10 min\a\x1b\\\a"},
		"the answer goes before what was": {map[string]string{"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "kitty(0.41.1)", "\x1b]99;i=zoomtui:d=0;zoomtui\a\x1b]99;i=zoomtui:p=body;Weekly sync; room 3 in 10 min\a\a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := NewNotifier(func(v string) string { return tt.env[v] })
			if got := n.Sequence(tt.xtversion, text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// What a meeting is called must not reach the terminal as a command.
func TestNotificationTamesItsText(t *testing.T) {
	t.Parallel()
	evil := "a\x1b]0;owned\ab\x07\x1b\\c\n" + strings.Repeat("long ", 1000)
	for _, xtversion := range []string{"kitty(0.41.1)", "iTerm2 3.5", "foot(1.16)"} {
		seq := NewNotifier(func(string) string { return "" }).Sequence(xtversion, evil)
		for _, bad := range []string{"owned", "\n", "\x1b\\"} {
			if strings.Contains(seq, bad) {
				t.Errorf("%s: %q holds %q", xtversion, seq, bad)
			}
		}
		if len(seq) > 400 {
			t.Errorf("%s: %d bytes", xtversion, len(seq))
		}
	}
}
