package scopes

import (
	"strings"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
)

// identity tells one state of the tokens, and of the table, from another.
type identity struct {
	signedIn, table         bool
	signedInAt, obtainedAt  time.Time
	fingerprint, scopeNames string
}

// sync works out anew what follows from the tokens when these have changed.
func (m *Model) sync(st *state.State) {
	t := st.Tokens
	now := identity{
		signedIn: t.SignedIn, table: m.catalogue != nil, signedInAt: t.SignedInAt, obtainedAt: t.ObtainedAt,
		fingerprint: t.AccessFingerprint, scopeNames: strings.Join(t.Scopes, " "),
	}
	if now == m.tokens && m.revision > 0 {
		return
	}
	m.tokens = now
	m.revision++
	m.app = appOf(st, m.catalogue)
	m.open = map[string]bool{}
	if m.catalogue != nil {
		for _, name := range m.app.Scopes {
			for _, e := range m.catalogue.Opens(name) {
				m.open[e.String()] = true
			}
		}
	}
	m.notice(st)
}

// appOf is what is known of the app and of the token in use.
func appOf(st *state.State, c *scope.Catalogue) scope.App {
	t := st.Tokens
	app := scope.App{
		Type: scope.TypeOf(st.Profile.Kind, t.Scopes), ClientTail: st.Profile.ClientTail,
		SignedIn: t.SignedIn && t.AccessFingerprint != "", ScopesKnown: len(t.Scopes) > 0, Scopes: t.Scopes,
		SignedInAt: t.SignedInAt, ObtainedAt: t.ObtainedAt, Fixed: t.Fixed,
	}
	if c != nil {
		app.Style, app.Scopes = c.StyleOf(t.Scopes), c.Joined(t.Scopes)
	}
	return app
}

// appWords says what is known of the app in few words; the shorter ones for a
// narrow window.
func appWords(s scene) (long, short string) {
	var parts []string
	switch {
	case s.m.app.Fixed:
		parts = append(parts, "token of the environment")
	case s.st.Profile.ServerToServer():
		parts = append(parts, "Server-to-Server")
	default:
		parts = append(parts, "General")
		if s.m.app.Type != scope.UnknownType {
			parts = append(parts, string(s.m.app.Type))
		}
	}
	if s.m.app.Style != scope.UnknownStyle {
		parts = append(parts, string(s.m.app.Style))
	}
	short = strings.Join(parts, ", ")
	if len(parts) > 2 {
		short = strings.Join(parts[1:], ", ")
	}
	return "your app: " + strings.Join(parts, ", "), short
}
