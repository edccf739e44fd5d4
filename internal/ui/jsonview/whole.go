package jsonview

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/jsontree"
	"zoomtui/internal/ui/kit"
)

const (
	wholeBytes = 64 << 10  // of a text that is shown whole
	copyBytes  = 256 << 10 // of a value that is copied: terminals refuse more
)

// whole is one text of the document, all of it, broken into lines.
type whole struct {
	at    int
	text  []string // paragraphs, tamed
	cut   int      // bytes that are not shown
	lines []string // of the newest width
	width int
	pager kit.Pager
}

// hasWhole says whether there may be more of a value than its row shows.
func hasWhole(r jsontree.Row) bool { return r.Kind == jsontree.String || r.Kind == jsontree.Number }

// showWhole shows the text under the cursor whole.
func (m *Model) showWhole(r jsontree.Row) {
	if !hasWhole(r) {
		return
	}
	raw := r.Text
	if len(raw) > wholeBytes {
		raw = raw[:wholeBytes]
	}
	w := &whole{at: r.At, cut: len(r.Text) - len(raw)}
	text := plain(raw, r.Kind)
	for line := range strings.SplitSeq(strings.TrimRight(text, "\r\n"), "\n") {
		w.text = append(w.text, kit.CleanText(line))
	}
	m.whole = w
}

// plain is the text of a scalar, which may have been cut off, without quotes and
// escapes.
func plain(raw []byte, kind jsontree.Kind) string {
	if kind != jsontree.String {
		return string(raw)
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	raw = raw[:len(raw)-6] // the longest escape may have been cut
	for n := range 6 {
		if json.Unmarshal(append(raw[:len(raw)-n:len(raw)-n], '"'), &text) == nil {
			return text
		}
	}
	return strings.Trim(string(raw), `"`)
}

// wholeKey handles a key while a text is shown whole.
func (m *Model) wholeKey(msg tea.KeyPressMsg, c kit.Context) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, c.Keys.Back, m.keys.Close):
		m.whole = nil
	case key.Matches(msg, m.keys.CopyValue):
		return m.copyValue(m.selected()), true
	case key.Matches(msg, m.keys.CopyPath):
		return kit.Ask(kit.CopyText{Text: m.doc.Path(m.at), What: "the path of the value"}), true
	default:
		return nil, m.whole.pager.Key(msg, c.Keys)
	}
	return nil, true
}

// view draws the text in at most h lines.
func (w *whole) view(c kit.Context, cells, h int) []string {
	if w.width != cells {
		w.width, w.lines = cells, nil
		for _, paragraph := range w.text {
			if paragraph == "" {
				w.lines = append(w.lines, "")
			}
			for _, line := range kit.Wrap(paragraph, max(cells-2, 1)) {
				w.lines = append(w.lines, " "+line)
			}
		}
		if w.cut > 0 {
			w.lines = append(w.lines, " "+c.Styles.Dim.Render(kit.Cut(fmt.Sprintf("… and %d bytes more", w.cut), cells-2)))
		}
	}
	lines := slices.Clone(w.pager.View(c, w.lines, h))
	lines = lines[:min(len(lines), h)] // the pager draws all when there is no room at all
	for i, line := range lines {
		lines[i] = kit.Cut(line, cells)
	}
	return lines
}

// copyValue puts a value on the clipboard: a text as it reads, everything else as
// JSON. A text with control characters stays JSON, so that nothing happens where it
// is pasted.
func (m *Model) copyValue(r jsontree.Row) tea.Cmd {
	raw := m.doc.Value(r.At)
	if len(raw) > copyBytes {
		return kit.Ask(kit.Notify{Text: fmt.Sprintf("This value has %d bytes, which is too much for a terminal's clipboard.", len(raw))})
	}
	text := string(raw)
	if r.Kind == jsontree.String {
		if words := plain(raw, r.Kind); strings.IndexFunc(words, unicode.IsControl) < 0 {
			text = words
		}
	}
	return kit.Ask(kit.CopyText{Text: text, What: "the value"})
}
