package requests

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// lineView draws the console.
func (m *Model) lineView(_ *state.State, c kit.Context, w, h int) kit.Frame {
	l := m.line
	if m.running != nil { // no line to write in
		return kit.Frame{Lines: []string{" " + c.Styles.Dim.Render(kit.Cut(": "+kit.CleanText(l.input.Value()), w-2))}}
	}
	switch l.stage {
	case unwritten:
		return m.unwrittenView(c, w, h)
	case confirming:
		return m.confirmView(c, w, h)
	case editing:
		return kit.Frame{Lines: kit.Indented("The body is open in your editor.", 1, w)}
	case previewing:
		return kit.Frame{Lines: []string{" " + c.Styles.Dim.Render("A moment …")}}
	}
	label := " : "
	if l.stage == asking {
		label = " " + kit.Cut(kit.CleanText("{"+l.missing[0]+"}"), w/2) + " "
	}
	l.input.SetWidth(max(w-kit.Width(label)-2, 8))
	f := kit.Frame{Lines: []string{kit.Fit(c.Styles.Accent.Render(label)+l.input.View(), w)}, Cursor: kit.InputCursor(l.input)}
	if f.Cursor != nil {
		f.Cursor.X += kit.Width(label)
	}
	f.Lines = append(f.Lines, m.underLine(c, w, h-1)...)
	return f
}

// underLine is what stands below the line: what is wrong, or what could be meant.
func (m *Model) underLine(c kit.Context, w, h int) []string {
	l, s := m.line, c.Styles
	var out []string
	switch {
	case l.wrong != "":
		out = kit.Warning(s, kit.CleanText(l.wrong), w)
	case l.note != "":
		out = kit.Indented(kit.CleanText(l.note), 1, w)
	case l.problem != nil:
		out = kit.Stack(kit.ProblemSections(s, *l.problem, kit.StepKeys{}, w), h)
	case l.unloaded != "":
		out = kit.Warning(s, kit.CleanText(l.unloaded), w)
		if l.fault != "" && strings.TrimSpace(l.input.Value()) != "" {
			out = append(out, kit.Indented(kit.CleanText(l.fault), 1, w)...)
		}
	case l.stage == writing && l.fault != "" && !l.loading && strings.TrimSpace(l.input.Value()) != "":
		out = kit.Indented(kit.CleanText(l.fault), 1, w)
	case l.stage == asking:
		left := ""
		if n := len(l.missing) - 1; n > 0 {
			left = " Then " + counted(n, "more.", "more.")
		}
		text := "What goes into the place of {" + l.missing[0] + "} in " + l.draft.method + " " + l.draft.path + "?" + left
		out = kit.Indented(kit.CleanText(text), 1, w)
	}
	if l.stage == asking {
		return out
	}
	return append(out, m.offers(c, w, h-len(out))...)
}

// offers are the operations that fit what has been typed, with more about the
// chosen one; without any, how a line is written.
func (m *Model) offers(c kit.Context, w, h int) []string {
	l := m.line
	switch {
	case l.loading:
		return []string{" " + c.Styles.Dim.Render("The table of operations is being loaded …")}
	case len(l.offered) == 0 && strings.TrimSpace(l.input.Value()) == "":
		return m.lineHelp(c, w)
	case len(l.offered) == 0 && (l.fault != "" || l.wrong != "" || l.problem != nil || l.unloaded != ""):
		return nil // what stands above says it
	case len(l.offered) == 0:
		return []string{" " + c.Styles.Dim.Render("No operation in Zoom's documents fits; enter sends it all the same.")}
	}
	var about []string
	if h >= 5 {
		about = m.aboutOffer(c.Styles, w)
		about = append([]string{c.Styles.Rule.Render(kit.Line(w))}, about...)
	}
	room := max(h-len(about), 1)
	first := min(max(l.chosen-room+1, 0), max(len(l.offered)-room, 0))
	var out []string
	for i := first; i < min(first+room, len(l.offered)); i++ {
		out = append(out, offerRow(c.Styles, l.offered[i], l.moved && i == l.chosen, w))
	}
	return append(kit.Block(out, w, min(room, max(len(out), 1))), about...)
}

