package term

import (
	"strings"
	"unicode/utf8"
)

// maxMarks is the number of combining marks and selectors a base keeps. Real scripts stack four or five; "zalgo" text
// stacks hundreds and paints over the neighbouring lines.
const maxMarks = 8

// scrubber copies text rune by rune and leaves out what must not reach a terminal. Every decision is made on what was
// written before, not on what was read, so that scrubbing twice changes nothing.
type scrubber struct {
	out    strings.Builder
	prev   rune // last rune written; 0 at the beginning
	marks  int  // marks written on the current base
	blank  bool // a line break or tab was seen: one blank is due before the next visible rune
	joiner rune // a joiner was seen: it is due if a rune follows that it can join; 0: none
}

// scrub removes everything unsafe from s and stops when the result is longer than limit bytes.
func scrub(s string, limit int) string {
	var b scrubber
	b.out.Grow(min(len(s), limit) + utf8.UTFMax)
	for i := 0; i < len(s) && b.out.Len() <= limit; {
		r, size := utf8.DecodeRuneInString(s[i:])
		if n := sequenceLen(s[i:]); n > 0 {
			i += n
			continue
		}
		i += size
		b.add(r)
	}
	return b.out.String()
}

// add writes r, keeps it back, or drops it.
func (b *scrubber) add(r rune) {
	switch {
	case isBreak(r):
		b.blank = b.prev != 0
		b.joiner = 0
	case r == ' ' && b.blank, isControl(r):
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
		if b.joiner == 0 && !b.blank && joins(b.prev) {
			b.joiner = r
		}
	case isTag(r):
		if b.prev == blackFlag || isTag(b.prev) && b.prev != cancelTag {
			b.mark(r)
		}
	case isInvisible(r):
	case isMark(r):
		if hasBase := b.prev != 0 && b.prev != ' ' && !b.blank; hasBase && (!isSelector(r) || !isSelector(b.prev)) {
			b.mark(r)
		}
	case isNoncharacter(r):
		b.base(utf8.RuneError)
	default:
		b.base(r)
	}
}

// mark writes a rune that sits on the base before it, unless that one carries enough already.
func (b *scrubber) mark(r rune) {
	if b.marks == maxMarks {
		return
	}
	b.join(r)
	b.marks++
	b.write(r)
}

// base writes a rune that takes cells of its own.
func (b *scrubber) base(r rune) {
	if b.blank {
		b.blank = false
		if b.prev != ' ' {
			b.out.WriteByte(' ')
		}
	}
	b.join(r)
	b.marks = 0
	b.write(r)
}

// join writes the joiner that is due, if it joins r to the rune before.
func (b *scrubber) join(r rune) {
	if b.joiner != 0 && joins(r) {
		b.out.WriteRune(b.joiner)
	}
	b.joiner = 0
}

func (b *scrubber) write(r rune) {
	b.out.WriteRune(r)
	b.prev = r
}
