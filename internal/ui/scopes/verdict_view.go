package scopes

import (
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// roomy is the height from which the parts of a verdict stand in the order in which
// one reads them; below, what to do comes before what else would do.
const roomy = 14

func (p *verdictPage) view(s scene, w, h int) kit.Frame {
	p.judge(s)
	lines := []string{p.title(s, w)}
	if s.m.catalogue == nil {
		return kit.Frame{Lines: append(lines, lacksTable(s, w)...)}
	}
	tried := p.tryLines(s, w)
	if v := p.verdict; len(tried) == 0 && v.Known && h >= roomy && v.Endpoint.Summary != "" {
		tried = []string{" " + s.c.Styles.Dim.Render(kit.Cut(upperFirst(v.Endpoint.Summary), w-2))}
	}
	lines = append(lines, tried...) // in the place of what the call does, so that nothing below moves
	room := h - len(lines)
	parts := p.parts(s, w, h, true)
	if height(parts) > room {
		parts = p.parts(s, w, h, false)
	}
	return kit.Frame{Lines: append(lines, p.pager.View(s.c, spaced(parts, room), room)...)}
}

// height is how many lines the parts have, each with a blank one.
func height(parts [][]string) int {
	total := 0
	for _, part := range parts {
		if len(part) > 0 {
			total += len(part) + 1
		}
	}
	return total
}

// spaced sets blank lines between the parts where all of them still have room.
func spaced(parts [][]string, h int) []string {
	var lines []string
	total := height(parts)
	for _, part := range parts {
		if len(part) > 0 && total <= h {
			lines = append(lines, "")
		}
		lines = append(lines, part...)
	}
	return lines
}

// title names the call.
func (p *verdictPage) title(s scene, w int) string {
	q := scope.Question{Method: p.method, Path: p.path}
	words := kit.CleanText(q.Call())
	if words == "" {
		words = "an answer of Zoom's"
	}
	if p.verdict.Known && s.m.isMarked(p.verdict.Endpoint) {
		words += "  ● marked"
	}
	return title(s, crumb(words, w), w)
}

// parts are the pieces of the verdict, the most important first. much says that all
// scopes of the token may be named.
func (p *verdictPage) parts(s scene, w, h int, much bool) [][]string {
	v := p.verdict
	news := s.m.newsLines(s, w)
	head := headLines(s, v, w)
	why := kit.Indented(kit.CleanText(v.Why), 3, w)
	fix, alternatives, token := p.fixLines(s, w), alternativeLines(s, v, w), tokenLines(s, v, w, much)
	facts := p.factLines(s, w, h)
	switch {
	case len(p.nearest.rows) > 0:
		return [][]string{news, append(head, why...), p.nearest.view(s, w, min(len(p.nearest.rows), max(h-6, 3))), fix, facts}
	case v.Kind != scope.AddOne && v.Kind != scope.HasIt:
		return [][]string{news, append(head, why...), fix, alternatives, token, facts}
	case h < roomy:
		return [][]string{news, append(head, bestLines(s, v, w)...), fix, alternatives, token, why, facts}
	default:
		return [][]string{news, append(head, alternatives...), token, append(fix, why...), facts}
	}
}

// headLines are the verdict's words and its sentence.
func headLines(s scene, v scope.Verdict, w int) []string {
	st := s.c.Styles
	pen, mark := st.Bad, "✗"
	switch v.Kind {
	case scope.HasIt:
		pen, mark = st.Good, "✓"
	case scope.OldSignIn, scope.NotAScope:
		pen = st.Warn
	case scope.UnknownEndpoint, scope.Unknown:
		pen, mark = st.Warn, "?"
	}
	words := " " + st.Strong.Render(pen.Render(mark+" "+string(v.Kind)))
	lead := kit.Width(words) + 3
	if w-lead < 40 {
		return append([]string{words}, kit.Indented(kit.CleanText(v.Headline), 3, w)...)
	}
	lines := kit.Wrap(kit.CleanText(v.Headline), w-lead-1)
	for i, l := range lines {
		if i == 0 {
			lines[i] = words + "   " + st.Strong.Render(l)
			continue
		}
		lines[i] = kit.Fit("", lead) + st.Strong.Render(l)
	}
	if len(lines) == 0 {
		return []string{words}
	}
	return lines
}
