package ui

import tea "charm.land/bubbletea/v2"

// interrupter is a screen on which ctrl-c can mean less than the end of the program:
// it gives up what the person waits for there, and says whether there was anything.
type interrupter interface{ Interrupt() bool }

// interrupt is ctrl-c: it ends what the tab in front waits for, and else the program.
func (m *Model) interrupt() tea.Cmd {
	hidden := len(m.dialogs) > 0 || m.login != nil || m.setup != nil
	if i, ok := m.tabs[m.tab].screen.(interrupter); ok && !hidden && i.Interrupt() {
		return nil
	}
	return tea.Quit
}
