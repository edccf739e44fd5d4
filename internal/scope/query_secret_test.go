package scope

import (
	"strings"
	"testing"
)

func TestWithoutSecrets(t *testing.T) {
	t.Parallel()
	const secret = "Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw" // as the Marketplace makes them
	tests := map[string]struct{ text, want string }{
		"empty":                  {"", ""},
		"client secret alone":    {secret, "{token}"},
		"in a sentence":          {"the secret " + secret + ".", "the secret {token}"},
		"in a path":              {"/users/" + secret + "/x", "/users/{token}/x"},
		"curl -u":                {"curl -u 7kXq2f_aBcDeFgHiJkLmNo:hunter2 https://zoom.us/oauth/token", "curl -u 7kXq2f_aBcDeFgHiJkLmNo:{token} https://zoom.us/oauth/token"},
		"curl -u, quoted":        {`curl -u "id:` + secret + `" x`, `curl -u "id:{token}" x`},
		"curl -u, a blank":       {`curl -u 'id:two words' x`, `curl -u 'id:{token}' x`},
		"curl -u, glued":         {"curl -uid:hunter2 x", "curl -uid:{token} x"},
		"curl -su":               {"curl -su id:hunter2 x", "curl -su id:{token} x"},
		"curl --user=":           {"curl --user=id:hunter2 x", "curl --user=id:{token} x"},
		"curl -u, cmd":           {`curl -u ^"id:hunter2^" x`, `curl -u ^"id:{token}" x`},
		"curl -u, variable":      {`curl -u "$ID:$SECRET" x`, `curl -u "$ID:$SECRET" x`},
		"curl -u of a name":      {"curl -u name x", "curl -u name x"},
		"address":                {"https://me:hunter2@api.zoom.us/v2", "https://me:{token}@api.zoom.us/v2"},
		"address, no password":   {"https://me@api.zoom.us:443/v2", "https://me@api.zoom.us:443/v2"},
		"form":                   {"client_id=abc&client_secret=hunter2&x=y", "client_id=abc&client_secret={token}&x=y"},
		"form, encoded":          {"client_secret%3Dhunter2", "client_secret%3D{token}"},
		"JSON":                   {`{"client_secret": "hun ter2","a":1}`, `{"client_secret": "{token}","a":1}`},
		"JSON, escaped":          {`{\"access_token\":\"abc\",\"a\":1}`, `{\"access_token\":\"{token}\",\"a\":1}`},
		"JSON, camel case":       {`{"clientSecret":"short"}`, `{"clientSecret":"{token}"}`},
		"YAML":                   {"secret: hunter2\nid: 5", "secret: {token}\nid: 5"},
		"environment":            {"ZOOM_CLIENT_SECRET=hunter zoomtui", "ZOOM_CLIENT_SECRET={token} zoomtui"},
		"option":                 {"tool --client-secret hunter --verbose", "tool --client-secret {token} --verbose"},
		"option without value":   {"tool --token --verbose", "tool --token --verbose"},
		"bearer, short":          {"Bearer abc123", "Bearer {token}"},
		"bearer, one letter":     {"Authorization: Bearer x", "Authorization: Bearer {token}"},
		"bearer, a word":         {"Authorization: Bearer token", "Authorization: Bearer {token}"},
		"bearer, encoded":        {"Bearer%20abc123", "Bearer%20{token}"},
		"basic":                  {"Basic aWQ6c2VjcmV0/+c2Vj==", "Basic {token}"},
		"basic, header":          {"authorization: basic abc", "authorization: basic {token}"},
		"header":                 {"X-Api-Key: abcd1234", "X-Api-Key: {token}"},
		"cookie":                 {"curl -H 'Cookie: a=b; c=d' x", "curl -H 'Cookie: {token}' x"},
		"passcode":               {"https://zoom.us/j/1?pwd=a1B2", "https://zoom.us/j/1?pwd={token}"},
		"authorization code":     {"?code=aB3dE6gH9jK2mN5pQ8sT&state=x", "?code={token}&state=x"},
		"variable":               {`Bearer $TOKEN, token=${TOKEN} token="$(zoomtui token)" Bearer {{token}} Bearer <token>`, `Bearer $TOKEN, token=${TOKEN} token="$(zoomtui token)" Bearer {{token}} Bearer <token>`},
		"password with a dollar": {"password='$ecret1'", "password='{token}'"},
		// What is none.
		"user id":              {"/users/zJKyaiAyTNC-MWjiWC18KQ/settings", "/users/zJKyaiAyTNC-MWjiWC18KQ/settings"},
		"UUID":                 {"/past_meetings/4444AAAiAAAAAiAiAiiAii==/x", "/past_meetings/4444AAAiAAAAAiAiAiiAii==/x"},
		"UUID, encoded":        {"/past_meetings/%252FajXp112QmuoKj485aB87%253D%253D", "/past_meetings/%252FajXp112QmuoKj485aB87%253D%253D"},
		"file id":              {"/x/bc4e8a27ef1c4f1ea0e4dd07e0f5f6c9/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "/x/bc4e8a27ef1c4f1ea0e4dd07e0f5f6c9/3f2504e0-4f89-11d3-9a0c-0305e82c3301"},
		"tracking id":          {"v=2.0;clid=us02;rid=WEB_0f1e2d3c4b5a69788796a5b4c3d2e1f0", "v=2.0;clid=us02;rid=WEB_0f1e2d3c4b5a69788796a5b4c3d2e1f0"},
		"camel case":           {"getPastMeetingParticipantsQoSV2 upcomingMeetingsOfTheUser", "getPastMeetingParticipantsQoSV2 upcomingMeetingsOfTheUser"},
		"sentences":            {"Invalid access token: does not contain. The token is missing; a Bearer token, basic settings", "Invalid access token: does not contain. The token is missing; a Bearer token, basic settings"},
		"number of an error":   {`{"code":4711} refresh token: 4711 "code":"4,711" code: ERR_HTTP2_PROTOCOL_ERROR`, `{"code":4711} refresh token: 4711 "code":"4,711" code: ERR_HTTP2_PROTOCOL_ERROR`},
		"path before a colon":  {"POST /oauth/token: 400 GET /users/me/zak: 404", "POST /oauth/token: 400 GET /users/me/zak: 404"},
		"challenge":            {`WWW-Authenticate: Bearer error="invalid_token", x`, `WWW-Authenticate: Bearer error="invalid_token", x`},
		"field of an error":    {"password: Invalid value. start_time: Invalid field.", "password: Invalid value. start_time: Invalid field."},
		"said in a sentence":   {"Meeting 85746065432 passcode SECRETpp1 wrong", "Meeting 85746065432 passcode {token} wrong"},
		"said, of digits":      {"the passcode 493021 is wrong", "the passcode {token} is wrong"},
		"said, a token":        {"use refresh_token aB3dE6gH9 now", "use refresh_token {token} now"},
		"only spoken of":       {"passcode required, access_token missing, client_secret is wrong", "passcode required, access_token missing, client_secret is wrong"},
		"code in an address":   {"code=aaaabbbbcccc1234&state=x", "code={token}&state=x"},
		"code in words":        {"code=authorization_code code=4711", "code=authorization_code code=4711"},
		"a very long word":     {"Der Donaudampfschifffahrtsgesellschaftskapitaen hat", "Der Donaudampfschifffahrtsgesellschaftskapitaen hat"},
		"where a list goes on": {"next_page_token=abc1", "next_page_token=abc1"},
		"scope of a token":     {"user:read:token:admin user:read:zak:admin meeting_token:read:admin:local_recording", "user:read:token:admin user:read:zak:admin meeting_token:read:admin:local_recording"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := WithoutSecrets(test.text)
			if got != test.want {
				t.Errorf("WithoutSecrets(%q)\n = %q, want\n   %q", test.text, got, test.want)
			}
			if again := WithoutSecrets(got); again != got {
				t.Errorf("the second time it is %q", again)
			}
		})
	}
}

