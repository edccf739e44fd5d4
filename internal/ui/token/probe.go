package token

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
)

// run is a probe: each call with the other token and then with ours, one after the
// other, with a pause in between.
type run struct {
	number  int // of the run; answers to an older one are dropped
	on      bool
	calls   []scope.Probe
	theirs  column
	ours    column
	stopped string // why it ended before the last call
}

// column is what Zoom has answered to one token.
type column struct {
	outcomes []scope.Outcome
	over     bool // Zoom refuses the token itself, so that it is not tried any more
}

// answered is what became of one call.
type answered struct {
	number  int
	theirs  bool
	outcome scope.Outcome
}

// probeNext says that the pause is over.
type probeNext struct{ number int }

func (r *run) stop(why string) { r.on, r.stopped = false, why }

// start begins with the person's consent.
func (m *Model) start() tea.Cmd {
	m.turn(probed)
	m.run = run{number: m.run.number + 1, on: true, calls: m.plan.Calls}
	return m.next()
}

// next makes the call that is due; the column that is behind goes first.
func (m *Model) next() tea.Cmd {
	r := &m.run
	theirs := !r.theirs.over && (r.ours.over || len(r.theirs.outcomes) <= len(r.ours.outcomes))
	at := len(r.ours.outcomes)
	if theirs {
		at = len(r.theirs.outcomes)
	}
	if at >= len(r.calls) || r.theirs.over && r.ours.over {
		r.on = false
		return nil
	}
	ctx, other, call, number := m.ctx, m.other, r.calls[at], r.number
	return func() tea.Msg {
		if theirs {
			return answered{number, true, other.Try(ctx, call)}
		}
		return answered{number, false, other.TryOurs(ctx, call)}
	}
}

// onAnswered keeps an answer, and waits for as long as Zoom's limits ask for.
func (m *Model) onAnswered(msg answered) tea.Cmd {
	r := &m.run
	if !r.on || msg.number != r.number {
		return nil
	}
	into := &r.ours
	if msg.theirs {
		into = &r.theirs
	}
	o := msg.outcome
	into.outcomes = append(into.outcomes, o)
	into.over = o.Reason == scope.ReasonToken // which says nothing of the other column
	switch {
	case into.over || !o.Stops():
	case o.Failed != "":
		r.stop(o.Failed)
	default:
		r.stop("Zoom asks to wait: too many calls from the account.")
	}
	if !r.on {
		return nil
	}
	number := r.number
	return tea.Tick(o.Probe.After, func(time.Time) tea.Msg { return probeNext{number} })
}

func (m *Model) onProbeNext(msg probeNext) tea.Cmd {
	if !m.run.on || msg.number != m.run.number {
		return nil
	}
	return m.next()
}

// at is the answer to a call, if there is one.
func (c column) at(i int) (scope.Outcome, bool) {
	if i < len(c.outcomes) {
		return c.outcomes[i], true
	}
	return scope.Outcome{}, false
}

// found says what the probe has shown, in sentences.
func (r *run) found() []string {
	var said []string
	switch {
	case r.theirs.over && r.ours.over:
		said = append(said, "Zoom accepts neither token: both were ended or replaced, or belong to another Zoom.")
	case r.theirs.over:
		said = append(said, "Zoom does not accept the other token: it was ended or replaced, or belongs to another Zoom.")
	case r.ours.over:
		said = append(said, "Zoom does not accept the token in use: R signs in again.")
	}
	compared, apart := 0, 0
	for i, call := range r.calls {
		theirs, ok := r.theirs.at(i)
		ours, both := r.ours.at(i)
		if !ok || !both {
			continue
		}
		compared++
		lacks := ""
		switch {
		case theirs.Zoom == scope.HasIt && ours.Zoom == scope.AddOne:
			lacks = "The other token has a scope for GET " + bare(call.Path) + ", and ours has none."
		case theirs.Zoom == scope.AddOne && ours.Zoom == scope.HasIt:
			lacks = "Ours has a scope for GET " + bare(call.Path) + ", and the other token has none."
		default:
			continue
		}
		apart++
		said = append(said, lacks)
	}
	if !r.on && compared > 0 && apart == 0 && !r.theirs.over && !r.ours.over {
		said = append(said, "Both tokens may make the same ones of these calls.")
	}
	return said
}
