package auth

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type rawJSON = json.RawMessage

func TestTokenFileHasTheAgreedKeys(t *testing.T) {
	t.Parallel()
	data, err := encodeToken(testToken())
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "access_token": "access-1",
  "api_url": "https://api-eu.zoom.us",
  "client_id": "client",
  "expires_at": "2026-11-22T04:12:43Z",
  "generation": 1,
  "kind": "public",
  "obtained_at": "2026-11-22T03:12:44Z",
  "profile": "work",
  "refresh_token": "refresh-1",
  "scope": "a:b c:d",
  "signed_in_at": "2026-11-20T09:00:00Z",
  "token_type": "bearer",
  "version": 1
}
`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Error(diff)
	}
}

func TestTokenFileRoundTrip(t *testing.T) {
	t.Parallel()
	token := testToken()
	token.ClockSkew = -3 * time.Minute
	token.MovedAt = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	token.Unknown = map[string]json.RawMessage{
		"Access_Token": json.RawMessage(`"not the known key"`), "n": json.RawMessage(`12345678901234567890`),
	}
	data, err := encodeToken(token)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := readTokenFile(data)
	if diff := cmp.Diff(token, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestTokenFileErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, says string }{
		{"empty", "", "not valid JSON at byte 0"},
		{"list", `["secret-in-list"]`, "not a JSON object"},
		{"trailing", `{"version":1,"access_token":"x"} secret-behind`, "not valid JSON"},
		{"no version", `{"access_token":"x"}`, "no version"},
		{"version of text", `{"version":"1","access_token":"x"}`, "no version"},
		{"version 0", `{"version":0,"access_token":"x"}`, "no version"},
		{"newer", `{"version":2}`, "newer version of zoomtui (format 2, this one knows 1)"},
		{"no token", `{"version":1}`, "no token"},
		{"token is a number", `{"version":1,"access_token":5}`, "access_token is of a wrong type"},
		{"bad time", `{"version":1,"access_token":"x","expires_at":"secret-tomorrow"}`, "expires_at is not a time"},
		{"time out of range", `{"version":1,"access_token":"x","expires_at":"0000-01-01T00:00:00+23:00"}`, "expires_at is out of range"},
		{"moved at no time", `{"version":1,"access_token":"x","moved_at":"secret"}`, "moved_at is not a time"},
		{"sealed, but no base64", `{"version":1,"sealed":"secret!","sealed_key":"k"}`, "what is sealed is not whole"},
		{"sealed, but empty", `{"version":1,"sealed":"","sealed_key":"k"}`, "what is sealed is not whole"},
		{"sealed without a key", `{"version":1,"sealed":"AAAA"}`, "sealed_key is not the name of a key"},
		{"sealed with a strange key", `{"version":1,"sealed":"AAAA","sealed_key":"secret\u001b[2J"}`, "sealed_key is not the name of a key"},
		{"sealed and not", `{"version":1,"sealed":"AAAA","sealed_key":"k","access_token":"secret"}`, "both sealed and not"},
		{"generation too large", `{"version":1,"access_token":"x","generation":99999999999}`, "generation is out of range"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := readTokenFile([]byte(test.file))
			if err == nil || !contains(err.Error(), test.says) {
				t.Errorf("error is %v, want %q", err, test.says)
			}
			if err != nil && contains(err.Error(), "secret") {
				t.Errorf("the file is quoted: %v", err)
			}
		})
	}
}

func FuzzTokenFile(f *testing.F) {
	for _, seed := range []string{
		`{"version":1,"access_token":"a","refresh_token":"r","expires_at":"2026-11-22T03:12:44Z","generation":3,"x":{"y":[1e99]}}`,
		`{"version":1,"access_token":"a","clock_skew_seconds":-180,"obtained_at":"2026-11-22T03:12:44.5+09:00"}`,
		`{"version":1,"access_token":"a","obtained_at":"0001-01-01T00:00:00+01:00"}`,
		`{"version":2}`, `{`, `null`, `[]`, `{"version":1,"access_token":null,"refresh_token":"\ud800"}`,
		`{"version":1,"version":1,"ACCESS_TOKEN":"b","access_token":"a"}`,
		`{"version":1,"access_token":"","sealed":"AAAA","sealed_key":"work-0a1b2c3d","moved_at":"2026-11-22T03:12:44.5Z"}`,
		`{"version":1,"sealed":"AAAA","access_token":"a"}`, `{"version":1,"sealed":"*","sealed_key":"k"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, sealed, err := readTokenFile(data)
		if err != nil {
			if len(err.Error()) > 200 {
				t.Fatalf("a long error: %q", err)
			}
			return
		}
		written, err := encodeTokenFile(first, sealed)
		if err != nil {
			t.Fatalf("read, but cannot be written: %v", err)
		}
		second, again, err := readTokenFile(written)
		if err != nil {
			t.Fatalf("written, but cannot be read: %v", err)
		}
		if diff := cmp.Diff(sealed, again, cmp.AllowUnexported(box{})); diff != "" {
			t.Fatalf("reading and writing changes what is sealed:\n%s", diff)
		}
		// Fractions of a second go at the first writing; nothing else may.
		first.ObtainedAt = first.ObtainedAt.Truncate(time.Second)
		first.ExpiresAt = first.ExpiresAt.Truncate(time.Second)
		first.SignedInAt = first.SignedInAt.Truncate(time.Second)
		first.MovedAt = first.MovedAt.Truncate(time.Second)
		same := cmp.Comparer(func(a, b json.RawMessage) bool {
			return strings.ToValidUTF8(compact(a), "\ufffd") == strings.ToValidUTF8(compact(b), "\ufffd")
		})
		if diff := cmp.Diff(first, second, same); diff != "" {
			t.Fatalf("reading and writing changes it:\n%s", diff)
		}
	})
}
