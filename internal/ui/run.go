package ui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// Run shows the dashboard until the person quits or ctx ends. Being
// interrupted is not an error.
func Run(ctx context.Context, deps Deps, options ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the commands under way: Bubble Tea leaves them behind
	model := New(ctx, deps)
	defer model.close()
	program := tea.NewProgram(model, append([]tea.ProgramOption{tea.WithContext(ctx)}, options...)...)
	model.program = program
	_, err := program.Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	if err != nil {
		return fmt.Errorf("run the dashboard: %w", err)
	}
	return nil
}

// close gives back what the model holds: the callback port of a sign-in that
// was not finished.
func (m *Model) close() {
	m.pace.stop()
	if m.login != nil {
		m.login.Close()
	}
}
