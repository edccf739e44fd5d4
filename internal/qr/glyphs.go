package qr

import "slices"

// QuietZone is the width of the light margin around a code, in modules. The standard asks for 4; 2 is what scanners of
// today need on a screen, less fails on dark themes.
const QuietZone = 2

// Glyphs is a way to draw modules with terminal cells.
type Glyphs int

// The ways to draw, in the order of preference.
const (
	// HalfBlocks draws two modules in a cell, one above the other, with U+2580 and U+2584: square modules, read by every
	// scanner, in every font.
	HalfBlocks Glyphs = iota
	// Thirds draws three modules in a cell, one above the other, with six of the sextants drawn over the full width.
	Thirds
	// Sextants draws six modules in a cell, two beside each other in three rows: the smallest.
	Sextants
	// FullCells draws a module as two cells beside each other, in blanks only: every terminal and locale, the largest.
	FullCells
)

// All is every way to draw, in the order of preference.
func All() []Glyphs { return []Glyphs{HalfBlocks, Thirds, Sextants, FullCells} }

// String names the glyphs for a person.
func (g Glyphs) String() string {
	switch g {
	case HalfBlocks:
		return "half blocks"
	case Thirds:
		return "thirds"
	case Sextants:
		return "sextants"
	case FullCells:
		return "full cells"
	}
	return "unknown glyphs"
}

// Needs is the room a code takes with its quiet zone, in terminal cells.
func Needs(code Code, glyphs Glyphs) (cols, rows int) {
	side := code.size + 2*QuietZone
	switch glyphs {
	case FullCells:
		return 2 * side, side
	case Thirds:
		return side, (side + 2) / 3
	case Sextants:
		return (side + 1) / 2, (side + 2) / 3
	default:
		return side, (side + 1) / 2
	}
}

// Choose picks the best of the available glyphs with which the whole code fits into cols × rows cells. When it fits with
// none of them, it returns false and the glyphs that need the least room, for Needs to tell the person how much that is;
// with nothing available these are HalfBlocks.
func Choose(code Code, available []Glyphs, cols, rows int) (Glyphs, bool) {
	smallest, least := HalfBlocks, 0
	for _, glyphs := range All() {
		if !slices.Contains(available, glyphs) {
			continue
		}
		width, height := Needs(code, glyphs)
		if width <= cols && height <= rows {
			return glyphs, true
		}
		if least == 0 || width*height < least {
			smallest, least = glyphs, width*height
		}
	}
	return smallest, false
}
