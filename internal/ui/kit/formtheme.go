package kit

import (
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// FormTheme is the program's styles for the entry of a form that takes the
// keys: its label in a column of label cells, no boxes.
func FormTheme(st Styles, label int) *huh.Styles {
	p, base := newPalette(st.Dark), lipgloss.NewStyle()
	accent := base.Bold(true).Foreground(p.accent)
	s := huh.ThemeBase(st.Dark)
	s.FieldSeparator = base.SetString("\n")
	s.Focused = huh.FieldStyles{
		Base: base.PaddingLeft(1), Title: base.Bold(true).Width(label), Description: base.Foreground(p.dim),
		SelectSelector: accent.SetString("▸ "), SelectedOption: base.Bold(true), Option: base, UnselectedOption: base,
		TextInput: huh.TextInputStyles{Placeholder: base.Foreground(p.dim)},
	}
	s.Blurred = s.Focused
	return s
}

// FormKeys is the form's own keys: moving within an entry or a list. What leads
// from one entry to the next is the screen's.
func FormKeys() *huh.KeyMap {
	k := huh.NewDefaultKeyMap()
	k.Quit.SetEnabled(false)
	k.Select.Filter.SetEnabled(false)
	return k
}
