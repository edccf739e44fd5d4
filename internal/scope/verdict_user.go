package scope

import (
	"slices"
	"strings"
)

// OfOther tells a call about a user who is named by an id or an address, and not
// as me. The user's own ones do not count, as far as they are known.
func (v Verdict) OfOther() bool { return v.otherUser() > 0 }

// otherUser is which part of the path names somebody else; 0: none does.
func (v Verdict) otherUser() int {
	called := strings.Split(plainPath(v.Question.Path), "/")
	for i, part := range strings.Split(v.Endpoint.Path, "/") {
		if part != "{userId}" || i >= len(called) {
			continue
		}
		user := strings.ReplaceAll(called[i], "%40", "@")
		own := func(name string) bool { return strings.EqualFold(name, user) }
		if user == "me" || isParameter(user) || slices.ContainsFunc(v.Question.App.Own, own) {
			return 0
		}
		return i
	}
	return 0
}

// OwnUserOnly warns of a call about somebody else's things, which a user-managed app
// cannot make whatever its scopes are. Where the type of app is not known it says
// so. Empty: there is nothing to warn of.
// Source: https://developers.zoom.us/docs/integrations/
func (v Verdict) OwnUserOnly() string {
	if !v.OfOther() {
		return ""
	}
	switch v.Question.App.Type {
	case UserManaged:
		return "A user-managed app reaches its own user only: with anybody else's id Zoom refuses the call, whatever its scopes are."
	case UnknownType:
		return "Should the app be user-managed, it reaches its own user only: with anybody else's id Zoom refuses the call, whatever its scopes are."
	}
	return ""
}

// explainOwnOnly is for a user-managed app that has the scope, and calls with
// somebody else's id.
func (v *Verdict) explainOwnOnly() {
	v.Headline = "The scope is there, but only me, or the user's own id, works with a user-managed app."
	v.Why = v.OwnUserOnly()
	parts := strings.Split(plainPath(v.Question.Path), "/")
	parts[v.otherUser()] = "me"
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
