package history_test

import (
	"testing"

	"zoomtui/internal/history"
)

// A status line asks every few seconds whether the sign-in has ended: the answer is
// at the end of the file.
func BenchmarkEnded(b *testing.B) {
	l := history.Open(b.TempDir(), "work")
	for range 1000 {
		if err := l.Append(refresh("ok", "aaaaaa", "bbbbbb")); err != nil {
			b.Fatal(err)
		}
	}
	for name, fingerprint := range map[string]string{"stored": "bbbbbb", "unknown": "cccccc"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, ended := l.Ended(fingerprint); ended {
					b.Fatal("it has not")
				}
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	l := history.Open(b.TempDir(), "work")
	for b.Loop() {
		if err := l.Append(refresh("ok", "aaaaaa", "bbbbbb")); err != nil {
			b.Fatal(err)
		}
	}
}
