package ui

import (
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

func (d *profilesDialog) view(c kit.Context, w, h int) []string {
	title := []kit.Section{{Lines: []string{" " + c.Styles.Strong.Render("Profiles")}, Drop: 5}, kit.Blank(6)}
	below := append([]kit.Section{kit.Blank(6)}, d.below(c, w)...)
	used := 0
	for _, s := range append(title, below...) {
		used += len(s.Lines)
	}
	first, end := d.list.Window(max(h-used, min(len(d.rows), 3)))
	var rows []string
	for i := first; i < end && i < len(d.rows); i++ {
		rows = append(rows, d.row(c.Styles, i, w))
	}
	sections := append(title, kit.Section{Lines: rows})
	return kit.Stack(append(sections, below...), h)
}

// below is what the list has no room for: the selected profile in words, and
// what goes on.
func (d *profilesDialog) below(c kit.Context, w int) []kit.Section {
	s := c.Styles
	switch {
	case d.problem != nil:
		return kit.ProblemSections(s, *d.problem, kit.StepKeys{explain.ActionRetry: c.Keys.Renew}, w)
	case !d.known:
		return []kit.Section{{Lines: []string{" " + s.Dim.Render("Reading the profiles…")}}}
	case len(d.rows) == 0:
		return []kit.Section{{Lines: kit.Indented("No app is set up yet.", 1, w)}}
	case d.opening != "":
		return []kit.Section{{Lines: []string{" " + s.Accent.Render("●") + " Opening " + d.opening + "…"}}}
	}
	row := d.selected()
	if row == nil {
		return nil
	}
	out := []kit.Section{{Lines: kit.Indented(appWords(*row), 1, w), Drop: 4}, {Lines: kit.Indented(whoWords(*row), 1, w), Drop: 3}}
	if row.Trouble != "" {
		out = append(out, kit.Section{Lines: kit.Warning(s, row.Trouble, w)})
	}
	if len(row.SameClient) > 0 {
		out = append(out, kit.Section{Lines: kit.Warning(s, sameClientWords(row.SameClient), w), Drop: 2})
	}
	return out
}

// The columns of a row, in cells.
const (
	nameCells = 18
	kindCells = 28
	wideRow   = 72 // from this width the columns stand side by side
)

func (d *profilesDialog) row(s kit.Styles, i, w int) string {
	r := d.rows[i]
	mark, dot := "   ", "  "
	if i == d.list.Cursor() {
		mark = " " + s.Accent.Render("▸") + " "
	}
	switch {
	case r.Trouble != "" || r.lost():
		dot = s.Warn.Render("✗") + " "
	case r.Name == d.current:
		dot = s.Good.Render("●") + " "
	case r.Standing == StandingEndsSoon:
		dot = s.Warn.Render("○") + " "
	}
	note := ""
	switch {
	case r.Name == d.current && r.Default:
		note = s.Dim.Render("open, default")
	case r.Name == d.current:
		note = s.Dim.Render("open")
	case r.Default:
		note = s.Dim.Render("default")
	}
	if w < wideRow {
		return kit.Spread(mark+dot+r.Name, note, w-1)
	}
	kind := state.KindLabel(r.Kind)
	if r.ClientTail != "" {
		kind += " …" + r.ClientTail
	}
	return kit.Spread(mark+dot+kit.Fit(r.Name, nameCells)+" "+kit.Fit(s.Dim.Render(kind), kindCells)+" "+shortWho(r), note, w-1)
}

// lost says whether there is a sign-in that serves no more.
func (r ProfileRow) lost() bool {
	return r.Standing == StandingEnded || r.Standing == StandingMoved || r.Standing == StandingOld
}

// shortWho is who is signed in, for a column.
func shortWho(r ProfileRow) string {
	switch {
	case r.Kind == "s2s":
		return "account credentials"
	case r.Standing == StandingEnded:
		return "signed out: ended"
	case r.Standing == StandingMoved:
		return "moved away"
	case r.Standing == StandingOld:
		return "may be over"
	case !r.SignedIn:
		return "signed out"
	case r.Standing == StandingEndsSoon:
		return "ends in " + kit.Days(r.EndsIn)
	case r.Who == "":
		return "signed in"
	default:
		return r.Who
	}
}

func appWords(r ProfileRow) string {
	words := r.Name + ": " + state.KindLabel(r.Kind)
	if r.ClientTail != "" {
		words += ", client id …" + r.ClientTail
	}
	if r.Default {
		words += ", opened when none is named"
	}
	return words + "."
}

func whoWords(r ProfileRow) string {
	switch {
	case r.Kind == "s2s":
		return "Account credentials: nobody signs in."
	case r.Standing == StandingEnded:
		return "Signed out: Zoom no longer accepts the sign-in. Open the profile to sign in again."
	case r.Standing == StandingMoved:
		return "The sign-in has moved to another machine. Open the profile to sign in here."
	case r.Standing == StandingOld:
		return "The sign-in was not renewed for more than 90 days: Zoom may refuse it."
	case !r.SignedIn:
		return "Nobody is signed in."
	case r.Standing == StandingEndsSoon && r.Who == "":
		return "The sign-in ends in " + kit.Days(r.EndsIn) + " unless it is renewed."
	case r.Standing == StandingEndsSoon:
		return r.Who + " is signed in, for " + kit.Days(r.EndsIn) + " more unless the sign-in is renewed."
	case r.Who == "":
		return "Somebody is signed in; who, is not known here yet."
	default:
		return r.Who + " is signed in."
	}
}

func sameClientWords(others []string) string {
	if len(others) == 1 {
		return "The profile " + others[0] + " has the same client id: the newest sign-in ends the other's."
	}
	return "The profiles " + strings.Join(others, ", ") + " have the same client id: the newest sign-in ends the others'."
}
