package params

import "strings"

// Words splits a line into words as a POSIX shell splits plain ones: at blanks that
// do not stand in '…' or "…", and a \ takes the next letter as it is outside of '…'. A
// quote that nobody closes, which is an apostrophe more often than not, is a letter.
func Words(line string) []string {
	var words []string
	var word strings.Builder
	begun := false
	for line != "" {
		length, value := piece(line)
		switch {
		case length > 0:
			word.WriteString(value)
			begun = true
		case begun:
			words = append(words, word.String())
			word.Reset()
			begun = false
		}
		line = line[max(length, 1):]
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

// piece is the next letter of a word, or a quoted part of it; length 0: a blank.
func piece(line string) (length int, value string) {
	switch c := line[0]; {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		return 0, ""
	case c == '\\' && len(line) > 1 && strings.IndexByte(` \'"`, line[1]) >= 0:
		return 2, line[1:2]
	case c == '\'':
		if end := strings.IndexByte(line[1:], '\''); end >= 0 {
			return end + 2, line[1 : end+1]
		}
	case c == '"':
		if length, value := doubleQuoted(line); length > 0 {
			return length, value
		}
	}
	return 1, line[:1]
}

// doubleQuoted reads "…", in which \" and \\ stand for one letter; length 0: it is
// not closed.
func doubleQuoted(line string) (length int, value string) {
	var b strings.Builder
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '"':
			return i + 1, b.String()
		case line[i] == '\\' && i+1 < len(line) && (line[i+1] == '"' || line[i+1] == '\\'):
			i++
		}
		b.WriteByte(line[i])
	}
	return 0, ""
}
