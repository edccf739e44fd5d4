package state

import "zoomtui/internal/explain"

// Refused is the failure of a call behind the dashboard of which a verdict says
// most: the first that lacks a scope, a role or a plan, else the first that Zoom
// answered with an error. nil when there is none.
func (s *State) Refused() *explain.Problem {
	var other *explain.Problem
	for _, src := range []Source{s.UserSrc, s.HostedSrc, s.InvitedSrc} {
		p := src.Problem
		switch {
		case p == nil || p.Facts.Place != explain.PlaceAPI || p.Facts.HTTPStatus == 0:
		case p.Class() == explain.Scope:
			return p
		case other == nil && p.Class() != explain.SignIn && p.Class() != explain.Network && p.Class() != explain.RateLimit:
			other = p
		}
	}
	return other
}
