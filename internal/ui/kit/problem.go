package kit

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// StepKeys says which key follows a step's action on the screen at hand; a
// step without one is only read.
type StepKeys map[explain.Action]key.Binding

// Problem draws a failure in w cells: what happened, why, what to do with the
// key beside it, and one dim line with the raw facts. It is the only way a
// failure is drawn.
func Problem(st Styles, p explain.Problem, keys StepKeys, w int) []string {
	const indent = 3
	var out []string
	for i, line := range Wrap(clean(p.What), w-indent) {
		head := " " + st.Bad.Render("✗") + " "
		if i > 0 {
			head = strings.Repeat(" ", indent)
		}
		out = append(out, head+st.Strong.Render(line))
	}
	for _, line := range Wrap(clean(p.Why), w-indent) {
		out = append(out, strings.Repeat(" ", indent)+line)
	}
	for _, step := range p.Next {
		out = append(out, stepLines(st, step, keys, w)...)
	}
	if raw := p.Raw(clean); raw != "" {
		out = append(out, strings.Repeat(" ", indent)+st.Dim.Render(Cut(raw, w-indent)))
	}
	return out
}

func stepLines(st Styles, step explain.Step, keys StepKeys, w int) []string {
	mark := st.Dim.Render("▸")
	if b, ok := keys[step.Action]; ok && step.Action != explain.ActionNone && b.Enabled() {
		mark = st.Key.Render(b.Help().Key)
	}
	lead := 3 + Width(mark) + 1
	var out []string
	for i, line := range Wrap(clean(step.Text), w-lead) {
		if i == 0 {
			out = append(out, "   "+mark+" "+line)
			continue
		}
		out = append(out, strings.Repeat(" ", lead)+line)
	}
	return out
}

// ProblemLine is the shortest form of a failure, for a panel that has one
// line: what happened, and nothing else.
func ProblemLine(st Styles, p explain.Problem, w int) string {
	return Cut(st.Warn.Render("✗ ")+clean(p.What), w)
}

func clean(s string) string { return term.Clean(s, 0) }

// Words is what happened, in one cleaned sentence.
func Words(p explain.Problem) string { return clean(p.What) }

// CleanText makes foreign text safe to draw.
func CleanText(s string) string { return clean(s) }
