package api

const (
	// longToken is how much of one string or number is held before it is decided
	// about as it comes.
	longToken = 64 << 10
	// deepest is how far JSON may be nested; encoding/json has the same bound.
	deepest = 10000
)

// pairBox is the bracket of an object that has named a secret by its "key" or
// "name": the "value" that follows is hidden.
const pairBox = '{' | 0x80

// expected says what may come next in JSON.
type expected uint8

const (
	aValue     expected = iota
	valueOrEnd          // the first of a list
	keyOrEnd            // the first of an object
	aKey                // after a comma
	aColon              // after a key
	commaOrEnd          // after a value in a list or an object
	nothing             // after the whole
)

// inside says what the next byte belongs to.
type inside uint8

const (
	structure  inside = iota
	aString           // held
	aBareWord         // held: a number, true, false, null
	aHiddenBox        // a list or an object that is secret
	aHiddenEnd        // the rest of a long string that is secret
	aLongText         // a long string, decided about as it comes
)

// jsonVeil hides the secrets of a JSON text that comes in pieces, and leaves it
// JSON. What it holds is one key with its value, or 64 KiB. Where the text turns
// out to be no JSON, it goes on as [textVeil] does, from the key on that it held.
type jsonVeil struct {
	out    *growing
	boxes  []byte // the brackets that are open, see pairBox
	next   expected
	in     inside
	escape bool // the byte before was a backslash
	quoted bool // inside a string of a hidden list or object
	depth  int  // of brackets inside a hidden list or object

	held   []byte // since the last comma or bracket
	from   int    // where the string or word begins that is being read
	key    span   // of the key without its quotes; to 0: there is none
	value  span   // of the value, a string with its quotes; to 0: none yet
	secret bool   // the key is one whose value is hidden

	keys map[string]bool // verdicts on keys
	some []byte          // for reuse
	text *textVeil       // of a long string, or of the rest when it is no JSON
	lost bool            // it is no JSON
}

func newJSONVeil(out *growing) *jsonVeil {
	return &jsonVeil{out: out, keys: map[string]bool{}}
}

func (v *jsonVeil) write(p []byte) {
	for len(p) > 0 {
		if v.lost {
			v.text.write(p)
			return
		}
		switch v.in {
		case structure:
			p = v.structure(p)
		case aBareWord:
			p = v.bareWord(p)
		case aHiddenBox:
			p = v.hiddenBox(p)
		default:
			p = v.string(p)
		}
	}
}

// structure takes the bytes up to the begin of the next string, word or hidden
// box, and gives the rest.
func (v *jsonVeil) structure(p []byte) []byte {
	for i, c := range p {
		switch {
		case !v.mark(c):
			v.giveUp()
			return p[i:]
		case v.in == aBareWord:
			return p[i:]
		case v.in != structure:
			return p[i+1:]
		}
	}
	return nil
}

// mark takes one byte outside of strings and words; false means that it must not
// stand here.
func (v *jsonVeil) mark(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n':
		return len(v.held) < longToken && v.take(c)
	case '"':
		v.in, v.from = aString, len(v.held)
		return v.next <= aKey && v.take(c)
	case '{', '[':
		return v.open(c)
	case '}', ']':
		return v.shut(c)
	case ',':
		return v.comma()
	case ':':
		if v.next != aColon {
			return false
		}
		v.next = aValue
		return v.take(c)
	}
	v.in, v.from = aBareWord, len(v.held)
	return v.next <= valueOrEnd
}

func (v *jsonVeil) take(c byte) bool {
	v.held = append(v.held, c)
	return true
}

// open begins a list or an object, which is hidden when its key says so.
func (v *jsonVeil) open(c byte) bool {
	if v.next > valueOrEnd || len(v.boxes) >= deepest {
		return false
	}
	if v.secret {
		v.in, v.depth, v.quoted, v.escape = aHiddenBox, 1, false, false
		v.flush()
		v.out.write([]byte(`"` + hidden + `"`))
		return true
	}
	v.held = append(v.held, c)
	v.flush()
	v.boxes = append(v.boxes, c)
	v.next = keyOrEnd
	if c == '[' {
		v.next = valueOrEnd
	}
	return true
}

// shut ends a list or an object.
func (v *jsonVeil) shut(c byte) bool {
	opener, first := byte('{'), keyOrEnd
	if c == ']' {
		opener, first = '[', valueOrEnd
	}
	if v.box() != opener || v.next != first && v.next != commaOrEnd {
		return false
	}
	v.held = append(v.held, c)
	v.flush()
	v.boxes = v.boxes[:len(v.boxes)-1]
	v.valueEnded()
	return true
}

func (v *jsonVeil) comma() bool {
	if v.next != commaOrEnd {
		return false
	}
	v.held = append(v.held, ',')
	v.flush()
	v.next = aValue
	if v.box() == '{' {
		v.next = aKey
	}
	return true
}

// box is the bracket of the innermost list or object; 0: none is open.
func (v *jsonVeil) box() byte {
	if len(v.boxes) == 0 {
		return 0
	}
	return v.boxes[len(v.boxes)-1] & 0x7f
}

// valueEnded says what may come after a value.
func (v *jsonVeil) valueEnded() {
	v.in = structure
	if v.next = commaOrEnd; len(v.boxes) == 0 {
		v.next = nothing
	}
}

// giveUp goes on as with any text.
func (v *jsonVeil) giveUp() {
	v.text, v.lost = &textVeil{out: v.out}, true
	v.text.write(v.held)
	v.held = nil
}
