package jsontree

import (
	"encoding/binary"
	"strings"
)

// skipBlank gives the first byte from i on that is no blank.
func skipBlank(s []byte, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t' || s[i] == '\r') {
		i++
	}
	return i
}

// Words of eight equal bytes, for looking at eight bytes at once.
const (
	ones    = 0x0101010101010101
	highs   = 0x80 * ones
	quotes  = '"' * ones
	slashes = '\\' * ones
)

// plainBytes gives the first byte from i on that is a quote, a backslash, or a
// control character.
func plainBytes(s []byte, i int) int {
	for i+8 <= len(s) {
		w := binary.LittleEndian.Uint64(s[i:])
		q, b := w^quotes, w^slashes
		if ((w-0x20*ones)&^w|(q-ones)&^q|(b-ones)&^b)&highs != 0 {
			break
		}
		i += 8
	}
	for i < len(s) && s[i] != '"' && s[i] != '\\' && s[i] >= 0x20 {
		i++
	}
	return i
}

// stringAt checks the string at i and gives the byte behind it.
func stringAt(s []byte, i int) (int, error) {
	for i++; ; {
		i = plainBytes(s, i)
		if i >= len(s) {
			return i, wrong(i, "it ends inside of a string")
		}
		switch s[i] {
		case '"':
			return i + 1, nil
		case '\\':
			n := escapeLength(s[i:])
			if n == 0 {
				return i, wrong(i, "it is no escape of JSON's")
			}
			i += n
		default:
			return i, wrong(i, "a control character inside of a string")
		}
	}
}

// escapeLength gives the length of the escape that s begins with; 0: it is none.
func escapeLength(s []byte) int {
	if len(s) < 2 {
		return 0
	}
	if s[1] != 'u' {
		if strings.IndexByte(`"\/bfnrt`, s[1]) < 0 {
			return 0
		}
		return 2
	}
	if len(s) < 6 {
		return 0
	}
	for _, c := range s[2:6] {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return 0
		}
	}
	return 6
}

func literalAt(s []byte, i int, word string) (int, error) {
	if len(s)-i < len(word) || string(s[i:i+len(word)]) != word {
		return i, wrong(i, "a value should be here")
	}
	return i + len(word), nil
}

// numberAt checks the number at i and gives the byte behind it (RFC 8259 section 6).
func numberAt(s []byte, i int) (int, error) {
	start := i
	if i < len(s) && s[i] == '-' {
		i++
	}
	switch {
	case i >= len(s) || !isDigit(s[i]):
		return start, wrong(start, "a value should be here")
	case s[i] == '0':
		i++
	default:
		i = digits(s, i)
	}
	if i < len(s) && s[i] == '.' {
		if i++; i >= len(s) || !isDigit(s[i]) {
			return i, wrong(i, "a digit should be here")
		}
		i = digits(s, i)
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if i >= len(s) || !isDigit(s[i]) {
			return i, wrong(i, "a digit should be here")
		}
		i = digits(s, i)
	}
	return i, nil
}

func digits(s []byte, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
