package scopes

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

func (p *probePage) view(s scene, w, h int) kit.Frame {
	p.sync(s)
	lines := []string{title(s, crumb("Probe", w), w)}
	switch {
	case s.m.catalogue == nil:
		return kit.Frame{Lines: append(lines, lacksTable(s, w)...)}
	case p.consent(s):
		return kit.Frame{Lines: append(lines, p.consentLines(s, w, h-1)...)}
	default:
		return kit.Frame{Lines: append(lines, p.matrix(s, w, h-1)...)}
	}
}

// consentLines say what would be done, before it is.
func (p *probePage) consentLines(s scene, w, h int) []string {
	st, k := s.c.Styles, s.m.keys
	if !s.canProbe() {
		return kit.Indented("There is no token to ask with. "+s.st.SignedOutWords(s.c.Keys.SignIn.Help().Key, s.c.Keys.Renew.Help().Key), 1, w)
	}
	sections := []kit.Section{
		kit.Blank(3),
		{Lines: kit.Indented(fmt.Sprintf("This asks Zoom itself: %s, read-only (GET), one after the other, in about %s. "+
			"Nothing is changed; the calls count for your account's rate limit.", counted(len(p.few), "call"), long(p.few)), 1, w)},
		{Lines: []string{
			" " + kit.HintAs(st, k.Few, "asks Zoom"),
			" " + kit.HintAs(st, k.All, fmt.Sprintf("asks for all %d that need no id, in about %s", len(p.all), long(p.all))),
		}},
		kit.Blank(3),
	}
	var calls []string
	for _, c := range p.few {
		calls = append(calls, kit.Cut("   GET "+c.Path, w-1))
	}
	return kit.Stack(append(sections, kit.Section{Lines: calls, Drop: 2}), h)
}

// long is how long a run takes, without the answers' own time.
func long(calls []scope.Probe) string {
	var d time.Duration
	for _, c := range calls {
		d += c.After + 300*time.Millisecond
	}
	if d < 90*time.Second {
		return strconv.Itoa(int(d/time.Second)+1) + " s"
	}
	return strconv.Itoa(int(d/time.Minute)+1) + " min"
}

// The columns of the matrix, in cells.
const (
	columnsFrom  = 60  // from this width there are words and figures, below one word each
	trackedFrom  = 130 // from this width the tracking id has a column
	codeCells    = 9
	tookCells    = 8
	trackedCells = 34
)

// saysCells is the width of what the table says, and of what Zoom says.
func saysCells(w int) int {
	if w < columnsFrom {
		return 8
	}
	return 13
}

func pathCells(w int) int {
	room := w - 7 - 2*(saysCells(w)+1)
	if w >= columnsFrom {
		room -= codeCells + tookCells + 1
	}
	if w >= trackedFrom {
		room -= trackedCells + 3
	}
	return max(room, 4)
}

func (p *probePage) matrix(s scene, w, h int) []string {
	st, r := s.c.Styles, s.m.run
	lines := []string{" " + progress(s, r, w)}
	lines = append(lines, st.Dim.Render(kit.Cut(heads(w), w)))
	below := p.detail(s, w)
	if h < 10 {
		below = below[:min(len(below), 2)]
	}
	room := max(h-len(lines)-len(below), 1)
	first, end := p.list.Window(room)
	var rows []string
	for i := first; i < end; i++ {
		rows = append(rows, p.row(s, i, w))
	}
	lines = append(lines, kit.Block(rows, w, min(room, max(len(rows), 1)))...)
	return append(lines, below...)
}

// heads are the names of the columns.
func heads(w int) string {
	table, zoom := "table says", "Zoom says"
	if w < columnsFrom {
		table, zoom = "table", "Zoom"
	}
	head := kit.Fit("", 5+pathCells(w)) + " " + kit.Fit(table, saysCells(w)) + " " + kit.Fit(zoom, saysCells(w))
	if w >= columnsFrom {
		head += " " + kit.Fit("status", codeCells) + kit.FitRight("time", tookCells)
	}
	if w >= trackedFrom {
		head += "  tracking id"
	}
	return head
}

