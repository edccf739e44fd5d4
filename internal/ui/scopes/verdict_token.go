package scopes

import (
	"fmt"
	"strings"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// tokenRows is how many rows the granted scopes may have where there is much room.
const tokenRows = 6

// tokenLines are the granted scopes: those that have to do with the call, and as many
// of the others as have room beside them, or, where there is much room, below.
func tokenLines(s scene, v scope.Verdict, w int, much bool) []string {
	app := s.m.app
	if !app.ScopesKnown {
		return nil
	}
	product := ""
	if len(v.Alternatives) > 0 {
		product, _, _ = strings.Cut(v.Alternatives[0].Name, ":")
	}
	var near, others []string
	for _, name := range app.Scopes {
		held := kit.CleanText(name) + "\u00a0✓"
		if p, _, _ := strings.Cut(name, ":"); p == product {
			near = append(near, held)
		} else {
			others = append(others, held)
		}
	}
	head := fmt.Sprintf("Your token (%d)", len(app.Scopes))
	lead := kit.Width(head) + 3
	if w < 60 {
		lead = 3
	}
	var lines []string
	switch {
	case len(near) == 0 && product != "":
		lines = kit.Wrap("none of "+kit.CleanText(product), w-lead-1)
	case len(near) == 0:
		lines = kit.Wrap(counted(len(app.Scopes), "scope"), w-lead-1)
	default:
		lines = tokenNames(near, others, w-lead-1, much)
	}
	for i, l := range lines {
		lines[i] = kit.Fit("", lead) + l
	}
	head = " " + s.c.Styles.Heading.Render(head)
	if w < 60 {
		return append([]string{head}, lines...)
	}
	lines[0] = kit.Fit(head, lead) + strings.TrimLeft(lines[0], " ")
	return lines
}

// tokenNames are the near names, and as many others as the rows hold that these and
// "+1 more" need.
func tokenNames(near, others []string, w int, much bool) []string {
	rows := func(n int) []string {
		words := strings.Join(append(near[:len(near):len(near)], others[:n]...), "  ")
		if left := len(others) - n; left > 0 {
			words += fmt.Sprintf("  +%d\u00a0more", left)
		}
		return kit.Wrap(words, w)
	}
	const most = 40 // of the others; no window holds more in these rows
	least := rows(0)
	room := len(least)
	if much {
		room = max(room, tokenRows)
	}
	for n := min(len(others), most); n > 0; n-- {
		if lines := rows(n); len(lines) <= room {
			return lines
		}
	}
	return least
}
