package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// Rate labels, as Zoom writes them in its header.
const (
	labelLight  = "Light"
	labelMedium = "Medium"
)

// endpoint is one operation of the REST API.
type endpoint struct {
	name  string // for Counts: "GET /v2/users/me"
	label string
	need  need
	serve func(apiCall) (any, *apiError)
}

// apiCall is a call whose token is good and has the scope.
type apiCall struct {
	s     *Server
	r     *http.Request
	grant *grant
	need  need
	id    string // user or meeting id in the path
	now   time.Time
}

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

// handleAPI is everything below /v2.
func (s *Server) handleAPI(w http.ResponseWriter, r *http.Request) {
	ep, id, known := route(r.Method, strings.TrimPrefix(r.URL.Path, "/v2/"))
	s.count(ep.name)
	if !s.linger(r.Context()) {
		return
	}
	s.stampDate(w)
	if ep.label != "" {
		w.Header().Set("X-Ratelimit-Category", ep.label)
	}
	if s.misbehave(w, ep.label) {
		return
	}
	if !known {
		writeAPIError(w, refuseAPI(http.StatusNotFound, 2300, "This API endpoint is not recognized."))
		return
	}
	g, refusal := s.bearer(r)
	if refusal == nil {
		refusal = s.permit(g, ep.need)
	}
	if refusal != nil {
		writeAPIError(w, refusal)
		return
	}
	body, refusal := ep.serve(apiCall{s: s, r: r, grant: g, need: ep.need, id: id, now: s.now()})
	if refusal != nil {
		writeAPIError(w, refusal)
		return
	}
	writeJSON(w, http.StatusOK, body)
}

func writeAPIError(w http.ResponseWriter, e *apiError) { writeJSON(w, e.status, e) }

// route finds the operation and the id in the path (below /v2/, without a slash at the front).
func route(method, path string) (endpoint, string, bool) {
	unknown := endpoint{name: "v2.unknown"}
	parts := strings.Split(path, "/")
	if method != http.MethodGet || len(parts) < 2 || len(parts) > 3 || parts[1] == "" {
		return unknown, "", false
	}
	rest := ""
	if len(parts) == 3 {
		rest = "/" + parts[2]
	}
	var ep endpoint
	switch parts[0] + rest {
	case "users":
		ep = endpoint{label: labelLight, need: needUser(), serve: getUser}
	case "users/settings":
		ep = endpoint{label: labelMedium, need: needSettings(), serve: getSettings}
	case "users/permissions":
		ep = endpoint{label: labelLight, need: needPermissions(), serve: getPermissions}
	case "users/meetings":
		ep = endpoint{label: labelMedium, need: needMeetings(), serve: listMeetings}
	case "users/upcoming_meetings":
		ep = endpoint{label: labelMedium, need: needUpcoming(), serve: listUpcoming}
	case "users/recordings":
		ep = endpoint{label: labelMedium, need: needRecordings(), serve: listRecordings}
	case "users/webinars":
		ep = endpoint{label: labelMedium, need: needWebinars(), serve: listWebinars}
	case "meetings":
		ep = endpoint{label: labelLight, need: needMeeting(), serve: getMeeting}
	default:
		return unknown, "", false
	}
	shown := "{userId}"
	switch {
	case parts[0] == "meetings":
		shown = "{meetingId}"
	case parts[1] == "me":
		shown = "me"
	}
	ep.name = method + " /v2/" + parts[0] + "/" + shown + rest
	return ep, parts[1], true
}

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

// permit checks the scope, and that there is a user behind the token at all.
func (s *Server) permit(g *grant, n need) *apiError {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !n.met(g.scopes) {
		return n.missing()
	}
	if g.userID == "" {
		return refuseAPI(http.StatusBadRequest, 200, "Invalid api key or secret.")
	}
	return nil
}

// heldForOthers tells whether the token reaches other users than its own.
func (c apiCall) heldForOthers() bool {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	return c.need.metForOthers(c.grant.scopes)
}

// target is the user that the path names. `me` is for tokens of people, an id or an address for tokens with
// :admin scopes; everything else does not exist, with the endpoint's own code. Zoom's documents forbid `me`
// to Server-to-Server apps, but in practice it answers with the owner of the app: hence the fault, whose
// words are not known.
// Source: https://developers.zoom.us/docs/api/using-zoom-apis/
func (c apiCall) target(notFound int) (*user, *apiError) {
	if c.id == "me" {
		if c.grant.kind != KindS2S || !c.s.faultOn(faultMeRefused) {
			return c.s.world.user(c.grant.userID), nil
		}
	} else if c.heldForOthers() {
		if u := c.s.world.user(c.id); u != nil {
			return u, nil
		}
	}
	return nil, refuseAPI(http.StatusNotFound, notFound, "User does not exist: "+c.id+".")
}
