package main

import (
	"fmt"
	"slices"
	"strings"

	"zoomtui/internal/scope"
)

// check compares one name or call with what was granted. No scope has a slash.
func (b bench) check(asked string) checkJSON {
	if strings.Contains(asked, "/") {
		return b.checkCall(callOf(asked))
	}
	return b.checkName(asked)
}

// checkName looks for the name of a scope itself among those of the token.
func (b bench) checkName(name string) checkJSON {
	row := checkJSON{Asked: scope.WithoutSecrets(clean(name)), By: []string{}, Instead: []string{}}
	row.Known = slices.Contains(b.catalogue.Scopes(), name)
	held := slices.Contains(b.app.Scopes, name)
	if b.app.ScopesKnown {
		row.decide(held)
	}
	switch {
	case held:
		row.By = append(row.By, row.Asked)
	case row.Known:
		row.Best = row.Asked
		b.putInstead(&row, name)
	default:
		row.note = "no such scope is known"
		if row.Nearest = nearestScope(b.catalogue, name); row.Nearest != "" {
			row.note += "; did you mean " + row.Nearest + "?"
		}
	}
	return row
}

// putInstead says of a scope that this app cannot have what it has in its place: an
// app has scopes of one style, and of one level.
func (b bench) putInstead(row *checkJSON, name string) {
	why := b.cannotHave(name)
	if why == "" {
		return
	}
	row.Best, row.note = "", "your app cannot have it ("+why+")"
	granted := 0
	for _, own := range b.catalogue.Minimal(b.catalogue.Opens(name), b.app.Type, b.app.Style).Scopes {
		row.Instead = append(row.Instead, clean(own.Name))
		if slices.Contains(b.app.Scopes, own.Name) {
			granted++
		}
	}
	switch all := len(row.Instead); {
	case all == 1 && granted == 1:
		row.note += "; its own is " + row.Instead[0] + ", which is granted"
	case all == 1:
		row.Best = row.Instead[0]
		row.note += "; add its own, " + row.Best
	case all > 1:
		row.note += fmt.Sprintf("; %d others do the same, %d of them granted", all, granted)
	}
}

// cannotHave is why such an app cannot have a scope; empty: it can, or nobody knows.
// That some call names no scope of the app's style makes it no better.
func (b bench) cannotHave(name string) string {
	if !b.app.ScopesKnown || scope.LevelOf(name) == scope.LevelMaster { // that of a master account can
		return ""
	}
	why := ""
	for _, e := range b.catalogue.Opens(name) {
		v := b.judge(scope.Question{Method: e.Method, Path: e.Path})
		for _, a := range v.Alternatives {
			switch {
			case a.Name != name:
			case a.Fit.OK && (a.Style == b.app.Style || b.app.Style == scope.UnknownStyle):
				return ""
			case a.Fit.OK:
			case why == "":
				why = a.Fit.Reason
			}
		}
	}
	return why
}

// checkCall looks for any of the scopes that a call accepts.
func (b bench) checkCall(call namedCall) checkJSON {
	v := b.judge(call.Question)
	row := checkJSON{Asked: call.text, By: []string{}, Instead: []string{}, Known: v.Known, Remark: v.OwnUserOnly(), call: true}
	for _, a := range v.Alternatives {
		if a.Held {
			row.By = append(row.By, clean(a.Name))
		}
	}
	row.note = strings.TrimSuffix(clean(v.Headline), ".")
	switch v.Kind {
	case scope.HasIt:
		row.decide(true)
		row.note = "by " + row.By[0]
		if row.Remark != "" {
			row.note += ", but for the own user only"
		}
	case scope.Unknown:
	case scope.UnknownEndpoint:
		if len(v.Nearest) > 0 {
			row.Nearest = v.Nearest[0].String()
			row.note += "; did you mean " + row.Nearest + "?"
		}
	default:
		row.decide(false)
		if row.Best = clean(v.Best); v.Best != "" {
			row.note = "add " + row.Best
		}
	}
	return row
}
