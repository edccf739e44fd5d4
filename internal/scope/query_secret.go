package scope

import "strings"

// hidden stands where a token was.
const hidden = "{token}"

// withoutSecrets takes tokens out of a text that is kept: JSON Web Tokens, what
// follows "Bearer", and long runs of letters and digits that no word or id of
// Zoom's is. Whole paths and sentences stay as they are.
func withoutSecrets(text string) string {
	if len(text) < shortestSecret {
		return text
	}
	var b strings.Builder
	bearer := false
	for rest := text; rest != ""; {
		length := strings.IndexFunc(rest, notInToken)
		if length < 0 {
			length = len(rest)
		}
		if length == 0 {
			b.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		run := rest[:length]
		if bearer && len(run) > 5 || isSecret(run) {
			b.WriteString(hidden)
		} else {
			b.WriteString(run)
		}
		bearer = strings.EqualFold(run, "bearer") || strings.EqualFold(run, "basic")
		rest = rest[length:]
	}
	return b.String()
}

const (
	shortestSecret = 12
	longestID      = 44 // a user id has 22 letters, a meeting's UUID 24; encoded twice it is longer by some %25
)

// isSecret tells a run of letters that looks like a token.
func isSecret(run string) bool {
	if strings.HasPrefix(run, "eyJ") && len(run) >= shortestSecret {
		return true
	}
	if len(run) <= longestID {
		return false
	}
	// The names of scopes and parts of paths are long too, but of words.
	for word := range strings.FieldsFuncSeq(run, func(r rune) bool { return r == '_' || r == '-' || r == '.' }) {
		if len(word) > 32 {
			return true
		}
	}
	return false
}

// notInToken ends a run: tokens are base64url, with dots between the parts.
func notInToken(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.~+", r)
}
