package main

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"zoomtui/internal/api"
	"zoomtui/internal/explain"
)

// hiddenValue stands in what is recorded for a value that is not kept.
const hiddenValue = "[redacted]"

// again is the path by which a call can be made once more, or why it cannot be.
func again(x api.Exchange) (path, why string) {
	switch {
	case x.Step != "":
		return "", "This was a step of the sign-in and no call of the API: it cannot be sent again."
	case x.OtherToken:
		return "", "This call was made with the token that was pasted into the token tab, which is not kept: p there makes it again."
	case x.Method != http.MethodGet:
		return "", "Only a GET is sent again from here, because it changes nothing: y copies this call as a curl line."
	case strings.Contains(x.URL, hiddenValue):
		return "", "The address of this call held values that are not kept, so it cannot be sent again as it was."
	}
	u, err := url.Parse(x.URL)
	if err != nil {
		return "", "The address of this call cannot be read, so it cannot be sent again."
	}
	return belowAPI(u.RequestURI()), ""
}

// belowAPI is a path, with its query, as it is asked for: without /v2, and without
// what the address of an API behind a gateway has before that.
func belowAPI(uri string) string {
	path, query, asked := strings.Cut(uri, "?")
	if at := strings.Index(path, "/v2/"); at >= 0 && !strings.Contains(path[:at], "/scim2/") {
		path = path[at+len("/v2"):]
	} else if at := strings.Index(path, "/scim2/"); at >= 0 {
		path = path[at:]
	}
	if asked {
		path += "?" + query
	}
	return path
}

// failure is what is wrong with the answer of a recorded call; nil: nothing.
func (t traffic) failure(x api.Exchange) error {
	op, _, _ := strings.Cut(x.Path, "?")
	op = x.Method + " " + belowAPI(op)
	at := x.At.In(t.profile.Location())
	if x.Status != 0 && x.Step == "" && (x.Err == "" || x.Status >= 400) {
		a := &api.Answer{Op: op, Host: x.Host, Status: x.Status, Header: x.Header, At: at}
		return t.client().Failure(a, x.Body[:min(len(x.Body), headBytes)])
	}
	f := explain.Facts{Op: cmp.Or(x.Step, op), Host: x.Host, At: at, HTTPStatus: x.Status, TrackingID: x.TrackingID}
	switch {
	case x.Status >= 400:
		f.Place, f.Code = explain.PlaceToken, x.ZoomCode
		f.OAuth, f.Message = oauthWords(x.Body)
	case x.Status == 0 || x.Err != "":
		f.Place, f.HTTPStatus = explain.PlaceLocal, 0
		f.Class, f.Cause = unanswered(x.Err)
	default:
		return nil
	}
	return pastFailure{f}
}

// oauthWords reads the error of the token endpoint (RFC 6749 section 5.2); Zoom
// has its own words for the description.
func oauthWords(body []byte) (code, words string) {
	var answer struct {
		Error       string `json:"error"`
		Reason      string `json:"reason"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return "", ""
	}
	return answer.Error, cmp.Or(answer.Reason, answer.Description)
}

// unanswered is the recorder's word for a call without an answer, in the words by
// which package explain knows the cause.
func unanswered(word string) (explain.Class, string) {
	switch word {
	case "cancelled":
		return explain.Cancelled, "cancelled"
	case "timeout":
		return explain.Network, "deadline exceeded"
	case "dns":
		return explain.Network, "no such host"
	case "tls":
		return explain.Network, "certificate not accepted"
	default:
		return explain.Network, "connection failed"
	}
}

// pastFailure is a failure of which the facts are left.
type pastFailure struct{ facts explain.Facts }

// Error implements error.
func (e pastFailure) Error() string { return e.facts.Op + ": " + cmp.Or(e.facts.Cause, e.facts.OAuth) }

// Facts implements [explain.Carrier].
func (e pastFailure) Facts() explain.Facts { return e.facts }
