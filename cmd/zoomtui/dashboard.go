package main

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/qr"
	"zoomtui/internal/term"
	"zoomtui/internal/ui"
	"zoomtui/internal/ui/state"
)

// runDashboard opens the dashboard.
func runDashboard(cmd *cobra.Command, c *cli) (err error) {
	if err := c.needTerminal(); err != nil {
		return err
	}
	o, err := c.open("dashboard")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	return o.dashboard(cmd.Context(), nil)
}

// needTerminal refuses to draw into a file or a pipe.
func (c *cli) needTerminal() error {
	if isTerminal(c.in) && isTerminal(c.out) {
		return nil
	}
	return &config.Error{
		What: "the dashboard needs a terminal; in scripts use `zoomtui status --json` and `zoomtui token`",
	}
}

// dashboard shows the dashboard of a profile; demo is nil but in the demo.
func (o *opened) dashboard(ctx context.Context, demo ui.Demo) error {
	machine := term.FromEnv(o.cli.getenv)
	noColor := o.cli.flags.noColor || machine.NoColor
	keeper := tokenKeeper{o}
	tokens, trouble := keeper.Current(ctx)
	deps := ui.Deps{
		Profile:  o.shownProfile(demo != nil),
		Cached:   o.cachedAnswers(),
		Tokens:   tokens,
		Trouble:  trouble,
		Account:  account{o},
		Calendar: calendar{o},
		Keeper:   keeper,
		SignIns:  signIns{o},
		Opener:   term.NewOpener(machine),
		Demo:     demo,
		Clock:    o.cli.clock,
		Location: o.profile.Location(),
		Glyphs:   func(version string) []qr.Glyphs { return glyphs(machine.Glyphs(version, 0)) },
		NoColor:  noColor,
	}
	options := []tea.ProgramOption{
		tea.WithInput(o.cli.in), tea.WithOutput(o.cli.out),
		tea.WithoutSignalHandler(), // ctx ends with a signal; Bubble Tea would take SIGTERM for a wish to quit
	}
	if noColor {
		options = append(options, tea.WithColorProfile(colorprofile.Ascii))
	}
	return ui.Run(ctx, deps, options...)
}

// shownProfile is what the header says of the app.
func (o *opened) shownProfile(demo bool) state.Profile {
	id := o.app.ClientID
	return state.Profile{
		Name: o.profile.Name, Kind: string(o.app.Kind), ClientTail: id[max(0, len(id)-4):],
		RedirectURI: o.app.RedirectURI, Demo: demo,
	}
}

// glyphs are the ways to draw a QR code that the terminal is known to show.
func glyphs(set term.GlyphSet) []qr.Glyphs {
	var known []qr.Glyphs
	if set.HalfBlocks {
		known = append(known, qr.HalfBlocks)
	}
	if set.Sextants {
		known = append(known, qr.Thirds, qr.Sextants)
	}
	if set.Cells {
		known = append(known, qr.FullCells)
	}
	return known
}

// kindHasSignIn tells whether a person signs in to an app of this kind.
func kindHasSignIn(k auth.Kind) bool { return k != auth.S2S }
