package transfer

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/auth"
)

// sample is an export with every key.
func sample() Export {
	at := time.Date(2026, 11, 22, 13, 47, 5, 0, time.UTC)
	return Export{
		At: at, Host: "build-1", User: "Aiko Tanaka <aiko@example.com>", Profile: "work",
		Settings: Settings{
			Kind: "confidential", ClientID: "Id001", ClientSecret: "s3cr3t-of-the-app", AccountID: "acc",
			RedirectURI: "https://example.com/cb", Listen: "127.0.0.1:8976", OAuthBase: "https://zoomgov.com",
			APIBase: "https://api.zoomgov.com", Timezone: "Europe/Berlin",
		},
		Token: auth.Token{
			ClientID: "Id001", Kind: auth.Confidential, AccessToken: "eyJ.access", RefreshToken: "eyJ.refresh", TokenType: "bearer",
			Scope: "user:read:user meeting:read:meeting", APIURL: "https://api-eu.zoom.us",
			ObtainedAt: at.Add(-time.Minute), ExpiresAt: at.Add(59 * time.Minute), SignedInAt: at.Add(-24 * time.Hour), Generation: 7,
		},
	}
}

// sameExport compares secrets too, which print and marshal as something else.
func sameExport(a, b Export) string {
	return cmp.Diff(a.wire(), b.wire())
}

