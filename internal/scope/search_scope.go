package scope

import (
	"cmp"
	"slices"
	"strings"
)

// searchScope finds the operations that accept a scope; then those that accept
// one whose name begins so; and if there is none, one that is written nearly so.
func (c *Catalogue) searchScope(h *hits, name string) {
	opened := c.Opens(name)
	slices.SortStableFunc(opened, plainest)
	for _, e := range opened {
		h.add(e, name)
	}
	at, _ := slices.BinarySearch(c.names, name)
	for ; at < len(c.names) && strings.HasPrefix(c.names[at], name) && !h.full(); at++ {
		for _, e := range c.Opens(c.names[at]) {
			h.add(e, c.names[at])
		}
	}
	if len(h.found) > 0 {
		return
	}
	for _, near := range c.nearNames(name) {
		for _, e := range c.Opens(near) {
			h.add(e, near)
		}
	}
}

// nearNames are the scopes that a name with a typing mistake or two may mean.
func (c *Catalogue) nearNames(name string) []string {
	const most = 2
	var near [most + 1][]string
	for _, known := range c.names {
		if wrong := editDistance(name, known, most); wrong <= most {
			near[wrong] = append(near[wrong], known)
		}
	}
	return slices.Concat(near[:]...)
}

// searchLive finds the operations whose alternatives are those that Zoom has
// named, the most alike first: the call that failed is one of them.
func (c *Catalogue) searchLive(h *hits, named []string) {
	type alike struct {
		at, shared, others int
		scope              string
	}
	found := map[int]*alike{}
	for _, name := range named {
		for _, at := range c.uses(name).opens {
			if found[at] == nil {
				found[at] = &alike{at: at, scope: strings.TrimSpace(name)}
			}
			found[at].shared++
		}
	}
	var order []*alike
	for at, a := range found {
		e := c.endpoints[at]
		// Zoom names the alternatives of one family, or of both.
		a.others = min(differ(e.Granular, a.shared), differ(e.Classic, a.shared), differ(e.accepts(), a.shared))
		order = append(order, a)
	}
	slices.SortFunc(order, func(a, b *alike) int {
		return cmp.Or(
			cmp.Compare(b.shared, a.shared), cmp.Compare(a.others, b.others),
			plainest(c.endpoints[a.at], c.endpoints[b.at]), cmp.Compare(a.at, b.at),
		)
	})
	for _, a := range order {
		h.add(c.endpoints[a.at], a.scope)
	}
}

// plainest sorts what reads and has a short path to the front: of the operations
// of one scope it is the one that the scope is named for.
func plainest(a, b Endpoint) int {
	return cmp.Or(cmp.Compare(otherMethod(a, ""), otherMethod(b, "")), cmp.Compare(len(a.Path), len(b.Path)))
}

func differ(list []string, shared int) int { return max(len(list)-shared, shared-len(list)) }
