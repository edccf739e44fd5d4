package login

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// paste takes a bracketed paste: it always lands in the box, and is judged at
// once when nothing of it can be missing.
func (m *Model) paste(text string) tea.Cmd {
	m.errors, m.pasted, m.side = nil, nil, overview
	m.input.SetValue(kit.CleanText(strings.Join(strings.Fields(text), "")))
	m.input.CursorEnd()
	m.raw, m.shown = text, m.input.Value()
	if m.phase == waiting && m.try.attempt.Whole(text) {
		return m.submit()
	}
	return m.input.Focus()
}

func (m *Model) submit() tea.Cmd {
	if m.phase != waiting {
		return nil
	}
	m.phase, m.pasted = checking, nil
	text := m.input.Value()
	if text == m.shown {
		text = m.raw // with its blanks, by which a sentence is told from a code
	}
	return pasteCmd(m.try, text)
}

func pasteCmd(t *try, text string) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(t.ctx, callLimit)
		defer cancel()
		return pasteDone{try: t, err: t.attempt.Paste(ctx, text)}
	}
}

func (m *Model) onPasted(msg pasteDone) tea.Cmd {
	if msg.try != m.try || m.phase != checking {
		return nil
	}
	m.phase = waiting
	if msg.err != nil {
		p := explain.Of(msg.err)
		m.pasted = &p
	}
	return nil
}

// boxKey handles a key while the box is being typed in. What was said of the
// last text stays until the text changes.
func (m *Model) boxKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case msg.String() == "ctrl+c":
		return tea.Quit
	case key.Matches(msg, keys.Back, keys.Paste):
		m.input.Blur()
		return nil
	case key.Matches(msg, keys.Submit):
		return m.submit()
	case key.Matches(msg, keys.Clear):
		m.emptyBox()
		return nil
	}
	before := m.input.Value()
	var cmd tea.Cmd
	m.input, cmd = m.input.Update(msg)
	if m.input.Value() != before {
		m.pasted = nil
	}
	return cmd
}

func (m *Model) emptyBox() {
	m.input.SetValue("")
	m.pasted = nil
}
