package sandbox

import "net/http"

// handleRevoke is POST /oauth/revoke: it ends the whole grant of an access or refresh token. Zoom
// documents no refusal for a token it does not know; this one follows the words of the token endpoint.
// Source: https://developers.zoom.us/docs/integrations/oauth/
func (s *Server) handleRevoke(w http.ResponseWriter, r *http.Request) {
	s.count("revoke")
	if !requirePost(w, r) {
		return
	}
	if err := r.ParseForm(); err != nil {
		writeOAuthError(w, errBadRequest("Bad Request"))
		return
	}
	app, ok := s.authenticate(r)
	if !ok {
		writeOAuthError(w, errInvalidClient())
		return
	}
	if !s.revokeToken(app, r.Form.Get("token")) {
		writeOAuthError(w, errBadRequest("Invalid Token!"))
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"status": "success"})
}

// revokeToken is false when the token is none of the app's, or its grant has ended already.
func (s *Server) revokeToken(app App, token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	var g *grant
	if t, ok := s.ledger.access[token]; ok {
		g = t.grant
	} else if t, ok := s.ledger.refresh[token]; ok {
		g = t.grant
	}
	if g == nil || g.revoked || g.clientID != app.ClientID {
		return false
	}
	s.ledger.revoke(g)
	return true
}
