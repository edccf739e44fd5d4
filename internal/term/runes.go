package term

import "unicode"

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	joiners            = "\u200c\u200d"
	blackFlag          = '\U0001f3f4' // begins the flags of regions: a black flag and tag characters
	cancelTag          = '\U000e007f'
)

// isBreak reports line breaks and tabs: characters that move the cursor to another place on purpose.
func isBreak(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// isControl reports C0 and C1 control characters and DEL.
func isControl(r rune) bool {
	return r < ' ' || r >= 0x7f && r <= 0x9f
}

// isTag reports the tag characters, which spell the region of a flag emoji and are invisible everywhere else.
func isTag(r rune) bool {
	return r >= 0xe0000 && r <= 0xe007f
}

// isInvisible reports format characters (category Cf) that show nothing: the bidirectional controls, zero-width space and
// no-break space, soft hyphen, annotations. The few of that category that are drawn, number signs of Arabic, Syriac and
// Kaithi, stay.
func isInvisible(r rune) bool {
	if r < 0xad || !unicode.Is(unicode.Cf, r) {
		return false
	}
	return !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// isMark reports runes that are drawn on the one before: combining marks, enclosing marks, variation selectors.
func isMark(r rune) bool {
	return r >= 0x300 && unicode.IsMark(r)
}

// isSelector reports variation selectors: one picks the look of its base; a row of them only hides data.
func isSelector(r rune) bool {
	return unicode.Is(unicode.Variation_Selector, r)
}

// joins reports runes that a joiner can stand beside: letters, marks and pictures beyond ASCII.
func joins(r rune) bool {
	return r >= 0x80 && unicode.In(r, unicode.L, unicode.M, unicode.So, unicode.Sm, unicode.Sk)
}

// isNoncharacter reports code points that Unicode keeps for ever unassigned (U+FDD0–U+FDEF and the last two of a plane).
func isNoncharacter(r rune) bool {
	return r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}
