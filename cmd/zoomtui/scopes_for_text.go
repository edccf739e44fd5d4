package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/scope"
)

// printFound prints what was found for a person.
func (c *cli) printFound(b bench, f found) error {
	switch {
	case f.verdict != nil:
		if err := c.writeVerdict(c.out, *f.verdict); err != nil {
			return err
		}
		text := b.fittingsText(*f.verdict)
		if len(f.list) > 0 {
			text += "\nOther methods at this path:\n" + b.foundText(found{list: f.list}, columns(c.out))
		}
		_, err := fmt.Fprint(c.out, text)
		return err
	case len(f.list) == 0 && f.scope != "":
		c.say("No call is known that accepts %s, by Zoom's documents of %s.", clean(f.scope), b.catalogue.Date())
		if near := nearestScope(b.catalogue, f.scope); near != "" {
			c.say("Did you mean %s?", near)
		}
		return nil
	case len(f.list) == 0:
		c.say("Nothing in Zoom's documents of %s fits that.", b.catalogue.Date())
		return nil
	}
	_, err := fmt.Fprint(c.out, b.foundText(f, columns(c.out)))
	if err == nil && f.more > 0 {
		c.say("And %d more; say more words, or a path.", f.more)
	}
	return err
}

// foundText lists calls; in a window of too few columns each takes several lines.
func (b bench) foundText(f found, cols int) string {
	var out strings.Builder
	if f.scope != "" {
		fmt.Fprintf(&out, "%s, opens %s:\n", b.grantText(f.scope), counted(len(f.list)+f.more, "call"))
	}
	calls, scopes := 0, 0
	for _, v := range f.list {
		calls = max(calls, len(v.Endpoint.Path))
		scopes = max(scopes, ansi.StringWidth(listedScope(v)))
	}
	short := cols > 0 && 2+7+calls+2+scopes > cols
	for _, v := range f.list {
		name, e := clean(listedScope(v)), v.Endpoint
		if short {
			fmt.Fprintf(&out, "%s %-6s %s\n    %s\n    %s\n", kindMark(v.Kind), e.Method, e.Path, name, e.Summary)
			continue
		}
		fmt.Fprintf(&out, "%s %-6s %-*s  %-*s  %s\n", kindMark(v.Kind), e.Method, calls, e.Path, scopes, name, e.Summary)
	}
	return out.String()
}

// listedScope is the scope of a call in a list.
func listedScope(v scope.Verdict) string {
	switch name := bestOf(v); {
	case name != "":
		return name
	case v.Kind == scope.WrongAppType:
		return "not for " + string(v.Question.App.Type) + " apps"
	default:
		return "no scope is documented"
	}
}

// grantText says whether the token has a scope.
func (b bench) grantText(name string) string {
	switch {
	case !b.app.ScopesKnown:
		return "? " + clean(name) + ": whether it is granted is not known"
	case slices.Contains(b.app.Scopes, name):
		return "✓ " + clean(name) + ": granted"
	default:
		return "✗ " + clean(name) + ": not granted"
	}
}

// kindMark is a verdict in one character.
func kindMark(k scope.Kind) string {
	switch k {
	case scope.HasIt:
		return "✓"
	case scope.AddOne, scope.WrongAppType, scope.OldSignIn:
		return "✗"
	default:
		return "?"
	}
}

// bestOf is the scope that a list shows for a call: the one that the token has, or
// the one that fits; empty: none does.
func bestOf(v scope.Verdict) string {
	for _, a := range v.Alternatives {
		if a.Held {
			return a.Name
		}
	}
	return v.Best
}
