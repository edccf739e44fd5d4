package scopes

import (
	"context"
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// past is the sign-ins with what each changed, the newest first.
type past struct {
	number  int // of the reading; older ones are dropped
	known   bool
	rows    []pastRow
	trouble string
}

// notKnown stands for how many scopes there were where nobody knows.
const notKnown = -1

// pastRow is one sign-in. Before and after are how many scopes there were, or
// notKnown.
type pastRow struct {
	row           state.HistoryRow
	before, after int
}

// pastRead is what the history holds.
type pastRead struct {
	number int
	rows   []state.HistoryRow
	err    error
}

// pastPage shows them.
type pastPage struct{ list kit.List }

// openPast reads the history.
func (m *Model) openPast() tea.Cmd {
	if _, ok := m.front().(*pastPage); !ok {
		m.push(&pastPage{})
	}
	m.past.number++
	m.past.trouble = ""
	parent, history, number := m.ctx, m.history, m.past.number
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(parent, tryLimit)
		defer cancel()
		rows, err := history.History(ctx)
		for i := range rows {
			rows[i].Tame()
		}
		return pastRead{number: number, rows: rows, err: err}
	}
}

func (m *Model) onPast(msg pastRead) {
	switch {
	case msg.number != m.past.number:
	case msg.err != nil:
		m.past.trouble = kit.Words(explain.Of(msg.err))
	default:
		now := len(m.app.Scopes)
		if !m.app.ScopesKnown {
			now = notKnown
		}
		m.past.known, m.past.rows = true, pastRows(msg.rows, now)
	}
}

// pastRows keeps what has changed the scopes, and every sign-in. How many there
// were follows from how many there are now, row by row back to where the history
// contradicts itself, or to an answer that named none.
func pastRows(rows []state.HistoryRow, now int) []pastRow {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r state.HistoryRow) bool { return !r.OK() })
	var out []pastRow
	after := now
	for i, r := range rows {
		added, removed := len(r.ScopesAdded), len(r.ScopesRemoved)
		signIn := r.Action == "sign-in" || r.Action == "import"
		if after < 0 && signIn && r.OldFingerprint == "" && r.ScopesUnnamed == "" {
			after = added // the first one: it granted all that it brought
		}
		before := after - added + removed
		switch {
		case r.ScopesUnnamed == state.UnnamedNow:
			before, after = notKnown, notKnown
		case r.ScopesUnnamed == state.UnnamedBefore:
			before = notKnown
		case after < 0 || before < 0:
			before, after = notKnown, notKnown
		}
		again := r.ScopesUnnamed == state.UnnamedNow && i+1 < len(rows) && rows[i+1].ScopesUnnamed == state.UnnamedNow
		if signIn || added+removed > 0 || r.ScopesUnnamed != "" && !again {
			out = append(out, pastRow{r, before, after})
		}
		after = before
	}
	return out
}

func (p *pastPage) key(msg tea.KeyPressMsg, s scene) (tea.Cmd, bool) {
	if key.Matches(msg, s.m.keys.Past) {
		return s.m.openPast(), true
	}
	return nil, p.list.Key(msg, s.c.Keys)
}

func (p *pastPage) bindings(s scene) []key.Binding { return listKeys(s.c.Keys, len(s.m.past.rows)) }

func (p *pastPage) view(s scene, w, h int) kit.Frame {
	st, past := s.c.Styles, s.m.past
	p.list.SetRows(len(past.rows), nil)
	lines := []string{title(s, crumb("Sign-ins", w), w)}
	if h >= 12 {
		lines = append(lines, "")
	}
	switch {
	case past.trouble != "":
		lines = append(lines, kit.Warning(st, "The history cannot be read: "+past.trouble, w)...)
	case !past.known:
		lines = append(lines, " "+st.Dim.Render("Reading the history…"))
	case len(past.rows) == 0:
		lines = append(lines, kit.Indented("No sign-in is remembered yet. Each one from now on is noted here with the scopes that came and went.", 1, w)...)
	}
	below := p.detail(s, w, max(h/2, 6))
	room := max(h-len(lines)-len(below), min(len(past.rows), 3))
	first, end := p.list.Window(room)
	for i := first; i < end; i++ {
		lines = append(lines, kit.Cut(p.row(s, i), w-1))
	}
	return kit.Frame{Lines: append(lines, below...)}
}

// row is one sign-in with all that it changed.
func (p *pastPage) row(s scene, i int) string {
	r := s.m.past.rows[i]
	mark := "   "
	if i == p.list.Cursor() {
		mark = " " + s.c.Styles.Accent.Render("▸") + " "
	}
	line := mark + r.row.At.In(s.st.Loc).Format("_2 Jan 15:04") + "  " + kit.Fit(actionWord(r.row.Action), 9) + "  " + r.counts()
	for _, name := range r.row.ScopesAdded {
		line += "  " + s.c.Styles.Good.Render("+") + " " + name
	}
	for _, name := range r.row.ScopesRemoved {
		line += "  " + s.c.Styles.Warn.Render("−") + " " + name
	}
	return line
}

// counts is "4 → 5", or what is known of it.
func (r pastRow) counts() string {
	same := len(r.row.ScopesAdded)+len(r.row.ScopesRemoved) == 0
	switch {
	case r.row.ScopesUnnamed == state.UnnamedNow:
		return "scopes not named by Zoom"
	case r.row.ScopesUnnamed == state.UnnamedBefore && r.after < 0:
		return "scopes named again"
	case r.row.ScopesUnnamed == state.UnnamedBefore:
		return fmt.Sprintf("%d, not named before", r.after)
	case r.before < 0 && same:
		return "the same"
	case r.before < 0:
		return fmt.Sprintf("+%d −%d", len(r.row.ScopesAdded), len(r.row.ScopesRemoved))
	case same:
		return fmt.Sprintf("%d, the same", r.after)
	default:
		return fmt.Sprintf("%d → %d", r.before, r.after)
	}
}

func actionWord(action string) string {
	switch action {
	case "sign-in":
		return "signed in"
	case "import":
		return "brought"
	case "refresh":
		return "renewed"
	default:
		return action
	}
}

// detail lists in most lines at most what the row under the cursor has no room for.
func (p *pastPage) detail(s scene, w, most int) []string {
	at := p.list.Cursor()
	if at < 0 || at >= len(s.m.past.rows) || kit.Width(p.row(s, at)) < w {
		return nil
	}
	r := s.m.past.rows[at].row
	lines := []string{s.c.Styles.Rule.Render(kit.Line(w))}
	for _, name := range r.ScopesAdded {
		lines = append(lines, " "+s.c.Styles.Good.Render("+")+" "+kit.Cut(name, w-4))
	}
	for _, name := range r.ScopesRemoved {
		lines = append(lines, " "+s.c.Styles.Warn.Render("−")+" "+kit.Cut(name, w-4))
	}
	if len(lines) > most {
		lines = append(lines[:most-1], s.c.Styles.Dim.Render(fmt.Sprintf("   and %d more", len(lines)-most+1)))
	}
	return lines
}
