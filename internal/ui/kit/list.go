package kit

import "slices"

// List is the cursor and the window of a scrolling list whose rows are drawn
// only while they are in sight, so that ten thousand rows cost as much as ten.
// Some rows are headings: the cursor passes over them.
type List struct {
	rows   int
	heads  []int // indices of heading rows, ascending
	cursor int
	offset int
}

// SetRows tells the list how many rows there are and which are headings. The
// cursor stays where it is as far as possible.
func (l *List) SetRows(rows int, heads []int) {
	l.rows, l.heads = rows, heads
	l.MoveTo(l.cursor)
}

// Cursor is the row the cursor is on; -1 when no row can be selected.
func (l *List) Cursor() int {
	if l.cursor >= l.rows || l.heading(l.cursor) {
		return -1
	}
	return l.cursor
}

// Move moves the cursor by n selectable rows.
func (l *List) Move(n int) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	at := l.cursor
	for range n {
		next := at + step
		for next >= 0 && next < l.rows && l.heading(next) {
			next += step
		}
		if next < 0 || next >= l.rows {
			break
		}
		at = next
	}
	l.cursor = at
}

// MoveTo puts the cursor on the given row or the nearest one that can be
// selected, looking down first.
func (l *List) MoveTo(row int) {
	row = min(max(row, 0), max(l.rows-1, 0))
	for at := row; at < l.rows; at++ {
		if !l.heading(at) {
			l.cursor = at
			return
		}
	}
	for at := row; at >= 0; at-- {
		if !l.heading(at) {
			l.cursor = at
			return
		}
	}
	l.cursor = 0
}

// Window returns the first row in sight and the row after the last one, for h
// lines. It keeps the cursor in sight, and the heading above it where there is
// room.
func (l *List) Window(h int) (first, end int) {
	if h <= 0 {
		return 0, 0
	}
	top := l.cursor
	if top > 0 && l.heading(top-1) && h > 1 {
		top--
	}
	l.offset = min(l.offset, top)
	l.offset = max(l.offset, l.cursor-h+1)
	l.offset = min(l.offset, max(l.rows-h, 0))
	l.offset = max(l.offset, 0)
	return l.offset, min(l.offset+h, l.rows)
}

func (l *List) heading(row int) bool {
	_, found := slices.BinarySearch(l.heads, row)
	return found
}
