package login

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// callLimit bounds one conversation with Zoom behind a key press.
const callLimit = 30 * time.Second

// try is one attempt and what waits for it. Messages carry it, so that answers
// of an older one are told from those of the newest, whichever screen began it.
type try struct {
	ctx     context.Context // ends the attempt, also one that is just being started
	cancel  context.CancelFunc
	attempt Attempt       // nil until it has started
	ended   chan struct{} // closed when the attempt is over
}

func newTry(ctx context.Context) *try {
	t := &try{ended: make(chan struct{})}
	t.ctx, t.cancel = context.WithCancel(ctx)
	return t
}

// close gives the attempt up: its port is free afterwards. An exchange that
// Zoom has been asked for is finished first.
func (t *try) close() {
	if t.attempt != nil {
		t.attempt.Close()
	}
	t.cancel()
}

type (
	started struct {
		try     *try
		attempt Attempt
		code    kit.QR // made here: encoding is too slow for Update
		err     error
	}
	ended struct {
		try     *try
		outcome Outcome
		err     error
	}
	pasteDone struct {
		try *try
		err error
	}
)

// Start begins an attempt and gives up the one before.
func (m *Model) Start() tea.Cmd {
	old, t := m.try, newTry(m.ctx)
	m.try, m.link, m.phase, m.problem, m.pasted = t, Link{}, starting, nil, nil
	m.side, m.device, m.phone, m.news = overview, shortCode{}, phoneWay{}, ""
	m.input.SetValue("")
	signIns := m.signIns
	return func() tea.Msg {
		if old != nil {
			old.close()
		}
		attempt, err := signIns.Start(t.ctx)
		if err != nil {
			return started{try: t, err: err}
		}
		return started{try: t, attempt: attempt, code: kit.NewQR(attempt.Link().URL)}
	}
}

// Replace takes over the attempt of the screen before, so that Start gives it
// up first and finds the port free. old may be nil.
func (m *Model) Replace(old *Model) {
	if old != nil {
		m.try, old.try = old.try, nil
	}
}

// Stop gives up the attempt under way; the port is free again afterwards.
func (m *Model) Stop() tea.Cmd {
	old := m.try
	m.try = nil
	return closeTry(old)
}

// Close is Stop at the end of the program, when no command runs any more.
func (m *Model) Close() {
	if m.try != nil {
		m.try.close()
	}
}

func closeTry(t *try) tea.Cmd {
	if t == nil {
		return nil
	}
	return func() tea.Msg {
		t.close()
		return nil
	}
}

// wait waits for the end of the attempt, whatever brings it.
func (m *Model) wait() tea.Cmd {
	t := m.try
	return func() tea.Msg {
		defer close(t.ended)
		outcome, err := t.attempt.Wait(t.ctx)
		return ended{try: t, outcome: outcome, err: err}
	}
}

// play lets the sandbox's user press a button on the consent page.
func (m *Model) play(press func(context.Context, string) error) tea.Cmd {
	if m.phase != waiting {
		return nil
	}
	m.phase, m.pasted = checking, nil
	t, link := m.try, m.link.URL
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(t.ctx, callLimit)
		defer cancel()
		return pasteDone{try: t, err: press(ctx, link)}
	}
}
