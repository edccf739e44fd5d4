package requests

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// callEnded is the call in front once more, since its answer has come to its end.
type callEnded struct{ call *detail }

// readOn fetches the call in front anew when its answer was still being read as it
// was opened, and is no longer.
func (m *Model) readOn() tea.Cmd {
	if m.call == nil || !m.call.x.Reading {
		return nil
	}
	seq := m.call.x.Seq
	at := slices.IndexFunc(m.list.all, func(c Call) bool { return c.Seq == seq })
	if at < 0 || m.list.all[at].Reading {
		return nil
	}
	traffic := m.traffic
	return func() tea.Msg {
		x, ok := traffic.Exchange(seq)
		if !ok {
			return nil
		}
		return callEnded{newDetail(x)}
	}
}

// onEnded puts the whole call in the place of the one that was not; who looks at it
// stays where they are.
func (m *Model) onEnded(msg callEnded) {
	d := m.call
	if d == nil || !d.x.Reading || d.x.Seq != msg.call.x.Seq {
		return
	}
	msg.call.at, msg.call.headers, msg.call.heads, msg.call.steps = d.at, d.headers, d.heads, d.steps && msg.call.problem != nil
	msg.call.bodies[requestSide] = d.bodies[requestSide] // it may be folded and searched
	m.call = msg.call
}
