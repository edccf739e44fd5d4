// Package jsonprint writes JSON for people: indented, in colour, and without
// anything that a terminal would obey.
package jsonprint

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Printer is an io.Writer that lays out the JSON documents that are written to it,
// in pieces of any size; it keeps none of it. What is no valid JSON comes out as it
// is understood. Inside a text, what a terminal would obey or hide (control and
// bidirectional characters) is written as \uXXXX, which is the same JSON; outside it
// is dropped.
type Printer struct {
	out    io.Writer
	colour bool
	line   []byte // what is to be written
	tail   []byte // the begin of a character whose rest has not come

	stack   []byte // the open brackets
	opened  bool   // the last one holds nothing yet
	text    bool   // inside a text
	escape  bool   // behind a backslash
	word    bool   // inside a number, true, false or null
	key     bool   // a text that comes now is a key
	painted bool
	wrote   bool // something of this document
}

// New makes a printer; with colour, texts, keys and words are told apart by SGR
// attributes (ECMA-48, 8.3.117).
func New(out io.Writer, colour bool) *Printer { return &Printer{out: out, colour: colour} }

const (
	paintKey  = "\x1b[1;34m"
	paintText = "\x1b[32m"
	paintWord = "\x1b[36m"
	paintOff  = "\x1b[0m"

	maxIndent = 64 // levels; deeper ones stand below each other, or a hostile answer would grow by its square
)

// Write implements io.Writer.
func (p *Printer) Write(data []byte) (int, error) {
	n := len(data)
	if len(p.tail) > 0 {
		data = append(p.tail, data...)
		p.tail = nil
	}
	for len(data) > 0 {
		r, size := rune(data[0]), 1
		if r >= utf8.RuneSelf {
			if !utf8.FullRune(data) {
				p.tail = append([]byte(nil), data...)
				break
			}
			r, size = utf8.DecodeRune(data)
		}
		p.rune(r)
		data = data[size:]
		if err := p.flush(32 << 10); err != nil {
			return 0, err
		}
	}
	return n, p.flush(1)
}

// Close ends the last line.
func (p *Printer) Close() error {
	for range p.tail { // no character
		p.rune(utf8.RuneError)
	}
	p.tail = nil
	p.endWord()
	p.paint("")
	if p.wrote {
		p.line = append(p.line, '\n')
	}
	p.wrote = false
	return p.flush(1)
}

// flush hands on what is there, once there is so much of it.
func (p *Printer) flush(least int) error {
	if len(p.line) < least {
		return nil
	}
	_, err := p.out.Write(p.line)
	p.line = p.line[:0]
	return err // the writer's own
}

// rune takes in one character.
func (p *Printer) rune(r rune) {
	switch {
	case p.text:
		p.inText(r)
	case r == ' ' || r == '\t' || r == '\r' || r == '\n':
		p.endWord()
	case r == '{' || r == '[':
		p.value()
		p.add(r)
		p.stack = append(p.stack, byte(r))
		p.opened, p.key = true, r == '{'
	case r == '}' || r == ']':
		p.close(r)
	case r == ',':
		p.endWord()
		p.add(r)
		p.key = len(p.stack) > 0 && p.stack[len(p.stack)-1] == '{'
		p.newLine()
	case r == ':':
		p.endWord()
		p.line = append(p.line, ": "...)
		p.key = false
	case r == '"':
		p.value()
		p.beginText()
	case !unsafe(r):
		p.inWord(r)
	}
}

// value begins a value or a key.
func (p *Printer) value() {
	p.endWord()
	if len(p.stack) == 0 && p.wrote {
		p.line = append(p.line, '\n') // another document
	}
	p.wrote = true
	if p.opened {
		p.opened = false
		p.newLine()
	}
}

func (p *Printer) beginText() {
	p.text = true
	if p.key {
		p.paint(paintKey)
	} else {
		p.paint(paintText)
	}
	p.add('"')
}

func (p *Printer) inText(r rune) {
	switch {
	case unsafe(r) && !p.escape:
		p.line = append(p.line, escaped(r)...)
	case unsafe(r): // behind a backslash it cannot be valid
		p.escape = false
	default:
		p.add(r)
		ended := r == '"' && !p.escape
		p.escape = r == '\\' && !p.escape
		if ended {
			p.text, p.key = false, false
			p.paint("")
		}
	}
}

// inWord takes in a character of a number, true, false or null.
func (p *Printer) inWord(r rune) {
	if !p.word {
		p.value()
		p.word = true
		if r != '-' && !unicode.IsDigit(r) {
			p.paint(paintWord)
		}
	}
	p.add(r)
}

func (p *Printer) endWord() {
	if p.word {
		p.word = false
		p.paint("")
	}
}

func (p *Printer) close(r rune) {
	p.endWord()
	if len(p.stack) > 0 {
		p.stack = p.stack[:len(p.stack)-1]
	}
	if !p.opened {
		p.newLine()
	}
	p.opened, p.wrote = false, true
	p.add(r)
}

// newLine begins a line as deep as the brackets are.
func (p *Printer) newLine() {
	p.line = append(p.line, '\n')
	p.line = append(p.line, strings.Repeat("  ", min(len(p.stack), maxIndent))...)
}

func (p *Printer) add(r rune) { p.line = utf8.AppendRune(p.line, r) }

// paint begins a colour; empty ends it.
func (p *Printer) paint(sgr string) {
	if !p.colour || sgr == "" && !p.painted {
		return
	}
	p.painted = sgr != ""
	if sgr == "" {
		sgr = paintOff
	}
	p.line = append(p.line, sgr...)
}

// unsafe tells what a terminal would obey, or hides, or shows elsewhere than it
// stands: control characters, the bidirectional controls (Unicode UAX #9, section
// 2), separators of lines, tags and noncharacters. Joiners stay: emoji need them.
func unsafe(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == utf8.RuneError:
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r&0xfffe == 0xfffe, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return false
}

// escaped is a character as JSON may write it (RFC 8259, section 7).
func escaped(r rune) string {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
