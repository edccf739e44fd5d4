package auth

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

func jwt(header, claims string) Secret {
	enc := base64.RawURLEncoding
	return Secret(enc.EncodeToString([]byte(header)) + "." + enc.EncodeToString([]byte(claims)) + ".c2ln")
}

func TestDecodeJWT(t *testing.T) {
	t.Parallel()
	const header = `{"sv":"000001","alg":"HS512","v":"2.0","kid":"k"}`
	tests := []struct {
		name, claims string
		want         JWTView
	}{
		{
			"short names", `{"ver":9,"uid":"u1","aid":"a1","iss":"zm:cid:client1","iat":1763776364,"nbf":1763776364,"exp":1763779964,"code":"the-code"}`,
			JWTView{Version: "9", UserID: "u1", AccountID: "a1", ClientID: "client1", IssuedAt: time.Unix(1763776364, 0), ExpiresAt: time.Unix(1763779964, 0)},
		},
		{
			"long names", `{"ver":6,"userId":"u1","accountId":"a1","iss":"urn:zoom:connect:clientid:client1","exp":1763779964}`,
			JWTView{Version: "6", UserID: "u1", AccountID: "a1", ClientID: "client1", ExpiresAt: time.Unix(1763779964, 0)},
		},
		{"nothing known", `{}`, JWTView{}},
		{"times out of range", `{"exp":1e300,"iat":-1,"nbf":"soon"}`, JWTView{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := DecodeJWT(jwt(header, test.claims))
			if err != nil {
				t.Fatal(err)
			}
			if got.Algorithm != "HS512" || got.Version != test.want.Version || got.UserID != test.want.UserID ||
				got.AccountID != test.want.AccountID || got.ClientID != test.want.ClientID ||
				!got.IssuedAt.Equal(test.want.IssuedAt) || !got.ExpiresAt.Equal(test.want.ExpiresAt) {
				t.Errorf("got %+v", got)
			}
			for _, c := range got.Claims {
				if contains(c.Value, "the-code") {
					t.Error("the authorization code is shown")
				}
			}
		})
	}
}

func TestNoJWT(t *testing.T) {
	t.Parallel()
	for name, token := range map[string]Secret{
		"empty": "", "two parts": "YQ.YQ", "four parts": "YQ.YQ.YQ.YQ", "not base64": "*.*.*",
		"not JSON": jwt("a", "b"), "a list": jwt("[]", "[]"), "null": jwt("null", "{}"),
		"endless": Secret(strings.Repeat("a", maxJWT+1)),
	} {
		if _, err := DecodeJWT(token); err == nil {
			t.Errorf("%s decodes", name)
		}
	}
}

func TestRealTokenDecodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	signed := w.signIn()
	view, err := DecodeJWT(signed.AccessToken)
	if err != nil || view.ClientID != signed.ClientID || view.ExpiresAt.Sub(signed.ExpiresAt).Abs() > 2*time.Second {
		t.Errorf("%+v, %v", view, err)
	}
}

func FuzzDecodeJWT(f *testing.F) {
	f.Add("eyJhbGciOiJIUzUxMiJ9.eyJ2ZXIiOjksImV4cCI6MX0.c2ln")
	f.Add(jwt(`{"alg":1}`, `{"exp":9e99,"iss":":","aid":[{}]}`).Reveal())
	f.Add("..")
	f.Fuzz(func(t *testing.T, token string) {
		view, err := DecodeJWT(Secret(token))
		if err != nil {
			if len(err.Error()) > 100 {
				t.Fatalf("a long error: %v", err)
			}
			return
		}
		if view.ExpiresAt.Year() > 9999 {
			t.Fatalf("year %d", view.ExpiresAt.Year())
		}
	})
}
