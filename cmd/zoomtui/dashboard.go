package main

import (
	"context"
	"errors"
	"sync"
	"time"

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

// runDashboard opens the dashboard; without an app, its setup screen.
func runDashboard(cmd *cobra.Command, c *cli) (err error) {
	if err := c.needTerminal(); err != nil {
		return err
	}
	b := c.newBoard(nil)
	defer func() { err = errors.Join(err, b.close()) }()
	o, err := c.open(b.command())
	switch {
	case errors.Is(err, config.ErrNoApp):
		return b.run(cmd.Context(), b.withoutApp())
	case err != nil:
		return err
	}
	return b.run(cmd.Context(), b.show(cmd.Context(), o))
}

// needTerminal refuses to draw into a file or a pipe.
func (c *cli) needTerminal() error {
	if isTerminal(c.in) && isTerminal(c.out) {
		if ok, reason := term.FromEnv(c.getenv).CanDraw(); !ok {
			return &config.Error{What: reason}
		}
		return nil
	}
	return &config.Error{
		What: "the dashboard needs a terminal; in scripts use `zoomtui status --json` and `zoomtui token`",
	}
}

// board is one run of the dashboard: the profiles that were opened in it, and
// what they share.
type board struct {
	cli     *cli
	machine term.Machine
	demo    ui.Demo // nil but in the demo

	mu     sync.Mutex
	opened []*opened // all of them until the end: one that was left may have a refresh under way
}

func (c *cli) newBoard(demo ui.Demo) *board {
	return &board{cli: c, machine: term.FromEnv(c.getenv), demo: demo}
}

// command is what a run of the dashboard is called in the history and in marks.
func (b *board) command() string {
	if b.demo != nil {
		return "demo"
	}
	return "dashboard"
}

// close waits for what is under way in each profile.
func (b *board) close() (err error) {
	b.mu.Lock()
	defer b.mu.Unlock() // a command that was left behind may be opening one more
	for _, o := range b.opened {
		err = errors.Join(err, o.close())
	}
	return err
}

// noColor tells whether attributes alone must do.
func (b *board) noColor() bool { return b.cli.flags.noColor || b.machine.NoColor }

// run shows the dashboard until it is quit.
func (b *board) run(ctx context.Context, deps ui.Deps) error {
	return ui.Run(ctx, deps, b.programOptions()...)
}

func (b *board) programOptions() []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithInput(b.cli.in), tea.WithOutput(b.cli.out),
		tea.WithoutSignalHandler(), // ctx ends with a signal; Bubble Tea would take SIGTERM for a wish to quit
	}
	if b.noColor() {
		options = append(options, tea.WithColorProfile(colorprofile.Ascii))
	}
	return options
}

// withoutApp is what the dashboard is given when there is no app yet.
func (b *board) withoutApp() ui.Deps {
	return ui.Deps{
		NoApp: true, Setup: setupApps{b.cli}, Profiles: b,
		Opener: term.NewOpener(b.machine), Clock: b.cli.clock, Location: time.Local,
		Glyphs: b.glyphs, NoColor: b.noColor(),
	}
}

// notification makes the terminal call the person, if the settings wish it.
func (b *board) notification() func(ui.Terminal, string) string {
	cfg, err := b.cli.loadConfig()
	if err != nil || !cfg.Notify() {
		return nil
	}
	notifier := term.NewNotifier(b.cli.getenv)
	return func(t ui.Terminal, text string) string { return notifier.Sequence(t.Version, text) }
}

// show is what the dashboard is given of a profile. The board closes it.
func (b *board) show(ctx context.Context, o *opened) ui.Deps {
	b.mu.Lock()
	b.opened = append(b.opened, o)
	b.mu.Unlock()
	deps := b.withoutApp()
	deps.NoApp = false
	keeper := tokenKeeper{o}
	o.recorder.KeepBodies(keptBodies)
	deps.News, deps.Notification = o.news(), b.notification()
	deps.ZoomNow, deps.Elapsed = o.source.Now, o.source.Elapsed
	if !o.fixed {
		_, _ = o.source.TokenWith(ctx, auth.TokenRequest{NoRefresh: true}) // from what is stored it learns how far this machine's clock is off
	}
	deps.Tokens, deps.Trouble = keeper.Current(ctx)
	deps.Profile, deps.Cached = o.shownProfile(b.demo != nil), o.cachedAnswers()
	deps.Account, deps.Calendar, deps.Keeper, deps.SignIns = account{o}, calendar{o}, keeper, b.signIns(o)
	deps.Lab, deps.Traffic, deps.Comparer = scopeLab{o}, traffic{o, b.demo != nil}, tokenComparer{o}
	deps.Demo, deps.Location = b.demo, o.profile.Location()
	if o.fixed { // the token is of the environment, and no profile goes with it
		deps.Profiles, deps.Setup = nil, nil
	} else {
		deps.History = tokenHistory{o}
	}
	if !kindHasSignIn(o.app.Kind) && !o.fixed {
		deps.User = userChooser{o}
	}
	return deps
}

// glyphs are the ways to draw a QR code, by what the terminal has answered.
func (b *board) glyphs(t ui.Terminal) []qr.Glyphs {
	return glyphs(b.machine.Glyphs(t.Version, term.DA2{Kind: t.Kind, Version: t.Number}))
}

// shownProfile is what the header says of the app.
func (o *opened) shownProfile(demo bool) state.Profile {
	return state.Profile{
		Name: o.profile.Name, Kind: string(o.app.Kind), ClientTail: tail(o.app.ClientID),
		RedirectURI: o.app.RedirectURI, User: o.profile.User, Demo: demo,
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
