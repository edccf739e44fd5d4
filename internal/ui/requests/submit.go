package requests

import (
	"context"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/params"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// submit goes on with the line: to its parameters, its body, or out.
func (m *Model) submit(st *state.State, c kit.Context) tea.Cmd {
	l, text := m.line, m.line.input.Value()
	if isCommand(text) {
		m.takeCommand(text, st)
		return nil
	}
	if l.draft, l.wrong = readLine(text); l.wrong != "" {
		m.rememberRefused(text)
		return nil
	}
	l.problem, l.note = nil, ""
	l.missing = params.Names(l.draft.path)
	if l.draft.address != "" {
		return m.checkAddress()
	}
	return m.proceed(st, c)
}

// proceed asks for the next parameter, and then goes on.
func (m *Model) proceed(st *state.State, c kit.Context) tea.Cmd {
	l := m.line
	if len(l.missing) > 0 {
		l.stage, l.input.Placeholder = asking, ""
		l.input.SetValue(m.proposed(l.missing[0], st))
		l.input.CursorEnd()
		return nil
	}
	l.stage, l.input.Placeholder = writing, exampleLine
	l.input.SetValue(l.draft.words())
	l.input.CursorEnd()
	m.suggest(st)
	m.remember(l.draft.words())
	switch d := l.draft; {
	case !writes(d.method):
		return m.send(Request{Method: d.method, Path: d.path}, d.filter)
	case d.method == "DELETE":
		l.body = nil
		return m.prepare(nil)
	case d.body != nil:
		return m.prepare(d.body)
	default:
		return m.edit(m.memory.bodies[d.method+" "+d.template])
	}
}

// proposed is what a parameter most likely is.
func (m *Model) proposed(name string, st *state.State) string {
	if value, ok := m.memory.values[name]; ok {
		return value
	}
	if name == "userId" {
		if st.Profile.ServerToServer() && st.Profile.User != "" {
			return st.Profile.User
		}
		return "me"
	}
	return ""
}

// remember keeps a line for later, once.
func (m *Model) remember(line string) {
	m.memory.lines = append(slices.DeleteFunc(m.memory.lines, func(old string) bool { return old == line }), line)
	m.line.older = 0
}

// askKey handles a key while a parameter is asked for.
func (m *Model) askKey(msg tea.KeyPressMsg, st *state.State, c kit.Context) tea.Cmd {
	l := m.line
	switch {
	case key.Matches(msg, c.Keys.Back):
		m.backToLine()
		return nil
	case key.Matches(msg, m.keys.Enter):
		name, value := l.missing[0], l.input.Value()
		if value == "" {
			l.wrong = "Zoom needs a value for " + name + "."
			return nil
		}
		l.wrong = ""
		m.memory.values[name] = value
		l.draft.path = fillIn(l.draft.path, name, value)
		l.missing = l.missing[1:]
		return m.proceed(st, c)
	}
	return m.typed(msg, st)
}

// backToLine leaves whatever the console asks for.
func (m *Model) backToLine() {
	l := m.line
	l.stage, l.wrong, l.missing, l.input.Placeholder = writing, "", nil, exampleLine
	if l.draft.method != "" && l.draft.address == "" { // else it stays as it was typed
		l.input.SetValue(l.draft.words())
		l.input.CursorEnd()
	}
}

// previewTime bounds what a preview may take: it may have to fetch a token.
const previewTime = 20 * time.Second

// previewed is a call as it would be sent.
type previewed struct {
	asked   int
	preview Preview
	err     error
}

// prepare makes what would be sent, to be confirmed.
func (m *Model) prepare(body []byte) tea.Cmd {
	l := m.line
	m.asked++
	l.stage, l.body, l.bodyWrong = previewing, body, bodyFault(body)
	asked, parent, traffic, r := m.asked, m.ctx, m.traffic, Request{Method: l.draft.method, Path: l.draft.path, Body: body}
	return func() tea.Msg {
		ctx, done := context.WithTimeout(parent, previewTime)
		defer done()
		p, err := traffic.Preview(ctx, r)
		return previewed{asked: asked, preview: p, err: err}
	}
}
