package scopes

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// form is how the scopes are written down.
type form int

const (
	asList form = iota
	asManifest
	asMarkdown
	forms // how many there are
)

func (f form) String() string {
	return [...]string{"one name a line", "fragment of a manifest", "Markdown for the account's admin"}[f]
}

// exportPage is the fewest scopes for the calls that are marked.
type exportPage struct {
	form  form
	pager kit.Pager
}

// openExport needs something that is marked.
func (m *Model) openExport(s scene) tea.Cmd {
	switch {
	case m.catalogue == nil:
		return nil
	case len(m.marked) == 0:
		return kit.Ask(kit.Notify{Text: "Nothing is marked: space marks a call wherever calls are listed, and x writes down the scopes for what is marked."})
	}
	m.push(&exportPage{})
	return nil
}

func (p *exportPage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, s.m.keys.Format):
		p.form = (p.form + 1) % forms
		p.pager = kit.Pager{}
		return nil, true
	case key.Matches(msg, s.m.keys.CopyName):
		return kit.Ask(kit.CopyText{Text: p.text(s), What: "the scopes (" + p.form.String() + ")"}), true
	}
	return nil, p.pager.Key(msg, s.c.Keys)
}

// text is what is copied.
func (p *exportPage) text(s scene) string {
	minimal := s.m.catalogue.Minimal(s.m.marked, s.m.app.Type, s.m.app.Style)
	switch p.form {
	case asManifest:
		return minimal.Manifest()
	case asMarkdown:
		return minimal.Markdown(s.st.Profile.Name)
	default:
		return minimal.List()
	}
}

func (p *exportPage) bindings(s scene) []key.Binding {
	y := s.m.keys.CopyName
	y.SetHelp("y", "copy all")
	return append([]key.Binding{y, s.m.keys.Format, s.c.Keys.Back}, p.pager.Bindings(s.c.Keys)...)
}

func (p *exportPage) view(s scene, w, h int) kit.Frame {
	st := s.c.Styles
	lines := []string{title(s, crumb("Export", w), w)}
	words := "The fewest scopes for the " + counted(len(s.m.marked), "marked call") + ", as " + p.form.String() + "."
	lines = append(lines, kit.Indented(words, 1, w)...)
	if none := s.m.catalogue.Minimal(s.m.marked, s.m.app.Type, s.m.app.Style).Without; len(none) > 0 {
		names := make([]string, 0, len(none))
		for _, e := range none {
			names = append(names, e.String())
		}
		lines = append(lines, kit.Warning(st, "No scope that such an app can have is known for "+strings.Join(names, ", ")+".", w)...)
	}
	lines = append(lines, st.Rule.Render(kit.Line(w)))
	var text []string
	for l := range strings.SplitSeq(strings.TrimRight(p.text(s), "\n"), "\n") {
		words := strings.TrimLeft(l, " ")
		text = append(text, kit.Cut(" "+l[:len(l)-len(words)]+kit.CleanText(words), w))
	}
	return kit.Frame{Lines: append(lines, p.pager.View(s.c, text, max(h-len(lines), 1))...)}
}
