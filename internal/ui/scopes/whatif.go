package scopes

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// whatIfPage shows what a scope would open that is not granted.
type whatIfPage struct {
	box   textinput.Model
	list  kit.List
	names []string
	text  string // what names is of
	of    int    // and the revision of the model's facts
	gains map[string][]scope.Endpoint
}

func (m *Model) openWhatIf(s scene) tea.Cmd {
	p := &whatIfPage{box: kit.NewInput("a scope, or a part of its name"), of: -1}
	kit.StyleInput(&p.box, s.c.Styles)
	m.push(p)
	return p.box.Focus()
}

// find lists the scopes that are not granted and have every word of the text in
// their name.
func (p *whatIfPage) find(s scene) {
	text := strings.ToLower(p.box.Value())
	if s.m.catalogue == nil || text == p.text && p.of == s.m.revision {
		return
	}
	if p.of != s.m.revision {
		p.gains = map[string][]scope.Endpoint{}
	}
	p.text, p.of = text, s.m.revision
	p.names = p.names[:0]
	words := strings.Fields(text)
	for _, name := range s.m.catalogue.Scopes() {
		lower := strings.ToLower(name)
		missing := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(lower, w) })
		if !missing && !slices.Contains(s.m.app.Scopes, name) {
			p.names = append(p.names, name)
		}
	}
	slices.SortStableFunc(p.names, func(a, b string) int { return order(s.m.canHave(b)) - order(s.m.canHave(a)) })
	p.list = kit.List{}
	p.list.SetRows(len(p.names), nil)
}

// canHave says whether a scope is one for this app; an app of which nothing is
// known counts as user-managed and granular, as most new ones are.
func (m *Model) canHave(name string) bool {
	style, level := m.app.Style, scope.LevelUser
	if style == scope.UnknownStyle {
		style = scope.Granular
	}
	if m.app.Type == scope.AdminManaged || m.app.Type == scope.ServerToServer {
		level = scope.LevelAdmin
	}
	return m.catalogue.NameStyle(name) == style && scope.LevelOf(name) == level
}

func order(first bool) int {
	if first {
		return 1
	}
	return 0
}

// gain is what a scope opens that is not open already.
func (p *whatIfPage) gain(s scene, name string) []scope.Endpoint {
	if known, ok := p.gains[name]; ok {
		return known
	}
	opens := slices.DeleteFunc(slices.Clone(s.m.catalogue.Opens(name)), func(e scope.Endpoint) bool { return s.m.open[e.String()] })
	p.gains[name] = opens
	return opens
}

func (p *whatIfPage) selected() string {
	if at := p.list.Cursor(); at >= 0 && at < len(p.names) {
		return p.names[at]
	}
	return ""
}

func (p *whatIfPage) typing() bool { return p.box.Focused() }

func (p *whatIfPage) other(msg tea.Msg, _ scene) tea.Cmd {
	var cmd tea.Cmd
	p.box, cmd = p.box.Update(msg)
	hideIn(&p.box)
	return cmd
}

func (p *whatIfPage) paste(text string, s scene) tea.Cmd {
	p.box.SetValue(hide(kit.CleanText(strings.TrimSpace(text))))
	p.box.CursorEnd()
	p.find(s)
	return nil
}

func (p *whatIfPage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	p.find(s)
	name := p.selected()
	switch {
	case name != "" && key.Matches(msg, s.m.keys.Open):
		p.show(name, s)
		return nil, true
	case !p.typing() && name != "" && key.Matches(msg, s.m.keys.CopyName):
		return kit.Ask(kit.CopyText{Text: name, What: name}), true
	case !p.typing() && key.Matches(msg, s.m.keys.WhatIf):
		return p.box.Focus(), true
	case !p.typing():
		return nil, p.list.Key(msg, s.c.Keys)
	case key.Matches(msg, s.c.Keys.Back):
		p.box.Blur()
		return s.m.onBack(), true
	case key.Matches(msg, s.m.keys.ToList):
		if name != "" {
			p.box.Blur()
		}
		return nil, true
	case msg.String() == "down":
		p.list.Move(1)
	case msg.String() == "up":
		p.list.Move(-1)
	case key.Matches(msg, s.c.Keys.Clear):
		p.box.SetValue("")
		p.find(s)
	default:
		cmd := p.other(msg, s)
		p.find(s)
		return cmd, true
	}
	return nil, true
}

// show lists what the scope would open.
func (p *whatIfPage) show(name string, s scene) {
	gain := p.gain(s, name)
	all := len(s.m.catalogue.Opens(name))
	page := &callsPage{
		title: "if " + name, name: name,
		note: counted(len(gain), "call") + " more would be open" + already(all-len(gain)),
		what: "Nothing more: all that it opens is open already.",
	}
	page.set(gain)
	s.m.push(page)
}

func already(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d are already", n)
}

func (p *whatIfPage) bindings(s scene) []key.Binding {
	p.find(s)
	k := s.m.keys
	var out []key.Binding
	if p.selected() != "" {
		out = append(out, k.Open)
	}
	if !p.typing() {
		if p.selected() != "" {
			out = append(out, k.CopyName)
		}
		return append(append(out, k.WhatIf), listKeys(s.c.Keys, len(p.names))...)
	}
	if p.selected() != "" {
		out = append(out, k.Choose, k.ToList)
	}
	return append(out, s.c.Keys.Back, s.c.Keys.Clear)
}

func (p *whatIfPage) view(s scene, w, h int) kit.Frame {
	p.find(s)
	label := " What if "
	p.box.SetWidth(max(w-len(label)-2, 8))
	lines := []string{kit.Fit(s.c.Styles.Accent.Render(label)+p.box.View(), w)}
	frame := kit.Frame{}
	if cur := kit.InputCursor(p.box); cur != nil && p.typing() {
		cur.X += len(label)
		frame.Cursor = cur
	}
	lines = append(lines, lacksTable(s, w)...)
	if s.m.catalogue != nil {
		words := counted(len(p.names), "scope") + " not granted; + calls that each would open beyond those open now"
		switch known := s.m.app.ScopesKnown; {
		case len(p.names) == 0 && known:
			words = "Zoom's documents name no such scope that is not granted already."
		case len(p.names) == 0:
			words = "Zoom's documents name no such scope."
		case !known:
			words = counted(len(p.names), "scope") + ", granted or not is unknown; + calls that each opens"
		}
		lines = append(lines, kit.Cut(" "+s.c.Styles.Dim.Render(words), w-1))
	}
	if h >= 12 {
		lines = append(lines, "")
	}
	room := h - len(lines)
	if w < sideBySide || p.selected() == "" {
		frame.Lines = append(lines, p.rows(s, w, room)...)
		return frame
	}
	left := w / 2
	frame.Lines = append(lines, kit.Beside(p.rows(s, left, room), preview(s, "would open", p.gain(s, p.selected()), w-left-2, room), left, w)...)
	return frame
}

func (p *whatIfPage) rows(s scene, w, h int) []string {
	first, end := p.list.Window(h)
	var out []string
	for i := first; i < end; i++ {
		mark := "   "
		if i == p.list.Cursor() {
			mark = " " + s.c.Styles.Accent.Render("▸") + " "
		}
		note := s.c.Styles.Dim.Render(fmt.Sprintf("+%d", len(p.gain(s, p.names[i]))))
		name := p.names[i]
		if !s.m.canHave(name) {
			name = s.c.Styles.Dim.Render(name)
			if w >= 70 {
				note = s.c.Styles.Dim.Render("not for your app   ") + note
			}
		}
		out = append(out, kit.Spread(mark+name, note, w-1))
	}
	return out
}
