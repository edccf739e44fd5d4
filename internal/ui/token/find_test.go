package token

import (
	"bytes"
	"strings"
	"testing"
)

const (
	jwt   = "eyJzdiI6IjAwMDAwMSJ9.eyJ2ZXIiOjEwfQ.c2ln-bmF0_dXJl"
	other = "eyJzdiI6IjAwMDAwMSJ9.eyJ2ZXIiOjl9.b3RoZXI"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"the token alone", jwt, jwt},
		{"with blanks around", "\n  " + jwt + "\r\n", jwt},
		{"broken by a terminal", jwt[:20] + "\n" + jwt[20:33] + "\r\n  " + jwt[33:], jwt},
		{"in quotes", `"` + jwt + `"`, jwt},
		{"a header", "Authorization: Bearer " + jwt, jwt},
		{"lower case", "authorization: bearer " + jwt, jwt},
		{"the scheme alone", "Bearer " + jwt, jwt},
		{"a curl line", `curl -sS 'https://api.zoom.us/v2/users/me' -H 'Authorization: Bearer ` + jwt + `' -H 'Accept: */*'`, jwt},
		{"a curl line of several lines", "curl https://api.zoom.us/v2/users/me \\\n  --header \"Authorization: Bearer " + jwt + "\"", jwt},
		{"a token answer", `{"access_token":"` + jwt + `","token_type":"bearer","refresh_token":"` + other + `"}`, jwt},
		{"refresh token first", `{"refresh_token": "` + other + `", "access_token": "` + jwt + `"}`, jwt},
		{"refresh token alone", `{"refresh_token": "` + other + `"}`, other},
		{"the environment", "export ZOOM_CLIENT_ID=x\nexport ZOOM_ACCESS_TOKEN=" + jwt, jwt},
		{"in a query", "https://api.zoom.us/v2/users/me?access_token=" + jwt + "&x=1", jwt},
		{"the end of a sentence", "it says " + jwt + ".", jwt},
		{"opaque", "7fA9kQ2xLm4Zr8Tn1Vb6", "7fA9kQ2xLm4Zr8Tn1Vb6"},
		{"opaque, in a header", "Authorization: Bearer 7fA9kQ2xLm4Zr8Tn1Vb6", "7fA9kQ2xLm4Zr8Tn1Vb6"},
		{"nothing", "", ""},
		{"blanks", " \n ", ""},
		{"a sentence", "this is no token at all", ""},
		{"too short", "eyJ.a.b", "eyJ.a.b"},
		{"a word", "hello", ""},
		{"an error of Zoom's", `{"code":124,"message":"Invalid access token."}`, ""},
		{"control characters", "\x1b[31mabcdefghijklmnopq\x1b[0m", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Find([]byte(tt.text))
			if string(got) != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q %v, want %q", got, ok, tt.want)
			}
		})
	}
}

// TestFindCopies: what is found outlives the text, which is overwritten.
func TestFindCopies(t *testing.T) {
	t.Parallel()
	for _, text := range []string{jwt, "Bearer " + jwt, "7fA9kQ2xLm4Zr8Tn1Vb6"} {
		raw := []byte(text)
		got, ok := Find(raw)
		clear(raw)
		if !ok || bytes.IndexByte(got, 0) >= 0 {
			t.Errorf("%q: %q is a part of the text", text, got)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte("Bearer " + jwt))
	f.Add([]byte(`{"access_token":"` + jwt))
	f.Add([]byte(strings.Repeat("eyJ.", 500)))
	f.Add([]byte("ACCESS_TOKEN\xff\xfe bearer "))
	f.Add([]byte("İbearer İ eyJa.b.c")) // lower case has another length
	f.Fuzz(func(t *testing.T, text []byte) {
		found, ok := Find(text)
		if ok != (found != nil) || bytes.ContainsAny(found, " \n\r\t\x00\x1b") {
			t.Errorf("found %q in %q", found, text)
		}
	})
}
