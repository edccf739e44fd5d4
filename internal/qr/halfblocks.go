package qr

const (
	upperHalf = '\u2580' // ▀
	lowerHalf = '\u2584' // ▄
)

// Costs of seams at the border of two cells; see halfColumn.
const (
	splitOnce   = 8   // a seam inside a run of one colour
	splitTwice  = 24  // two seams, of the cell above and the cell below, inside a run of one colour
	stripes     = 16  // two seams at a border of two colours: one stripe of each colour on the wrong side
	inFinder    = 100 // times more inside a finder pattern
	upperChosen = 1   // settles ties: ▄ everywhere leaves every finder pattern clean
)

// halfBlocks draws two modules, upper and lower, in each cell.
//
// Fonts draw block characters a pixel or two short of the cell. The gap is at the edge that the block should touch, and
// shows the cell's background: a seam. A cell of one colour is therefore a blank, which terminals paint to the edge, in
// reverse video or not. A cell of two colours can be drawn in two ways that look the same but for the seam:
//
//   - ▀ in the upper module's colour: the seam is at the cell's upper edge and has the lower module's colour.
//   - ▄ in the lower module's colour: the seam is at the cell's lower edge and has the upper module's colour.
//
// If the module on the other side of that edge has the seam's colour, the seam only moves the border of the two by a
// pixel. If not, the seam splits what should be one run, and scanners that measure runs see three. Two seams at one edge,
// of the cell above and the cell below, do the same even where colours change there. So the choice of a cell depends on
// its neighbours' choices, and every column is settled as a whole, for the least harm.
//
// Finder, alignment and timing patterns begin on even rows, hence in the upper half of a cell, since the quiet zone is
// even too; down their middles there is always a choice without any harm. In the data a seam cannot always be avoided
// (two dark modules above two light ones, cut in the middle by cells); scanners sample data at the middle of modules.
func (g grid) halfBlocks(cells [][]cell) {
	for col := range cells[0] {
		upper := g.halfColumn(col, len(cells))
		for row := range cells {
			top, bottom := g.ink(col, 2*row), g.ink(col, 2*row+1)
			switch {
			case top == bottom:
				cells[row][col] = cell{glyph: ' ', reverse: top}
			case upper[row]: // an upper block has the ink's colour unless the pen is reversed
				cells[row][col] = cell{glyph: upperHalf, reverse: !top}
			default:
				cells[row][col] = cell{glyph: lowerHalf, reverse: !bottom}
			}
		}
	}
}

// halfColumn decides for every cell of a column whether it is drawn as ▀, going down the column with the least cost of
// both choices so far, and then back up along the cheaper one.
func (g grid) halfColumn(col, rows int) []bool {
	type choice struct {
		cost int
		from int // the choice of the cell above that it builds on: 0 is ▄, 1 is ▀
	}
	best := make([][2]choice, rows)
	for row := range rows {
		for upper := range 2 {
			if row == 0 {
				best[row][upper].cost = upper * upperChosen
				continue
			}
			var cost [2]int
			for above := range 2 {
				cost[above] = best[row-1][above].cost + g.seamCost(col, row, above == 0, upper == 1)
			}
			from := 0
			if cost[1] < cost[0] {
				from = 1
			}
			best[row][upper] = choice{cost: cost[from] + upper*upperChosen, from: from}
		}
	}
	chosen := make([]bool, rows)
	at := 0
	if rows > 0 && best[rows-1][1].cost < best[rows-1][0].cost {
		at = 1
	}
	for row := rows - 1; row >= 0; row-- {
		chosen[row] = at == 1
		at = best[row][at].from
	}
	return chosen
}

// seamCost is the harm of seams at the upper edge of a cell: one of the cell above, if that is drawn as ▄, and one of the
// cell itself, if it is drawn as ▀. Cells of one colour have no seams.
func (g grid) seamCost(col, row int, lowerAbove, upperHere bool) int {
	y := 2 * row
	above, here := g.ink(col, y-1), g.ink(col, y)
	lowerAbove = lowerAbove && g.ink(col, y-2) != above
	upperHere = upperHere && g.ink(col, y+1) != here
	cost := 0
	switch {
	case lowerAbove && upperHere && above == here:
		cost = splitTwice
	case lowerAbove && upperHere:
		cost = stripes
	case (lowerAbove || upperHere) && above == here:
		cost = splitOnce
	}
	if g.finder(col, y-1) && g.finder(col, y) {
		cost *= inFinder
	}
	return cost
}

// finder reports modules of the three finder patterns.
func (g grid) finder(x, y int) bool {
	const side = 7
	x, y = x-QuietZone, y-QuietZone
	far := g.code.size - side
	left, right := x >= 0 && x < side, x >= far && x < g.code.size
	top, bottom := y >= 0 && y < side, y >= far && y < g.code.size
	return left && top || right && top || left && bottom
}
