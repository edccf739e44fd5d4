package api

import "strings"

// passcodeLook is how many bytes of a value are looked at to tell a passcode from
// prose. What goes on for longer is no word of a sentence, and is hidden.
const passcodeLook = 128

// link is what stands between a name and its value.
type link struct {
	sep     byte // '=' or ':', 0: no value follows
	at      int  // where the value begins
	quoted  bool // a quote or a backslash ends the name
	tight   bool // nothing but the separator stands there
	encoded bool // the separator is percent-encoded
	line    bool // the value is the whole line
}

// linkAfter finds the separator behind a name that ends at end, plain or
// percent-encoded once or twice.
func linkAfter(s []byte, end int, w word) link {
	at := skipQuotes(s, end)
	l := link{quoted: at > end}
	sep, width := decodedAt(s, at)
	for ; sep == ' ' || sep == '\t'; sep, width = decodedAt(s, at) {
		at += width
	}
	if sep == ',' && l.quoted && w.quoted() && w.names() {
		width = pairWidth(s[at:])
		if sep = 0; width > 0 {
			sep = ':'
		}
	}
	if sep != '=' && sep != ':' {
		return l
	}
	l.sep, l.encoded = sep, s[at] == '%'
	l.at = skipBlanks(s, at+width)
	l.tight = l.at == end+width
	return l
}

// inProse says whether the name may be a word of a sentence or of a scope:
// "user:read:token:admin" and "Invalid access token: The …" are no secrets.
func (l link) inProse(name string) bool {
	return l.sep == ':' && !l.quoted && !l.line && (l.tight || !strings.Contains(name, "_"))
}

// isPasscodeAt says whether a passcode stands in prose, as people paste it into an
// agenda: "Passcode: 471100".
func isPasscodeAt(s []byte, l link, name string) bool {
	if !isPassName(name) {
		return false
	}
	look := s[:min(len(s), l.at+passcodeLook)]
	from, to := valueAt(look, l)
	return to == len(look) && to < len(s) || isPasscode(name, s[from:to])
}

// pairWidth is the number of bytes up to the value of a pair, from the comma on:
// {"key":"access_token","value":"…"}; 0 when there is none.
func pairWidth(s []byte) int {
	const name = "value"
	at := 1
	for at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == '\r' || s[at] == '\n') {
		at++
	}
	at = skipQuotes(s, at)
	end := min(at+len(name), len(s))
	if !strings.EqualFold(string(s[at:end]), name) {
		return 0
	}
	if at = skipBlanks(s, skipQuotes(s, end)); at < len(s) && s[at] == ':' {
		return at + 1
	}
	return 0
}

// skipQuotes gives the first byte from at on that is no quote and no backslash,
// plain or percent-encoded.
func skipQuotes(s []byte, at int) int {
	for at < len(s) {
		c, width := decodedAt(s, at)
		if c != '"' && c != '\'' && c != '\\' {
			break
		}
		at += width
	}
	return at
}

// decodedAt is the byte at a place, which may be percent-encoded once or twice, and
// the number of bytes that it takes; 0, 0 at the end.
func decodedAt(s []byte, at int) (c byte, width int) {
	if at >= len(s) {
		return 0, 0
	}
	if s[at] != '%' {
		return s[at], 1
	}
	digits, width := s[at+1:min(len(s), at+5)], 3
	if len(digits) == 4 && digits[0] == '2' && digits[1] == '5' {
		digits, width = digits[2:], 5
	}
	if len(digits) < 2 || !isHex(digits[0]) || !isHex(digits[1]) {
		return '%', 1
	}
	return hexDigit(digits[0])<<4 | hexDigit(digits[1]), width
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func hexDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return (c | 0x20) - 'a' + 10
}
