package scope

import (
	"fmt"
	"slices"
	"strings"
)

// Diff is what changed between the scopes of two token answers, compared as sets. An
// answer that named none is not known to grant none: then nothing is called added or
// removed.
type Diff struct {
	Before, After  int // how many; 0: the answer named none
	Added, Removed []string
}

// Compare gives the difference, both lists sorted.
func Compare(before, after []string) Diff {
	before, after = asSet(before), asSet(after)
	d := Diff{Before: len(before), After: len(after)}
	if d.Before == 0 || d.After == 0 {
		return d
	}
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

// Named tells whether both answers named scopes, so that they can be compared.
func (d Diff) Named() bool { return d.Before > 0 && d.After > 0 }

// String is "5 → 6  + meeting:read:list_upcoming_meetings", "Same 5 scopes as
// before.", or how many there are of which it is not known what they change. The
// names are foreign text.
func (d Diff) String() string {
	switch {
	case d.Before == 0 && d.After == 0:
		return "Scopes not named by Zoom, as before."
	case d.After == 0:
		return "Scopes not named by Zoom this time."
	case d.Before == 0 && d.After == 1:
		return "1 scope; before, Zoom named none, so what changed is not known."
	case d.Before == 0:
		return fmt.Sprintf("%d scopes; before, Zoom named none, so what changed is not known.", d.After)
	case !d.Changed() && d.After == 1:
		return "Same scope as before."
	case !d.Changed():
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
// as the one before; none when there is a new scope, or nobody knows.
func (d Diff) Advice(app App) []Step {
	if len(d.Added) > 0 || d.After == 0 {
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
