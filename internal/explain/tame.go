package explain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zoomtui/internal/scope"
)

// The longest piece of foreign text, in characters, that a sentence or the raw
// line quotes.
const (
	maxMessage  = 200
	maxTracking = 100
	maxCause    = 200
	maxName     = 120
)

const redacted = "[redacted]"

// tame makes foreign text fit to stand in a sentence of ours: no control or
// escape sequence, no bidirectional control, one line, no token, at most max
// characters. The screen's own sanitiser runs later; this one exists because a
// Problem's sentences are safe by themselves.
func tame(s string, limit int) string {
	return cut(hideTokens(flatten(s)), limit)
}

// quoted is tame for words that somebody else has said, and that may hold any secret.
// A path or a command of ours holds none, and has to stay whole.
func quoted(s string, limit int) string {
	return cut(scope.WithoutSecrets(hideTokens(flatten(s))), limit)
}

// flatten removes what a terminal would obey and joins the rest to one line.
func flatten(s string) string {
	var b strings.Builder
	blank := false
	for i := 0; i < len(s); {
		if n := escapeLen(s[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case unicode.IsControl(r) || isInvisible(r):
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// escapeLen is the length of the terminal control sequence that s begins with
// (ECMA-48: CSI, the string sequences, two-byte escapes), or 0.
func escapeLen(s string) int {
	kind, head := byte(0), 0
	switch {
	case s[0] == 0x1b && len(s) == 1:
		return 1
	case s[0] == 0x1b:
		kind, head = s[1], 2
	case s[0] == 0xc2 && len(s) > 1 && s[1] >= 0x80 && s[1] <= 0x9f: // the same as one character, U+0080 to U+009F
		kind, head = s[1]-0x40, 2
	default:
		return 0
	}
	switch kind {
	case '[':
		for i := head; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x7e {
				return i // broken off: keep what follows
			}
		}
		return len(s)
	case ']', 'P', 'X', '^', '_':
		return stringSequenceLen(s, head)
	}
	if kind >= 0x80 { // an escape before a character of several bytes: drop the escape only
		return 1
	}
	return head
}

// stringSequenceLen finds the end of a sequence that runs to BEL or ST; one
// that never ends is cut at its line's end so that it cannot swallow the rest.
func stringSequenceLen(s string, head int) int {
	for i := head; i < len(s); i++ {
		switch {
		case s[i] == 0x07:
			return i + 1
		case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\':
			return i + 2
		case s[i] == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
			return i + 2
		case s[i] == '\n':
			return i
		}
	}
	return len(s)
}

// isInvisible tells characters that reorder or hide their neighbours.
func isInvisible(r rune) bool {
	switch {
	case r == 0x061c, r == 0x180e, r == 0xfeff, r == 0x200b,
		r == 0x200e, r == 0x200f,
		r >= 0x202a && r <= 0x202e,
		r >= 0x2060 && r <= 0x206f,
		r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

// cut shortens s to limit characters, the last of them an ellipsis.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)
	return strings.TrimRight(string(runes[:limit-1]), " ") + "…"
}

// hideTokens replaces what looks like a token or an authorization code. Zoom's
// older answers quote the code they refuse ("Invalid authorization code X").
func hideTokens(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		after := ""
		if i > 0 {
			after = strings.ToLower(words[i-1])
		}
		words[i] = hideWord(w, strings.Trim(after, `:="'`))
	}
	return strings.Join(words, " ")
}

func hideWord(word, after string) string {
	start := strings.IndexFunc(word, isTokenRune)
	if start < 0 {
		return word
	}
	var b strings.Builder
	for rest := word; rest != ""; {
		n := strings.IndexFunc(rest, func(r rune) bool { return !isTokenRune(r) })
		if n < 0 {
			n = len(rest)
		}
		b.WriteString(hideRun(rest[:n], after))
		rest = rest[n:]
		n = strings.IndexFunc(rest, isTokenRune)
		if n < 0 {
			n = len(rest)
		}
		b.WriteString(rest[:n])
		rest = rest[n:]
	}
	return b.String()
}

// hideRun judges one unbroken run of token characters by its look and by the
// word before it.
func hideRun(run, after string) string {
	switch {
	case strings.HasPrefix(run, "eyJ") && len(run) > 12:
		return redacted
	case (after == "code" || after == "token" || after == "bearer") && len(run) >= 16:
		return redacted
	case len(run) >= 40 && strings.ContainsAny(run, "0123456789") && strings.ToLower(run) != run:
		return redacted
	}
	return run
}

func isTokenRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.'
}
