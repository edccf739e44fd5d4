package kit

import tea "charm.land/bubbletea/v2"

// Frame is what a screen draws: lines, and where the text cursor stands when
// the screen takes text (an input method draws there).
type Frame struct {
	Lines  []string
	Cursor *tea.Cursor
}
