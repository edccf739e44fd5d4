// Package jsonview draws a JSON document as a coloured tree that folds, is
// searched, and of which parts are copied.
package jsonview

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/kit"
)

const (
	smallDocument = 60 // values up to which a new document is all open
	smallLevel    = 20 // boxes up to which the second level of a new document is open
)

// Model is a document on the screen.
type Model struct {
	doc  *jsontree.Doc
	tree *jsontree.Tree
	keys kit.JSONKeys

	at     int // the value under the cursor
	row    int // its row
	offset int // the row at the top
	room   int // rows in sight in the newest frame
	drawn  drawnPath

	input  textinput.Model
	search *search // nil: none is shown
	whole  *whole  // a text that is shown whole; nil: the tree is shown
}

// New shows a document: a small one all open, of a large one as much as gives an
// overview.
func New(doc *jsontree.Doc) *Model {
	m := &Model{doc: doc, tree: jsontree.NewTree(doc), keys: kit.NewJSONKeys(), input: kit.NewInput("a name or a value")}
	m.at = doc.Root()
	switch {
	case doc.Values() <= smallDocument:
		m.tree.OpenAll()
	case !m.tree.OpenTo(2, smallLevel):
		m.tree.CloseAll()
	}
	return m
}

// Typing says whether letters go into the search.
func (m *Model) Typing() bool { return m.input.Focused() }

// Update handles a key, a paste, or what a search of its own brought back.
// handled is false for what means nothing to it.
func (m *Model) Update(msg tea.Msg, c kit.Context) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case found:
		if m.search == nil || msg.run != m.search.run {
			return nil, true // of a search that was given up, or of another document
		}
		return m.onFound(msg), true
	case tea.KeyPressMsg:
		switch {
		case m.Typing():
			return m.inputKey(msg, c), true
		case m.whole != nil:
			return m.wholeKey(msg, c)
		}
		return m.treeKey(msg, c)
	case tea.PasteMsg:
		if m.Typing() {
			m.input, cmd = m.input.Update(msg)
			return cmd, true
		}
	}
	return nil, false
}

// treeKey handles a key while the tree is in front.
func (m *Model) treeKey(msg tea.KeyPressMsg, c kit.Context) (tea.Cmd, bool) {
	r := m.selected()
	k := m.keys
	if m.search.vain() {
		m.dropSearch() // it was read, and is no longer of use
		if key.Matches(msg, c.Keys.Back, k.NextHit, k.PreviousHit) {
			return nil, true
		}
	}
	switch {
	case key.Matches(msg, k.Fold) && isBox(r):
		m.setOpen(r, !r.Open)
	case key.Matches(msg, k.Whole):
		m.showWhole(r)
	case key.Matches(msg, k.Open):
		m.goIn(r)
	case key.Matches(msg, k.Close):
		m.goOut(r)
	case key.Matches(msg, k.OpenAll):
		m.tree.OpenAll()
		m.find(m.at)
	case key.Matches(msg, k.CloseAll):
		m.tree.CloseAll()
		m.find(m.at)
	case key.Matches(msg, k.CopyValue):
		return m.copyValue(r), true
	case key.Matches(msg, k.CopyPath):
		return kit.Ask(kit.CopyText{Text: m.doc.Path(r.At), What: "the path of the value"}), true
	case key.Matches(msg, k.Search):
		kit.StyleInput(&m.input, c.Styles)
		m.input.SetValue("")
		return m.input.Focus(), true
	case m.search != nil:
		return m.searchKey(msg, c)
	default:
		return nil, m.move(msg, c.Keys)
	}
	return nil, true
}

// isBox tells a list or an object that holds something.
func isBox(r jsontree.Row) bool { return r.Count > 0 }

// selected is the row under the cursor.
func (m *Model) selected() jsontree.Row {
	rows := m.tree.Window(m.row, 1)
	if len(rows) == 0 { // never: the cursor is always on a row
		return jsontree.Row{At: m.doc.Root(), Index: -1}
	}
	return rows[0]
}

// moveTo puts the cursor on a row, or the nearest one there is.
func (m *Model) moveTo(row int) {
	m.row = min(max(row, 0), m.tree.Rows()-1)
	m.at = m.selected().At
}

// find puts the cursor on a value, or on what it is folded away in.
func (m *Model) find(at int) { m.moveTo(m.tree.RowOf(at)) }

// move handles the keys that move the cursor.
func (m *Model) move(msg tea.KeyPressMsg, keys kit.Keys) bool {
	page := max(m.room-1, 1)
	switch {
	case key.Matches(msg, keys.Down):
		m.moveTo(m.row + 1)
	case key.Matches(msg, keys.Up):
		m.moveTo(m.row - 1)
	case key.Matches(msg, keys.Top):
		m.moveTo(0)
	case key.Matches(msg, keys.Bottom):
		m.moveTo(m.tree.Rows() - 1)
	case key.Matches(msg, keys.PageDown):
		m.moveTo(m.row + page)
	case key.Matches(msg, keys.PageUp):
		m.moveTo(m.row - page)
	default:
		return false
	}
	return true
}

func (m *Model) setOpen(r jsontree.Row, open bool) {
	m.tree.SetOpen(r.At, open)
	m.find(r.At)
}

// goIn opens the value under the cursor, or goes to its first child.
func (m *Model) goIn(r jsontree.Row) {
	switch {
	case !isBox(r):
	case r.Open:
		m.moveTo(m.row + 1)
	default:
		m.setOpen(r, true)
	}
}

// goOut closes the value under the cursor, or goes to what it is in.
func (m *Model) goOut(r jsontree.Row) {
	if isBox(r) && r.Open {
		m.setOpen(r, false)
		return
	}
	if parent, ok := m.doc.Parent(r.At); ok {
		m.find(parent)
	}
}

// Bindings are the keys that work.
func (m *Model) Bindings(keys kit.Keys) []key.Binding {
	k := m.keys
	if m.Typing() {
		use, drop := keys.Submit, keys.Back
		use.SetHelp("enter", "search")
		drop.SetHelp("esc", "do not search")
		return []key.Binding{use, drop}
	}
	if m.whole != nil {
		return append([]key.Binding{keys.Back, k.CopyValue, k.CopyPath}, m.whole.pager.Bindings(keys)...)
	}
	var out []key.Binding
	r := m.selected()
	if isBox(r) {
		out = append(out, k.Fold)
	} else if hasWhole(r) {
		out = append(out, k.Whole)
	}
	if m.search != nil {
		drop := keys.Back
		drop.SetHelp("esc", "no search")
		if !m.search.vain() {
			out = append(out, k.NextHit, k.PreviousHit)
		}
		out = append(out, drop)
	}
	out = append(out, k.Search, k.CopyValue, k.CopyPath)
	if isBox(r) {
		out = append(out, k.Open)
	}
	return append(out, k.Close, k.OpenAll, k.CloseAll, keys.Down, keys.Up, keys.Top, keys.Bottom, keys.PageDown, keys.PageUp)
}
