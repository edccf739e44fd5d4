package scopes

import (
	"fmt"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
)

// steps are what to do: where a new sign-in has not helped, what to look at now.
// The nearest known calls stand in a list of their own.
func (p *verdictPage) steps(s scene) []scope.Step {
	if advice := s.m.advice(); len(advice) > 0 && p.lacks() {
		return advice
	}
	steps := p.verdict.Steps
	if len(p.nearest.rows) > 0 && len(steps) > 0 && steps[0].Act == scope.ActSearch {
		return steps[1:]
	}
	return steps
}

// fixLines are the steps, each with its key.
func (p *verdictPage) fixLines(s scene, w int) []string {
	st := s.c.Styles
	var out []string
	for i, step := range p.steps(s) {
		label := "     "
		if i == 0 {
			label = " " + st.Heading.Render("Fix") + " "
		}
		head := label + fmt.Sprintf("%d ", i+1) + kit.Fit(st.Key.Render(p.stepKey(s, step.Act)), 2)
		text := step.Text
		if p.verdict.Best != "" { // which stands above, whole
			text = strings.TrimSuffix(text, ": "+p.verdict.Best+".")
		}
		if text != step.Text {
			text += "."
		}
		if s.st.Profile.Demo {
			text += p.demoWords(s, i, step)
		}
		for j, l := range kit.Wrap(kit.CleanText(text), w-kit.Width(head)-1) {
			if j > 0 {
				head = kit.Fit("", kit.Width(head))
			}
			out = append(out, head+l)
		}
	}
	return out
}

// demoWords say of a step how it is done in the demo, which has no Marketplace. After
// a sign-in that changed nothing the first step alone asks for what F does.
func (p *verdictPage) demoWords(s scene, i int, step scope.Step) string {
	switch advised := len(s.m.advice()) > 0 && p.lacks(); {
	case step.Act != scope.ActMarket || p.verdict.Kind != scope.AddOne:
		return ""
	case advised && i == 0:
		return " In this demo: is the switch in F off again?"
	case advised:
		return ""
	}
	return " In this demo: if a switch in F took it away, turn that off."
}

// stepKey is the key of a step; empty when there is none here.
func (p *verdictPage) stepKey(s scene, act scope.Act) string {
	k := s.m.keys
	_, can := p.probe(s)
	switch act {
	case scope.ActCopy:
		return k.CopyName.Help().Key
	case scope.ActMarket:
		return k.Market.Help().Key
	case scope.ActSignIn:
		if b := s.m.signInKey(s.st); b.Enabled() {
			return b.Help().Key
		}
	case scope.ActSearch:
		return k.Search.Help().Key
	case scope.ActProbe, scope.ActRetry:
		if can {
			return k.TryCall.Help().Key
		}
	}
	return ""
}

// factLines are where the verdict comes from, and Zoom's words as they came.
func (p *verdictPage) factLines(s scene, w, h int) []string {
	st, v := s.c.Styles, p.verdict
	var out []string
	if v.Disagrees != "" {
		for i, l := range kit.Wrap("Not as documented: "+kit.CleanText(v.Disagrees), w-4) {
			mark := "   "
			if i == 0 {
				mark = " " + st.Warn.Render("≠") + " "
			}
			out = append(out, mark+l)
		}
	}
	source := "By " + kit.CleanText(v.Source)
	if v.FromZoom {
		source += ", which counts more than the table"
	}
	if v.Endpoint.Label != "" {
		source += " · rate " + strings.ToLower(v.Endpoint.Label)
	}
	out = append(out, kit.IndentedDim(st, source, 1, w)...)
	live := v.Question.Live
	if p.past != nil {
		out = append(out, kit.IndentedDim(st, "Zoom's answer"+when(s, p.past)+" was before this "+s.grant()+" and counts no more.", 1, w)...)
		live = p.past
	}
	return append(out, rawLines(s, live, w, h)...)
}

func when(s scene, l *scope.Live) string {
	if l.At.IsZero() {
		return ""
	}
	return " of " + s.st.Clock(l.At)
}

// tall is the height from which Zoom's words stand whole.
const tall = 30

// rawLines are Zoom's answer as it came. Where there is little room, its words are
// cut before the id that Zoom's support asks for.
func rawLines(s scene, l *scope.Live, w, h int) []string {
	if l == nil {
		return nil
	}
	at := l.At
	if !at.IsZero() {
		at = at.In(s.st.Loc)
	}
	raw := func(f explain.Facts) string { return explain.Problem{Facts: f}.Raw(kit.CleanText) }
	said := explain.Facts{HTTPStatus: l.Status, Code: l.Code, Message: l.Message}
	traced := explain.Facts{TrackingID: l.TrackingID, At: at}
	if h < tall {
		var out []string
		for _, words := range []string{raw(said), raw(traced)} {
			if words != "" {
				out = append(out, " "+s.c.Styles.Dim.Render(kit.Cut(words, w-2)))
			}
		}
		return out
	}
	said.TrackingID, said.At = traced.TrackingID, traced.At
	return kit.IndentedDim(s.c.Styles, raw(said), 1, w)
}
