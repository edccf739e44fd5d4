package api

import (
	"bytes"
	"net/http"
	"strings"

	"zoomtui/internal/scope"
)

// maxMessage bounds Zoom's words in an [*Error], in bytes.
const maxMessage = 2000

// answered fills in what an answer with an error status says.
func (e *Error) answered(h http.Header, body []byte) *Error {
	if isWebPage(h, body) {
		e.Err = ErrWebPage
	} else {
		e.Code, e.Message = readFailure(body)
		e.MissingScopes = scope.NamedScopes(e.Message)
	}
	if e.HTTPStatus == http.StatusTooManyRequests {
		e.rateLimited(h)
	}
	if e.HTTPStatus == http.StatusServiceUnavailable {
		e.RetryAt = parseRetryAfter(h.Get("Retry-After"), e.At)
	}
	return e
}

// rateLimited tells the limit of the day from the one of the second, by words
// first: the headers are not always there.
// Source: https://developers.zoom.us/docs/api/rate-limits/
func (e *Error) rateLimited(h http.Header) {
	words := strings.ToLower(e.Message)
	switch {
	case strings.Contains(words, "per-second"), strings.Contains(words, "per second"):
	case strings.Contains(words, "daily"), strings.Contains(words, "per day"):
		e.Daily = true
	default:
		e.Daily = strings.Contains(strings.ToLower(h.Get("X-Ratelimit-Type")), "daily")
	}
	e.RetryAt = parseRetryAfter(h.Get("Retry-After"), e.At)
	if e.Daily && e.RetryAt.IsZero() {
		e.RetryAt = nextDay(e.At)
	}
}

// readFailure reads Zoom's number and words from the body of an error:
//
//	{"code":300,"message":"Validation Failed.","errors":[{"field":"start_time","message":"Invalid field."}]}
//
// Gateways of Zoom's also send errorCode/errorMessage, reason, error and
// error_description. Anything else gives 0 and no words. Secrets in the words are
// hidden.
// Source: https://developers.zoom.us/docs/api/errors
func readFailure(body []byte) (code int, message string) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	o, err := decodeObject(body)
	if err != nil {
		return 0, ""
	}
	if inner := o.object("error"); inner != nil && !o.has("code") && !o.has("message") {
		o = inner
	}
	code = int(o.number("code", "errorCode", "error_code"))
	message = o.text("message", "errorMessage", "error_message", "reason", "error_description", "error")
	message = strings.TrimSpace(message + fieldErrors(o))
	return code, cutBytes(hideSecrets(message), maxMessage)
}

// fieldErrors gives " field: words; field: words" of a validation error.
func fieldErrors(o object) string {
	const most = 10
	var parts []string
	for _, field := range o.objects("errors") {
		name, words := field.text("field"), strings.TrimRight(field.text("message"), ". ")
		switch {
		case name != "" && words != "":
			parts = append(parts, name+": "+words)
		case name != "" || words != "":
			parts = append(parts, name+words)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts[:min(len(parts), most)], "; ")
}
