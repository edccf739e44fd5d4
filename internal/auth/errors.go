package auth

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"zoomtui/internal/explain"
)

// ErrorKind says what went wrong, for errors.Is(err, auth.ErrSignedOut).
type ErrorKind string

// Error gives the kind in a few words.
func (k ErrorKind) Error() string { return string(k) }

// The kinds of failure.
const (
	ErrUsage       ErrorKind = "wrong use or configuration"
	ErrSignedOut   ErrorKind = "not signed in"              // nothing is stored, or it belongs to another app
	ErrGrantEnded  ErrorKind = "sign-in no longer accepted" // invalid_grant on a refresh
	ErrCodeRefused ErrorKind = "authorization code refused" // invalid_grant on an exchange
	ErrClient      ErrorKind = "app not known to Zoom"      // invalid_client
	ErrRefused     ErrorKind = "refused by Zoom"            // any other answer with an error
	ErrDeclined    ErrorKind = "sign-in declined"           // access_denied on the callback
	ErrNetwork     ErrorKind = "Zoom not reached"           // no answer
	ErrServer      ErrorKind = "no usable answer"           // 5xx, a web page, a redirect
	ErrRateLimit   ErrorKind = "rate limited"               // 429
	ErrStore       ErrorKind = "token store not usable"     // not readable or not writable
	ErrStoreMode   ErrorKind = "token store open to others" // group or world may read it
	ErrDamaged     ErrorKind = "token file damaged"
	ErrNewer       ErrorKind = "token file of a newer version"
	ErrLocked      ErrorKind = "token store locked"              // by another process, for too long
	ErrStale       ErrorKind = "token too old, refresh not done" // NoRefresh was asked for
	ErrMoved       ErrorKind = "sign-in moved away"              // to another machine, which refreshes it now
	ErrKeyring     ErrorKind = "keyring not usable"              // the tokens are sealed with a key that it holds
	ErrLinkExpired ErrorKind = "sign-in link expired"            // nobody came in time
	ErrClosed      ErrorKind = "sign-in closed"
	ErrPaste       ErrorKind = "pasted text not usable"

	ErrDeviceExpired ErrorKind = "short code expired"     // nobody entered it in time, or Zoom no longer knows it (RFC 8628 section 3.5)
	ErrNoneWaiting   ErrorKind = "no sign-in waits"       // in another process, for [Finish]
	ErrClientID      ErrorKind = "client id refused"      // these four: by [CheckApp]
	ErrClientSecret  ErrorKind = "client secret refused"  // the client id is known
	ErrAccountID     ErrorKind = "account id refused"     // of a Server-to-Server app
	ErrRedirectURI   ErrorKind = "return address refused" // not registered with the app, or not allowed for its kind
)

// Error is a failure of this package. It holds no secret and no body of an
// answer; what came from Zoom has been cleaned and bounded.
type Error struct {
	Kind       ErrorKind
	Op         string    // what was tried: "refresh", "exchange code", "save tokens"
	HTTPStatus int       // 0: no answer came
	Code       int       // Zoom's number, e.g. 4711; 0: none
	OAuth      string    // error of the answer, e.g. invalid_grant (RFC 6749 section 5.2)
	Message    string    // Zoom's words
	TrackingID string    // x-zm-trackingid, the number that Zoom's support asks for
	Host       string    // who was asked
	RetryAt    time.Time // [ErrRateLimit]: when to ask again; zero: not said
	Daily      bool      // [ErrRateLimit]: the day's budget is gone
	At         time.Time // when, by this machine's clock
	Cause      string    // what is known here: "connection refused", the rule that was broken
	Path       string    // the file concerned
	Fix        string    // a ready command line
	Err        error     // the cause, if it may be shown; nil otherwise
}

// Error gives one line: what was tried, what came of it, and the remedy if there is one.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if e.HTTPStatus != 0 {
		fmt.Fprintf(&b, ": Zoom answered %d", e.HTTPStatus)
		if e.OAuth != "" {
			b.WriteString(" " + e.OAuth)
		}
		if e.Message != "" {
			fmt.Fprintf(&b, " %q", e.Message)
		}
	}
	switch {
	case e.Cause != "":
		b.WriteString(": " + e.Cause)
	case e.HTTPStatus == 0:
		b.WriteString(": " + e.Kind.Error())
	}
	if e.Fix != "" {
		b.WriteString(": " + e.Fix)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, auth.ErrSignedOut) work.
func (e *Error) Is(target error) bool {
	kind, ok := target.(ErrorKind)
	return ok && kind == e.Kind
}

// Facts is what package explain is told.
func (e *Error) Facts() explain.Facts {
	return explain.Facts{
		Place: e.place(), Class: e.class(), Op: e.Op,
		HTTPStatus: e.HTTPStatus, Code: e.Code, OAuth: e.OAuth, Message: e.Message,
		TrackingID: e.TrackingID, Host: e.Host, RetryAt: e.RetryAt, Daily: e.Daily, At: e.At,
		Cause: e.Cause, Path: e.Path, Fix: e.Fix,
	}
}

func (e *Error) place() explain.Place {
	switch e.Kind {
	case ErrDeviceExpired:
		return explain.PlaceDevice
	case ErrClientID, ErrRedirectURI:
		return explain.PlaceBrowser
	case ErrGrantEnded, ErrCodeRefused, ErrClient, ErrRefused, ErrServer, ErrRateLimit, ErrDeclined:
		if e.Op == opDevice || e.Op == opPoll {
			return explain.PlaceDevice
		}
		return explain.PlaceToken
	default:
		return explain.PlaceLocal
	}
}

// class is decided here where the kind alone decides it; the rest is left to
// the table of package explain, which knows Zoom's words.
func (e *Error) class() explain.Class {
	switch e.Kind {
	case ErrUsage, ErrClient, ErrPaste, ErrClientID, ErrClientSecret, ErrAccountID, ErrRedirectURI:
		return explain.Usage
	case ErrSignedOut, ErrGrantEnded, ErrMoved, ErrStale, ErrDeclined, ErrLinkExpired, ErrDeviceExpired, ErrNoneWaiting:
		return explain.SignIn
	case ErrNetwork, ErrServer:
		return explain.Network
	case ErrRateLimit:
		return explain.RateLimit
	case ErrStore, ErrStoreMode, ErrKeyring, ErrDamaged, ErrNewer, ErrLocked:
		return explain.Store
	case ErrClosed:
		return explain.Cancelled
	default:
		return explain.Other
	}
}

// kindOf gives the kind of an error of this package, "" for any other.
func kindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return ""
}
