package scopes

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// scene is what a page works with.
type scene struct {
	m  *Model
	st *state.State
	c  kit.Context
}

// page is one thing that the tab shows. They lie on each other; the last one is in
// front.
type page interface {
	// key handles a key; done is false for one that means nothing to the page.
	key(msg tea.KeyPressMsg, s scene) (cmd tea.Cmd, done bool)
	view(s scene, w, h int) kit.Frame
	bindings(s scene) []key.Binding
}

// writer is a page that takes letters as text for a while.
type writer interface {
	typing() bool
	// other handles what an input needs beside keys.
	other(msg tea.Msg, s scene) tea.Cmd
}

// front is the page that takes the keys.
func (m *Model) front() page { return m.pages[len(m.pages)-1] }

func (m *Model) push(p page) { m.pages = append(m.pages, p) }

// back takes the page in front away. From the first one there is nowhere to go.
func (m *Model) back() {
	if len(m.pages) > 1 {
		m.pages = m.pages[:len(m.pages)-1]
	}
}

// home leaves the overview only.
func (m *Model) home() { m.pages = m.pages[:1] }

// listKeys are the keys that move in a list of more than one row.
func listKeys(keys kit.Keys, rows int) []key.Binding {
	if rows < 2 {
		return nil
	}
	return []key.Binding{keys.Down, keys.Up, keys.Top, keys.Bottom, keys.PageDown, keys.PageUp}
}

// title is the first line of a page: where one is, and the app at the right where
// there is room.
func title(s scene, words string, w int) string {
	left := " " + s.c.Styles.Strong.Render(words)
	long, short := appWords(s)
	for _, app := range []string{long, short} {
		if app != "" && kit.Width(left)+kit.Width(app)+4 <= w {
			return kit.Spread(left, s.c.Styles.Dim.Render(app), w-1)
		}
	}
	return kit.Cut(left, w)
}

// crumb is a place in the tab, with what leads there where there is room.
func crumb(words string, w int) string {
	if long := "Scopes › " + words; kit.Width(long)+2 <= w {
		return long
	}
	return words
}
