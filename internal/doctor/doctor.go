// Package doctor checks what a sign-in and a refresh need. Each check is a
// function of what it is told: settings, the looks of files, a resolver, a
// transport. It changes nothing, shows no token to anybody, and gives for
// everything that is not in order a remedy that can be carried out.
package doctor

import (
	"fmt"
	"slices"

	"zoomtui/internal/explain"
)

// State is what a check came to.
type State string

// The states.
const (
	OK      State = "ok"
	Warning State = "warning" // it works, and may not for long or not in every way
	Failure State = "failure" // it does not work
	Skipped State = "skipped" // it could not be found out, or does not matter here
)

// Check is what became of one check. Its JSON keys are those of `zoomtui doctor
// --json`.
type Check struct {
	Name    string         `json:"name"` // one word that stays the same
	State   State          `json:"state"`
	What    string         `json:"what"`    // what was found: one sentence or two, for the person at this machine
	Remedy  []string       `json:"remedy"`  // what to do, the best first; command lines stand at the end of a line
	Details map[string]any `json:"details"` // what was looked at

	Brief string        `json:"-"` // What in a few words that name nothing of this machine; empty: there are none
	Class explain.Class `json:"-"` // of a failure; it decides the exit code
}

// result makes a check.
func result(name string, state State, format string, args ...any) Check {
	return Check{Name: name, State: state, What: fmt.Sprintf(format, args...), Remedy: []string{}, Details: map[string]any{}}
}

// failure makes a check that failed.
func failure(name string, class explain.Class, format string, args ...any) Check {
	c := result(name, Failure, format, args...)
	c.Class = class
	return c
}

// brief adds the few words for a report.
func (c Check) brief(words string) Check {
	c.Brief = words
	return c
}

// remedy adds steps.
func (c Check) remedy(steps ...string) Check {
	c.Remedy = append(c.Remedy, steps...)
	return c
}

// detail adds what was looked at.
func (c Check) detail(key string, value any) Check {
	c.Details[key] = value
	return c
}

// Worst gives the class of failure that decides the exit code; false when nothing
// failed. What has to be mended first comes first: settings, store, network,
// sign-in, scopes.
func Worst(checks []Check) (explain.Class, bool) {
	for _, class := range []explain.Class{explain.Usage, explain.Store, explain.Network, explain.SignIn, explain.Scope} {
		if slices.ContainsFunc(checks, func(c Check) bool { return c.State == Failure && c.Class == class }) {
			return class, true
		}
	}
	failed := slices.ContainsFunc(checks, func(c Check) bool { return c.State == Failure })
	return explain.Other, failed
}

// Trouble is a failure in plain words, as package explain tells it, with its steps
// as the command line writes them.
type Trouble struct {
	What, Why string
	Brief     string // in a few words that name nothing of this machine
	Steps     []string
	Class     explain.Class
}

// check makes a check that failed of a trouble.
func (t Trouble) check(name string) Check {
	what := t.What
	if t.Why != "" {
		what += " " + t.Why
	}
	return failure(name, t.Class, "%s", what).brief(t.Brief).remedy(t.Steps...)
}
