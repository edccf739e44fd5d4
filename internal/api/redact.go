package api

import (
	"strings"
)

const hidden = "[redacted]"

// hideSecrets removes from any text what must reach no screen, log or report:
// the values of secret names in forms, addresses (also percent-encoded ones),
// JSON, JSON inside JSON and header lines; bearer and basic credentials; and
// whatever looks like a JSON Web Token, which Zoom's tokens do. It reads the
// text once and needs no valid syntax, as a body may be cut off anywhere: a
// secret that begins is hidden to its end or to the end of the text.
func hideSecrets(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if !isWordByte(s[i]) {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := i
		for end < len(s) && isWordByte(s[end]) {
			end++
		}
		if stop := tokenEnd(s, i, end); stop > 0 {
			b.WriteString(hidden)
			i = stop
			continue
		}
		b.WriteString(s[i:end])
		name := strings.ToLower(s[i+escapedPrefix(s, i, end) : end])
		from, to := secretAfter(s, end, name)
		b.WriteString(s[end:from])
		if to > from {
			b.WriteString(hidden)
		}
		i = max(end, to)
	}
	return b.String()
}

// tokenEnd gives the end of the JSON Web Token in the word s[i:end], or 0. The
// header of one is JSON, whose first bytes `{"` are "eyJ" in base64.
func tokenEnd(s string, i, end int) int {
	at := strings.Index(s[i:end], "eyJ") // a few bytes may be glued before it: %20eyJ…
	if at < 0 || at > 6 {
		return 0
	}
	for end < len(s) && (isWordByte(s[end]) || s[end] == '-' || s[end] == '.') {
		end++
	}
	if end-i-at < 12 {
		return 0
	}
	return end
}

// escapedPrefix gives the number of bytes at the head of the word that belong
// to an escape before it: %3Fcode, %253Fcode, \u0026code, \ncode.
func escapedPrefix(s string, i, end int) int {
	if i == 0 {
		return 0
	}
	word := s[i:end]
	n := 0
	switch {
	case s[i-1] == '%' && strings.HasPrefix(word, "25"):
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
// ends at end. Without one the range is empty: from == to == end.
func secretAfter(s string, end int, name string) (from, to int) {
	if isScheme(name) || name == "code" || name == "token" {
		if from, to = credentialAfter(s, end, name); to > from {
			return from, to
		}
	}
	if !isSecretName(name) {
		return end, end
	}
	at, quoted := end, false
	for at < len(s) && (s[at] == '"' || s[at] == '\'' || s[at] == '\\') {
		at, quoted = at+1, true
	}
	at = skipBlanks(s, at)
	sep, width := separatorAt(s, at)
	if sep == 0 {
		return end, end
	}
	at = skipBlanks(s, at+width)
	line := isLineName(name)
	// "user:read:token:admin" and "Invalid access token: The …" are no secrets.
	if sep == ':' && !quoted && !line && (!strings.Contains(name, "_") || at == end+1) {
		return end, end
	}
	from, to = valueAt(s, at, sep, line)
	if name == "code" && sep == ':' && isShortNumber(strings.Trim(s[from:to], `"\ `)) {
		return end, end // Zoom's error number
	}
	return from, to
}

// valueAt gives the range of a value that begins at at.
func valueAt(s string, at int, sep byte, line bool) (from, to int) {
	if at >= len(s) {
		return at, at
	}
	switch c := s[at]; {
	case c == '"' || c == '\'':
		return at + 1, quotedEnd(s, at+1, string(c))
	case c == '\\' && at+1 < len(s) && s[at+1] == '"':
		return at + 2, quotedEnd(s, at+2, `\"`)
	case (c == '[' || c == '{') && !line:
		return at, bracketEnd(s, at)
	}
	stops := "&\"'<>\\ \t\r\n"
	if sep == ':' {
		stops += ",}]"
	}
	if line {
		stops = "\r\n\""
	}
	n := strings.IndexAny(s[at:], stops)
	if n < 0 {
		return at, len(s)
	}
	return at, at + n
}

// quotedEnd finds the closing quote, honouring escapes; the end of the text
// when there is none.
func quotedEnd(s string, at int, quote string) int {
	for i := at; i < len(s); i++ {
		if strings.HasPrefix(s[i:], quote) {
			return i
		}
		if s[i] == '\\' && len(quote) == 1 {
			i++
		}
	}
	return len(s)
}

// bracketEnd finds the end of a list or object by counting brackets; quotes
// are not honoured, so that it may end late but never early by a quote.
func bracketEnd(s string, at int) int {
	depth := 0
	for i := at; i < len(s); i++ {
		switch s[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// credentialAfter finds a credential that follows a scheme ("Bearer x") or,
// in Zoom's older sentences, a word ("Invalid authorization code x").
func credentialAfter(s string, end int, name string) (from, to int) {
	from = skipBlanks(s, end)
	switch {
	case strings.HasPrefix(s[from:], "%20"):
		from += 3
	case strings.HasPrefix(s[from:], ": "):
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

// separatorAt recognises what stands between a name and its value, plain or
// percent-encoded once or twice.
func separatorAt(s string, at int) (sep byte, width int) {
	rest := s[at:]
	switch {
	case rest == "":
		return 0, 0
	case rest[0] == '=' || rest[0] == ':':
		return rest[0], 1
	case hasFold(rest, "%3d"):
		return '=', 3
	case hasFold(rest, "%253d"):
		return '=', 5
	}
	return 0, 0
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// isSecretName knows the names by their ends: access_token, ZOOM_CLIENT_SECRET
// and h323_password are all found.
func isSecretName(name string) bool {
	switch name {
	case "code", "tk", "zak", "pwd", "passwd", "pass", "jwt", "sid", "otp", "state":
		return true
	}
	for _, end := range []string{
		"token", "secret", "password", "passcode", "_pwd", "verifier", "assertion",
		"device_code", "devicecode", "user_code", "usercode", "auth_code", "authorization_code",
		"start_url", "starturl", "host_key", "hostkey", "api_key", "apikey", "_zak",
	} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return isLineName(name)
}

// isLineName knows the headers whose whole line is secret.
func isLineName(name string) bool {
	return name == "authorization" || name == "cookie" || name == "cookie2"
}

func isScheme(name string) bool { return name == "bearer" || name == "basic" }

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

func isShortNumber(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "0123456789") == ""
}

func skipBlanks(s string, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t') {
		at++
	}
	return at
}
