package jsonview

import (
	"bytes"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/kit"
)

// cursorMark stands before the row under the cursor; the marks of what is open
// and closed would not tell it apart.
const cursorMark = "▌"

// View draws at most h lines of w cells.
func (m *Model) View(c kit.Context, w, h int) kit.Frame {
	if h <= 0 || w <= 0 {
		return kit.Frame{}
	}
	if m.whole != nil {
		title := " " + c.Styles.Heading.Render(cutLeft(m.path(m.whole.at), w-2))
		return kit.Frame{Lines: append([]string{title}, m.whole.view(c, w, h-1)...)}
	}
	m.room = h
	if h > 2 {
		m.room = h - 1
	}
	m.scroll()
	d := drawer{c: c, m: m, w: w}
	var f kit.Frame
	for i, r := range m.tree.Window(m.offset, m.room) {
		f.Lines = append(f.Lines, d.row(r, m.offset+i == m.row))
	}
	if h > 2 || m.Typing() {
		line, cursor := m.status(c, w)
		if h <= 2 {
			f.Lines = f.Lines[:min(len(f.Lines), h-1)]
		}
		if cursor != nil {
			cursor.Y = len(f.Lines)
		}
		f.Lines, f.Cursor = append(f.Lines, line), cursor
	}
	return f
}

// scroll keeps the cursor in sight.
func (m *Model) scroll() {
	m.offset = min(m.offset, m.row)
	m.offset = max(m.offset, m.row-m.room+1)
	m.offset = max(min(m.offset, m.tree.Rows()-m.room), 0)
}

// status is the line below the tree: where the cursor is, or what is searched.
func (m *Model) status(c kit.Context, w int) (string, *tea.Cursor) {
	const label = " / "
	if m.Typing() {
		m.input.SetWidth(max(w-len(label)-2, 1))
		cursor := kit.InputCursor(m.input)
		if cursor != nil {
			cursor.X += len(label)
		}
		return kit.Fit(c.Styles.Accent.Render(label)+m.input.View(), w), cursor
	}
	right := strconv.Itoa(m.row+1) + "/" + strconv.Itoa(m.tree.Rows())
	if m.search != nil {
		right = strconv.Quote(kit.Cut(kit.CleanText(m.search.text), 20)) + " " + m.search.state(m.at)
	}
	right = kit.Cut(right, w*2/3)
	path := cutLeft(m.path(m.at), w-kit.Width(right)-4)
	return kit.Spread(" "+c.Styles.Dim.Render(path), right, w-1), nil
}

// pathRoom is how many bytes of a path are kept for drawing; a line shows less.
const pathRoom = 4 << 10

// drawnPath is the path of a value as it is drawn.
type drawnPath struct {
	at   int
	text string // empty: none was drawn yet
}

// path is the end of the path of a value. It is found once for each value: in a
// deep document that takes longer than a frame may.
func (m *Model) path(at int) string {
	if m.drawn.text == "" || m.drawn.at != at {
		path := m.doc.Path(at)
		if over := len(path) - pathRoom; over > 0 {
			path = "…" + strings.ToValidUTF8(path[over:], "")
		}
		m.drawn = drawnPath{at, kit.CleanText(path)}
	}
	return m.drawn.text
}

// cutLeft keeps the end of a text, which of a path says the most.
func cutLeft(text string, w int) string {
	if over := kit.Width(text) - w; over > 0 && w > 0 {
		return ansi.TruncateLeft(text, over+1, "…")
	}
	return kit.Cut(text, w)
}

// drawer draws rows.
type drawer struct {
	c kit.Context
	m *Model
	w int
}

// row draws one value: cursor, indentation, fold mark, name and value.
func (d drawer) row(r jsontree.Row, cursor bool) string {
	st := d.c.Styles
	lead := " "
	if cursor {
		lead = st.Accent.Render(cursorMark)
	}
	mark := "  "
	switch {
	case isBox(r) && r.Open:
		mark = "▾ "
	case isBox(r):
		mark = "▸ "
	}
	indent := min(2*r.Depth, d.w/3)
	line := lead + strings.Repeat(" ", indent) + mark
	room := d.w - 1 - indent - 2
	marks := d.m.search.hit(r.At)
	if name := d.name(r, room/2); name != "" {
		pen := st.Bar
		if r.Key == nil {
			pen = st.Dim
		}
		line += d.marked(name, pen, marks && r.Key != nil) + ": "
		room -= kit.Width(name) + 2
	}
	text, pen := d.value(r, room)
	return line + d.marked(text, pen, marks && r.Text != nil)
}

// name is what comes before the colon, in at most so many cells. Quotes stand
// around it only where it is no plain word.
func (d drawer) name(r jsontree.Row, room int) string {
	switch {
	case r.Key == nil && r.Index < 0:
		return ""
	case r.Key == nil:
		return kit.Cut(strconv.Itoa(r.Index), room)
	case len(r.Key) > 2 && bytes.IndexFunc(r.Key[1:len(r.Key)-1], notInWord) < 0:
		return shown(r.Key[1:len(r.Key)-1], room)
	}
	return shown(r.Key, room)
}

// notInWord tells what in a name calls for quotes around it.
func notInWord(r rune) bool {
	return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// value is what comes behind the colon, in at most so many cells, and its pen.
func (d drawer) value(r jsontree.Row, room int) (string, kit.Pen) {
	st := d.c.Styles
	switch r.Kind {
	case jsontree.Object:
		return kit.Cut(boxWords(r, "{", "}", "key"), room), st.Dim
	case jsontree.List:
		return kit.Cut(boxWords(r, "[", "]", ""), room), st.Dim
	case jsontree.String:
		return shown(r.Text, room), st.Good
	case jsontree.Number:
		return shown(r.Text, room), st.Warn
	}
	return shown(r.Text, room), st.Strong
}

// boxWords says how much is in a list or an object.
func boxWords(r jsontree.Row, left, right, unit string) string {
	switch {
	case r.Count == 0:
		return left + right
	case !r.Open:
		left += "…" + right
	}
	words := left + " " + strconv.Itoa(r.Count)
	switch {
	case unit == "":
		return words
	case r.Count == 1:
		return words + " " + unit
	}
	return words + " " + unit + "s"
}

// marked draws a text, and in a hit what was searched for so that it is seen also
// without colours.
func (d drawer) marked(text string, pen kit.Pen, hit bool) string {
	if !hit {
		return pen.Render(text)
	}
	at := indexFold(text, d.m.search.text)
	if at < 0 { // it is behind what is in sight, or was written otherwise
		return pen.Render(text)
	}
	end := at + len(d.m.search.text)
	return pen.Render(text[:at]) + d.c.Styles.Tab.Render(text[at:end]) + pen.Render(text[end:])
}

// indexFold finds a text in another, ASCII letters of either case; -1: it is not
// there.
func indexFold(s, text string) int {
	fold := func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 0x20
		}
		return r
	}
	s, text = strings.Map(fold, strings.ToValidUTF8(s, "?")), strings.Map(fold, strings.ToValidUTF8(text, "?"))
	return strings.Index(s, text)
}
