package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/qr"
	"zoomtui/internal/ui/setup"
)

// Run shows the dashboard until the person quits or ctx ends. Being
// interrupted is not an error.
func Run(ctx context.Context, deps Deps, options ...tea.ProgramOption) error {
	_, err := run(ctx, deps, options)
	return err
}

// SetupDeps is what the setup screen is given where it is a program of its own.
type SetupDeps struct {
	Apps    setup.Apps
	Preset  setup.App // what is known already; never a secret
	Clock   func() time.Time
	NoColor bool
}

// RunSetup shows the setup screen alone. saved is the profile that was saved;
// it is empty when the person left, after which nothing has been written.
func RunSetup(ctx context.Context, d SetupDeps, options ...tea.ProgramOption) (saved string, err error) {
	model, err := run(ctx, d.deps(), options)
	return model.saved, err
}

// deps makes a program without a dashboard out of the setup screen.
func (d SetupDeps) deps() Deps {
	return Deps{
		NoApp: true, Setup: d.Apps, Preset: d.Preset, Clock: d.Clock, Location: time.UTC, NoColor: d.NoColor,
		Glyphs: func(Terminal) []qr.Glyphs { return nil }, // no QR code is shown
	}
}

func run(ctx context.Context, deps Deps, options []tea.ProgramOption) (*Model, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the commands under way: Bubble Tea leaves them behind
	model := New(ctx, deps)
	defer model.close()
	program := tea.NewProgram(model, append([]tea.ProgramOption{tea.WithContext(ctx)}, options...)...)
	model.program = program
	_, err := program.Run()
	switch {
	case errors.Is(err, tea.ErrInterrupted) || errors.Is(err, context.Canceled):
		return model, context.Canceled
	case err != nil:
		return model, fmt.Errorf("run the dashboard: %w", err)
	}
	return model, nil
}

// close gives back what the model holds: the callback port of a sign-in that
// was not finished.
func (m *Model) close() {
	m.pace.stop()
	if m.login != nil {
		m.login.Close()
	}
	m.leave()
}
