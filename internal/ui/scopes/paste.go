package scopes

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// pasted is a paste that came before the table.
type pasted struct{ text string }

// onPaste takes a paste: it lands in the box in front, or opens the search. What
// names one call, or is an answer of Zoom's, is judged at once.
func (m *Model) onPaste(text string, s scene) tea.Cmd {
	if p, ok := m.front().(*whatIfPage); ok && p.typing() {
		return p.paste(text, s)
	}
	cmd := m.openSearch(text, s)
	if m.catalogue == nil {
		m.later = append(m.later, pasted{text})
		return cmd
	}
	return tea.Batch(cmd, m.judgePaste(s))
}

// onPasted takes a paste that has waited for the table.
func (m *Model) onPasted(msg pasted, s scene) tea.Cmd {
	p, ok := m.front().(*searchPage)
	if !ok {
		return nil
	}
	p.take(msg.text, s)
	return m.judgePaste(s)
}

// judgePaste opens the verdict on what the box holds, where there is one.
func (m *Model) judgePaste(s scene) tea.Cmd {
	p, ok := m.front().(*searchPage)
	if !ok {
		return nil
	}
	if q := p.query; q.Live == nil && (q.Path == "" || q.Method == "" && len(p.rows) > 1) {
		return nil
	}
	return p.openBest(s)
}

// take reads a paste as it came, since its line breaks and its quoting mean
// something. Neither the box nor the page keeps it: a curl line has a token in it.
func (p *searchPage) take(text string, s scene) {
	if s.m.catalogue == nil {
		return
	}
	p.search(text, s)
	p.box.SetValue(hide(kit.CleanText(inShort(text, p.query))))
	p.box.CursorEnd()
	p.text = p.box.Value()
}

// inShort is what a paste was taken for, in one line.
func inShort(text string, q scope.Query) string {
	switch {
	case q.Path != "":
		return strings.TrimSpace(q.Method + " " + q.Path)
	case q.Live != nil && q.Live.Message != "":
		return q.Live.Message
	case q.Live != nil:
		return "an answer of Zoom's"
	}
	words := strings.Fields(text)
	for i, w := range words {
		if len(w) > longestWord && !strings.Contains(w, ":") {
			words[i] = hidden // no word is so long: a token may be
		}
	}
	return strings.Join(words, " ")
}

// longestWord is how long a word of a search may be.
const longestWord = 60
