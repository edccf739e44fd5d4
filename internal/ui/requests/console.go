package requests

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// stage is what the console waits for.
type stage int

const (
	writing    stage = iota // the line
	asking                  // the value of a parameter
	editing                 // the body, in the person's editor
	unwritten               // what to do, as the editor left no body
	previewing              // what would be sent is being made
	confirming              // a yes to what would be sent
)

// console is the line by which a person makes calls.
type console struct {
	stage   stage
	input   textinput.Model
	fault   string           // what hinders the line as far as it is typed; a sentence
	wrong   string           // why the line is not sent, or what became of it; a sentence
	problem *explain.Problem // why the newest try got no answer
	note    string           // where the line comes from; a sentence

	app      scope.App
	offered  []offer
	chosen   int
	verdict  scope.Verdict // on the chosen one
	moved    bool          // the person has moved the choice: it is marked, and enter takes it
	loading  bool          // the table of operations is on its way
	unloaded string

	older int // how many lines back the line is from; 0: it is new

	draft   draft
	missing []string // parameters that have no value yet; the first is asked for

	body      []byte
	bodyWrong string // why the body cannot be sent; a sentence
	preview   Preview
	pager     kit.Pager
}

// offer is an operation that fits what has been typed.
type offer struct {
	endpoint scope.Endpoint
	may      allowed
}

// exampleLine stands in the line while nothing does.
const exampleLine = "GET /users/me/meetings?page_size=1"

// openLine opens the console; the table is loaded with the first time.
func (m *Model) openLine(c kit.Context) tea.Cmd {
	line := &console{input: kit.NewInput(exampleLine)}
	kit.StyleInput(&line.input, c.Styles)
	m.line = line
	focus := line.input.Focus()
	if m.memory.table != nil {
		return focus
	}
	line.loading = true
	traffic := m.traffic
	return tea.Batch(focus, func() tea.Msg {
		catalogue, err := traffic.Catalogue()
		if err != nil {
			return tableLoaded{err: err}
		}
		return tableLoaded{table: newCompleter(catalogue)}
	})
}

// lineKey handles a key while the console is in front.
func (m *Model) lineKey(msg tea.KeyPressMsg, st *state.State, c kit.Context) tea.Cmd {
	switch m.line.stage {
	case asking:
		return m.askKey(msg, st, c)
	case editing, previewing:
		if key.Matches(msg, c.Keys.Back) {
			m.asked++
			m.backToLine()
		}
		return nil
	case unwritten:
		return m.unwrittenKey(msg, c)
	case confirming:
		return m.confirmKey(msg, c)
	}
	l, k := m.line, m.keys
	switch {
	case key.Matches(msg, c.Keys.Back):
		m.line = nil
		return nil
	case key.Matches(msg, k.Complete):
		m.take(st)
		return nil
	case msg.String() == "down" || msg.String() == "up":
		m.choose(msg.String() == "down", st)
		return nil
	case key.Matches(msg, k.Older, k.Newer):
		m.recall(key.Matches(msg, k.Older), st)
		return nil
	case key.Matches(msg, k.Enter):
		if l.moved && len(l.offered) > 0 {
			m.take(st)
			return nil
		}
		return m.submit(st, c)
	}
	return m.typed(msg, st)
}

// typed puts text into the line.
func (m *Model) typed(msg tea.Msg, st *state.State) tea.Cmd {
	l := m.line
	if l.stage != writing && l.stage != asking {
		return nil
	}
	var cmd tea.Cmd
	before := l.input.Value()
	l.input, cmd = l.input.Update(msg)
	if l.input.Value() == before {
		return cmd
	}
	l.wrong, l.problem, l.note = "", nil, ""
	if l.stage == writing {
		l.older = 0
		m.suggest(st)
	}
	return cmd
}

// take puts the chosen operation into the line.
func (m *Model) take(st *state.State) {
	l := m.line
	if l.chosen >= len(l.offered) {
		return
	}
	m.setLine(complete(readTyped(l.input.Value()), l.offered[l.chosen].endpoint), st)
}

func (m *Model) setLine(text string, st *state.State) {
	l := m.line
	l.input.SetValue(text)
	l.input.CursorEnd()
	l.wrong, l.problem, l.note = "", nil, ""
	m.suggest(st)
}
