package ui

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/dashboard"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/meetings"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/token"
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
	ctx  context.Context
	deps Deps
	kit  kit.Context
	st   state.State

	tabs     []tab
	tab      int
	login    *login.Model // in front of the tabs while somebody signs in
	dialogs  []dialog     // the last one is in front of everything
	notice   notice
	schedule schedule
	seq      int // of the loads; answers of older ones are dropped
	tokenSeq int // of what changes the tokens; a read that began before is dropped

	width, height int
	focused       bool
	drawn         bool         // view is what View would draw
	view          tea.View     // the last one
	program       *tea.Program // nil in tests: then nothing is paced
	pace          *pacer
}

type tab struct {
	number, title string
	screen        screen
}

// New returns the root model. ctx ends every command that is under way.
func New(ctx context.Context, deps Deps) *Model {
	m := &Model{
		ctx: ctx, deps: deps, focused: true,
		kit: kit.Context{
			Keys:   kit.NewKeys(),
			Styles: kit.NewStyles(true),
			QR:     kit.QRContext{Known: deps.Glyphs(""), NoColor: deps.NoColor, Dark: true},
		},
		tabs: []tab{
			{"1", "Dashboard", dashboard.New()},
			{"2", "Meetings", meetings.New()},
			{"4", "Token", token.New()},
		},
	}
	m.st = state.New(deps.Profile, deps.Location, deps.Clock())
	m.st.Apply(state.FromCache{Cached: deps.Cached})
	m.st.Apply(state.TokensRead{Tokens: deps.Tokens, Err: deps.Trouble})
	return m
}

// Init asks for the terminal's background and starts what the first frame does
// not wait for.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, tea.RequestTerminalVersion, m.tick()}
	switch {
	case m.st.Tokens.SignedIn:
		cmds = append(cmds, m.loadAll())
	case m.deps.Trouble == nil:
		cmds = append(cmds, m.openLogin(false))
	}
	return tea.Batch(cmds...)
}

// Update routes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.drawn = false
	switch msg := msg.(type) {
	case tea.EnvMsg, tea.ColorProfileMsg, tea.KeyboardEnhancementsMsg, tea.ModeReportMsg, tea.KeyReleaseMsg:
		m.drawn = true // they change nothing here, and Bubble Tea sends several at the start
		return m, nil
	case tea.WindowSizeMsg:
		return m, m.resize(msg)
	case resized:
		if msg.width == m.width && msg.height == m.height {
			return m, m.redraw()
		}
		return m, nil
	case tea.BackgroundColorMsg:
		m.setDark(msg.IsDark())
		return m, nil
	case tea.TerminalVersionMsg:
		m.kit.QR.Known = m.deps.Glyphs(msg.Name)
		return m, nil
	case tea.FocusMsg, tea.BlurMsg:
		_, m.focused = msg.(tea.FocusMsg)
		return m, nil
	case tickMsg:
		return m, m.onTick(time.Time(msg))
	case tea.KeyPressMsg:
		return m, m.onKey(msg)
	case tea.PasteMsg:
		return m, m.toFront(msg)
	}
	if cmd, done := m.onResult(msg); done {
		return m, cmd
	}
	if cmd, done := m.onRequest(msg); done {
		return m, cmd
	}
	return m, m.toFront(msg)
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
}

// openLogin puts a new sign-in screen in front and starts it; back says whether
// there is a dashboard to return to.
func (m *Model) openLogin(back bool) tea.Cmd {
	var person login.Person
	if m.deps.Demo != nil {
		person = m.deps.Demo
	}
	next := login.New(m.ctx, m.deps.SignIns, person, back)
	next.Replace(m.login)
	next.SetStyles(m.kit.Styles)
	m.login, m.schedule.loginDone = next, time.Time{}
	return next.Start()
}

// closeLogin takes the sign-in screen away and gives its port back.
func (m *Model) closeLogin() tea.Cmd {
	m.schedule.loginDone = time.Time{}
	if m.login == nil {
		return nil
	}
	stop := m.login.Stop()
	m.login = nil
	return stop
}
