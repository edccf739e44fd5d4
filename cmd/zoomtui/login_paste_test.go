package main

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestJoinLines(t *testing.T) {
	t.Parallel()
	const later = "(a moment)"
	whole := func(s string) bool { return strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") }
	tests := []struct {
		name        string
		lines, want []string
	}{
		{"a whole one is used at once", []string{"<abc>"}, []string{"<abc>"}},
		{"pieces are joined", []string{"<ab", "c", "d>"}, []string{"<abcd>"}},
		{"a whole one after something else", []string{"hello", "<abc>"}, []string{"<abc>"}},
		{"something else is given after a moment", []string{"hello", later, "<abc>"}, []string{"hello", "<abc>"}},
		{"pieces that come too late are two texts", []string{"<ab", later, "c>"}, []string{"<ab", "c>"}},
		{"what is left at the end is given", []string{"hello"}, []string{"hello"}},
		{"empty lines are nothing", []string{"", "", later, "<a>"}, []string{"<a>"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				lines, texts := make(chan string), make(chan string)
				go func() {
					defer close(lines)
					for _, line := range tt.lines {
						if line == later {
							time.Sleep(2 * pasteGap) // of the test's own clock
							continue
						}
						lines <- line
					}
				}()
				go func() {
					defer close(texts)
					joinLines(t.Context(), lines, texts, whole)
				}()
				var got []string
				for text := range texts {
					got = append(got, text)
				}
				if !slices.Equal(got, tt.want) {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			})
		})
	}
}

func TestJoinLinesEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		lines, done := make(chan string), make(chan struct{})
		go func() {
			defer close(done)
			joinLines(ctx, lines, make(chan string), func(string) bool { return true })
		}()
		lines <- "<nobody takes this>"
		cancel()
		<-done // or the test would never end
	})
}

func TestCanPaste(t *testing.T) {
	t.Parallel()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	defer write.Close()
	for name, tt := range map[string]struct {
		in   *os.File
		want bool
	}{"a pipe": {read, true}, "/dev/null": {null, false}} {
		if got := (&cli{stdio: stdio{in: tt.in}}).canPaste(); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
