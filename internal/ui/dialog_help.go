package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// helpDialog lists the keys that worked when it was opened.
type helpDialog struct{ keys []key.Binding }

func newHelpDialog(keys []key.Binding) *helpDialog {
	return &helpDialog{keys: slices.DeleteFunc(keys, func(b key.Binding) bool { return !b.Enabled() })}
}

func (d *helpDialog) update(msg tea.KeyPressMsg, keys kit.Keys) (tea.Cmd, bool) {
	return nil, key.Matches(msg, keys.Help)
}

func (d *helpDialog) bindings(keys kit.Keys) []key.Binding { return []key.Binding{keys.Back} }

func (d *helpDialog) view(c kit.Context, w, h int) []string {
	lines := []string{" " + c.Styles.Strong.Render("Keys that work here"), ""}
	if h < 8 {
		lines = lines[:0]
	}
	const column = 30
	columns := max(1, min(3, w/column))
	rows := (len(d.keys) + columns - 1) / columns
	if room := h - len(lines); rows > room && columns < w/20 {
		columns = max(1, w/20)
		rows = (len(d.keys) + columns - 1) / columns
	}
	for y := range rows {
		var line string
		for x := range columns {
			if i := x*rows + y; i < len(d.keys) {
				line += kit.Fit(" "+helpEntry(c.Styles, d.keys[i]), w/columns)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func helpEntry(st kit.Styles, b key.Binding) string {
	return st.Key.Render(kit.FitRight(b.Help().Key, 9)) + "  " + b.Help().Desc
}
