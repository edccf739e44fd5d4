package scope

import (
	"fmt"
	"slices"
	"strings"
)

// Diff is what changed between two lists of scopes, compared as sets.
type Diff struct {
	Before, After  int // how many
	Added, Removed []string
}

// Compare gives the difference, both lists sorted.
func Compare(before, after []string) Diff {
	before, after = asSet(before), asSet(after)
	d := Diff{Before: len(before), After: len(after)}
	for _, name := range after {
		if !slices.Contains(before, name) {
			d.Added = append(d.Added, name)
		}
	}
	for _, name := range before {
		if !slices.Contains(after, name) {
			d.Removed = append(d.Removed, name)
		}
	}
	return d
}

// asSet is the list sorted, each name once.
func asSet(names []string) []string {
	set := slices.Clone(names)
	slices.Sort(set)
	return slices.Compact(set)
}

// Changed tells whether anything was added or removed.
func (d Diff) Changed() bool { return len(d.Added)+len(d.Removed) > 0 }

// String is "5 → 6  + meeting:read:list_upcoming_meetings", or "Same 5 scopes as
// before." The names are foreign text.
func (d Diff) String() string {
	if !d.Changed() {
		switch d.After {
		case 0:
			return "No scopes named, as before."
		case 1:
			return "Same scope as before."
		}
		return fmt.Sprintf("Same %d scopes as before.", d.After)
	}
	text := fmt.Sprintf("%d → %d", d.Before, d.After)
	if len(d.Added) > 0 {
		text += "  + " + strings.Join(d.Added, ", ")
	}
	if len(d.Removed) > 0 {
		text += "  - " + strings.Join(d.Removed, ", ")
	}
	return text
}

// Advice is what to look at when a scope was added to the app and the new token is
// as the one before; none when there is a new scope.
func (d Diff) Advice(app App) []Step {
	if len(d.Added) > 0 {
		return nil
	}
	steps := []Step{
		{"Was the page saved? Look at " + scopesPage(app) + ".", ActMarket},
		{"Is it the right app? This token is of " + app.owner() + ".", ActMarket},
	}
	if app.Type == ServerToServer {
		return append(steps, Step{"Zoom can take up to an hour. Then fetch a new token.", ActSignIn})
	}
	return append(steps, Step{"Zoom can take up to an hour. Then sign in again: a refresh does not add scopes.", ActSignIn})
}

// owner names the app that a token is of.
func (a App) owner() string {
	if a.ClientTail == "" {
		return "an app whose client id is not known here"
	}
	return "the app with the client id …" + a.ClientTail
}

// scopesPage is where the scopes of an app stand. "your app …x7Qa" stands for
// its name, which Zoom does not tell.
func scopesPage(app App) string {
	name := "your app"
	if app.ClientTail != "" {
		name += " …" + app.ClientTail
	}
	return "Marketplace › Manage › " + name + " › Scopes"
}
