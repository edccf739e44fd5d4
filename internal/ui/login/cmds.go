package login

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// callLimit bounds one conversation with Zoom behind a key press.
const callLimit = 30 * time.Second

type (
	started struct {
		seq     int
		attempt Attempt
		code    kit.QR // made here: encoding is too slow for Update
		err     error
	}
	ended struct {
		seq     int
		outcome Outcome
		err     error
	}
	pasteDone struct {
		seq int
		err error
	}
)

// Start begins an attempt and gives up the one before.
func (m *Model) Start() tea.Cmd {
	old := m.attempt
	m.seq++
	m.attempt, m.link, m.phase, m.problem, m.pasted = nil, Link{}, starting, nil, nil
	m.input.SetValue("")
	ctx, signIns, seq := m.ctx, m.signIns, m.seq
	return func() tea.Msg {
		if old != nil {
			old.Close()
		}
		attempt, err := signIns.Start(ctx)
		if err != nil {
			return started{seq: seq, err: err}
		}
		return started{seq: seq, attempt: attempt, code: kit.NewQR(attempt.Link().URL)}
	}
}

// Stop gives up the attempt under way; the port is free again afterwards.
func (m *Model) Stop() tea.Cmd {
	old := m.attempt
	m.seq++
	m.attempt = nil
	return closeAttempt(old)
}

func closeAttempt(a Attempt) tea.Cmd {
	if a == nil {
		return nil
	}
	return func() tea.Msg {
		a.Close()
		return nil
	}
}

func (m *Model) wait() tea.Cmd {
	ctx, attempt, seq := m.ctx, m.attempt, m.seq
	return func() tea.Msg {
		outcome, err := attempt.Wait(ctx)
		return ended{seq: seq, outcome: outcome, err: err}
	}
}

func pasteCmd(ctx context.Context, attempt Attempt, seq int, text string) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callLimit)
		defer cancel()
		return pasteDone{seq: seq, err: attempt.Paste(ctx, text)}
	}
}

// play lets the sandbox's user press a button on the consent page.
func (m *Model) play(press func(context.Context, string) error) tea.Cmd {
	if m.phase != waiting {
		return nil
	}
	m.phase, m.pasted = checking, nil
	ctx, link, seq := m.ctx, m.link.URL, m.seq
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, callLimit)
		defer cancel()
		return pasteDone{seq: seq, err: press(ctx, link)}
	}
}
