package scope

import (
	"slices"
	"strings"
)

// NamesUser tells a call about a user who is named by an id or an address, and not
// as me.
func (v Verdict) NamesUser() bool { return v.namedUser() > 0 }

// namedUser is which part of the path is such a name; 0: none is.
func (v Verdict) namedUser() int {
	called := strings.Split(plainPath(v.Question.Path), "/")
	for i, part := range strings.Split(v.Endpoint.Path, "/") {
		if part != "{userId}" || i >= len(called) {
			continue
		}
		if user := called[i]; user == "me" || isParameter(user) {
			return 0
		}
		return i
	}
	return 0
}

// OwnUserOnly warns of a call that names a user, which a user-managed app cannot make
// whatever its scopes are: Zoom wants me there, also in place of the user's own id.
// Where the type of app is not known it says so. Empty: there is nothing to warn of.
// Source: https://developers.zoom.us/docs/api/using-zoom-apis/#the-me-keyword
func (v Verdict) OwnUserOnly() string {
	if !v.NamesUser() {
		return ""
	}
	switch v.Question.App.Type {
	case UserManaged:
		return "A user-managed app reaches its own user only, and only as me: with an id or an address Zoom refuses the call, whatever its scopes are."
	case UnknownType:
		return "Should the app be user-managed, it reaches its own user only, and only as me: with an id or an address Zoom refuses the call, whatever its scopes are."
	}
	return ""
}

// explainOwnOnly is for a user-managed app that has the scope, and names a user.
func (v *Verdict) explainOwnOnly() {
	v.Headline = "The scope is there, but only me works with a user-managed app."
	v.Why = v.OwnUserOnly()
	parts := strings.Split(plainPath(v.Question.Path), "/")
	parts[v.namedUser()] = "me"
	mine := Question{Method: v.Question.Method, Path: strings.Join(parts, "/")}
	v.Steps = []Step{
		{"Make the call for the own user: " + mine.Call() + ".", ActNone},
		{"For others use a Server-to-Server or an admin-managed app.", ActNone},
	}
}

// joined is sentences with a blank between them; empty ones are left out.
func joined(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}
