package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"zoomtui/internal/explain"
)

// errorStyle is how a failure is told.
type errorStyle int

const (
	asText  errorStyle = iota // sentences on stderr
	asJSON                    // {"error":{…}} on stdout
	asEvent                   // {"event":"error",…} on stdout, one line
)

// styleOf is how a wrong command line is told. Nobody has read its flags, or not
// all of them, so the bare arguments are looked at.
func styleOf(cmd *cobra.Command, args []string) errorStyle {
	if cmd.Name() == "exec" { // what may look like a flag of ours is CMD's
		return asText
	}
	previous := ""
	for _, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "--json" || arg == "--json=true" || arg == "--format=json" || previous == "--format" && arg == "json" {
			if cmd.Name() == "login" {
				return asEvent
			}
			return asJSON
		}
		previous = arg
	}
	return asText
}

// exit codes, the same for all commands.
func exitCode(class explain.Class) int {
	switch class {
	case explain.Usage:
		return 2
	case explain.SignIn:
		return 3
	case explain.Scope:
		return 4
	case explain.Network:
		return 5
	case explain.RateLimit:
		return 6
	case explain.Store:
		return 7
	case explain.Empty:
		return 10
	case explain.Cancelled:
		return 130
	default:
		return 1
	}
}

// quiet is a failure that was told already, or that is an answer rather than a
// failure; only its exit code is left.
type quiet struct{ class explain.Class }

func (q quiet) Error() string { return "ends with exit code of class " + q.class.String() }

// usageError is a wrong command line.
type usageError struct{ what, why, command string }

func (e *usageError) Error() string { return e.what }

// usage is a wrong use of a command.
func usage(cmd *cobra.Command, format string, args ...any) *usageError {
	return &usageError{what: fmt.Sprintf(format, args...), command: cmd.CommandPath()}
}

// conclude tells a failure and turns it into the exit code.
func (c *cli) conclude(ctx context.Context, err error) int {
	if err == nil {
		return 0
	}
	if q, ok := errors.AsType[quiet](err); ok {
		return exitCode(q.class)
	}
	if status, ok := errors.AsType[exitStatus](err); ok {
		return int(status)
	}
	if ctx.Err() != nil { // interrupted: whatever else failed, failed of that
		return exitCode(explain.Cancelled)
	}
	p := c.problem(err)
	switch c.errors {
	case asJSON:
		err = printJSON(c.out, map[string]any{"error": c.errorJSON(p)})
	case asEvent:
		err = printEvent(c.out, struct {
			Event string `json:"event"`
			problemJSON
		}{"error", c.errorJSON(p)})
	default:
		err = c.tell(p)
	}
	if err != nil {
		return exitCode(explain.Other)
	}
	return exitCode(p.Class())
}
