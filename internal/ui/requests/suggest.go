package requests

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// tableLoaded is the table of operations.
type tableLoaded struct {
	table *completer
	err   error
}

func (m *Model) onTable(msg tableLoaded, st *state.State) tea.Cmd {
	if msg.table != nil {
		m.memory.table = msg.table
	}
	if m.line == nil {
		return nil
	}
	m.line.loading = false
	if msg.err != nil {
		m.line.unloaded = "There is no completion: " + kit.Words(explain.Of(msg.err))
		return nil
	}
	m.suggest(st)
	return nil
}

// suggest looks for operations that fit the line.
func (m *Model) suggest(st *state.State) {
	l := m.line
	l.offered, l.chosen, l.moved = nil, 0, false
	defer func() { l.fault = lineFault(l.input.Value(), len(l.offered) > 0) }()
	if m.memory.table == nil || isCommand(l.input.Value()) {
		return
	}
	l.app = st.App(m.memory.table.catalogue)
	for _, e := range m.memory.table.find(readTyped(l.input.Value())) {
		l.offered = append(l.offered, offer{endpoint: e, may: mayCall(e, l.app)})
	}
	m.judge(st)
}

// judge makes the whole verdict on the chosen operation; one on each of those that
// are offered would take longer than a key press may.
func (m *Model) judge(st *state.State) {
	l := m.line
	if l.chosen >= len(l.offered) {
		return
	}
	e := l.offered[l.chosen].endpoint
	l.verdict = m.memory.table.catalogue.Judge(scope.Question{Method: e.Method, Path: e.Path, App: l.app, Now: st.Now})
}

// allowed is whether a token may make a call, as far as is known.
type allowed int

const (
	unknown allowed = iota
	yes
	no
)

// mayCall looks for a scope of the operation among those of the token.
func mayCall(e scope.Endpoint, app scope.App) allowed {
	all := slices.Concat(e.Granular, e.Classic)
	switch {
	case !app.ScopesKnown || len(all) == 0:
		return unknown
	case slices.ContainsFunc(all, func(name string) bool { return slices.Contains(app.Scopes, name) }):
		return yes
	default:
		return no
	}
}

// choose moves between the operations; where there are none, between the lines of
// before.
func (m *Model) choose(down bool, st *state.State) {
	l := m.line
	if len(l.offered) == 0 || l.older > 0 {
		m.recall(!down, st)
		return
	}
	defer m.judge(st)
	switch {
	case !l.moved && down: // the first one is chosen already
	case down:
		l.chosen = (l.chosen + 1) % len(l.offered)
	default:
		l.chosen = (l.chosen + len(l.offered) - 1) % len(l.offered)
	}
	l.moved = true
}

// recall puts a line of before into the line.
func (m *Model) recall(older bool, st *state.State) {
	l, lines := m.line, m.memory.lines
	n := l.older - 1
	if older {
		n = l.older + 1
	}
	switch {
	case n < 0 || n > len(lines):
		return
	case n == 0:
		m.setLine("", st)
	default:
		m.setLine(lines[len(lines)-n], st)
	}
	l.older = n
}
