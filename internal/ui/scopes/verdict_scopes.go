package scopes

import (
	"strings"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// bestLines are the scope to add. In a narrow window the mark moves to the edge
// before the name is broken.
func bestLines(s scene, v scope.Verdict, w int) []string {
	if v.Best == "" {
		return nil
	}
	name, lead := kit.CleanText(v.Best), "   "
	if kit.Width(name) > w-6 {
		lead = ""
	}
	rows := kit.NameRows(name, w-len(lead)-2)
	for i, r := range rows {
		mark := "  "
		if i == 0 {
			mark = s.c.Styles.Accent.Render("▸") + " "
		}
		rows[i] = lead + mark + s.c.Styles.Strong.Render(r)
	}
	return rows
}

// alternativeLines are the scopes of which any one is enough: what the token has,
// the one that fits, and the others with why they do not, alike ones together.
func alternativeLines(s scene, v scope.Verdict, w int) []string {
	all := alternatives(s.c.Styles, v, w)
	column := 0
	for _, a := range all {
		column = max(column, kit.Width(a.name))
	}
	var out []string
	for _, a := range all {
		out = append(out, a.lines(s.c.Styles, column, w)...)
	}
	return out
}

// alternatives are the lines, alike ones in one as far as there is room.
func alternatives(st kit.Styles, v scope.Verdict, w int) []alternative {
	var out []alternative
	for i, a := range v.Alternatives {
		name, reason := kit.CleanText(a.Name), kit.CleanText(a.Fit.Reason)
		switch {
		case a.Held:
			out = append(out, alternative{"   " + st.Good.Render("✓") + " ", st.Strong, name, "  " + reason})
			continue
		case a.Name == v.Best:
			out = append(out, alternative{"   " + st.Accent.Render("▸") + " ", st.Strong, name, "← " + reason})
			continue
		}
		if i > 0 && alike(a, v.Alternatives[i-1]) {
			last := &out[len(out)-1]
			room := w - alternativeLead - 1
			if beside := 3 + kit.Width(last.reason); kit.Width(last.name)+beside <= room {
				room -= beside // else it stands below, once for all of them
			}
			if joined := last.name + " · " + name; kit.Width(joined) <= room {
				last.name = joined
				continue
			}
		}
		out = append(out, alternative{"     ", st.Dim, name, "  " + reason})
	}
	return out
}

// alternativeLead is how many cells stand before a name.
const alternativeLead = 5

// alike says whether two alternatives are no use for the same reason.
func alike(a, b scope.Alternative) bool {
	return !a.Held && !b.Held && !a.Fit.OK && a.Fit == b.Fit
}

// alternative is one line of them.
type alternative struct {
	mark   string
	pen    kit.Pen
	name   string
	reason string
}

// lines draws it on one line, or with the reason below where there is no room. A
// name is never cut, and broken between its parts only.
func (a alternative) lines(st kit.Styles, column, w int) []string {
	const lead = alternativeLead
	if lead+column+3+kit.Width(a.reason) > w {
		column = kit.Width(a.name)
	}
	if lead+column+3+kit.Width(a.reason) <= w {
		return []string{a.mark + kit.Fit(a.pen.Render(a.name), column) + "   " + st.Dim.Render(a.reason)}
	}
	rows := kit.NameRows(a.name, w-lead-1)
	for i, r := range rows {
		if i == 0 {
			rows[i] = a.mark + a.pen.Render(r)
			continue
		}
		rows[i] = kit.Fit("", lead) + a.pen.Render(r)
	}
	if a.reason = strings.TrimSpace(a.reason); a.reason == "" {
		return rows
	}
	return append(rows, kit.IndentedDim(st, a.reason, lead+2, w)...)
}
