// Package token is the fourth tab: what is inside the access token, named and
// explained, and how it differs from another one that is pasted.
package token

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// phase is what the tab shows.
type phase int

const (
	showing    phase = iota // the token in use
	typing                  // the box for another one
	reading                 // what was put into it
	compared                // both, side by side
	consenting              // whether to send the other one to Zoom
	probed                  // what Zoom answers to both
)

// Model is the token tab.
type Model struct {
	ctx      context.Context // of the profile
	comparer Comparer        // nil: tokens cannot be compared here
	keys     kit.TokenKeys
	pager    kit.Pager

	phase   phase
	box     box
	trouble string     // why what was pasted serves for nothing, one sentence
	other   Other      // nil: none was pasted
	found   Comparison // with it
	seq     int        // of what is asked for; answers to older ones are dropped
	plan    Plan
	run     run
}

// New returns the token tab. ctx ends its calls; c may be nil.
func New(ctx context.Context, c Comparer) *Model {
	return &Model{ctx: ctx, comparer: c, keys: kit.NewTokenKeys()}
}

// read is what was found in a text.
type read struct {
	seq   int
	other Other
	err   error
}

// planned is what a probe would do.
type planned struct {
	seq  int
	plan Plan
	err  error
}

// Typing says whether letters go into the box.
func (m *Model) Typing() bool { return m.phase == typing }

// Inside says whether a page about another token is open.
func (m *Model) Inside() bool { return m.phase != showing }

// Owns says whether a key means something here that it does not mean elsewhere:
// none does.
func (m *Model) Owns(tea.KeyPressMsg, *state.State) bool { return false }

// Update handles the tab's keys, and what its own commands bring back.
func (m *Model) Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if !readable(st) {
			m.forget()
			return nil
		}
		return m.key(msg, st, c)
	case tea.PasteMsg:
		return m.onPaste(msg.Content)
	case read:
		m.onRead(msg)
	case planned:
		m.onPlanned(msg, st)
	case answered:
		return m.onAnswered(msg)
	case probeNext:
		return m.onProbeNext(msg)
	}
	return nil
}

// readable says whether there is a token to show.
func readable(st *state.State) bool { return st.Tokens.SignedIn && st.SignedOutWhy() == nil }

func (m *Model) key(msg tea.KeyPressMsg, st *state.State, c kit.Context) tea.Cmd {
	switch {
	case m.phase == typing:
		return m.boxKey(msg, c.Keys)
	case m.phase == probed && m.run.on && key.Matches(msg, m.keys.Stop):
		m.run.stop("Stopped by you.")
	case m.phase == consenting && key.Matches(msg, c.Keys.Back):
		m.turn(compared)
	case m.phase != showing && key.Matches(msg, m.keys.Forget):
		m.forget()
	case m.phase == consenting && key.Matches(msg, m.keys.Ask):
		return m.start()
	case m.canProbe(st) && key.Matches(msg, m.keys.Probe):
		return m.askForPlan()
	case m.comparer != nil && !m.run.on && key.Matches(msg, m.keys.Compare):
		m.forget()
		m.turn(typing)
	case m.phase == showing && key.Matches(msg, m.keys.CopyToken):
		return kit.Ask(kit.RevealToken{})
	default:
		m.pager.Key(msg, c.Keys)
	}
	return nil
}

// canProbe says whether a probe may be offered.
func (m *Model) canProbe(st *state.State) bool {
	return (m.phase == compared || m.phase == probed && !m.run.on) && m.found.Probeable(st.Now)
}

// turn shows something else, from its top.
func (m *Model) turn(p phase) {
	m.phase, m.pager, m.trouble = p, kit.Pager{}, ""
}

// forget drops the other token and all that came of it.
func (m *Model) forget() {
	if m.other != nil {
		m.other.Forget()
	}
	m.box.empty()
	m.seq++
	m.other, m.found, m.plan, m.run = nil, Comparison{}, Plan{}, run{number: m.run.number + 1}
	m.turn(showing)
}

// onPaste takes a bracketed paste, which is used at once: nothing of it can be
// missing.
func (m *Model) onPaste(text string) tea.Cmd {
	if m.phase != typing {
		return nil
	}
	m.box.write(text)
	return m.compare()
}

// compare reads what is in the box.
func (m *Model) compare() tea.Cmd {
	switch {
	case m.box.full:
		m.trouble = "That is more than a token, a curl line or a token answer has."
		m.box.empty()
		return nil
	case len(m.box.text) == 0:
		m.trouble = "The box is empty: paste a token, or esc goes back."
		return nil
	}
	m.seq++
	ctx, comparer, text, seq := m.ctx, m.comparer, m.box.take(), m.seq
	m.turn(reading)
	return func() tea.Msg {
		other, err := comparer.Read(ctx, text)
		return read{seq: seq, other: other, err: err}
	}
}

func (m *Model) onRead(msg read) {
	if msg.seq != m.seq || m.phase != reading {
		if msg.other != nil {
			msg.other.Forget() // it came too late for the person
		}
		return
	}
	if msg.err != nil {
		m.turn(typing)
		m.trouble = words(msg.err)
		return
	}
	m.other, m.found = msg.other, msg.other.Comparison()
	m.turn(compared)
}

// words is why something did not work, in one sentence.
func words(err error) string {
	if errors.Is(err, ErrNoToken) {
		return "There is no token in this text. A token alone, a header, a curl line and a token answer of Zoom's are understood."
	}
	return kit.Words(explain.Of(err))
}

// askForPlan prepares the question whether to send the token.
func (m *Model) askForPlan() tea.Cmd {
	m.seq++
	ctx, other, seq := m.ctx, m.other, m.seq
	return func() tea.Msg {
		plan, err := other.Plan(ctx)
		return planned{seq: seq, plan: plan, err: err}
	}
}

func (m *Model) onPlanned(msg planned, st *state.State) {
	if msg.seq != m.seq || !m.canProbe(st) {
		return
	}
	if msg.err != nil {
		m.trouble = words(msg.err)
		return
	}
	m.turn(consenting)
	m.plan = msg.plan
}

// Bindings are the keys that work on this tab.
func (m *Model) Bindings(st *state.State, keys kit.Keys) []key.Binding {
	if !readable(st) {
		return nil
	}
	k := m.keys
	switch m.phase {
	case typing:
		return []key.Binding{k.Use, k.Empty, k.Leave}
	case reading:
		return []key.Binding{k.Forget}
	case consenting:
		return append([]key.Binding{k.Ask, keys.Back}, m.pager.Bindings(keys)...)
	case compared, probed:
		if m.run.on {
			return append([]key.Binding{k.Stop}, m.pager.Bindings(keys)...)
		}
		out := []key.Binding{k.Forget, k.Another}
		if m.canProbe(st) {
			out = append([]key.Binding{k.Probe}, out...)
		}
		return append(out, m.pager.Bindings(keys)...)
	default:
		out := []key.Binding{k.CopyToken}
		if m.comparer != nil {
			out = append(out, k.Compare)
		}
		return append(out, m.pager.Bindings(keys)...)
	}
}
