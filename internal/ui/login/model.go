package login

import (
	"context"

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
	browser bool // there is one to open on this machine

	try     *try // the newest; answers of older ones are dropped
	link    Link
	code    kit.QR // of the link
	phase   phase
	outcome Outcome
	who     string // the name, once the profile has been read

	side   side // what of the screen is in front
	device shortCode
	phone  phoneWay
	news   string // what happened last while it waited, in one sentence

	problem *explain.Problem // why this attempt failed
	pasted  *explain.Problem // why the last paste was refused
	input   textinput.Model
	raw     string         // the newest paste as it came
	shown   string         // and as the box shows it: on one line
	errors  *browserErrors // the list behind `e`, while it is open
}

// side is a part of the screen; the ways behind all of them go on waiting.
type side int

const (
	overview side = iota
	deviceSide
	phoneSide
)

// New returns the screen; Start begins the first attempt. person may be nil.
func New(ctx context.Context, signIns SignIns, person Person, canBack bool) *Model {
	return &Model{
		ctx: ctx, signIns: signIns, person: person, canBack: canBack,
		input: kit.NewInput("the address that the browser ended on"),
	}
}

// SetStyles is called at the start and when the terminal's background is known.
func (m *Model) SetStyles(st kit.Styles) { kit.StyleInput(&m.input, st) }

// SetBrowser says whether there is a browser to open on this machine.
func (m *Model) SetBrowser(there bool) { m.browser = there }

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
	case codeReady:
		return m.onCode(msg)
	case codeOver:
		m.onCodeOver(msg)
	case pageReady:
		return m.onPage(msg)
	case pageOver:
		m.onPageOver(msg)
	case brought:
		return m.onNews(msg)
	case turnTo:
		return m.turnTo(msg.side)
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
	return tea.Batch(m.wait(), m.listen())
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
		return kit.Ask(kit.HideLinks{})
	}
	m.phase, m.outcome, m.problem, m.pasted, m.errors = finished, msg.outcome, nil, nil, nil
	m.input.Blur()
	m.input.SetValue("")
	return tea.Batch(giveUp, kit.Ask(kit.HideLinks{}), kit.Ask(Completed{Outcome: msg.outcome}))
}

func (m *Model) fail(err error) {
	p := explain.Of(err)
	m.phase, m.problem = failed, &p
}
