package explain

import "strings"

// readGrant reads a pasted call of the sign-in endpoints: which grant it was
// decides what the answer means.
func (f *textFacts) readGrant(words string) {
	words = strings.ToLower(words)
	has := func(pieces ...string) bool { return containsAny(words, pieces) }
	switch {
	case has("/oauth/devicecode", "grant-type:device_code", "grant-type%3adevice_code"):
		f.Place = PlaceDevice
	case has("/oauth/token", "/oauth/revoke"):
		f.Place = PlaceToken
	default:
		return
	}
	switch {
	case has("grant_type=refresh_token"):
		f.Op = "refresh"
	case has("account_credentials"):
		f.Op = "fetch account token"
	}
	f.inQuery = has("/oauth/token?")
}

// isCommand tells a text that holds the call itself, and so perhaps a token.
func isCommand(words string) bool {
	return containsAny(strings.ToLower(words), []string{"curl ", "curl.exe ", "authorization:", "bearer "})
}
