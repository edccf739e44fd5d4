package scope

import (
	"cmp"
	"maps"
	"slices"
)

// Minimal is the fewest scopes with which an app of this type and style can make
// the given calls.
type Minimal struct {
	Scopes  []Needed
	Without []Endpoint // for which no scope is known, or none that such an app can have
}

// Needed is one scope and the calls that it is for. Each call stands at one scope.
type Needed struct {
	Name string
	For  []Endpoint
}

// Minimal works out the fewest scopes, by name. An unknown style counts as
// granular, an unknown type as user-managed. Between equals it takes those that
// only read, then those that the documents name first. A call whose scopes are all
// of the other style is one of Without.
func (c *Catalogue) Minimal(endpoints []Endpoint, t AppType, s Style) Minimal {
	if t == UnknownType {
		t = UserManaged
	}
	if s == UnknownStyle {
		s = Granular
	}
	var m Minimal
	var calls []covered
	seen := map[string]bool{}
	for _, e := range endpoints {
		if seen[e.String()] {
			continue
		}
		seen[e.String()] = true
		if call := c.covered(e, App{Type: t, Style: s}); len(call.names) > 0 {
			calls = append(calls, call)
		} else {
			m.Without = append(m.Without, e)
		}
	}
	byName := map[string]*Needed{}
	for _, name := range cover(calls) {
		byName[name] = &Needed{Name: name}
	}
	for _, call := range calls {
		i := slices.IndexFunc(call.names, func(c choice) bool { return byName[c.name] != nil })
		needed := byName[call.names[i].name]
		needed.For = append(needed.For, call.endpoint)
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if len(byName[name].For) > 0 {
			m.Scopes = append(m.Scopes, *byName[name])
		}
	}
	return m
}

// covered is a call with the scopes that would do for it.
type covered struct {
	endpoint Endpoint
	names    []choice
}

// choice is a scope with what speaks against it.
type choice struct {
	name string
	cost int
}

func (c covered) has(name string) bool {
	return slices.ContainsFunc(c.names, func(choice choice) bool { return choice.name == name })
}

// covered gives the scopes that an app can have for a call, those that ask for the
// least first.
func (c *Catalogue) covered(e Endpoint, app App) covered {
	call := covered{endpoint: e}
	list := c.alternatives(e.Method, e.accepts(), app)
	for _, a := range list {
		if a.Fit.OK && a.Style == app.Style {
			call.names = append(call.names, choice{a.Name, len(call.names) + reach(e.Method, a.Name)})
		}
	}
	slices.SortStableFunc(call.names, func(a, b choice) int { return cmp.Compare(a.cost, b.cost) })
	return call
}
