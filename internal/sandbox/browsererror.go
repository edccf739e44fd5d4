package sandbox

import "net/url"

// browserError is a failure that is shown to the person and never sent to the redirect URI, so that
// the program does not hear of it. Says is what Zoom prints; Hint is the sandbox's own.
type browserError struct {
	Says string
	Hint string
}

// Zoom's words, with the number as Zoom prints it: with a comma for the thousands.
func invalidRedirect(uri, hint string) *browserError {
	return &browserError{"Invalid redirect: " + uri + " (4,700)", hint}
}

func unknownClient(id, hint string) *browserError {
	return &browserError{"Invalid client_id: " + id + " (4,702)", hint}
}

func invalidScope(hint string) *browserError { return &browserError{"Invalid scope", hint} }

// linkRefused applies the faults that refuse what is in the link.
func (s *Server) linkRefused(req authRequest, q url.Values) *browserError {
	switch {
	case s.faultOn(faultInvalidClient):
		return unknownClient(req.app.ClientID, "A fault of the sandbox is on: the app counts as deleted.")
	case s.faultOn(faultInvalidRedirect):
		return invalidRedirect(req.redirectURI, "A fault of the sandbox is on: no return address counts as registered.")
	case s.faultOn(faultInvalidScope) && q.Has("scope"):
		return invalidScope("A fault of the sandbox is on: a link must not name scopes.")
	}
	return nil
}

// personRefused applies the faults that refuse the person, whichever way they came; the device page refuses
// them as well. Of the second sentence only the beginning is known.
// Source: Zoom's developer forum; https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/
func (s *Server) personRefused(app App) *browserError {
	switch {
	case s.faultOn(faultAdminRequired):
		return &browserError{"An account admin is required to install this type of app.", "A fault of the sandbox is on: the app wants an admin's approval."}
	case s.faultOn(faultOtherAccount):
		return &browserError{
			"You cannot authorize " + app.Name + ": it is not published and belongs to another account.",
			"A fault of the sandbox is on: until an app is published, only users of its owner's account may use it.",
		}
	}
	return nil
}
