package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/term"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// profilesDialog lists the apps that are set up and opens another one.
type profilesDialog struct {
	profiles Profiles
	ask      func(func(context.Context) tea.Msg) tea.Cmd // runs work in the profile's time
	canAdd   bool
	current  string // the profile on the screen

	rows    []ProfileRow
	known   bool             // the list has been read
	opening string           // the profile that is being opened
	problem *explain.Problem // why the list could not be read, or a profile not opened
	list    kit.List
}

type (
	profilesListed struct {
		dialog *profilesDialog
		rows   []ProfileRow
		err    error
	}
	profileOpened struct {
		dialog *profilesDialog
		name   string
		deps   Deps
		err    error
	}
)

func (m *Model) openProfiles() tea.Cmd {
	d := &profilesDialog{profiles: m.deps.Profiles, ask: m.bounded, canAdd: m.deps.Setup != nil, current: m.st.Profile.Name}
	m.push(d)
	return d.load()
}

func (d *profilesDialog) load() tea.Cmd {
	d.problem = nil
	return d.ask(func(ctx context.Context) tea.Msg {
		rows, err := d.profiles.List(ctx)
		for i := range rows {
			rows[i] = tamed(rows[i])
		}
		return profilesListed{dialog: d, rows: rows, err: err}
	})
}

// rowCells bounds the words of a row; the dialog cuts or wraps them further.
const rowCells = 200

// tamed makes what came from files and from Zoom safe to draw.
func tamed(r ProfileRow) ProfileRow {
	for _, text := range []*string{&r.Who, &r.Trouble, &r.ClientTail} {
		*text = term.Steady(term.Clean(*text, rowCells))
	}
	return r
}

func (d *profilesDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.Profiles):
		return nil, true
	case d.canAdd && key.Matches(msg, keys.Add):
		return kit.Ask(addProfile{}), true
	case !d.known && d.problem != nil && key.Matches(msg, keys.Renew):
		return d.load(), false
	case d.opening != "":
		return nil, false // one at a time; esc gives it up
	case key.Matches(msg, keys.Join):
		return d.open()
	}
	if d.list.Key(msg, keys) {
		d.problem = nil
	}
	return nil, false
}

// selected is the row under the cursor; nil when there is none.
func (d *profilesDialog) selected() *ProfileRow {
	if at := d.list.Cursor(); at >= 0 && at < len(d.rows) {
		return &d.rows[at]
	}
	return nil
}

func (d *profilesDialog) open() (tea.Cmd, bool) {
	row := d.selected()
	if row == nil {
		return nil, false
	}
	if row.Name == d.current {
		return nil, true
	}
	d.opening, d.problem = row.Name, nil
	name := row.Name
	return d.ask(func(ctx context.Context) tea.Msg {
		deps, err := d.profiles.Open(ctx, name)
		return profileOpened{dialog: d, name: name, deps: deps, err: err}
	}), false
}

func (m *Model) onProfilesListed(msg profilesListed) {
	d := msg.dialog
	if msg.err != nil {
		p := explain.Of(msg.err)
		d.problem = &p
		return
	}
	d.rows, d.known = msg.rows, true
	d.list.SetRows(len(d.rows), nil)
	for i := range d.rows {
		if row := &d.rows[i]; row.Name == d.current {
			d.list.MoveTo(i)
			if m.st.Condition() == state.Ended { // the store does not know what Zoom has said just now
				row.SignedIn, row.Standing = false, StandingEnded
			}
		}
	}
}

// onProfileOpened puts the profile on the screen, unless the person has closed
// the list meanwhile: then nothing changes.
func (m *Model) onProfileOpened(msg profileOpened) tea.Cmd {
	d := msg.dialog
	if !m.holds(d) || d.opening != msg.name {
		return nil
	}
	d.opening = ""
	if msg.err != nil {
		p := explain.Of(msg.err)
		d.problem = &p
		return nil
	}
	return m.switchTo(msg.deps)
}

// holds says whether a dialog is open, in front or behind another one.
func (m *Model) holds(d dialog) bool {
	for _, other := range m.dialogs {
		if other == d {
			return true
		}
	}
	return false
}

func (d *profilesDialog) bindings(keys kit.Keys) []key.Binding {
	var out []key.Binding
	if len(d.rows) > 0 && d.opening == "" {
		open := keys.Join
		open.SetHelp("enter", "open")
		out = append(out, open)
	}
	if !d.known && d.problem != nil {
		again := keys.Renew
		again.SetHelp("r", "try again")
		out = append(out, again)
	}
	if d.canAdd {
		add := keys.Add
		add.SetHelp("a", "add an app")
		out = append(out, add)
	}
	out = append(out, keys.Back)
	if len(d.rows) > 1 {
		out = append(out, keys.Down, keys.Up)
	}
	return out
}
