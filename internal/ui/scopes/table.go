package scopes

import (
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// loaded is the table of operations.
type loaded struct {
	catalogue *scope.Catalogue
	err       error
}

// load fetches the table when it is first needed, outside Update: unpacking it and
// making its index take some milliseconds.
func (m *Model) load() tea.Cmd {
	if m.catalogue != nil || m.loading || m.trouble != "" || m.lab == nil {
		return nil
	}
	m.loading = true
	lab := m.lab
	return func() tea.Msg {
		c, err := lab.Catalogue()
		if err == nil {
			c.Search("me", 1) // makes the index
		}
		return loaded{catalogue: c, err: err}
	}
}

// onLoaded does what has waited for the table.
func (m *Model) onLoaded(msg loaded, s scene) tea.Cmd {
	m.loading = false
	if msg.err != nil {
		m.trouble = kit.Words(explain.Of(msg.err))
		return nil
	}
	m.catalogue = msg.catalogue
	m.sync(s.st)
	waiting := m.later
	m.later = nil
	var cmds []tea.Cmd
	for _, w := range waiting {
		cmds = append(cmds, m.Update(w, s.st, s.c))
	}
	return tea.Batch(cmds...)
}

// lacksTable says in a line why the table is not there yet; none when it is.
func lacksTable(s scene, w int) []string {
	switch {
	case s.m.catalogue != nil:
		return nil
	case s.m.trouble != "":
		return kit.Warning(s.c.Styles, "The table of Zoom's calls cannot be read: "+s.m.trouble, w)
	case s.m.lab == nil:
		return kit.IndentedDim(s.c.Styles, "There is no table of Zoom's calls here.", 1, w)
	default:
		return kit.IndentedDim(s.c.Styles, "Loading the table of Zoom's calls…", 1, w)
	}
}
