package scopes

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// calls is a list of operations: enter judges one, space marks it.
type calls struct {
	list kit.List
	rows []scope.Endpoint
	bare bool // without the marks of what the token may: an answer of Zoom's counts more
}

func (l *calls) set(rows []scope.Endpoint) {
	l.rows = rows
	l.list.SetRows(len(rows), nil)
}

// selected is the operation under the cursor.
func (l *calls) selected() (scope.Endpoint, bool) {
	if at := l.list.Cursor(); at >= 0 && at < len(l.rows) {
		return l.rows[at], true
	}
	return scope.Endpoint{}, false
}

// key marks, opens or moves.
func (l *calls) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	e, ok := l.selected()
	switch {
	case ok && key.Matches(msg, s.m.keys.Mark):
		s.m.mark(e)
		l.list.Move(1)
		return nil, true
	case ok && key.Matches(msg, s.m.keys.Open):
		return s.m.openVerdict(newVerdictPage(e.Method, e.Path, nil), s), true
	}
	return nil, l.list.Key(msg, s.c.Keys)
}

func (l *calls) bindings(s scene) []key.Binding {
	if len(l.rows) == 0 {
		return nil
	}
	return append([]key.Binding{s.m.keys.Open, s.m.keys.Mark}, listKeys(s.c.Keys, len(l.rows))...)
}

// view draws the rows in sight.
func (l *calls) view(s scene, w, h int) []string {
	first, end := l.list.Window(h)
	var out []string
	for i := first; i < end; i++ {
		mark := "   "
		if i == l.list.Cursor() {
			mark = " " + s.c.Styles.Accent.Render("▸") + " "
		}
		out = append(out, mark+s.m.callRow(s.c.Styles, l.rows[i], !l.bare && s.m.open[l.rows[i].String()], w-4))
	}
	return out
}

// The columns of an operation's row, in cells.
const (
	methodCells  = 6
	summaryFrom  = 100 // from this width the summary has a column
	summaryCells = 40
)

// callRow draws an operation in w cells: whether it is marked, whether the token
// may, method, path, and what it does where there is room.
func (m *Model) callRow(st kit.Styles, e scope.Endpoint, open bool, w int) string {
	may, marked := " ", " "
	if open {
		may = st.Good.Render("✓")
	}
	if m.isMarked(e) {
		marked = st.Accent.Render("●")
	}
	head := marked + may + " " + kit.Fit(e.Method, methodCells) + " "
	if w < summaryFrom {
		return kit.Cut(head+e.Path+"  "+st.Dim.Render(e.Summary), w)
	}
	path := w - kit.Width(head) - summaryCells - 2
	return head + kit.Fit(e.Path, path) + "  " + st.Dim.Render(kit.Cut(e.Summary, summaryCells))
}

// legend says what the marks of the rows mean, as far as there are any, with how many
// are marked.
func (l *calls) legend(s scene) string {
	var parts []string
	if !l.bare && slices.ContainsFunc(l.rows, func(e scope.Endpoint) bool { return s.m.open[e.String()] }) {
		parts = append(parts, s.c.Styles.Dim.Render("✓ your token may"))
	}
	if n := len(s.m.marked); n > 0 {
		parts = append(parts, s.c.Styles.Dim.Render("● "+strconv.Itoa(n)+" marked  ")+kit.Hint(s.c.Styles, s.m.keys.Export))
	}
	return strings.Join(parts, "  ")
}

func (m *Model) isMarked(e scope.Endpoint) bool {
	return slices.ContainsFunc(m.marked, func(o scope.Endpoint) bool { return o.Method == e.Method && o.Path == e.Path })
}

// mark marks an operation for the export, or takes the mark away.
func (m *Model) mark(e scope.Endpoint) {
	if m.isMarked(e) {
		m.marked = slices.DeleteFunc(m.marked, func(o scope.Endpoint) bool { return o.Method == e.Method && o.Path == e.Path })
		return
	}
	m.marked = append(m.marked, e)
}

// callsPage is a list of operations under a title.
type callsPage struct {
	calls
	title, note string
	name        string // of the scope that opens them
	what        string // what is meant by there being none
}

func (p *callsPage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	if p.name != "" && key.Matches(msg, s.m.keys.CopyName) {
		return kit.Ask(kit.CopyText{Text: p.name, What: p.name}), true
	}
	return p.calls.key(msg, s)
}

func (p *callsPage) bindings(s scene) []key.Binding {
	out := p.calls.bindings(s)
	if p.name == "" {
		return out
	}
	first := min(2, len(out))
	return slices.Concat(out[:first], []key.Binding{s.m.keys.CopyName}, out[first:])
}

func (p *callsPage) view(s scene, w, h int) kit.Frame {
	lines := []string{title(s, crumb(p.title, w), w)}
	lines = append(lines, kit.IndentedDim(s.c.Styles, p.note, 1, w)...)
	if h >= 12 {
		lines = append(lines, "")
	}
	if len(p.rows) == 0 {
		return kit.Frame{Lines: append(lines, kit.Indented(p.what, 1, w)...)}
	}
	room := h - len(lines) - 1
	lines = append(lines, kit.Block(p.calls.view(s, w, room), w, room)...)
	return kit.Frame{Lines: append(lines, kit.Cut(" "+p.legend(s), w))}
}
