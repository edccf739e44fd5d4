package main

import (
	"fmt"
	"strings"

	"zoomtui/internal/scope"
)

// fitting is the scope that an app of a type and style needs; empty: it can have none.
type fitting struct {
	app  scope.App
	name string
}

// fittings are what each kind of app needs, where no token is at hand to compare
// with.
func (b bench) fittings(v scope.Verdict) []fitting {
	if b.app.ScopesKnown || !v.Known || len(v.Alternatives) == 0 || b.app.Type != scope.UnknownType {
		return nil
	}
	var list []fitting
	for _, style := range []scope.Style{scope.Granular, scope.Classic} {
		for _, kind := range []scope.AppType{scope.UserManaged, scope.AdminManaged, scope.ServerToServer} {
			app := scope.App{Type: kind, Style: style}
			f := fitting{app: app}
			if m := b.catalogue.Minimal([]scope.Endpoint{v.Endpoint}, kind, style); len(m.Scopes) > 0 {
				f.name = m.Scopes[0].Name
			}
			list = append(list, f)
		}
	}
	return list
}

// fittingsText is fittings for a person.
func (b bench) fittingsText(v scope.Verdict) string {
	list := b.fittings(v)
	if len(list) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("\n  By kind of app (classic: made before March 2024)\n")
	for _, f := range list {
		name := clean(f.name)
		if name == "" {
			name = "none is documented that it could have"
		}
		fmt.Fprintf(&out, "    %-16s  %-8s  %s\n", f.app.Type, f.app.Style, name)
	}
	return out.String()
}
