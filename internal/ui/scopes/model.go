// Package scopes is the third tab, the scope lab: what is granted, which scope a
// call needs, and what to do now.
package scopes

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/marketplace"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// Model is the scopes tab.
type Model struct {
	ctx     context.Context // of the profile
	lab     Lab             // nil: there is no table here
	history History         // nil: nothing is remembered
	keys    kit.ScopeKeys

	catalogue *scope.Catalogue // nil: not loaded yet
	loading   bool
	trouble   string    // why there is no table
	later     []tea.Msg // what needs the table and came before it

	tokens   identity // what the facts below were made of
	revision int      // changes with them
	app      scope.App
	open     map[string]bool // the calls that the granted scopes open
	seen     seen            // the sign-in before the next one
	news     *news           // what the last sign-in has brought; nil: nothing to tell
	recheck  recheck
	seq      int // of what is asked for; older answers are dropped

	pages  []page // the last one is in front; the first is the overview
	marked []scope.Endpoint
	run    run
	past   past
	away   bool // the page on the overview was asked for by another tab
}

// New returns the scopes tab. ctx ends its calls; lab and history may be nil.
func New(ctx context.Context, lab Lab, history History) *Model {
	m := &Model{ctx: ctx, lab: lab, history: history, keys: kit.NewScopeKeys()}
	m.pages = []page{&overview{}}
	return m
}

// Typing says whether letters go into a box.
func (m *Model) Typing() bool {
	w, ok := m.front().(writer)
	return ok && w.typing()
}

// Update handles the tab's keys, kit.Examine, and what the tab's own commands
// bring back.
func (m *Model) Update(msg tea.Msg, st *state.State, c kit.Context) tea.Cmd {
	s := scene{m, st, c}
	switch msg := msg.(type) {
	case kit.Look:
		m.sync(st)
		return m.load()
	case kit.Examine:
		return m.examine(msg, s)
	case tea.KeyPressMsg:
		m.sync(st)
		return tea.Batch(m.load(), m.onKey(msg, s))
	case tea.PasteMsg:
		m.sync(st)
		return tea.Batch(m.load(), m.onPaste(msg.Content, s))
	case pasted:
		return m.onPasted(msg, s)
	case loaded:
		return m.onLoaded(msg, s)
	case tried:
		m.onTried(msg, s)
	case probed:
		return m.onProbed(msg, s)
	case probeNext:
		return m.onProbeNext(msg)
	case recheckDue:
		return m.onRecheck(msg, s)
	case pastRead:
		m.onPast(msg)
	default:
		if w, ok := m.front().(writer); ok && w.typing() {
			return w.other(msg, s)
		}
	}
	return nil
}

// onKey gives a key to the page in front, then to what works on every page.
func (m *Model) onKey(msg tea.KeyPressMsg, s scene) tea.Cmd {
	if cmd, done := m.front().key(msg, s); done {
		return cmd
	}
	if m.Typing() {
		return nil
	}
	k := m.keys
	switch {
	case key.Matches(msg, s.c.Keys.Back):
		return m.onBack()
	case key.Matches(msg, k.Search):
		return m.openSearch("", s)
	case key.Matches(msg, k.AllScopes):
		m.away = false // from here on, esc does not leave the tab
		m.home()
	case key.Matches(msg, k.WhatIf):
		return m.openWhatIf(s)
	case key.Matches(msg, k.Probe):
		m.openProbe()
	case m.history != nil && key.Matches(msg, k.Past):
		return m.openPast()
	case key.Matches(msg, k.Export):
		return m.openExport(s)
	case key.Matches(msg, k.Market):
		return m.openMarket()
	case key.Matches(msg, k.SignIn):
		return m.signIn(s)
	}
	return nil
}

// openMarket opens the Marketplace, with the scope that a verdict says to add.
func (m *Model) openMarket() tea.Cmd {
	link := kit.OpenLink{URL: marketplace.Address, Title: "Zoom's App Marketplace"}
	if p, ok := m.front().(*verdictPage); ok {
		link.Name = p.toCopy()
	}
	return kit.Ask(link)
}

// onBack leads to the page below, or to the tab that had asked for this one.
func (m *Model) onBack() tea.Cmd {
	m.news = nil
	if m.away && len(m.pages) == 2 {
		m.away = false
		m.home()
		return kit.Ask(kit.GoBack{})
	}
	m.back()
	return nil
}

// Bindings are the keys that work on this tab.
func (m *Model) Bindings(st *state.State, keys kit.Keys) []key.Binding {
	m.sync(st)
	s := scene{m, st, kit.Context{Keys: keys}}
	own := m.front().bindings(s)
	if m.Typing() {
		return own
	}
	k := m.keys
	common := []key.Binding{k.Search, k.WhatIf, k.Export, m.signInKey(st), k.Market}
	if _, ok := m.front().(*probePage); !ok {
		common = append(common, k.Probe)
	}
	if m.history != nil {
		common = append(common, k.Past)
	}
	if len(m.pages) > 1 {
		own = slices.Insert(own, min(beforeBack, len(own)), keys.Back)
		common = append(common, k.AllScopes)
	}
	return distinct(append(own, common...))
}

// beforeBack is how many keys of a page are named before the way back at most.
const beforeBack = 3

// distinct keeps the first binding of each key.
func distinct(all []key.Binding) []key.Binding {
	taken := map[string]bool{}
	var out []key.Binding
	for _, b := range all {
		if len(b.Keys()) == 0 || taken[b.Keys()[0]] {
			continue
		}
		taken[b.Keys()[0]] = true
		out = append(out, b)
	}
	return out
}

// Owns says whether a key means something here that it does not mean elsewhere.
func (m *Model) Owns(msg tea.KeyPressMsg, st *state.State) bool {
	if key.Matches(msg, m.keys.Export) {
		return true // never the end of the sign-in, which x is elsewhere
	}
	o, ok := m.front().(owner)
	return ok && o.owns(msg, scene{m: m, st: st})
}

// owner is a page on which a key means something else than everywhere.
type owner interface {
	owns(msg tea.KeyPressMsg, s scene) bool
}

// View draws the tab in w×h cells.
func (m *Model) View(st *state.State, c kit.Context, w, h int) kit.Frame {
	m.sync(st)
	return m.front().view(scene{m, st, c}, w, h)
}
