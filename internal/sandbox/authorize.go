package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// codeTTL is the life of an authorization code (error 4733).
// Source: https://developers.zoom.us/docs/integrations/oauth-error-messages/
const codeTTL = 5 * time.Minute

// codeLength is the length of an authorization code as seen in 2026.
const codeLength = 64

// Challenge methods of RFC 7636 section 4.3.
const (
	methodPlain = "plain"
	methodS256  = "S256"
)

// authRequest is a valid request of the authorize endpoint.
type authRequest struct {
	app         App
	redirectURI string
	state       string
	challenge   string
	method      string
}

// handleAuthorize is GET /oauth/authorize.
// Source: https://developers.zoom.us/docs/integrations/oauth/
func (s *Server) handleAuthorize(w http.ResponseWriter, r *http.Request) {
	s.count("authorize")
	req, refusal := s.parseAuthorize(r.URL.Query())
	if refusal != nil {
		s.renderError(w, *refusal)
		return
	}
	if s.opts.AutoApprove {
		s.count("consent.allow")
		http.Redirect(w, r, s.approve(req, req.app.allScopes()), http.StatusFound)
		return
	}
	s.renderConsent(w, pendingConsent{request: req})
}

// parseAuthorize checks the parameters in Zoom's order: client, redirect, then the rest.
func (s *Server) parseAuthorize(q url.Values) (authRequest, *browserError) {
	app, ok := s.appByID(q.Get("client_id"))
	if !ok || app.Kind == KindS2S {
		return authRequest{}, unknownClient(q.Get("client_id"), "No app of this sandbox that people can sign in to has this client id.")
	}
	req := authRequest{
		app: app, redirectURI: q.Get("redirect_uri"), state: q.Get("state"),
		challenge: q.Get("code_challenge"), method: q.Get("code_challenge_method"),
	}
	if refusal := s.linkRefused(req, q); refusal != nil {
		return req, refusal
	}
	if !redirectAllowed(app, req.redirectURI) {
		return req, invalidRedirect(req.redirectURI, redirectHint(app, req.redirectURI))
	}
	if rt := q.Get("response_type"); rt != "code" {
		return req, &browserError{"Invalid response type: " + rt + " (4,700)", "response_type must be code."}
	}
	if refusal := checkChallenge(&req); refusal != nil {
		return req, refusal
	}
	if refusal := checkScope(app, q.Get("scope")); refusal != nil {
		return req, refusal
	}
	return req, s.personRefused(app)
}

// checkScope lets a link name scopes that the app has. What is granted is the app's all the same.
func checkScope(app App, scopes string) *browserError {
	for _, scope := range strings.FieldsFunc(scopes, func(r rune) bool { return r == ' ' || r == ',' }) {
		if !slices.Contains(app.allScopes(), scope) {
			return invalidScope("The app does not have " + scope + ". Leave scope out of the address: what is granted comes from the app.")
		}
	}
	return nil
}

// redirectHint says which rule was broken and what is registered.
func redirectHint(app App, uri string) string {
	registered := " Registered: " + strings.Join(app.RedirectURIs, " , ")
	_, loopback := loopbackWithoutPort(uri)
	switch {
	case isLocalhost(uri):
		return localhostSentence + "." + registered
	case loopback && !app.loopbackAllowed():
		return "Only public and PKCE-enabled apps may return to a loopback address; this app needs https." + registered
	default:
		return "The address must equal a registered one, upper and lower case included; only the port of a numeric loopback address is ignored." + registered
	}
}

// checkChallenge applies RFC 7636: a missing method means plain. Public apps must send a challenge, and
// so must every app that returns to a loopback address, which is for clients with PKCE only.
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md
func checkChallenge(req *authRequest) *browserError {
	_, loopback := loopbackWithoutPort(req.redirectURI)
	switch {
	case req.challenge == "" && req.app.Kind == KindPublic:
		return &browserError{"Invalid code challenge (4,700)", "A public client must send code_challenge and code_challenge_method=S256."}
	case req.challenge == "" && loopback:
		return &browserError{"Invalid code challenge (4,700)", "A loopback return address is for PKCE: send code_challenge and code_challenge_method=S256, or use https."}
	case req.challenge == "":
		return nil
	}
	if req.method == "" {
		req.method = methodPlain
	}
	if req.method != methodPlain && req.method != methodS256 {
		return &browserError{"Invalid code challenge method: " + req.method + " (4,700)", "code_challenge_method is S256 or plain."}
	}
	if !validVerifier(req.challenge) || req.method == methodS256 && len(req.challenge) != 43 {
		return &browserError{"Invalid code challenge (4,700)", "code_challenge has 43 to 128 of the characters A-Z a-z 0-9 - . _ ~ (with S256: exactly 43, without = at the end)."}
	}
	return nil
}

// approve makes an authorization code and returns where the browser goes with it.
func (s *Server) approve(req authRequest, scopes []string) string {
	now := s.now()
	code := randomText(lettersAndDigits, codeLength)
	s.mu.Lock()
	prune(s.codes, func(c authCode) bool { return !now.Before(c.expires) })
	s.codes[code] = authCode{
		clientID: req.app.ClientID, redirectURI: req.redirectURI,
		challenge: req.challenge, method: req.method,
		userID: demoUserID, scopes: scopes, expires: now.Add(codeTTL),
	}
	s.mu.Unlock()
	return answerURL(req, "code", code)
}

// decline returns where the browser goes when the person says no (RFC 6749 section 4.1.2.1).
func decline(req authRequest) string { return answerURL(req, "error", "access_denied") }

func answerURL(req authRequest, name, value string) string {
	params := url.Values{name: {value}}
	if req.state != "" {
		params.Set("state", req.state)
	}
	return withParams(req.redirectURI, params)
}

// prune removes what is over from a map, so that a long-running sandbox does not grow.
func prune[T any](m map[string]T, over func(T) bool) {
	for k, v := range m {
		if over(v) {
			delete(m, k)
		}
	}
}
