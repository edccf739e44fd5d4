package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// need is what an endpoint asks of a token: any one of these scopes, granular or classic.
// Source: the scopes of each operation in https://developers.zoom.us/docs/api/
type need struct {
	granular []string
	classic  []string
}

// Paths of the operations that faults speak of.
const (
	pathUser     = "/users/{userId}"
	pathSettings = "/users/{userId}/settings"
	pathMeetings = "/users/{userId}/meetings"
	pathUpcoming = "/users/{userId}/upcoming_meetings"
)

// undocumentedScope is what the fault "docs-disagree" demands.
const undocumentedScope = "meeting:read:list_invited_meetings"

// open tells whether the documents name no scope at all.
func (n need) open() bool { return len(n.granular) == 0 && len(n.classic) == 0 }

// all are the granular and the classic alternatives.
func (n need) all() []string { return slices.Concat(n.granular, n.classic) }

// met tells whether one of the scopes held is among the alternatives. A few of Zoom's names hold a blank; they
// are names of the app's list here, so that no string has to be split.
func (n need) met(held []string) bool {
	return slices.ContainsFunc(held, func(scope string) bool {
		return slices.Contains(n.granular, scope) || slices.Contains(n.classic, scope)
	})
}

// metForOthers tells whether the scopes reach beyond the user's own things.
func (n need) metForOthers(held []string) bool {
	return n.met(slices.DeleteFunc(slices.Clone(held), func(scope string) bool {
		return !strings.HasSuffix(scope, ":admin")
	}))
}

// alternatives are the names that an answer lists: those of the app's own style where there are any, the user's
// before the account's. Those of master accounts are left out unless there is nothing else. All captures list
// one style alone: classic names before granular ones came in March 2024, granular ones since. What apps hear
// that are classic still is not known; that Zoom speaks to them as before is a guess.
func (n need) alternatives(classic bool) []string {
	names, others := n.granular, n.classic
	if classic {
		names, others = others, names
	}
	if len(names) == 0 {
		names = others
	}
	level := func(end string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(scope string) bool {
			admin, master := strings.HasSuffix(scope, ":admin"), strings.HasSuffix(scope, ":master")
			return end == "" && (admin || master) || end == "admin" && !admin
		})
	}
	if listed := slices.Concat(level(""), level("admin")); len(listed) > 0 {
		return listed
	}
	return names
}

// needNow is what an operation asks for at the moment. The caller holds s.mu.
func (s *Server) needNow(op operation) need {
	if s.on[faultDocsDisagree] && op.is(http.MethodGet, pathUpcoming) {
		return need{granular: []string{undocumentedScope, undocumentedScope + ":admin"}, classic: op.need.classic}
	}
	return op.need
}

// missing is Zoom's answer to a token without any of the scopes: HTTP 400 and 4711 (Zoom Phone: 104) with the
// alternatives in brackets, as measured from 2024 on. The documents have another one, which names no scope.
// Source: https://developers.zoom.us/docs/api/errors
func (s *Server) missing(g *grant, op operation) *apiError {
	code := 4711
	switch {
	case s.on[faultScope4700]:
		return refuseAPI(http.StatusUnauthorized, 4700, "Invalid Access Token: The access token is invalid, expired, or missing required scopes.")
	case s.on[faultScope104] || op.parts[0] == "phone":
		code = 104
	}
	return refuseAPI(http.StatusBadRequest, code,
		"Invalid access token, does not contain scopes:["+strings.Join(s.needNow(op).alternatives(s.classic(g)), ", ")+"].")
}
