package scope

import (
	"cmp"
	"slices"
	"strings"
)

// Costs of making one path another, in hundredths of a part.
const (
	costOtherMethod = 40
	costPart        = 90 // one part too many or too few
	costOtherWord   = 120
	costWordForID   = 45 // a word stands where the template has an id
	costIDForWord   = 130
	maxCost         = 200 // beyond it two paths have nothing to do with each other
)

// Nearest are the operations most like a call that Find does not know, best
// first, at most limit: a part mistyped, missing or too many, or the wrong method.
func (c *Catalogue) Nearest(method, path string, limit int) []Endpoint {
	method, path = askedMethod(method), plainPath(path)
	if path == "/" || limit <= 0 || len(path) > maxPath {
		return nil
	}
	asked := strings.Split(strings.ToLower(path[1:]), "/")
	type near struct{ cost, at int }
	var found []near
	spelling := newSpeller(asked)
	for at, e := range c.endpoints {
		cost := spelling.distance(e.Path)
		if method != "" && method != e.Method {
			cost += costOtherMethod
		}
		// Of a path of one part little may differ, of a long one more.
		if cost <= min(maxCost, 40+60*len(asked)) {
			found = append(found, near{cost: cost, at: at})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.at, b.at))
	})
	var nearest []Endpoint
	for _, n := range found[:min(limit, len(found))] {
		nearest = append(nearest, c.endpoints[n.at])
	}
	return nearest
}

// maxPath bounds the work for a path that no API has, in bytes.
const maxPath = 2000

// speller compares the parts of one path with those of many templates.
type speller struct {
	asked       []string
	known       map[string][]int // costs of the asked parts against a literal part
	before, row []int
}

func newSpeller(asked []string) *speller {
	return &speller{
		asked: asked, known: map[string][]int{},
		before: make([]int, len(asked)+1), row: make([]int, len(asked)+1),
	}
}

// distance is the edit distance between the asked path and a template, over
// their parts.
func (s *speller) distance(template string) int {
	if more := strings.Count(template, "/") - len(s.asked); more > 2 || more < -2 {
		return maxCost + 1
	}
	for i := range s.before {
		s.before[i] = i * costPart
	}
	for want := range strings.SplitSeq(template[1:], "/") {
		costs := s.costs(want)
		s.row[0] = s.before[0] + costPart
		for i := range s.asked {
			s.row[i+1] = min(s.before[i]+costs[i], s.before[i+1]+costPart, s.row[i]+costPart)
		}
		s.before, s.row = s.row, s.before
	}
	return s.before[len(s.asked)]
}

// costs of taking each asked part for a part of a template.
func (s *speller) costs(want string) []int {
	if costs, ok := s.known[want]; ok {
		return costs
	}
	costs := make([]int, len(s.asked))
	for i, have := range s.asked {
		switch {
		case isParameter(want) && !looksLikeID(have):
			costs[i] = costWordForID
		case isParameter(want), have == strings.ToLower(want):
		case looksLikeID(have):
			costs[i] = costIDForWord
		default:
			costs[i] = spelled(have, strings.ToLower(want))
		}
	}
	s.known[want] = costs
	return costs
}

// spelled is the cost of one word for another: each letter that differs costs
// more in a short word.
func spelled(have, want string) int {
	letters := max(len(have), len(want))
	wrong := editDistance(have, want, letters)
	if 2*wrong > letters {
		return costOtherWord
	}
	return 10 + costOtherWord*wrong/letters
}

// looksLikeID tells an id, e-mail address or parameter from a word of a path.
func looksLikeID(part string) bool {
	return part == "me" || strings.ContainsAny(part, "{}@=%:<$0123456789") && !strings.HasPrefix(part, "h323")
}

// editDistance counts the letters to insert, delete, change or swap with their
// neighbour to make a of b; more than limit is limit+1. It compares bytes: the
// words of the table are ASCII.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var room [3 * 64]int // on the stack: a search compares thousands of words
	rows, n := room[:], len(b)+1
	if 3*n > len(rows) {
		rows = make([]int, 3*n)
	}
	older, before, row := rows[:n], rows[n:2*n], rows[2*n:3*n]
	for j := range before {
		before[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(before[j]+cost, before[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > limit {
			return limit + 1
		}
		older, before, row = before, row, older
	}
	return min(before[len(b)], limit+1)
}
