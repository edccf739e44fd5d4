package requests

import (
	"cmp"
	"slices"
	"strings"

	"zoomtui/internal/params"
	"zoomtui/internal/scope"
)

// maxFound is how many operations are offered at once.
const maxFound = 40

// completer finds operations for what has been typed so far.
type completer struct {
	catalogue *scope.Catalogue
	endpoints []scope.Endpoint
	parts     [][]string // of the paths, lower case
	texts     []string   // path and summary
	lower     []string   // the same in lower case
}

// newCompleter takes some milliseconds.
func newCompleter(c *scope.Catalogue) *completer {
	c.Search("users", 1) // the index is made with the first search, and the first key press shall not wait for it
	out := &completer{catalogue: c, endpoints: c.Endpoints()}
	for _, e := range out.endpoints {
		text := e.Path + " " + e.Summary
		out.parts = append(out.parts, split(e.Path))
		out.texts, out.lower = append(out.texts, text), append(out.lower, strings.ToLower(text))
	}
	return out
}

func split(path string) []string { return strings.Split(strings.ToLower(strings.Trim(path, "/")), "/") }

// typedCall is the begin of a line: what is known of the call so far.
type typedCall struct {
	method string // empty: none yet
	path   string // without the query; empty: only words
	query  string // with its question mark
	words  string // where there is no path
	rest   string // fields and filter, as they were typed
}

// readTyped takes a line apart that is not finished.
func readTyped(text string) typedCall {
	var t typedCall
	call := strings.NewReplacer("\t", " ", "\n", " ").Replace(text)
	if at := strings.Index(call, " -"); at >= 0 {
		t.rest, call = strings.TrimSpace(call[at:]), call[:at]
	}
	call = strings.TrimSpace(call)
	if first, rest, _ := strings.Cut(call, " "); params.IsMethod(first) {
		t.method, call = strings.ToUpper(first), strings.TrimSpace(rest)
	}
	if trimmed := strings.TrimPrefix(strings.Trim(call, "/"), "v2"); trimmed == "" && call != "" {
		t.path = "/" // any
		return t
	}
	if !strings.Contains(call, "/") {
		t.words = call
		return t
	}
	target, err := params.ReadTarget(call)
	if err != nil {
		t.words = call
		return t
	}
	t.path = target.Path
	if target.Query != "" {
		t.query = "?" + target.Query
	}
	return t
}

// find gives the operations that fit best, the best first: those whose path begins
// as typed, or that the search finds for words, and then those that have its
// letters in this order.
func (c *completer) find(t typedCall) []scope.Endpoint {
	var out []scope.Endpoint
	switch {
	case t.path != "":
		out = c.begin(t)
	case t.words != "":
		for _, hit := range c.catalogue.Search(t.words, maxFound) {
			if hit.Endpoint.Path != "" && t.allows(hit.Endpoint) {
				out = append(out, hit.Endpoint)
			}
		}
	case t.method != "":
		for _, e := range c.endpoints {
			if t.allows(e) {
				out = append(out, e)
			}
		}
	}
	if pattern := cmp.Or(strings.Trim(t.path, "/"), t.words); len(out) < enough && pattern != "" {
		out = append(out, c.vague(pattern, t, out)...)
	}
	return out[:min(len(out), maxFound)]
}

// found is one operation that fits, and how well.
type found struct {
	endpoint scope.Endpoint
	rank     [3]int // the smaller the better
}

// begin gives the operations whose path begins as typed.
func (c *completer) begin(t typedCall) []scope.Endpoint {
	var fit []found
	typed := split(t.path)
	for i, e := range c.endpoints {
		if rank, ok := fits(typed, c.parts[i]); ok && t.allows(e) {
			fit = append(fit, found{e, rank})
		}
	}
	slices.SortStableFunc(fit, compare)
	out := make([]scope.Endpoint, len(fit))
	for i, f := range fit {
		out[i] = f.endpoint
	}
	return out
}

// allows says whether an operation has the method that was typed.
func (t typedCall) allows(e scope.Endpoint) bool {
	return t.method == "" || e.Method == t.method || t.method == "HEAD" && e.Method == "GET"
}

func compare(a, b found) int {
	return cmp.Or(slices.Compare(a.rank[:], b.rank[:]), cmp.Compare(len(a.endpoint.Path), len(b.endpoint.Path)), cmp.Compare(a.endpoint.Path, b.endpoint.Path),
		cmp.Compare(order(a.endpoint.Method), order(b.endpoint.Method)))
}

// order puts the methods that read before those that write.
func order(method string) int { return slices.Index(params.Methods(), method) }

// fits says whether a path that is being typed is the begin of an operation's, and
// how well: of the same length first, then with few values in the place of
// parameters, then the shorter.
func fits(typed, parts []string) (rank [3]int, ok bool) {
	if len(typed) > len(parts) {
		return rank, false
	}
	for i, t := range typed {
		switch last := i == len(typed)-1; {
		case strings.HasPrefix(parts[i], "{"):
			rank[1]++
		case t == parts[i]:
		case last && strings.HasPrefix(parts[i], t):
			rank[0] = 1
		default:
			return rank, false
		}
	}
	if len(typed) != len(parts) {
		rank[0] = 1
	}
	rank[2] = len(parts)
	return rank, true
}

// complete is the line for an operation, with what was typed in the place of its
// parameters.
func complete(t typedCall, e scope.Endpoint) string {
	method := e.Method
	if t.method == "HEAD" {
		method = t.method
	}
	parts := strings.Split(strings.Trim(e.Path, "/"), "/")
	if t.path != "" {
		typed := strings.Split(strings.Trim(t.path, "/"), "/")
		if _, ok := fits(split(t.path), split(e.Path)); ok {
			for i, word := range typed {
				if strings.HasPrefix(parts[i], "{") && word != "" {
					parts[i] = word
				}
			}
		}
	}
	line := method + " /" + strings.Join(parts, "/") + t.query
	if t.rest != "" {
		line += " " + t.rest
	}
	return line
}
