package requests

import (
	"context"
	"strings"
	"testing"

	"zoomtui/internal/ui/kit"
)

// However many results a filter makes, only what is in sight is laid out.
func TestFilterOfManyResults(t *testing.T) {
	t.Parallel()
	c := kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(true)}
	for expr, want := range map[string]struct {
		n    int
		tree bool
		note string
	}{
		"range(300000)":               {300_000, true, ""},
		"empty":                       {0, false, "no result"},
		".a":                          {1, true, ""},
		".a, .b, (.a|.[])":            {2, true, "does not fit"},
		"(.a|.[])":                    {0, false, "does not fit"},
		`range(40) | ("x" * 1048576)`: {15, true, "this is the begin"},
	} {
		t.Run(expr, func(t *testing.T) {
			t.Parallel()
			d, wrong := readLine("GET /users/me --jq " + expr)
			if wrong != "" {
				t.Fatal(wrong)
			}
			got := d.filter.apply(context.Background(), Exchange{Body: []byte(`{"a":1,"b":[2]}`)})
			if got.results != want.n || (got.view != nil) != want.tree || len(got.lines) != 0 || !strings.Contains(got.note, want.note) {
				t.Errorf("%d results, %d lines, note %q", got.results, len(got.lines), got.note)
			}
			if f := got.draw(c, 80, 20); len(f.Lines) > 20 {
				t.Errorf("%d lines are drawn", len(f.Lines))
			}
		})
	}
}

// The calls that can be made again are forgotten with the log.
func TestMemoryForgetsOldCalls(t *testing.T) {
	t.Parallel()
	m := memory{made: map[int]Request{1: {}, 7: {}, 9: {}, 12: {}}}
	m.keep(nil)
	if len(m.made) != 4 {
		t.Error("an empty log has forgotten calls that are not in it yet")
	}
	m.keep([]Call{{Seq: 11}, {Seq: 9}, {Seq: 8}})
	if _, newer := m.made[12]; len(m.made) != 2 || !newer {
		t.Errorf("%v", m.made)
	}
}
