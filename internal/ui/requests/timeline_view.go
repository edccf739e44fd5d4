package requests

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// View draws the tab in w×h cells.
func (m *Model) View(st *state.State, c kit.Context, w, h int) kit.Frame {
	if m.running != nil {
		h--
	}
	var f kit.Frame
	switch {
	case m.line != nil:
		f = m.lineView(st, c, w, h)
	case m.call != nil:
		f = m.callView(st, c, w, h)
	default:
		f = m.listView(st, c, w, h)
	}
	if m.running != nil {
		f.Lines = append(kit.Block(f.Lines, w, h), m.running.view(c, w))
		f.Cursor = nil
	}
	return f
}

// listView draws the timeline, and below it more of the call under the cursor.
func (m *Model) listView(st *state.State, c kit.Context, w, h int) kit.Frame {
	t := &m.list
	foot := m.listFoot(st, c, w)
	if h < 12 {
		foot = nil
	}
	first, end := t.Window(h - 1 - len(foot))
	if first == 0 {
		t.fresh = 0
	}
	head, cursor := m.listHead(c, w)
	if len(t.rows) == 0 {
		lines := append([]string{head, ""}, kit.Indented(m.whyEmpty(st), 1, w)...)
		lines = append(lines, "", " "+kit.HintAs(c.Styles, m.keys.Console, "makes a call of your own"))
		return kit.Frame{Lines: lines, Cursor: cursor}
	}
	lines := []string{head}
	for i := first; i < end; i++ {
		cursor := "  "
		if i == t.Cursor() {
			cursor = " " + c.Styles.Accent.Render("▸")
		}
		if w < narrowRow {
			cursor = cursor[1:]
		}
		lines = append(lines, cursor+row(c.Styles, t.rows[i], st.Loc, w-kit.Width(cursor)))
	}
	lines = kit.Block(lines, w, h-len(foot))
	return kit.Frame{Lines: append(lines, foot...), Cursor: cursor}
}

// listHead is the filter while there is one, how many calls there are, and how
// many more Zoom allows, as far as its newest answer tells.
func (m *Model) listHead(c kit.Context, w int) (string, *tea.Cursor) {
	s, t := c.Styles, &m.list
	right := m.listTotal(c, w)
	if !t.filter.Focused() && t.filter.Value() == "" {
		left := " " + kit.Hint(s, m.keys.Console)
		if more := "   " + kit.Hint(s, c.Keys.Filter); len(t.all) > 0 && kit.Width(left+more+right)+2 <= w {
			left += more
		}
		return kit.Spread(left, right, w-1), nil
	}
	const label = " / "
	t.filter.SetWidth(max(w-len(label)-kit.Width(right)-4, 8))
	line := kit.Spread(s.Accent.Render(label)+t.filter.View(), right, w-1)
	cur := kit.InputCursor(t.filter)
	if cur != nil {
		cur.X += len(label)
	}
	return line, cur
}

// listTotal is the right end of the head.
func (m *Model) listTotal(c kit.Context, w int) string {
	s, t := c.Styles, &m.list
	if t.fresh > 0 {
		return s.Accent.Render(strconv.Itoa(t.fresh)+" new") + "  " + kit.HintAs(s, c.Keys.Top, "to the top")
	}
	words := []string{counted(len(t.all), "call", "calls")}
	if t.filter.Value() != "" {
		words[0] = strconv.Itoa(len(t.rows)) + " of " + strconv.Itoa(len(t.all))
	}
	bad := 0
	for _, call := range t.all {
		if call.Bad() {
			bad++
		}
	}
	out := s.Dim.Render(words[0])
	if bad > 0 {
		out += s.Dim.Render(" · ") + s.Warn.Render(strconv.Itoa(bad)+" failed")
	}
	if left := m.allowance(); left != "" && w >= 80 {
		out += s.Dim.Render(" · " + left)
	}
	return out
}

// allowance is how many calls of its kind Zoom still allows.
func (m *Model) allowance() string {
	for _, c := range m.list.all {
		if c.RateRemaining >= 0 {
			return strings.TrimSpace(kit.CleanText(c.RateCategory) + " " + strconv.Itoa(c.RateRemaining) + " left")
		}
	}
	return ""
}

func (m *Model) whyEmpty(st *state.State) string {
	switch {
	case len(m.list.all) > 0:
		return "No call fits this filter. esc shows all again."
	case !st.Tokens.SignedIn && !st.Profile.ServerToServer():
		return "No call yet. Nobody is signed in, so nothing is asked of Zoom."
	default:
		return "No call yet. Every call that this program makes is listed here: those behind the dashboard, the steps of a sign-in, and your own."
	}
}

// listFoot tells of the call under the cursor what its row has no room for.
func (m *Model) listFoot(st *state.State, c kit.Context, w int) []string {
	s, call := c.Styles, m.list.selected()
	facts := []string{kit.CleanText(call.Host)}
	if call.Bytes > 0 {
		facts = append(facts, size(call.Bytes))
	}
	if call.RateCategory != "" && call.RateRemaining >= 0 {
		facts = append(facts, kit.CleanText(call.RateCategory)+", "+strconv.Itoa(call.RateRemaining)+" left")
	}
	if call.TrackingID != "" {
		facts = append(facts, kit.CleanText(call.TrackingID))
	}
	hints := ""
	if !m.list.filter.Focused() { // letters are no keys then
		hints = strings.Join([]string{kit.Hint(s, m.keys.Open), kit.Hint(s, m.keys.Curl), kit.Hint(s, m.keys.Verdict)}, "   ")
	}
	return []string{
		s.Rule.Render(kit.Line(w)),
		" " + kit.Cut(call.Method+" "+kit.CleanText(call.Path), w-2),
		" " + s.Dim.Render(kit.Cut(strings.Join(facts, " · "), w-2)),
		" " + kit.Cut(hints, w-2),
	}
}
