package sandbox

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"
)

// tokenVersion is the format version put into `ver`; version 8 and later have no tolerance counter.
const tokenVersion = 10

// codeClaimLength fills the `code` claim so that a token is as long as Zoom's (1,050 to 1,090
// characters were measured in 2026): what a program stores and prints must cope with that length.
const codeClaimLength = 330

// Types of token in the `type` claim.
const (
	typeAccess  = 0
	typeRefresh = 1
)

// jwtHeader is the header of Zoom's newer tokens; the order of the fields gives their well-known
// prefix eyJzdiI6IjAwMDAwMSIs.
type jwtHeader struct {
	SV  string `json:"sv"`
	Alg string `json:"alg"`
	V   string `json:"v"`
	Kid string `json:"kid"`
}

// jwtClaims are the short claim names of token versions 7 and later. Scopes are not among them.
type jwtClaims struct {
	Ver  int    `json:"ver"`
	Auid string `json:"auid"`
	Code string `json:"code"`
	Iss  string `json:"iss"`
	Gno  int    `json:"gno"`
	Type int    `json:"type"`
	Tid  int    `json:"tid"`
	Aud  string `json:"aud"`
	UID  string `json:"uid"`
	Nbf  int64  `json:"nbf"`
	Exp  int64  `json:"exp"`
	Iat  int64  `json:"iat"`
	Aid  string `json:"aid"`
	Jti  string `json:"jti"`
}

// signer makes tokens. Its key lives as long as the server, as nobody else verifies them.
type signer struct {
	key []byte
	kid string
}

func newSigner() (signer, error) {
	key := make([]byte, 64)
	if _, err := rand.Read(key); err != nil {
		return signer{}, fmt.Errorf("draw key: %w", err)
	}
	return signer{key: key, kid: randomUUID()}, nil
}

// token makes a signed token of a grant that is valid from now until exp.
func (s signer) token(g *grant, typ int, now, exp time.Time) (string, error) {
	head, err := json.Marshal(jwtHeader{SV: "000001", Alg: "HS512", V: "2.0", Kid: s.kid})
	if err != nil {
		return "", fmt.Errorf("encode token header: %w", err)
	}
	claims, err := json.Marshal(jwtClaims{
		Ver: tokenVersion, Auid: g.id, Code: randomText(lettersAndDigits, codeClaimLength),
		Iss: "zm:cid:" + g.clientID, Type: typ, Aud: "https://oauth.zoom.us", UID: g.userID,
		Nbf: now.Unix(), Exp: exp.Unix(), Iat: now.Unix(), Aid: demoAccountID, Jti: randomUUID(),
	})
	if err != nil {
		return "", fmt.Errorf("encode token claims: %w", err)
	}
	enc := base64.RawURLEncoding
	signed := enc.EncodeToString(head) + "." + enc.EncodeToString(claims)
	mac := hmac.New(sha512.New, s.key)
	mac.Write([]byte(signed))
	return signed + "." + enc.EncodeToString(mac.Sum(nil)), nil
}
