package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/term"
	"zoomtui/internal/transfer"
)

// exportOptions are the flags of `zoomtui export`.
type exportOptions struct {
	move, cancel bool
	output       string
}

func newExport(c *cli) *cobra.Command {
	var opts exportOptions
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Move the sign-in to another machine",
		Long: `Writes the sign-in of the profile, with its app and its tokens, for "zoomtui import"
on another machine, and marks it here as moved: it is kept, and no longer used. A
refresh token works once, so two machines cannot share it.

  zoomtui export --move | ssh HOST zoomtui import
  zoomtui export --move --output FILE
  zoomtui export --cancel                          it never arrived: use it here again

What is written holds the tokens and is shown on no terminal. If it cannot be written,
or nobody reads it, the mark is taken back at once. A client secret goes along if it
stands in config.toml; one of the environment does not.

Exit codes: 0 moved, 1 not written, 2 nothing that could be moved, 3 not signed in or
moved before, 7 the token store cannot be used.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.cancel {
				if opts.move || opts.output != "" {
					return usage(cmd, "--cancel takes a move back; it does not go together with --move and --output.")
				}
				return c.cancelMove(cmd.Context())
			}
			return c.export(cmd, opts)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&opts.move, "move", false, "mark the sign-in here as moved; an export always does")
	flags.StringVar(&opts.output, "output", "", "write to `FILE`, which must not exist, instead of standard output")
	flags.BoolVar(&opts.cancel, "cancel", false, "take the mark back, if the sign-in was never taken over elsewhere")
	return cmd
}

// export moves the sign-in of the selected profile.
func (c *cli) export(cmd *cobra.Command, opts exportOptions) (err error) {
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	p, err := cfg.Profile()
	if err != nil {
		return err
	}
	if !kindHasSignIn(p.Kind) {
		wrong := usage(cmd, "There is nothing to move: a Server-to-Server app has no sign-in.")
		wrong.why = "Whoever has its account id, client id and secret gets tokens: set ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET on the other machine as well."
		return wrong
	}
	to, err := c.destination(cmd, opts.output)
	if err != nil {
		return err
	}
	o, err := c.prepare(p)
	if err != nil {
		return errors.Join(err, to.abandon())
	}
	defer func() { err = errors.Join(err, o.close()) }()
	host, _ := os.Hostname() // it is for people only
	e := transfer.Export{
		At: c.clock(), Host: term.Clean(host, nameCells), User: o.knownUser(), Profile: p.Name, Settings: carried(cfg, p),
	}
	left, err := o.move(cmd.Context(), e, to)
	if left.RefreshToken == "" {
		return errors.Join(err, to.abandon())
	}
	o.record(o.transferEvent(auth.ActionMove, left))
	c.sayMoved(p, left, opts)
	c.saySecret(cfg, p, e.Settings)
	return err
}

// move marks the sign-in as moved and hands it over, under the lock: whoever
// refreshes meanwhile is waited for, and nobody begins. It gives the tokens that
// have left; none when they have not, and then the mark is gone again.
func (o *opened) move(ctx context.Context, e transfer.Export, to destination) (left auth.Token, err error) {
	held, err := o.store.Lock(ctx)
	if err != nil {
		return auth.Token{}, err
	}
	defer func() { err = errors.Join(err, held.Unlock()) }()
	if err := o.movable(); err != nil {
		return auth.Token{}, err
	}
	t, err := held.MarkMoved()
	if err != nil {
		return auth.Token{}, err
	}
	e.Token = t
	data, err := transfer.Encode(e)
	if err == nil {
		err = to.deliver(ctx, data)
	}
	switch {
	case err == nil:
		return t, nil
	case errors.Is(err, errUnknownArrival):
		return t, ctx.Err() // it may have arrived: the mark stays
	}
	if failed := held.Unmove(); failed != nil {
		return auth.Token{}, o.cli.refuse(explain.Problem{
			What:  "The sign-in has not left this machine, but its mark could not be taken back.",
			Why:   capital(sentence(err.Error())) + " Then: " + sentence(failed.Error()),
			Next:  []explain.Step{{Text: "When that is mended, take the mark back: " + cancelCommand(o.profile)}},
			Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Store},
		})
	}
	return auth.Token{}, o.cli.refuse(explain.Problem{
		What:  "The sign-in has not left this machine.",
		Why:   capital(sentence(err.Error())) + " It is used here as before; nothing is lost.",
		Next:  []explain.Step{{Text: "Mend that, then export again."}},
		Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Other},
	})
}

// movable tells why a sign-in cannot be moved: there is none, it has ended, or
// nobody knows whether its refresh token is spent.
func (o *opened) movable() error {
	s, err := o.standing()
	switch {
	case err != nil:
		return err
	case s.why != nil:
		return s.why
	case s.cutOff == nil || s.cutOff.Fingerprint != auth.Fingerprint(s.token.RefreshToken):
		return nil
	}
	return o.cli.refuse(explain.Problem{
		What: "Nobody knows whether this sign-in is still good.",
		Why: fmt.Sprintf("A refresh was cut off at %s (%s), and may have used its refresh token up. What can be tried then can be tried here only.",
			o.minute(s.cutOff.At), starter(s.cutOff.Command, s.cutOff.PID)),
		Next:  []explain.Step{{Text: "Find out first, then export: zoomtui token --force --profile " + o.profile.Name + " > /dev/null"}},
		Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Other},
	})
}

// cancelMove takes the mark of a move back.
func (c *cli) cancelMove(ctx context.Context) (err error) {
	p, err := c.selected()
	if err != nil {
		return err
	}
	o, err := c.prepare(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	held, err := o.store.Lock(ctx)
	if err != nil {
		return err
	}
	t, err := o.store.Load()
	if err == nil {
		err = held.Unmove()
	}
	if err = errors.Join(err, held.Unlock()); err != nil {
		return err
	}
	if t.MovedAt.IsZero() {
		c.say("Profile %s: the sign-in is not marked as moved; there is nothing to take back.", p.Name)
		return nil
	}
	o.record(o.transferEvent(auth.ActionReturn, t))
	c.say("Profile %s: the sign-in is used here again. If the other machine has taken it over, do not use it there any more; "+
		"if that one has refreshed it, Zoom takes it no longer from here, and a new sign-in is needed: zoomtui login --profile %s", p.Name, p.Name)
	return nil
}

// refuse tells a failure in its own words.
func (c *cli) refuse(p explain.Problem) error {
	if err := c.tell(p); err != nil {
		return err
	}
	return quiet{p.Class()}
}

// transferEvent is what the history keeps of a sign-in that went or came.
func (o *opened) transferEvent(action auth.Action, t auth.Token) auth.Event {
	e := auth.Event{
		Action: action, At: o.cli.clock().UTC().Add(t.ClockSkew).Truncate(time.Second), Command: "export", PID: os.Getpid(),
		Generation: t.Generation, OldFingerprint: auth.Fingerprint(t.RefreshToken),
	}
	if action == auth.ActionImport {
		e.Command, e.OldFingerprint = "import", ""
		e.NewFingerprint, e.AccessFingerprint = auth.Fingerprint(t.RefreshToken), t.Fingerprint()
	}
	return e
}

// cancelCommand takes a move back, ready to be typed.
func cancelCommand(p config.Profile) string { return "zoomtui export --cancel --profile " + p.Name }
