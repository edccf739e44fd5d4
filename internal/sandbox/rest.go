package sandbox

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// apiCall is a call whose token is good and has the scope.
type apiCall struct {
	s     *Server
	r     *http.Request
	op    operation
	parts []string // of the path, decoded
	grant *grant
	need  need
	id    string // the first id in the path
	now   time.Time
}

// What a call may answer other than a body with 200.
type (
	// created is a body with 201.
	created struct{ body any }
	// noContent is 204 without a body.
	noContent struct{}
	// streamed is a body that is written piece by piece.
	streamed func(io.Writer) error
)

// apiError is a refusal of the REST API. Source: https://developers.zoom.us/docs/api/errors
type apiError struct {
	status  int
	Code    int          `json:"code"`
	Message string       `json:"message"`
	Errors  []fieldError `json:"errors,omitempty"`
}

type fieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func refuseAPI(status, code int, message string) *apiError {
	return &apiError{status: status, Code: code, Message: message}
}

// invalidField is a validation failure of one parameter.
func invalidField(field, message string) *apiError {
	e := refuseAPI(http.StatusBadRequest, 300, "Validation Failed.")
	e.Errors = []fieldError{{Field: field, Message: message}}
	return e
}

// errUnrecognized is Zoom's answer to a path that it does not know.
func errUnrecognized() *apiError {
	return refuseAPI(http.StatusNotFound, 2300, "This API endpoint is not recognized.")
}

// errNoPermission is Zoom's answer where the scope is there and the role is not.
func errNoPermission() *apiError { return refuseAPI(http.StatusForbidden, 200, "No permission.") }

// handleAPI is everything below /v2 and /scim2.
func (s *Server) handleAPI(w http.ResponseWriter, r *http.Request) {
	op, parts, known, err := operationOf(r)
	if err != nil {
		writeServerFault(w, err)
		return
	}
	name := "v2.unknown"
	if known {
		name = op.name(parts)
	}
	s.count(name)
	if !s.linger(r.Context()) {
		return
	}
	s.stampDate(w)
	s.stampRate(w, op.label)
	if s.misbehave(w, op.label) {
		return
	}
	if !known {
		writeAPIError(w, errUnrecognized())
		return
	}
	g, refusal := s.bearer(r)
	if refusal != nil {
		writeAPIError(w, refusal)
		return
	}
	c := apiCall{s: s, r: r, op: op, parts: parts, grant: g, id: op.firstID(parts), now: s.now()}
	if c.need, refusal = s.permit(g, op); refusal != nil {
		writeAPIError(w, refusal)
		return
	}
	c.answer(w)
}

// firstID is the first part of the path that is an id.
func (o operation) firstID(parts []string) string {
	for i, part := range o.parts {
		if isID(part) {
			return parts[i]
		}
	}
	return ""
}

// answer plays the operation.
func (c apiCall) answer(w http.ResponseWriter) {
	serve, ok := played()[c.op.method+" "+c.op.path]
	if !ok {
		serve = unplayed
	}
	body, refusal := serve(c)
	if refusal != nil {
		writeAPIError(w, refusal)
		return
	}
	switch body := body.(type) {
	case created:
		writeJSON(w, http.StatusCreated, body.body)
	case noContent:
		w.WriteHeader(http.StatusNoContent)
	case streamed:
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		_ = body(w) // fails only when the client has gone
	default:
		writeJSON(w, http.StatusOK, body)
	}
}

func writeAPIError(w http.ResponseWriter, e *apiError) { writeJSON(w, e.status, e) }

// bearer finds the grant of the access token. The header is the only place for it since 2023-02-14.
func (s *Server) bearer(r *http.Request) (*grant, *apiError) {
	invalid := refuseAPI(http.StatusUnauthorized, 124, "Invalid access token.")
	if r.URL.Query().Has("access_token") {
		return nil, refuseAPI(http.StatusUnauthorized, 124, "Invalid access token, this access token is not supported as query parameter string.")
	}
	scheme, value, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return nil, invalid
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.ledger.access[strings.TrimSpace(value)]
	switch {
	case !ok || t.grant.revoked || t.grant.kind == KindS2S && s.on[faultS2SInactive]:
		return nil, invalid
	case !s.now().Before(t.expires):
		return nil, refuseAPI(http.StatusUnauthorized, 124, "Access token is expired.")
	default:
		return t.grant, nil
	}
}

// permit checks the scope, that there is a user behind the token at all, and that user's role. An operation
// for which the documents name no scope asks for none.
func (s *Server) permit(g *grant, op operation) (need, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.needNow(op)
	switch {
	case !n.open() && !n.met(g.scopes):
		return n, s.missing(g, op)
	case g.userID == "":
		return n, refuseAPI(http.StatusBadRequest, 200, "Invalid api key or secret.")
	case s.on[faultNoRole] && !op.is(http.MethodGet, pathUser):
		return n, errNoPermission()
	default:
		return n, nil
	}
}

// heldForOthers tells whether the token reaches other users than its own.
func (c apiCall) heldForOthers() bool {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.need.metForOthers(c.grant.scopes)
}

// target is the user that the path names first.
func (c apiCall) target(notFound int) (*user, *apiError) { return c.userCalled(c.id, notFound) }

// userCalled is a user that the path names. `me` is for tokens of people, an id or an address for tokens with
// :admin scopes; everything else does not exist, with the endpoint's own code. Zoom's documents forbid `me`
// to Server-to-Server apps, but in practice it answers with the owner of the app: hence the fault, whose
// words are not known.
// Source: https://developers.zoom.us/docs/api/using-zoom-apis/
func (c apiCall) userCalled(id string, notFound int) (*user, *apiError) {
	if id == "me" {
		if c.grant.kind != KindS2S || !c.s.faultOn(faultMeRefused) {
			return c.s.world.user(c.grant.userID), nil
		}
	} else if c.heldForOthers() {
		if u := c.s.world.user(id); u != nil {
			return u, nil
		}
	}
	return nil, refuseAPI(http.StatusNotFound, notFound, "User does not exist: "+id+".")
}
