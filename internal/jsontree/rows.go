package jsontree

import "sort"

// level is one step of the way to a row.
type level struct {
	node *node // the state of the box; nil: it has none of its own
	all  bool  // boxes inside are open
	c    child // the entry that the way leads through
	end  int   // the byte behind its value; 0: not known yet
}

// walker goes from row to row.
type walker struct {
	doc    *Doc
	levels []level
}

// Window gives so many rows from a row on, fewer at the end. Their slices must not
// be changed.
func (t *Tree) Window(first, rows int) []Row {
	first = max(first, 0)
	last := min(first+rows, t.Rows())
	if first >= last {
		return nil
	}
	out := make([]Row, 0, last-first)
	if first == 0 {
		out = append(out, t.rootRow())
		first++
	}
	if first >= last {
		return out
	}
	w := walker{doc: t.doc}
	t.locate(&w, first-1)
	for {
		out = append(out, w.row())
		if first++; first >= last || !w.next() {
			return out
		}
	}
}

func (t *Tree) rootRow() Row {
	at := t.doc.root
	r := Row{At: at, Index: -1, Kind: t.doc.Kind(at)}
	switch {
	case t.root != nil:
		r.Count, r.Open = t.root.count, t.root.open
	case !t.doc.isBox(at):
		r.Text = t.doc.text[at:t.doc.endOf(at)]
	}
	return r
}

// locate leads a walker to a row below the document's own.
func (t *Tree) locate(w *walker, row int) {
	for n := t.root; ; {
		i := sort.Search(len(n.kids), func(i int) bool { return n.start(i) > row }) - 1
		if i >= 0 && row-n.start(i) <= n.kids[i].rows { // in the rows of a kid
			w.push(n, t.doc.nth(n.at, n.kids[i].index))
			if row -= n.start(i); row == 0 {
				return
			}
			n = n.kids[i]
			row--
			continue
		}
		row -= n.sum(i + 1)
		if !n.all {
			w.push(n, t.doc.nth(n.at, row))
			return
		}
		at := t.doc.numbered(n.ordinal + 1 + row)
		w.push(n, t.doc.holding(n.at, at))
		for w.top().c.at != at {
			w.levels = append(w.levels, level{all: true, c: t.doc.holding(w.top().c.at, at)})
		}
		return
	}
}

func (w *walker) push(n *node, c child) {
	w.levels = append(w.levels, level{node: n, all: n.all, c: c})
}

func (w *walker) top() *level { return &w.levels[len(w.levels)-1] }

// kid is the state of the value that the walker is at; nil: none of its own.
func (f *level) kid() *node {
	if f.node == nil {
		return nil
	}
	return f.node.kid(f.c.index)
}

// open says whether the children of a box that the walker is at are in sight.
func (f *level) open() bool {
	if kid := f.kid(); kid != nil {
		return kid.open
	}
	return f.all
}

// row is the row that the walker is at.
func (w *walker) row() Row {
	f := w.top()
	r := Row{At: f.c.at, Depth: len(w.levels), Index: f.c.index, Kind: w.doc.Kind(f.c.at)}
	if f.c.object {
		r.Index, r.Key = -1, w.doc.text[f.c.key.from:f.c.key.to]
	}
	if r.Kind > List {
		f.end = w.doc.endOf(f.c.at)
		r.Text = w.doc.text[f.c.at:f.end]
		return r
	}
	s := w.doc.measure(f.c.at)
	f.end, r.Count = s.end, s.count
	r.Open = r.Count > 0 && f.open()
	return r
}

// next goes to the next row in sight; false: there is none.
func (w *walker) next() bool {
	f := w.top()
	if w.doc.isBox(f.c.at) && f.open() && !w.doc.emptyBox(f.c.at) {
		inner := level{all: f.all, c: w.doc.firstChild(f.c.at)}
		if kid := f.kid(); kid != nil {
			inner.node, inner.all = kid, kid.all
		}
		w.levels = append(w.levels, inner)
		return true
	}
	end := f.end
	if end == 0 {
		end = w.doc.endOf(f.c.at)
	}
	for {
		next, behind, ok := w.doc.nextChild(w.top().c, end)
		if ok {
			w.top().c, w.top().end = next, 0
			return true
		}
		end = behind
		if w.levels = w.levels[:len(w.levels)-1]; len(w.levels) == 0 {
			return false
		}
	}
}

// RowOf is the row of a value, or of the innermost closed list or object in sight
// that holds it.
func (t *Tree) RowOf(at int) int {
	row, n := 0, t.root
	for _, c := range t.doc.chain(at) {
		if !n.open {
			return row
		}
		before := n.kidsBefore(c.index)
		row += 1 + n.sum(before)
		if !n.all {
			row += c.index
		} else {
			row += t.doc.ordinal(c.at) - n.ordinal - 1
		}
		kid := n.kid(c.index)
		switch {
		case kid == nil && n.all:
			return row + t.doc.ordinal(at) - t.doc.ordinal(c.at)
		case kid == nil:
			return row
		}
		n = kid
	}
	return row
}
