package scopes

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// overview is what the tab opens with: the granted scopes by product.
type overview struct {
	list     kit.List
	rows     []string // headings begin with a blank
	counts   []string // of the calls that each opens
	revision int      // of the model's facts that the rows were made of
}

// sideBySide is the width from which what a scope opens stands beside it.
const sideBySide = 110

func (p *overview) sync(s scene) {
	if p.revision == s.m.revision {
		return
	}
	p.revision = s.m.revision
	p.rows, p.counts = p.rows[:0], p.counts[:0]
	var heads []int
	for _, g := range scope.Groups(s.m.app.Scopes) {
		heads = append(heads, len(p.rows))
		p.rows = append(p.rows, " "+g.Product)
		p.rows = append(p.rows, g.Scopes...)
	}
	for _, row := range p.rows {
		count := ""
		if s.m.catalogue != nil && !strings.HasPrefix(row, " ") {
			count = counted(len(s.m.catalogue.Opens(row)), "call")
		}
		p.counts = append(p.counts, count)
	}
	p.list.SetRows(len(p.rows), heads)
}

// selected is the scope under the cursor; empty when there is none.
func (p *overview) selected() string {
	if at := p.list.Cursor(); at >= 0 && at < len(p.rows) {
		return p.rows[at]
	}
	return ""
}

func (p *overview) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	p.sync(s)
	name := p.selected()
	switch {
	case name == "":
		return nil, false
	case key.Matches(msg, s.m.keys.Open):
		s.m.openScope(name)
		return nil, true
	case key.Matches(msg, s.m.keys.CopyName):
		return kit.Ask(kit.CopyText{Text: name, What: name}), true
	}
	return nil, p.list.Key(msg, s.c.Keys)
}

// openScope shows what a granted scope opens.
func (m *Model) openScope(name string) {
	if m.catalogue == nil {
		return
	}
	opens := m.catalogue.Opens(name)
	p := &callsPage{
		title: name, name: name, note: counted(len(opens), "call") + " for which this scope is enough",
		what: "Zoom's documents name no call for this scope.",
	}
	p.set(opens)
	m.push(p)
}

func (p *overview) bindings(s scene) []key.Binding {
	p.sync(s)
	k := s.m.keys
	out := []key.Binding{k.Search}
	if p.selected() != "" {
		out = append(out, k.Open)
	}
	out = append(out, k.WhatIf, k.Probe, s.m.signInKey(s.st), k.Market)
	if p.selected() == "" {
		return out
	}
	return append(append(out, k.CopyName), listKeys(s.c.Keys, len(p.rows))...)
}

func (p *overview) view(s scene, w, h int) kit.Frame {
	p.sync(s)
	lines := p.head(s, w, h)
	room := h - len(lines)
	if len(p.rows) == 0 {
		return kit.Frame{Lines: lines}
	}
	if w < sideBySide {
		return kit.Frame{Lines: append(lines, p.scopes(s, w, room)...)}
	}
	left := w / 2
	return kit.Frame{Lines: append(lines, kit.Beside(p.scopes(s, left, room), p.opens(s, w-left-2, room), left, w)...)}
}

// head is what stands over the list: the app, how much its token may, what is
// wrong.
func (p *overview) head(s scene, w, h int) []string {
	st := s.c.Styles
	words, short := appWords(s)
	left := " " + st.Strong.Render(upperFirst(words))
	if kit.Width(left) > w-1 {
		left = " " + st.Strong.Render(short)
	}
	right := ""
	if at := s.st.Tokens.SignedInAt; !at.IsZero() && !s.st.Profile.ServerToServer() && s.st.Tokens.SignedIn {
		right = st.Dim.Render("signed in " + at.In(s.st.Loc).Format("2 Jan 15:04"))
	}
	if kit.Width(left)+kit.Width(right)+2 > w {
		right = ""
	}
	lines := []string{kit.Spread(left, right, w-1)}
	lines = append(lines, s.m.newsLines(s, w)...)
	lines = append(lines, granted(s, w)...)
	lines = append(lines, lacksTable(s, w)...)
	if problem := s.st.Refused(); problem != nil && problem.Class() == explain.Scope {
		lines = append(lines, refusedLine(s, *problem, w))
	}
	if h >= 12 {
		lines = append(lines, "")
	}
	return lines
}

// granted says how much the token may, or why that is not known.
func granted(s scene, w int) []string {
	m, st := s.m, s.c.Styles
	switch n := len(m.app.Scopes); {
	case s.st.SignedOutWhy() != nil || s.st.Condition() == state.Unreadable || !s.st.Tokens.SignedIn:
		words := s.st.SignedOutWords(s.c.Keys.SignIn.Help().Key, s.c.Keys.Renew.Help().Key)
		return kit.Indented(words+" Searching works all the same.", 1, w)
	case !m.app.SignedIn:
		return kit.Indented("No token yet: the first call to Zoom fetches one, and its scopes are then here.", 1, w)
	case n == 0:
		return kit.Indented("Zoom's token answer named no scopes, so what this token may do is unknown; nothing is called missing. "+
			m.keys.Probe.Help().Key+" asks Zoom itself.", 1, w)
	case m.catalogue == nil:
		return []string{" " + counted(n, "scope") + " granted"}
	default:
		words := counted(n, "scope") + " granted; they open " + counted(len(m.open), "call")
		if long := fmt.Sprintf("%s of %d", words, len(m.catalogue.Endpoints())); w >= 60 {
			words = long
		}
		right := ""
		if len(m.marked) > 0 {
			right = st.Dim.Render(fmt.Sprintf("● %d marked  ", len(m.marked))) + kit.Hint(st, m.keys.Export)
		}
		return []string{kit.Spread(" "+words, right, w-1)}
	}
}

// refusedLine leads to the verdict on a call behind the dashboard.
func refusedLine(s scene, problem explain.Problem, w int) string {
	hint := "  " + kit.HintAs(s.c.Styles, s.c.Keys.Scopes, "says why")
	words := " " + s.c.Styles.Bad.Render("✗") + " " + kit.CleanText(problem.Facts.Op) + " was refused"
	return kit.Cut(words, w-kit.Width(hint)-1) + hint
}

// scopes are the rows in sight.
func (p *overview) scopes(s scene, w, h int) []string {
	st := s.c.Styles
	first, end := p.list.Window(h)
	var out []string
	for i := first; i < end; i++ {
		row := p.rows[i]
		if strings.HasPrefix(row, " ") {
			out = append(out, " "+st.Heading.Render(kit.CleanText(row[1:])))
			continue
		}
		mark := "   "
		if i == p.list.Cursor() {
			mark = " " + st.Accent.Render("▸") + " "
		}
		out = append(out, kit.Spread(mark+kit.CleanText(row), st.Dim.Render(p.counts[i]), w-1))
	}
	return out
}

// opens is what the scope under the cursor opens, beside the list.
func (p *overview) opens(s scene, w, h int) []string {
	if s.m.catalogue == nil || p.selected() == "" {
		return nil
	}
	return preview(s, "opens", s.m.catalogue.Opens(p.selected()), w, h)
}

// preview draws as many of the calls as have room.
func preview(s scene, words string, opens []scope.Endpoint, w, h int) []string {
	out := []string{s.c.Styles.Heading.Render(words + " " + counted(len(opens), "call"))}
	for i, e := range opens {
		if len(out) == h-1 && i < len(opens)-1 {
			return append(out, s.c.Styles.Dim.Render(fmt.Sprintf("… %d more", len(opens)-i)))
		}
		out = append(out, s.m.callRow(s.c.Styles, e, s.m.open[e.String()], w))
	}
	return out
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
