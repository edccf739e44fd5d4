package ui

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/setup"
	"zoomtui/internal/ui/state"
)

// screen is one tab.
type screen interface {
	Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd
	View(st *state.State, c kit.Context, w, h int) kit.Frame
	Bindings(st *state.State, k kit.Keys) []key.Binding
}

// Model is the root: it owns the state, routes messages to the screen in
// front, and turns what screens ask for into commands.
type Model struct {
	life context.Context // of the program
	kit  kit.Context

	// What belongs to one profile; adopt makes it anew.
	ctx      context.Context    // of the profile: its commands end with it
	leave    context.CancelFunc // ends ctx
	opening  int                // counts the profiles opened; answers to earlier ones are dropped
	deps     Deps
	st       state.State
	tabs     []tab
	tab      int
	from     int          // the tab that was in front when a call to judge came
	login    *login.Model // in front of the tabs while somebody signs in
	setup    *setup.Model // in front of both while an app is set up
	dialogs  []dialog     // the last one is in front of everything
	notice   notice
	schedule schedule
	up       time.Duration // by Deps.Elapsed, at the newest tick
	alarm    alarm
	seq      int // of the loads; answers of older ones are dropped
	tokenSeq int // of what changes the tokens; a read that began before is dropped
	asked    int // the tokenSeq of a sign-in whose data is being asked for already

	// What belongs to the window.
	width, height int
	focused       bool // as far as the terminal tells
	tellsFocus    bool // it does
	terminal      Terminal
	drawn         bool         // view is what View would draw
	view          tea.View     // the last one
	program       *tea.Program // nil in tests: then nothing is paced
	pace          *pacer
	saved         string // the profile that the setup saved, where there is no dashboard to open
}

type tab struct {
	number, title string
	screen        screen
}

// New returns the root model. ctx ends every command that is under way.
func New(ctx context.Context, deps Deps) *Model {
	m := &Model{
		life: ctx, focused: true,
		kit: kit.Context{Keys: kit.NewKeys(), Styles: kit.NewStyles(true), QR: kit.QRContext{Dark: true}},
	}
	m.adopt(deps)
	return m
}

// Init asks for the terminal's background and starts what the first frame does
// not wait for.
func (m *Model) Init() tea.Cmd {
	return m.mine(tea.Batch(tea.RequestBackgroundColor, tea.RequestTerminalVersion, kit.RequestDA2, m.tick(), m.awaitNews(), m.enter()))
}

// Update routes one message. An answer to a profile that is no longer open
// changes nothing.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if a, ok := msg.(answer); ok {
		if a.opening != m.opening {
			return m, nil
		}
		msg = a.msg
	}
	switch msg.(type) {
	case tea.EnvMsg, tea.ColorProfileMsg, tea.KeyboardEnhancementsMsg, tea.ModeReportMsg, tea.KeyReleaseMsg:
		return m, nil // they change nothing here, and Bubble Tea sends several at the start
	}
	m.drawn = false
	return m, m.mine(m.route(msg))
}

func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return m.resize(msg)
	case resized:
		if msg.width == m.width && msg.height == m.height {
			return m.redraw()
		}
		return nil
	case tea.BackgroundColorMsg:
		m.setDark(msg.IsDark())
		return nil
	case tea.TerminalVersionMsg:
		m.terminal.Version = msg.Name
		m.kit.QR.Known = m.deps.Glyphs(m.terminal)
		return nil
	case tea.FocusMsg, tea.BlurMsg:
		_, m.focused = msg.(tea.FocusMsg)
		m.tellsFocus = true
		return nil
	case tickMsg:
		return m.onTick(msg)
	case tea.KeyPressMsg:
		return m.onKey(msg)
	case tea.PasteMsg:
		return m.toFront(msg)
	}
	if kind, number, ok := kit.DA2(msg); ok {
		m.terminal.Kind, m.terminal.Number = kind, number
		m.kit.QR.Known = m.deps.Glyphs(m.terminal)
		return nil
	}
	if cmd, done := m.onResult(msg); done {
		return cmd
	}
	if cmd, done := m.onRequest(msg); done {
		return cmd
	}
	return m.toFront(msg)
}

// resizeSettles is how long after the last change of the size the window is
// written anew.
const resizeSettles = 120 * time.Millisecond

// resized says that the size has not changed for a while.
type resized struct{ width, height int }

// resize takes the new size. The renderer draws it at once, but then no longer
// knows what stands in the part that was added; a whole frame afterwards, on
// its own, tells it.
func (m *Model) resize(msg tea.WindowSizeMsg) tea.Cmd {
	first := m.width == 0
	m.width, m.height = msg.Width, msg.Height
	m.kit.Columns, m.kit.Rows = msg.Width, msg.Height
	if m.pace == nil && m.program != nil {
		m.pace = newPacer(m.program)
	}
	if first {
		return nil
	}
	return tea.Tick(resizeSettles, func(time.Time) tea.Msg { return resized{msg.Width, msg.Height} })
}

// redraw writes the whole window again, whatever the terminal shows.
func (m *Model) redraw() tea.Cmd {
	m.pace.hurry()
	return tea.ClearScreen
}

func (m *Model) setDark(dark bool) {
	m.kit.Styles = kit.NewStyles(dark)
	m.kit.QR.Dark = dark
	if m.login != nil {
		m.login.SetStyles(m.kit.Styles)
	}
	if m.setup != nil {
		m.setup.SetStyles(m.kit.Styles)
	}
}
