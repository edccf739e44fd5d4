package scope

import (
	"cmp"
	"slices"
	"strings"
)

// searchPath finds the operation of a call, the others of its path, those whose
// paths go on from there, and if there is none, the nearest.
func (c *Catalogue) searchPath(h *hits, q Query) {
	method := askedMethod(q.Method)
	e, known := c.Find(method, q.Path)
	if known {
		h.add(e, "")
	}
	for _, other := range c.paths(q.Path) {
		h.add(other, "")
	}
	longer := c.longer(plainPath(q.Path))
	slices.SortStableFunc(longer, func(a, b Endpoint) int {
		return cmp.Or(
			cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/")),
			cmp.Compare(otherMethod(a, method), otherMethod(b, method)),
			cmp.Compare(len(a.Path), len(b.Path)),
		)
	})
	for _, e := range longer {
		h.add(e, "")
	}
	if len(h.found) == 0 {
		for _, e := range c.Nearest(method, q.Path, min(h.limit, maxNearest)) {
			h.add(e, "")
		}
	}
}

// maxNearest is how many operations are offered for a path that is not known.
const maxNearest = 12

// otherMethod sorts the operations with the asked method before the others.
func otherMethod(e Endpoint, method string) int {
	if e.Method == cmp.Or(method, "GET") {
		return 0
	}
	return 1
}

// paths are all operations of the path that a call has.
func (c *Catalogue) paths(path string) []Endpoint {
	first, ok := c.Find("", path)
	if !ok {
		return nil
	}
	var same []Endpoint
	for _, e := range c.endpoints {
		if e.Path == first.Path {
			same = append(same, e)
		}
	}
	return same
}

// longer are the operations whose paths begin like a path; its last part may be
// the beginning of a word.
func (c *Catalogue) longer(path string) []Endpoint {
	parts := strings.Split(path[1:], "/")
	var found []Endpoint
	for _, e := range c.endpoints {
		if strings.HasPrefix(e.Product, parts[0]) && begins(e.Path[1:], parts) {
			found = append(found, e)
		}
	}
	return found
}

// begins tells whether a template begins with parts.
func begins(template string, parts []string) bool {
	for i, have := range parts {
		want, rest, more := strings.Cut(template, "/")
		last := i+1 == len(parts)
		switch {
		case want == have:
		case isParameter(want) && (!last || looksLikeID(have)):
		case last && strings.HasPrefix(want, have):
		default:
			return false
		}
		if !last && !more {
			return false
		}
		template = rest
	}
	return true
}
