package auth

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"
)

// maxTokenFile bounds what is read of a token file, in bytes; one has about 4,000.
const maxTokenFile = 1 << 20

// errNewerVersion is for a file that a later version of this program wrote.
var errNewerVersion = errors.New("written by a newer version of zoomtui")

// readTokenFile reads a token file: one JSON object with the keys of [encodeToken],
// any others are kept in Unknown. Keys are compared exactly, as package
// encoding/json does not do by itself. When the tokens are sealed they are in the
// box, and missing in the Token. The error never quotes the content.
func readTokenFile(data []byte) (Token, *box, error) {
	keys := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &keys); err != nil {
		return Token{}, nil, fmt.Errorf("damaged: %w", contentFree(err))
	}
	r := keyReader{keys: keys}
	t := Token{Version: r.number("version")}
	switch {
	case r.err != nil || t.Version < 1:
		return Token{}, nil, errors.New("damaged: it has no version")
	case t.Version > tokenVersion:
		return Token{}, nil, fmt.Errorf("%w (format %d, this one knows %d)", errNewerVersion, t.Version, tokenVersion)
	}
	t.Profile, t.ClientID = r.text("profile"), r.text("client_id")
	t.Kind = Kind(r.text("kind"))
	t.AccessToken, t.RefreshToken = Secret(r.text("access_token")), Secret(r.text("refresh_token"))
	t.TokenType, t.Scope, t.APIURL = r.text("token_type"), r.text("scope"), r.text("api_url")
	t.ObtainedAt, t.ExpiresAt = r.time("obtained_at"), r.time("expires_at")
	t.SignedInAt, t.MovedAt = r.time("signed_in_at"), r.time("moved_at")
	t.Generation = r.number("generation")
	t.ClockSkew = time.Duration(r.number("clock_skew_seconds")) * time.Second
	b := r.box()
	plain := t.AccessToken != "" || t.RefreshToken != ""
	switch {
	case r.err != nil:
		return Token{}, nil, fmt.Errorf("damaged: %w", r.err)
	case b != nil && plain:
		return Token{}, nil, errors.New("damaged: it holds tokens both sealed and not")
	case b == nil && !plain:
		return Token{}, nil, errors.New("damaged: it holds no token")
	}
	if len(keys) > 0 {
		t.Unknown = keys
	}
	return t, b, nil
}

// encodeToken writes a token file without a seal.
func encodeToken(t Token) ([]byte, error) { return encodeTokenFile(t, nil) }

// encodeTokenFile writes a token file, keys sorted. Some keys are there only when
// they say something: clock_skew_seconds when this machine's clock differs from
// Zoom's, moved_at when the sign-in went to another machine, sealed and sealed_key
// when the tokens are in the box.
func encodeTokenFile(t Token, b *box) ([]byte, error) {
	keys := map[string]any{}
	for k, v := range t.Unknown {
		keys[k] = v
	}
	for _, key := range []string{"clock_skew_seconds", "moved_at", "sealed", "sealed_key"} {
		delete(keys, key)
	}
	if t.ClockSkew != 0 {
		keys["clock_skew_seconds"] = int(t.ClockSkew / time.Second)
	}
	if !t.MovedAt.IsZero() {
		keys["moved_at"] = stamp(t.MovedAt)
	}
	if b != nil {
		keys["sealed"], keys["sealed_key"] = b.text(), b.key
	}
	maps.Copy(keys, map[string]any{
		"version":       tokenVersion,
		"profile":       t.Profile,
		"client_id":     t.ClientID,
		"kind":          string(t.Kind),
		"access_token":  t.AccessToken.Reveal(),
		"refresh_token": t.RefreshToken.Reveal(),
		"token_type":    t.TokenType,
		"scope":         t.Scope,
		"api_url":       t.APIURL,
		"obtained_at":   stamp(t.ObtainedAt),
		"expires_at":    stamp(t.ExpiresAt),
		"signed_in_at":  stamp(t.SignedInAt),
		"generation":    t.Generation,
	})
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(keys); err != nil {
		return nil, fmt.Errorf("encode token file: %w", contentFree(err))
	}
	return out.Bytes(), nil
}

// stamp writes a time as RFC 3339 in UTC, whole seconds; "" for no time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// keyReader takes keys out of a decoded object and remembers the first that is
// of a wrong type.
type keyReader struct {
	keys map[string]json.RawMessage
	err  error
}

func (r *keyReader) take(key string, into any) {
	raw, ok := r.keys[key]
	delete(r.keys, key)
	if !ok || string(raw) == "null" {
		return
	}
	if err := json.Unmarshal(raw, into); err != nil && r.err == nil {
		r.err = fmt.Errorf("key %s is of a wrong type", key)
	}
}

func (r *keyReader) text(key string) string {
	var s string
	r.take(key, &s)
	return s
}

// maxFileNumber bounds the numbers of a token file: more would only overflow.
const maxFileNumber = 1 << 31

func (r *keyReader) number(key string) int {
	var n int64
	r.take(key, &n)
	if (n > maxFileNumber || n < -maxFileNumber) && r.err == nil {
		r.err = fmt.Errorf("key %s is out of range", key)
	}
	return int(n)
}

func (r *keyReader) time(key string) time.Time {
	s := r.text(key)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("key %s is not a time", key)
	}
	t = t.UTC()
	if t.Year() < 1 || t.Year() > 9999 { // an offset can lead out of what RFC 3339 can write
		r.err = fmt.Errorf("key %s is out of range", key)
	}
	return t
}

// maxKeyName bounds the name of a key, in bytes.
const maxKeyName = 128

// box takes the sealed part out, nil when the tokens stand there as they are.
func (r *keyReader) box() *box {
	sealed, name := r.text("sealed"), r.text("sealed_key")
	if sealed == "" && name == "" {
		return nil
	}
	data, err := base64.StdEncoding.DecodeString(sealed)
	if r.err == nil && (err != nil || len(data) == 0) {
		r.err = errors.New("what is sealed is not whole")
	}
	if r.err == nil && (name == "" || len(name) > maxKeyName || strings.ContainsFunc(name, notToken)) {
		r.err = errors.New("sealed_key is not the name of a key")
	}
	return &box{key: name, sealed: data}
}

// contentFree turns an error of package encoding/json into one that says where,
// but not what: its own text can quote a piece of the file.
func contentFree(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("not valid JSON at byte %d", syntax.Offset)
	}
	return errors.New("not a JSON object")
}
