package scope

import (
	"slices"
	"strings"
)

// Hit is one operation or scope that a search has found.
type Hit struct {
	Endpoint Endpoint
	Scope    string // the search was for a scope that this operation accepts; empty: not
}

// Search finds operations by words, a path, "METHOD /path", a full URL, a curl
// line, a pasted error of Zoom's, or the name of a scope or its beginning; best
// first, at most limit. An empty text finds nothing.
func (c *Catalogue) Search(text string, limit int) []Hit {
	if limit <= 0 || c.searched == nil {
		return nil
	}
	h := hits{limit: limit, seen: map[string]bool{}}
	q := ReadQuery(text)
	if q.Path != "" {
		c.searchPath(&h, q)
	}
	if q.Live != nil {
		c.searchLive(&h, q.Live.Scopes)
	}
	if q.Scope != "" {
		c.searchScope(&h, q.Scope)
		if len(h.found) == 0 {
			q.Words = textWords(strings.ReplaceAll(q.Scope, ":", " "))
		}
	}
	name := strings.ToLower(strings.TrimSpace(text))
	if _, isScope := slices.BinarySearch(c.names, name); isScope && len(q.Words) > 0 {
		c.searchScope(&h, name) // user_profile
	}
	if len(q.Words) > 0 {
		c.searchWords(&h, q.Words)
	}
	return h.found
}

// hits collects what was found, each operation once.
type hits struct {
	limit int
	found []Hit
	seen  map[string]bool
}

func (h *hits) full() bool { return len(h.found) >= h.limit }

func (h *hits) add(e Endpoint, scope string) {
	if name := e.String(); !h.full() && !h.seen[name] {
		h.seen[name] = true
		h.found = append(h.found, Hit{Endpoint: e, Scope: scope})
	}
}
