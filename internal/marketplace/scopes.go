package marketplace

// Scope is a scope to tick, and what it is for.
type Scope struct{ Name, Why string }

// Scopes are the fewest granular scopes with which everything that the program
// shows by itself can be read. An app of one user gets them as they are; a
// Server-to-Server app has only those that end in :admin.
// Source: the scopes of each operation in https://developers.zoom.us/docs/api/
func Scopes(kind string) []Scope {
	scopes := []Scope{
		{"user:read:user", "who is signed in (GET /users/me)"},
		{"meeting:read:list_meetings", "the meetings you host (GET /users/me/meetings)"},
		{"meeting:read:list_upcoming_meetings", "the meetings you are invited to (GET /users/me/upcoming_meetings)"},
	}
	if kind == S2S {
		for i := range scopes {
			scopes[i].Name += ":admin"
		}
	}
	return scopes
}
