package main

import (
	"strings"
	"unicode/utf8"
)

// The bytes of the keyboard that mean something here.
const (
	keyEscape    = 0x1b
	keyBackspace = 0x7f
	keyCtrlH     = 0x08
	keyCtrlU     = 0x15
	keyCtrlW     = 0x17
)

// maxEscape bounds an escape sequence; a longer one is none.
const maxEscape = 32

// Bracketed paste (https://invisible-island.net/xterm/xterm-paste64.html): the
// terminal marks what is pasted, so that a line break inside is no Enter.
const (
	pasteModeOn  = "\x1b[?2004h"
	pasteModeOff = "\x1b[?2004l"
	pasteBegins  = "[200~"
	pasteEnds    = "[201~"
)

// typing puts together what a terminal hands over byte by byte.
type typing struct {
	line    []byte
	escape  []byte // after ESC, until the sequence is over; nil: none
	inside  bool   // a sequence is under way
	pasting bool
}

// feed takes one byte. given tells that the line is to be used: Enter was
// pressed, or a paste has ended.
func (t *typing) feed(b byte) (given, pasted bool) {
	if t.inside {
		return t.feedEscape(b)
	}
	switch {
	case b == keyEscape:
		t.inside, t.escape = true, t.escape[:0]
	case t.pasting:
		t.add(b)
	case b == '\r' || b == '\n':
		return true, false
	case b == keyBackspace || b == keyCtrlH:
		_, size := utf8.DecodeLastRune(t.line)
		t.line = t.line[:len(t.line)-size]
	case b == keyCtrlU || b == keyCtrlW:
		t.line = t.line[:0]
	case b >= ' ':
		t.add(b)
	}
	return false, false
}

// feedEscape takes a byte of an escape sequence (ECMA-48 section 5.4): only the
// marks of a paste mean something.
func (t *typing) feedEscape(b byte) (given, pasted bool) {
	t.escape = append(t.escape, b)
	first := len(t.escape) == 1
	switch {
	case first && (b == '[' || b == 'O'):
		return false, false
	case first && b == keyEscape:
		t.escape = t.escape[:0]
		return false, false
	case !first && (b < 0x40 || b > 0x7e) && len(t.escape) < maxEscape:
		return false, false
	}
	t.inside = false
	switch string(t.escape) {
	case pasteBegins:
		t.pasting = true
	case pasteEnds:
		t.pasting = false
		return true, true
	}
	return false, false
}

func (t *typing) add(b byte) {
	if len(t.line) < maxPasteLine {
		t.line = append(t.line, b)
	}
}

// take gives the line and begins a new one.
func (t *typing) take() string {
	text := string(t.line)
	t.line = t.line[:0]
	return text
}

// count is how many characters wait for Enter, line breaks aside.
func (t *typing) count() int {
	return utf8.RuneCountInString(strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' {
			return -1
		}
		return r
	}, string(t.line)))
}
