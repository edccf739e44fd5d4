package api

import "bytes"

// mostKeys bounds how many verdicts on keys are remembered; an object of Zoom's
// has some dozens.
const mostKeys = 4096

// isSecret is [isSecretKey] with a memory: lists repeat the same keys for ever.
func (v *jsonVeil) isSecret(key []byte) bool {
	verdict, known := v.keys[string(key)]
	if !known {
		verdict = isSecretKey(key)
		if len(v.keys) < mostKeys && len(key) < 100 {
			v.keys[string(key)] = verdict
		}
	}
	return verdict
}

// longestPairName is how long the name of a secret may be, in bytes.
const longestPairName = 64

// notePair notes that the string that has ended names a secret whose value is to
// come: {"key":"access_token","value":"…"}. Where the value comes first it is out
// already.
func (v *jsonVeil) notePair() {
	if v.box() != '{' || !isPairName(v.held[v.key.from:v.key.to]) {
		return
	}
	name := v.held[v.value.from+1 : v.value.to-1]
	if len(name) <= longestPairName && isSecretKey(name) {
		v.boxes[len(v.boxes)-1] = pairBox
	}
}

// isPairValue says whether the key that has ended is the one of such a value.
func (v *jsonVeil) isPairValue() bool {
	return v.boxes[len(v.boxes)-1] == pairBox && bytes.EqualFold(v.held[v.key.from:v.key.to], []byte("value"))
}

// flush writes what is held, its secrets hidden.
func (v *jsonVeil) flush() {
	if v.value.to == 0 {
		v.flushHead()
		v.forget()
		return
	}
	rest := v.held[v.value.to:]
	value := v.held[v.value.from:v.value.to]
	v.held = v.held[:v.value.from]
	v.flushHead()
	v.writeValue(value)
	v.out.write(rest)
	v.forget()
}

// flushHead writes the key and what surrounds it.
func (v *jsonVeil) flushHead() {
	if v.key.to == 0 {
		v.out.write(v.held)
		return
	}
	v.out.write(v.held[:v.key.from])
	v.hide(v.held[v.key.from:v.key.to])
	v.out.write(v.held[v.key.to:])
}

// forget begins anew behind what has been written.
func (v *jsonVeil) forget() {
	v.held, v.key, v.value, v.secret = v.held[:0], span{}, span{}, false
}

// writeValue writes a string, a number or a literal.
func (v *jsonVeil) writeValue(value []byte) {
	quoted := value[0] == '"'
	plain := bytes.Trim(value, `"`)
	switch {
	case v.secret && !v.harmless(plain, quoted):
		v.out.write([]byte(`"` + hidden + `"`))
	case quoted:
		v.out.write(value[:1])
		v.hide(value[1 : len(value)-1])
		v.out.write(value[:1])
	default:
		v.out.write(value)
	}
}

// harmless tells what no secret is though its key says so: nothing, true and
// false, and Zoom's error numbers.
func (v *jsonVeil) harmless(plain []byte, quoted bool) bool {
	if len(plain) == 0 || !quoted && (plain[0] == 't' || plain[0] == 'f' || plain[0] == 'n') {
		return true
	}
	return codeKey(v.held[v.key.from:v.key.to]) && isShortNumber(string(plain))
}

// hide writes the inside of a string without its secrets.
func (v *jsonVeil) hide(s []byte) {
	if !suspicious(s) {
		v.out.write(s)
		return
	}
	v.some, _ = hideWords(v.some[:0], s, span{0, len(s)}, false)
	v.out.write(v.some)
}

// suspicious tells whether [hideWords] could find anything: a value needs a
// separator or a blank before it, a token of its own is long.
func suspicious(s []byte) bool {
	return len(s) >= 12 || bytes.IndexByte(s, '=') >= 0 || bytes.IndexByte(s, ':') >= 0 || bytes.IndexByte(s, '%') >= 0
}

// close writes what is left; the text may have broken off anywhere.
func (v *jsonVeil) close() {
	if v.lost || v.in == aLongText {
		v.text.close()
		return
	}
	unfinished := v.in == aString || v.in == aBareWord
	switch {
	case unfinished && v.secret && v.next <= valueOrEnd:
		v.held = v.held[:v.from]
		v.flushHead()
		v.out.write([]byte(`"` + hidden))
	case unfinished:
		v.giveUp()
		v.text.close()
	default:
		v.flush()
	}
}
