package main

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/doctor"
)

// The columns of a check: its sign, its state and its name, then the sentences.
const (
	stateColumn = 9
	nameColumn  = 13
	textColumn  = 2 + stateColumn + nameColumn
	leastText   = 30 // a narrower column of sentences goes below the name instead
)

// sign is a state at a glance; the word stands beside it.
type sign struct{ mark, colour string }

func signOf(s doctor.State) sign {
	switch s {
	case doctor.OK:
		return sign{"✓", "\x1b[32m"}
	case doctor.Warning:
		return sign{"!", "\x1b[33m"}
	case doctor.Failure:
		return sign{"✗", "\x1b[31m"}
	default:
		return sign{"–", "\x1b[2m"}
	}
}

// doctorText is what was found, for a person: one block a check, broken between
// words where standard output is a terminal.
func (c *cli) doctorText(profile string, checks []doctor.Check) string {
	cols, _, _ := windowSize(c.out)
	return checksText(checks, cols, c.colour(c.out)) + "\n" + sumText(profile, checks)
}

// checksText writes the checks into so many columns; 0 means without limit.
func checksText(checks []doctor.Check, cols int, colours bool) string {
	at := textColumn
	if cols > 0 && cols-at < leastText {
		at = 2
	}
	var b strings.Builder
	for _, check := range checks {
		s, colour, off := signOf(check.State), "", ""
		if colours {
			colour, off = s.colour, "\x1b[0m"
		}
		name := check.Name + strings.Repeat(" ", max(1, nameColumn-len(check.Name)))
		if at != textColumn {
			name = check.Name + "\n" + strings.Repeat(" ", at)
		}
		fmt.Fprintf(&b, "%s%s %-*s%s%s", colour, s.mark, stateColumn, check.State, off, name)
		b.WriteString(hanging(clean(check.What), at, cols) + "\n")
		for _, step := range check.Remedy {
			b.WriteString(strings.Repeat(" ", at) + "→ " + remedyText(clean(step), at+2, cols) + "\n")
		}
	}
	return b.String()
}

// sumText is the last line: how many of which.
func sumText(profile string, checks []doctor.Check) string {
	counts := map[doctor.State]int{}
	for _, check := range checks {
		counts[check.State]++
	}
	return fmt.Sprintf("Profile %s: %d ok, %s, %s, %d skipped.\n", clean(profile), counts[doctor.OK],
		doctor.Count(counts[doctor.Warning], "warning"), doctor.Count(counts[doctor.Failure], "failure"), counts[doctor.Skipped])
}

// hanging breaks a text that begins at a column between words; what follows stands
// below its begin. A word that is wider than the column stays whole, as it may be a
// path. Without a width the text stays as it is.
func hanging(text string, at, cols int) string {
	if cols <= at {
		return text
	}
	var b strings.Builder
	room := cols - at
	for i, word := range strings.Fields(text) {
		width := ansi.StringWidth(word)
		switch {
		case i == 0:
		case width+1 > room:
			b.WriteString("\n" + strings.Repeat(" ", at))
			room = cols - at
		default:
			b.WriteString(" ")
			room--
		}
		b.WriteString(word)
		room -= width
	}
	return b.String()
}

// remedyText is a step. Where it does not fit, the command at its end goes onto a
// line of its own and stays whole, so that it can be copied.
func remedyText(step string, at, cols int) string {
	words, command, ok := cutCommand(step)
	if cols <= at || !ok || at+ansi.StringWidth(step) <= cols {
		return hanging(step, at, cols)
	}
	if words == "" {
		return command
	}
	return hanging(words, at, cols) + "\n" + strings.Repeat(" ", at) + command
}

// cutCommand splits the command line off a step that ends in one.
func cutCommand(step string) (words, command string, ok bool) {
	i := strings.LastIndex(step, ": ")
	switch {
	case strings.HasSuffix(step, "."):
		return "", "", false
	case i < 0:
		return "", step, true
	default:
		return step[:i+1], step[i+2:], true
	}
}
