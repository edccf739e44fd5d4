package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/transfer"
)

// importOptions are the flags of `zoomtui import`.
type importOptions struct{ force, allowCommand bool }

func newImport(c *cli) *cobra.Command {
	var opts importOptions
	cmd := &cobra.Command{
		Use:   "import [FILE]",
		Short: "Take over a sign-in from another machine",
		Long: `Reads what "zoomtui export" has written on another machine, from standard input or
from FILE, and stores the sign-in here; a profile that is not there yet is added to
config.toml. Zoom is not asked.

  ssh HOST zoomtui export --move | zoomtui import
  zoomtui import --profile work FILE

A sign-in that is here and good is not replaced without --force. A new profile whose
client secret is fetched by a command (client_secret_cmd) brings that command along; it
is shown, and refused without --allow-command, because it would be run here. Whatever
fails, the other machine still has the sign-in: zoomtui export --cancel there.

Exit codes: 0 it is here, 2 no usable export, or not for this profile, 7 it cannot be
stored.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(cmd, "%s takes one file, but got %q as well.", cmd.CommandPath(), args[1])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c.makes = true
			closes, err := c.importFrom(cmd, args)
			if err != nil {
				return err
			}
			defer closes()
			err = c.importSignIn(cmd.Context(), opts)
			if err == nil && len(args) == 1 {
				c.say("%s still holds the tokens; delete it.", clean(args[0]))
			}
			if _, told := errors.AsType[quiet](err); err == nil || told {
				return err
			}
			if cmd.Context().Err() != nil {
				c.say("Interrupted. %s", stillThere)
			}
			return &advised{err, explain.Step{Text: stillThere}}
		},
	}
	cmd.Flags().BoolVar(&opts.force, "force", false, "replace a sign-in that is here and good")
	cmd.Flags().BoolVar(&opts.allowCommand, "allow-command", false, "let the command that comes along fetch the client secret here")
	return cmd
}

// stillThere is what to do on the other machine when the import fails.
const stillThere = "Nothing is lost: the other machine still has the sign-in. To use it there again: zoomtui export --cancel"

// importFrom decides where the export is read from.
func (c *cli) importFrom(cmd *cobra.Command, args []string) (closes func(), err error) {
	if len(args) == 0 {
		if !isTerminal(c.in) {
			return func() {}, nil
		}
		wrong := usage(cmd, "Standard input is a terminal; there is nothing to read.")
		wrong.why = "Pipe in what the other machine exports: ssh HOST zoomtui export --move | zoomtui import. Or name a file: zoomtui import FILE"
		return nil, wrong
	}
	f, err := os.Open(args[0])
	if err != nil {
		return nil, &config.Error{What: err.Error(), Err: err}
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &config.Error{What: args[0] + " is a directory, and no file that zoomtui export wrote"}
	}
	if err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		err = &config.Error{
			What: fmt.Sprintf("%s is open to others (mode %04o), and it holds tokens", args[0], info.Mode().Perm()),
			Fix:  "chmod 600 " + explain.ShellWord(args[0]), Class: explain.Store,
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	c.in = f
	return func() { _ = f.Close() }, nil // only read
}

// importSignIn takes over the sign-in that is on standard input. What could keep
// it from being stored is found out before it is read.
func (c *cli) importSignIn(ctx context.Context, opts importOptions) (err error) {
	named := cmp.Or(c.flags.profile, c.getenv("ZOOMTUI_PROFILE"))
	if err := c.probe(); err != nil {
		return err
	}
	text, err := c.readInput(ctx, transfer.MaxSize+1)
	if err != nil {
		return err
	}
	e, err := transfer.Parse([]byte(text))
	if err != nil {
		return c.refuseImport("No sign-in came that could be taken over.", capital(sentence(err.Error())))
	}
	c.flags.profile = cmp.Or(named, e.Profile)
	place, err := c.placeFor(e)
	if err != nil {
		return err
	}
	if place.isNew && e.Settings.ClientSecretCmd != "" && !opts.allowCommand {
		return c.refuseCommand(e, place.profile.Name)
	}
	o, err := c.prepare(place.profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	c.sayCame(e, place)
	if remark := o.readyStore(ctx); remark != "" {
		c.say("%s", remark)
	}
	stored, err := o.takeOver(ctx, e, &place, opts.force)
	if err != nil {
		return err
	}
	o.record(o.transferEvent(auth.ActionImport, stored))
	if err := o.cache.clear(); err != nil { // it may be somebody else's
		c.say("%s", clean(err.Error()))
	}
	c.sayImported(place)
	return nil
}

// probe finds out whether anything can be stored here, before the export is read
// and gone. Which profile it is for is not known yet; all are kept in one place.
func (c *cli) probe() error {
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	store, err := auth.NewStore(c.paths.TokenDir(), cfg.Selected())
	if err != nil {
		return err
	}
	return store.Probe()
}

// takeOver stores the sign-in, and adds its profile first if that is missing: a
// profile without a sign-in harms nobody. Another import may have added it while the
// lock was waited for; at tells then that it is there.
func (o *opened) takeOver(ctx context.Context, e transfer.Export, at *place, force bool) (stored auth.Token, err error) {
	held, err := o.store.Lock(ctx)
	if err != nil {
		return auth.Token{}, err
	}
	defer func() { err = errors.Join(err, held.Unlock()) }()
	if at.isNew {
		if *at, err = o.cli.placeFor(e); err != nil {
			return auth.Token{}, err
		}
	}
	if err := o.replaceable(e, force); err != nil {
		return auth.Token{}, err
	}
	if at.isNew {
		if err := config.Edit(ctx, at.path, config.AddProfile(o.profile.Name, at.entry)); err != nil {
			return auth.Token{}, err
		}
	}
	stored, _, err = held.Import(e.Token)
	return stored, err
}

// replaceable tells why what is here must not be replaced by what came.
func (o *opened) replaceable(e transfer.Export, force bool) error {
	s, err := o.standing()
	switch {
	case errors.Is(err, auth.ErrDamaged), errors.Is(err, auth.ErrKeyring) && force:
		return nil // it is kept aside
	case err != nil:
		return err
	}
	here, came := s.token, e.Token
	same := !came.SignedInAt.IsZero() && here.SignedInAt.Equal(came.SignedInAt) && here.ClientID == came.ClientID
	what := fmt.Sprintf("signed in on %s, generation %d, fingerprint %s", o.day(here.SignedInAt), here.Generation, auth.Fingerprint(here.RefreshToken))
	switch {
	case same && here.Generation > came.Generation:
		return o.cli.refuse(explain.Problem{ // to use it on the other machine again would end it
			What:  "This sign-in is here already, and newer than what came.",
			Why:   fmt.Sprintf("Profile %s: %s. What came is generation %d: its refresh token is spent.", o.profile.Name, what, came.Generation),
			Next:  []explain.Step{{Text: "Nothing has to be done; it can be used here: zoomtui status --profile " + o.profile.Name}},
			Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage},
		})
	case s.why != nil, force:
		return nil // there is none that is good, or it is known what is given up
	case same && (here.Generation < came.Generation || here.RefreshToken == came.RefreshToken):
		return nil
	}
	return o.cli.refuseImport("There is a sign-in here already, and it was not replaced.",
		fmt.Sprintf("Profile %s: %s.", o.profile.Name, what),
		"Export again and import under another name: zoomtui import --profile NAME",
		"Or replace what is here: zoomtui import --force")
}

// refuseImport tells why what came was not taken over, and where it still is.
func (c *cli) refuseImport(what, why string, steps ...string) error {
	p := explain.Problem{
		What: what, Why: why,
		Next:  []explain.Step{{Text: stillThere}},
		Facts: explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage},
	}
	for _, step := range steps {
		p.Next = append(p.Next, explain.Step{Text: step})
	}
	return c.refuse(p)
}
