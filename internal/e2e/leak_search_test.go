package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The search for secrets proves something only if it finds them.
func TestSecretsAreFound(t *testing.T) {
	t.Parallel()
	s := newSecrets()
	token := "eyJhbGciOiJub25lIn0." + strings.Repeat("abcdefghijklmnopqrstuvwxyz0123456789", 6)
	r := httptest.NewRequest(http.MethodPost, "/oauth/token?code=the-code-of-the-address-bar", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	s.ofRequest(r, []byte("code_verifier=the-verifier-that-is-long-enough"))
	s.ofAnswer(http.Header{"Location": {"/callback?code=0123456789abcdefghijKLMN"}},
		[]byte(`{"meetings":[{"start_url":"https://zoom.us/s/1?zak=eyJzdGFydEFzSG9zdFdpdGhUaGlzS2V5","passcode":"471100","zak":"eyJ6VGhpcyBoYXMgbm8gZG90IGluIGl0"}],"code":"+49"}`))
	for _, tt := range []struct{ name, text, kind string }{
		{"whole", "here: " + token + "!", "access token"},
		{"a part of it", token[100:150], "access token"},
		{"folded by a terminal", token[:80] + "\r\n" + token[80:160], "access token"},
		{"its header alone, which all tokens share", token[:20], ""},
		{"a code", "code=the-code-of-the-address-bar", "authorization code"},
		{"a code where a browser is sent", "0123456789abcdefghijKLMN", "authorization code"},
		{"a verifier", "the-verifier-that-is-long-enough", "code verifier"},
		{"a key that starts a meeting", "zak=eyJzdGFydEFzSG9zdFdpdGhUaGlzS2V5", "start_url"},
		{"a key of another shape", "token: eyJ6VGhpcyBoYXMgbm8gZG90IGluIGl0", "ZAK"},
		{"a passcode", "Passcode: 471100\n", "passcode"},
		{"the same digits as the number of a process", `{"pid":471100,"new_fingerprint":"471100"} pid 471100`, ""},
		{"the same digits in a longer number", "id 14711002", ""},
		{"the dialling code of a country", "+49", ""},
		{"nothing", "Profile default: signed in.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if kind := s.in(tt.text); kind != tt.kind {
				t.Errorf("found %q, want %q", kind, tt.kind)
			}
		})
	}
}
