package setup

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui/kit"
)

// named gives a binding the words for what it does here.
func named(b key.Binding, desc string) key.Binding {
	b.SetHelp(b.Help().Key, desc)
	return b
}

// The keys of this screen alone.

func scopesKey() key.Binding {
	return key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "copy the scopes"))
}

func manifestKey() key.Binding {
	return key.NewBinding(key.WithKeys("m"), key.WithHelp("m", "manifest"))
}

func nextKey() key.Binding {
	return key.NewBinding(key.WithKeys("tab", "down"), key.WithHelp("tab", "next entry"))
}

func previousKey() key.Binding {
	return key.NewBinding(key.WithKeys("shift+tab", "up"), key.WithHelp("shift+tab", "entry before"))
}

func stayKey() key.Binding {
	return key.NewBinding(key.WithKeys("n", "esc"), key.WithHelp("esc", "stay"))
}

func (m *Model) key(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	if m.leaving {
		return m.leavingKey(msg, keys)
	}
	if m.phase == saving || m.phase == done {
		return nil // a moment; what is being written cannot be called back
	}
	if m.phase != filling && key.Matches(msg, keys.Quit) {
		return m.leave()
	}
	switch m.phase {
	case choosing:
		return m.choosingKey(msg, keys)
	case filling:
		m.fillingKey(msg, keys)
		return nil
	case registering:
		return m.registeringKey(msg, keys)
	case manifesting:
		return m.manifestKey(msg, keys)
	case asking:
		if key.Matches(msg, keys.Back) {
			m.halt()
			m.phase = registering
		}
	case untested, unsaved:
		return m.questionKey(msg, keys)
	case stuck:
		return m.stuckKey(msg, keys)
	case saving, done:
	}
	return nil
}

func (m *Model) leavingKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Yes):
		return m.leave()
	case key.Matches(msg, stayKey()):
		m.leaving = false
	}
	return nil
}

func (m *Model) choosingKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Submit):
		m.fill()
	case key.Matches(msg, keys.Back):
		return m.leave()
	case m.problem != nil && key.Matches(msg, keys.Renew):
		m.problem = nil
		return m.readNames()
	default:
		m.choice.update(msg)
	}
	return nil
}

func (m *Model) fillingKey(msg tea.KeyPressMsg, keys kit.Keys) {
	switch {
	case key.Matches(msg, keys.Back):
		m.phase, m.wrong, m.part, m.problem = choosing, "", "", nil
	case key.Matches(msg, keys.Submit):
		m.next()
	case key.Matches(msg, nextKey()):
		m.wrong = ""
		m.details.move(1)
	case key.Matches(msg, previousKey()):
		m.wrong = ""
		m.details.move(-1)
	default:
		m.write(msg)
	}
}

func (m *Model) registeringKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Submit):
		return m.test()
	case key.Matches(msg, keys.Back):
		m.phase, m.problem = filling, nil
	case m.app.RedirectURI != "" && key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.app.RedirectURI, What: "the redirect address"})
	case key.Matches(msg, scopesKey()):
		return kit.Ask(kit.CopyText{Text: strings.Join(m.scopes(), "\n"), What: "the names of the scopes"})
	case m.hasManifest() && key.Matches(msg, manifestKey()):
		return m.makeManifest()
	default:
		m.pager.Key(msg, keys)
	}
	return nil
}

func (m *Model) manifestKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Back, manifestKey()):
		m.phase, m.pager = registering, kit.Pager{}
	case key.Matches(msg, keys.Copy):
		return kit.Ask(kit.CopyText{Text: m.manifest, What: "the manifest"})
	default:
		m.pager.Key(msg, keys)
	}
	return nil
}

// questionKey answers the questions after a test or a write that failed.
func (m *Model) questionKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Back):
		m.phase, m.problem = registering, nil
	case m.phase == untested && key.Matches(msg, keys.Yes), m.phase == unsaved && key.Matches(msg, keys.Renew):
		return m.save()
	case m.phase == untested && key.Matches(msg, keys.Renew):
		return m.test()
	}
	return nil
}

func (m *Model) stuckKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Renew):
		m.phase, m.problem = done, nil
		return kit.Ask(Done{Profile: m.app.Profile})
	case key.Matches(msg, keys.Back):
		return kit.Ask(Left{})
	}
	return nil
}

// scopes are the names of the scopes to tick.
func (m *Model) scopes() []string {
	var names []string
	for _, s := range marketplace.Scopes(m.app.Kind) {
		names = append(names, s.Name)
	}
	return names
}

// hasManifest says whether the Marketplace takes a manifest of such an app.
func (m *Model) hasManifest() bool { return m.app.Kind != marketplace.S2S }

// Bindings are the keys that work here and now.
func (m *Model) Bindings(keys kit.Keys) []key.Binding {
	if m.leaving {
		return []key.Binding{named(keys.Yes, "leave"), stayKey()}
	}
	again := named(keys.Renew, "try again")
	switch m.phase {
	case choosing:
		out := []key.Binding{named(keys.Submit, "choose"), keys.Down, keys.Up, named(keys.Back, "leave"), keys.Help}
		if m.problem != nil {
			out = append(out, again)
		}
		return out
	case filling:
		return []key.Binding{named(keys.Submit, "next"), keys.Back, nextKey(), previousKey(), named(keys.Clear, "empty")}
	case registering:
		return m.registeringBindings(keys)
	case manifesting:
		return append([]key.Binding{named(keys.Copy, "copy it"), keys.Back}, m.pager.Bindings(keys)...)
	case asking:
		return []key.Binding{named(keys.Back, "stop")}
	case untested:
		return []key.Binding{named(keys.Yes, "save untested"), again, keys.Back}
	case unsaved:
		return []key.Binding{again, keys.Back}
	case stuck:
		return []key.Binding{again, named(keys.Back, "leave")}
	case saving, done:
	}
	return nil
}

func (m *Model) registeringBindings(keys kit.Keys) []key.Binding {
	out := []key.Binding{named(keys.Submit, "test it")}
	if m.app.RedirectURI != "" {
		out = append(out, named(keys.Copy, "copy the address"))
	}
	out = append(out, scopesKey(), keys.Back)
	if m.hasManifest() {
		out = append(out, manifestKey())
	}
	return append(append(out, m.pager.Bindings(keys)...), keys.Help)
}
