package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/doctor"
)

// probeLimit is how long each part of an examination may take; all are made at once.
const probeLimit = 5 * time.Second

func newDoctor(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check what a sign-in and a refresh need, each with a remedy",
		Long: `Checks the settings, the return address, the place of the tokens, the way to Zoom,
the clock, the sign-in, its scopes and the terminal. Each is ok, a warning, a failure
or skipped, and what is not ok comes with a remedy. Nothing is changed, no token is
refreshed, and none leaves this machine: Zoom is asked without one. It works without
settings, without a sign-in and without a network, and ends within 10 seconds.

The exit code is 0 when nothing failed; a warning is no failure. Otherwise it is that
of what has to be mended first: 2 settings, 7 the store, 5 the network, 3 a human
must sign in, 4 a scope is missing.

  zoomtui doctor --json | jq -r '.checks[] | select(.state == "failure") | .what'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if json {
				c.errors = asJSON
			}
			return c.doctor(cmd.Context(), json)
		},
	}
	cmd.Flags().BoolVar(&json, "json", false, "print JSON")
	return cmd
}

// doctorAnswer is `doctor --json`.
type doctorAnswer struct {
	Profile string         `json:"profile"`
	OK      bool           `json:"ok"` // nothing failed
	Checks  []doctor.Check `json:"checks"`
}

// doctor examines, tells what was found, and makes the exit code of it.
func (c *cli) doctor(ctx context.Context, json bool) (err error) {
	trace, closer, err := c.openTrace()
	if err != nil {
		return err
	}
	if closer != nil {
		defer func() { err = errors.Join(err, closer.Close()) }()
	}
	e := c.newExamination(trace)
	checks := doctor.Run(ctx, probeLimit, append(e.machine(), e.network()...))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	class, failed := doctor.Worst(checks)
	if json {
		err = printJSON(c.out, doctorAnswer{Profile: e.name, OK: !failed, Checks: checks})
	} else {
		_, err = fmt.Fprint(c.out, c.doctorText(e.name, checks))
	}
	if err == nil && failed {
		return quiet{class}
	}
	return err
}
