package api

import "strings"

// encodedValueAt gives the range of a value behind a percent-encoded colon, as it
// stands in JSON that is a part of an address. A list and an object go to the end
// of that part, a line also behind its blanks.
func encodedValueAt(s []byte, at int, line bool) (from, to int) {
	for c, width := decodedAt(s, at); c == ' '; c, width = decodedAt(s, at) {
		at += width
	}
	from, quote, slashes := openingQuote(s, at)
	first, _ := decodedAt(s, from)
	whole := line || quote == 0 && (first == '[' || first == '{')
	stops, run := "&\"'<>\\ \t\r\n", 0 // run: of backslashes before
	if line {
		stops = "&\"\r\n"
	}
	for to = from; to < len(s) && strings.IndexByte(stops, s[to]) < 0; {
		c, width := decodedAt(s, to)
		switch {
		case whole:
		case quote == 0 && width > 1 && strings.IndexByte("&\"'<>\\ \t\r\n,}]", c) >= 0:
			return from, to
		case quote != 0 && c == quote && run <= slashes:
			return from, to
		}
		if run++; c != '\\' {
			run = 0
		}
		to += width
	}
	return from, to
}

// openingQuote gives the begin of a value behind its quote, and how many
// backslashes stand before that one; quote is 0 when there is none.
func openingQuote(s []byte, at int) (from int, quote byte, slashes int) {
	from = at
	for {
		c, width := decodedAt(s, from)
		switch c {
		case '\\':
			slashes++
		case '"', '\'':
			return from + width, c, slashes
		default:
			return at, 0, 0
		}
		from += width
	}
}
