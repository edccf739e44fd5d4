package scopes

import (
	"slices"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/textinput"
)

// hidden stands in a box for what may be a token.
const hidden = "…"

// A JWT begins with this: it is `{"` in base64 (RFC 7519 section 3).
const jwtBegins = "eyJ"

// longestPlain is how long a word behind one of [secretFollows] may be and stay.
const longestPlain = 12

// longestLead is how many bytes before a word are looked at: those of the longest of
// [secretFollows], and some.
const longestLead = 24

// secretFollows are what stands before a token: in a header (RFC 6750 section 2.1,
// RFC 7617), in an address and in JSON.
func secretFollows() []string {
	return []string{"bearer ", "authorization: basic ", "token=", `token":"`, `token": "`}
}

// hide takes out of a text what is a token or may be one. A box is hidden after
// every key, so what is typed on behind the mark goes the same way.
func hide(text string) string {
	var out strings.Builder
	rest := text
	for rest != "" {
		n := strings.IndexFunc(rest, func(r rune) bool { return !inToken(r) })
		switch {
		case n < 0:
			n = len(rest)
		case n == 0:
			if n = strings.IndexFunc(rest, inToken); n < 0 {
				n = len(rest)
			}
			out.WriteString(rest[:n])
			rest = rest[n:]
			continue
		}
		out.WriteString(hideRun(out.String(), rest[:n]))
		rest = rest[n:]
	}
	return out.String()
}

// hideRun is a run of characters that a token may have, after what stands before.
func hideRun(before, run string) string {
	for _, mark := range []string{hidden, jwtBegins} {
		if at := strings.Index(run, mark); at >= 0 {
			return run[:at] + hidden
		}
	}
	if len(run) <= longestPlain {
		return run
	}
	lead := strings.ToLower(before[max(len(before)-longestLead, 0):])
	if slices.ContainsFunc(secretFollows(), func(follows string) bool { return strings.HasSuffix(lead, follows) }) {
		return hidden
	}
	return run
}

// inToken says whether a token may have the character (token68 of RFC 9110 section
// 11.2, but for slash and equals sign, which addresses have between words), or it is
// the mark of one.
func inToken(r rune) bool {
	return string(r) == hidden || r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-._~+", r))
}

// hideIn hides what stands in a box. The cursor stays behind what it was behind.
func hideIn(box *textinput.Model) {
	text := box.Value()
	safe := hide(text)
	if safe == text {
		return
	}
	runes := []rune(text)
	behind := hide(string(runes[:min(box.Position(), len(runes))]))
	box.SetValue(safe)
	box.SetCursor(len([]rune(behind)))
}