func TestEncodeAndParse(t *testing.T) {
	t.Parallel()
	bare := sample()
	bare.At, bare.Host, bare.User = time.Time{}, "", ""
	bare.Settings = Settings{Kind: "public", ClientID: "Id001"}
	bare.Token = auth.Token{ClientID: "Id001", Kind: auth.Public, RefreshToken: "r", Generation: 1}
	command := sample()
	command.Settings.ClientSecret, command.Settings.ClientSecretCmd = "", "pass show zoom |\n\thead -1"
	own := sample() // what is the machine's own does not travel
	own.Token.Version, own.Token.Profile, own.Token.ClockSkew, own.Token.MovedAt = 1, "work", time.Minute, time.Now()
	own.Token.Unknown = map[string]json.RawMessage{"sealed": json.RawMessage(`"x"`)}
	for name, tt := range map[string]struct{ in, want Export }{
		"every key": {sample(), sample()}, "as few as there can be": {bare, bare}, "a command for the secret": {command, command}, "the machine's own": {own, sample()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := Encode(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Parse(data)
			if err != nil {
				t.Fatalf("%v\n%s", err, data)
			}
			if diff := sameExport(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if bytes.Contains(data, []byte("sealed")) || bytes.Contains(data, []byte("moved_at")) {
				t.Errorf("what is the machine's own was carried: %s", data)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	good, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, changed string) []byte {
		if !bytes.Contains(good, []byte(old)) {
			t.Fatalf("the export has no %s", old)
		}
		return bytes.Replace(good, []byte(old), []byte(changed), 1)
	}
	tests := map[string]struct {
		data []byte
		want string
	}{
		"nothing":               {nil, "it is empty"},
		"blanks":                {[]byte(" \n"), "it is empty"},
		"no JSON":               {[]byte("zoomtui: not signed in"), "it is no valid JSON at byte 1"},
		"half of it":            {good[:len(good)/2], "it is cut off after"},
		"all but the last byte": {bytes.TrimSpace(good)[:len(good)-2], "it is cut off after"},
		"twice":                 {append(bytes.Clone(good), good...), "it is no valid JSON"},
		"another thing":         {[]byte(`["a"]`), "it is no JSON object"},
		"an empty object":       {[]byte(`{}`), "it has no version"},
		"a token file":          {[]byte(`{"version":1,"refresh_token":"eyJ","generation":1}`), "it holds no refresh token"},
		"far too large":         {bytes.Repeat([]byte(" "), MaxSize+1), "far too large"},
		"a newer version":       {change(`"version": 1`, `"version": 2`), "a newer version of zoomtui wrote it (format 2, this one knows 1)"},
		"a wrong type":          {change(`"generation": 7`, `"generation": "7"`), "token.generation is of a wrong type"},
		"a generation of zero":  {change(`"generation": 7`, `"generation": 0`), "token.generation is out of range"},
		"too many generations":  {change(`"generation": 7`, `"generation": 99999999999`), "token.generation is out of range"},
		"no client id":          {change(`"client_id": "Id001"`, `"x": ""`), "settings.client_id is missing"},
		"a kind that is moved by its three variables": {change(`"kind": "confidential"`, `"kind": "s2s"`), "settings.kind is neither public nor confidential"},
		"two ways to the secret":                      {change(`"client_secret":`, `"client_secret_cmd": "x", "client_secret":`), "are both there"},
		"a path as the name":                          {change(`"profile": "work"`, `"profile": "../work"`), "profile is no name of a profile"},
		"no time":                                     {change(`"2026-11-22T13:47:05Z"`, `"yesterday"`), "a time in it is none that RFC 3339 knows"},
		"a time before all years":                     {change(`"2026-11-22T13:47:05Z"`, `"0000-11-22T13:47:05Z"`), "exported_at is out of range"},
		"a line break in a token":                     {change(`"eyJ.refresh"`, `"eyJ\nrefresh"`), "token.refresh_token holds characters"},
		"an escape sequence in the host":              {change(`"build-1"`, `"\u001b[2J"`), "host holds characters"},
		"a blank in an address":                       {change(`"https://zoomgov.com"`, `"https://zoom gov.com"`), "settings.oauth_base holds characters"},
		"a user without end":                          {change(`"Aiko`, `"`+strings.Repeat("a", maxText)), "user is too long"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Parse(tt.data)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if diff := sameExport(Export{}, got); diff != "" {
				t.Errorf("beside the error: %s", diff)
			}
		})
	}
}

func TestUnknownKeysAreLeftOut(t *testing.T) {
	t.Parallel()
	good, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	more := bytes.Replace(good, []byte(`"kind"`), []byte(`"store": "keyring", "kind"`), 1)
	more = bytes.Replace(more, []byte(`"version"`), []byte(`"later": {"a": [1]}, "version"`), 1)
	got, err := Parse(more)
	if err != nil {
		t.Fatal(err)
	}
	if diff := sameExport(sample(), got); diff != "" {
		t.Error(diff)
	}
}

// TestEncodeRefuses: what the other machine would refuse never leaves this one.
func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Export){
		"no refresh token":         func(e *Export) { e.Token.RefreshToken = "" },
		"a kind without a sign-in": func(e *Export) { e.Settings.Kind = "s2s" },
		"a secret of two lines":    func(e *Export) { e.Settings.ClientSecret = "a\nb" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := sample()
			spoil(&e)
			if data, err := Encode(e); err == nil {
				t.Errorf("wrote %s", data)
			}
		})
	}
}

// FuzzParse: whatever arrives, it is refused without a quotation, or it is read, can be written again and says the same.
func FuzzParse(f *testing.F) {
	good, err := Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	const planted = "PLANTED-SECRET-0123456789"
	f.Add(good)
	f.Add(good[:len(good)-3])
	f.Add(bytes.ReplaceAll(good, []byte("eyJ.refresh"), []byte(planted)))
	f.Add(bytes.ReplaceAll(good, []byte(`"eyJ.refresh"`), []byte(planted)))
	f.Add(bytes.ReplaceAll(good, []byte(`"2026-11-22T13:47:05Z"`), []byte(`"`+planted+`"`)))
	for _, seed := range []string{"", "{}", "null", "[]", `{"version":1}`, `{"version":9}`, `{"version":"1"}`, "\xff\xfe"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := Parse(data)
		if err != nil {
			if text := err.Error(); strings.Contains(text, planted) || len(text) > 200 || strings.ContainsAny(text, "\x00\x1b\n") {
				t.Errorf("the error quotes what came: %q", text)
			}
			return
		}
		again, err := Encode(e)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		back, err := Parse(again)
		if err != nil || sameExport(e, back) != "" {
			t.Errorf("written again it says something else: %v\n%s", err, sameExport(e, back))
		}
	})
}
