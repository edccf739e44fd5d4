package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// onKey gives a key to whoever is in front: a dialog, the sign-in screen, the
// screen of the tab; what works everywhere comes after what works only there.
func (m *Model) onKey(msg tea.KeyPressMsg) tea.Cmd {
	keys := m.kit.Keys
	if msg.String() == "ctrl+c" {
		return tea.Quit
	}
	m.notice = notice{} // it has been read, and stands where the keys do
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
	case key.Matches(msg, keys.Help):
		m.push(newHelpDialog(append(m.bindings(), keys.Redraw, keys.Suspend)))
		return nil
	case m.setup != nil:
		return m.toFront(msg)
	case key.Matches(msg, keys.Quit):
		return tea.Quit
	case key.Matches(msg, keys.Profiles):
		return m.openProfiles()
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
		return m.signInByHand(), true
	case m.deps.User != nil && key.Matches(msg, kit.UserKey()):
		return m.openUser(), true
	case m.st.CanRevoke() && key.Matches(msg, keys.Revoke):
		m.push(m.revokeDialog())
	case key.Matches(msg, keys.History):
		return m.openHistory(), true
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

func (m *Model) signInByHand() tea.Cmd {
	if m.st.Profile.ServerToServer() {
		m.say("Nobody signs in to a Server-to-Server app: r fetches a new token.")
		return nil
	}
	return m.openLogin(true)
}

// renewByHand renews the tokens and everything that was read with them.
func (m *Model) renewByHand() tea.Cmd {
	switch {
	case m.st.Condition() == state.Unreadable:
		return m.readTokens()
	case !m.st.Tokens.SignedIn && !m.st.Profile.ServerToServer():
		m.say("Nobody is signed in: press R.")
		return nil
	case !m.st.Tokens.MovedAt.IsZero():
		m.say("The sign-in is on another machine, which renews it now: R signs in here.")
		return nil
	case m.st.Renewing:
		return nil
	case m.up < m.schedule.manual && m.st.AllLoaded():
		m.say("Renewed a moment ago.")
		return nil
	case m.st.Tokens.Fixed:
		m.schedule.manual = m.up + manualEvery
		return m.reload()
	case m.up < m.schedule.manual: // the tokens are new, and what was read with them failed
		return m.reload()
	default:
		return tea.Batch(m.renew(true), m.reload())
	}
}

// toFront hands what the person typed to whoever is in front. Results of
// background work reach those who wait for them, even behind something else.
func (m *Model) toFront(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if len(m.dialogs) > 0 {
			if w, ok := m.frontDialog().(writer); ok {
				w.paste(msg.Content)
			}
			return nil
		}
		return m.typed(msg)
	case tea.KeyPressMsg:
		return m.typed(msg)
	}
	var cmds []tea.Cmd
	if m.setup != nil {
		cmds = append(cmds, m.setup.Update(msg, m.kit))
	}
	if m.login != nil {
		return tea.Batch(append(cmds, m.login.Update(msg, m.kit))...)
	}
	return tea.Batch(append(cmds, m.tabs[m.tab].screen.Update(msg, &m.st, m.kit))...)
}

func (m *Model) typed(msg tea.Msg) tea.Cmd {
	switch {
	case m.setup != nil:
		return m.setup.Update(msg, m.kit)
	case m.login != nil:
		return m.login.Update(msg, m.kit)
	default:
		return m.tabs[m.tab].screen.Update(msg, &m.st, m.kit)
	}
}

// typer is a screen that takes letters as text for a while.
type typer interface{ Typing() bool }

func (m *Model) typing() bool {
	if m.setup != nil {
		return m.setup.Typing()
	}
	if m.login != nil {
		return m.login.Typing()
	}
	t, ok := m.tabs[m.tab].screen.(typer)
	return ok && t.Typing()
}

// bindings are the keys that work now, the most important first.
func (m *Model) bindings() []key.Binding {
	keys := m.kit.Keys
	if d := m.frontDialog(); d != nil {
		return d.bindings(keys)
	}
	if m.setup != nil {
		return m.setup.Bindings(keys)
	}
	var out []key.Binding
	if m.login != nil {
		own := m.login.Bindings(keys)
		if m.login.Typing() {
			return own // letters are text: nothing else is a key
		}
		first := min(3, len(own)) // the screen's first keys, then the way out, then the rest
		out = append(out, own[:first]...)
		out = append(out, keys.Help, keys.Quit)
		out = append(out, m.demoBindings()...)
		return append(append(out, own[first:]...), keys.Profiles)
	}
	if m.typing() {
		return m.tabs[m.tab].screen.Bindings(&m.st, keys) // letters are text: nothing else is a key
	}
	out = append(append(out, keys.Help), m.tokenBindings()...)
	out = append(out, keys.Profiles)
	out = append(out, m.demoBindings()...)
	out = append(out, keys.Quit)
	out = append(out, m.tabs[m.tab].screen.Bindings(&m.st, keys)...)
	if m.st.SignedOutWhy() == nil || m.st.Profile.ServerToServer() {
		out = append(out, keys.History)
	}
	if m.st.CanRevoke() {
		out = append(out, keys.Revoke)
	}
	return append(out, keys.NextTab)
}

// tokenBindings are the keys for the tokens, the way out first where the sign-in
// is over. What another machine has is not renewed here.
func (m *Model) tokenBindings() []key.Binding {
	keys, st := m.kit.Keys, &m.st
	over := st.SignedOutWhy() != nil && !st.Profile.ServerToServer()
	switch {
	case over && !st.Tokens.MovedAt.IsZero():
		return append(m.ownBindings(), keys.History)
	case over:
		return append(m.ownBindings(), keys.History, keys.Renew)
	case st.Tokens.SignedIn || st.Condition() == state.Unreadable || st.Profile.ServerToServer():
		return append([]key.Binding{keys.Renew}, m.ownBindings()...)
	default:
		return m.ownBindings()
	}
}

// ownBindings is what a profile of this kind has beside the keys of all.
func (m *Model) ownBindings() []key.Binding {
	switch {
	case !m.st.Profile.ServerToServer():
		return []key.Binding{m.kit.Keys.SignIn}
	case m.deps.User != nil:
		return []key.Binding{kit.UserKey()}
	default:
		return nil
	}
}

func (m *Model) demoBindings() []key.Binding {
	if m.deps.Demo == nil {
		return nil
	}
	return []key.Binding{m.kit.Keys.Faults}
}