// lineHelp says how a line is written.
func (m *Model) lineHelp(c kit.Context, w int) []string {
	const example = 27
	var out []string
	for _, row := range [][2]string{
		{"GET /users/me", "a method and a path"},
		{"GET /users/{userId}", "asks for what is in braces"},
		{"list meetings", "words, for tab to complete"},
		{"GET /users/me --jq .email", "filters the answer"},
		{"POST /users/me/meetings", "opens your editor for the body"},
		{"GET /users -f page_size=9", "fields: the query, or a body"},
	} {
		line := " " + kit.Fit(row[0], example) + " " + c.Styles.Dim.Render(row[1])
		if w < example+len(row[1])+2 {
			line = " " + kit.Cut(row[0], w-2)
		}
		out = append(out, line)
	}
	out = append(out, kit.IndentedDim(c.Styles, "What may change something is shown before it is sent.", 1, w)...)
	if n := len(m.memory.lines); n > 0 {
		out = append(out, " "+kit.HintAs(c.Styles, m.keys.Older, "line before: ")+c.Styles.Dim.Render(kit.Cut(kit.CleanText(m.memory.lines[n-1]), max(w-24, 1))))
	}
	return out
}

// offerRow is one operation in w cells. The mark says whether the token has a
// scope for it.
func offerRow(s kit.Styles, o offer, at bool, w int) string {
	cursor := " "
	if at {
		cursor = s.Accent.Render("▸")
	}
	left := " " + cursor + " " + scopeMark(s, o.may) + " " + kit.Fit(o.endpoint.Method, methodCells) + " "
	room := w - kit.Width(left) - 1
	if room < 60 {
		return left + kit.Cut(o.endpoint.Path, room)
	}
	path := min(max(room/2, 40), room)
	return left + kit.Fit(o.endpoint.Path, path) + "  " + s.Dim.Render(kit.Cut(o.endpoint.Summary, room-path-2))
}

// scopeMark is ✓ or ✗ where it is known whether the token may.
func scopeMark(s kit.Styles, may allowed) string {
	switch may {
	case yes:
		return s.Good.Render("✓")
	case no:
		return s.Warn.Render("✗")
	default:
		return " "
	}
}

// aboutOffer is the chosen operation's summary and the scope that it needs.
func (m *Model) aboutOffer(s kit.Styles, w int) []string {
	o := m.line.offered[m.line.chosen]
	summary := o.endpoint.Summary
	if o.endpoint.Label != "" {
		summary += " · " + strings.ToLower(o.endpoint.Label)
	}
	return []string{
		" " + kit.Cut(summary, w-2),
		" " + kit.Cut(scopeMark(s, o.may)+" "+scopeWords(m.line.verdict), w-2),
	}
}

// scopeWords says which scope an operation needs, and whether the token has it.
func scopeWords(v scope.Verdict) string {
	held := ""
	for _, a := range v.Alternatives {
		if a.Held {
			held = a.Name
			break
		}
	}
	switch {
	case held != "":
		return held + ", which the token has"
	case v.Kind == scope.AddOne && v.Best != "":
		return "needs " + v.Best + ", which the token lacks"
	case v.Kind == scope.WrongAppType:
		return "not for an app of this type"
	case len(v.Alternatives) > 0:
		return "needs " + v.Alternatives[0].Name + "; which scopes the token has is not known"
	default:
		return "Zoom's documents name no scope for it"
	}
}

// lineBindings are the keys that work in the console.
func (m *Model) lineBindings(keys kit.Keys) []key.Binding {
	l, k := m.line, m.keys
	back := named(keys.Back, "back")
	switch l.stage {
	case asking:
		return []key.Binding{named(k.Enter, "go on"), back}
	case editing, previewing:
		return []key.Binding{back}
	case unwritten:
		return []key.Binding{k.Edit, k.Bare, back}
	case confirming:
		out := []key.Binding{k.Edit, back}
		if l.sendable() {
			out = append([]key.Binding{k.Send}, out...)
		}
		return append(out, l.pager.Bindings(keys)...)
	}
	var out []key.Binding
	if l.moved && len(l.offered) > 0 {
		out = append(out, named(k.Enter, "take it"))
	} else {
		out = append(out, k.Enter)
	}
	if len(l.offered) > 0 {
		out = append(out, k.Complete)
	}
	out = append(out, named(keys.Back, "close"))
	if len(m.memory.lines) > 0 {
		out = append(out, k.Older, k.Newer)
	}
	return out
}
