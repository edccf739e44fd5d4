package ui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// faultsDialog holds the switches of the sandbox, so that a person can watch
// each failure and what the program makes of it.
type faultsDialog struct {
	demo   Demo
	faults []Fault
	list   kit.List
}

// faultSet is what became of a switch.
type faultSet struct {
	fault Fault
	err   error
}

func newFaultsDialog(demo Demo) *faultsDialog {
	d := &faultsDialog{demo: demo, faults: demo.Faults()}
	d.list.SetRows(len(d.faults), nil)
	return d
}

func (d *faultsDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.Faults):
		return nil, true
	case key.Matches(msg, keys.Join) || msg.String() == "space":
		return d.flip(), false
	}
	d.list.Key(msg, keys)
	return nil, false
}

func (d *faultsDialog) flip() tea.Cmd {
	at := d.list.Cursor()
	if at < 0 {
		return nil
	}
	fault, demo := d.faults[at], d.demo
	fault.On = !fault.On || !fault.Toggle
	return func() tea.Msg {
		return faultSet{fault: fault, err: demo.SetFault(fault.Name, fault.On)}
	}
}

func (m *Model) onFault(msg faultSet) tea.Cmd {
	if msg.err != nil {
		m.say(msg.err.Error())
		return nil
	}
	for _, d := range m.dialogs {
		if f, ok := d.(*faultsDialog); ok {
			f.faults = f.demo.Faults()
		}
	}
	switch {
	case !msg.fault.Toggle:
		m.say("Done: " + msg.fault.Title + ".")
	case msg.fault.On:
		m.say("On: " + msg.fault.Title + ". Press esc and watch.")
	default:
		m.say("Off: " + msg.fault.Title + ".")
	}
	if !m.st.Tokens.SignedIn || m.login != nil {
		return nil
	}
	if msg.fault.Scopes && msg.fault.On {
		return tea.Batch(m.renewFor(true, false), m.loadAll())
	}
	return m.loadAll()
}

func (d *faultsDialog) bindings(keys kit.Keys) []key.Binding {
	flip := keys.Join
	flip.SetHelp("enter", "switch")
	return []key.Binding{flip, keys.Down, keys.Up, keys.Back, keys.Top, keys.Bottom}
}

func (d *faultsDialog) view(c kit.Context, w, h int) []string {
	const below = 3 // a blank line, and the help of the selected one
	head := []string{" " + c.Styles.Strong.Render("What shall go wrong in the sandbox?"), ""}
	switch {
	case h < 12:
		head = nil
	case len(d.faults)+len(head)+below > h:
		head = head[:1]
	}
	first, end := d.list.Window(h - len(head) - below)
	lines := head
	if len(head) > 0 && end-first < len(d.faults) {
		of := fmt.Sprintf("%d to %d of %d", first+1, end, len(d.faults))
		lines[0] = kit.Spread(head[0], c.Styles.Dim.Render(of), w-1)
	}
	for i := first; i < end; i++ {
		lines = append(lines, d.row(c.Styles, i, w))
	}
	if at := d.list.Cursor(); at >= 0 {
		lines = append(lines, "")
		help := kit.Wrap(d.faults[at].Help, w-2)
		for _, l := range help[:min(len(help), below-1)] {
			lines = append(lines, " "+c.Styles.Dim.Render(l))
		}
	}
	return lines
}

func (d *faultsDialog) row(st kit.Styles, i, w int) string {
	f := d.faults[i]
	mark := "   "
	if i == d.list.Cursor() {
		mark = " " + st.Accent.Render("▸") + " "
	}
	state := ""
	switch {
	case !f.Toggle:
		state = st.Dim.Render("once")
	case f.On:
		state = st.Warn.Render("● on")
	default:
		state = st.Dim.Render("○ off")
	}
	return mark + kit.Fit(state, 7) + kit.Cut(f.Title, w-12)
}
