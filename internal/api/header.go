package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// ErrHeader is the cause of an [*Error] for a header that a caller may not set.
var ErrHeader = errors.New("header cannot be sent")

// CheckHeader says whether a caller of [Client.Open] may add a header. What
// carries a credential may not be: a token goes by the Transport only, so that
// nothing replaces it. Nor may what belongs to the connection. The error wraps
// [ErrHeader] and quotes no value.
func CheckHeader(name, value string) error {
	switch {
	case !isToken(name):
		return fmt.Errorf("%w: %q is not a name", ErrHeader, name)
	case isSecretHeader(name):
		return fmt.Errorf("%w: %s carries a credential, and the program adds the profile's own", ErrHeader, name)
	case isConnectionHeader(name):
		return fmt.Errorf("%w: %s is set by the program", ErrHeader, name)
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		return fmt.Errorf("%w: the value of %s holds a control character", ErrHeader, name)
	}
	return nil
}

// isConnectionHeader knows what net/http sets, or what would change how the
// message is cut. Accept-Encoding is one: answers are decompressed by the
// transport, and only what it has asked for.
func isConnectionHeader(name string) bool {
	switch strings.ToLower(name) {
	case "host", "content-length", "transfer-encoding", "trailer", "te", "connection", "upgrade", "keep-alive", "proxy-connection", "accept-encoding", "expect":
		return true
	}
	return false
}

// isToken is the grammar of a field name (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-.^_`|~", r))
	})
}

// addHeader puts the caller's headers into the request's.
func addHeader(to, from http.Header) error {
	for name, values := range from {
		to.Del(name)
		for _, value := range values {
			if err := CheckHeader(name, value); err != nil {
				return err
			}
			to.Add(name, value)
		}
	}
	return nil
}
