package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/setup"
)

// addProfile asks for the setup screen.
type addProfile struct{}

// openSetup puts the setup screen in front; alone says that there is nothing
// behind it.
func (m *Model) openSetup(alone bool) tea.Cmd {
	if m.deps.Setup == nil {
		return nil
	}
	m.dialogs = nil
	m.setup = setup.New(m.ctx, setup.Options{Apps: m.deps.Setup, Preset: m.deps.Preset, Alone: alone})
	m.setup.SetStyles(m.kit.Styles)
	return m.setup.Start()
}

// onSetupDone opens the profile that was saved; where there is no dashboard to
// open it in, the program ends.
func (m *Model) onSetupDone(msg setup.Done) tea.Cmd {
	if m.deps.Profiles == nil {
		m.saved = msg.Profile
		return tea.Quit
	}
	asker, profiles := m.setup, m.deps.Profiles
	return m.bounded(func(ctx context.Context) tea.Msg {
		deps, err := profiles.Open(ctx, msg.Profile)
		return savedOpened{setup: asker, deps: deps, err: err}
	})
}

// savedOpened is the profile that the setup screen made.
type savedOpened struct {
	setup *setup.Model
	deps  Deps
	err   error
}

func (m *Model) onSavedOpened(msg savedOpened) tea.Cmd {
	switch {
	case msg.setup != m.setup || m.setup == nil:
		return nil
	case msg.err != nil:
		m.setup.NotOpened(msg.err)
		return nil
	}
	return m.switchTo(msg.deps)
}

// onSetupLeft goes back to what was there before; where there was nothing, the
// program ends.
func (m *Model) onSetupLeft() tea.Cmd {
	m.setup = nil
	if m.deps.NoApp {
		return tea.Quit
	}
	return nil
}
