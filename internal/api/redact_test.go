package api

import (
	"strings"
	"testing"
)

const jwt = "eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0.eyJ2ZXIiOjl9.c2lnbmF0dXJl"

func TestHideSecrets(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"form", "grant_type=refresh_token&refresh_token=SECRET&client_id=7Kx", "grant_type=refresh_token&refresh_token=[redacted]&client_id=7Kx"},
		{"code", "https://h/cb?code=SECRET&x=1", "https://h/cb?code=[redacted]&x=1"},
		{"verifier", "code_verifier=SECRET", "code_verifier=[redacted]"},
		{"client secret", "ZOOM_CLIENT_SECRET=SECRET", "ZOOM_CLIENT_SECRET=[redacted]"},
		{"join link", "https://us02web.zoom.us/j/123?pwd=SECRET.1", "https://us02web.zoom.us/j/123?pwd=[redacted]"},
		{"start link", "https://us02web.zoom.us/s/123?zak=SECRET&tk=SECRET", "https://us02web.zoom.us/s/123?zak=[redacted]&tk=[redacted]"},
		{"json", `{"access_token":"SECRET","token_type":"bearer","expires_in":3599}`, `{"access_token":"[redacted]","token_type":"bearer","expires_in":3599}`},
		{"json with blanks", `{ "start_url" : "https://x/SECRET?a=\"b" , "id": 1 }`, `{ "start_url" : "[redacted]" , "id": 1 }`},
		{"json cut off", `{"refresh_token":"SECRE`, `{"refresh_token":"[redacted]`},
		{"json number", `{"password":123456,"id":1}`, `{"password":[redacted],"id":1}`},
		{"json list", `{"token":["SECRET",{"a":"SECRET"}],"id":1}`, `{"token":[redacted],"id":1}`},
		{"json in json", `{"body":"{\"access_token\":\"SECRET\",\"id\":1}"}`, `{"body":"{\"access_token\":\"[redacted]\",\"id\":1}"}`},
		{"json escaped address", `{"u":"https:\/\/h?a=1\u0026pwd=SECRET\u0026b=2"}`, `{"u":"https:\/\/h?a=1\u0026pwd=[redacted]\u0026b=2"}`},
		{"encoded address", "redirect=https%3A%2F%2Fh%3Fcode%3DSECRET", "redirect=https%3A%2F%2Fh%3Fcode%3D[redacted]"},
		{"encoded twice", "u=h%253Fcode%253DSECRET", "u=h%253Fcode%253D[redacted]"},
		{"zoom's number stays", `{"code":4711,"message":"m"}`, `{"code":4711,"message":"m"}`},
		{"zoom's number as text stays", `{"code":"4711"}`, `{"code":"4711"}`},
		{"code in json", `{"code":"SECRETSECRET"}`, `{"code":"[redacted]"}`},
		{"camel case", `{"accessToken":"SECRET","hostKey":"SECRET"}`, `{"accessToken":"[redacted]","hostKey":"[redacted]"}`},
		{"device", `{"device_code":"SECRET","user_code":"SECRET","verification_uri_complete":"https://zoom.us/oauth_device"}`, `{"device_code":"[redacted]","user_code":"[redacted]","verification_uri_complete":"https://zoom.us/oauth_device"}`},
		{"header", "Authorization: Basic SECRET==\r\nAccept: x", "Authorization: [redacted]\r\nAccept: x"},
		{"cookie", "Set-Cookie: _zm=SECRET; Path=/\nX: y", "Set-Cookie: [redacted]\nX: y"},
		{"bearer", "sent Bearer SECRET123.x-y to", "sent Bearer [redacted] to"},
		{"basic in an address", "h=Basic%20U0VDUkVUMTIz", "h=Basic%20[redacted]"},
		{"jwt", "got " + jwt + ", sorry", "got [redacted], sorry"},
		{"jwt in a path", "/x/" + jwt, "/x/[redacted]"},
		{"old sentence", "Invalid authorization code aB3dE6gH9jK2mN5pQ8", "Invalid authorization code [redacted]"},
		{"sentence", "Invalid access token, does not contain scopes:[user:read:token, user:read:token:admin].", "Invalid access token, does not contain scopes:[user:read:token, user:read:token:admin]."},
		{"prose", "Invalid Access Token: The access token is invalid. See Basic Information.", "Invalid Access Token: The access token is invalid. See Basic [redacted]."},
		{"passcode in an agenda", "Meeting ID: 870 0000 0000\nPasscode: 471100\nDial in", "Meeting ID: 870 0000 0000\nPasscode: [redacted]\nDial in"},
		{"prose on a password", "Invalid password: it is too short. Password: optional", "Invalid password: it is too short. Password: optional"},
		{"key of a stream", `{"stream_url":"rtmp://h/live","stream_key":"SECRET"}`, `{"stream_url":"rtmp://h/live","stream_key":"[redacted]"}`},
		{"signed address", "https://h/f.mp4?X-Amz-Signature=SECRET&x=1", "https://h/f.mp4?X-Amz-Signature=[redacted]&x=1"},
		{"PIN", `{\"pin\":\"SECRET\",\"pin_code\":\"SECRET\",\"pinned\":\"seen\"}`, `{\"pin\":\"[redacted]\",\"pin_code\":\"[redacted]\",\"pinned\":\"seen\"}`},
		{"PIN in prose", "pin: a message to pin: 1234", "pin: a message to pin: 1234"},
		{"pair", `[{"key":"access_token","value":"SECRET"},{'name': 'Authorization' , 'value': 'SECRET'}`, `[{"key":"access_token","value":"[redacted]"},{'name': 'Authorization' , 'value': '[redacted]'}`},
		{"pair in json in json", `{\"key\":\"zak\",\"value\":\"SECRET\"},{\"key\":\"zone\",\"value\":\"seen\"}`, `{\"key\":\"zak\",\"value\":\"[redacted]\"},{\"key\":\"zone\",\"value\":\"seen\"}`},
		{"no pair", `{"message":"Invalid token","value":"seen"}`, `{"message":"Invalid token","value":"seen"}`},
		{"encoded json", "d=%7B%22access_token%22%3A%22SECRET%22%2C%22id%22%3A1%7D&x=1", "d=%7B%22access_token%22%3A%22[redacted]%22%2C%22id%22%3A1%7D&x=1"},
		{"encoded json, lower case and blanks", "d=%7b%22passcode%22%20%3a%20%22SEC%5c%22RET%22%7d", "d=%7b%22passcode%22%20%3a%20%22[redacted]%22%7d"},
		{"encoded json, twice", "u=%257B%2522zak%2522%253A%2522SECRET%2522%257D", "u=%257B%2522zak%2522%253A%2522[redacted]%2522%257D"},
		{"encoded json in json", "d=%7B%22b%22%3A%22%7B%5C%22zak%5C%22%3A%5C%22SECRET%5C%22%7D%22%7D", "d=%7B%22b%22%3A%22%7B%5C%22zak%5C%22%3A%5C%22[redacted]%22%7D%22%7D"},
		{"encoded number", "d=%7B%22password%22%3A471100%2C%22id%22%3A1%7D", "d=%7B%22password%22%3A[redacted]%2C%22id%22%3A1%7D"},
		{"encoded list", "d=%7B%22token%22%3A%5B%22SECRET%22%2C%22SECRET%22%5D%7D&x=1", "d=%7B%22token%22%3A[redacted]&x=1"},
		{"encoded json cut off", "d=%7B%22zak%22%3A%22SECR", "d=%7B%22zak%22%3A%22[redacted]"},
		{"encoded header", "h=Authorization%3A%20Digest%20SECRET&x=1", "h=Authorization%3A%20[redacted]&x=1"},
		{"encoded header with blanks", "h=Authorization%3ADigest SECRET", "h=Authorization%3A[redacted]"},
		{"bearer behind a name", "access_token: Bearer SECRET12 y", "access_token: [redacted] y"},
		{"bearer behind an encoded name", "%22access_token%22%3ABearer%20SECRET12%7D", "%22access_token%22%3A[redacted]%7D"},
		{"encoded passcode", "t=Passcode%3A%20471100%0AMeeting", "t=Passcode%3A%20[redacted]%0AMeeting"},
		{"zoom's number stays, encoded", "%7B%22code%22%3A4711%2C%22message%22%3A%22Invalid%20access%20token%3A%20m%22%7D", "%7B%22code%22%3A4711%2C%22message%22%3A%22Invalid%20access%20token%3A%20m%22%7D"},
		{"long prose behind a password", "Password:" + strings.Repeat("a", passcodeLook) + "SECRET and", "Password:[redacted] and"},
		{"list without end behind a password", "password: [" + strings.Repeat("pass:[", passcodeLook) + "SECRET", "password: [redacted]"},
		{"scope list", `{"scope":"user:read:zak user_zak:read meeting:read:list_meetings"}`, `{"scope":"user:read:zak user_zak:read meeting:read:list_meetings"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := hideSecrets(tt.in); got != tt.want {
				t.Errorf("hideSecrets(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

// FuzzHideSecrets: a secret in any of its known places never comes out,
// whatever stands around it, and hiding twice changes nothing more.
func FuzzHideSecrets(f *testing.F) {
	f.Add("", "", uint8(0))
	f.Add("https://h/cb?x=1&", "&y=2", uint8(0))
	f.Add(`{"a":"b",`, `,"c":1}`, uint8(1))
	f.Add("text ", " text", uint8(2))
	f.Add("X: y\r\n", "\r\nZ: 1", uint8(3))
	f.Add("%3F", "%26", uint8(4))
	f.Fuzz(func(t *testing.T, before, after string, shape uint8) {
		const secret = "zQ7SecretValue9x"
		shapes := []string{
			"code=" + secret, `"access_token":"` + secret + `"`, " " + "eyJ" + secret + "." + secret,
			"\nAuthorization: Bearer " + secret + "\n", "%3Frefresh_token%3D" + secret, `\u0026pwd=` + secret,
			`"start_url": "https://h/s/1?zak=` + secret + `"`, "client_secret=" + secret,
		}
		if strings.Contains(before+after, secret) {
			return
		}
		// A word, a quote or an escape right before would be another name.
		if n := len(before); n > 0 && (isWordByte(before[n-1]) || strings.IndexByte(`%\"'`, before[n-1]) >= 0) {
			before += " "
		}
		got := hideSecrets(before + shapes[int(shape)%len(shapes)] + " " + after)
		if strings.Contains(got, secret) {
			t.Errorf("the secret comes out of %q + shape %d + %q: %q", before, shape, after, got)
		}
	})
}

// TestNamesLetNoneThrough: the quick looks at the last letter of a word refuse no
// secret name.
func TestNamesLetNoneThrough(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"code", "tk", "zak", "pwd", "passwd", "pass", "jwt", "sid", "otp", "state", "token", "secret", "password", "passcode", "x_pwd",
		"verifier", "assertion", "device_code", "devicecode", "user_code", "usercode", "auth_code", "authorization_code", "start_url",
		"starturl", "host_key", "hostkey", "api_key", "apikey", "x_zak", "signature", "stream_key", "streamkey", "secret_key", "secretkey",
		"private_key", "privatekey", "authorization", "cookie", "cookie2", "bearer", "basic",
	} {
		for _, form := range []string{name, strings.ToUpper(name)} {
			w := word{[]byte(form), 0, len(form)}
			if isSecretName(name) && !w.names() {
				t.Errorf("%s is not taken for a name", form)
			}
			if (isScheme(name) || name == "code" || name == "token") && !(w.introduces() && w.names()) {
				t.Errorf("%s introduces nothing", form)
			}
			if !isSecretName(name) && !isScheme(name) {
				t.Errorf("%s is no secret name any more", name)
			}
		}
	}
}
