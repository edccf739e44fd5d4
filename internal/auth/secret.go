package auth

import (
	"fmt"
	"io"
	"log/slog"
)

// redacted is what stands in place of a secret.
const redacted = "[redacted]"

// Secret is a token, a client secret, an authorization code or a verifier. It
// prints, logs and marshals as "[redacted]" (as nothing when it is empty); only
// the store and the requests to Zoom call [Secret.Reveal].
//
// A Secret in an unexported field is out of the reach of these methods, because
// package fmt does not call methods there: a type that has such a field needs a
// Format method of its own.
type Secret string

// Reveal gives the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String gives "[redacted]".
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString gives "[redacted]", for %#v.
func (s Secret) GoString() string { return s.String() }

// Format writes "[redacted]" whatever the verb: %x and %q would go past String.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText gives "[redacted]", for TOML and XML. A map keyed by secrets is not
// safe: package encoding/json writes string keys as they are.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON gives "[redacted]" as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + s.String() + `"`), nil }

// LogValue gives "[redacted]", for package log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
