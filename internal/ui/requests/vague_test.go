package requests

import (
	"slices"
	"testing"

	"github.com/sahilm/fuzzy"

	"zoomtui/internal/scope"
)

// What is kept from the fuzzy match would not have matched: the result is that of
// the whole table.
func TestVagueMissesNothing(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for _, typed := range []string{"mtgreg", "GET /usrmeet", "POST users/registrnts", "usersettings", "DELETE mt", "Zoom Phone", "recordings/ÄÖ", "zzzz", "会議"} {
		call := readTyped(typed)
		pattern := call.words + call.path
		known := c.endpoints[:1:1]
		var want []scope.Endpoint
		for _, match := range fuzzy.Find(pattern, c.texts) {
			e := c.endpoints[match.Index]
			if call.allows(e) && match.Index != 0 {
				want = append(want, e)
			}
		}
		same := func(a, b scope.Endpoint) bool { return a.Method == b.Method && a.Path == b.Path }
		if got := c.vague(pattern, call, known); !slices.EqualFunc(got, want, same) {
			t.Errorf("%q: %d operations, the whole table gives %d", typed, len(got), len(want))
		}
	}
}

func TestInOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "x", true},
		{"x", "", false},
		{"umt", "users/meetings", true},
		{"ussers", "users", false},
		{"aa", "a", false},
		{"会議", "日会x議", true},
		{"議会", "会議", false},
	} {
		if got := inOrder(tt.pattern, tt.text); got != tt.want {
			t.Errorf("%q in %q: %v", tt.pattern, tt.text, got)
		}
	}
}
