package ui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// userDialog asks whose data a Server-to-Server app is to show.
type userDialog struct {
	users   UserChooser
	ask     func(func(context.Context) tea.Msg) tea.Cmd // runs work in the profile's time
	input   textinput.Model
	wrong   string           // what is the matter with what was typed
	problem *explain.Problem // why the choice could not be kept
	asking  bool
	line    int // of the input, in the newest frame
}

// userChosen is what became of a choice.
type userChosen struct {
	dialog *userDialog
	user   string
	err    error
}

func (m *Model) openUser() tea.Cmd {
	d := &userDialog{users: m.deps.User, ask: m.bounded, input: kit.NewInput("e-mail or id")}
	kit.StyleInput(&d.input, m.kit.Styles)
	d.input.SetValue(m.st.Profile.User)
	d.input.CursorEnd()
	m.push(d)
	return d.input.Focus()
}

func (d *userDialog) paste(text string) {
	d.input, _ = d.input.Update(tea.PasteMsg{Content: strings.TrimSpace(text)})
}

// inputIndent is where the input begins, in cells.
const inputIndent = 3

func (d *userDialog) cursor() *tea.Cursor {
	cur := kit.InputCursor(d.input)
	if cur != nil {
		cur.X += inputIndent
		cur.Y = d.line
	}
	return cur
}

func (d *userDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	if d.asking {
		return nil, false
	}
	switch {
	case key.Matches(msg, keys.Submit):
		return d.submit(), false
	case key.Matches(msg, keys.Clear):
		d.input.SetValue("")
		return nil, false
	}
	d.wrong = ""
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	return cmd, false
}

func (d *userDialog) submit() tea.Cmd {
	user := strings.Trim(strings.TrimSpace(d.input.Value()), `"'<>`)
	switch {
	case user == "":
		d.wrong = "Type the e-mail address or the id of a user of this account."
		return nil
	case strings.ContainsAny(user, " \t/?#"):
		d.wrong = "Neither an e-mail address nor an id has blanks or slashes in it."
		return nil
	}
	d.asking, d.wrong, d.problem = true, "", nil
	users := d.users
	return d.ask(func(ctx context.Context) tea.Msg {
		return userChosen{dialog: d, user: user, err: users.UseUser(ctx, user)}
	})
}

func (m *Model) onUserChosen(msg userChosen) tea.Cmd {
	msg.dialog.asking = false
	if msg.err != nil {
		p := explain.Of(msg.err)
		msg.dialog.problem = &p
		return nil
	}
	m.drop(msg.dialog)
	m.st.Apply(state.UserChosen{User: msg.user})
	return m.loadAll()
}

func (d *userDialog) bindings(keys kit.Keys) []key.Binding {
	return []key.Binding{keys.Submit, keys.Clear, keys.Back}
}

func (d *userDialog) view(c kit.Context, w, h int) []string {
	s := c.Styles
	d.input.SetWidth(max(w-inputIndent-2, 8))
	lines := []string{" " + s.Strong.Render("Whose profile and meetings?")}
	if h >= 8 {
		lines = append(lines, "")
	}
	lines = append(lines, kit.Indented("A user of the app's account, by e-mail address or id. The choice is kept for this profile.", 1, w)...)
	d.line = len(lines)
	lines = append(lines, " "+s.Accent.Render("▸")+" "+d.input.View())
	switch {
	case d.asking:
		lines = append(lines, " "+s.Dim.Render("Keeping it…"))
	case d.wrong != "":
		lines = append(lines, kit.Warning(s, d.wrong, w)...)
	case d.problem != nil:
		lines = append(lines, kit.Problem(s, *d.problem, nil, w)...)
	}
	return lines[:min(len(lines), max(h, 0))]
}
