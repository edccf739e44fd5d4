package jsontree

import "sort"

// Tree is a document with some of its lists and objects folded. The document has a
// row for each value in sight: a row for a list or an object itself, and below it,
// when it is open, those of its children. A tree is not safe for concurrent use.
type Tree struct {
	doc  *Doc
	root *node // nil when the document is a scalar or empty
}

// Row is a value in sight.
type Row struct {
	At    int    // names the value, see [Doc]
	Depth int    // 0: the document itself
	Key   []byte // its name in an object as it stands in the text, with quotes; nil in a list
	Index int    // its number in a list, from 0; -1 in an object and of the document itself
	Kind  Kind
	Text  []byte // of a scalar, as it stands in the text
	Count int    // children of a list or an object
	Open  bool   // they are in sight
}

// NewTree shows a document with its own list or object open and all others closed.
func NewTree(doc *Doc) *Tree {
	t := &Tree{doc: doc}
	t.CloseAll()
	return t
}

// CloseAll closes all but the document itself.
func (t *Tree) CloseAll() { t.reset(false) }

// OpenAll opens all lists and objects.
func (t *Tree) OpenAll() { t.reset(true) }

func (t *Tree) reset(all bool) {
	t.root = nil
	if t.doc.isBox(t.doc.root) && !t.doc.emptyBox(t.doc.root) {
		t.root = t.doc.newNode(t.doc.root, 0)
		t.root.open, t.root.all = true, all
		t.root.countRows()
	}
}

// Rows is the number of rows in sight.
func (t *Tree) Rows() int {
	if t.root == nil {
		return 1
	}
	return 1 + t.root.rows
}

// SetOpen opens or closes the list or object at an offset. What is open inside of
// it is remembered. Empty ones and scalars have nothing to open.
func (t *Tree) SetOpen(at int, open bool) {
	if t.root == nil || !t.doc.isBox(at) || t.doc.emptyBox(at) {
		return
	}
	n := t.nodeAt(at)
	n.open = open
	n.changed()
}

// Reveal opens all that a value is inside of.
func (t *Tree) Reveal(at int) {
	chain := t.doc.chain(at)
	if len(chain) == 0 {
		return
	}
	n := t.root
	n.open = true
	for _, c := range chain[:len(chain)-1] {
		n = t.below(n, c)
		n.open = true
	}
	n.changed() // once from the deepest on: it counts all the others, too
}

// OpenTo opens all down to a depth (1: the document's own children are in sight)
// and closes what is deeper. It opens so many lists and objects at most; false
// says that there were more.
func (t *Tree) OpenTo(depth, most int) bool {
	t.CloseAll()
	if t.root == nil || depth < 1 {
		return true
	}
	level := []*node{t.root}
	for ; depth > 1; depth-- {
		var next []*node
		for _, n := range level {
			c, ok := t.doc.firstChild(n.at), true
			for i := 0; ok; i++ {
				if t.doc.isBox(c.at) && !t.doc.emptyBox(c.at) {
					if len(next) == most {
						return false
					}
					kid := t.below(n, c)
					kid.open = true
					kid.changed()
					next = append(next, kid)
				}
				c, _, ok = t.doc.nextChild(c, t.doc.endOf(c.at))
			}
		}
		level, most = next, most-len(next)
	}
	return true
}

// nodeAt is the state of a list or an object, made if need be.
func (t *Tree) nodeAt(at int) *node {
	n := t.root
	for _, c := range t.doc.chain(at) {
		n = t.below(n, c)
	}
	return n
}

// below is the state of a child that is a list or an object, made if need be.
func (t *Tree) below(n *node, c child) *node {
	if kid := n.kid(c.index); kid != nil {
		return kid
	}
	kid := t.doc.newNode(c.at, c.index)
	kid.parent, kid.open, kid.all = n, n.all, n.all
	kid.countRows()
	at := sort.Search(len(n.kids), func(i int) bool { return n.kids[i].index > c.index })
	n.kids = append(n.kids, nil)
	copy(n.kids[at+1:], n.kids[at:])
	n.kids[at] = kid
	n.sums = n.sums[:min(len(n.sums), at+1)]
	return kid
}

// chain is the way from the document to a value: each entry is inside of the
// value of the one before. It is empty for the document itself.
func (d *Doc) chain(at int) []child {
	var out []child
	for box := d.root; box != at && d.isBox(box) && !d.emptyBox(box); {
		c := d.holding(box, at)
		out = append(out, c)
		box = c.at
		if c.at >= at {
			break
		}
	}
	return out
}
