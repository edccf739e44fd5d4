package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
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
	if e, ok := errors.AsType[*historyError](err); ok {
		return e.problem()
	}
	if e, ok := errors.AsType[*remembered](err); ok {
		p := c.problem(e.error)
		p.Why = e.words + " " + p.Why
		return p
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok && e.Path == os.Stdout.Name() {
		return noOutput(e)
	}
	if e, ok := errors.AsType[*advised](err); ok {
		p := c.problem(e.error)
		p.Next = append([]explain.Step{e.step}, p.Next...)
		return p
	}
	if e, ok := errors.AsType[*config.Error](err); ok && e.Facts().Class == explain.Usage {
		return settingsProblem(e)
	}
	return c.tableProblem(explain.Of(err))
}

// advised is a failure with a step that only the command knows.
type advised struct {
	error
	step explain.Step
}

func (e *advised) Unwrap() error { return e.error }

// settingsProblem says what is wrong with a setting and where to correct it. What
// comes neither from the file nor from the environment speaks for itself.
func settingsProblem(e *config.Error) explain.Problem {
	p := explain.Problem{What: "The settings cannot be used.", Why: sentence(e.What), Facts: e.Facts()}
	switch {
	case e.Env != "":
		p.Next = append(p.Next, explain.Step{Text: "Correct " + e.Env + " in the environment, or do without it: unset " + e.Env})
	case e.Path != "":
		p.Next = append(p.Next, explain.Step{Text: "Correct it in " + e.Path, Action: explain.ActionSetup})
	default:
		p.What, p.Why = capital(sentence(e.What)), ""
	}
	if e.Fix != "" {
		p.Next = append(p.Next, explain.Step{Text: e.Fix})
	}
	return p
}

// sentence ends a clause.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// noOutput is an answer that could not be written; nothing that is stored is
// concerned.
func noOutput(e *fs.PathError) explain.Problem {
	return explain.Problem{
		What:  "The answer could not be written to stdout.",
		Why:   sentence(capital(e.Err.Error())),
		Next:  []explain.Step{{Text: "Look where stdout leads to, then try again."}},
		Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Other, Cause: e.Err.Error()},
	}
}

// noApp is the very first start.
func noApp(err error) explain.Problem {
	p := explain.Problem{
		What: "No Zoom app is set up yet.",
		Next: []explain.Step{
			{Text: "With a Zoom app of your own: zoomtui profile add"},
			{Text: "In scripts: export ZOOM_CLIENT_ID=… (a Public Client ID needs no secret)"},
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
func (c *cli) tell(p explain.Problem) error { return c.write(c.err, "zoomtui: ", p) }

// write is tell to any stream, with words before the first sentence.
func (c *cli) write(w io.Writer, before string, p explain.Problem) error {
	bold, _, off := c.pens(w)
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s%s\n", bold, before, clean(p.What), off)
	if p.Why != "" {
		fmt.Fprintf(&b, "  %s\n", clean(p.Why))
	}
	for i, step := range p.Next {
		fmt.Fprintf(&b, "  %d. %s\n", i+1, clean(c.stepText(step)))
	}
	_, err := io.WriteString(w, folded(w, b.String())+c.factsLine(w, p))
	return err
}

// factsLine is the dim line of facts, or nothing where it would repeat the sentences.
func (c *cli) factsLine(w io.Writer, p explain.Problem) string {
	_, dim, off := c.pens(w)
	raw := p.Raw(clean)
	if raw == "" || repeats(p) {
		return ""
	}
	return folded(w, fmt.Sprintf("  %s%s%s\n", dim, raw, off))
}

// repeats tells whether the line of facts would say nothing new: there was no answer,
// and the cause stands in the sentences already, or nothing is known but the words or
// the number that somebody has pasted.
func repeats(p explain.Problem) bool {
	f := p.Facts
	said := strings.ToLower(p.What + " " + p.Why)
	switch {
	case f.HTTPStatus != 0 || f.TrackingID != "":
		return false
	case f.OAuth != "":
		return f.Message == f.OAuth
	case f.Code != 0:
		return f.Message == ""
	}
	return strings.Contains(said, strings.ToLower(strings.TrimRight(f.Cause, ". ")))
}

// stepText is a step with its command, for the profile that was chosen.
func (c *cli) stepText(step explain.Step) string { return stepText(step, c.flags.profile) }

// stepText adds the command that follows a step, where there is one. Without a
// profile it is for the default one.
func stepText(step explain.Step, profile string) string {
	command := ""
	switch step.Action {
	case explain.ActionSignIn:
		command = "zoomtui login"
	case explain.ActionDevice:
		command = "zoomtui login --device"
	case explain.ActionPhone:
		command = "zoomtui login --lan"
	case explain.ActionPaste:
		return withCommand(step.Text, "zoomtui login --finish 'ADDRESS'")
	case explain.ActionDoctor:
		// Not where the step is more than a check, or names a command already.
		if !strings.Contains(strings.ToLower(step.Text), "check ") || strings.Contains(step.Text, ": ") {
			return step.Text
		}
		command = "zoomtui doctor"
	case explain.ActionScopes:
		if !strings.HasPrefix(step.Text, "Look up") && !strings.HasPrefix(step.Text, "Search") {
			return step.Text
		}
		return withCommand(step.Text, "zoomtui scopes for 'METHOD /PATH'")
	case explain.ActionBounce:
		return withCommand(step.Text, "zoomtui bounce")
	default:
		return step.Text
	}
	return withCommand(step.Text, forProfile(command, profile))
}

// forProfile is a command as it is written for a profile; empty: the default one.
func forProfile(command, profile string) string {
	if profile == "" {
		return command
	}
	return command + " --profile " + profile
}

func withCommand(text, command string) string {
	return strings.TrimSuffix(text, ".") + ": " + command
}

// clean makes foreign text safe on a terminal, without a limit of length.
func clean(s string) string { return term.Clean(s, 0) }
