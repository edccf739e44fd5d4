package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// dialog is in front of the screens and takes every key until it is closed.
type dialog interface {
	// update handles a key that is not "back"; close says that the dialog is
	// done.
	update(msg tea.KeyPressMsg, keys kit.Keys) (cmd tea.Cmd, done bool)
	view(c kit.Context, w, h int) []string
	bindings(keys kit.Keys) []key.Binding
}

// whole is a dialog that takes the window without header and footer.
type whole interface{ wholeWindow() }

func (m *Model) push(d dialog) { m.dialogs = append(m.dialogs, d) }

func (m *Model) pop() { m.dialogs = m.dialogs[:len(m.dialogs)-1] }

func (m *Model) dialogKey(msg tea.KeyPressMsg) tea.Cmd {
	d := m.dialogs[len(m.dialogs)-1]
	if key.Matches(msg, m.kit.Keys.Back, m.kit.Keys.Quit) {
		m.pop()
		return nil
	}
	cmd, done := d.update(msg, m.kit.Keys)
	if done {
		m.pop()
	}
	return cmd
}
