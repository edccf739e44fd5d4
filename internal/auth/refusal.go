package auth

import (
	"net/http"
	"slices"
	"strings"
)

// The operations at the OAuth endpoints; they begin the text of an error.
const (
	opExchange = "exchange code"
	opRefresh  = "refresh"
	opAccount  = "fetch account token"
	opRevoke   = "revoke"
	opDevice   = "ask for a short code"
	opPoll     = "wait for the short code"
)

// refusal makes the error for an answer that is not a good one. The secrets of
// the question are masked should the answer repeat them.
func refusal(op string, x *exchange, secrets []Secret) *Error {
	e := &Error{
		Op: op, HTTPStatus: x.status, Host: x.host, At: x.received.wall,
		TrackingID: words(x.header.Get("x-zm-trackingid"), secrets...),
	}
	f, isJSON := readFields(x.body)
	if isJSON {
		e.OAuth = words(f.text("error"), secrets...)
		e.Message = words(f.text("reason", "error_description", "errorMessage", "message"), secrets...)
		e.Code = f.code("errorCode", "code")
	}
	e.Kind = kindOfAnswer(op, e)
	switch {
	case x.status >= 300 && x.status < 400:
		e.Kind, e.Cause = ErrServer, "a redirect instead of an answer; it was not followed"
	case !isJSON && isHTML(x.header, x.body):
		e.Kind, e.Cause = ErrServer, "a web page instead of an answer (a proxy, or a wrong oauth_base)"
	case x.tooLarge:
		e.Kind, e.Cause = ErrServer, "the answer is too large"
	case !isJSON:
		e.Kind, e.Cause = ErrServer, "the answer is not valid JSON"
	case x.status < 300 && e.OAuth == "":
		e.Kind, e.Cause = ErrServer, "the answer has no access token"
	}
	if x.status == http.StatusTooManyRequests {
		e.Kind, e.Cause = ErrRateLimit, ""
		e.RetryAt = retryAt(x.header, x.received.wall)
		e.Daily = strings.Contains(strings.ToLower(e.Message), "daily")
	}
	return e
}

// kindOfAnswer decides by Zoom's words first, as its numbers are not keys.
// Source: https://developers.zoom.us/docs/integrations/oauth-error-messages/
func kindOfAnswer(op string, e *Error) ErrorKind {
	switch {
	case e.HTTPStatus >= 500:
		return ErrServer
	case e.OAuth == "invalid_client" || e.OAuth == "unauthorized_client",
		slices.Contains([]int{4702, 4704, 4706}, e.Code):
		return ErrClient
	case e.OAuth == "access_denied":
		return ErrDeclined
	case op == opRefresh && grantEnded(e):
		return ErrGrantEnded
	case op == opPoll && (e.OAuth == oauthExpired || e.OAuth == "invalid_grant"):
		return ErrDeviceExpired
	case op == opExchange && (e.OAuth == "invalid_grant" || e.OAuth == "invalid_request"):
		return ErrCodeRefused
	default:
		return ErrRefused
	}
}

// grantEnded tells that a refresh token is dead. Older answers say
// invalid_request where today's say invalid_grant.
func grantEnded(e *Error) bool {
	if e.OAuth == "invalid_grant" || slices.Contains([]int{4711, 4735, 4737, 4740, 4741}, e.Code) {
		return true
	}
	text := strings.ToLower(e.Message)
	return e.OAuth == "invalid_request" &&
		(strings.Contains(text, "invalid token") || strings.Contains(text, "refresh token"))
}

// unanswered makes the error for a request that no answer came to.
func unanswered(op string, x *exchange, err error) *Error {
	e := &Error{Kind: ErrNetwork, Op: op, Host: x.host, At: x.received.wall, Cause: words(bareNetwork(err)), Err: withoutURL(err)}
	if e.At.IsZero() {
		e.At = x.sent.wall
	}
	return e
}

// spent tells whether a failed request may have used up a single-use token: Zoom
// may have got it, and what came back is not a plain refusal.
func spent(err error) bool {
	switch kindOf(err) {
	case ErrNetwork:
		return !neverSent(err)
	case ErrServer:
		return true
	default:
		return false
	}
}
