package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// bindings are the keys that work now, the most important first.
func (m *Model) bindings() []key.Binding {
	keys := m.kit.Keys
	if d := m.frontDialog(); d != nil {
		return d.bindings(keys)
	}
	if m.setup != nil {
		return m.setup.Bindings(keys)
	}
	if m.login != nil {
		return m.loginBindings()
	}
	if m.typing() {
		return m.tabs[m.tab].screen.Bindings(&m.st, keys) // letters are text: nothing else is a key
	}
	own := m.tabs[m.tab].screen.Bindings(&m.st, keys)
	if _, ok := m.tabs[m.tab].screen.(owner); ok {
		return m.ownFirst(own)
	}
	return slices.Concat(m.everywhere(), own, m.moreEverywhere())
}

// loginBindings are the keys of the sign-in screen: its first ones, then the way
// out, then the rest. Where another profile was left for it, P is the way back and
// comes first.
func (m *Model) loginBindings() []key.Binding {
	keys := m.kit.Keys
	own := m.login.Bindings(keys)
	if m.login.Typing() {
		return own // letters are text: nothing else is a key
	}
	back := slices.ContainsFunc(own, func(b key.Binding) bool { return sameKey(b, keys.Back) })
	if m.opening > 1 && !back {
		own = append([]key.Binding{keys.Profiles}, own...)
	} else {
		own = append(own, keys.Profiles)
	}
	first := min(3, len(own))
	return slices.Concat(own[:first], []key.Binding{keys.Help, keys.Quit}, m.demoBindings(), own[first:])
}

// tokenBindings are the keys for the tokens, the way out first where the sign-in
// is over. What another machine has is not renewed here.
func (m *Model) tokenBindings() []key.Binding {
	keys, st := m.kit.Keys, &m.st
	over := st.SignedOutWhy() != nil && !st.Profile.ServerToServer()
	switch {
	case over && !st.Tokens.MovedAt.IsZero():
		return append(m.ownBindings(), keys.History)
	case over:
		return append(m.ownBindings(), keys.History, keys.Renew)
	case st.Tokens.SignedIn || st.Condition() == state.Unreadable || st.Profile.ServerToServer():
		return append([]key.Binding{keys.Renew}, m.ownBindings()...)
	default:
		return m.ownBindings()
	}
}

// ownBindings is what a profile of this kind has beside the keys of all.
func (m *Model) ownBindings() []key.Binding {
	switch {
	case !m.st.Profile.ServerToServer():
		return []key.Binding{m.kit.Keys.SignIn}
	case m.deps.User != nil:
		return []key.Binding{kit.UserKey()}
	default:
		return nil
	}
}

func (m *Model) demoBindings() []key.Binding {
	if m.deps.Demo == nil {
		return nil
	}
	return []key.Binding{m.kit.Keys.Faults}
}

// everywhere are the keys that work on every tab, the most important ones.
func (m *Model) everywhere() []key.Binding {
	keys := m.kit.Keys
	out := append([]key.Binding{keys.Help}, m.tokenBindings()...)
	out = append(out, keys.Profiles, keys.Quit)
	if m.tabs[m.tab].number != scopesTab {
		out = append(out, keys.Scopes)
	}
	return append(out, m.demoBindings()...)
}

// moreEverywhere are the rest of them.
func (m *Model) moreEverywhere() []key.Binding {
	keys := m.kit.Keys
	var out []key.Binding
	if m.st.SignedOutWhy() == nil || m.st.Profile.ServerToServer() {
		out = append(out, keys.History)
	}
	if m.revokes() {
		out = append(out, keys.Revoke)
	}
	return append(out, keys.NextTab, keys.Tabs)
}

// leading is how many keys of a tab that has many of its own come before the way
// out.
const leading = 6

// ownFirst are the keys where a tab has many of its own; a key that means
// something else there is not named with what it means elsewhere.
func (m *Model) ownFirst(own []key.Binding) []key.Binding {
	rest := slices.DeleteFunc(append(m.everywhere(), m.moreEverywhere()...), func(b key.Binding) bool {
		return slices.ContainsFunc(own, func(o key.Binding) bool { return o.Enabled() && sameKey(o, b) }) ||
			sameKey(b, m.kit.Keys.Help) || sameKey(b, m.kit.Keys.Quit)
	})
	first := min(leading, len(own))
	return slices.Concat([]key.Binding{m.kit.Keys.Help}, own[:first], []key.Binding{m.kit.Keys.Quit}, own[first:], rest)
}

func sameKey(a, b key.Binding) bool {
	return slices.ContainsFunc(a.Keys(), func(k string) bool { return slices.Contains(b.Keys(), k) })
}
