package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	listsEvery  = 5 * time.Minute  // how often the meetings are asked for
	storeEvery  = 10 * time.Second // how often the token file is read again
	retryFirst  = 30 * time.Second // after a call that failed; twice as long each time
	retryMost   = 10 * time.Minute
	manualEvery = 10 * time.Second // two renewals by hand are at least this far apart
	noticeFor   = 5 * time.Second
)

// tickMsg is the time on this machine's clock.
type tickMsg time.Time

// schedule says what is due when, on this machine's clock.
type schedule struct {
	lists, store, renew time.Time
	renewed             time.Time // the last renewal by hand
	renewFails          int       // in a row
	listFails           int
	loginDone           time.Time // when the dashboard takes the place of the success
}

// notice is one line for a few seconds.
type notice struct {
	text  string
	until time.Time
}

// tick waits for the next whole second. The clock is read in the command, so
// that Update is a function of its messages; a machine that was asleep gets
// the right time with the first tick after it.
func (m *Model) tick() tea.Cmd {
	clock := m.deps.Clock
	wait := time.Second - time.Duration(m.st.Now.Nanosecond())
	return tea.Tick(wait, func(time.Time) tea.Msg { return tickMsg(clock()) })
}

func (m *Model) onTick(now time.Time) tea.Cmd {
	m.st.Tick(now)
	if m.notice.text != "" && now.After(m.notice.until) {
		m.notice = notice{}
	}
	return tea.Batch(m.tick(), m.due(now))
}

// due starts what has come due. A list is not asked for while nobody looks:
// the rate limit belongs to the whole Zoom account.
func (m *Model) due(now time.Time) tea.Cmd {
	if m.deps.NoApp {
		return nil
	}
	var cmds []tea.Cmd
	s := &m.schedule
	if !s.loginDone.IsZero() && !now.Before(s.loginDone) {
		cmds = append(cmds, m.closeLogin())
	}
	if m.login == nil && now.After(s.store) {
		s.store = now.Add(storeEvery)
		cmds = append(cmds, m.readTokens())
	}
	if m.st.RenewalDue() && now.After(s.renew) {
		s.renew = now.Add(callLimit) // its result sets the next one
		cmds = append(cmds, m.renew(false))
	}
	if m.focused && m.login == nil && m.st.Tokens.SignedIn && !s.lists.IsZero() && now.After(s.lists) {
		cmds = append(cmds, m.loadAll())
	}
	return tea.Batch(cmds...)
}

// retryIn is how long to wait after so many failures in a row.
func retryIn(fails int) time.Duration {
	wait := retryFirst
	for range fails - 1 {
		wait = min(2*wait, retryMost)
	}
	return wait
}

func (m *Model) say(text string) {
	m.notice = notice{text: text, until: m.st.Local.Add(noticeFor)}
}
