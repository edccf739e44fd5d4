package sandbox

import (
	"encoding/json"
	"net/http"
)

// oauthError is a refusal of the token, device or revoke endpoint: HTTP 400 with
// {"reason":…,"error":…}. Zoom does not send error_description.
// Source: https://developers.zoom.us/docs/integrations/oauth-error-messages/
type oauthError struct {
	Reason string `json:"reason"`
	Error  string `json:"error"`
}

// The refusals of the token endpoint, word for word where Zoom's words are known.
func errInvalidCode() *oauthError {
	return &oauthError{"Invalid authorization code", "invalid_grant"}
}

func errInvalidClient() *oauthError {
	return &oauthError{"Invalid client_id or client_secret", "invalid_client"}
}

func errGrantType() *oauthError {
	return &oauthError{"unsupported grant type", "unsupported_grant_type"}
}

// errRedirectMismatch is error 4709; the page gives the words, the OAuth code is RFC 6749's.
func errRedirectMismatch() *oauthError {
	return &oauthError{"Redirect URI mismatch", "invalid_grant"}
}

// errVerifier is for a PKCE verifier that does not belong to the challenge (RFC 7636 section 4.6).
func errVerifier() *oauthError {
	return &oauthError{"Invalid code verifier", "invalid_grant"}
}

// errRefreshToken differs between kinds of app, as measured in August 2026.
func errRefreshToken(kind string) *oauthError {
	if kind == KindPublic {
		return &oauthError{"Invalid refresh token", "invalid_grant"}
	}
	return &oauthError{"Invalid Token!", "invalid_grant"}
}

// errScopesChanged is error 4711 on a refresh, "token scopes do not match with the client scopes": the app
// has lost a scope since the sign-in. The number itself is not in the JSON.
func errScopesChanged() *oauthError {
	return &oauthError{"Refresh token invalid", "invalid_grant"}
}

// errNoDevice is for an app without "Use App on Device". Zoom's words are not known.
func errNoDevice() *oauthError {
	return &oauthError{"The device flow is not enabled for this app", "unauthorized_client"}
}

// errBadRequest is for requests that Zoom's documents say nothing about.
func errBadRequest(reason string) *oauthError {
	return &oauthError{reason, "invalid_request"}
}

func writeOAuthError(w http.ResponseWriter, e *oauthError) {
	writeJSON(w, http.StatusBadRequest, e)
}

// writeServerFault is for a defect of the sandbox itself.
func writeServerFault(w http.ResponseWriter, err error) {
	http.Error(w, "sandbox: "+err.Error(), http.StatusInternalServerError)
}

// requirePost answers everything but POST itself and is false then.
func requirePost(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodPost {
		return true
	}
	w.Header().Set("Allow", http.MethodPost)
	writeJSON(w, http.StatusMethodNotAllowed, errBadRequest("Method "+r.Method+" is not supported"))
	return false
}

// writeJSON sends v. Zoom does not escape <, > and & in its JSON.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // fails only when the client has gone
}
