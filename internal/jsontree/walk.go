package jsontree

import "sort"

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Object Kind = iota
	List
	String
	Number
	Literal // true, false, null
)

// Kind tells what the value at an offset is.
func (d *Doc) Kind(at int) Kind {
	switch c := d.text[at]; c {
	case '{':
		return Object
	case '[':
		return List
	case '"':
		return String
	case 't', 'f', 'n':
		return Literal
	}
	return Number
}

// isBox tells a list or an object.
func (d *Doc) isBox(at int) bool { return d.text[at] == '{' || d.text[at] == '[' }

// boxAt finds a list or an object in the index; nil when it is too small.
func (d *Doc) boxAt(at int) *box {
	n := sort.Search(len(d.boxes), func(i int) bool { return int(d.boxes[i].start) >= at })
	if n == len(d.boxes) || int(d.boxes[n].start) != at {
		return nil
	}
	return &d.boxes[n]
}

// size is what is known of a list or an object.
type size struct {
	end           int // the byte behind it
	count, values int // children, and values at all depths
}

// walkFirst is how many bytes of a list or an object are walked before the index is
// asked for its end: most are smaller, and in a deep document many are larger.
const walkFirst = 64

// measure looks a list or an object up, or walks through a small one.
func (d *Doc) measure(at int) size {
	i, depth, out := at, 0, size{}
	for limit := at + walkFirst; i < len(d.text); i++ {
		if i >= limit { // else it would be walked for nothing
			if b := d.boxAt(at); b != nil {
				return size{end: int(b.end), count: int(b.count), values: int(b.values)}
			}
			limit = len(d.text)
		}
		switch c := d.text[i]; c {
		case '"':
			i = stringEnd(d.text, i) - 1
		case ',', '[', '{':
			if c != ',' {
				depth++
				if d.emptyBox(i) {
					continue
				}
			}
			out.values++
			if depth == 1 {
				out.count++
			}
		case ']', '}':
			if depth--; depth == 0 {
				out.end = i + 1
				return out
			}
		}
	}
	return out
}

// emptyBox tells whether nothing is inside of the box that begins at i.
func (d *Doc) emptyBox(i int) bool {
	i = skipBlank(d.text, i+1)
	return d.text[i] == ']' || d.text[i] == '}'
}

// stringEnd gives the byte behind a valid string that begins at i.
func stringEnd(s []byte, i int) int {
	for i++; s[i] != '"'; {
		if s[i] == '\\' {
			i += 2
			continue
		}
		i = plainBytes(s, i)
	}
	return i + 1
}

// endOf gives the byte behind the value that begins at at.
func (d *Doc) endOf(at int) int {
	switch c := d.text[at]; c {
	case '"':
		return stringEnd(d.text, at)
	case '{', '[':
		return d.measure(at).end
	}
	for at < len(d.text) && !isEnd(d.text[at]) {
		at++
	}
	return at
}

// isEnd tells what may stand behind a number or a literal.
func isEnd(c byte) bool {
	switch c {
	case ',', ']', '}', ' ', '\n', '\t', '\r':
		return true
	}
	return false
}

// child is one entry of a list or an object.
type child struct {
	index  int
	key    span // the name with its quotes; empty in a list
	at     int  // its value
	object bool // it is in an object
}

// span is a range of the text, its end excluded.
type span struct{ from, to int }

// childFrom reads the entry that begins at i.
func (d *Doc) childFrom(i, index int, object bool) child {
	c := child{index: index, at: i, object: object}
	if object {
		c.key = span{i, stringEnd(d.text, i)}
		c.at = skipBlank(d.text, skipBlank(d.text, c.key.to)+1)
	}
	return c
}

// begin is the first byte of an entry.
func (c child) begin() int {
	if c.object {
		return c.key.from
	}
	return c.at
}

// firstChild is the first entry of a list or an object that is not empty.
func (d *Doc) firstChild(at int) child {
	return d.childFrom(skipBlank(d.text, at+1), 0, d.text[at] == '{')
}

// nextChild is the entry behind one whose value ends at end; false: it was the
// last, and i is the byte behind the box.
func (d *Doc) nextChild(c child, end int) (next child, i int, ok bool) {
	i = skipBlank(d.text, end)
	if d.text[i] != ',' {
		return child{}, i + 1, false
	}
	return d.childFrom(skipBlank(d.text, i+1), c.index+1, c.object), 0, true
}

// nth is entry n of a list or an object.
func (d *Doc) nth(at, n int) child {
	c := d.firstChild(at)
	if b := d.boxAt(at); b != nil && n >= markEvery {
		mark := n / markEvery
		c = d.childFrom(int(d.marks[int(b.mark)+mark-1]), mark*markEvery, c.object)
	}
	for c.index < n {
		c, _, _ = d.nextChild(c, d.endOf(c.at))
	}
	return c
}

// holding is the entry of a list or an object that an offset lies in.
func (d *Doc) holding(at, offset int) child {
	c := d.firstChild(at)
	if b := d.boxAt(at); b != nil {
		marks := d.marks[b.mark : int(b.mark)+int(max(b.count, 1)-1)/markEvery]
		if n := sort.Search(len(marks), func(i int) bool { return int(marks[i]) > offset }); n > 0 {
			c = d.childFrom(int(marks[n-1]), n*markEvery, c.object)
		}
	}
	for {
		end := d.endOf(c.at)
		next, _, ok := d.nextChild(c, end)
		if offset < end || !ok || offset < next.begin() {
			return c
		}
		c = next
	}
}

// ordinal is the number of the value at an offset among all values.
func (d *Doc) ordinal(at int) int {
	n := sort.Search(len(d.every), func(i int) bool { return int(d.every[i]) > at }) - 1
	number := n * valueEvery
	for i := int(d.every[n]); i < at; number++ {
		next, ok := d.following(d.ownEnd(i))
		if !ok {
			break
		}
		i = next.at
	}
	return number
}

// numbered is the value of a number, see ordinal.
func (d *Doc) numbered(n int) int {
	at := int(d.every[n/valueEvery])
	for range n % valueEvery {
		next, _ := d.following(d.ownEnd(at))
		at = next.at
	}
	return at
}

// ownEnd is the byte behind what is of a value itself: its text, or its bracket.
func (d *Doc) ownEnd(at int) int {
	if d.isBox(at) {
		return at + 1
	}
	return d.endOf(at)
}

// following is the entry that begins next behind a value's own end, inside of it
// or behind it; its index is not told. false: there is none.
func (d *Doc) following(ownEnd int) (child, bool) {
	i := skipBlank(d.text, ownEnd)
	if opener := d.text[ownEnd-1]; (opener == '{' || opener == '[') && d.text[i] != '}' && d.text[i] != ']' {
		return d.childFrom(i, 0, opener == '{'), true
	}
	for ; i < len(d.text); i++ { // brackets close; then a comma comes, or the end
		if d.text[i] == ',' {
			i = skipBlank(d.text, i+1)
			return d.memberFrom(i), true
		}
	}
	return child{}, false
}

// memberFrom reads the entry that begins at i. It is in an object if a colon
// follows its string.
func (d *Doc) memberFrom(i int) child {
	if d.text[i] != '"' {
		return child{at: i}
	}
	end := stringEnd(d.text, i)
	if colon := skipBlank(d.text, end); colon < len(d.text) && d.text[colon] == ':' {
		return child{key: span{i, end}, at: skipBlank(d.text, colon+1), object: true}
	}
	return child{at: i}
}
