package jsonview

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"zoomtui/internal/ui/kit"
)

// bytesPerCell is how many bytes of JSON a cell may take: an emoji of two cells is
// two escapes of six bytes, and a family of them is four with joiners.
const bytesPerCell = 32

// shown is the begin of a scalar in at most so many cells, tamed. Escapes of
// characters that can be drawn are drawn as these; all others stay as they are.
func shown(raw []byte, cells int) string {
	if cells <= 0 {
		return ""
	}
	cut := false
	if most := (cells + 2) * bytesPerCell; len(raw) > most {
		raw, cut = raw[:most], true
	}
	text := string(raw)
	if strings.IndexByte(text, '\\') >= 0 {
		text = drawable(text)
	}
	if text = kit.CleanText(text); cut {
		text += "…"
	}
	return kit.Cut(text, cells)
}

// drawable replaces the escapes that stand for a slash or a character that can be
// drawn.
func drawable(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 >= len(s) {
			b.WriteByte(s[i])
			i++
			continue
		}
		r, n := escaped(s[i:])
		switch {
		case s[i+1] == '/':
			b.WriteByte('/')
			n = 2
		case n > 0 && unicode.IsPrint(r) && r != '"' && r != '\\':
			b.WriteRune(r)
		default:
			n = max(n, 2)
			b.WriteString(s[i:min(i+n, len(s))])
		}
		i += n
	}
	return b.String()
}

// escaped is the character of a \u escape, or of two that belong together, and the
// length of it; 0: it is none.
func escaped(s string) (r rune, n int) {
	high, ok := unit(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(high) {
		if low, ok := unit(s[6:]); ok {
			if pair := utf16.DecodeRune(high, low); pair != unicode.ReplacementChar {
				return pair, 12
			}
		}
		return 0, 6
	}
	return high, 6
}

// unit is the number in a \u escape.
func unit(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}
