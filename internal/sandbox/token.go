package sandbox

import (
	"crypto/subtle"
	"net/http"
	"net/url"
)

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

// tokenRequest is a request of the token endpoint whose client is known.
type tokenRequest struct {
	params url.Values
	app    App
}

// tokenResult is what a grant type came to: an answer, a refusal, or a defect of the sandbox.
type tokenResult struct {
	answer  tokenAnswer
	refusal *oauthError
	err     error
	cut     bool // close the connection instead of answering
}

func refuse(e *oauthError) tokenResult { return tokenResult{refusal: e} }

// handleToken is POST /oauth/token. Parameters come in a form body or in the query; a JSON body is
// not understood, so that the grant type is missing.
// Source: https://developers.zoom.us/docs/integrations/oauth/
func (s *Server) handleToken(w http.ResponseWriter, r *http.Request) {
	if !requirePost(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		writeOAuthError(w, errBadRequest("Bad Request"))
		return
	}
	if !s.linger(r.Context()) {
		return
	}
	s.stampDate(w)
	result := s.token(r)
	switch {
	case result.err != nil:
		writeServerFault(w, result.err)
	case result.cut:
		hangUp(w)
	case result.refusal != nil:
		writeOAuthError(w, result.refusal)
	default:
		writeJSON(w, http.StatusOK, result.answer)
	}
}

// token routes by grant type, which Zoom looks at before the client.
func (s *Server) token(r *http.Request) tokenResult {
	var serve func(tokenRequest) tokenResult
	name := ""
	switch r.Form.Get("grant_type") {
	case "authorization_code":
		name, serve = "authorization_code", s.redeemCode
	case "refresh_token":
		name, serve = "refresh", s.refresh
	case "account_credentials":
		name, serve = "account_credentials", s.accountCredentials
	case "client_credentials":
		name, serve = "client_credentials", s.clientCredentials
	case deviceGrant:
		name, serve = "device_code", s.redeemDevice
	default:
		s.count("token.other")
		return refuse(errGrantType())
	}
	s.count("token." + name)
	app, ok := s.authenticate(r)
	if !ok {
		return refuse(errInvalidClient())
	}
	return serve(tokenRequest{params: r.Form, app: app})
}

// authenticate finds the app and checks its secret. Apps with a secret send it as Basic or as form
// fields; a public client sends its id in the body and no secret at all.
func (s *Server) authenticate(r *http.Request) (App, bool) {
	id, secret, basic := r.BasicAuth()
	if r.Header.Get("Authorization") != "" && !basic {
		return App{}, false
	}
	if !basic {
		id, secret = r.Form.Get("client_id"), r.Form.Get("client_secret")
	}
	app, ok := s.appByID(id)
	switch {
	case !ok:
		return App{}, false
	case app.Kind == KindPublic:
		return app, !basic && r.Form.Get("client_secret") == ""
	default:
		return app, subtle.ConstantTimeCompare([]byte(secret), []byte(app.ClientSecret)) == 1
	}
}

// redeemCode is the authorization_code grant. A code that its own client presents is used up,
// whatever comes of it.
func (s *Server) redeemCode(req tokenRequest) tokenResult {
	if req.app.Kind == KindS2S {
		return refuse(errGrantType())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	value := req.params.Get("code")
	code, ok := s.codes[value]
	if !ok || code.clientID != req.app.ClientID {
		return refuse(errInvalidCode())
	}
	delete(s.codes, value)
	switch {
	case !s.now().Before(code.expires):
		return refuse(errInvalidCode())
	case req.params.Get("redirect_uri") != code.redirectURI:
		return refuse(errRedirectMismatch())
	case !verifierFits(code, req.params.Get("code_verifier")):
		return refuse(errVerifier())
	}
	g := &grant{clientID: code.clientID, userID: code.userID, kind: req.app.Kind, scopes: code.scopes}
	s.ledger.open(g)
	answer, err := s.issue(g, true)
	return tokenResult{answer: answer, err: err}
}

// refresh is the refresh_token grant: the old token dies the moment the new one is made, unless a
// fault grants it grace. Earlier access tokens live on, as measured in October 2026. A sign-in with a
// scope that its app no longer has is refused, and works again when the app has it back.
func (s *Server) refresh(req tokenRequest) tokenResult {
	s.mu.Lock()
	defer s.mu.Unlock()
	value := req.params.Get("refresh_token")
	old, ok := s.ledger.refresh[value]
	if !ok || old.grant.clientID != req.app.ClientID || !s.now().Before(old.expires) {
		return refuse(errRefreshToken(req.app.Kind))
	}
	if !s.registered(old.grant) {
		return refuse(errScopesChanged())
	}
	answer, err := s.issue(old.grant, true)
	if err != nil {
		return tokenResult{err: err}
	}
	cutKeeping := s.takeFault(faultCutGrace)
	cut := s.takeFault(faultCut) || cutKeeping
	if !s.on[faultRefreshGrace] && !cutKeeping {
		delete(s.ledger.refresh, value)
	}
	return tokenResult{answer: answer, cut: cut}
}

// accountCredentials is the grant of s2s apps: no refresh token, and several access tokens live at
// once. Zoom documents no refusal for a wrong or missing account; the developer forum shows this one. An
// app that is not activated is an unknown client.
// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
func (s *Server) accountCredentials(req tokenRequest) tokenResult {
	if req.app.Kind != KindS2S {
		return refuse(errGrantType())
	}
	if s.faultOn(faultS2SInactive) {
		return refuse(errInvalidClient())
	}
	if req.params.Get("account_id") != req.app.AccountID {
		return refuse(errBadRequest("Bad Request"))
	}
	return s.appToken(req.app, demoUserID)
}

// clientCredentials is the grant of an app that speaks for itself; its token opens no user's data.
func (s *Server) clientCredentials(req tokenRequest) tokenResult {
	if req.app.Kind != KindConfidential {
		return refuse(errGrantType())
	}
	return s.appToken(req.app, "")
}

// appToken issues a token without a person and without a refresh token.
func (s *Server) appToken(app App, userID string) tokenResult {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &grant{clientID: app.ClientID, userID: userID, kind: app.Kind, scopes: app.allScopes()}
	s.ledger.add(g)
	answer, err := s.issue(g, false)
	return tokenResult{answer: answer, err: err}
}

// hangUp closes the connection without an answer, as a network that fails at the worst moment does.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		writeServerFault(w, err)
		return
	}
	_ = conn.Close()
}
