package sandbox

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
)

const (
	lettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	lowerAndDigits   = "abcdefghijkmnpqrstuvwxyz23456789"
)

// randomText is n characters drawn evenly from the alphabet.
func randomText(alphabet string, n int) string {
	limit := 256 - 256%len(alphabet) // bytes above it would favour the first letters
	var b strings.Builder
	buf := make([]byte, n)
	for b.Len() < n {
		_, _ = rand.Read(buf) // never fails: crypto/rand ends the program instead
		for _, c := range buf {
			if int(c) < limit && b.Len() < n {
				b.WriteByte(alphabet[int(c)%len(alphabet)])
			}
		}
	}
	return b.String()
}

// randomUUID is a version 4 UUID (RFC 9562 section 5.4).
func randomUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// newTrackingID has the form of Zoom's x-zm-trackingid header.
func newTrackingID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return "v=2.0;clid=us02;rid=WEB_" + hex.EncodeToString(b[:])
}
