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
		if msg.Seq == m.tokenSeq {
			return m.onTokensRead(msg), true
		}
	case state.Renewed:
		if msg.Seq == m.tokenSeq {
			m.onRenewed(msg)
		} else {
			m.st.Apply(state.RenewalOver{})
		}
	case profilesListed:
		m.onProfilesListed(msg)
	case profileOpened:
		return m.onProfileOpened(msg), true
	case historyRead:
		m.onHistory(msg)
	case newsMsg:
		return m.onNews(msg), true
	case userChosen:
		return m.onUserChosen(msg), true
	case savedOpened:
		return m.onSavedOpened(msg), true
	case login.Completed:
		return m.onSignedIn(), true
	case login.Cancelled:
		return m.closeLogin(), true
	case revokeNow:
		return m.revoke(), true
	case revoked:
		return m.onRevoked(msg), true
	case opened:
		m.say("Opened in the browser.")
	case linkShown:
		return m.onLinkShown(msg), true
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
// sign-in ended; for want of a network, it is tried again soon; where Zoom asks
// to wait, nothing is asked before.
func (m *Model) afterCall(err error) tea.Cmd {
	if err == nil {
		m.schedule.listFails = 0
		if m.st.Profile.ServerToServer() && m.st.Tokens.AccessFingerprint == "" {
			return m.readTokens() // this call fetched the first one
		}
		return nil
	}
	switch p := explain.Of(err); p.Class() {
	case explain.SignIn:
		return m.readTokens()
	case explain.Network:
		m.schedule.listFails++
		m.schedule.lists = m.up + min(retryIn(m.schedule.listFails), listsEvery)
	case explain.RateLimit:
		if until := p.Facts.RetryAt; !until.IsZero() {
			m.schedule.lists = max(m.schedule.lists, m.at(until))
		}
	default:
	}
	return nil
}

func (m *Model) onRenewed(msg state.Renewed) {
	m.st.Apply(msg)
	s := &m.schedule
	if msg.Err != nil {
		s.renewFails++
		s.renew = m.up + retryIn(s.renewFails)
		if until := explain.Of(msg.Err).Facts.RetryAt; !until.IsZero() {
			s.renew = max(s.renew, m.at(until))
		}
		return
	}
	s.renew, s.renewFails = m.up+renewEvery, 0
	if msg.ByHand {
		s.manual = m.up + manualEvery
		if !m.notice.news {
			m.say("The tokens are renewed.")
		}
	}
}

// onTokensRead takes what the store holds. Where another process has signed in
// or out, or has mended a sign-in that had ended, everything is asked for anew.
func (m *Model) onTokensRead(msg state.TokensRead) tea.Cmd {
	before, ended := m.st.Tokens, m.st.SignedOutWhy() != nil
	another := msg.Err == nil && !msg.Tokens.SignedInAt.Equal(before.SignedInAt)
	asked := m.asked == m.tokenSeq || m.st.Profile.ServerToServer() // nobody signs in there: it stays the same account
	m.asked = 0
	if another && !asked {
		m.st.Apply(state.SignedIn{})
	}
	m.st.Apply(msg)
	over := m.st.SignedOutWhy() != nil
	learned := over && !ended && m.st.Tokens.MovedAt.IsZero() // whether the access token still serves, the calls will tell
	if m.st.Tokens.SignedIn && (another && !asked || ended && !over || learned) {
		return m.loadAll()
	}
	return nil
}

// onSignedIn keeps the success on the screen for a moment. The profile and the
// lists are asked for at once, while the new tokens are read from the store.
func (m *Model) onSignedIn() tea.Cmd {
	m.schedule.loginDone = m.up + login.SuccessPause
	m.st.Apply(state.SignedOut{})
	m.tokenSeq++
	m.asked = m.tokenSeq
	return tea.Batch(m.loadAll(), m.readTokens())
}

func (m *Model) nameLogin() {
	if m.login != nil && m.login.Finished() {
		m.login.Name(m.st.User.Name)
		m.schedule.loginDone = m.up + login.SuccessPause
	}
}

func (m *Model) onRevoked(msg revoked) tea.Cmd {
	if msg.err != nil {
		m.say(explain.Of(msg.err).What)
		return m.readTokens()
	}
	if msg.Newer {
		m.say("Somebody signed in again meanwhile; that sign-in stays.")
		return m.readTokens()
	}
	switch {
	case msg.Moved:
		m.say("Deleted here; the other machine keeps the sign-in.")
	case !msg.Told:
		m.say("Deleted here; Zoom could not be told, and keeps it until it runs out.")
	}
	m.st.Apply(state.SignedOut{})
	return m.openLogin(false)
}
