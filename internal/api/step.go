package api

import (
	"net/http"
	"net/url"
	"strings"
)

// oauthStep names what a request to the OAuth endpoints is for, by its path and
// its grant; empty for all others.
// Sources: RFC 6749 sections 4 and 6, RFC 7009 section 2, RFC 8628 section 3;
// https://developers.zoom.us/docs/integrations/oauth/
func oauthStep(req *http.Request) string {
	_, at, ok := strings.Cut(req.URL.Path, "/oauth/")
	if !ok {
		return ""
	}
	switch at {
	case "revoke":
		return "revoke"
	case "devicecode":
		return "device code"
	case "token":
		return grantStep(req)
	}
	return ""
}

// grantStep names the grant of a request to the token endpoint; Zoom takes it
// in the body and in the query.
func grantStep(req *http.Request) string {
	grant := req.URL.Query().Get("grant_type")
	if form, err := url.ParseQuery(string(sentPrefix(req))); err == nil && form.Get("grant_type") != "" {
		grant = form.Get("grant_type")
	}
	switch grant {
	case "authorization_code":
		return "code exchange"
	case "refresh_token":
		return "refresh"
	case "account_credentials":
		return "account credentials"
	case "client_credentials":
		return "client credentials"
	case "urn:ietf:params:oauth:grant-type:device_code":
		return "device poll"
	}
	return ""
}
