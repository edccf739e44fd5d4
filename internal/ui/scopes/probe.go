package scopes

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// run is a probe: the calls, one after the other, with a pause between them. It
// goes on while the person looks at something else, and stops with esc.
type run struct {
	number   int // of the run; answers to an older one are dropped
	calls    []scope.Probe
	outcomes []scope.Outcome
	at       []time.Time // when each of them came
	on       bool
	stopped  string // why it ended before the last call
}

// probed is what became of one call of a run.
type probed struct {
	number  int
	outcome scope.Outcome
}

// probeNext says that the pause is over.
type probeNext struct{ number int }

// start begins with the person's consent.
func (m *Model) start(calls []scope.Probe) tea.Cmd {
	if len(calls) == 0 {
		return nil
	}
	m.run = run{number: m.run.number + 1, calls: calls, on: true}
	return m.next()
}

// next makes the call that is due.
func (m *Model) next() tea.Cmd {
	number, call := m.run.number, m.ask(m.run.calls[len(m.run.outcomes)])
	return func() tea.Msg { return probed{number: number, outcome: call()} }
}

// onProbed keeps an answer, and waits for as long as Zoom's limits ask for.
func (m *Model) onProbed(msg probed, s scene) tea.Cmd {
	if !m.run.on || msg.number != m.run.number {
		return nil
	}
	o := msg.outcome
	tame(&o)
	m.run.outcomes, m.run.at = append(m.run.outcomes, o), append(m.run.at, s.st.Now)
	m.run.stopped = endsProbe(o)
	if m.run.stopped != "" || len(m.run.outcomes) == len(m.run.calls) {
		m.run.on = false
		return nil
	}
	number := m.run.number
	return tea.Tick(o.Probe.After, func(time.Time) tea.Msg { return probeNext{number} })
}

func (m *Model) onProbeNext(msg probeNext) tea.Cmd {
	if !m.run.on || msg.number != m.run.number {
		return nil
	}
	return m.next()
}

// overtaken says whether somebody has signed in since an answer, which then says
// nothing about the token in use.
func (r run) overtaken(st *state.State) bool {
	return len(r.at) > 0 && grantedAt(st).After(r.at[0])
}

// endsProbe is why no further call is made after this one; empty: go on.
func endsProbe(o scope.Outcome) string {
	switch {
	case !o.Stops():
		return ""
	case o.Failed != "":
		return o.Failed
	case o.Reason == scope.ReasonToken:
		return "Zoom does not accept the token any more."
	default:
		return "Zoom asks to wait: too many calls from your account."
	}
}

// probePage asks for consent and shows the matrix.
type probePage struct {
	list     kit.List
	few, all []scope.Probe
	again    bool // the consent is asked for once more
}

func (m *Model) openProbe() {
	if _, ok := m.front().(*probePage); !ok {
		m.push(&probePage{})
	}
}

func (p *probePage) sync(s scene) {
	if s.m.catalogue != nil && p.few == nil {
		p.few, p.all = s.m.catalogue.Probes(false), s.m.catalogue.Probes(true)
	}
	if !p.consent(s) {
		p.list.SetRows(len(s.m.run.calls), nil)
	}
}

// consent says whether the person is asked first.
func (p *probePage) consent(s scene) bool { return p.again || len(s.m.run.calls) == 0 }

func (p *probePage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	p.sync(s)
	k, r := s.m.keys, &s.m.run
	switch {
	case p.consent(s):
		return p.consentKey(msg, s)
	case r.on && key.Matches(msg, k.Stop):
		r.on, r.stopped = false, "Stopped by you."
		return nil, true
	case !r.on && key.Matches(msg, k.Probe):
		p.again = true
		return nil, true
	case key.Matches(msg, k.Probe):
		return nil, true
	}
	at := p.list.Cursor()
	if at < 0 || at >= len(r.calls) {
		return nil, p.list.Key(msg, s.c.Keys)
	}
	call := r.calls[at]
	switch {
	case key.Matches(msg, k.Open):
		page := newVerdictPage(call.Endpoint.Method, call.Path, nil)
		if at < len(r.outcomes) && r.outcomes[at].Failed == "" {
			page.live = answered(r.outcomes[at], r.at[at])
		}
		return s.m.openVerdict(page, s), true
	case key.Matches(msg, k.Mark):
		s.m.mark(call.Endpoint)
		p.list.Move(1)
		return nil, true
	}
	return nil, p.list.Key(msg, s.c.Keys)
}

func (p *probePage) consentKey(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	k := s.m.keys
	switch {
	case !s.canProbe() || p.few == nil:
		return nil, false
	case key.Matches(msg, k.Few):
		p.again = false
		return s.m.start(p.few), true
	case key.Matches(msg, k.All):
		p.again = false
		return s.m.start(p.all), true
	}
	return nil, false
}

// canProbe says whether a run may be begun.
func (s scene) canProbe() bool { return s.canAsk() && !s.m.run.on }

// canAsk says whether there is a token to ask Zoom with.
func (s scene) canAsk() bool {
	return s.m.lab != nil && s.st.Tokens.SignedIn && s.st.SignedOutWhy() == nil
}

func (p *probePage) bindings(s scene) []key.Binding {
	p.sync(s)
	k, r := s.m.keys, s.m.run
	switch {
	case p.consent(s) && !s.canProbe():
		return nil
	case p.consent(s):
		return []key.Binding{k.Few, k.All, s.c.Keys.Back}
	case r.on:
		return append([]key.Binding{k.Stop, k.Open, k.Mark}, listKeys(s.c.Keys, len(r.calls))...)
	default:
		again := k.Probe
		again.SetHelp("p", "probe again")
		return append([]key.Binding{k.Open, k.Mark, again, s.c.Keys.Back}, listKeys(s.c.Keys, len(r.calls))...)
	}
}
