package main

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTyping(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, typed string
		want        []string // what is given to be used, pastes marked with <>
		left        string   // what still waits for Enter
	}{
		{"a line", "abc\r", []string{"abc"}, ""},
		{"no Enter yet", "abc", nil, "abc"},
		{"a correction", "abx\x7fc\n", []string{"abc"}, ""},
		{"a correction of a wide character", "aé\x7f\x08\x08\x08b\r", []string{"b"}, ""},
		{"ctrl-U empties", "wrong\x15right\r", []string{"right"}, ""},
		{"a paste is given by itself", "\x1b[200~http://127.0.0.1/?code=1\x1b[201~", []string{"<http://127.0.0.1/?code=1>"}, "http://127.0.0.1/?code=1"},
		{"line breaks inside a paste are none of Enter", "\x1b[200~ab\ncd\r\nef\x1b[201~", []string{"<ab\ncd\r\nef>"}, "ab\ncd\r\nef"},
		{"arrows and function keys are nothing", "a\x1b[A\x1b[1;5D\x1bOP\x1b[15~b\r", []string{"ab"}, ""},
		{"alt and a letter", "a\x1bxb\r", []string{"ab"}, ""},
		{"escape twice, then an arrow", "a\x1b\x1b[Bb\r", []string{"ab"}, ""},
		{"control characters are nothing", "a\x00\x01\x04b\r", []string{"ab"}, ""},
		{"an endless sequence ends", "\x1b[" + strings.Repeat("1", maxEscape) + "ab\r", []string{"1ab"}, ""},
		{"Japanese", "設計\r", []string{"設計"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var keys typing
			var got []string
			for _, b := range []byte(tt.typed) {
				switch given, pasted := keys.feed(b); {
				case pasted:
					got = append(got, "<"+string(keys.line)+">")
				case given:
					got = append(got, keys.take())
				}
			}
			if !slices.Equal(got, tt.want) || string(keys.line) != tt.left {
				t.Errorf("got %q, %q is left; want %q and %q", got, keys.line, tt.want, tt.left)
			}
		})
	}
}

// TestTypingKeepsLongPastes: a terminal's own line editing would have cut it.
func TestTypingKeepsLongPastes(t *testing.T) {
	t.Parallel()
	long := "http://127.0.0.1:8976/callback?code=" + strings.Repeat("x", 12<<10)
	var keys typing
	for _, b := range []byte(long) {
		keys.feed(b)
	}
	if keys.count() != len(long) {
		t.Errorf("%d characters wait, want %d", keys.count(), len(long))
	}
	if got := keys.take(); got != long {
		t.Errorf("%d characters arrived, want all %d", len(got), len(long))
	}
}

func FuzzTyping(f *testing.F) {
	for _, seed := range []string{"abc\r", "\x1b[200~x\x1b[201~", "\x1b\x1b\x1b[", "\xff\x7f\x7f", "\x1b[200~\x1b[200~\r"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, typed []byte) {
		var keys typing
		for _, b := range typed {
			given, _ := keys.feed(b)
			if len(keys.line) > maxPasteLine || len(keys.escape) > maxEscape {
				t.Fatalf("it grows without bound: %d and %d bytes", len(keys.line), len(keys.escape))
			}
			if given {
				text := keys.take()
				if strings.ContainsRune(text, keyEscape) && utf8.ValidString(text) {
					t.Fatalf("an escape sequence got into %q", text)
				}
			}
		}
	})
}
