package scopes

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// tryLimit bounds one call.
const tryLimit = 20 * time.Second

// tried is what became of a call that was made to see what Zoom says.
type tried struct {
	page    *verdictPage
	number  int
	outcome scope.Outcome
}

// try makes the call.
func (p *verdictPage) try(s scene) tea.Cmd {
	probe, ok := p.probe(s)
	if !ok || p.trying != 0 {
		return nil
	}
	s.m.seq++
	p.trying, p.triedAt, p.tried = s.m.seq, grantedAt(s.st), nil
	number, call := p.trying, s.m.ask(probe)
	return func() tea.Msg { return tried{page: p, number: number, outcome: call()} }
}

// ask is one call, to be made outside Update.
func (m *Model) ask(probe scope.Probe) func() scope.Outcome {
	parent, lab := m.ctx, m.lab
	return func() scope.Outcome {
		ctx, cancel := context.WithTimeout(parent, tryLimit)
		defer cancel()
		return lab.Try(ctx, probe)
	}
}

// onTried judges by what Zoom has said just now.
func (m *Model) onTried(msg tried, s scene) {
	p := msg.page
	if p.trying != msg.number {
		return
	}
	p.trying = 0
	out := msg.outcome
	tame(&out)
	if out.Failed == "" {
		p.live, p.askedAt, p.revision = answered(out, s.st.Now), p.triedAt, 0
		p.judge(s)
	}
	p.tried = &out
}

// answered is an outcome as a verdict takes it.
func answered(o scope.Outcome, at time.Time) *scope.Live {
	return &scope.Live{
		Status: o.Status, Code: o.Code, Message: o.Message, Scopes: o.Scopes, TrackingID: o.TrackingID, At: at,
	}
}

// tame makes the words that came from Zoom safe to draw.
func tame(o *scope.Outcome) {
	o.Message, o.TrackingID, o.Failed = kit.CleanText(o.Message), kit.CleanText(o.TrackingID), kit.CleanText(o.Failed)
}

// tryLines say what became of the call.
func (p *verdictPage) tryLines(s scene, w int) []string {
	st := s.c.Styles
	switch o := p.tried; {
	case p.trying != 0:
		return []string{" " + st.Dim.Render("Making the call…")}
	case o == nil:
		return nil
	case o.Failed != "":
		return kit.Warning(st, o.Failed, w)
	case o.Zoom == scope.HasIt:
		return []string{" " + st.Good.Render("✓") + " " + kit.Cut(fmt.Sprintf("Zoom answered %d in %s.", o.Status, took(o.Took)), w-4)}
	default:
		words := fmt.Sprintf("Zoom answered %d", o.Status)
		if o.Code != 0 {
			words += fmt.Sprintf(" with its number %d", o.Code)
		}
		return []string{" " + st.Warn.Render("✗") + " " + kit.Cut(words+" in "+took(o.Took)+".", w-4)}
	}
}

// took is how long a call took, as it is shown.
func took(d time.Duration) string {
	if d > 0 && d < time.Millisecond {
		return "<1 ms"
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}
