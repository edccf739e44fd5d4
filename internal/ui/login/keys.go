package login

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// key handles a key while no text is being typed.
func (m *Model) key(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case m.phase != finished && key.Matches(msg, keys.Again):
		return m.Start()
	case key.Matches(msg, keys.Back) && m.canBack && m.phase != finished:
		return kit.Ask(Cancelled{})
	}
	if m.link.URL == "" || m.phase == finished || m.phase == failed {
		return nil
	}
	switch {
	case key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.link.URL, What: "the link"})
	case key.Matches(msg, keys.Open):
		return kit.Ask(kit.OpenLink{URL: m.link.URL, Title: "Sign in to Zoom"})
	case key.Matches(msg, keys.QR):
		return kit.Ask(kit.ShowQR{Code: m.code, Title: "Sign in to Zoom"})
	case key.Matches(msg, keys.Plain):
		return printPlain(m.link.URL, m.try)
	case key.Matches(msg, keys.BrowserSays):
		m.errors = newBrowserErrors(m.link.RedirectURI)
		return nil
	case key.Matches(msg, keys.Paste):
		return m.input.Focus()
	case key.Matches(msg, keys.Clear):
		m.input.SetValue("")
		m.pasted = nil
		return nil
	case m.person != nil && key.Matches(msg, keys.Approve):
		return m.play(m.person.Allow)
	case m.person != nil && key.Matches(msg, keys.Decline):
		return m.play(m.person.Decline)
	}
	return nil
}

// Bindings are the keys that work here and now, for the footer and the help.
func (m *Model) Bindings(keys kit.Keys) []key.Binding {
	if m.errors != nil {
		copyURI := keys.Copy
		copyURI.SetHelp("c", "copy the redirect address")
		return []key.Binding{keys.Back, keys.Down, keys.Up, copyURI}
	}
	if m.input.Focused() {
		leave := keys.Back
		leave.SetHelp("esc", "leave the box")
		return []key.Binding{keys.Submit, keys.Clear, leave}
	}
	var out []key.Binding
	if m.canBack && m.phase != finished {
		out = append(out, keys.Back)
	}
	switch m.phase {
	case failed:
		out = append(out, keys.Again)
	case waiting, checking:
		if m.person != nil {
			out = append(out, keys.Approve)
		}
		out = append(out, keys.Copy, keys.Plain, keys.Open, keys.BrowserSays)
		if m.person != nil {
			out = append(out, keys.Decline)
		}
		out = append(out, keys.Paste, keys.QR, keys.Again)
	case starting, finished:
	}
	return out
}
