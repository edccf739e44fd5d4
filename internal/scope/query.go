package scope

import "strings"

// Query is what a text asks for.
type Query struct {
	Method string   // upper case; empty: not said
	Path   string   // below /v2, without query; empty: the text names no call
	Words  []string // lower case; what to search for where there is no path
	Scope  string   // the text is the name of a scope
	Live   *Live    // the text is, or holds, an answer of Zoom's

	Address bool // the text is a path or an address and nothing else: who opens one makes a GET
	SignIn  bool // the text calls an endpoint of Zoom's sign-in, as /oauth/token: none asks for a scope
}

// maxQuery is how much of a text is read, in bytes: from its beginning, and as
// much from its end, where the answer to a long command stands.
const maxQuery = 64 << 10

// ReadQuery understands a text: words, "GET /users/me", a path, a URL of Zoom's
// API, a curl line (POSIX, ANSI-C and Windows quoting; -X, -H, -d and their
// relatives), a line of `zoomtui api`, a JSON error, or the words of one, also
// together with the call. No token, secret or password of it is kept.
func ReadQuery(text string) Query {
	text = Readable(text)
	if strings.TrimSpace(text) == "" {
		return Query{}
	}
	if before, command, ok := findCommand(text); ok {
		return Query{
			Method: strings.ToUpper(command.method), Path: targetPath(command.target),
			Live: readLive(before + "\n" + command.rest),
		}
	}
	if name := scopeName(text); name != "" {
		return Query{Scope: name}
	}
	q := Query{Live: readLive(text)}
	q.Method, q.Path, q.Address = findCall(text)
	if q.Path == "" {
		q.SignIn = callsSignIn(text)
	}
	// A command that calls something else has no words to search for either.
	command := strings.Contains(text, "://") && nextCommand(text, 0) >= 0
	if q.Path == "" && q.Live == nil && !q.SignIn && !command {
		q.Words = textWords(text)
	}
	return q
}

// callsSignIn tells a call of Zoom's authorization server.
// Source: https://developers.zoom.us/docs/integrations/oauth/
func callsSignIn(text string) bool {
	small := lower(text[:min(len(text), maxQuery)])
	return strings.Contains(small, "zoom.us/oauth/") || strings.Contains(small, "zoomgov.com/oauth/")
}

// scopeName tells whether a text is the name of a scope and nothing else. Zoom's
// names hold a blank now and then: "contact_center:write:queue disposition:admin".
func scopeName(text string) string {
	name := strings.Trim(strings.TrimSpace(text), "\"'`,.[]()")
	if len(name) > maxScopeName || WithoutSecrets(name) != name {
		return ""
	}
	name = strings.ToLower(name)
	words := strings.Fields(name)
	switch {
	case len(words) == 0 || len(words) > 2:
		return ""
	case strings.ContainsFunc(name, func(r rune) bool { return r != ' ' && r != ':' && notInToken(r) }):
		return ""
	case strings.Count(words[0], ":") == 0 || strings.HasPrefix(words[0], ":"):
		return ""
	case len(words) == 2 && !strings.HasSuffix(words[1], ":admin") && !strings.HasSuffix(words[1], ":master"):
		return ""
	case len(words) == 2 && strings.Count(words[1], ":") > 1:
		return ""
	}
	return strings.Join(words, " ")
}
