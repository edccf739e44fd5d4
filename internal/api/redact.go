package api

import (
	"bytes"
	"strings"
)

const hidden = "[redacted]"

// hideSecrets removes from any text what must reach no screen, log or report:
// the values of secret names in forms, addresses (also percent-encoded ones),
// JSON, JSON inside JSON and header lines; the value of a pair that names a
// secret by "key" or "name"; bearer and basic credentials; and whatever looks like a JSON Web Token, which Zoom's tokens do. It reads the
// text once and needs no valid syntax, as a body may be cut off anywhere: a
// secret that begins is hidden to its end or to the end of the text.
func hideSecrets(s string) string {
	text := []byte(s)
	out, _ := hideWords(nil, text, span{0, len(text)}, false)
	return string(out)
}

// span is a range of a text, its end excluded.
type span struct{ from, to int }

// hideWords appends to out the words of s that begin within a span, and what
// stands between them, secrets hidden. With more, s goes on beyond its end: it
// then stops before a word that it cannot decide about yet. next is where it
// stopped; all before that is in out.
func hideWords(out, s []byte, in span, more bool) (_ []byte, next int) {
	copied := in.from
	i := in.from
	for i < in.to {
		if !isWordByte(s[i]) {
			i++
			continue
		}
		end := wordEnd(s, i)
		from, to := tokenIn(s, i, end)
		if to == 0 {
			from, to = secretAfter(s, end, word{s, i, end})
		}
		if more && (end == len(s) || to == len(s)) {
			break
		}
		if to > from {
			out = append(append(out, s[copied:from]...), hidden...)
			copied = to
		}
		i = max(end, to)
	}
	i = max(i, copied)
	return append(out, s[copied:i]...), i
}

func wordEnd(s []byte, i int) int {
	for i < len(s) && isWordByte(s[i]) {
		i++
	}
	return i
}

// word is s[from:to], of which the first bytes may belong to an escape.
type word struct {
	s        []byte
	from, to int
}

// name is the word in lower case, without the escape before it.
func (w word) name() string {
	return strings.ToLower(string(w.s[w.from+escapedPrefix(w.s, w.from, w.to) : w.to]))
}

// introduces says whether a credential may follow the word without a separator,
// as far as its last letter tells: bearer, basic, code, token.
func (w word) introduces() bool {
	switch w.s[w.to-1] | 0x20 {
	case 'r', 'c', 'e', 'n':
		return w.to-w.from <= 12
	}
	return false
}

// quoted says whether a quote opens the word.
func (w word) quoted() bool {
	return w.from > 0 && (w.s[w.from-1] == '"' || w.s[w.from-1] == '\'')
}

// names says whether the word may be a secret name, as far as its last letter
// tells.
func (w word) names() bool {
	return strings.IndexByte("ekdstpnrcly2", w.s[w.to-1]|0x20) >= 0 || w.s[w.to-1] == '2'
}

// tokenIn gives the range of the JSON Web Token in the word s[i:end], or 0, 0. The
// header of one is JSON, whose first bytes `{"` are "eyJ" in base64.
func tokenIn(s []byte, i, end int) (from, to int) {
	head := s[i:min(end, i+9)] // a few bytes may be glued before it: %20eyJ…
	at := bytes.Index(head, []byte("eyJ"))
	if at < 0 {
		return 0, 0
	}
	for end < len(s) && (isWordByte(s[end]) || s[end] == '-' || s[end] == '.') {
		end++
	}
	if end-i-at < 12 {
		return 0, 0
	}
	return i + min(at, escapedPrefix(s, i, end)), end
}

// escapedPrefix gives the number of bytes at the head of the word that belong
// to an escape before it: %3Fcode, %253Fcode, \u0026code, \ncode.
func escapedPrefix(s []byte, i, end int) int {
	if i == 0 {
		return 0
	}
	word := s[i:end]
	n := 0
	switch {
	case s[i-1] == '%' && bytes.HasPrefix(word, []byte("25")):
		n = 4
	case s[i-1] == '%':
		n = 2
	case s[i-1] == '\\' && word[0] == 'u':
		n = 5
	case s[i-1] == '\\':
		n = 1
	}
	return min(n, len(word))
}

// secretAfter gives the range of the secret value that belongs to a name that
// ends at end. Without one the range is empty: from == to == end. It looks far
// only for the end of a value that is going to be hidden, so that a text of
// nothing but names takes no more than linear time.
func secretAfter(s []byte, end int, w word) (from, to int) {
	if end == len(s) || strings.IndexByte("\"'\\%=: \t", s[end]) < 0 {
		return end, end // most words
	}
	l := linkAfter(s, end, w)
	if l.sep == 0 && (!blankAt(s, end) || !w.introduces()) || l.sep != 0 && !w.names() {
		return end, end
	}
	name := w.name()
	if isScheme(name) || name == "code" || name == "token" {
		if from, to = credentialAfter(s, end, name); to > from {
			return from, to
		}
	}
	if l.sep == 0 || !isSecretName(name) && !isPIN(name) {
		return end, end
	}
	l.line = isLineName(name)
	if l.inProse(name) && !isPasscodeAt(s, l, name) {
		return end, end
	}
	from, to = valueAt(s, l)
	if name == "code" && l.sep == ':' && isShortNumber(strings.Trim(string(s[from:to]), `"\ `)) {
		return end, end // Zoom's error number
	}
	if to-from <= len("bearer") && isScheme(strings.ToLower(string(s[from:to]))) {
		_, behind := credentialAfter(s, to, "bearer") // access_token: Bearer x
		to = max(to, behind)
	}
	return from, to
}

// blankAt says whether a blank, plain or percent-encoded, or a colon follows.
func blankAt(s []byte, at int) bool {
	return at < len(s) && (s[at] == ' ' || s[at] == '\t' || s[at] == ':' || s[at] == '%')
}

// credentialAfter finds a credential that follows a scheme ("Bearer x") or,
// in Zoom's older sentences, a word ("Invalid authorization code x").
func credentialAfter(s []byte, end int, name string) (from, to int) {
	from = skipBlanks(s, end)
	switch {
	case bytes.HasPrefix(s[from:], []byte("%20")):
		from += 3
	case bytes.HasPrefix(s[from:], []byte(": ")):
		from = skipBlanks(s, from+1)
	case from == end:
		return end, end
	}
	to = from
	strong := false
	for to < len(s) && (isWordByte(s[to]) || strings.IndexByte("-._~+/=", s[to]) >= 0) {
		c := s[to]
		strong = strong || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '=' || c == '+'
		to++
	}
	for to > from && s[to-1] == '.' { // the end of a sentence
		to--
	}
	if isScheme(name) && (to-from >= 20 || to-from >= 8 && strong) || to-from >= 16 && strong {
		return from, to
	}
	return end, end // prose: "Basic information", "authorization code expired"
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

func isShortNumber(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "0123456789") == ""
}

func skipBlanks(s []byte, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t') {
		at++
	}
	return at
}
