package explain

import (
	"slices"
	"strings"
)

// row is one known failure: how to recognise it and what to say. The keys are
// alternatives, tried over a whole table in this order: Zoom's words, Zoom's
// number, the OAuth error, the local cause, the HTTP status, the operation alone. Words come first
// because Zoom reuses its numbers (300 and 200 have a hundred meanings each); before them only what
// is known here and Zoom cannot know.
type row struct {
	says   []string // pieces of Zoom's words, lower case
	cause  []string // pieces of the local cause, lower case
	codes  []int
	oauth  []string
	status []int            // 500 stands for every 5xx
	local  bool             // the cause goes before Zoom's words
	op     string           // must be part of Facts.Op as well, lower case
	when   func(Facts) bool // must hold as well
	class  Class
	what   string // may hold the marks of fill
	why    string
	next   []Step // a step with a mark that is not known is left out
}

// find gives the row that fits best, or false. When the failure came with a
// class, a row of that class is preferred; on this machine, where words are
// our own and ambiguous, only such a row will do.
func find(rows []row, f Facts) (row, bool) {
	if f.Class != Other {
		same := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.class != f.Class })
		if r, ok := findIn(same, f); ok || f.Place == PlaceLocal {
			return r, ok
		}
	}
	return findIn(rows, f)
}

func findIn(rows []row, f Facts) (row, bool) {
	message, cause := strings.ToLower(f.Message), strings.ToLower(f.Cause)
	keys := []func(row) bool{
		func(r row) bool { return r.local && containsAny(cause, r.cause) },
		func(r row) bool { return containsAny(message, r.says) },
		func(r row) bool { return f.Code != 0 && slices.Contains(r.codes, f.Code) },
		func(r row) bool { return f.OAuth != "" && slices.Contains(r.oauth, strings.ToLower(f.OAuth)) },
		func(r row) bool { return containsAny(cause, r.cause) },
		func(r row) bool { return f.HTTPStatus != 0 && slices.ContainsFunc(r.status, sameStatus(f.HTTPStatus)) },
		func(r row) bool { return r.op != "" && r.keyless() },
	}
	for _, key := range keys {
		for _, r := range rows {
			if key(r) && r.allows(f) {
				return r, true
			}
		}
	}
	return row{}, false
}

// keyless tells a row that is known by its operation alone.
func (r row) keyless() bool {
	return len(r.says)+len(r.cause)+len(r.codes)+len(r.oauth)+len(r.status) == 0
}

// allows checks the conditions that hold beside the keys.
func (r row) allows(f Facts) bool {
	if r.op != "" && !strings.Contains(strings.ToLower(f.Op), r.op) {
		return false
	}
	return r.when == nil || r.when(f)
}

func containsAny(text string, pieces []string) bool {
	if text == "" {
		return false
	}
	return slices.ContainsFunc(pieces, func(p string) bool { return strings.Contains(text, p) })
}

func sameStatus(status int) func(int) bool {
	return func(want int) bool { return want == status || want == 500 && status >= 500 }
}
