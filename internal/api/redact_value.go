package api

import "bytes"

// valueAt gives the range of the value that a link leads to.
func valueAt(s []byte, l link) (from, to int) {
	at, sep, line := l.at, l.sep, l.line
	if sep == ':' && l.encoded {
		return encodedValueAt(s, at, line)
	}
	if at >= len(s) {
		return at, at
	}
	slashes := 0
	for at+slashes < len(s) && s[at+slashes] == '\\' {
		slashes++
	}
	switch c := s[at]; {
	case c == '"':
		return at + 1, quotedEnd(s, at+1, 0)
	case c == '\'':
		return at + 1, singleQuotedEnd(s, at+1)
	case slashes > 0 && at+slashes < len(s) && s[at+slashes] == '"':
		return at + slashes + 1, quotedEnd(s, at+slashes+1, slashes)
	case (c == '[' || c == '{') && !line:
		return at, bracketEnd(s, at)
	}
	stops := "&\"'<>\\ \t\r\n"
	switch {
	case line:
		return at, lineEnd(s, at)
	case sep == ':':
		stops += ",}]"
	}
	n := bytes.IndexAny(s[at:], stops)
	if n < 0 {
		return at, len(s)
	}
	return at, at + n
}

// lineEnd finds the end of a line, or of the string that it stands in.
func lineEnd(s []byte, at int) int {
	n := bytes.IndexAny(s[at:], "\r\n\"")
	if n < 0 {
		return len(s)
	}
	end := at + n
	for s[at+n] == '"' && end > at && s[end-1] == '\\' {
		end--
	}
	return end
}

// quotedEnd finds the closing quote of a string that was opened by a quote with
// some backslashes before it: 1 in JSON inside JSON, 3 one level deeper. It gives
// the first of the closing quote's backslashes; the end of the text when there
// is none.
func quotedEnd(s []byte, at, slashes int) int {
	for i := at; i < len(s); {
		n := bytes.IndexByte(s[i:], '"')
		if n < 0 {
			return len(s)
		}
		i += n
		run := 0
		for i-run > at && s[i-run-1] == '\\' {
			run++
		}
		if closes(run, slashes) {
			return i - min(run, slashes)
		}
		i++
	}
	return len(s)
}

// closes tells whether a quote after a run of backslashes ends a string that was
// opened with some. Each level of JSON inside JSON writes a quote as \" and a
// backslash as \\. A quote of a level further out ends the string, too.
func closes(run, opened int) bool {
	for ; opened > 0; opened /= 2 {
		if run%2 == 0 {
			return true
		}
		run /= 2
	}
	return run%2 == 0
}

// singleQuotedEnd finds the closing single quote, honouring escapes.
func singleQuotedEnd(s []byte, at int) int {
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '\'':
			return i
		case '\\':
			i++
		}
	}
	return len(s)
}

// bracketEnd finds the end of a list or object by counting brackets. Whether
// quotes are balanced is not known, so it counts with and without the brackets
// inside them, and takes the later end.
func bracketEnd(s []byte, at int) int {
	plain, depth := len(s), 0
	strict, strictDepth, quoted := len(s), 0, false
	for i := at; i < len(s); i++ {
		step := 0
		switch s[i] {
		case '"':
			quoted = !quoted
		case '\\':
			if quoted && i+1 < len(s) && s[i+1] == '"' {
				i++
			}
		case '[', '{':
			step = 1
		case ']', '}':
			step = -1
		}
		if depth += step; depth == 0 && step < 0 {
			plain = min(plain, i+1)
		}
		if !quoted {
			if strictDepth += step; strictDepth == 0 && step < 0 {
				strict = min(strict, i+1)
			}
		}
		if plain < len(s) && strict < len(s) {
			return max(plain, strict)
		}
	}
	return len(s)
}
