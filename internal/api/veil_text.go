package api

const (
	// lookahead is how many bytes have to be seen behind a word before it is
	// decided whether a secret follows: a name and its value are never further apart.
	lookahead = 4 << 10
	// wordTail is how much of a word without end is enough to know a secret name
	// by; the longest is a sixth of it.
	wordTail = 128
)

// textVeil hides the secrets of a text that comes in pieces, with the result of
// [hideSecrets] on the whole. What it holds undecided is a few kilobytes, or a
// secret that has not come to its end.
type textVeil struct {
	out  *growing
	held []byte // from the byte before the first word that is not decided
	lead int    // 1 when that byte is there; it has been written already
	mid  bool   // held begins inside a word
	wait int    // do not look again before held has this length
	some []byte // for reuse
}

func (v *textVeil) write(p []byte) {
	v.held = append(v.held, p...)
	if len(v.held) >= max(v.wait, 2*lookahead) {
		v.decide(true)
	}
}

func (v *textVeil) close() {
	v.decide(false)
	v.held = nil
}

// decide writes all that can be decided about; more: the text goes on.
func (v *textVeil) decide(more bool) {
	v.wait = 0
	in := span{v.lead, len(v.held)}
	if more {
		in.to = len(v.held) - lookahead
	}
	next, stuck := in.from, false
	if v.mid {
		next = v.middle(more)
		in.from, stuck = next, v.mid
	}
	if !stuck && in.from < in.to {
		v.some, next = hideWords(v.some[:0], v.held, in, more)
		v.out.write(v.some)
		stuck = next < in.to
	}
	v.keepFrom(next)
	if stuck { // before a word or a secret without end
		v.shorten()
		v.wait = 2 * len(v.held) // looking again at each piece would take quadratic time
	}
}

// middle deals with the end of a word whose begin is written: as a name, a tail
// of it says as much as all. It gives where to go on; mid stays when the end has
// not come yet.
func (v *textVeil) middle(more bool) int {
	end := wordEnd(v.held, v.lead)
	if more && end+lookahead > len(v.held) {
		return v.lead
	}
	from, to := secretAfter(v.held, end, word{v.held, v.lead, end})
	if more && to == len(v.held) {
		return v.lead
	}
	v.out.write(v.held[v.lead:from])
	if to > from {
		v.out.write([]byte(hidden))
	}
	v.mid = false
	return max(end, to)
}

// keepFrom drops what is decided, but for the byte before the rest: an escape
// may begin there.
func (v *textVeil) keepFrom(next int) {
	if next == 0 {
		return
	}
	v.held = append(v.held[:0], v.held[next-1:]...)
	v.lead = 1
}

// shorten writes most of a word that is too long to be held, such as a file in
// base64. A JSON Web Token is held: it is going to be hidden.
func (v *textVeil) shorten() {
	end := wordEnd(v.held, v.lead)
	cut := end - wordTail
	if end < len(v.held) || cut <= v.lead+wordTail {
		return
	}
	if _, token := tokenIn(v.held, v.lead, end); token > 0 && !v.mid {
		return
	}
	v.out.write(v.held[v.lead:cut])
	v.keepFrom(cut)
	v.mid = true
}
