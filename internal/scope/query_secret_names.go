package scope

import (
	"slices"
	"strings"
)

// Bounds for looking at what stands around a secret, in bytes: a text is walked
// through once.
const (
	maxBetween  = 24  // blanks, quotes and signs between a name and its value
	maxPlain    = 48  // of a value that may be a word of a sentence
	maxUserInfo = 300 // name and password in an address

	shortestCode = 12 // of an authorization code
)

// between is what stands between a name and its value.
type between struct {
	end           int  // where the value begins
	equals, colon bool // it is name=value, name: value
	quote         byte // the value's opening quote; 0: none
	broken        bool // it goes over an end of line
}

// secretAfter is the place of the secret that a run announces: the run is the name
// of one, a scheme such as Bearer, an option of curl, or the scheme of an address.
// from == to: it announces none.
func secretAfter(text string, start, end int) (from, to int) {
	run := strings.ToLower(text[max(start, end-maxPlain):end])
	rest := text[end:]
	switch {
	case strings.HasPrefix(rest, "://"):
		return passwordOf(text, end+len("://"))
	case strings.HasPrefix(run, "-"):
		if from, to = userAfter(text, run, end); from < to {
			return from, to
		}
	}
	gap := readBetween(text, end)
	if run == "bearer" || run == "basic" {
		return schemeSecret(text, run, end, gap)
	}
	option := strings.HasPrefix(run, "-") && gap.end > end && !gap.colon
	if !isSecretName(run) {
		return 0, 0
	}
	if !gap.equals && !gap.colon && !option {
		return saidSecret(text, run, end, gap)
	}
	if start > 0 && (text[start-1] == '/' || text[start-1] == ':') && !gap.equals {
		return 0, 0 // the end of a path or of a scope's name
	}
	return namedSecret(text, run, gap)
}

// readBetween reads up to a value. Escaped quotes and escapes of an address count as
// what they stand for.
func readBetween(text string, at int) between {
	gap := between{end: at}
	for limit := min(len(text), at+maxBetween); gap.end < limit; gap.end++ {
		switch c := text[gap.end]; c {
		case ' ', '\t', '\\', '^', '>':
		case '\n', '\r':
			gap.broken = true
		case '"', '\'', '`':
			gap.quote = c
		case '=', ':':
			gap.quote = 0
			gap.equals, gap.colon = gap.equals || c == '=', gap.colon || c == ':'
		case '%':
			code := strings.ToLower(text[gap.end:min(len(text), gap.end+3)])
			if !slices.Contains([]string{"%20", "%22", "%3a", "%3d"}, code) {
				return gap
			}
			gap.equals, gap.colon = gap.equals || code == "%3d", gap.colon || code == "%3a"
			gap.end += 2
		default:
			return gap
		}
	}
	return gap
}

// schemeSecret is the secret after Bearer or Basic. In a sentence these are words
// like others: "a bearer token", "basic settings".
func schemeSecret(text, scheme string, end int, gap between) (from, to int) {
	if gap.end == end || gap.equals || gap.colon || gap.quote != 0 {
		return 0, 0
	}
	to = valueEnd(text, gap.end, 0)
	value := text[gap.end:to]
	before := strings.ToLower(text[max(0, end-len(scheme)-maxBetween):max(0, end-len(scheme))])
	header := strings.HasSuffix(strings.TrimRight(before, " \t:=\"'\\^"), "authorization")
	prose := isWord(value) && (scheme == "basic" || slices.Contains(afterBearer(), strings.ToLower(value)))
	if strings.HasSuffix(value, ":") || strings.HasPrefix(value, "error=") || strings.HasPrefix(value, "realm=") || prose && !header {
		return 0, 0
	}
	return visible(text, gap.end, to)
}

// afterBearer are the words that follow "bearer" in sentences.
func afterBearer() []string {
	return []string{
		"token", "tokens", "auth", "authentication", "authorization", "scheme", "header", "realm", "error", "error_description",
		"access", "is", "was", "not", "of", "in", "or", "and", "for", "to", "from", "with", "type", "format", "credentials",
		"missing", "invalid", "expired", "required",
	}
}

// namedSecret is the value of a secret name.
func namedSecret(text, name string, gap between) (from, to int) {
	quote := gap.quote
	if strings.HasSuffix(name, "cookie") {
		to = len(text)
		if length := strings.IndexAny(text[gap.end:], "\"'\n\r"); length >= 0 {
			to = gap.end + length
		}
		return visible(text, gap.end, to)
	}
	scheme := strings.ToLower(text[gap.end:min(len(text), gap.end+len("bearer "))])
	if strings.HasPrefix(scheme, "bearer ") || strings.HasPrefix(scheme, "basic ") {
		return 0, 0 // its own turn comes
	}
	head := text[gap.end:min(len(text), gap.end+maxPlain)]
	head = head[:valueEnd(head, 0, quote)]
	switch number := strings.Trim(head, "0123456789,") == ""; {
	case head == "", strings.HasPrefix(head, "-") && !gap.equals && !gap.colon:
		return 0, 0
	case name == "code" && (len(head) < shortestCode || !isRandom(head) && (!gap.equals || isWord(strings.ReplaceAll(head, "_", "")))):
		return 0, 0 // the number or the name of an error
	case gap.broken && !gap.equals && quote == 0, quote == 0 && gap.colon && !gap.equals && len(head) < maxPlain && isWord(head):
		return 0, 0 // "Invalid access token: does not contain"
	case number && gap.colon && quote == 0 && len(head) < 6:
		return 0, 0 // "refresh token: 4711"
	}
	return visible(text, gap.end, valueEnd(text, gap.end, quote))
}

