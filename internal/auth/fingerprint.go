package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
)

// fingerprintBytes is how much of the hash is shown: six hex digits tell two
// tokens apart and say nothing about either.
const fingerprintBytes = 3

// Fingerprint gives the first six hex digits of a secret's SHA-256, so that two
// machines can be compared without showing a token; "" for no secret.
func Fingerprint(s Secret) string {
	if s == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:fingerprintBytes])
}

// equal compares without telling by its time how much was right. The hashes make
// the lengths equal, which [subtle.ConstantTimeCompare] needs for that.
func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
