package auth

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// maxJWT bounds what is decoded, in bytes; Zoom's access tokens have about 1,100.
const maxJWT = 16 << 10

// Claim is one member of a token's header or payload.
type Claim struct {
	Name  string
	Value string // as JSON; foreign text. A claim that is itself a code is "[redacted]"
}

// JWTView is what can be read of a token without Zoom's key. Nothing in it is
// verified, and nothing in this program is decided by it: Zoom calls its tokens
// opaque. Scopes are not inside.
type JWTView struct {
	Header, Claims []Claim // sorted by name

	Algorithm string
	IssuedAt  time.Time // iat
	NotBefore time.Time // nbf
	ExpiresAt time.Time // exp
	UserID    string    // uid, formerly userId
	AccountID string    // aid, formerly accountId
	ClientID  string    // out of iss: zm:cid:…, formerly urn:zoom:connect:clientid:…
	Issuer    string    // iss
	Version   string    // ver
}

// DecodeJWT splits a token and decodes header and payload (RFC 7519 section 7.2
// without the verification). The error quotes nothing of the token.
func DecodeJWT(token Secret) (JWTView, error) {
	if len(token) > maxJWT {
		return JWTView{}, fmt.Errorf("decode token: it has more than %d bytes", maxJWT)
	}
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return JWTView{}, errors.New("decode token: it is not made of three parts")
	}
	header, err := decodePart(parts[0])
	if err != nil {
		return JWTView{}, fmt.Errorf("decode token header: %w", err)
	}
	claims, err := decodePart(parts[1])
	if err != nil {
		return JWTView{}, fmt.Errorf("decode token claims: %w", err)
	}
	view := JWTView{
		Header: header.list(), Claims: claims.list(),
		Algorithm: header.text("alg"), Version: claims.text("ver"), Issuer: claims.text("iss"),
		UserID: claims.text("uid", "userId"), AccountID: claims.text("aid", "accountId"),
		IssuedAt: claims.time("iat"), NotBefore: claims.time("nbf"), ExpiresAt: claims.time("exp"),
	}
	if i := strings.LastIndex(view.Issuer, ":"); i >= 0 {
		view.ClientID = view.Issuer[i+1:]
	}
	return view, nil
}

// decodePart decodes base64url, padded or not, into an object.
func decodePart(part string) (fields, error) {
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil {
		return nil, errors.New("not base64url")
	}
	f, ok := readFields(data)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	return f, nil
}

// list gives the members sorted by name. The claim `code` is the authorization
// code that the token came from.
func (f fields) list() []Claim {
	out := make([]Claim, 0, len(f))
	for name, raw := range f {
		value := redacted
		if name != "code" {
			value = compact(raw)
		}
		out = append(out, Claim{Name: name, Value: value})
	}
	slices.SortFunc(out, func(a, b Claim) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func compact(raw json.RawMessage) string {
	var out bytes.Buffer
	if err := json.Compact(&out, raw); err != nil {
		return ""
	}
	return out.String()
}

// time reads a NumericDate (RFC 7519 section 2); zero when there is none.
func (f fields) time(key string) time.Time {
	const lastYear9999 = 253402300799
	n := f.number(key)
	if n <= 0 || n > lastYear9999 || n != math.Trunc(n) {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}
