package doctor

import (
	"slices"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/marketplace"
)

const nameScopes = "scopes"

// Scopes checks whether what the program shows by itself can be read. granted are
// the scopes of the token; known is false when there is none.
func Scopes(kind string, granted []string, known bool) Check {
	if !known {
		return result(nameScopes, Skipped, "What was granted is not known until there is a token.").brief("not known").
			detail("granted", []string{}).detail("missing", []string{})
	}
	missing := []string{}
	var opens []string
	for _, s := range marketplace.Scopes(kind) {
		if !grants(granted, s.Name) {
			missing = append(missing, s.Name)
			opens = append(opens, s.Name+" for "+s.Why)
		}
	}
	c := result(nameScopes, OK, "All that the program shows by itself can be read (%s granted).", Count(len(granted), "scope")).brief("complete")
	if len(missing) > 0 {
		c = failure(nameScopes, explain.Scope, "%s missing: %s.", isAre(len(missing)), joined(opens)).brief("missing: " + joined(missing)).
			remedy("Add " + joined(missing) + " to the app at " + marketplace.Address + ", Manage, your app, Scopes. A refresh adds no scope, so then sign in again: zoomtui login")
		if kind == marketplace.S2S {
			c.Remedy = []string{"Add " + joined(missing) + " to the app at " + marketplace.Address + ", Manage, your app, Scopes. Then fetch another token: zoomtui token --force >/dev/null"}
		}
	}
	return c.detail("granted", append([]string{}, granted...)).detail("missing", missing)
}

// grants tells whether scopes hold one, or another that opens the same.
// Source: the scopes of each operation in https://developers.zoom.us/docs/api/
func grants(granted []string, scope string) bool {
	granular := strings.TrimSuffix(scope, ":admin")
	open := append([]string{granular, granular + ":admin"}, classic(granular)...)
	return slices.ContainsFunc(granted, func(g string) bool { return slices.Contains(open, g) })
}

// classic are the scopes of apps from before 2024 that open the same.
func classic(granular string) []string {
	switch granular {
	case "user:read:user":
		return []string{"user:read", "user:write", "user:read:admin", "user:write:admin", "user_profile", "user_info:read"}
	case "meeting:read:list_meetings", "meeting:read:list_upcoming_meetings":
		return []string{"meeting:read", "meeting:read:admin"}
	}
	return nil
}

// isAre begins a sentence about so many.
func isAre(n int) string {
	if n == 1 {
		return "One scope is"
	}
	return "Some scopes are"
}

// joined lists words as a sentence does.
func joined(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
