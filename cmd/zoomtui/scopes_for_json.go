package main

import (
	"slices"

	"zoomtui/internal/scope"
)

// foundJSON is `scopes for --json`.
type foundJSON struct {
	Query     string         `json:"query"`     // as it was understood
	AsOf      string         `json:"as_of"`     // of the table: year and month of Zoom's documents
	Scope     *scopeJSON     `json:"scope"`     // the query is the name of a scope; null: it is not
	Verdict   *verdictAnswer `json:"verdict"`   // null: no single call was meant
	Endpoints []callJSON     `json:"endpoints"` // the best first; with a verdict the one that it is about, then the other methods at the path
	More      int            `json:"more"`      // how many further ones are not listed
	Apps      []fittingJSON  `json:"apps"`      // with a verdict and no app at hand: what each kind of app needs
}

type scopeJSON struct {
	Name  string `json:"name"`
	Style string `json:"style"`
	Level string `json:"level"`
	Held  *bool  `json:"held"` // null: not known
}

// callJSON is a call with the scopes that it accepts.
type callJSON struct {
	endpointJSON
	Classic  []string `json:"classic"`
	Granular []string `json:"granular"`
	Verdict  string   `json:"verdict"`
	Best     string   `json:"best"` // the one that fits the app, or that the token has
}

type fittingJSON struct {
	Type  string `json:"type"`
	Style string `json:"style"`
	Scope string `json:"scope"` // empty: no such app can make the call
}

func (f found) json(b bench, profile string) foundJSON {
	a := foundJSON{Query: f.query, AsOf: b.catalogue.Date(), Endpoints: []callJSON{}, More: f.more, Apps: []fittingJSON{}}
	if f.scope != "" {
		a.Scope = &scopeJSON{Name: clean(f.scope), Style: string(b.catalogue.NameStyle(f.scope)), Level: levelText(scope.LevelOf(f.scope))}
		if b.app.ScopesKnown {
			held := slices.Contains(b.app.Scopes, f.scope)
			a.Scope.Held = &held
		}
	}
	list := f.list
	if f.verdict != nil {
		v := verdictJSON(*f.verdict, profile)
		a.Verdict = &v
		if f.verdict.Known {
			list = slices.Concat([]scope.Verdict{*f.verdict}, f.list)
		}
		for _, fitting := range b.fittings(*f.verdict) {
			a.Apps = append(a.Apps, fittingJSON{string(fitting.app.Type), string(fitting.app.Style), clean(fitting.name)})
		}
	}
	for _, v := range list {
		a.Endpoints = append(a.Endpoints, callJSON{
			endpointOf(v.Endpoint), append([]string{}, v.Endpoint.Classic...), append([]string{}, v.Endpoint.Granular...),
			string(v.Kind), bestOf(v),
		})
	}
	return a
}
