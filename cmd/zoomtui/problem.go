package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// problem explains an error. Mistakes on the command line and in the settings
// speak for themselves; the rest is looked up.
func (c *cli) problem(err error) explain.Problem {
	if e, ok := errors.AsType[*usageError](err); ok {
		return explain.Problem{
			What: e.what, Why: e.why,
			Next:  []explain.Step{{Text: "See: " + e.command + " --help"}},
			Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage},
		}
	}
	if errors.Is(err, config.ErrNoApp) {
		return noApp(err)
	}
	if e, ok := errors.AsType[*config.Error](err); ok && e.Facts().Class == explain.Usage {
		p := explain.Problem{What: "The settings cannot be used.", Why: e.What + ".", Facts: e.Facts()}
		if e.Path != "" {
			p.Next = append(p.Next, explain.Step{Text: "Correct it in " + e.Path, Action: explain.ActionSetup})
		}
		if e.Fix != "" {
			p.Next = append(p.Next, explain.Step{Text: e.Fix})
		}
		return p
	}
	return explain.Of(err)
}

// noApp is the very first start.
func noApp(err error) explain.Problem {
	p := explain.Problem{
		What: "No Zoom app is set up yet.",
		Next: []explain.Step{
			{Text: "With a Zoom app of your own: export ZOOM_CLIENT_ID=… (its Public Client ID needs no secret)"},
			{Text: "Without one, look around first: zoomtui demo"},
		},
		Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage},
	}
	if e, ok := errors.AsType[*config.Error](err); ok {
		p.Why = "There is no profile in " + e.Path + ", and ZOOM_CLIENT_ID is not set."
	}
	return p
}

// tell writes a problem for a person: what happened, why, what to do, and one
// dim line of facts.
func (c *cli) tell(p explain.Problem) error {
	bold, dim, off := "", "", ""
	if c.colour(c.err) {
		bold, dim, off = "\x1b[1m", "\x1b[2m", "\x1b[0m"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%szoomtui: %s%s\n", bold, clean(p.What), off)
	if p.Why != "" {
		fmt.Fprintf(&b, "  %s\n", clean(p.Why))
	}
	for i, step := range p.Next {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, clean(c.stepText(step)))
	}
	if raw := p.Raw(clean); raw != "" && !repeats(p) {
		fmt.Fprintf(&b, "%s  %s%s\n", dim, raw, off)
	}
	_, err := io.WriteString(c.err, b.String())
	return err
}

// repeats tells whether the line of facts would say nothing new: there was no
// answer, and the cause stands in the sentences already.
func repeats(p explain.Problem) bool {
	f := p.Facts
	said := strings.ToLower(p.What + " " + p.Why)
	return f.HTTPStatus == 0 && strings.Contains(said, strings.ToLower(strings.TrimRight(f.Cause, ". ")))
}

// stepText adds the command that follows a step, where there is one.
func (c *cli) stepText(step explain.Step) string {
	if step.Action != explain.ActionSignIn {
		return step.Text
	}
	command := "zoomtui login"
	if c.flags.profile != "" {
		command += " --profile " + c.flags.profile
	}
	return strings.TrimSuffix(step.Text, ".") + ": " + command
}

// clean makes foreign text safe on a terminal, without a limit of length.
func clean(s string) string { return term.Clean(s, 0) }
