package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// onKey gives a key to whoever is in front: a dialog, the sign-in screen, the
// screen of the tab; what works everywhere comes after what works only there.
func (m *Model) onKey(msg tea.KeyPressMsg) tea.Cmd {
	keys := m.kit.Keys
	if msg.String() == "ctrl+c" {
		return tea.Quit
	}
	switch {
	case key.Matches(msg, keys.Suspend):
		return tea.Suspend
	case key.Matches(msg, keys.Redraw):
		return m.redraw()
	}
	if len(m.dialogs) > 0 {
		return m.dialogKey(msg)
	}
	if m.typing() {
		return m.toFront(msg)
	}
	switch {
	case key.Matches(msg, keys.Quit):
		return tea.Quit
	case key.Matches(msg, keys.Help):
		m.push(&helpDialog{keys: append(m.bindings(), keys.Redraw, keys.Suspend)})
		return nil
	case m.deps.Demo != nil && key.Matches(msg, keys.Faults):
		m.push(newFaultsDialog(m.deps.Demo))
		return nil
	}
	if m.login == nil {
		if cmd, done := m.globalKey(msg); done {
			return cmd
		}
	}
	return m.toFront(msg)
}

// globalKey handles the keys that work on every tab.
func (m *Model) globalKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	keys := m.kit.Keys
	switch {
	case key.Matches(msg, keys.NextTab):
		m.tab = (m.tab + 1) % len(m.tabs)
	case key.Matches(msg, keys.PrevTab):
		m.tab = (m.tab + len(m.tabs) - 1) % len(m.tabs)
	case key.Matches(msg, keys.Renew):
		return m.renewByHand(), true
	case key.Matches(msg, keys.SignIn):
		return m.openLogin(true), true
	case m.st.CanRevoke() && key.Matches(msg, keys.Revoke):
		m.push(m.revokeDialog())
	default:
		for i, t := range m.tabs {
			if msg.String() == t.number {
				m.tab = i
				return nil, true
			}
		}
		return nil, false
	}
	return nil, true
}

// renewByHand renews the tokens and everything that was read with them.
func (m *Model) renewByHand() tea.Cmd {
	now := m.st.Local
	switch {
	case !m.st.Tokens.SignedIn:
		m.say("Nobody is signed in: press R.")
		return nil
	case m.st.Renewing:
		return nil
	case now.Before(m.schedule.renewed.Add(manualEvery)):
		m.say("Renewed a moment ago.")
		return nil
	}
	m.schedule.renewed = now
	if m.st.Tokens.Fixed {
		return m.loadAll()
	}
	return tea.Batch(m.renew(true), m.loadAll())
}

// toFront hands a message to the sign-in screen or to the screen of the tab.
// Results of background work reach the sign-in screen even behind a dialog.
func (m *Model) toFront(msg tea.Msg) tea.Cmd {
	if m.login != nil {
		return m.login.Update(msg, m.kit)
	}
	return m.tabs[m.tab].screen.Update(msg, &m.st, m.kit)
}

// typer is a screen that takes letters as text for a while.
type typer interface{ Typing() bool }

func (m *Model) typing() bool {
	if m.login != nil {
		return m.login.Typing()
	}
	t, ok := m.tabs[m.tab].screen.(typer)
	return ok && t.Typing()
}

// bindings are the keys that work now, the most important first.
func (m *Model) bindings() []key.Binding {
	keys := m.kit.Keys
	if len(m.dialogs) > 0 {
		return m.dialogs[len(m.dialogs)-1].bindings(keys)
	}
	var out []key.Binding
	if m.login != nil {
		own := m.login.Bindings(keys)
		first := min(3, len(own)) // the screen's first keys, then the way out, then the rest
		out = append(out, own[:first]...)
		out = append(out, keys.Help, keys.Quit)
		out = append(out, m.demoBindings()...)
		return append(out, own[first:]...)
	}
	if m.typing() {
		return m.tabs[m.tab].screen.Bindings(&m.st, keys) // letters are text: nothing else is a key
	}
	out = append(out, keys.Help)
	if m.st.Tokens.SignedIn {
		out = append(out, keys.Renew)
	}
	out = append(out, keys.SignIn)
	out = append(out, m.demoBindings()...)
	out = append(out, keys.Quit)
	out = append(out, m.tabs[m.tab].screen.Bindings(&m.st, keys)...)
	if m.st.CanRevoke() {
		out = append(out, keys.Revoke)
	}
	return append(out, keys.NextTab)
}

func (m *Model) demoBindings() []key.Binding {
	if m.deps.Demo == nil {
		return nil
	}
	return []key.Binding{m.kit.Keys.Faults}
}
