// Package dashboard is the first tab: the next meeting, the life of the tokens,
// who is signed in, and what comes.
package dashboard

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// Model is the dashboard tab.
type Model struct {
	list     kit.Agenda
	revision int  // of the days that the list was made from
	moved    bool // the person moved the cursor: it no longer follows the next meeting
}

// New returns the dashboard tab.
func New() *Model { return &Model{revision: -1} }

// sync rebuilds the list when the meetings changed.
func (m *Model) sync(st *state.State) {
	if m.revision == st.Revision {
		return
	}
	m.revision = st.Revision
	keep := m.list.Selected()
	if !m.moved || keep == nil {
		next, running := st.Next()
		if keep = next; keep == nil {
			keep = running
		}
	}
	m.list.SetDays(st.Days, keep)
}

// Update handles the tab's keys.
func (m *Model) Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m.sync(st)
	if m.list.Key(press, c.Keys) {
		m.moved = true
		return nil
	}
	return kit.MeetingKey(press, m.list.Selected(), c.Keys)
}

// Bindings are the keys that work on this tab.
func (m *Model) Bindings(st *state.State, keys kit.Keys) []key.Binding {
	m.sync(st)
	return kit.MeetingBindings(m.list.Selected(), keys)
}
