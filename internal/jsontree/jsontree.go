// Package jsontree shows a JSON document as a tree that unfolds, without building
// it in memory: of a document of 50 MB only what is in sight and what was unfolded
// is looked at. It is pure.
package jsontree

import (
	"fmt"
	"sort"
)

const (
	// MaxDepth is how far a document may be nested; encoding/json has the same bound.
	MaxDepth = 10000
	// bigBox is the size in bytes from which a list or an object is entered into the
	// index. A smaller one is walked whenever it is looked at.
	bigBox = 4 << 10
	// mostBoxes is how many of them may be in the index; beyond, only larger ones are.
	mostBoxes = 1 << 16
	// markEvery is the number of children after which the index of a list or object
	// has the place of one.
	markEvery = 32
	// valueEvery is the number of values after which the place of one is noted.
	valueEvery = 64
)

// Doc is a valid JSON document. It keeps the bytes that it was made from, and an
// index of a few percent of their size. It never changes. A value is named by the
// offset of its first byte; the one of the whole document is [Doc.Root].
type Doc struct {
	text   []byte
	root   int
	values int      // all of them, containers included
	boxes  []box    // the big lists and objects, by their begin
	marks  []uint32 // begins of children, see box
	every  []uint32 // begin of each valueEvery-th value
}

// box is a list or an object of some size.
type box struct {
	start, end uint32 // from its bracket to behind its other bracket
	count      uint32 // children
	values     uint32 // values inside, at all depths
	ordinal    uint32 // its own number among all values
	mark       uint32 // of its marks, the first in Doc.marks: child markEvery, 2·markEvery …
}

// SyntaxError says where a text is no JSON.
type SyntaxError struct {
	Offset int    // in bytes
	What   string // what is wrong there, in words
}

// Error implements error.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("not valid JSON at byte %d: %s", e.Offset, e.What)
}

// Parse checks a document as RFC 8259 wants it: one value, nested at most MaxDepth
// deep, and nothing behind it. Names may come twice, numbers may have any length,
// and strings that are no UTF-8 are accepted, as encoding/json does. The error is a
// [*SyntaxError]. The bytes must not be changed afterwards.
func Parse(text []byte) (*Doc, error) {
	if uint64(len(text)) > 1<<32-2 {
		return nil, &SyntaxError{Offset: 1<<32 - 2, What: "it is larger than 4 GiB"}
	}
	p := parser{text: text, smallest: bigBox}
	if err := p.document(); err != nil {
		return nil, err
	}
	sort.Slice(p.boxes, func(i, j int) bool { return p.boxes[i].start < p.boxes[j].start })
	return &Doc{text: text, root: p.root, values: int(p.values), boxes: p.boxes, marks: p.marks, every: p.every}, nil
}

// Root is the value of the whole document.
func (d *Doc) Root() int { return d.root }

// Size is the length of the document in bytes.
func (d *Doc) Size() int { return len(d.text) }

// Values is the number of all values, lists and objects included.
func (d *Doc) Values() int { return d.values }
