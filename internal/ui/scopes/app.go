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
	userID, userEmail       string
}

// sync works out anew what follows from the tokens when these have changed.
func (m *Model) sync(st *state.State) {
	t := st.Tokens
	now := identity{
		signedIn: t.SignedIn, table: m.catalogue != nil, signedInAt: t.SignedInAt, obtainedAt: t.ObtainedAt,
		fingerprint: t.AccessFingerprint, scopeNames: strings.Join(t.Scopes, " "),
		userID: st.User.ID, userEmail: st.User.Email,
	}
	if now == m.tokens && m.revision > 0 {
		return
	}
	m.tokens = now
	m.revision++
	m.app = st.App(m.catalogue)
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