// TestWithoutSecretsKeeps: nothing that the table names is taken for a secret.
func TestWithoutSecretsKeeps(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	var all []string
	for _, e := range c.Endpoints() {
		all = append(all, e.String(), e.Summary)
	}
	all = append(all, c.Scopes()...)
	for _, text := range append(all, strings.Join(all, "\n"), strings.Join(c.Scopes(), ", ")) {
		if got := WithoutSecrets(text); got != text {
			t.Errorf("%.200q becomes %.200q", text, got)
		}
	}
}

// FuzzWithoutSecrets puts a secret of Zoom's form into any text, in the places where
// people put one.
func FuzzWithoutSecrets(f *testing.F) {
	f.Add("curl https://zoom.us/oauth/token", "\n", uint64(0))
	f.Add("token=", "&a=b", uint64(7))
	f.Add("Bearer \"", "\" -d x", uint64(99))
	f.Add("-u id:", "@host", uint64(12345))
	f.Add("\\\"secret\\\":\\\"", "%20", uint64(1<<40))
	f.Fuzz(func(t *testing.T, before, after string, seed uint64) {
		secret := randomSecret(seed)
		for _, lead := range []string{" ", "-u id:", "client_secret=", `"client_secret":"`, "Basic ", "Bearer "} {
			text := before + " " + lead + secret + " " + after
			got := WithoutSecrets(text)
			if strings.Contains(got, secret[4:28]) && !strings.Contains(before+" "+after, secret[4:28]) {
				t.Errorf("%q keeps %q", text, got)
			}
		}
		WithoutSecrets(before + after)
	})
}

// randomSecret is a secret as Zoom makes them: 32 letters of either case and digits.
func randomSecret(seed uint64) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	secret := []byte("aB3dE6gH") // so that it always has all three
	for len(secret) < 32 {
		seed = seed*6364136223846793005 + 1442695040888963407
		secret = append(secret, letters[(seed>>33)%uint64(len(letters))])
	}
	return string(secret)
}

// BenchmarkWithoutSecrets is 128 KB of what a parser may stumble over.
func BenchmarkWithoutSecrets(b *testing.B) {
	for _, piece := range []string{
		"token:", "token=", "token:[", "secret=\"", "secret='secret=\"", "code:", "cookie:'", "bearer ", "basic basic:", "https://", "-u ", "-u a", "--user ", "%20", "aB3", "token=$a:",
	} {
		text := strings.Repeat(piece, (128<<10)/len(piece))
		b.Run(piece, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				WithoutSecrets(text)
			}
		})
	}
}
