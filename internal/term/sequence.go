package term

import "unicode/utf8"

// Introducers of control sequences and strings: ESC and the C1 controls (ECMA-48 section 5.3, 5.4 and 5.6).
const (
	escape             = '\x1b'
	deviceControl      = '\u0090' // DCS, ESC P
	startOfString      = '\u0098' // SOS, ESC X
	controlSequence    = '\u009b' // CSI, ESC [
	stringTerminator   = '\u009c' // ST, ESC \
	systemCommand      = '\u009d' // OSC, ESC ]
	privacyMessage     = '\u009e' // PM, ESC ^
	applicationCommand = '\u009f' // APC, ESC _
)

// sequenceLen is the number of bytes of the escape sequence that s begins with, the string it introduces included; 0 if
// s begins with none. A sequence that is cut off or malformed ends before the first character that cannot belong to it.
func sequenceLen(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case escape:
		return 1 + escapeLen(s[1:])
	case controlSequence:
		return size + controlLen(s[size:])
	case deviceControl, startOfString, systemCommand, privacyMessage, applicationCommand:
		return size + stringLen(s[size:])
	}
	return 0
}

// escapeLen measures what follows an ESC.
func escapeLen(s string) int {
	if s == "" {
		return 0
	}
	switch s[0] {
	case '[':
		return 1 + controlLen(s[1:])
	case ']', 'P', 'X', '^', '_':
		return 1 + stringLen(s[1:])
	}
	n := span(s, ' ', '/') // intermediate bytes, as in ESC ( B
	return n + spanOne(s[n:], '0', '~')
}

// controlLen measures what follows a CSI: parameter bytes, intermediate bytes, one final byte.
func controlLen(s string) int {
	n := span(s, '0', '?')
	n += span(s[n:], ' ', '/')
	return n + spanOne(s[n:], '@', '~')
}

// stringLen measures a control string and its terminator: ST, or BEL as xterm accepts it. A string without one ends
// where a terminal gives up on it (ESC, CAN, SUB), or with its line: else two bytes could hide all the text after them.
func stringLen(s string) int {
	for i, r := range s {
		switch r {
		case stringTerminator:
			return i + utf8.RuneLen(stringTerminator)
		case '\a', '\x18', '\x1a':
			return i + 1
		case '\n', '\r':
			return i
		case escape:
			if i+1 < len(s) && s[i+1] == '\\' {
				return i + 2
			}
			return i
		}
	}
	return len(s)
}

// span counts the leading bytes of s between low and high.
func span(s string, low, high byte) int {
	n := 0
	for n < len(s) && s[n] >= low && s[n] <= high {
		n++
	}
	return n
}

// spanOne is 1 if s begins with a byte between low and high, else 0.
func spanOne(s string, low, high byte) int {
	return min(1, span(s, low, high))
}
