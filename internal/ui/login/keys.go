package login

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// key handles a key while no text is being typed.
func (m *Model) key(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	if m.underWay() {
		if cmd, done := m.sideKey(msg, keys); done {
			return cmd
		}
	}
	switch {
	case m.phase != finished && key.Matches(msg, keys.Again):
		return m.Start()
	case key.Matches(msg, keys.Back) && m.canBack && m.phase != finished:
		return kit.Ask(Cancelled{})
	case !m.underWay():
		return nil
	}
	switch {
	case key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.link.URL, What: "the link"})
	case key.Matches(msg, keys.Open):
		return kit.Ask(kit.OpenLink{URL: m.link.URL, Title: "Sign in to Zoom"})
	case key.Matches(msg, keys.Plain):
		return printPlain(m.link.URL, m.try)
	case m.link.CanDevice && key.Matches(msg, keys.Device):
		return m.showDevice()
	case key.Matches(msg, keys.Phone):
		return m.showPhone()
	case m.link.Tunnel != "" && key.Matches(msg, keys.Tunnel):
		return kit.Ask(kit.CopyText{Text: m.link.Tunnel, What: "the ssh line"})
	case key.Matches(msg, keys.Paste):
		return m.input.Focus()
	case key.Matches(msg, keys.Clear):
		m.emptyBox()
		return nil
	case m.person != nil && key.Matches(msg, keys.Approve):
		return m.play(m.person.Allow)
	case m.person != nil && key.Matches(msg, keys.Decline):
		return m.play(m.person.Decline)
	}
	return nil
}

// underWay says whether the link is shown and can be used.
func (m *Model) underWay() bool { return m.phase == waiting || m.phase == checking }

// sideKey handles what works on every side of the screen, and what works on
// the sides of the short code and of the phone alone.
func (m *Model) sideKey(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.QR):
		return m.showQR(keys), true
	case key.Matches(msg, keys.BrowserSays):
		m.errors = newBrowserErrors(m.link)
		return nil, true
	case m.side == overview:
		return nil, false
	case key.Matches(msg, keys.Back):
		m.side = overview
		return nil, true
	case m.side == phoneSide && m.link.CanDevice && key.Matches(msg, keys.Device):
		return m.showDevice(), true
	case m.side == deviceSide && key.Matches(msg, keys.Phone):
		return m.showPhone(), true
	case m.side == deviceSide:
		return m.deviceKey(msg, keys), true
	default:
		return m.phoneKey(msg, keys), true
	}
}

func (m *Model) deviceKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case m.device.alive() && key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.device.code.UserCode, What: "the short code"})
	case key.Matches(msg, keys.Again):
		return m.askCode()
	}
	return nil
}

func (m *Model) phoneKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case m.phone.alive() && key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.phone.page.URL, What: "the address"})
	case key.Matches(msg, keys.Again):
		return m.openPage(m.phone.address)
	case m.phone.movable() && key.Matches(msg, keys.Phone):
		return m.openPage(m.phone.next().Address)
	}
	return nil
}

// turnTo asks for a side from another place, such as a dialog.
type turnTo struct{ side side }

func (m *Model) turnTo(s side) tea.Cmd {
	if !m.underWay() {
		return nil
	}
	m.errors = nil
	switch s {
	case deviceSide:
		return m.showDevice()
	case phoneSide:
		return m.showPhone()
	default:
		m.side = overview
		return nil
	}
}

// Bindings are the keys that work here and now, for the footer and the help.
func (m *Model) Bindings(keys kit.Keys) []key.Binding {
	switch {
	case m.errors != nil:
		return m.errors.bindings(keys)
	case m.input.Focused():
		return []key.Binding{keys.Submit, keys.Clear, named(keys.Back, "leave the box")}
	case m.underWay() && m.side == deviceSide:
		return m.deviceBindings(keys)
	case m.underWay() && m.side == phoneSide:
		return m.phoneBindings(keys)
	}
	var out []key.Binding
	if m.canBack && m.phase != finished {
		out = append(out, keys.Back)
	}
	switch m.phase {
	case failed:
		out = append(out, keys.Again)
	case waiting, checking:
		out = append(out, m.linkBindings(keys)...)
	case starting, finished:
	}
	return out
}

// linkBindings are the keys of the overview.
func (m *Model) linkBindings(keys kit.Keys) []key.Binding {
	var out []key.Binding
	if m.person != nil {
		out = append(out, keys.Approve)
	}
	if m.pasted != nil {
		out = append(out, keys.Clear)
	}
	out = append(out, keys.Copy, keys.Plain)
	if m.browser {
		out = append(out, keys.Open)
	}
	if m.link.CanDevice {
		out = append(out, keys.Device)
	}
	out = append(out, keys.Phone)
	if m.link.Tunnel != "" {
		out = append(out, keys.Tunnel)
	}
	out = append(out, keys.Paste, keys.BrowserSays)
	if m.person != nil {
		out = append(out, keys.Decline)
	}
	return append(out, keys.QR, keys.Again)
}

func (m *Model) deviceBindings(keys kit.Keys) []key.Binding {
	out := []key.Binding{keys.Back}
	if m.device.asking {
		return append(out, keys.BrowserSays, keys.Phone)
	}
	if m.device.alive() {
		out = append(out, named(keys.Copy, "copy the code"))
	}
	return append(out, named(keys.Again, "new code"), keys.QR, keys.BrowserSays, keys.Phone)
}

func (m *Model) phoneBindings(keys kit.Keys) []key.Binding {
	out := []key.Binding{keys.Back}
	if m.phone.opening {
		return append(out, keys.BrowserSays)
	}
	if m.phone.alive() {
		out = append(out, named(keys.Copy, "copy the address"))
	}
	if len(m.phone.page.Others) > 1 {
		out = append(out, named(keys.Phone, "next address"))
	}
	out = append(out, named(keys.Again, "new page"), keys.QR, keys.BrowserSays)
	if m.link.CanDevice {
		out = append(out, keys.Device)
	}
	return out
}

// named is a binding with the words that fit the place.
func named(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}
