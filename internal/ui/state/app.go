package state

import "zoomtui/internal/scope"

// App is what a verdict needs to know of the app and of its token. Without the
// table, c is nil: then the style is not known, and the names are as Zoom split them.
func (s *State) App(c *scope.Catalogue) scope.App {
	t := s.Tokens
	app := scope.App{
		Type: scope.TypeOf(s.Profile.Kind, t.Scopes), ClientTail: s.Profile.ClientTail,
		SignedIn: t.SignedIn && t.AccessFingerprint != "", ScopesKnown: len(t.Scopes) > 0, Scopes: t.Scopes,
		SignedInAt: t.SignedInAt, ObtainedAt: t.ObtainedAt, Fixed: t.Fixed,
	}
	if c != nil {
		app.Style, app.Scopes = c.StyleOf(t.Scopes), c.Joined(t.Scopes)
	}
	return app
}
