package jsontree

import "sort"

// node is the state of a list or an object that is not as the state of its parent
// alone would have it, or that one inside of it is not. A tree of a million open
// values needs one node.
type node struct {
	at, index, ordinal int // its place, its number in its parent, its number among all values
	count, values      int // children, and values inside at all depths
	parent             *node
	open               bool    // its children are in sight
	all                bool    // boxes inside are open unless kids say otherwise; else closed
	kids               []*node // those inside of it with a state of their own, by index
	rows               int     // rows below its own
	sums               []int   // of extra, over kids before each; as far as they are known
}

func (d *Doc) newNode(at, index int) *node {
	s := d.measure(at)
	return &node{at: at, index: index, ordinal: d.ordinal(at), count: s.count, values: s.values}
}

// kid is the state of a child; nil when it has none of its own.
func (n *node) kid(index int) *node {
	if at := n.kidsBefore(index); at < len(n.kids) && n.kids[at].index == index {
		return n.kids[at]
	}
	return nil
}

// kidsBefore is how many children before one have a state of their own.
func (n *node) kidsBefore(index int) int {
	return sort.Search(len(n.kids), func(i int) bool { return n.kids[i].index >= index })
}

// extra is how many rows more a kid has than it would have without a state.
func (n *node) extra(kid *node) int {
	if n.all {
		return kid.rows - kid.values
	}
	return kid.rows
}

// sum is the extra of the first kids.
func (n *node) sum(kids int) int {
	if len(n.sums) == 0 {
		n.sums = append(n.sums, 0)
	}
	for at := len(n.sums); at <= kids; at++ {
		n.sums = append(n.sums, n.sums[at-1]+n.extra(n.kids[at-1]))
	}
	return n.sums[kids]
}

// start is the row at which a kid begins, counted from the first row below n.
func (n *node) start(i int) int {
	kid := n.kids[i]
	if n.all {
		return kid.ordinal - n.ordinal - 1 + n.sum(i)
	}
	return kid.index + n.sum(i)
}

// countRows works the number of rows below n out.
func (n *node) countRows() {
	switch {
	case !n.open:
		n.rows = 0
	case n.all:
		n.rows = n.values + n.sum(len(n.kids))
	default:
		n.rows = n.count + n.sum(len(n.kids))
	}
}

// changed counts the rows anew, up to the document.
func (n *node) changed() {
	for n.countRows(); n.parent != nil; n = n.parent {
		before := n.parent.kidsBefore(n.index)
		n.parent.sums = n.parent.sums[:min(len(n.parent.sums), before+1)]
		n.parent.countRows()
	}
}
