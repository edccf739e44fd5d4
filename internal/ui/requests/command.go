package requests

import (
	"strings"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
)

// isCommand says whether a text is a line for a shell, as Zoom's documents, Postman
// and browsers hand them out.
func isCommand(text string) bool {
	words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(text), "$ "))
	if len(words) < 2 {
		return false
	}
	switch words[0] {
	case "curl", "curl.exe", "zoomtui", "gh":
		return true
	}
	return false
}

// takeCommand puts the call of a command into the line. Nothing else of the command
// is kept, as its headers hold a token.
func (m *Model) takeCommand(text string, st *state.State) {
	l := m.line
	found, ok := scope.ReadCommand(text)
	if !ok {
		m.setLine("", st)
		l.wrong = "No call of Zoom's API stands in this command, and nothing of it was kept."
		return
	}
	m.setLine(found.Method+" "+found.Target, st)
	left := "headers and tokens"
	if found.Sends {
		left += ", the body"
	}
	if found.Hidden {
		left += ", what may be a secret in the address"
	}
	l.note = "Method and path come from the command. Left out: " + left + "."
}

// rememberRefused keeps a line that is not sent, so that it can be mended later; not
// where a secret may stand in it.
func (m *Model) rememberRefused(line string) {
	line = strings.TrimSpace(line)
	if line == "" || isCommand(line) || strings.Contains(line, " -H") || strings.Contains(line, " --header") || scope.WithoutSecrets(line) != line {
		return
	}
	m.remember(line)
}
