package ui

import (
	"math"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	listsEvery  = 5 * time.Minute  // how often the meetings are asked for
	storeEvery  = 10 * time.Second // how often the token file is read again
	retryFirst  = 30 * time.Second // after a call that failed; twice as long each time
	retryMost   = 10 * time.Minute
	renewEvery  = 10 * time.Second // whatever the life of the tokens: each renewal spends a refresh token
	manualEvery = 10 * time.Second // after a renewal by hand that worked there is none for so long
	noticeFor   = 5 * time.Second
)

// tickMsg is what the clocks show.
type tickMsg struct {
	local, zoom time.Time     // this machine's and Zoom's
	up          time.Duration // see Deps.Elapsed
}

// never is a time that does not come.
const never = time.Duration(math.MaxInt64)

// schedule says what is due when, by Deps.Elapsed: a clock that is set neither
// holds anything back nor sets everything off, and a machine that has slept does
// what has come due meanwhile.
type schedule struct {
	lists, store, renew time.Duration
	manual              time.Duration // from when on a person may renew again
	listsAsked          time.Duration // when the lists were asked for
	renewFails          int           // in a row
	listFails           int
	loginDone           time.Duration // when the dashboard takes the place of the success
}

func newSchedule() schedule { return schedule{lists: never, loginDone: never} }

// notice is one line for a while.
type notice struct {
	text  string
	until time.Duration
	news  bool // of the tokens: told once, so nothing less takes its place
}

// tick waits for the next whole second of Zoom's clock. The clocks are read in
// the command, so that Update is a function of its messages; a machine that was
// asleep gets the right time with the first tick after it.
func (m *Model) tick() tea.Cmd {
	deps := m.deps
	wait := time.Second - time.Duration(m.st.Now.Nanosecond())
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return tickMsg{local: deps.Clock(), zoom: deps.ZoomNow(), up: deps.Elapsed()}
	})
}

func (m *Model) onTick(msg tickMsg) tea.Cmd {
	m.st.Tick(msg.local, msg.zoom)
	m.up = msg.up
	if m.notice.text != "" && m.up > m.notice.until {
		m.notice = notice{}
	}
	return tea.Batch(m.tick(), m.due(), m.call(), m.look())
}

// due starts what has come due. A list is not asked for while nobody looks:
// the rate limit belongs to the whole Zoom account.
func (m *Model) due() tea.Cmd {
	if m.deps.NoApp {
		return nil
	}
	var cmds []tea.Cmd
	s := &m.schedule
	if m.up >= s.loginDone {
		cmds = append(cmds, m.closeLogin())
	}
	if m.login == nil && m.up > s.store {
		s.store = m.up + storeEvery
		cmds = append(cmds, m.readTokens())
	}
	if m.st.RenewalDue() && m.up > s.renew {
		s.renew = m.up + callLimit // its result sets the next one
		cmds = append(cmds, m.renew(false))
	}
	if m.focused && m.login == nil && m.st.Tokens.SignedIn && m.up > s.lists {
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

// at is when a time of this machine's clock comes.
func (m *Model) at(t time.Time) time.Duration { return m.up + t.Sub(m.st.Local) }

func (m *Model) say(text string) { m.sayFor(text, noticeFor) }

func (m *Model) sayFor(text string, d time.Duration) {
	m.notice = notice{text: text, until: m.up + d}
}

// clocks fills in the clocks that were not handed in.
func (d Deps) clocks() Deps {
	if d.ZoomNow == nil {
		d.ZoomNow = d.Clock
	}
	if d.Elapsed == nil {
		clock, start := d.Clock, d.Clock()
		d.Elapsed = func() time.Duration { return clock().Sub(start) }
	}
	return d
}
