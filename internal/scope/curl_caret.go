package scope

import "strings"

// windowsWords splits the first command of a text into its words, as cmd.exe and
// a C program on Windows do together: ^ escapes, and continues a line; words are
// quoted with "…", in which \" and "" stand for one. Browsers offer this form as
// "Copy as cURL (cmd)".
//
// Where cmd would keep a ^ within quotes this drops it: browsers write both.
// Source: https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
func windowsWords(text string) (words []string, rest string) {
	w := windows{text: text}
	for w.at < len(text) && w.step() {
	}
	w.end()
	return w.words, text[w.at:]
}

// windows reads a command line.
type windows struct {
	text           string
	at             int
	words          []string
	word           []byte
	inWord, quoted bool
}

// step reads one letter; false at the end of the command.
func (w *windows) step() bool {
	rest := w.text[w.at:]
	two := rest[:min(2, len(rest))]
	switch c := rest[0]; {
	case c == '^':
		w.caret(rest)
	case two == `\"`, two == `""` && w.quoted:
		w.add('"', 2)
	case strings.HasPrefix(rest, `\^"`): // \" of which cmd shall see no quote
		w.add('"', 3)
	case c == '"':
		w.quoted, w.inWord = !w.quoted, true
		w.at++
	case w.quoted:
		w.add(c, 1)
	case c == '\n' || c == '|' || c == '&':
		if c != '\n' || !continues(rest) {
			return false
		}
		w.end()
		w.at++
	case c == ' ' || c == '\t' || c == '\r':
		w.end()
		w.at++
	default:
		w.add(c, 1)
	}
	return true
}

// caret reads ^ and, where it is an escape of its own, the letter after it.
func (w *windows) caret(rest string) {
	after := strings.TrimLeft(rest[1:], " \t\r")
	switch {
	case strings.HasPrefix(after, "\n"):
		w.at += len(rest) - len(after) + 1
	case strings.HasPrefix(rest, "^^"), strings.HasPrefix(rest, "^&"), strings.HasPrefix(rest, "^|"):
		w.add(rest[1], 2)
	default:
		w.at++
	}
}

func (w *windows) add(c byte, length int) {
	w.word = append(w.word, c)
	w.inWord = true
	w.at += length
}

func (w *windows) end() {
	if w.inWord {
		w.words = append(w.words, string(w.word))
	}
	w.word, w.inWord = w.word[:0], false
}
