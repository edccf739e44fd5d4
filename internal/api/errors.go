package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/explain"
)

// The causes of an [*Error] that are no answer of Zoom's API. Their words are
// what package explain knows them by.
var (
	ErrWebPage  = errors.New("answered with a web page")
	ErrRedirect = errors.New("redirect not followed")
	ErrTooLarge = errors.New("answer larger than 16 MiB")
	ErrEmpty    = errors.New("empty answer")
	ErrDecode   = errors.New("answer is not valid JSON")
	ErrPaging   = errors.New("list without end")
	ErrPath     = errors.New("not a path of the API")
)

// Error is a failed call. It holds no body, no header and no secret; Message
// and TrackingID are foreign text, not sanitised but with tokens hidden.
type Error struct {
	Op            string        // "GET /users/me/meetings", without the query
	Host          string        // who was asked
	HTTPStatus    int           // 0 when no answer came
	Code          int           // Zoom's number, 0 when there is none
	Message       string        // Zoom's words; for a validation error with the fields at the end
	TrackingID    string        // header x-zm-trackingid, the id that Zoom's support asks for
	MissingScopes []string      // any one of them would do
	RetryAt       time.Time     // when Zoom accepts calls again; zero when unknown
	Daily         bool          // the limit of the day, not of the second
	At            time.Time     // when the answer came
	Class         explain.Class // explain.Other leaves it to the table
	Err           error         // the cause when Zoom gave no error of its own
}

// Error gives one line; Zoom's words are quoted, so it is safe to print.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(cmp.Or(e.Op, "call the API"))
	if e.HTTPStatus != 0 {
		b.WriteString(": " + strconv.Itoa(e.HTTPStatus))
	}
	if e.Code != 0 {
		b.WriteString(" code " + strconv.Itoa(e.Code))
	}
	if e.Message != "" {
		fmt.Fprintf(&b, " %q", e.Message)
	}
	if e.Err != nil {
		b.WriteString(": " + cause(e.Err))
	}
	return b.String()
}

// Unwrap gives the cause, so that errors.Is finds a cancelled context and the
// values above.
func (e *Error) Unwrap() error { return e.Err }

// Facts implements [explain.Carrier]. When the token could not be had, the
// cause knows more than the call, and its facts are given.
func (e *Error) Facts() explain.Facts {
	if inner, ok := errors.AsType[explain.Carrier](e.Err); ok {
		f := inner.Facts()
		f.Op, f.Host = cmp.Or(f.Op, e.Op), cmp.Or(f.Host, e.Host)
		if f.At.IsZero() {
			f.At = e.At
		}
		return f
	}
	f := explain.Facts{
		Place: explain.PlaceAPI, Class: e.Class,
		HTTPStatus: e.HTTPStatus, Code: e.Code, Message: e.Message, TrackingID: e.TrackingID,
		MissingScopes: e.MissingScopes, RetryAt: e.RetryAt, Daily: e.Daily,
		Host: e.Host, At: e.At, Op: e.Op,
	}
	if e.Err != nil {
		f.Cause = cause(e.Err)
	}
	if e.Class == explain.Usage {
		f.Place = explain.PlaceLocal
	}
	return f
}

// cause gives the words of an error without the address in it: the query of
// an address can hold a secret.
func cause(err error) string {
	if call, ok := errors.AsType[*url.Error](err); ok {
		err = call.Err
	}
	return hideSecrets(err.Error())
}

// retryable tells an error after which the same GET may be sent again: no
// answer, a 5xx, or the limit of a second. Not the token's own failure, not
// the end of the context, not a certificate that will not change.
func (e *Error) retryable() bool {
	switch {
	case e.HTTPStatus == http.StatusTooManyRequests:
		return !e.Daily
	case e.HTTPStatus >= 500:
		return true
	case e.HTTPStatus != 0 || e.Err == nil || e.Class != explain.Other:
		return false
	}
	if _, ok := errors.AsType[explain.Carrier](e.Err); ok {
		return false
	}
	if errors.Is(e.Err, context.Canceled) || errors.Is(e.Err, context.DeadlineExceeded) || isLasting(e.Err) {
		return false
	}
	_, ok := errors.AsType[*url.Error](e.Err)
	return ok || errors.Is(e.Err, errBroken)
}
