// Package meetings is the second tab: every meeting ahead, by day, with a
// filter.
package meetings

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/agenda"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// Model is the meetings tab.
type Model struct {
	list     kit.Agenda
	revision int
	filter   textinput.Model
	filtered string // the filter that the list was made with
	shown    int
}

// New returns the meetings tab.
func New() *Model {
	return &Model{revision: -1, filter: kit.NewInput("words of the topic")}
}

// Typing says whether letters go into the filter.
func (m *Model) Typing() bool { return m.filter.Focused() }

func (m *Model) sync(st *state.State) {
	if m.revision == st.Revision && m.filtered == m.filter.Value() {
		return
	}
	m.revision, m.filtered = st.Revision, m.filter.Value()
	days := matching(st.Days, m.filtered)
	m.shown = 0
	for _, g := range days {
		m.shown += len(g.Meetings)
	}
	m.list.SetDays(days, m.list.Selected())
}

// matching keeps the meetings whose topic has every word of the filter.
func matching(days []agenda.Day, filter string) []agenda.Day {
	words := strings.Fields(strings.ToLower(filter))
	if len(words) == 0 {
		return days
	}
	var out []agenda.Day
	for _, g := range days {
		kept := agenda.Day{Title: g.Title, Date: g.Date}
		for _, m := range g.Meetings {
			if hasAll(strings.ToLower(m.Topic), words) {
				kept.Meetings = append(kept.Meetings, m)
			}
		}
		if len(kept.Meetings) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

func hasAll(topic string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(topic, w) {
			return false
		}
	}
	return true
}

// Update handles the tab's keys.
func (m *Model) Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd {
	if m.filter.Focused() {
		return m.filterKey(msg, c.Keys)
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	m.sync(st)
	switch {
	case key.Matches(press, c.Keys.Filter):
		kit.StyleInput(&m.filter, c.Styles)
		return m.filter.Focus()
	case key.Matches(press, c.Keys.Back):
		m.filter.SetValue("")
		return nil
	case m.list.Key(press, c.Keys):
		return nil
	}
	return kit.MeetingKey(press, m.list.Selected(), c.Keys)
}

func (m *Model) filterKey(msg tea.Msg, keys kit.Keys) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, keys.Back):
			m.filter.SetValue("")
			m.filter.Blur()
			return nil
		case key.Matches(press, keys.Submit), press.String() == "down", press.String() == "up":
			m.filter.Blur()
			return nil
		}
	}
	var cmd tea.Cmd
	m.filter, cmd = m.filter.Update(msg)
	return cmd
}

// Bindings are the keys that work on this tab.
func (m *Model) Bindings(st *state.State, keys kit.Keys) []key.Binding {
	m.sync(st)
	if m.filter.Focused() {
		done, drop := keys.Submit, keys.Back
		done.SetHelp("enter", "to the list")
		drop.SetHelp("esc", "no filter")
		return []key.Binding{done, drop}
	}
	return append([]key.Binding{keys.Filter}, kit.MeetingBindings(m.list.Selected(), keys)...)
}
