package setup

import (
	"context"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/kit"
)

// phase is what the screen shows.
type phase int

const (
	choosing    phase = iota // the kind of app
	filling                  // its id and secret
	registering              // what to enter at the Marketplace
	manifesting              // the manifest, to be copied
	asking                   // Zoom is being asked
	untested                 // Zoom could not be asked: save all the same?
	saving
	unsaved // it could not be written
	done    // it is written; the root opens it
	stuck   // it is written, but could not be opened
)

// Done tells the root that a profile was saved.
type Done struct{ Profile string }

// Left tells the root that the person went away. Nothing was written.
type Left struct{}

// Options are what a setup screen is made of.
type Options struct {
	Apps   Apps
	Preset App  // what is known already, its secret aside; an empty Kind is asked for
	Alone  bool // there is nothing to go back to: leaving asks first
}

// Model is the setup screen.
type Model struct {
	ctx    context.Context
	opts   Options
	styles kit.Styles

	app   *App // what the form holds; a pointer, so that printing the model prints no secret
	known []Known
	named bool   // the person has been asked for a name, or gave one
	offer string // the name that was proposed and not touched yet

	phase   phase
	leaving bool // the question whether to leave is in front
	choice  *form
	details *form
	pager   kit.Pager // of the page to register, or of the manifest

	wrong    string           // what is the matter with the entry at hand
	part     Part             // what Zoom refused in the last test
	problem  *explain.Problem // why, or why it could not be asked or saved
	manifest string

	run  int                // counts the commands; answers of older ones are dropped
	stop context.CancelFunc // ends the newest; nil when there is none
}

// New returns the screen; Start begins it.
func New(ctx context.Context, opts Options) *Model {
	app := opts.Preset
	app.Secret = "" // it is typed here or given by a command; presets travel too far for it
	opts.Preset = App{}
	m := &Model{ctx: ctx, opts: opts, app: &app, styles: kit.NewStyles(true), named: app.Profile != ""}
	if app.Kind == "" {
		app.Kind = marketplace.Kinds()[0].Name
	}
	m.choice = newChoice(m.app, m.styles)
	return m
}

// Start reads which profiles there are.
func (m *Model) Start() tea.Cmd { return m.readNames() }

// SetStyles is called at the start and when the terminal's background is known.
func (m *Model) SetStyles(st kit.Styles) {
	m.styles = st
	m.choice.setStyles(st)
	if m.details != nil {
		m.details.setStyles(st)
	}
}

// Typing says whether letters are text.
func (m *Model) Typing() bool { return m.phase == filling && !m.leaving }

// Step says how far the person has come.
func (m *Model) Step() string {
	step := 4
	switch m.phase {
	case choosing:
		step = 1
	case filling:
		step = 2
	case registering, manifesting:
		step = 3
	case asking, untested, saving, unsaved, done, stuck:
	}
	return "step " + strconv.Itoa(step) + " of 4"
}

// NotOpened says that the profile was saved but could not be opened.
func (m *Model) NotOpened(err error) {
	m.phase = stuck
	m.fail(err)
}

// Update handles the screen's messages and keys.
func (m *Model) Update(msg tea.Msg, c kit.Context) tea.Cmd {
	switch msg := msg.(type) {
	case namesRead:
		m.onNames(msg)
	case checked:
		return m.onChecked(msg)
	case saved:
		return m.onSaved(msg)
	case manifestMade:
		m.onManifest(msg)
	case tea.PasteMsg:
		if m.Typing() {
			m.write(tea.PasteMsg{Content: tidy(msg.Content)})
		}
	case tea.KeyPressMsg:
		return m.key(msg, c.Keys)
	}
	return nil
}

func (m *Model) onNames(msg namesRead) {
	if msg.err != nil {
		m.fail(msg.err) // shown under the kinds; saving would say it again
		return
	}
	m.known = msg.known
	if !m.named && m.app.Profile == "" {
		m.app.Profile = freeName(m.known)
		m.offer = m.app.Profile
	}
}

func (m *Model) fail(err error) {
	p := explain.Of(err)
	m.problem = &p
}

// fill opens the form for the kind that was chosen. What was entered before
// stays; a redirect address that only the other kind takes does not.
func (m *Model) fill() {
	m.app.Kind = m.choice.kind().Name
	switch {
	case m.app.Kind == marketplace.Public && m.app.RedirectURI == "":
		m.app.RedirectURI = loopbackRedirect
	case m.app.Kind == marketplace.Confidential && m.app.RedirectURI == loopbackRedirect:
		m.app.RedirectURI = ""
	}
	if m.app.Kind == marketplace.Confidential && m.app.Listen == "" {
		m.app.Listen = loopbackListen
	}
	m.details = newDetails(m.app, m.styles)
	m.phase, m.wrong, m.part, m.problem, m.named = filling, "", "", nil, true
}

// write hands a key or a paste to the entry at hand.
func (m *Model) write(msg tea.Msg) {
	m.wrong = ""
	before := *m.app
	if m.details.field().key == keyName && types(msg) {
		if m.app.Profile == m.offer { // a name of one's own takes the place of the proposal
			m.details.update(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		}
		m.offer = ""
	}
	m.details.update(msg)
	if *m.app != before {
		m.problem = nil // what Zoom refused is no longer what stands here
	}
}

// types says whether a message brings text, as a letter or a paste does.
func types(msg tea.Msg) bool {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return press.Text != ""
	}
	_, ok := msg.(tea.PasteMsg)
	return ok
}

// next leaves the entry at hand when it is right; after the last one all are
// looked at once more.
func (m *Model) next() {
	if m.wrong = m.details.field().check(tidied(*m.app), m.known); m.wrong != "" {
		return
	}
	if m.details.move(1) {
		return
	}
	app := tidied(*m.app)
	for _, field := range m.details.fields {
		if wrong := field.check(app, m.known); wrong != "" {
			m.details.goTo(field.key)
			m.wrong = wrong
			return
		}
	}
	*m.app = app
	m.phase, m.pager, m.part, m.problem = registering, kit.Pager{}, "", nil
}

// refused goes back to the entry that Zoom refused; the other ones keep what
// was typed.
func (m *Model) refused(err error) {
	m.fail(err)
	m.part = partOf(err, *m.app, m.problem.Facts)
	key := fieldOf(m.part)
	if key == "" {
		m.phase = choosing
		return
	}
	m.phase = filling
	m.details = newDetails(m.app, m.styles)
	m.details.goTo(key)
}

// leave goes away, after a question where something would be lost.
func (m *Model) leave() tea.Cmd {
	if !m.leaving && m.phase != stuck && (m.opts.Alone || m.app.ClientID != "" || m.app.Secret != "") {
		m.leaving = true
		return nil
	}
	m.halt()
	return kit.Ask(Left{})
}
