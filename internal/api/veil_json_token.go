package api

import (
	"bytes"
	"encoding/json"
)

// string takes the bytes of a string, held or not, to its closing quote, and
// gives the rest.
func (v *jsonVeil) string(p []byte) []byte {
	escape := v.escape
	end, closed := v.quote(p)
	switch {
	case v.in == aLongText:
		v.text.write(p[:end])
	case v.in == aString && len(v.held)-v.from+end > longToken:
		v.escape = escape
		if v.next == aKey || v.next == keyOrEnd {
			v.giveUp()
		} else {
			v.longString()
		}
		return p
	case v.in == aString:
		v.held = append(v.held, p[:end]...)
	}
	if !closed {
		return nil
	}
	v.stringEnded()
	return p[end+1:]
}

// quote finds the closing quote of a string.
func (v *jsonVeil) quote(p []byte) (end int, closed bool) {
	for i := 0; i < len(p); i++ {
		if v.escape {
			v.escape = false
			continue
		}
		n := bytes.IndexByte(p[i:], '"')
		if n < 0 {
			n = len(p) - i
		}
		slash := bytes.IndexByte(p[i:i+n], '\\')
		if slash < 0 {
			return i + n, i+n < len(p)
		}
		i += slash
		v.escape = true
	}
	return len(p), false
}

// stringEnded is at the closing quote of a string.
func (v *jsonVeil) stringEnded() {
	switch v.in {
	case aLongText:
		v.text.close()
		v.text = nil
		v.out.write([]byte{'"'})
		v.valueEnded()
	case aHiddenEnd:
		v.valueEnded()
	default:
		v.held = append(v.held, '"')
		v.in = structure
		if v.next == aKey || v.next == keyOrEnd {
			v.key = span{v.from + 1, len(v.held) - 1}
			v.secret = v.isSecret(v.held[v.key.from:v.key.to]) || v.isPairValue()
			v.next = aColon
			return
		}
		v.value = span{v.from, len(v.held)}
		v.notePair()
		v.valueEnded()
	}
}

// longString goes on with a string that is too long to be held.
func (v *jsonVeil) longString() {
	begin := v.held[v.from+1:]
	v.held = v.held[:v.from]
	v.flushHead()
	if v.secret {
		v.out.write([]byte(`"` + hidden + `"`))
		v.in = aHiddenEnd
	} else {
		v.out.write([]byte{'"'})
		v.text, v.in = &textVeil{out: v.out}, aLongText
		v.text.write(begin)
	}
	v.forget()
}

// bareWord takes the bytes of a number or a literal, and gives the rest.
func (v *jsonVeil) bareWord(p []byte) []byte {
	end := bytes.IndexAny(p, " \t\r\n,]}:\"[{")
	if end < 0 {
		v.held = append(v.held, p...)
		if len(v.held)-v.from > longToken {
			v.giveUp()
		}
		return nil
	}
	v.held = append(v.held, p[:end]...)
	if !json.Valid(v.held[v.from:]) {
		v.giveUp()
		return p[end:]
	}
	v.value = span{v.from, len(v.held)}
	v.valueEnded()
	return p[end:]
}

// hiddenBox takes the bytes of a list or an object that is secret, and gives the
// rest.
func (v *jsonVeil) hiddenBox(p []byte) []byte {
	for i, c := range p {
		switch {
		case v.escape:
			v.escape = false
		case v.quoted:
			v.escape, v.quoted = c == '\\', c != '"'
		case c == '"':
			v.quoted = true
		case c == '{', c == '[':
			v.depth++
		case c == '}', c == ']':
			if v.depth--; v.depth == 0 {
				v.valueEnded()
				return p[i+1:]
			}
		}
	}
	return nil
}