// progress is how far the run is, and what it found.
func progress(s scene, r run, w int) string {
	st, apart, compared := s.c.Styles, 0, 0
	for _, o := range r.outcomes {
		if o.Compared() {
			compared++
		}
		if !o.Agrees() {
			apart++
		}
	}
	words := fmt.Sprintf("%d of %d asked", len(r.outcomes), len(r.calls))
	if !r.on && r.stopped == "" {
		words = counted(len(r.calls), "call") + " asked"
	}
	switch done := len(r.outcomes); {
	case done == 0:
	case compared == 0 && !s.m.app.ScopesKnown:
		words += " · none compared: the token's scopes are unknown"
	case compared == 0:
		words += " · none could be compared"
	case compared < done:
		words += fmt.Sprintf(" · %d compared", compared)
	}
	switch {
	case apart > 0:
		words += " · " + st.Warn.Render(fmt.Sprintf("≠ %d differ", apart))
	case compared > 0:
		words += " · all agree"
	}
	if r.stopped != "" {
		words += " · " + r.stopped
	}
	if r.overtaken(s.st) {
		words = st.Warn.Render("Before this "+s.grant()+": ") + words
	}
	if r.on && w >= 60 {
		words += st.Dim.Render(" · it goes on while you look elsewhere")
	}
	return kit.Cut(words, w-2)
}

// row is one call of the matrix.
func (p *probePage) row(s scene, i, w int) string {
	st, r := s.c.Styles, s.m.run
	mark := "   "
	if i == p.list.Cursor() {
		mark = " " + st.Accent.Render("▸") + " "
	}
	path, _, _ := strings.Cut(r.calls[i].Path, "?")
	if rest, ok := strings.CutPrefix(path, "/users/me/"); ok && w < columnsFrom {
		path = "…/" + rest
	}
	if s.m.isMarked(r.calls[i].Endpoint) {
		path = "● " + path
	}
	if i >= len(r.outcomes) {
		words := "–"
		if i == len(r.outcomes) && r.on {
			words = "asking…"
		}
		return mark + "  " + kit.Fit(path, pathCells(w)) + " " + st.Dim.Render(words)
	}
	o := r.outcomes[i]
	sign := "  "
	if !o.Agrees() {
		sign = st.Warn.Render("≠") + " "
	}
	line := mark + sign + kit.Fit(path, pathCells(w)) + " " + kindCell(st, o.Says, w) + " " + kindCell(st, o.Zoom, w)
	if w < columnsFrom {
		return line
	}
	status := ""
	if o.Status != 0 {
		status = strconv.Itoa(o.Status)
	}
	if o.Code != 0 {
		status += " " + strconv.Itoa(o.Code)
	}
	line += " " + kit.Fit(status, codeCells) + kit.FitRight(took(o.Took), tookCells)
	if w >= trackedFrom {
		line += "  " + st.Dim.Render(kit.Cut(o.TrackingID, trackedCells))
	}
	return line
}

// kindCell is a verdict for a column.
func kindCell(st kit.Styles, k scope.Kind, w int) string {
	pen, mark, words, word := st.Dim, "?", "unknown", "unknown"
	switch k {
	case scope.HasIt:
		pen, mark, words, word = st.Good, "✓", "has it", "has it"
	case scope.AddOne:
		pen, mark, words, word = st.Bad, "✗", "lacks one", "lacks"
	case scope.WrongAppType:
		pen, mark, words, word = st.Bad, "✗", "wrong app", "app"
	case scope.OldSignIn:
		pen, mark, words, word = st.Warn, "✗", "old sign-in", "old"
	case scope.NotAScope:
		pen, mark, words, word = st.Warn, "✗", "not a scope", "other"
	case scope.UnknownEndpoint:
		pen, mark, words, word = st.Warn, "?", "no such", "none"
	}
	if w < columnsFrom {
		words = word
	}
	return kit.Fit(pen.Render(mark+" "+words), saysCells(w))
}

// detail is what the row under the cursor has no room for.
func (p *probePage) detail(s scene, w int) []string {
	r := s.m.run
	at := p.list.Cursor()
	if at < 0 || at >= len(r.outcomes) {
		return nil
	}
	o := r.outcomes[at]
	words := o.Message
	if o.Failed != "" {
		words = o.Failed
	}
	var parts []string
	for _, part := range []string{words, o.TrackingID} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	lines := []string{s.c.Styles.Rule.Render(kit.Line(w))}
	if len(parts) == 0 {
		parts = append(parts, "Zoom let the call through.")
	}
	wrapped := kit.Indented(strings.Join(parts, " · "), 1, w)
	const most = 3
	return append(lines, wrapped[:min(len(wrapped), most)]...)
}
