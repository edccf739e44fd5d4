package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/dashboard"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/meetings"
	"zoomtui/internal/ui/requests"
	"zoomtui/internal/ui/scopes"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/token"
)

// adopt begins anew with a profile. Of the one before nothing stays; what
// belongs to the window does.
func (m *Model) adopt(deps Deps) {
	m.opening++
	m.seq++
	m.tokenSeq++
	m.ctx, m.leave = context.WithCancel(m.life)
	m.deps = deps.clocks()
	m.up = m.deps.Elapsed()
	m.kit.QR.Known, m.kit.QR.NoColor = deps.Glyphs(m.terminal), deps.NoColor
	m.kit.Keys.Profiles.SetEnabled(deps.Profiles != nil)
	m.kit.Keys.History.SetEnabled(deps.History != nil)
	m.tabs = []tab{
		{"1", "Dashboard", dashboard.New()},
		{"2", "Meetings", meetings.New()},
		{scopesTab, "Scopes", scopes.New(m.ctx, deps.Lab, deps.History)},
		{"4", "Token", token.New(m.ctx, deps.Comparer)},
		{requestsTab, "Requests", requests.New(m.ctx, deps.Traffic)},
	}
	m.tab, m.from, m.login, m.setup, m.dialogs = 0, 0, nil, nil, nil
	m.notice, m.schedule, m.asked = notice{}, newSchedule(), 0
	m.st = state.New(deps.Profile, deps.Location, deps.Clock(), m.deps.ZoomNow())
	m.st.Apply(state.FromCache{Cached: deps.Cached})
	m.st.Apply(state.TokensRead{Tokens: deps.Tokens, Err: deps.Trouble})
	m.alarm = newAlarm(&m.st)
}

// enter starts what a profile begins with: the calls behind the dashboard, or
// the way to a sign-in.
func (m *Model) enter() tea.Cmd {
	switch {
	case m.deps.NoApp:
		return m.openSetup(true)
	case m.st.Tokens.SignedIn:
		return m.loadAll()
	case m.deps.Trouble == nil:
		return m.openLogin(false)
	}
	return nil
}

// switchTo puts another profile in the place of the one that is open. The
// commands of that one end; a sign-in that waits for its browser is closed
// before the next one is started, which then finds the port free.
func (m *Model) switchTo(deps Deps) tea.Cmd {
	before, leave := m.login, m.leave
	m.adopt(deps)
	m.login = before
	cmd := m.enter()
	if m.login == before {
		return tea.Batch(cmd, m.tick(), m.awaitNews(), then(m.closeLogin(), leave))
	}
	return tea.Batch(m.tick(), m.awaitNews(), then(cmd, leave))
}

// then does something when a command is over; at once when there is none.
func then(cmd tea.Cmd, after func()) tea.Cmd {
	if cmd == nil {
		after()
		return nil
	}
	return func() tea.Msg {
		defer after()
		return cmd()
	}
}

// openLogin puts a new sign-in screen in front and starts it; back says whether
// there is a dashboard to return to. Account credentials sign nobody in: they
// are tried instead.
func (m *Model) openLogin(back bool) tea.Cmd {
	if m.st.Profile.ServerToServer() {
		return m.loadAll()
	}
	var person login.Person
	if m.deps.Demo != nil {
		person = m.deps.Demo
	}
	next := login.New(m.ctx, m.deps.SignIns, person, back)
	next.Replace(m.login)
	next.SetStyles(m.kit.Styles)
	can, _ := m.deps.Opener.CanOpen()
	next.SetBrowser(can)
	m.login, m.schedule.loginDone = next, never
	return next.Start()
}

// closeLogin takes the sign-in screen away and gives its port back.
func (m *Model) closeLogin() tea.Cmd {
	m.schedule.loginDone = never
	if m.login == nil {
		return nil
	}
	stop := m.login.Stop()
	m.login = nil
	return stop
}
