package main

import (
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// tableProblem adds to a refused call what the table of operations knows. Only for
// these failures it is loaded; nobody is asked for anything.
func (c *cli) tableProblem(p explain.Problem) explain.Problem {
	f := p.Facts
	switch {
	case f.Place != explain.PlaceAPI || c.table == nil:
	case f.Code == codeNoEndpoint:
		return c.endpointProblem(p)
	case f.LacksScope():
		if verdict, ok := c.scopeProblem(p); ok {
			return verdict
		}
	}
	return p
}

// codeNoEndpoint is Zoom's number for a path that it does not know.
const codeNoEndpoint = 2300

// endpointProblem adds the nearest operation that there is to the problem of a path
// that Zoom does not know.
func (c *cli) endpointProblem(p explain.Problem) explain.Problem {
	catalogue, err := c.table.get()
	if err != nil {
		return p
	}
	method, path, _ := strings.Cut(p.Facts.Op, " ")
	if _, known := catalogue.Find(method, path); known { // then it is the plan that lacks it
		return p
	}
	near := catalogue.Nearest(method, path, 1)
	if len(near) == 0 {
		return p
	}
	call := near[0].String()
	if strings.HasPrefix(path, "/users/me") {
		call = strings.Replace(call, "/users/{userId}", "/users/me", 1)
	}
	p.Next = []explain.Step{
		{Text: "Did you mean " + call + "?"},
		{Text: "See what else is near: zoomtui scopes for " + explain.ShellWord(p.Facts.Op)},
	}
	return p
}

// scopeProblem is the verdict on a call that Zoom has refused for want of a scope:
// which one, for this app, and what to do. False leaves the plain words: no verdict
// can be made here.
func (c *cli) scopeProblem(p explain.Problem) (explain.Problem, bool) {
	f := p.Facts
	b, err := c.bench()
	if err != nil {
		return p, false
	}
	method, path, _ := strings.Cut(f.Op, " ")
	v := b.judge(scope.Question{Method: method, Path: path, Live: liveAnswer(f)})
	switch v.Kind {
	case scope.AddOne, scope.WrongAppType, scope.OldSignIn:
	default:
		return p, false
	}
	p.What = clean(v.Question.Call() + " was refused: " + string(v.Kind) + ". " + v.Headline)
	p.Why = clean(strings.Join(strings.Fields(strings.Join([]string{wanted(v), v.Why, v.Disagrees}, " ")), " "))
	p.Next = nil
	for _, step := range v.Steps {
		p.Next = append(p.Next, explain.Step{Text: clean(scopeStep(v, step, c.flags.profile))})
	}
	return p, true
}

// wanted names the scopes that would do, each with what speaks for or against it.
func wanted(v scope.Verdict) string {
	const most = 6
	var names []string
	for i, a := range v.Alternatives {
		if i == most {
			names = append(names, "…")
			break
		}
		name := a.Name
		if a.Fit.Reason != "" {
			name += " (" + a.Fit.Reason + ")"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, ", ") + "."
}
