package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// helpDialog lists the keys that worked when it was opened.
type helpDialog struct {
	keys  []key.Binding
	pager kit.Pager
}

func newHelpDialog(keys []key.Binding) *helpDialog {
	return &helpDialog{keys: slices.DeleteFunc(keys, func(b key.Binding) bool { return !b.Enabled() })}
}

func (d *helpDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	d.pager.Key(msg, keys)
	return nil, key.Matches(msg, keys.Help)
}

func (d *helpDialog) bindings(keys kit.Keys) []key.Binding {
	return append([]key.Binding{keys.Back}, d.pager.Bindings(keys)...)
}

func (d *helpDialog) view(c kit.Context, w, h int) []string {
	lines := []string{" " + c.Styles.Strong.Render("Keys that work here"), ""}
	column := 0 // as wide as the longest entry: none is cut where the window holds it
	for _, b := range d.keys {
		column = max(column, kit.Width(helpEntry(c.Styles, b))+2)
	}
	columns := max(1, min(3, w/max(column, 1)))
	rows := (len(d.keys) + columns - 1) / columns
	var entries []string
	for y := range rows {
		var line string
		for x := range columns {
			if i := x*rows + y; i < len(d.keys) {
				line += kit.Fit(" "+helpEntry(c.Styles, d.keys[i]), w/columns)
			}
		}
		entries = append(entries, line)
	}
	if len(lines)+len(entries) > h {
		lines = nil // the keys are worth more
	}
	return append(lines, d.pager.View(c, entries, h-len(lines))...)
}

func helpEntry(st kit.Styles, b key.Binding) string {
	return st.Key.Render(kit.FitRight(b.Help().Key, 9)) + "  " + b.Help().Desc
}
