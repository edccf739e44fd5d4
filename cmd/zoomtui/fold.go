package main

import (
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	xterm "github.com/charmbracelet/x/term"
)

// folded breaks lines between words where w is a terminal, so that the terminal
// does not break them inside. What is to be copied stays whole: a terminal that
// wraps an address by itself still copies it in one piece.
func folded(w io.Writer, text string) string {
	f, ok := w.(*os.File)
	if !ok || !isTerminal(f) {
		return text
	}
	cols, _, err := xterm.GetSize(f.Fd())
	if err != nil {
		return text
	}
	return foldTo(text, cols)
}

// foldTo breaks the lines of a text that are wider than so many cells.
func foldTo(text string, cols int) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		body, end := strings.TrimSuffix(line, "\n"), ""
		if body != line {
			end = "\n"
		}
		out.WriteString(foldLine(body, cols) + end)
	}
	return out.String()
}

// foldLine breaks one line; what follows stands below the first word.
func foldLine(line string, cols int) string {
	const least = 20 // narrower than that, nothing is gained
	indent := len(line) - len(strings.TrimLeft(line, " 0123456789."))
	if ansi.StringWidth(line) <= cols || cols-indent < least || whole(line) {
		return line
	}
	broken := ansi.Wordwrap(line[indent:], cols-indent, "")
	return line[:indent] + strings.ReplaceAll(broken, "\n", "\n"+strings.Repeat(" ", indent))
}

// whole tells a line that holds something to copy.
func whole(line string) bool {
	return strings.Contains(line, "://") || strings.Contains(line, "ssh -L")
}
