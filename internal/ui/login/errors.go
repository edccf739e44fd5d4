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
	link    Link
	entries []explain.BrowserError
	list    kit.List
}

func newBrowserErrors(link Link) *browserErrors {
	b := &browserErrors{link: link, entries: explain.Browser(link.RedirectURI)}
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
		return kit.Ask(kit.CopyText{Text: m.errors.link.RedirectURI, What: "the redirect address"})
	default:
		for _, way := range m.errors.ways(keys) {
			if key.Matches(msg, way) {
				return m.leaveErrors(msg, keys)
			}
		}
	}
	return nil
}

// leaveErrors takes the way round an error.
func (m *Model) leaveErrors(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	m.errors, m.side = nil, overview
	return m.key(msg, keys)
}

// steps are the keys that follow the steps of the error under the cursor.
func (b *browserErrors) steps(keys kit.Keys) kit.StepKeys {
	steps := kit.StepKeys{
		explain.ActionCopyRedirect: named(keys.Copy, "copy the redirect address"),
		explain.ActionPhone:        keys.Phone,
		explain.ActionPaste:        keys.Paste,
	}
	if b.link.CanDevice {
		steps[explain.ActionDevice] = keys.Device
	}
	return steps
}

// ways are the keys that leave the list and take the way that a step names.
func (b *browserErrors) ways(keys kit.Keys) []key.Binding {
	at := b.list.Cursor()
	if at < 0 {
		return nil
	}
	var out []key.Binding
	steps := b.steps(keys)
	for _, next := range b.entries[at].Problem.Next {
		if k, ok := steps[next.Action]; ok && next.Action != explain.ActionCopyRedirect {
			out = append(out, k)
		}
	}
	return out
}

func (b *browserErrors) bindings(keys kit.Keys) []key.Binding {
	out := []key.Binding{keys.Back, keys.Down, keys.Up}
	out = append(out, b.ways(keys)...)
	return append(out, named(keys.Copy, "copy the redirect address"))
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
		sections = append(sections, kit.ProblemSections(st, b.entries[at].Problem, b.steps(c.Keys), w)...)
	}
	return kit.Stack(sections, h)
}
