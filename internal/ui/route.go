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
		return m.interrupt()
	}
	if key.Matches(msg, keys.Redraw) {
		return m.redraw() // and the notice, which may be what could not be read
	}
	m.notice = notice{} // it has been read, and stands where the keys do
	if key.Matches(msg, keys.Suspend) {
		return tea.Suspend
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
	if m.goesOn(msg) {
		stop := m.closeLogin()
		cmd, _ := m.globalKey(msg)
		return tea.Batch(stop, cmd)
	}
	if m.login == nil && !m.owned(msg) {
		if cmd, done := m.globalKey(msg); done {
			return cmd
		}
	}
	return m.toFront(msg)
}

// goesOn says whether a key turns to a tab while the success of a sign-in is still
// shown: whoever knows where to go need not wait until it has been read.
func (m *Model) goesOn(msg tea.KeyPressMsg) bool {
	keys := m.kit.Keys
	return m.login != nil && m.login.Finished() && key.Matches(msg, keys.Tabs, keys.NextTab, keys.PrevTab, keys.Scopes)
}

// owner is a screen to which some key means something else than everywhere.
type owner interface {
	Owns(msg tea.KeyPressMsg, st *state.State) bool
}

func (m *Model) owned(msg tea.KeyPressMsg) bool {
	o, ok := m.tabs[m.tab].screen.(owner)
	return ok && o.Owns(msg, &m.st)
}

// globalKey handles the keys that work on every tab.
func (m *Model) globalKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	keys := m.kit.Keys
	switch {
	case key.Matches(msg, keys.NextTab):
		return m.turnTo((m.tab + 1) % len(m.tabs)), true
	case key.Matches(msg, keys.PrevTab):
		return m.turnTo((m.tab + len(m.tabs) - 1) % len(m.tabs)), true
	case key.Matches(msg, keys.Scopes):
		return m.toScopes(), true
	case key.Matches(msg, keys.Renew):
		return m.renewByHand(), true
	case key.Matches(msg, keys.SignIn):
		return m.signInByHand(), true
	case m.deps.User != nil && key.Matches(msg, kit.UserKey()):
		return m.openUser(), true
	case m.revokes() && key.Matches(msg, keys.Revoke):
		m.push(m.revokeDialog())
	case key.Matches(msg, keys.History):
		return m.openHistory(), true
	default:
		for i, t := range m.tabs {
			if msg.String() == t.number {
				return m.turnTo(i), true
			}
		}
		return nil, false
	}
	return nil, true
}

// inner is a screen that may show a page of its own, such as another token.
type inner interface{ Inside() bool }

// revokes says whether x ends the sign-in here: where x exports elsewhere on the tab,
// and on a page that is about something else, nobody means that.
func (m *Model) revokes() bool {
	front := m.tabs[m.tab]
	if !m.st.CanRevoke() || front.number == scopesTab || front.number == requestsTab {
		return false
	}
	in, ok := front.screen.(inner)
	return !ok || !in.Inside()
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
		cmds = append(cmds, m.login.Update(msg, m.kit))
	}
	for _, t := range m.tabs { // who asked may have gone to the back meanwhile
		cmds = append(cmds, t.screen.Update(msg, &m.st, m.kit))
	}
	return tea.Batch(cmds...)
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
