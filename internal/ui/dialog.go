package ui

import (
	"slices"

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

// writer is a dialog that takes text: letters are no keys, and what is pasted
// lands in it.
type writer interface {
	paste(text string)
	// cursor is where the text goes, in the dialog's own lines.
	cursor() *tea.Cursor
}

func (m *Model) push(d dialog) { m.dialogs = append(m.dialogs, d) }

func (m *Model) pop() { m.dialogs = m.dialogs[:len(m.dialogs)-1] }

// front is the dialog that takes the keys; nil when there is none.
func (m *Model) frontDialog() dialog {
	if len(m.dialogs) == 0 {
		return nil
	}
	return m.dialogs[len(m.dialogs)-1]
}

// drop takes a dialog away, wherever it stands.
func (m *Model) drop(d dialog) {
	m.dialogs = slices.DeleteFunc(m.dialogs, func(other dialog) bool { return other == d })
}

func (m *Model) dialogKey(msg tea.KeyPressMsg) tea.Cmd {
	d, keys := m.frontDialog(), m.kit.Keys
	_, typing := d.(writer)
	if key.Matches(msg, keys.Back) || !typing && key.Matches(msg, keys.Quit) {
		m.pop()
		return nil
	}
	cmd, done := d.update(msg, keys)
	if done {
		m.drop(d)
	}
	return cmd
}
