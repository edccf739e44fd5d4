package login

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// browserErrors is the list behind `e`: what Zoom shows only in the browser,
// of which this program never hears.
type browserErrors struct {
	redirectURI string
	entries     []explain.BrowserError
	list        kit.List
}

func newBrowserErrors(redirectURI string) *browserErrors {
	b := &browserErrors{redirectURI: redirectURI, entries: explain.Browser(redirectURI)}
	b.list.SetRows(len(b.entries), nil)
	return b
}

func (m *Model) errorKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Back, keys.BrowserSays):
		m.errors = nil
	case key.Matches(msg, keys.Down):
		m.errors.list.Move(1)
	case key.Matches(msg, keys.Up):
		m.errors.list.Move(-1)
	case key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.errors.redirectURI, What: "the redirect address"})
	}
	return nil
}

func (b *browserErrors) view(c kit.Context, w, h int) []string {
	st := c.Styles
	sections := []kit.Section{
		{Lines: []string{" " + st.Strong.Render("What does the browser show?")}},
		kit.Blank(3),
	}
	for i, e := range b.entries {
		mark := "   "
		if i == b.list.Cursor() {
			mark = " " + st.Accent.Render("▸") + " "
		}
		drop := 0
		if i != b.list.Cursor() {
			drop = 2
		}
		line := mark + e.Title
		if e.Says != "" {
			line += "  " + st.Dim.Render(kit.Cut(e.Says, w-kit.Width(line)-4))
		}
		sections = append(sections, kit.Section{Lines: []string{line}, Drop: drop})
	}
	sections = append(sections, kit.Blank(3))
	if at := b.list.Cursor(); at >= 0 {
		copyURI := c.Keys.Copy
		copyURI.SetHelp("c", "copy")
		steps := kit.StepKeys{explain.ActionCopyRedirect: copyURI}
		sections = append(sections, kit.ProblemSections(st, b.entries[at].Problem, steps, w)...)
	}
	return kit.Stack(sections, h)
}
