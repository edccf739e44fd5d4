package kit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFit(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   string
		w    int
		want string
	}{
		"padded":                        {"abc", 5, "abc  "},
		"cut with an ellipsis":          {"abcdef", 4, "abc…"},
		"wide characters keep the edge": {"設計レビュー", 5, "設計…"},
		"a wide one at the edge":        {"設計レビュー", 6, "設計… "},
		"nothing fits":                  {"abc", 0, ""},
		"emoji counts two cells":        {"🚀go", 3, "🚀…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, Fit(tc.in, tc.w)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSpreadKeepsTheRightSide(t *testing.T) {
	t.Parallel()
	got := Spread("a very long topic of a meeting", "in 12:41", 20)
	if !strings.HasSuffix(got, " in 12:41") || Width(got) != 20 {
		t.Errorf("got %q", got)
	}
}

func TestChopLosesNothing(t *testing.T) {
	t.Parallel()
	link := "https://zoom.us/oauth/authorize?response_type=code&client_id=7KxQ2fWJT1mBv8s0nLda3g&state=a-b_c"
	for w := 1; w < 120; w++ {
		pieces := Chop(link, w)
		if strings.Join(pieces, "") != link {
			t.Fatalf("width %d changed the link: %q", w, pieces)
		}
		for i, p := range pieces {
			if i < len(pieces)-1 && len(p) != w {
				t.Fatalf("width %d: row %d is not full: %q", w, i, p)
			}
		}
	}
}

func TestStackDropsTheLeastImportantFirst(t *testing.T) {
	t.Parallel()
	sections := []Section{
		{Lines: []string{"link"}}, Blank(9), {Lines: []string{"hint"}, Drop: 5}, {Lines: []string{"box"}},
	}
	for h, want := range map[int][]string{
		4: {"link", "", "hint", "box"},
		3: {"link", "hint", "box"},
		2: {"link", "box"},
		1: {"link"},
		0: {},
	} {
		if diff := cmp.Diff(want, Stack(sections, h)); diff != "" {
			t.Errorf("height %d: %s", h, diff)
		}
	}
}

func TestBesideIsRectangular(t *testing.T) {
	t.Parallel()
	got := Beside([]string{"田中", "b"}, []string{"x", "y", "zzzzzzzzzzzzz"}, 10, 20)
	for _, l := range got {
		if Width(l) != 20 {
			t.Errorf("%q has %d cells", l, Width(l))
		}
	}
	if len(got) != 3 {
		t.Errorf("%d lines, want 3", len(got))
	}
}
