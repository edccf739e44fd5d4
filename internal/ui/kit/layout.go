package kit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Fit cuts or pads a styled line to exactly w cells. A wide character that
// would straddle the edge gives way to a blank.
func Fit(line string, w int) string {
	if w <= 0 {
		return ""
	}
	have := ansi.StringWidth(line)
	if have > w {
		line = ansi.Truncate(line, w, "…")
		have = ansi.StringWidth(line)
	}
	if have < w {
		line += strings.Repeat(" ", w-have)
	}
	return line
}

// FitRight is Fit with the text at the right edge, for figures whose digits
// must not move sideways while they tick.
func FitRight(line string, w int) string {
	have := ansi.StringWidth(line)
	if have >= w {
		return Fit(line, w)
	}
	return strings.Repeat(" ", w-have) + line
}

// Width is the number of terminal cells that a styled line takes.
func Width(line string) int { return ansi.StringWidth(line) }

// Cut shortens a styled line to at most w cells, with an ellipsis.
func Cut(line string, w int) string {
	if w <= 0 {
		return ""
	}
	return ansi.Truncate(line, w, "…")
}

// Spread puts left at the left edge and right at the right edge of w cells.
// When both do not fit, left is cut: what stands right is short and the more
// important of the two (a time, a countdown).
func Spread(left, right string, w int) string {
	rw := ansi.StringWidth(right)
	if rw >= w {
		return Fit(right, w)
	}
	if rw == 0 {
		return Fit(left, w)
	}
	return Fit(left, w-rw-1) + " " + right
}

// Block makes exactly h lines of exactly w cells out of the given lines:
// surplus lines are dropped, missing ones are blank.
func Block(lines []string, w, h int) []string {
	out := make([]string, 0, max(h, 0))
	for i := range max(h, 0) {
		if i < len(lines) {
			out = append(out, Fit(lines[i], w))
			continue
		}
		out = append(out, strings.Repeat(" ", max(w, 0)))
	}
	return out
}

// Beside sets two blocks side by side: left takes lw cells, right the rest of
// w after a gap of two.
func Beside(left, right []string, lw, w int) []string {
	rows := max(len(left), len(right))
	rw := w - lw - 2
	if rw <= 0 {
		return Block(left, w, len(left))
	}
	l, r := Block(left, lw, rows), Block(right, rw, rows)
	out := make([]string, rows)
	for i := range rows {
		out[i] = l[i] + "  " + r[i]
	}
	return out
}

// Wrap breaks a plain sentence into lines of at most w cells, at blanks where
// there are any.
func Wrap(text string, w int) []string {
	if w <= 0 || text == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(text, w, ""), "\n")
}

// Chop breaks text into pieces of exactly w cells (the last may be shorter),
// adding nothing: for links, whose every byte counts.
func Chop(text string, w int) []string {
	if w <= 0 {
		return nil
	}
	return strings.Split(ansi.Hardwrap(text, w, true), "\n")
}

// Line is a thin rule of w cells.
func Line(w int) string { return strings.Repeat("─", max(w, 0)) }
