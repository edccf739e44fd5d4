package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// sealFormat begins what is authenticated beside the tokens, so that nothing made
// for another purpose with the same key passes for them.
const sealFormat = "zoomtui token file 1"

// sealedTokens is what is sealed.
type sealedTokens struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
}

// box is the sealed part of a token file.
type box struct {
	key    string // name of the key
	sealed []byte // nonce and ciphertext
}

func newCipher(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	return aead, nil
}

// encodeSealed writes a token file whose tokens are sealed.
func encodeSealed(t Token, name string, key cipher.AEAD) ([]byte, error) {
	secret, err := json.Marshal(sealedTokens{t.AccessToken.Reveal(), t.RefreshToken.Reveal()})
	if err != nil {
		return nil, fmt.Errorf("encode tokens: %w", contentFree(err))
	}
	b := &box{key: name, sealed: key.Seal(nil, nil, secret, sealedWith(t))}
	t.AccessToken, t.RefreshToken = "", ""
	return encodeTokenFile(t, b)
}

// open puts the sealed tokens into t.
func (b *box) open(t Token, key cipher.AEAD) (Token, error) {
	secret, err := key.Open(nil, nil, b.sealed, sealedWith(t))
	if err != nil {
		return Token{}, shut(fmt.Sprintf("the key %s does not open the tokens", b.key), ErrNoKey)
	}
	var tokens sealedTokens
	if err := json.Unmarshal(secret, &tokens); err != nil {
		return Token{}, fmt.Errorf("damaged: what is sealed is %w", contentFree(err))
	}
	if tokens == (sealedTokens{}) {
		return Token{}, errors.New("damaged: it holds no token")
	}
	t.AccessToken, t.RefreshToken = Secret(tokens.AccessToken), Secret(tokens.RefreshToken)
	return t, nil
}

// sealedWith is what is authenticated with the tokens.
func sealedWith(t Token) []byte {
	data, _ := json.Marshal([]any{sealFormat, t.Profile, t.ClientID, t.Generation}) // texts and a number: cannot fail
	return data
}

// text is the sealed part as the file holds it.
func (b *box) text() string { return base64.StdEncoding.EncodeToString(b.sealed) }
