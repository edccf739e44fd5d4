package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFoldTo(t *testing.T) {
	t.Parallel()
	const link = "https://zoom.us/oauth/authorize?response_type=code&client_id=x"
	tests := map[string]struct{ text, want string }{
		"short":          {"one line\n", "one line\n"},
		"between words":  {"the address that the browser ended on\n", "the address that the browser\nended on\n"},
		"no line end":    {"the address that the browser ended on", "the address that the browser\nended on"},
		"an indent":      {"  the address that the browser ended on\n", "  the address that the\n  browser ended on\n"},
		"a step":         {"  1. Press Allow on Zoom's page first\n", "  1. Press Allow on Zoom's\n     page first\n"},
		"a link":         {link + "\n", link + "\n"},
		"the ssh line":   {"On your machine:  ssh -L 1:127.0.0.1:1 me@there\n", "On your machine:  ssh -L 1:127.0.0.1:1 me@there\n"},
		"wide":           {"設計レビューの 会議の 議題は こちらです\n", "設計レビューの 会議の 議題は\nこちらです\n"},
		"several":        {"a\n\nthe address that the browser ended on\nb\n", "a\n\nthe address that the browser\nended on\nb\n"},
		"escape is none": {"\x1b[1mthe address that the browser\x1b[0m\n", "\x1b[1mthe address that the browser\x1b[0m\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := foldTo(tt.text, 28); got != tt.want {
				t.Errorf("got\n%q\nwant\n%q", got, tt.want)
			}
		})
	}
	if got := foldTo("the address that the browser ended on", 10); got != "the address that the browser ended on" {
		t.Errorf("in ten columns: %q", got)
	}
}

// A date and a flag stay whole, however narrow the window is.
func TestWrap(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		cols int
		want []string
	}{
		"short":          {"13 days left", 20, []string{"13 days left"}},
		"no window":      {"13 days left, since 2026-11-22, generation 2", 0, []string{"13 days left, since 2026-11-22, generation 2"}},
		"no room":        {"13 days left", -3, []string{"13 days left"}},
		"a date":         {"13 days left, since 2026-11-22", 26, []string{"13 days left, since", "2026-11-22"}},
		"a command":      {"Sign in: zoomtui login --profile work", 28, []string{"Sign in: zoomtui login", "--profile work"}},
		"a long word":    {"in /home/aiko/.config/zoomtui now", 10, []string{"in", "/home/aiko/.config/zoomtui", "now"}},
		"wide":           {"設計 レビュー 会議", 13, []string{"設計 レビュー", "会議"}},
		"several blanks": {"a  b   c d", 5, []string{"a b c", "d"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, wrap(tt.text, tt.cols)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
