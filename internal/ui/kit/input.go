package kit

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
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

// InputCursor is the terminal's cursor in an input: X in cells from where the
// input's View begins; nil: it has none. The input's own Cursor counts letters
// where it should count cells, and forgets what has scrolled out
// (https://github.com/charmbracelet/bubbles/issues/906 and 1001): between wide
// characters it lands in the midst of one, and the next write cuts that in two.
// The input's drawing knows better, so it is asked to draw the cursor.
func InputCursor(in textinput.Model) *tea.Cursor {
	cur := in.Cursor()
	if cur == nil || in.Value() == "" {
		return cur
	}
	var plain textinput.Styles // so that the drawn cursor is the only thing with a style
	in.SetStyles(plain)
	in.SetVirtualCursor(true)
	before, _, _ := strings.Cut(in.View(), "\x1b")
	cur.X = Width(before)
	return cur
}
