package explain

import (
	"strings"
	"testing"
	"time"
)

const ourRedirect = "http://127.0.0.1:8976/callback"

func TestPasted(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		what, why  string
		class      Class
		action     Action // of the first step
	}{
		{"number of the page", "4,700", "refused the return address", ourRedirect, Usage, ActionCopyRedirect},
		{"number without comma", "4700", "refused the return address", "OAuth Allow List", Usage, ActionCopyRedirect},
		{"number in words", "Zoom shows error 4702?!", "does not know this client id", "", Usage, ActionSetup},
		{"the page", "Invalid redirect: http://127.0.0.1:8976/callback (4,700)", "refused the return address", "We sent " + ourRedirect, Usage, ActionCopyRedirect},
		{"the page with the port that was taken", "Invalid redirect: http://127.0.0.1:8977/callback (4,700)", "refused the return address", "We sent " + ourRedirect, Usage, ActionCopyRedirect},
		{"the page of another program", "Invalid redirect: http://localhost:3000/cb (4,700)", "refused the return address", "http://localhost:3000/cb", Usage, ActionSetup},
		{"the page as JSON", `{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}`, "refused the return address", ourRedirect, Usage, ActionCopyRedirect},
		{"client id", "Invalid client_id: abc (4,702)", "does not know this client id", "", Usage, ActionSetup},
		{"scope", "Invalid scope", "scopes that the app cannot give", "", Usage, ActionSignIn},
		{"admin", "An account admin is required to install this type of app.", "wants an admin", "", Scope, ActionNone},
		{"account", "You cannot authorize the app: it is not published", "may not use this app", "development", Usage, ActionSignIn},
		{"dead end", "This site can’t be reached\n127.0.0.1 refused to connect.\nERR_CONNECTION_REFUSED", "already said yes", "address bar", Other, ActionPaste},
		{"dead end of Firefox", "Unable to connect. Firefox can’t establish a connection to the server at 127.0.0.1:8976.", "already said yes", "", Other, ActionPaste},
		{"HTML", "<!DOCTYPE html><html><head><style>p{}</style><script>var x = \"Invalid scope\";</script></head><body><h1>Error</h1><p>Invalid redirect: http&#58;//127.0.0.1:8976/callback <b>(4,700)</b></p></body></html>", "refused the return address", ourRedirect, Usage, ActionCopyRedirect},
		{"an answer in an address", "http://127.0.0.1:8976/callback?code=aB3dE6gH9jK2mN5pQ8sT&state=xyz", "That is no error", "five minutes", SignIn, ActionPaste},
		{"a refusal in an address", "http://127.0.0.1:8976/callback?error=access_denied&error_description=The+user+denied&state=x", "declined", "", SignIn, ActionSignIn},
		{"token endpoint", `{"reason":"Invalid Token!","error":"invalid_grant"}`, "no longer accepts this sign-in", "", SignIn, ActionSignIn},
		{"client secret", `HTTP/2 400 {"reason":"Invalid client_id or client_secret","error":"invalid_client"}`, "client secret do not fit", "", Usage, ActionSetup},
		{"OAuth name alone", "oauth2: cannot fetch token: invalid_client", "client secret do not fit", "", Usage, ActionSetup},
		{"device", `{"error":"expired_token"}`, "short code has run out", "", SignIn, ActionDevice},
		{"device in words", "authorization_pending", "still waiting", "", SignIn, ActionWait},
		{"scope missing", `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user:admin, user:read:user]."}`, "none of the scopes", "user:read:user:admin, user:read:user", Scope, ActionScopes},
		{"scope missing, in a log", `2026 ERROR body="{\"code\":4711,\"message\":\"Invalid access token, does not contain scopes:[a:b].\"}" x-zm-trackingid: v=2.0;clid=us02;rid=WEB_1`, "none of the scopes", "a:b", Scope, ActionScopes},
		{"scope missing, as a line of ours", `400 4711 "Invalid access token, does not contain scopes:[a:b]." · v=2.0;clid=us02`, "none of the scopes", "a:b", Scope, ActionScopes},
		{"expired", `{"code":124,"message":"Access token is expired."}`, "has run out", "", SignIn, ActionRetry},
		{"number of the API", "124", "does not accept this access token", "", SignIn, ActionSignIn},
		{"validation", `{"code":300,"message":"Validation Failed.","errors":[{"field":"start_time","message":"Invalid field."}]}`, "did not accept a value", "start_time: Invalid field", Usage, ActionRetry},
		{"nested", `{"error":{"code":1001,"message":"User does not exist: x."}}`, "no such user", "", Usage, ActionNone},
		{"our own", `{"error":{"what":"x","why":"y","next_steps":[],"http_status":429,"zoom_code":429,"zoom_message":"You have reached the maximum daily rate limit for this API.","missing_scopes":[]}}`, "no more calls of this kind", "", RateLimit, ActionWait},
		{"status", "429 Too Many Requests", "Too many calls", "", RateLimit, ActionWait},
		{"status of an API", "HTTP 403 Forbidden", "does not let this user", "", Scope, ActionNone},
		{"server", "HTTP status 502", "trouble of its own", "", Network, ActionRetry},
		{"network", `Get "https://api.zoom.us/v2/users/me": dial tcp: lookup api.zoom.us: no such host`, "could not be looked up", "", Network, ActionDoctor},
		{"certificate", "x509: certificate signed by unknown authority", "not trusted", "", Network, ActionDoctor},
		{"scope missing, mistyped, in words", "Invalid access token, does not contian scopes:[user:read:user].", "none of the scopes", "user:read:user", Scope, ActionScopes},
		{"scope missing, badly said", `{"code":4711,"message":"Invalid access token, does not contains scopes:[user:read:user]."}`, "none of the scopes", "user:read:user", Scope, ActionScopes},
		{"refresh token invalid", "Refresh token invalid", "scopes have changed", "", SignIn, ActionSignIn},
		{"expired, of nobody knows which program", "Access token is expired.", "has run out", "one hour, whatever its scopes are", SignIn, ActionRetry},
		{"time limit of a program here", "curl: (28) Operation timed out after 3000 milliseconds with 0 bytes received", "did not answer in time", "", Network, ActionRetry},
		{"code refused", "Invalid authorization code", "did not accept the authorization code", "", SignIn, ActionSignIn},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, ok := Pasted(tt.text, ourRedirect, "", time.UTC)
			if !ok || !strings.Contains(p.What, tt.what) || !strings.Contains(p.Why, tt.why) {
				t.Fatalf("%v %q / %q, want %q / %q", ok, p.What, p.Why, tt.what, tt.why)
			}
			if p.Class() != tt.class || p.Next[0].Action != tt.action {
				t.Errorf("class %v and first step %+v, want %v and %q", p.Class(), p.Next[0], tt.class, tt.action)
			}
			checkSentences(t, p)
		})
	}
}

