package params

import (
	"net/url"
	"slices"
	"strings"
)

// Methods are those of Zoom's API, and HEAD.
func Methods() []string { return []string{"GET", "POST", "PATCH", "PUT", "DELETE", "HEAD"} }

// IsMethod says whether a word is one of [Methods], in letters of any size.
func IsMethod(word string) bool { return slices.Contains(Methods(), strings.ToUpper(word)) }

// InQuery says whether the fields of a call with this method are its query; those of
// the others are the body.
func InQuery(method string) bool { return method == "GET" || method == "HEAD" || method == "DELETE" }

// Target is where a call goes.
type Target struct {
	// Address is scheme and host in lower case, where a whole address was written. The
	// call goes where the profile's calls go, so it has to be compared with that.
	Address string
	Path    string // relative to /v2, with one slash before it; may hold {names}
	Query   string // as it was written, without its question mark
}

// String is path and query.
func (t Target) String() string { return WithQuery(t.Path, t.Query) }

// TargetError is a text that is neither a path of the API nor an address. Both parts
// are sentences; they do not quote it.
type TargetError struct{ What, Why string }

// Error implements error.
func (e *TargetError) Error() string { return e.What }

// ReadTarget reads a path as people have it at hand: /users/me, users/me,
// /v2/users/me, or a whole address. Nothing of it is decoded or encoded. The error is a
// [*TargetError].
func ReadTarget(text string) (t Target, err error) {
	path, query, _ := strings.Cut(strings.TrimSpace(text), "?") // a query may hold an address, too
	if scheme, rest, ok := strings.Cut(path, "://"); ok {
		host, below, _ := strings.Cut(rest, "/")
		t.Address, path = strings.ToLower(scheme+"://"+host), "/"+below
		if u, err := url.Parse(t.Address); err != nil || u.Host == "" {
			return Target{}, &TargetError{What: "This address cannot be read.", Why: "Write the path alone, as in /users/me."}
		}
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if rest, ok := strings.CutPrefix(path, "/v2/"); ok {
		path = "/" + rest
	}
	switch {
	case path == "/":
		return Target{}, &TargetError{What: "Which path?", Why: "As in: /users/me"}
	case strings.HasPrefix(path, "//"): // a browser would take it for a host
		return Target{}, &TargetError{What: "That is no path of Zoom's API.", Why: "A path begins with one slash, as in /users/me."}
	case strings.ContainsAny(path+query, " \t\n#\\"):
		return Target{}, &TargetError{What: `The path holds a blank, a # or a \, which no address has.`, Why: "Write %20 for a blank and %23 for a #; -f encodes the values of a query by itself."}
	}
	t.Path, t.Query = path, query
	return t, nil
}

// Names are the names in braces of a path, in their order, each once.
func Names(path string) []string {
	var out []string
	for {
		_, rest, open := strings.Cut(path, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return out
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
		path = after
	}
}

// WithQuery puts a query behind a path, which may have one; an empty one changes
// nothing.
func WithQuery(path, query string) string {
	switch {
	case query == "":
		return path
	case strings.Contains(path, "?"):
		return path + "&" + query
	}
	return path + "?" + query
}
