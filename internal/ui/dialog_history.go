package ui

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// historyDialog lists what was done with the sign-in, by whom, the newest first.
// It holds fingerprints and no token.
type historyDialog struct {
	history History
	ask     func(func(context.Context) tea.Msg) tea.Cmd // runs work in the profile's time
	when    func(time.Time) string                      // a time for the viewer

	rows    []state.HistoryRow
	known   bool             // the history has been read
	problem *explain.Problem // why it could not be read
	list    kit.List
}

// historyRead is what the history holds.
type historyRead struct {
	dialog *historyDialog
	rows   []state.HistoryRow
	err    error
}

func (m *Model) openHistory() tea.Cmd {
	d := &historyDialog{history: m.deps.History, ask: m.bounded, when: m.st.Clock}
	m.push(d)
	return d.load()
}

func (d *historyDialog) load() tea.Cmd {
	d.problem = nil
	return d.ask(func(ctx context.Context) tea.Msg {
		rows, err := d.history.History(ctx)
		for i := range rows {
			rows[i].Tame()
		}
		return historyRead{dialog: d, rows: rows, err: err}
	})
}

func (m *Model) onHistory(msg historyRead) {
	d := msg.dialog
	if msg.err != nil {
		p := unreadable(explain.Of(msg.err))
		d.problem = &p
		return
	}
	d.rows, d.known = msg.rows, true
	d.list.SetRows(len(d.rows), nil)
}

// unreadable says of a failure to read the history what it means: the tokens
// are not concerned.
func unreadable(p explain.Problem) explain.Problem {
	p.What = "The history of the sign-in cannot be read."
	p.Why = "It only tells what happened; the tokens do not need it."
	p.Next = []explain.Step{{Text: "Try again.", Action: explain.ActionRetry}}
	if p.Facts.Path != "" {
		p.Next = append([]explain.Step{{Text: "Check owner and mode of " + p.Facts.Path + " and its directory."}}, p.Next...)
	}
	return p
}

func (d *historyDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.History):
		return nil, true
	case key.Matches(msg, keys.Renew):
		return d.load(), false
	}
	d.list.Key(msg, keys)
	return nil, false
}

func (d *historyDialog) bindings(keys kit.Keys) []key.Binding {
	again := keys.Renew
	again.SetHelp("r", "read again")
	out := []key.Binding{keys.Back, again}
	if len(d.rows) > 1 {
		out = append(out, keys.Down, keys.Up, keys.Top, keys.Bottom, keys.PageDown, keys.PageUp)
	}
	return out
}

// selected is the row under the cursor; nil when there is none.
func (d *historyDialog) selected() *state.HistoryRow {
	if at := d.list.Cursor(); at >= 0 && at < len(d.rows) {
		return &d.rows[at]
	}
	return nil
}
