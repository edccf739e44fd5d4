package config

import (
	"errors"
	"strings"
)

// statementKind tells what a piece of a TOML text is.
type statementKind int

const (
	other  statementKind = iota // a blank line or a comment
	header                      // [a.b]
	pair                        // a.b = value
)

// statement is a piece of a TOML text that ends with its line (or with the last
// line of its value); all statements of a text, joined, are the text.
type statement struct {
	kind statementKind
	text string
	path []string // full name: of the table, or of the table and the key
	from int      // of a pair: where the value begins in text, in bytes,
	to   int      // and where it ends; a comment may follow
}

// comment tells a line that holds a comment and nothing else.
func (s statement) comment() bool { return s.kind == other && strings.TrimSpace(s.text) != "" }

// within tells whether a statement belongs to a table, its header included.
func (s statement) within(table ...string) bool {
	if s.kind == other || len(s.path) < len(table) {
		return false
	}
	for i, name := range table {
		if s.path[i] != name {
			return false
		}
	}
	return true
}

// keyText is how the key is written, with the names before its last dot.
func (s statement) keyText() string {
	key, _, _ := strings.Cut(s.text[:s.from], "=")
	return strings.TrimSpace(key)
}

// errNotRead is for a text that this scanner does not follow.
var errNotRead = errors.New("written in a way that is not changed by a program")

// scan cuts a text that is valid TOML into statements (https://toml.io/en/v1.0.0).
// It is no check: what it takes for a change of the file is parsed again before
// it is written.
func scan(text string) ([]statement, error) {
	var all []statement
	var table []string
	rest := text
	if after, ok := strings.CutPrefix(rest, "\ufeff"); ok {
		all, rest = append(all, statement{text: "\ufeff"}), after
	}
	for rest != "" {
		c := cursor{text: rest}
		s, err := c.statement(table)
		if err != nil {
			return nil, err
		}
		if s.kind == header {
			table = s.path
		}
		all, rest = append(all, s), rest[len(s.text):]
	}
	return all, nil
}

// cursor reads one statement.
type cursor struct {
	text string
	at   int
}

func (c *cursor) peek() byte {
	if c.at >= len(c.text) {
		return 0
	}
	return c.text[c.at]
}

// blanks passes over blanks and tabs.
func (c *cursor) blanks() {
	for c.at < len(c.text) && (c.text[c.at] == ' ' || c.text[c.at] == '\t') {
		c.at++
	}
}

// toLineEnd passes over the rest of the line, its end included.
func (c *cursor) toLineEnd() {
	if i := strings.IndexByte(c.text[c.at:], '\n'); i >= 0 {
		c.at += i + 1
		return
	}
	c.at = len(c.text)
}

func (c *cursor) statement(table []string) (statement, error) {
	c.blanks()
	switch c.peek() {
	case 0, '\r', '\n', '#':
		c.toLineEnd()
		return statement{text: c.text[:c.at]}, nil
	case '[':
		c.at++
		if c.peek() == '[' {
			return statement{}, errNotRead
		}
		path, err := c.key()
		if err != nil || c.peek() != ']' {
			return statement{}, errNotRead
		}
		c.toLineEnd()
		return statement{kind: header, text: c.text[:c.at], path: path}, nil
	}
	key, err := c.key()
	if err != nil || c.peek() != '=' {
		return statement{}, errNotRead
	}
	c.at++
	c.blanks()
	s := statement{kind: pair, path: append(append([]string{}, table...), key...), from: c.at}
	if err := c.value(); err != nil {
		return statement{}, err
	}
	s.to = c.at
	c.toLineEnd()
	s.text = c.text[:c.at]
	return s, nil
}

// key reads a dotted key and the blanks around it.
func (c *cursor) key() ([]string, error) {
	var path []string
	for {
		c.blanks()
		start := c.at
		switch c.peek() {
		case '"', '\'':
			if err := c.quoted(); err != nil {
				return nil, err
			}
			name, err := unquote(c.text[start:c.at])
			if err != nil {
				return nil, err
			}
			path = append(path, name)
		default:
			for c.at < len(c.text) && bareKey(c.text[c.at]) {
				c.at++
			}
			if c.at == start {
				return nil, errNotRead
			}
			path = append(path, c.text[start:c.at])
		}
		c.blanks()
		if c.peek() != '.' {
			return path, nil
		}
		c.at++
	}
}

func bareKey(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-'
}

// value passes over a value: a text in one of its four forms, an inline table, a
// bare word such as true, or anything else that config.toml never holds.
func (c *cursor) value() error {
	start := c.at
	for c.at < len(c.text) && bareKey(c.text[c.at]) {
		c.at++
	}
	if c.at > start {
		return nil
	}
	depth := 0
	for c.at < len(c.text) {
		switch c.peek() {
		case '"', '\'':
			if err := c.quoted(); err != nil {
				return err
			}
			if depth == 0 {
				return nil
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				c.at++
				return nil
			}
		case '#', '\n':
			return errNotRead
		}
		c.at++
	}
	return errNotRead
}

// quoted passes over a text in quotation marks, also one of several lines.
func (c *cursor) quoted() error {
	mark := c.text[c.at : c.at+1]
	if triple := strings.Repeat(mark, 3); strings.HasPrefix(c.text[c.at:], triple) {
		mark = triple
	}
	escapes := mark[0] == '"'
	for i := c.at + len(mark); i < len(c.text); i++ {
		switch {
		case escapes && c.text[i] == '\\':
			i++
		case len(mark) == 1 && c.text[i] == '\n':
			return errNotRead
		case strings.HasPrefix(c.text[i:], mark):
			c.at = i + len(mark)
			for n := 0; len(mark) == 3 && n < 2 && c.peek() == mark[0]; n++ {
				c.at++ // up to two marks may stand before the closing three
			}
			return nil
		}
	}
	return errNotRead
}
