package term

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// maxCleanBytes bounds every cleaned text, also one without a limit of cells: 64 KiB.
const maxCleanBytes = 64 << 10

// bytesPerCell is more than any honest text needs for a cell. A family emoji with skin tones takes 41 bytes for two
// cells; without a bound, one cell could carry kilobytes of joined or stacked characters.
const bytesPerCell = 64

// ellipsis stands for what was cut away; one cell wide.
const ellipsis = "…"

// Clean makes foreign text safe to print on one line of a terminal: text that came from Zoom, a file, the network or a
// person's clipboard.
//
//   - Escape sequences (ESC and C1 forms of CSI, OSC, DCS, SOS, PM, APC; ECMA-48 section 5) are removed whole, all other
//     control characters too.
//   - Line breaks and tabs, with the blanks around them, become one blank; at both ends they vanish.
//   - Bidirectional controls (Unicode UAX #9 section 2) and invisible format characters are removed. Joiners stay where
//     they join something (emoji sequences, Persian, Indic scripts), variation selectors and combining marks stay on
//     their base, at most maxMarks of them.
//   - Bytes that are no UTF-8, and noncharacters, become U+FFFD.
//   - The result is at most maxCells terminal cells wide, measured by grapheme clusters; what does not fit is cut at the
//     end and "…" says so. maxCells of 0 or less means no limit of cells, only one of 64 KiB.
//
// Clean(Clean(s, n), n) == Clean(s, n). Text that is clean already is returned as it is, without an allocation.
func Clean(s string, maxCells int) string {
	if len(s) <= limitBytes(maxCells) && isPlainASCII(s) && (maxCells <= 0 || len(s) <= maxCells) {
		return s
	}
	return cut(scrub(s, limitBytes(maxCells)), maxCells)
}

// isPlainASCII reports whether s holds printable ASCII only: one cell a byte, nothing to remove.
func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// limitBytes is the most bytes a text of so many cells may take.
func limitBytes(maxCells int) int {
	if maxCells <= 0 || maxCells >= maxCleanBytes/bytesPerCell {
		return maxCleanBytes
	}
	return (maxCells + 1) * bytesPerCell
}

// cut shortens scrubbed text to maxCells cells (0: no limit) and to the bytes that belong to them, between two grapheme
// clusters, and puts the ellipsis where something is missing.
func cut(s string, maxCells int) string {
	limit := limitBytes(maxCells)
	if len(s) <= limit && (maxCells <= 0 || ansi.StringWidth(s) <= maxCells) {
		return s
	}
	end, cells := 0, 0
	for end < len(s) {
		cluster, width := ansi.FirstGraphemeCluster(s[end:], ansi.GraphemeWidth)
		if maxCells > 0 && cells+width > maxCells-1 || end+len(cluster) > limit-len(ellipsis) {
			break
		}
		end += len(cluster)
		cells += width
	}
	// A blank or a joiner before the ellipsis would hang in the air, and the next Clean would take the joiner away.
	return strings.TrimRight(s[:end], " "+joiners) + ellipsis
}
