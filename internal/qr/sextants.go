package qr

// The patterns that are no sextants of their own but older characters, and the first sextant.
const (
	noBlocks     = 0
	leftBlocks   = 1 | 4 | 16
	rightBlocks  = 2 | 8 | 32
	allBlocks    = leftBlocks | rightBlocks
	leftHalf     = '\u258c' // ▌
	rightHalf    = '\u2590' // ▐
	firstSextant = '\U0001fb00'
)

// sextants draws three rows of modules in one row of cells, and one or two columns of them in one column. The terminals
// that are known to draw sextants draw them to the edges of the cell, so seams do not matter here: of the two ways to draw
// a cell of two colours the one is taken that leaves the pen as it is. Cells of one colour are blanks all the same.
func (g grid) sextants(cells [][]cell, columns int) {
	for row := range cells {
		reverse := false
		for col := range cells[row] {
			pattern := g.pattern(col*columns, 3*row, columns)
			if pattern == noBlocks || pattern == allBlocks {
				reverse = pattern == allBlocks
			}
			if reverse {
				pattern ^= allBlocks
			}
			cells[row][col] = cell{glyph: sextantRune(pattern), reverse: reverse}
		}
	}
}

// pattern numbers the blocks of a cell that have the ink's colour. x and y are its first module; with one column only, the
// modules are as wide as the cell.
func (g grid) pattern(x, y, columns int) int {
	pattern := 0
	for row := range 3 {
		for col := range 2 {
			if g.ink(x+min(col, columns-1), y+row) {
				pattern |= 1 << (2*row + col)
			}
		}
	}
	return pattern
}

// sextantRune is the character with the given blocks filled: 1 and 2 in the upper row, left and right, 4 and 8 in the
// middle, 16 and 32 below (The Unicode Standard, Symbols for Legacy Computing). The sextants stand in the order of these
// numbers; four patterns are missing, because they had been encoded before.
func sextantRune(pattern int) rune {
	switch {
	case pattern == noBlocks:
		return ' '
	case pattern == leftBlocks:
		return leftHalf
	case pattern == rightBlocks:
		return rightHalf
	case pattern > rightBlocks:
		return firstSextant + rune(pattern) - 3
	case pattern > leftBlocks:
		return firstSextant + rune(pattern) - 2
	default:
		return firstSextant + rune(pattern) - 1
	}
}
