package login

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// phase is how far the sign-in has come.
type phase int

const (
	starting phase = iota
	waiting        // for the browser or a paste
	checking       // a paste or an approval is on its way
	finished       // tokens are stored
	failed         // this link is of no use any more
)

// Completed tells the root that the tokens are stored.
type Completed struct{ Outcome Outcome }

// Cancelled tells the root that the person went back without signing in.
type Cancelled struct{}

// Model is the sign-in screen.
type Model struct {
	ctx     context.Context
	signIns SignIns
	person  Person
	canBack bool // there is a dashboard to go back to

	try     *try // the newest; answers of older ones are dropped
	link    Link
	code    kit.QR // of the link
	phase   phase
	outcome Outcome
	who     string // the name, once the profile has been read

	problem *explain.Problem // why this attempt failed
	pasted  *explain.Problem // why the last paste was refused
	input   textinput.Model
	raw     string         // the newest paste as it came
	shown   string         // and as the box shows it: on one line
	errors  *browserErrors // the list behind `e`, while it is open
}

// New returns the screen; Start begins the first attempt. person may be nil.
func New(ctx context.Context, signIns SignIns, person Person, canBack bool) *Model {
	return &Model{
		ctx: ctx, signIns: signIns, person: person, canBack: canBack,
		input: kit.NewInput("the address that the browser ended on"),
	}
}

// SetStyles is called at the start and when the terminal's background is known.
func (m *Model) SetStyles(st kit.Styles) { kit.StyleInput(&m.input, st) }

// Link is the link at hand; its URL is empty before the attempt has begun.
func (m *Model) Link() Link { return m.link }

// Finished says whether the sign-in is complete.
func (m *Model) Finished() bool { return m.phase == finished }

// Typing says whether letters go into the paste box.
func (m *Model) Typing() bool { return m.input.Focused() }

// Name gives the screen the name of who signed in, once it is known.
func (m *Model) Name(name string) { m.who = name }

// Update handles the screen's messages and keys.
func (m *Model) Update(msg tea.Msg, c kit.Context) tea.Cmd {
	switch msg := msg.(type) {
	case started:
		return m.onStarted(msg)
	case ended:
		return m.onEnded(msg)
	case pasteDone:
		return m.onPasted(msg)
	case tea.PasteMsg:
		return m.paste(msg.Content)
	case tea.KeyPressMsg:
		if m.errors != nil {
			return m.errorKey(msg, c.Keys)
		}
		if m.input.Focused() {
			return m.boxKey(msg, c.Keys)
		}
		return m.key(msg, c.Keys)
	}
	return nil
}

func (m *Model) onStarted(msg started) tea.Cmd {
	if msg.try != m.try {
		msg.try.attempt = msg.attempt
		return closeTry(msg.try)
	}
	if msg.err != nil {
		m.fail(msg.err)
		return nil
	}
	m.try.attempt = msg.attempt
	m.link, m.code, m.phase = msg.attempt.Link(), msg.code, waiting
	return m.wait()
}

func (m *Model) onEnded(msg ended) tea.Cmd {
	var giveUp tea.Cmd
	if msg.try != m.try {
		if msg.err != nil {
			return nil
		}
		giveUp = m.Stop() // the older link was used all the same, and its tokens are stored
	}
	if msg.err != nil {
		m.fail(msg.err)
		return nil
	}
	m.phase, m.outcome, m.problem, m.pasted, m.errors = finished, msg.outcome, nil, nil, nil
	m.input.Blur()
	m.input.SetValue("")
	return tea.Batch(giveUp, kit.Ask(Completed{Outcome: msg.outcome}))
}

func (m *Model) onPasted(msg pasteDone) tea.Cmd {
	if msg.try != m.try || m.phase != checking {
		return nil
	}
	m.phase = waiting
	if msg.err != nil {
		p := explain.Of(msg.err)
		m.pasted = &p
	}
	return nil
}

func (m *Model) fail(err error) {
	p := explain.Of(err)
	m.phase, m.problem = failed, &p
}

// paste takes a bracketed paste: it always lands in the box, and is used at
// once when it is a whole answer.
func (m *Model) paste(text string) tea.Cmd {
	m.errors = nil
	m.input.SetValue(strings.Join(strings.Fields(text), ""))
	m.input.CursorEnd()
	m.raw, m.shown = text, m.input.Value()
	if m.phase == waiting && m.try.attempt.Whole(text) {
		return m.submit()
	}
	return m.input.Focus()
}

func (m *Model) submit() tea.Cmd {
	if m.phase != waiting {
		return nil
	}
	m.phase, m.pasted = checking, nil
	text := m.input.Value()
	if text == m.shown {
		text = m.raw // with its blanks, by which a sentence is told from a code
	}
	return pasteCmd(m.try, text)
}

func (m *Model) boxKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case msg.String() == "ctrl+c":
		return tea.Quit
	case key.Matches(msg, keys.Back, keys.Paste):
		m.input.Blur()
		return nil
	case key.Matches(msg, keys.Submit):
		return m.submit()
	case key.Matches(msg, keys.Clear):
		m.input.SetValue("")
		m.pasted = nil
		return nil
	}
	var cmd tea.Cmd
	m.input, cmd = m.input.Update(msg)
	return cmd
}
