package requests

import (
	"slices"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// timeline is the list of calls, the newest first.
type timeline struct {
	kit.List
	all    []Call
	rows   []Call // of all, what the filter lets through
	state  int    // number of the state that all is; -1: none yet
	fresh  int    // rows above the window that nobody has seen
	filter textinput.Model
}

// callsRead is the newest state of the log.
type callsRead struct {
	calls []Call
	state int
}

func newTimeline() timeline {
	return timeline{state: -1, filter: kit.NewInput("words, a status, 4xx, or ! for what failed")}
}

// take shows a newer state. The cursor stays on its call, and what is in sight
// stays where it is; only the top of the list goes on showing the newest.
func (t *timeline) take(msg callsRead) {
	if msg.state == t.state {
		return
	}
	t.all, t.state = msg.calls, msg.state
	t.regroup()
}

// regroup makes the rows anew after the calls or the filter have changed.
func (t *timeline) regroup() {
	before, selected, top := t.rows, t.selected(), t.Cursor() <= 0
	want := t.filter.Value()
	t.rows = t.all
	if want != "" {
		t.rows = matching(t.all, want)
	}
	if len(before) == 0 || top {
		t.fresh = 0
		t.SetRows(len(t.rows), nil)
		t.MoveTo(0)
		return
	}
	grown := slices.IndexFunc(t.rows, func(c Call) bool { return c.Seq == before[0].Seq })
	if grown >= 0 {
		t.fresh += grown
		t.Grow(grown, len(t.rows))
	}
	t.SetRows(len(t.rows), nil)
	if at := slices.IndexFunc(t.rows, func(c Call) bool { return c.Seq == selected.Seq }); at >= 0 {
		t.MoveTo(at)
	}
}

// selected is the call under the cursor; its number is 0 when there is none.
func (t *timeline) selected() Call {
	if at := t.Cursor(); at >= 0 && at < len(t.rows) {
		return t.rows[at]
	}
	return Call{}
}

// typed puts text into the filter.
func (t *timeline) typed(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	before := t.filter.Value()
	t.filter, cmd = t.filter.Update(msg)
	if t.filter.Value() != before {
		t.regroup()
	}
	return cmd
}

// filterKey handles a key while the filter is being written.
func (t *timeline) filterKey(msg tea.KeyPressMsg, keys kit.Keys) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Back):
		t.unfilter()
		return nil
	case key.Matches(msg, keys.Submit), msg.String() == "down", msg.String() == "up":
		t.filter.Blur()
		return nil
	}
	return t.typed(msg)
}

func (t *timeline) unfilter() {
	t.filter.Blur()
	if t.filter.Value() != "" {
		t.filter.SetValue("")
		t.regroup()
	}
}

// listKey handles a key while the timeline is in front.
func (m *Model) listKey(msg tea.KeyPressMsg, c kit.Context) tea.Cmd {
	t, k := &m.list, m.keys
	if t.filter.Focused() {
		return t.filterKey(msg, c.Keys)
	}
	if t.Key(msg, c.Keys) {
		return nil
	}
	switch {
	case key.Matches(msg, c.Keys.Filter):
		kit.StyleInput(&t.filter, c.Styles)
		return t.filter.Focus()
	case key.Matches(msg, k.Console):
		return m.openLine(c)
	case key.Matches(msg, c.Keys.Back):
		t.unfilter()
		return nil
	case key.Matches(msg, k.Export) && len(t.all) > 0:
		return m.export()
	}
	seq := t.selected().Seq
	if seq == 0 {
		return nil
	}
	switch {
	case key.Matches(msg, k.Open):
		return m.open(seq)
	case key.Matches(msg, k.Curl):
		return m.copyCurl(seq)
	case key.Matches(msg, k.Verdict):
		return m.examine(seq)
	}
	return nil
}

// Bindings are the keys that work on this tab.
func (m *Model) Bindings(_ *state.State, keys kit.Keys) []key.Binding {
	k, t := m.keys, &m.list
	switch {
	case m.running != nil:
		return []key.Binding{named(keys.Back, "cancel")}
	case m.line != nil:
		return m.lineBindings(keys)
	case m.call != nil:
		return m.callBindings(keys)
	case t.filter.Focused():
		return []key.Binding{named(keys.Submit, "to the list"), named(keys.Back, "no filter")}
	}
	var out []key.Binding
	if t.selected().Seq != 0 {
		out = append(out, k.Open)
	}
	out = append(out, k.Console)
	if len(t.all) > 0 {
		out = append(out, keys.Filter)
	}
	if t.selected().Seq != 0 {
		out = append(out, k.Curl, k.Verdict)
	}
	if len(t.all) > 0 {
		out = append(out, k.Export)
	}
	if t.filter.Value() != "" {
		out = append(out, named(keys.Back, "no filter"))
	}
	if len(t.rows) > 1 {
		out = append(out, keys.Down, keys.Up, keys.Top, keys.Bottom, keys.PageDown, keys.PageUp)
	}
	return out
}

// named is a binding with the words for what it does here.
func named(b key.Binding, words string) key.Binding {
	b.SetHelp(b.Help().Key, words)
	return b
}
