package meetings

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/agenda"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// View draws the tab in w×h cells.
func (m *Model) View(st *state.State, c kit.Context, w, h int) kit.Frame {
	m.sync(st)
	head, cursor := m.head(st, c, w)
	notes := kit.SourceNotes(st, c, w)
	lines := []string{head}
	if m.list.Len() == 0 {
		lines = append(append(lines, notes...), "")
		lines = append(lines, kit.IndentedDim(c.Styles, m.whyEmpty(st, c), 1, w)...)
		return kit.Frame{Lines: lines, Cursor: cursor}
	}
	detail := m.detail(st, c, w)
	if h < 12 {
		detail = nil
	}
	room := h - 1 - len(detail) - len(notes)
	lines = append(lines, m.list.View(c.Styles, st.Now, st.Loc, w, room)...)
	lines = kit.Block(append(lines, notes...), w, h-len(detail))
	return kit.Frame{Lines: append(lines, detail...), Cursor: cursor}
}

// head is the filter while there is one, and how many meetings are shown.
func (m *Model) head(st *state.State, c kit.Context, w int) (string, *tea.Cursor) {
	s := c.Styles
	total := strconv.Itoa(len(st.Upcoming)) + " ahead"
	if m.filter.Value() != "" {
		total = strconv.Itoa(m.shown) + " of " + strconv.Itoa(len(st.Upcoming))
	}
	if !m.filter.Focused() && m.filter.Value() == "" {
		return kit.Spread(" "+kit.Hint(s, c.Keys.Filter), s.Dim.Render(total), w-1), nil
	}
	const label = " / "
	m.filter.SetWidth(max(w-len(label)-kit.Width(total)-4, 8))
	line := kit.Spread(s.Accent.Render(label)+m.filter.View(), s.Dim.Render(total), w-1)
	cur := kit.InputCursor(m.filter)
	if cur != nil {
		cur.X += len(label)
	}
	return line, cur
}

// whyEmpty says why no meeting is shown; what the notes have said already is
// not said again.
func (m *Model) whyEmpty(st *state.State, c kit.Context) string {
	switch {
	case !st.Tokens.SignedIn || st.SignedOutWhy() != nil:
		return st.SignedOutWords(c.Keys.SignIn.Help().Key, c.Keys.Renew.Help().Key)
	case m.filter.Value() != "":
		return "No meeting has these words in its topic. esc shows all again."
	case !st.HostedSrc.Known() && st.HostedSrc.Problem == nil:
		return "Loading…"
	case st.TokenTrouble() != nil:
		return kit.Words(*st.TokenTrouble())
	case st.HostedSrc.Problem != nil:
		return ""
	default:
		return "No meeting ahead."
	}
}

// detail tells of the selected meeting what its row has no room for.
func (m *Model) detail(st *state.State, c kit.Context, w int) []string {
	sel := m.list.Selected()
	if sel == nil {
		return nil
	}
	s := c.Styles
	facts := string(sel.Role) + " · id " + strconv.FormatInt(sel.ID, 10)
	if sel.Recurring {
		facts += " · repeats"
	}
	if sel.HasStart {
		facts = sel.Start.In(st.Loc).Format("Mon 2 Jan 2006") + " " + agenda.Span(*sel, st.Loc) + " · " + facts
	}
	return []string{
		s.Rule.Render(kit.Line(w)),
		" " + s.Strong.Render(kit.Cut(sel.Topic, w-2)),
		" " + kit.Cut(facts, w-2),
		" " + kit.MeetingHints(s, c.Keys),
	}
}
