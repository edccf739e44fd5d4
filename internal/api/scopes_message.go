package api

import "strings"

// missingScopes reads the scopes that Zoom names when a token has none of
// them:
//
//	Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].
//
// The wording and the number differ between products (4711, 104, 4700), the
// list does not. A name can hold a blank ("contact_center:write:queue
// disposition:admin"), so only commas part the names. A message that was cut
// off before the bracket closes gives what it has.
// Source: https://developers.zoom.us/docs/api/errors
func missingScopes(message string) []string {
	lower := strings.ToLower(message)
	for from := 0; ; {
		at := strings.Index(lower[from:], "scope")
		if at < 0 {
			return nil
		}
		from += at + len("scope")
		rest := strings.TrimPrefix(lower[from:], "s")
		rest = strings.TrimLeft(rest, " :\t=")
		if strings.HasPrefix(rest, "[") {
			start := len(lower) - len(rest) + 1
			return splitScopes(sameBytes(message, lower)[start:])
		}
		if named := strings.TrimLeft(lower[from:], "s "); strings.HasPrefix(named, ":") {
			return bareScopes(sameBytes(message, lower)[len(lower)-len(named)+1:])
		}
	}
}

// sameBytes gives the text that offsets into lower are valid for: the message
// itself unless lower-casing changed its length.
func sameBytes(message, lower string) string {
	if len(message) == len(lower) {
		return message
	}
	return lower
}

// splitScopes reads names up to the closing bracket.
func splitScopes(text string) []string {
	list, _, _ := strings.Cut(text, "]")
	var scopes []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.Trim(name, " \t\r\n\"'.")
		if name != "" && len(scopes) < maxScopes && len(name) <= maxScopeName {
			scopes = append(scopes, name)
		}
	}
	return scopes
}

// bareScopes reads a list without brackets; words without a colon or an
// underscore are prose, not scopes.
func bareScopes(text string) []string {
	line, _, _ := strings.Cut(text, "\n")
	var scopes []string
	for _, name := range splitScopes(strings.TrimRight(line, ". ")) {
		if strings.ContainsAny(name, ":_") {
			scopes = append(scopes, name)
		}
	}
	return scopes
}

// Bounds for a list that comes from outside.
const (
	maxScopes    = 50
	maxScopeName = 200
)
