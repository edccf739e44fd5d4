package ui

import (
	"reflect"

	tea "charm.land/bubbletea/v2"
)

// answer is what a command brought back, and the opening of a profile that it
// belongs to. A command cannot be called back: one that was started for the
// profile before may answer after the next one has been opened, and must not
// be taken for an answer about that.
type answer struct {
	opening int
	msg     tea.Msg
}

// mine marks what a command brings back as belonging to the profile that is
// open now.
func (m *Model) mine(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	opening := m.opening
	return func() tea.Msg { return mark(cmd(), opening) }
}

func mark(msg tea.Msg, opening int) tea.Msg {
	if msg == nil {
		return nil
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		marked := make(tea.BatchMsg, len(batch))
		for i, cmd := range batch {
			marked[i] = func() tea.Msg { return mark(cmd(), opening) }
		}
		return marked
	}
	if reflect.TypeOf(msg).PkgPath() == reflect.TypeFor[tea.BatchMsg]().PkgPath() {
		return msg // for Bubble Tea itself: a quit, the clipboard, a program to run
	}
	return answer{opening: opening, msg: msg}
}
