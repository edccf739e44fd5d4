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
	cols, _, ok := windowSize(w)
	if !ok {
		return text
	}
	return foldTo(text, cols)
}

// windowSize is how many cells a terminal has; false for anything else.
func windowSize(w io.Writer) (cols, rows int, ok bool) {
	f, ok := w.(*os.File)
	if !ok || !isTerminal(f) {
		return 0, 0, false
	}
	cols, rows, err := xterm.GetSize(f.Fd())
	return cols, rows, err == nil
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

// columns is how many cells a line has where w is a terminal; 0: as many as it wants.
func columns(w io.Writer) int {
	cols, _, _ := windowSize(w)
	return cols
}

// wrap breaks a text between words into lines of so many cells; 0 or less: one line.
// A word that is longer stays whole, and so does one with a dash in it: it may be a
// flag or a date.
func wrap(text string, cols int) []string {
	if cols <= 0 || ansi.StringWidth(text) <= cols {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && ansi.StringWidth(line)+1+ansi.StringWidth(word) > cols {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// widest is how many cells the widest line of a text has.
func widest(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, ansi.StringWidth(strings.TrimSuffix(line, "\n")))
	}
	return most
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
