package kit

import (
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
)

// NewInput returns a one-line text input that uses the terminal's own cursor,
// where an input method draws what is being composed, and blinks nothing.
func NewInput(placeholder string) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.Placeholder = placeholder
	in.CharLimit = 16 << 10
	in.SetVirtualCursor(false)
	return in
}

// StyleInput gives an input the program's styles.
func StyleInput(in *textinput.Model, st Styles) {
	s := textinput.DefaultStyles(st.Dark)
	s.Focused.Text, s.Blurred.Text = lipgloss.NewStyle(), lipgloss.NewStyle()
	placeholder := lipgloss.NewStyle().Foreground(newPalette(st.Dark).dim)
	s.Focused.Placeholder, s.Blurred.Placeholder = placeholder, placeholder
	s.Cursor.Blink = false
	in.SetStyles(s)
}
