package requests

import (
	"strings"

	"github.com/sahilm/fuzzy"

	"zoomtui/internal/scope"
)

// enough is how many operations make it needless to look for vaguer ones.
const enough = 12

// vague gives operations that have the letters of a pattern in this order, the
// best first, without those that are known. The fuzzy match is given only what it
// can match: with the whole table it would take most of the time of a key press.
func (c *completer) vague(pattern string, t typedCall, known []scope.Endpoint) []scope.Endpoint {
	type call struct{ method, path string }
	skip := make(map[call]bool, len(known))
	for _, e := range known {
		skip[call{e.Method, e.Path}] = true
	}
	letters := strings.ToLower(pattern)
	var left candidates
	for i, e := range c.endpoints {
		if t.allows(e) && inOrder(letters, c.lower[i]) && !skip[call{e.Method, e.Path}] {
			left.at, left.texts = append(left.at, i), append(left.texts, c.texts[i])
		}
	}
	var out []scope.Endpoint
	for _, match := range fuzzy.FindFrom(pattern, left) {
		out = append(out, c.endpoints[left.at[match.Index]])
	}
	return out
}

// candidates are the operations that the fuzzy match looks at.
type candidates struct {
	at    []int // in the list of all
	texts []string
}

// String implements fuzzy.Source.
func (c candidates) String(i int) string { return c.texts[i] }

// Len implements fuzzy.Source.
func (c candidates) Len() int { return len(c.texts) }

// inOrder says whether a text has the letters of a pattern, in this order.
func inOrder(pattern, text string) bool {
	for _, letter := range pattern {
		at := strings.IndexRune(text, letter)
		if at < 0 {
			return false
		}
		text = text[at+1:] // the second half of a letter of several bytes is none
	}
	return true
}
