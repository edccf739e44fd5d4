package main

import (
	"encoding/json"
	"io"
	"time"

	"zoomtui/internal/explain"
)

// problemJSON is the value of "error" on stdout.
type problemJSON struct {
	explain.JSON
	RetryAt *time.Time `json:"retry_at,omitempty"` // when Zoom accepts calls again
}

func errorJSON(p explain.Problem) problemJSON { return profileErrorJSON(p, "") }

// errorJSON is a problem with the commands of its steps, for the profile that was
// chosen.
func (c *cli) errorJSON(p explain.Problem) problemJSON { return profileErrorJSON(p, c.flags.profile) }

func profileErrorJSON(p explain.Problem, profile string) problemJSON {
	out := problemJSON{JSON: p.JSON()}
	for i, step := range p.Next {
		out.NextSteps[i] = stepText(step, profile)
	}
	if at := p.Facts.RetryAt; !at.IsZero() {
		at = at.UTC().Truncate(time.Second)
		out.RetryAt = &at
	}
	return out
}

// printJSON writes an answer, indented as people read it.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printEvent writes one line.
func printEvent(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
