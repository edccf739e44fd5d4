package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

// verifierFits tells whether a code_verifier belongs to a challenge (RFC 7636 section 4.6). A
// verifier without a challenge does not fit (RFC 9700 section 2.1.1).
func verifierFits(c authCode, verifier string) bool {
	if c.challenge == "" {
		return verifier == ""
	}
	if !validVerifier(verifier) {
		return false
	}
	if c.method == methodS256 {
		sum := sha256.Sum256([]byte(verifier))
		verifier = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return subtle.ConstantTimeCompare([]byte(verifier), []byte(c.challenge)) == 1
}

// validVerifier checks the form of RFC 7636 section 4.1: 43 to 128 unreserved characters.
func validVerifier(v string) bool {
	if len(v) < 43 || len(v) > 128 {
		return false
	}
	for _, c := range []byte(v) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c == '-', c == '.', c == '_', c == '~':
		default:
			return false
		}
	}
	return true
}
