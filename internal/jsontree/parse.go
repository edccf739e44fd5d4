package jsontree

// parser checks a text and makes the index on the way.
type parser struct {
	text     []byte
	root     int
	values   uint32
	open     []frame
	boxes    []box
	smallest int // size of the boxes that are entered
	marks    []uint32
	every    []uint32
	spare    [][]uint32 // marks of frames that were closed, for reuse
}

// frame is a list or an object that has not ended.
type frame struct {
	start, count, ordinal uint32
	object                bool
	marks                 []uint32
}

func wrong(at int, what string) error { return &SyntaxError{Offset: at, What: what} }

// document reads all of the text.
func (p *parser) document() error {
	i := skipBlank(p.text, 0)
	p.root = i
	i, err := p.value(i)
	for err == nil && len(p.open) > 0 {
		i, err = p.member(i)
	}
	if err != nil {
		return err
	}
	if i = skipBlank(p.text, i); i < len(p.text) {
		return wrong(i, "something follows the document")
	}
	return nil
}

// value reads a scalar, or the begin of a list or an object.
func (p *parser) value(i int) (int, error) {
	if i >= len(p.text) {
		return i, wrong(i, "it ends where a value should be")
	}
	if p.values%valueEvery == 0 {
		p.every = append(p.every, uint32(i))
	}
	p.values++
	switch c := p.text[i]; c {
	case '"':
		return stringAt(p.text, i)
	case '{', '[':
		if len(p.open) >= MaxDepth {
			return i, wrong(i, "it is nested too deep")
		}
		p.open = append(p.open, frame{start: uint32(i), ordinal: p.values - 1, object: c == '{'})
		return i + 1, nil
	case 't':
		return literalAt(p.text, i, "true")
	case 'f':
		return literalAt(p.text, i, "false")
	case 'n':
		return literalAt(p.text, i, "null")
	}
	return numberAt(p.text, i)
}

// member reads the next child of the innermost list or object, or its end. The
// child may be a list or an object, which then is the innermost.
func (p *parser) member(i int) (int, error) {
	top := &p.open[len(p.open)-1]
	closer := byte(']')
	if top.object {
		closer = '}'
	}
	i = skipBlank(p.text, i)
	switch {
	case i >= len(p.text):
		return i, wrong(i, "it ends inside of a list or an object")
	case p.text[i] == closer:
		p.shut(i + 1)
		return i + 1, nil
	case top.count > 0:
		if p.text[i] != ',' {
			return i, wrong(i, "a comma or "+string(closer)+" should be here")
		}
		i = skipBlank(p.text, i+1)
	}
	p.child(top, i)
	if top.object {
		var err error
		if i, err = p.name(i); err != nil {
			return i, err
		}
	}
	return p.value(i)
}

// name reads a key and its colon.
func (p *parser) name(i int) (int, error) {
	if i >= len(p.text) || p.text[i] != '"' {
		return i, wrong(i, "a name in quotes should be here")
	}
	i, err := stringAt(p.text, i)
	if err != nil {
		return i, err
	}
	if i = skipBlank(p.text, i); i >= len(p.text) || p.text[i] != ':' {
		return i, wrong(i, "a colon should be here")
	}
	return skipBlank(p.text, i+1), nil
}

// child counts a child that begins at i.
func (p *parser) child(top *frame, i int) {
	if top.count > 0 && top.count%markEvery == 0 {
		if top.marks == nil && len(p.spare) > 0 {
			last := len(p.spare) - 1
			top.marks, p.spare = p.spare[last], p.spare[:last]
		}
		top.marks = append(top.marks, uint32(i))
	}
	top.count++
}

// shut ends the innermost list or object; a big one is entered into the index.
func (p *parser) shut(end int) {
	top := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	if end-int(top.start) >= p.smallest {
		p.boxes = append(p.boxes, box{
			start: top.start, end: uint32(end), count: top.count,
			values: p.values - top.ordinal - 1, ordinal: top.ordinal, mark: uint32(len(p.marks)),
		})
		p.marks = append(p.marks, top.marks...)
		p.thin()
	}
	if top.marks != nil {
		p.spare = append(p.spare, top.marks[:0])
	}
}

// thin keeps the index of a document small in which very many boxes are big,
// because they are nested in each other.
func (p *parser) thin() {
	if len(p.boxes) < mostBoxes {
		return
	}
	p.smallest *= 2
	kept := p.boxes[:0]
	for _, b := range p.boxes {
		if int(b.end-b.start) >= p.smallest {
			kept = append(kept, b)
		}
	}
	p.boxes = kept
}
