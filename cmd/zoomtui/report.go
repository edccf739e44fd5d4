package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"zoomtui/internal/doctor"
)

func newReport(c *cli) *cobra.Command {
	var online bool
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Print a block without secrets, to paste into a forum",
		Long: `Prints one block of Markdown with what people who help ask for: versions, the kind
of app and its return address, scopes, the last calls and what Zoom answered, the
history of the sign-in, and what "zoomtui doctor" finds. Zoom is not asked, unless
--online is given.

It holds no token, secret or code, no e-mail address, name, account id or user id, no
topic and no link of a meeting, and no name of this machine. Tokens are told by
fingerprints: the first six digits of a hash, which say nothing about the token.

  zoomtui report > report.md`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.report(cmd.Context(), online) },
	}
	cmd.Flags().BoolVar(&online, "online", false, "look at the way to Zoom, too")
	return cmd
}

// report gathers, composes, and takes out what must not be in it.
func (c *cli) report(ctx context.Context, online bool) (err error) {
	trace, closer, err := c.openTrace()
	if err != nil {
		return err
	}
	if closer != nil {
		defer func() { err = errors.Join(err, closer.Close()) }()
	}
	e := c.newExamination(trace)
	probes := e.machine()
	if online {
		probes = append(probes, e.network()...)
	}
	checks := doctor.Run(ctx, probeLimit, probes)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, err = fmt.Fprint(c.out, e.privacy().tame(e.reportText(checks)))
	return err
}