// saidSecret is what follows the name of a secret in a sentence, after nothing but a
// blank: "passcode 4f9Kq2". Most often that is a word.
func saidSecret(text, name string, end int, gap between) (from, to int) {
	const shortest = 6 // of Zoom's passcodes by default
	said := strings.HasPrefix(name, "pass") || name == "pwd" || strings.Contains(name, "_token") || strings.Contains(name, "_secret")
	to = valueEnd(text, gap.end, gap.quote)
	if !said || gap.end == end || gap.broken || to-gap.end < shortest || isWord(text[gap.end:to]) {
		return 0, 0
	}
	return visible(text, gap.end, to)
}

// valueEnd is where a value ends that begins at a place: at its closing quote, or at
// what no token holds.
func valueEnd(text string, at int, quote byte) int {
	ends := " \t\r\n\"'`\\^&,;|()[]{}<>"
	if quote != 0 {
		ends = "\r\n\\<" + string(quote)
	}
	if strings.HasPrefix(text[at:], "$") { // a variable, or a letter of a password
		at++
	}
	if length := strings.IndexAny(text[at:], ends); length >= 0 {
		return at + length
	}
	return len(text)
}

// visible is a place that is to be hidden, or none where a variable or placeholder
// stands there.
func visible(text string, from, to int) (int, int) {
	value := text[from:to]
	name, isVariable := strings.CutPrefix(value, "$")
	if value == "" || isVariable && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz_:") == "" {
		return 0, 0
	}
	for _, begin := range []string{"${", "$(", "{{", "<", hidden} {
		if strings.HasPrefix(text[from:], begin) {
			return 0, 0
		}
	}
	return from, to
}

// isWord tells a word of a sentence, or the rest of a scope's name, from a secret:
// small letters, the first perhaps a capital.
func isWord(value string) bool {
	value = strings.TrimRight(value, ".:!?")
	if value != "" && value[0] >= 'A' && value[0] <= 'Z' {
		value = value[1:]
	}
	return strings.Trim(value, "abcdefghijklmnopqrstuvwxyz_:-") == ""
}

// isSecretName knows names, in small letters, by their ends: a header, a field of
// JSON, a variable or an option may have the name.
func isSecretName(name string) bool {
	name = strings.TrimLeft(strings.ReplaceAll(name, "-", "_"), "_0123456789")
	if slices.Contains([]string{"code", "pwd", "pass", "zak", "tk", "jwt", "otp", "oauth2_bearer", "authorization", "proxy_authorization"}, name) {
		return true
	}
	if strings.HasSuffix(name, "page_token") || strings.HasSuffix(name, "pagetoken") {
		return false // where a list goes on
	}
	return slices.ContainsFunc([]string{
		"secret", "token", "password", "passwd", "passcode", "verifier", "assertion", "device_code", "user_code", "auth_code",
		"api_key", "apikey", "private_key", "cookie",
	}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// userAfter is the password of -u name:password, --user name:password and -a, the
// option of httpie.
func userAfter(text, run string, end int) (from, to int) {
	short := strings.TrimLeft(run, "-")
	gap := readBetween(text, end)
	switch {
	case strings.HasPrefix(run, "-u") && len(run) > 2 && strings.HasPrefix(text[end:], ":"): // -uname:password
		gap.end = end
	case run == "--user" || run == "--proxy-user" || run == "-a" || run == "--auth":
	case len(run) == len(short)+1 && len(short) <= 8 && strings.HasSuffix(short, "u"): // -su
	default:
		return 0, 0
	}
	value := text[gap.end:min(len(text), gap.end+maxUserInfo)]
	value = value[:valueEnd(value, 0, gap.quote)]
	at := strings.IndexByte(value, ':')
	if at < 0 || strings.HasPrefix(value[at:], "://") {
		return 0, 0
	}
	from = gap.end + at + 1
	return visible(text, from, valueEnd(text, from, gap.quote))
}

// passwordOf is the password of an address: https://name:password@host.
func passwordOf(text string, at int) (from, to int) {
	host := text[at:min(len(text), at+maxUserInfo)]
	if end := strings.IndexAny(host, "/?# \t\r\n\"'<>"); end >= 0 {
		host = host[:end]
	}
	user := host[:max(0, strings.LastIndexByte(host, '@'))]
	colon := strings.IndexByte(user, ':')
	if colon < 0 {
		return 0, 0
	}
	return visible(text, at+colon+1, at+len(user))
}
