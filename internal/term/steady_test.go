package term

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestSteady(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"plain":              {"Weekly sync", "Weekly sync"},
		"Japanese":           {"設計レビュー", "設計レビュー"},
		"one emoji":          {"go 🚀", "go 🚀"},
		"a joined emoji":     {"👩\u200d💻 pairing", "👩 pairing"},
		"a family":           {"👨\u200d👩\u200d👧\u200d👦", "👨"},
		"emoji presentation": {"❤\ufe0f love", "❤ love"},
		"combining accent":   {"Cafe\u0301", "Cafe\u0301"},
		"empty":              {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Steady(tc.in)
			if got != tc.want {
				t.Errorf("Steady(%q) = %q, want %q", tc.in, got, tc.want)
			}
			if again := Steady(got); again != got {
				t.Errorf("not idempotent: %q", again)
			}
		})
	}
}

// Whatever comes in, both ways of counting cells give the same for what goes out.
func FuzzSteady(f *testing.F) {
	for _, s := range []string{"a", "設計 🚀", "👨\u200d👩\u200d👧", "🇯🇵🇵🇱", "1\ufe0f\u20e3", "e\u0301\u0301", "🏳\ufe0f\u200d🌈"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Steady(Clean(s, 200))
		if g, w := ansi.StringWidth(got), ansi.StringWidthWc(got); g != w {
			t.Errorf("%q takes %d cells by clusters and %d by characters", got, g, w)
		}
	})
}
