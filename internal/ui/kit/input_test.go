package kit

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// The cursor stands where the terminal draws the next character.
func TestInputCursor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		typed string
		width int
		back  int // times the left arrow is pressed
		want  int
	}{
		"empty":                              {"", 20, 0, 0},
		"letters":                            {"list", 20, 0, 4},
		"wide characters":                    {"録画", 20, 0, 4},
		"one of them":                        {"録", 20, 0, 2},
		"before a wide one":                  {"録画", 20, 1, 2},
		"between letters":                    {"a録b", 20, 1, 3},
		"at the begin":                       {"録画", 20, 2, 0},
		"emoji":                              {"🚀x", 20, 0, 3},
		"scrolled, at the end":               {"abcdefghij", 5, 0, 5},
		"scrolled, in the midst":             {"abcdefghij", 5, 3, 2},
		"scrolled, wide, at the end":         {"設計レビュー会議", 8, 0, 8},
		"scrolled, wide, two back":           {"設計レビュー会議", 8, 2, 4},
		"scrolled back beyond what is shown": {"abcdefghij", 5, 8, 0},
		"no width of its own":                {"設計レ", 0, 0, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := NewInput("type")
			StyleInput(&in, NewStyles(true))
			in.SetWidth(tc.width)
			in.Focus()
			for _, r := range tc.typed {
				in, _ = in.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			for range tc.back {
				in, _ = in.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
			}
			drawn := in.View()
			got := InputCursor(in)
			if got == nil || got.X != tc.want {
				t.Fatalf("%q, %d back: the cursor is at %+v, want column %d", tc.typed, tc.back, got, tc.want)
			}
			if again := in.View(); again != drawn {
				t.Errorf("asking for the cursor changed the input: %q, was %q", again, drawn)
			}
		})
	}
}

func TestInputCursorOfNone(t *testing.T) {
	t.Parallel()
	in := NewInput("")
	in.SetValue("録画")
	if got := InputCursor(in); got != nil {
		t.Errorf("an input without focus has a cursor: %+v", got)
	}
}
