package auth

import (
	"net/url"
	"strings"
)

// The bounds of what comes back, in bytes. Zoom's codes have 64 characters today
// and its queries about 100, but nothing says that they stay like this, and an
// answer that was cut would be a sign-in that cannot be explained.
const (
	maxQuery = 16 << 10 // of a callback
	maxCode  = 12 << 10 // of an authorization code
)

// authAnswer is what the authorize endpoint sends back through the browser (RFC
// 6749 sections 4.1.2 and 4.1.2.1): a code or an error, and the state.
type authAnswer struct {
	code, state       Secret
	errorCode, reason string // cleaned
	hasState          bool
}

// whole tells that it is an answer at all.
func (a authAnswer) whole() bool { return a.code != "" || a.errorCode != "" }

// parseAuthAnswer reads the query of a callback. Not ok: too long, not a query,
// a parameter twice (RFC 6749 section 3.1 forbids it, and two readers could take
// different ones), both code and error, or a code with characters that no code
// has.
func parseAuthAnswer(query string) (a authAnswer, ok bool) {
	if len(query) > maxQuery {
		return authAnswer{}, false
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return authAnswer{}, false
	}
	for _, key := range []string{"code", "state", "error", "error_description"} {
		if len(values[key]) > 1 {
			return authAnswer{}, false
		}
	}
	code := values.Get("code")
	a = authAnswer{
		code: Secret(code), state: Secret(values.Get("state")), hasState: values.Has("state"),
		errorCode: words(values.Get("error"), Secret(code)),
		reason:    words(values.Get("error_description"), Secret(code)),
	}
	switch {
	case code != "" && a.errorCode != "":
		return authAnswer{}, false
	case len(code) > maxCode || strings.ContainsFunc(code, notToken):
		return authAnswer{}, false
	}
	return a, true
}

// failure is the error that the answer tells of, nil for a code.
func (a authAnswer) failure(op string) *Error {
	if a.errorCode == "" {
		return nil
	}
	e := &Error{Kind: ErrRefused, Op: op, OAuth: a.errorCode, Message: a.reason}
	e.Cause = "Zoom sent the browser back with the error " + a.errorCode
	if a.errorCode == "access_denied" {
		e.Kind, e.Cause = ErrDeclined, "the sign-in was declined in the browser"
	}
	return e
}
