package requests

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// Refused is a call that is not made because of what it asks for. Words are whole
// sentences; they may hold what the person typed.
type Refused struct{ Words string }

// Error implements error.
func (e *Refused) Error() string { return e.Words }

// addressChecked says whether the address in the line is that of the profile's API.
type addressChecked struct {
	asked int
	err   error
}

// checkAddress asks whether the call may go where the line says, before anything
// else is asked of the person.
func (m *Model) checkAddress() tea.Cmd {
	m.asked++
	m.line.stage = previewing
	asked, parent, traffic, address := m.asked, m.ctx, m.traffic, m.line.draft.address
	return func() tea.Msg {
		ctx, done := context.WithTimeout(parent, previewTime)
		defer done()
		return addressChecked{asked: asked, err: traffic.CheckAddress(ctx, address)}
	}
}

func (m *Model) onAddressChecked(msg addressChecked, st *state.State, c kit.Context) tea.Cmd {
	l := m.line
	if msg.asked != m.asked || l == nil {
		return nil
	}
	if msg.err == nil {
		l.draft.address = ""
		return m.proceed(st, c)
	}
	m.backToLine()
	m.rememberRefused(l.input.Value())
	if refused, ok := errors.AsType[*Refused](msg.err); ok {
		l.wrong = refused.Words
		return nil
	}
	p := explain.Of(msg.err)
	l.problem = &p
	return nil
}
