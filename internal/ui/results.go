package ui

import (
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/state"
)

// onResult takes what commands brought back. done is false for messages that
// are none.
func (m *Model) onResult(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case state.UserLoaded:
		if msg.Seq == m.seq {
			m.st.Apply(msg)
			m.nameLogin()
			return m.afterCall(msg.Err), true
		}
	case state.HostedLoaded:
		if msg.Seq == m.seq {
			m.st.Apply(msg)
			return m.afterCall(msg.Err), true
		}
	case state.InvitedLoaded:
		if msg.Seq == m.seq {
			m.st.Apply(msg)
			return m.afterCall(msg.Err), true
		}
	case state.TokensRead:
		m.st.Apply(msg)
	case state.Renewed:
		m.onRenewed(msg)
	case login.Completed:
		return m.onSignedIn(), true
	case login.Cancelled:
		m.login = nil
	case revoked:
		return m.onRevoked(msg), true
	case opened:
		m.onOpened(msg)
	case faultSet:
		return m.onFault(msg), true
	case revealed:
		return m.onRevealed(msg), true
	default:
		return nil, false
	}
	return nil, true
}

// afterCall looks after an API call that failed: for want of a sign-in, the
// tokens are read again, since the transport may have renewed them or found the
// sign-in ended; for want of a network, it is tried again soon.
func (m *Model) afterCall(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	switch explain.Of(err).Class() {
	case explain.SignIn:
		return m.readTokens()
	case explain.Network:
		m.schedule.lists = m.st.Local.Add(retryAfter) // a laptop that wakes up is back soon
	default:
	}
	return nil
}

func (m *Model) onRenewed(msg state.Renewed) {
	m.st.Apply(msg)
	if msg.Err != nil {
		return
	}
	m.schedule.renew = m.st.Local
	if msg.ByHand {
		m.say("The tokens are renewed.")
	}
}

// onSignedIn keeps the success on the screen for a moment while the first
// calls are under way already.
func (m *Model) onSignedIn() tea.Cmd {
	m.schedule.loginDone = m.st.Local.Add(login.SuccessPause)
	m.st.Apply(state.SignedIn{})
	return tea.Batch(m.readTokens(), m.loadAll())
}

func (m *Model) nameLogin() {
	if m.login != nil && m.login.Finished() {
		m.login.Name(m.st.User.Name)
		m.schedule.loginDone = m.st.Local.Add(login.SuccessPause)
	}
}

func (m *Model) onRevoked(msg revoked) tea.Cmd {
	if msg.err != nil {
		m.say(explain.Of(msg.err).What)
		return m.readTokens()
	}
	if !msg.told {
		m.say("Deleted here; Zoom could not be told, and keeps it until it runs out.")
	}
	m.st.Apply(state.SignedOut{})
	m.openLogin(false)
	return m.login.Start()
}