func TestPastedUnknown(t *testing.T) {
	t.Parallel()
	for text, understood := range map[string]string{
		"":                                "nothing to read",
		" \n\t":                           "nothing to read",
		"the printer is out of paper":     `the words "the printer is out of paper"`,
		"HTTP 400":                        "HTTP status 400",
		`{"code":99999,"message":"Nope"}`: `number 99999, the words "Nope"`,
		"Bearer eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0.eyJ2ZXIiOjl9.c2ln": "a command or a header, which is not repeated",
		"curl -u id:hush1 https://example.com":                             "a command or a header, which is not repeated",
		"<html><body><h1>Hello</h1></body></html>":                         "a web page",
	} {
		p, ok := Pasted(text, ourRedirect, "", time.UTC)
		if ok || p.Class() != Empty || !strings.Contains(p.Why, understood) {
			t.Errorf("%q: %v %v %q, want it unknown and %q", text, ok, p.Class(), p.Why, understood)
		}
		checkSentences(t, p)
	}
}

// The return address that Zoom names need not be this profile's.
func TestPastedRedirectOfAnother(t *testing.T) {
	t.Parallel()
	p, _ := Pasted("Invalid redirect: https://example.com/cb (4,700)", ourRedirect, "", time.UTC)
	for _, want := range []string{"Zoom refused https://example.com/cb", "not the address of this profile", ourRedirect} {
		if !strings.Contains(p.Why, want) {
			t.Errorf("%q does not say %q", p.Why, want)
		}
	}
	if p.Facts.Code != 4700 {
		t.Errorf("the number is lost: %+v", p.Facts)
	}
}

// A person sees no code and no token again.
func TestPastedHidesSecrets(t *testing.T) {
	t.Parallel()
	const code = "aB3dE6gH9jK2mN5pQ8sTuV1wX4yZ7aB3dE6gH9jK2mN5pQ8s"
	for _, text := range []string{
		"http://127.0.0.1:8976/callback?code=" + code + "&state=x",
		`{"reason":"Invalid authorization code ` + code + `","error":"invalid_grant"}`,
		"this site can't be reached: http://127.0.0.1/?code=" + code,
	} {
		p, _ := Pasted(text, ourRedirect, "", time.UTC)
		if said := p.What + p.Why + p.Raw(nil) + p.JSON().ZoomMessage; strings.Contains(said, code) {
			t.Errorf("%q is repeated: %s", text, said)
		}
	}
}

// FuzzPasted: whatever is pasted, there is an answer of clean sentences.
func FuzzPasted(f *testing.F) {
	for _, seed := range []string{
		"4,700", "Invalid redirect: http://localhost/ (4,700)", `{"errorCode":4700,"errorMessage":"Invalid redirect url"}`, `{"error":{"error":{"error":{}}}}`,
		`{"code":"4,711","message":"does not contain scopes:[a, b"}`, `{"errors":[{"field":1}]}`, "<html><script>", "<p>x</p>&#x1b;[31m", "http://x/?code=a&state=b",
		"HTTP/2 429\r\nretry-after: 9\r\ndate: x", "{\"code\":4711,\"message\":\"a\r\nb\\", "<!doctype html><form>log in", "curl -u a:b x\ncurl: (6) Could not resolve host: zoom.us",
		"HTTP 401 (124): \x1b]0;x\x07", "device expired", "lookup zoom.us: no such host", strings.Repeat("{", 200), "’", "invalid redirect \u0130 https://x",
	} {
		f.Add(seed, ourRedirect)
	}
	f.Fuzz(func(t *testing.T, text, redirect string) {
		p, ok := Pasted(text, redirect, "", time.UTC)
		if p.What == "" || p.Why == "" || len(p.Next) == 0 || len(p.Next) > 3 {
			t.Fatalf("no whole answer: %+v", p)
		}
		if !ok && p.Class() != Empty {
			t.Errorf("unknown, but of class %v", p.Class())
		}
		texts := []string{p.What, p.Why, p.Raw(nil), p.JSON().ZoomMessage}
		for _, s := range p.Next {
			texts = append(texts, s.Text)
		}
		for _, text := range texts {
			if i := strings.IndexFunc(text, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || isInvisible(r) }); i >= 0 {
				t.Errorf("control character at %d of %q", i, text)
			}
			if len([]rune(text)) > 3000 {
				t.Errorf("%d characters", len([]rune(text)))
			}
		}
	})
}
