package main

import (
	"fmt"
	"io"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
)

// explained is what is known of a pasted text.
type explained struct {
	problem explain.Problem
	known   bool           // the error is
	verdict *scope.Verdict // of the call or of the missing scope that the text names; nil: it names neither
}

// explained reads a text. The table of scopes is loaded only for a text that names
// a call or a missing scope; profile and token are read then, and nobody is asked.
func (c *cli) explained(text string) explained {
	q := scope.ReadQuery(text)
	var e explained
	e.problem, e.known = explain.Pasted(text, c.ourRedirect(), scope.Question{Method: q.Method, Path: q.Path}.Call(), c.clock().Location())
	e.verdict = c.pastedVerdict(q, e)
	if e.verdict == nil || e.verdict.Kind == scope.NotAScope {
		return e
	}
	e.problem.Next = nil // the verdict knows the app, and so which scope it is
	for _, step := range e.verdict.Steps {
		e.problem.Next = append(e.problem.Next, explain.Step{Text: scopeStep(*e.verdict, step, c.flags.profile)})
	}
	return e
}

// pastedVerdict judges a text that holds an answer of the API about a scope, or
// names a call that Zoom documents, or nearly.
func (c *cli) pastedVerdict(q scope.Query, e explained) *scope.Verdict {
	f := e.problem.Facts
	answer := e.known && f.Place == explain.PlaceAPI
	if e.known && !answer || !answer && q.Path == "" || answer && q.Path == "" && len(f.MissingScopes) == 0 {
		return nil
	}
	b, err := c.offlineBench()
	if err != nil {
		return nil // the table cannot be read: the plain words remain
	}
	_, found := b.catalogue.Find(q.Method, q.Path)
	if near := q.Method != "" && len(b.catalogue.Nearest(q.Method, q.Path, 1)) > 0; !answer && !found && !near {
		return nil
	}
	if answer && q.Live == nil {
		q.Live = liveAnswer(f)
	}
	v := b.judge(scope.Question{Method: q.Method, Path: q.Path, Live: q.Live})
	return &v
}

// offlineBench is bench, also where the profile or its token cannot be read: then
// nothing is known of the app.
func (c *cli) offlineBench() (bench, error) {
	b, err := c.bench()
	if err == nil {
		return b, nil
	}
	catalogue, err := c.table.get()
	return bench{catalogue: catalogue, now: c.clock()}, err
}

// writeExplained writes one answer: the error in plain words, or the verdict. Where no
// scope is missing, the plain words stand in the verdict's place: they know more.
func (c *cli) writeExplained(e explained) error {
	if e.verdict == nil {
		return c.write(c.out, "", e.problem)
	}
	v := *e.verdict
	if v.Kind == scope.NotAScope && e.known {
		v.Headline, v.Why, v.Steps = e.problem.What, e.problem.Why, nil
		for _, step := range e.problem.Next {
			v.Steps = append(v.Steps, scope.Step{Text: c.stepText(step)})
		}
		if v.Disagrees == "" {
			v.Alternatives = nil
		}
	}
	if err := c.writeVerdict(c.out, v); err != nil {
		return err
	}
	_, err := io.WriteString(c.out, c.opensLine(v)+c.factsLine(c.out, e.problem))
	return err // problem() knows a stdout that cannot be written
}

// opensLine names calls of the scope to add, where the answer names no call: the one
// that was refused is most often among them.
func (c *cli) opensLine(v scope.Verdict) string {
	const most = 3
	catalogue, err := c.table.get()
	if err != nil || v.Question.Path != "" || v.Best == "" {
		return ""
	}
	calls := catalogue.Opens(v.Best)
	if len(calls) == 0 {
		return ""
	}
	var named []string
	for _, call := range calls[:min(len(calls), most)] {
		named = append(named, call.String())
	}
	text := v.Best + " is for " + strings.Join(named, ", ")
	if more := len(calls) - len(named); more > 0 {
		text += fmt.Sprintf(" and %d more: zoomtui scopes for %s", more, explain.ShellWord(v.Best))
	}
	_, dim, off := c.pens(c.out)
	return folded(c.out, fmt.Sprintf("  %s%s%s\n", dim, clean(text), off))
}

// found tells whether the error, or the call, is known.
func (e explained) found() bool {
	return e.known || e.verdict != nil && e.verdict.Kind != scope.UnknownEndpoint
}
