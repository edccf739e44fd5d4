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
	var out []string
	for _, s := range ProblemSections(st, p, keys, w) {
		out = append(out, s.Lines...)
	}
	return out
}

// ProblemSections is Problem for a place that may be too small: what happened
// and the first thing to do stay, the raw facts and the cause give way.
func ProblemSections(st Styles, p explain.Problem, keys StepKeys, w int) []Section {
	const indent = 3
	what := Wrap(clean(p.What), w-indent)
	for i, line := range what {
		head := " " + st.Bad.Render("✗") + " "
		if i > 0 {
			head = strings.Repeat(" ", indent)
		}
		what[i] = head + st.Strong.Render(line)
	}
	out := []Section{{Lines: what}, {Lines: Indented(clean(p.Why), indent, w+1), Drop: 7}}
	for i, step := range p.Next {
		drop := 0
		if i > 0 {
			drop = 8
		}
		out = append(out, Section{Lines: stepLines(st, step, keys, w), Drop: drop})
	}
	if raw := p.Raw(clean); raw != "" {
		out = append(out, Section{Lines: []string{strings.Repeat(" ", indent) + st.Dim.Render(Cut(raw, w-indent))}, Drop: 9})
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

// Words is what happened, in one cleaned sentence.
func Words(p explain.Problem) string { return clean(p.What) }

// CleanText makes foreign text safe to draw.
func CleanText(s string) string { return clean(s) }

func clean(s string) string { return term.Clean(s, 0) }
