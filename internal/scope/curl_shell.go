package scope

import "strings"

// shellWords splits the first command of a text into its words, as a POSIX shell
// does, and gives the text after it. Quotes are those of bash: '…', "…" and $'…'.
// A command ends at a line that is not continued, and at | & ; and ). Variables and
// $(…) stay as they are: nothing is run.
//
// What people paste is not always right, so that a quote that is never closed is a
// plain letter, a backslash may have blanks behind it before the end of the line,
// the backtick of PowerShell continues a line too, a next line that begins with an
// option belongs to the command, and an & inside a URL is part of it.
// Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
func shellWords(text string) (words []string, rest string) {
	s := shell{text: text}
	for s.at < len(s.text) && s.step() {
	}
	s.end()
	return s.words, s.text[s.at:]
}

// shell reads a command line.
type shell struct {
	text   string
	at     int
	words  []string
	word   []byte
	inWord bool // there is a word, if an empty one: ''
	open   [4]bool
	skip   bool // the next word is the file of a redirection
}

// Forms that turned out not to be closed anywhere. They are not looked for
// again: that would take quadratic time.
const (
	openSingle = iota
	openDouble
	openANSI
	openCommand
)

// step reads one piece; false at the end of the command.
func (s *shell) step() bool {
	rest := s.text[s.at:]
	switch c := rest[0]; c {
	case ' ', '\t', '\r':
		s.end()
		s.at++
	case '\n':
		if !continues(rest) {
			return false
		}
		s.end()
		s.at++
	case '\\', '`':
		s.escape(rest)
	case '\'':
		s.quoted(openSingle, rest)
	case '"':
		s.quoted(openDouble, rest)
	case '$':
		s.dollar(rest)
	case '|', ')', '&', ';':
		if endsCommand(rest, s.inWord) {
			return false
		}
		s.add(rest[:1])
		s.at++
	case '<', '>':
		s.redirect(rest)
	case '#':
		if s.inWord {
			s.add("#")
			s.at++
			break
		}
		s.at += lineLength(rest)
	default:
		length := strings.IndexAny(rest, " \t\r\n\\`'\"$|)&;<>#")
		if length < 0 {
			length = len(rest)
		}
		s.add(rest[:length])
		s.at += length
	}
	return true
}

func (s *shell) add(text string) {
	s.word = append(s.word, text...)
	s.inWord = true
}

// end ends the word.
func (s *shell) end() {
	if s.inWord && !s.skip {
		s.words = append(s.words, string(s.word))
	}
	if s.inWord {
		s.skip = false
	}
	s.word, s.inWord = s.word[:0], false
}

// escape reads a backslash, or a backtick, with what follows.
func (s *shell) escape(rest string) {
	after := strings.TrimLeft(rest[1:], " \t\r")
	switch {
	case strings.HasPrefix(after, "\n"):
		s.at += len(rest) - len(after) + 1
	case rest[0] == '`' || len(rest) == 1:
		s.add(rest[:1])
		s.at++
	default:
		s.add(rest[1:2])
		s.at += 2
	}
}

// dollar reads $'…', $"…", $(…) or a plain $.
func (s *shell) dollar(rest string) {
	switch {
	case strings.HasPrefix(rest, "$'"):
		s.quoted(openANSI, rest)
	case strings.HasPrefix(rest, "$("):
		s.quoted(openCommand, rest)
	default:
		s.add("$")
		s.at++
	}
}

// quoted reads a quoted piece, or its first letter if it is never closed.
func (s *shell) quoted(form int, rest string) {
	length, value := 0, ""
	if !s.open[form] {
		switch form {
		case openSingle:
			length = 2 + strings.IndexByte(rest[1:], '\'')
			value = rest[1:max(1, length-1)]
		case openDouble:
			length, value = doubleQuoted(rest)
		case openANSI:
			length, value = ansiQuoted(rest)
		case openCommand:
			length = commandLength(rest)
			value = rest[:max(0, length)]
		}
	}
	if length < 2 {
		s.open[form] = true
		length, value = 1, rest[:1]
	}
	s.add(value)
	s.at += length
}

// redirect reads > or <; the file that follows is no word of the command.
func (s *shell) redirect(rest string) {
	s.end()
	s.skip = true
	s.at += len(rest) - len(strings.TrimLeft(rest, "<>&"))
}

// endsCommand tells whether an operator ends the command. & and ; inside a word
// are part of an address that nobody has quoted.
func endsCommand(rest string, inWord bool) bool {
	if rest[0] == '|' || rest[0] == ')' || !inWord || len(rest) == 1 {
		return true
	}
	return strings.IndexByte(" \t\r\n&;|", rest[1]) >= 0
}

// continues tells whether the line after a newline begins with an option.
func continues(rest string) bool {
	next := strings.TrimLeft(rest[1:], " \t")
	option := strings.TrimPrefix(strings.TrimPrefix(next, "-"), "-")
	return option != next && option != "" && (option[0]|' ' >= 'a' && option[0]|' ' <= 'z')
}

// lineLength is up to the newline, or all.
func lineLength(text string) int {
	if at := strings.IndexByte(text, '\n'); at >= 0 {
		return at
	}
	return len(text)
}
