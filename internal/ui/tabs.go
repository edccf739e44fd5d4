package ui

import (
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// scopesTab is the number of the tab that says which scope is missing.
const scopesTab = "3"

// requestsTab is the number of the tab with the calls that were made.
const requestsTab = "5"

// turnTo brings a tab to the front.
func (m *Model) turnTo(i int) tea.Cmd {
	m.tab = i
	return m.look()
}

// look lets the tab in front see what has changed.
func (m *Model) look() tea.Cmd {
	if m.login != nil || m.setup != nil {
		return nil
	}
	return m.tabs[m.tab].screen.Update(kit.Look{}, &m.st, m.kit)
}

// numbered is the place of a tab.
func (m *Model) numbered(number string) int {
	for i, t := range m.tabs {
		if t.number == number {
			return i
		}
	}
	return 0
}

// toScopes leads from a call behind the dashboard that Zoom refused to the verdict
// on it; without one it just turns to the tab.
func (m *Model) toScopes() tea.Cmd {
	if p := m.st.Refused(); p != nil {
		if question, ok := kit.ExamineProblem(*p); ok {
			return m.examine(question)
		}
	}
	return m.turnTo(m.numbered(scopesTab))
}

// examine brings the scopes tab to the front with a call to judge, whatever asked
// for it.
func (m *Model) examine(msg kit.Examine) tea.Cmd {
	if at := m.numbered(scopesTab); m.tab != at {
		m.from = m.tab
		m.tab = at
	}
	m.dialogs = nil
	return m.tabs[m.tab].screen.Update(msg, &m.st, m.kit)
}

// goBack returns to where the last call to judge came from.
func (m *Model) goBack() tea.Cmd { return m.turnTo(m.from) }

// signInAgain signs in once more with the tab staying in front; account credentials
// fetch a new token instead.
func (m *Model) signInAgain() tea.Cmd {
	switch {
	case m.st.Tokens.Fixed:
		m.say("The token comes from ZOOM_ACCESS_TOKEN; whoever made it has to make another.")
		return nil
	case !m.st.Profile.ServerToServer():
		return m.openLogin(true)
	case m.st.Renewing:
		return nil
	default:
		return tea.Batch(m.renew(true), m.reload())
	}
}
