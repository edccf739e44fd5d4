package requests

import (
	"net/url"
	"slices"
	"strings"

	"zoomtui/internal/jq"
)

// draft is a line of the console that is understood.
type draft struct {
	method   string
	path     string // with the query; may hold {parameters}
	filter   *lineFilter
	template string // the path as it was before its parameters were filled in
}

// methods are those of Zoom's API, and HEAD.
func methods() []string { return []string{"GET", "POST", "PATCH", "PUT", "DELETE", "HEAD"} }

// readLine understands "METHOD PATH [--jq EXPRESSION]". wrong says in a sentence
// why it cannot be sent; empty: it can.
func readLine(text string) (d draft, wrong string) {
	call, expr, filtered := cutFilter(text)
	words := strings.Fields(call)
	if len(words) == 0 {
		return d, "Write a method and a path, such as GET /users/me."
	}
	d.method = "GET"
	if upper := strings.ToUpper(words[0]); slices.Contains(methods(), upper) {
		d.method, words = upper, words[1:]
	} else if !strings.Contains(words[0], "/") {
		return d, "“" + words[0] + "” is neither a method nor a path: begin as in GET /users/me, or take one of those found with tab."
	}
	switch {
	case len(words) == 0:
		return d, "The path is missing, as in " + d.method + " /users/me."
	case len(words) > 1:
		return d, "Nothing can follow the path but --jq EXPRESSION. A blank inside of a path is written %20."
	}
	if d.path, wrong = apiPath(words[0]); wrong != "" {
		return d, wrong
	}
	d.template = d.path
	if !filtered {
		return d, ""
	}
	if expr == "" {
		return d, "The expression behind --jq is missing, as in --jq .meetings[0].topic"
	}
	program, err := jq.Compile(expr, nil)
	if err != nil {
		return d, "This is no expression of jq: " + err.Error() + "."
	}
	d.filter = &lineFilter{text: expr, program: program}
	return d, ""
}

// cutFilter parts the line before --jq from the expression behind it, of which
// quotes around the whole are taken off.
func cutFilter(text string) (call, expr string, found bool) {
	padded := " " + strings.NewReplacer("\t", " ", "\n", " ").Replace(text) + " "
	call, expr, found = strings.Cut(padded, " --jq ")
	if !found {
		call, expr, found = strings.Cut(padded, " --jq=")
	}
	expr = strings.TrimSpace(expr)
	if n := len(expr); n >= 2 && (expr[0] == '\'' || expr[0] == '"') && expr[n-1] == expr[0] && !strings.ContainsRune(expr[1:n-1], rune(expr[0])) {
		expr = expr[1 : n-1]
	}
	return strings.TrimSpace(call), expr, found
}

// apiPath is the path below /v2 of a path or a whole address. The host of an
// address does not count: the call goes where the profile's calls go.
func apiPath(word string) (path, wrong string) {
	path = word
	if strings.Contains(word, "://") {
		u, err := url.Parse(word)
		if err != nil || u.Host == "" {
			return "", "This address cannot be read: write the path alone, as in /users/me."
		}
		if path = u.EscapedPath(); u.RawQuery != "" {
			path += "?" + u.RawQuery
		}
	}
	path = "/" + strings.TrimLeft(path, "/")
	if rest, ok := strings.CutPrefix(path, "/v2/"); ok {
		path = "/" + rest
	}
	if strings.ContainsAny(path, "#\\") {
		return "", "A path holds neither # nor \\: # is written %23."
	}
	return path, ""
}

// parameters are the names in braces of a path, in order, each once.
func parameters(path string) []string {
	var out []string
	for {
		_, rest, ok := strings.Cut(path, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !ok || !closed {
			return out
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
		path = after
	}
}

// fillIn puts a value in the place of a parameter. A value that begins with a
// slash or holds two (some UUIDs of meetings do) has to be escaped twice.
// Source: https://developers.zoom.us/docs/api/using-zoom-apis/#meeting-id-and-uuid
func fillIn(path, name, value string) string {
	escaped := strings.ReplaceAll(url.PathEscape(value), "+", "%2B")
	if strings.HasPrefix(value, "/") || strings.Contains(value, "//") {
		escaped = url.PathEscape(escaped)
	}
	return strings.ReplaceAll(path, "{"+name+"}", escaped)
}

// words is the draft as a line.
func (d draft) words() string {
	line := d.method + " " + d.path
	if d.filter != nil {
		line += " --jq " + d.filter.text
	}
	return line
}
