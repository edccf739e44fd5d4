package kit

// Grow tells the list that n rows were put above the others, which makes rows in
// all. Cursor and window move along, so that what is in sight stays where it is.
func (l *List) Grow(n, rows int) {
	l.cursor += n
	l.offset += n
	l.rows = rows
}

// First is the row at the top of the window, as it was drawn last.
func (l *List) First() int { return l.offset }
