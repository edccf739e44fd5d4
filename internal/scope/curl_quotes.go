package scope

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// doubleQuoted reads a text from its opening " on: the length with both quotes,
// and what it stands for. Length 0: it is never closed.
func doubleQuoted(text string) (length int, value string) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return i + 1, b.String()
		case c != '\\' || i+1 == len(text):
			b.WriteByte(c)
		case text[i+1] == '\n':
			i++
		case strings.IndexByte("$`\"\\", text[i+1]) >= 0:
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return 0, ""
}

// ansiQuoted reads a text from its opening $' on, as doubleQuoted does. Browsers
// write it where a body has newlines or quotes.
// Source: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
func ansiQuoted(text string) (length int, value string) {
	var b strings.Builder
	for i := 2; i < len(text); {
		switch c := text[i]; {
		case c == '\'':
			return i + 1, b.String()
		case c != '\\' || i+1 == len(text):
			b.WriteByte(c)
			i++
		default:
			n, piece := ansiEscape(text[i+1:])
			b.WriteString(piece)
			i += 1 + n
		}
	}
	return 0, ""
}

// ansiEscape reads what follows the backslash: its length and what it stands for.
func ansiEscape(text string) (length int, value string) {
	const letters, values = `abeEfnrtv\'"?`, "\a\b\x1b\x1b\f\n\r\t\v\\'\"?"
	if at := strings.IndexByte(letters, text[0]); at >= 0 {
		return 1, values[at : at+1]
	}
	switch text[0] {
	case 'x':
		return ansiNumber(text, 1, 2)
	case 'u':
		return ansiNumber(text, 1, 4)
	case 'U':
		return ansiNumber(text, 1, 8)
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return ansiNumber(text, 0, 3)
	case 'c':
		if len(text) > 1 && text[1] < utf8.RuneSelf {
			return 2, string(rune(text[1] & 0x1f))
		}
	}
	return 0, `\`
}

// ansiNumber reads the digits of a letter: after x, u and U hexadecimal ones,
// else octal ones. \x and octal digits give a byte, \u and \U a letter.
func ansiNumber(text string, start, most int) (length int, value string) {
	digits, base := "01234567", 8
	if start > 0 {
		digits, base = "0123456789abcdefABCDEF", 16
	}
	end := start
	for end < len(text) && end < start+most && strings.IndexByte(digits, text[end]) >= 0 {
		end++
	}
	n, err := strconv.ParseUint(text[start:end], base, 32)
	switch {
	case err != nil:
		return 0, `\`
	case text[0] == 'u' || text[0] == 'U':
		return end, string(rune(min(n, utf8.MaxRune+1)))
	}
	return end, string([]byte{byte(n)})
}

// commandLength is the length of $(…) with its brackets; 0: it is never closed.
func commandLength(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
