package scope

import (
	"slices"
	"strings"
	"sync"
)

// Endpoint is one operation of the REST API.
type Endpoint struct {
	Method   string   // GET
	Path     string   // template below /v2, /users/{userId}/meetings; /scim2/… stands as it is
	Summary  string   // a few words; where the path's product does not say enough, it ends in [product]
	Product  string   // the first part of the path
	Classic  []string // alternatives; none: the documents name none
	Granular []string
	Label    string // rate label: LIGHT, MEDIUM, HEAVY, RESOURCE-INTENSIVE; empty: not documented
}

// String is "GET /users/{userId}/meetings".
func (e Endpoint) String() string { return e.Method + " " + e.Path }

// accepts are all alternatives, classic and granular.
func (e Endpoint) accepts() []string { return slices.Concat(e.Granular, e.Classic) }

// Catalogue is all operations that Zoom documents. It never changes and is safe
// for concurrent use.
type Catalogue struct {
	endpoints []Endpoint // by product, path and method
	names     []string   // of all scopes, sorted

	reverse  func() map[string]scopeUse // built when it is first asked for
	searched func() *index              // so is this: a verdict needs none
}

// Load unpacks the embedded catalogue. It takes some milliseconds; callers keep it.
func Load() (*Catalogue, error) { return unpack(packed) }

// newCatalogue takes endpoints in the order of Endpoints and scopes' names sorted.
func newCatalogue(endpoints []Endpoint, names []string) *Catalogue {
	return &Catalogue{
		endpoints: endpoints, names: names,
		reverse:  sync.OnceValue(func() map[string]scopeUse { return reverseIndex(endpoints, len(names)) }),
		searched: sync.OnceValue(func() *index { return newIndex(endpoints) }),
	}
}

// Date is when Zoom's OpenAPI documents were read, as "2026-03". Some 180
// operations that only a list of Zoom's of 2026-07 names are in the table too:
// their paths are sure, most have no scopes and none has a rate label.
// Sources: https://developers.zoom.us/docs/api/ and https://github.com/zoom/skills
func (c *Catalogue) Date() string { return "2026-03" }

// Endpoints are all operations, by product, path and method (GET first). The
// list is the catalogue's own: it may be read, not changed.
func (c *Catalogue) Endpoints() []Endpoint { return c.endpoints }

// Scopes are all names that occur, sorted. The list is the catalogue's own: it
// may be read, not changed.
func (c *Catalogue) Scopes() []string { return c.names }

// scopeUse is what the table knows of one scope.
type scopeUse struct {
	opens []int // places of endpoints
	style Style
}

func reverseIndex(endpoints []Endpoint, names int) map[string]scopeUse {
	uses := make(map[string]scopeUse, names)
	note := func(name string, at int, style Style) {
		use := uses[name]
		if last := len(use.opens) - 1; last < 0 || use.opens[last] != at {
			use.opens = append(use.opens, at)
		}
		if use.style != Granular { // a name of both families is one that new apps know
			use.style = style
		}
		uses[name] = use
	}
	for at, e := range endpoints {
		for _, name := range e.Classic {
			note(name, at, Classic)
		}
		for _, name := range e.Granular {
			note(name, at, Granular)
		}
	}
	return uses
}

// Opens are the operations that a scope is enough for, in the order of Endpoints.
func (c *Catalogue) Opens(scope string) []Endpoint {
	var opened []Endpoint
	for _, at := range c.uses(scope).opens {
		opened = append(opened, c.endpoints[at])
	}
	return opened
}

// NameStyle is the style of a scope: by the table, else by its form.
func (c *Catalogue) NameStyle(scope string) Style {
	if style := c.uses(scope).style; style != UnknownStyle {
		return style
	}
	return formStyle(strings.TrimSpace(scope))
}

func (c *Catalogue) uses(scope string) scopeUse {
	if c.reverse == nil { // a Catalogue{} knows nothing
		return scopeUse{}
	}
	return c.reverse()[strings.TrimSpace(scope)]
}

// formStyle tells a style by the number of parts: resource:action is classic,
// service:action:claim granular, the level aside.
func formStyle(name string) Style {
	if resource, level, _ := strings.Cut(name, ":"); resource != "" && (level == "admin" || level == "master") {
		return Classic // account:master
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, ":admin"), ":master")
	switch parts := strings.Count(name, ":"); {
	case parts > 1:
		return Granular
	case parts == 1, strings.Contains(name, "_"):
		return Classic
	}
	return UnknownStyle
}
