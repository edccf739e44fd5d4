package qr

import "strings"

// The pen: colour 16 on colour 231, the black and the white of the 256-colour cube. Unlike the first sixteen no theme
// changes them, unlike RGB they survive GNU screen.
const (
	penColours = "\x1b[38;5;16;48;5;231m"
	penReverse = "\x1b[7m"
	penNormal  = "\x1b[27m"
	penReset   = "\x1b[m"
)

// Options say what the terminal lets us do.
type Options struct {
	// NoColor draws in reverse video only, for NO_COLOR: the two colours are then the terminal's own.
	NoColor bool
	// DarkBackground tells which of the terminal's own colours is the dark one; it counts with NoColor only. Set it when
	// the background is not known: most are dark.
	DarkBackground bool
}

// cell is what one terminal cell shows: a glyph in the ink colour on the other colour of the pen, or, reversed, in the
// other colour on the ink colour.
type cell struct {
	glyph   rune
	reverse bool
}

// Render draws a code with its quiet zone: Needs(code, glyphs) says how many lines of how many cells. Dark modules are
// dark on a light ground on every theme, since many scanners do not read an inverted code.
//
// Every line sets one pen, switches reverse video on and off, and ends with a reset; there is no other escape sequence in
// it. Both colours of a module pair come from that one pen, so a program that strips colours leaves a code that can still
// be seen, and with NoColor one that can be read.
func Render(code Code, glyphs Glyphs, options Options) []string {
	if code.size == 0 {
		return nil
	}
	picture := grid{code: code, inkDark: !options.NoColor || !options.DarkBackground}
	start := penColours
	if options.NoColor {
		start = ""
	}
	rows := picture.cells(glyphs)
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = start + drawn(row) + penReset
	}
	return lines
}

// drawn is a row of cells as text; the pen is not reversed before it.
func drawn(row []cell) string {
	var text strings.Builder
	reverse := false
	for _, c := range row {
		if c.reverse != reverse && c.reverse {
			text.WriteString(penReverse)
		} else if c.reverse != reverse {
			text.WriteString(penNormal)
		}
		reverse = c.reverse
		text.WriteRune(c.glyph)
	}
	return text.String()
}

// grid is a code as the cells see it: with its quiet zone, and with light modules beyond that where the last cells of
// a row or column are not filled.
type grid struct {
	code    Code
	inkDark bool // the pen's foreground is the dark colour
}

// ink reports whether a module has the colour of the pen's foreground; x and y count from the corner of the quiet zone.
func (g grid) ink(x, y int) bool {
	return g.code.At(x-QuietZone, y-QuietZone) == g.inkDark
}

// cells draws the whole grid, row by row.
func (g grid) cells(glyphs Glyphs) [][]cell {
	cols, rows := Needs(g.code, glyphs)
	cells := make([][]cell, rows)
	for row := range cells {
		cells[row] = make([]cell, cols)
	}
	switch glyphs {
	case FullCells:
		g.fullCells(cells)
	case Thirds:
		g.sextants(cells, 1)
	case Sextants:
		g.sextants(cells, 2)
	default:
		g.halfBlocks(cells)
	}
	return cells
}

// fullCells draws a module as two blanks.
func (g grid) fullCells(cells [][]cell) {
	for row := range cells {
		for col := range cells[row] {
			cells[row][col] = cell{glyph: ' ', reverse: g.ink(col/2, row)}
		}
	}
}
