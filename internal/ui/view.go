package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// The smallest window that is drawn in.
const (
	minWidth  = 40
	minHeight = 10
)

// View draws the window: header, the screen in front, footer.
func (m *Model) View() tea.View {
	if m.drawn {
		return m.view
	}
	v := tea.View{AltScreen: true, ReportFocus: true, WindowTitle: m.windowTitle()}
	if m.width == 0 || m.height == 0 {
		return v
	}
	frame := m.frame()
	v.Content = strings.Join(frame.Lines, "\n")
	v.Cursor = frame.Cursor
	m.pace.changed(v)
	m.view, m.drawn = v, true
	return v
}

// frame draws exactly width×height cells.
func (m *Model) frame() kit.Frame {
	w, h := m.width, m.height
	if w < minWidth || h < minHeight {
		// What it takes comes first, as the rest may be out of sight.
		words := fmt.Sprintf("%d×%d needed: zoomtui draws in no smaller window.", minWidth, minHeight)
		return kit.Frame{Lines: kit.Block(kit.Wrap(words, w), w, h)}
	}
	if d := m.frontDialog(); d != nil {
		if _, ok := d.(whole); ok {
			return kit.Frame{Lines: kit.Block(d.view(m.kit, w, h), w, h)}
		}
	}
	head, foot := m.header(w, h), m.noticeLines(w)
	room := h - len(head) - max(len(foot), 1)
	body := m.body(w, room)
	if len(foot) == 0 {
		foot = []string{m.footer(w)} // after the body: which keys work may depend on what was in sight
	}
	lines := append(head, kit.Block(body.Lines, w, room)...)
	lines = append(lines, foot...)
	if body.Cursor != nil {
		body.Cursor.Y += len(head)
	}
	return kit.Frame{Lines: lines, Cursor: body.Cursor}
}

func (m *Model) body(w, h int) kit.Frame {
	if d := m.frontDialog(); d != nil {
		frame := kit.Frame{Lines: d.view(m.kit, w, h)}
		if t, ok := d.(writer); ok {
			frame.Cursor = t.cursor()
		}
		return frame
	}
	if m.setup != nil {
		return m.setup.View(m.kit, w, h)
	}
	if m.login != nil {
		return m.login.View(m.st, m.kit, w, h)
	}
	return m.tabs[m.tab].screen.View(&m.st, m.kit, w, h)
}

// noticeRows is how many rows a long notice may take.
const noticeRows = 4

// noticeLines stand in the place of the footer for a while; none over a dialog.
func (m *Model) noticeLines(w int) []string {
	if m.notice.text == "" || len(m.dialogs) > 0 {
		return nil
	}
	lines := kit.Wrap(m.notice.text, w-4)
	if len(lines) > noticeRows {
		lines[noticeRows-1] += " …"
		lines = lines[:noticeRows]
	}
	for i, l := range lines {
		mark := " "
		if i == 0 {
			mark = m.kit.Styles.Accent.Render("▸")
		}
		lines[i] = kit.Fit(" "+mark+" "+l, w)
	}
	return lines
}

// footer holds what works here and now.
func (m *Model) footer(w int) string {
	right := ""
	if m.notice.text != "" { // over a dialog, whose keys must stay in sight
		right = kit.Cut(m.notice.text, w*2/3) + " "
	}
	if m.login == nil && m.setup == nil && len(m.dialogs) == 0 && w >= 60 && m.st.AsOf() != "" {
		right = m.kit.Styles.Dim.Render("as of "+m.st.AsOf()) + " "
	}
	return kit.Footer(m.kit.Styles, m.bindings(), right, w)
}
