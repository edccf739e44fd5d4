// Package requests is the fifth tab: every call that this program made, each to be
// opened, repeated, and copied, and a line to make calls of one's own.
package requests

import (
	"context"
	"maps"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// Model is the requests tab: the timeline, in front of it one call, and in front
// of both the line of the console.
type Model struct {
	ctx     context.Context
	traffic Traffic
	keys    kit.RequestKeys

	list timeline
	call *detail  // nil: the timeline is in front
	line *console // nil: closed

	asked   int      // number of the newest command; answers of older ones are dropped
	running *running // a call under way; nil: none

	memory memory
}

// memory is what the console remembers in this run.
type memory struct {
	lines  []string          // sent, the newest last
	made   map[int]Request   // by the number of the call
	bodies map[string][]byte // what was sent last, by operation
	values map[string]string // what was given last, by the name of the parameter
	table  *completer        // nil: not yet loaded
}

// keep forgets the calls that are older than all that the log still has.
func (m *memory) keep(all []Call) {
	if len(all) == 0 {
		return
	}
	oldest := all[len(all)-1].Seq
	maps.DeleteFunc(m.made, func(seq int, _ Request) bool { return seq < oldest })
}

// New returns the requests tab. Its calls end with ctx.
func New(ctx context.Context, traffic Traffic) *Model {
	return &Model{
		ctx: ctx, traffic: traffic, keys: kit.NewRequestKeys(), list: newTimeline(),
		memory: memory{made: map[int]Request{}, bodies: map[string][]byte{}, values: map[string]string{}},
	}
}

// Typing says whether letters go into a text.
func (m *Model) Typing() bool {
	switch {
	case m.running != nil:
		return false
	case m.line != nil:
		return true
	case m.call != nil:
		return m.call.typing()
	default:
		return m.list.filter.Focused()
	}
}

// Owns says whether a key means something here that it does not mean elsewhere.
func (m *Model) Owns(msg tea.KeyPressMsg, _ *state.State) bool {
	k := m.keys
	switch {
	case m.running != nil:
		return false
	case m.call != nil:
		return key.Matches(msg, k.Other, k.Replay, k.Export, k.Verdict)
	default:
		return len(m.list.all) > 0 && key.Matches(msg, k.Export, k.Verdict)
	}
}

// Update handles the tab's keys and what its commands bring back.
func (m *Model) Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Look:
		return m.look()
	case callsRead:
		m.list.take(msg)
		m.memory.keep(m.list.all)
		return m.readOn()
	case callEnded:
		m.onEnded(msg)
		return nil
	case callOpened:
		return m.onOpened(msg)
	case tableLoaded:
		return m.onTable(msg, st)
	case addressChecked:
		return m.onAddressChecked(msg, st, c)
	case previewed:
		m.onPreview(msg)
		return nil
	case edited:
		return m.onEdited(msg)
	case sent:
		return m.onSent(msg)
	case tea.KeyPressMsg:
		return m.key(msg, st, c)
	case tea.PasteMsg:
		return m.paste(msg, st, c)
	}
	if m.call != nil {
		return m.call.hear(msg, c)
	}
	return nil
}

// key gives a key to what is in front.
func (m *Model) key(msg tea.KeyPressMsg, st *state.State, c kit.Context) tea.Cmd {
	switch {
	case m.running != nil:
		if key.Matches(msg, c.Keys.Back) {
			m.cancel()
		}
		return nil
	case m.line != nil:
		return m.lineKey(msg, st, c)
	case m.call != nil:
		return m.callKey(msg, c)
	default:
		return m.listKey(msg, c)
	}
}

func (m *Model) paste(msg tea.PasteMsg, st *state.State, c kit.Context) tea.Cmd {
	switch {
	case m.running != nil:
		return nil
	case m.line != nil && m.line.stage == writing && isCommand(msg.Content):
		m.takeCommand(msg.Content, st)
		return nil
	case m.line != nil:
		return m.typed(msg, st)
	case m.call != nil:
		return m.call.hear(msg, c)
	case m.list.filter.Focused():
		return m.list.typed(msg)
	}
	return nil
}

// look asks whether there are calls that are not shown yet.
func (m *Model) look() tea.Cmd {
	traffic, seen := m.traffic, m.list.state
	if traffic == nil {
		return nil
	}
	return func() tea.Msg {
		calls, now, changed := traffic.Calls(seen)
		if !changed {
			return nil
		}
		return callsRead{calls: calls, state: now}
	}
}
