package ui

import (
	"cmp"
	"fmt"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

func (d *historyDialog) view(c kit.Context, w, h int) []string {
	title := []kit.Section{{Lines: []string{" " + c.Styles.Strong.Render("History of the sign-in")}, Drop: 5}, kit.Blank(6)}
	below := d.below(c, w)
	if len(d.rows) > 0 {
		below = append([]kit.Section{kit.Blank(6)}, below...)
	}
	used := 0
	for _, s := range append(title, below...) {
		used += len(s.Lines)
	}
	first, end := d.list.Window(max(h-used, min(len(d.rows), 3)))
	var rows []string
	for i := first; i < end && i < len(d.rows); i++ {
		rows = append(rows, d.row(c.Styles, i, w))
	}
	return kit.Stack(append(append(title, kit.Section{Lines: rows}), below...), h)
}

// below is what the list has no room for: the selected row in words, and what
// goes on.
func (d *historyDialog) below(c kit.Context, w int) []kit.Section {
	s := c.Styles
	switch {
	case d.problem != nil:
		return kit.ProblemSections(s, *d.problem, kit.StepKeys{explain.ActionRetry: c.Keys.Renew}, w)
	case !d.known:
		return []kit.Section{{Lines: []string{" " + s.Dim.Render("Reading the history…")}}}
	case len(d.rows) == 0:
		return []kit.Section{{Lines: kit.Indented("Nothing yet. Each sign-in and each renewal from now on is noted here, "+
			"by fingerprints and never by the tokens themselves.", 1, w)}}
	}
	row := d.selected()
	if row == nil {
		return nil
	}
	out := []kit.Section{{Lines: kit.Indented(byWhom(*row), 1, w), Drop: 3}}
	if row.Cause != "" {
		out = append(out, kit.Section{Lines: kit.Warning(s, row.Cause, w)})
	}
	if !row.CutOff.IsZero() {
		words := "The refresh before it was cut off at " + d.when(row.CutOff) + "."
		if row.OK() {
			words = strings.TrimSuffix(words, ".") + "; " + cutOffWords(row.Tried) + "."
		}
		out = append(out, kit.Section{Lines: kit.Indented(words, 1, w), Drop: 2})
	}
	var scopes []string
	for _, scope := range row.ScopesAdded {
		scopes = append(scopes, " "+s.Good.Render("+")+" "+kit.Cut(scope, w-4))
	}
	for _, scope := range row.ScopesRemoved {
		scopes = append(scopes, " "+s.Warn.Render("−")+" "+kit.Cut(scope, w-4))
	}
	return append(out, kit.Section{Lines: scopes, Drop: 4})
}

// cutOffWords says which token worked after a refresh that was cut off.
func cutOffWords(tried string) string {
	switch tried {
	case "left-over":
		return "the token that it left behind works"
	case "previous":
		return "the previous token works"
	default:
		return "the stored token works"
	}
}

// byWhom says of a row who did it, and to what.
func byWhom(r state.HistoryRow) string {
	words := "By zoomtui"
	if r.Command != "" {
		words += " " + r.Command
	}
	words += fmt.Sprintf(", process %d", r.PID)
	if r.Generation > 0 {
		words += fmt.Sprintf("; generation %d of the tokens", r.Generation)
	}
	return words + "."
}

// The columns of a row, in cells.
const (
	whenCells  = 12
	whatCells  = 14
	whoCells   = 10
	printCells = 15
)

func (d *historyDialog) row(s kit.Styles, i, w int) string {
	r := d.rows[i]
	mark := "   "
	if i == d.list.Cursor() {
		mark = " " + s.Accent.Render("▸") + " "
	}
	what := kit.Fit(historyWord(r), whatCells)
	if !r.OK() {
		what = s.Warn.Render(what)
	}
	line := mark + kit.FitRight(d.when(r.At), whenCells) + "  " + what
	if w < wideRow {
		return kit.Spread(line, cmp.Or(r.NewFingerprint, r.OldFingerprint), w-1)
	}
	line += " " + kit.Fit(s.Dim.Render(r.Command), whoCells) + "  " + kit.Fit(fingerprints(r), printCells)
	return kit.Spread(line, scopeCount(s, r), w-1)
}

// historyWord is what was done, and how it went, in a word or two.
func historyWord(r state.HistoryRow) string {
	switch {
	case r.Action == "refresh" && r.OK():
		return "renewed"
	case r.OK():
		switch r.Action {
		case "sign-in":
			return "signed in"
		case "logout":
			return "signed out"
		case "move":
			return "moved away"
		case "return":
			return "taken back"
		case "import":
			return "brought here"
		}
		return r.Action
	}
	switch r.Result {
	case "ended":
		return "✗ ended"
	case "refused":
		return "✗ refused"
	case "network":
		return "✗ no answer"
	case "store":
		return "✗ not stored"
	case "rate-limited":
		return "✗ rate-limited"
	default:
		return "✗ " + r.Result
	}
}

// fingerprints are those of the refresh tokens before and after.
func fingerprints(r state.HistoryRow) string {
	switch {
	case r.NewFingerprint == "":
		return r.OldFingerprint
	case r.OldFingerprint == "":
		return kit.FitRight("→ "+r.NewFingerprint, printCells)
	default:
		return r.OldFingerprint + " → " + r.NewFingerprint
	}
}

// scopeCount is how many scopes came and went.
func scopeCount(s kit.Styles, r state.HistoryRow) string {
	var parts []string
	if n := len(r.ScopesAdded); n > 0 {
		parts = append(parts, s.Good.Render(fmt.Sprintf("+%d", n)))
	}
	if n := len(r.ScopesRemoved); n > 0 {
		parts = append(parts, s.Warn.Render(fmt.Sprintf("−%d", n)))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, " ") + s.Dim.Render(" scopes")
}
