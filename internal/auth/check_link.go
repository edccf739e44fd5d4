package auth

import (
	"context"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// opLink begins the text of an error about the authorize page.
const opLink = "look at the authorize page"

// impossibleID is a client id that Zoom never gave.
const impossibleID = "zoomtui-no-such-client"

// Zoom's numbers; the authorize page prints them as "(4,700)".
// Source: https://developers.zoom.us/docs/integrations/oauth-error-messages/
const (
	codeRedirect = 4700 // a catch-all: only with the words does it mean the return address
	codeClient   = 4702
	codeMismatch = 4709 // of the token endpoint
)

// linkVerdict is what the authorize page says about an app.
type linkVerdict int

const (
	linkSilent          linkVerdict = iota // nothing that can be told: a redirect to the sign-in page, no answer, another complaint
	linkShown                              // a page without a complaint
	linkIDRefused                          // the client id is not known
	linkRedirectRefused                    // the client id is known, the return address is not its
)

// linkPage is the verdict, and the error for one that refuses something.
type linkPage struct {
	verdict linkVerdict
	err     error
}

// lookAtLink opens the sign-in link of an app as a browser that is signed in
// nowhere does: without cookies, and without following a redirect.
func (e *Endpoint) lookAtLink(ctx context.Context, clientID string) linkPage {
	own := *e
	own.app.ClientID = clientID
	limited, cancel := context.WithTimeout(ctx, e.limit)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, http.MethodGet, own.AuthCodeURL(own.trialAuthorization()), nil)
	if err != nil {
		return linkPage{}
	}
	x, err := own.send(ctx, opLink, req)
	if err != nil {
		return linkPage{} // the token endpoint will tell what is in the way
	}
	verdict, message := readLinkPage(x)
	refusal := &Error{
		Op: opLink, HTTPStatus: x.status, Host: x.host, At: x.received.wall, Message: message,
		TrackingID: words(x.header.Get("x-zm-trackingid")),
	}
	switch verdict {
	case linkIDRefused:
		refusal.Kind, refusal.Code = ErrClientID, codeClient
		refusal.Cause = "Zoom does not know this client id"
	case linkRedirectRefused:
		refusal.Kind, refusal.Code = ErrRedirectURI, codeRedirect
		refusal.Cause = e.refusedRedirect()
	default:
		return linkPage{verdict: verdict}
	}
	return linkPage{verdict: verdict, err: refusal}
}

// readLinkPage reads Zoom's complaint out of JSON or a page. The words alone do
// not count on a page, which may hold a script with all sentences that there are:
// the number must be there as well.
func readLinkPage(x *exchange) (verdict linkVerdict, message string) {
	text, number := strings.ToLower(string(x.body)), 0
	f, isJSON := readFields(x.body)
	if isJSON {
		text, number = strings.ToLower(f.text("errorMessage", "message", "reason")), f.code("errorCode", "code")
	}
	says := func(words string, code int, printed string) bool {
		return strings.Contains(text, words) && (number == code || strings.Contains(text, printed))
	}
	switch {
	case says("invalid client", codeClient, "(4,702)") || number == codeClient:
		return linkIDRefused, "Invalid client_id"
	case says("invalid redirect", codeRedirect, "(4,700)"):
		return linkRedirectRefused, "Invalid redirect"
	case x.status >= 200 && x.status < 300 && !isJSON:
		return linkShown, ""
	}
	return linkSilent, ""
}

func newVerifier() Secret { return Secret(oauth2.GenerateVerifier()) }
