package explain

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestPastedFacts: the raw facts of an answer, whatever it was pasted with.
func TestPastedFacts(t *testing.T) {
	t.Parallel()
	const answer = `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user]."}`
	tokyo := time.FixedZone("JST", 9*60*60)
	tests := []struct {
		name, text string
		status     int
		code       int
		tracking   string
		retryAt    string // as it is shown
	}{
		{"JSON", answer, 0, 4711, "", ""},
		{"status line, headers and JSON", "HTTP/1.1 400 Bad Request\r\nx-zm-trackingid: v=2.0;clid=us02;rid=WEB_1\r\n\r\n" + answer, 400, 4711, "v=2.0;clid=us02;rid=WEB_1", ""},
		{"two status lines", "HTTP/1.1 200 Connection established\n\nHTTP/2 400\n\n" + answer, 400, 4711, "", ""},
		{"curl -v", "> GET /v2/users/me HTTP/2\n> \n< HTTP/2 400\n< date: Sun, 22 Nov 2026 10:00:00 GMT\n" + answer, 400, 4711, "", ""},
		{"Axios", "AxiosError: Request failed with status code 400\n  data: { code: 4711, message: 'does not contain scopes:[user:read:user].' }", 400, 4711, "", ""},
		{"a log", `status=400 body="{\"code\":4711,\"message\":\"does not contain scopes:[user:read:user].\"}"`, 400, 4711, "", ""},
		{"the number first", "400 " + answer, 400, 4711, "", ""},
		{"a line end in JSON", "{\"code\":4711,\"message\":\"Invalid access token,\r\n does not contain scopes:[user:read:\r\nuser].\"}", 0, 4711, "", ""},
		{"escaped brackets", `{"code":4711,"message":"Invalid access token, does not contain scopes:\u005buser:read:user\u005d."}`, 0, 4711, "", ""},
		{"entities", `<pre>{&quot;code&quot;:4711,&quot;message&quot;:&quot;Invalid access token, does not contain scopes:&#91;user:read:user&#93;.&quot;}</pre>`, 0, 4711, "", ""},
		{"as an address", `%7B%22code%22%3A4711%2C%22message%22%3A%22does%20not%20contain%20scopes%3A%5Buser%3Aread%3Auser%5D.%22%7D`, 0, 4711, "", ""},
		{"pause to a date", "HTTP/1.1 429 Too Many Requests\nRetry-After: 2026-11-23T00:00:00Z\n\n{\"code\":429,\"message\":\"daily rate limit\"}", 429, 429, "", "Mon 23 Nov 09:00 JST"},
		{"pause of seconds", "HTTP/1.1 429 Too Many Requests\nDate: Sun, 22 Nov 2026 10:00:00 GMT\nRetry-After: 120\n", 429, 0, "", "19:02 JST"},
		{"seconds from nobody knows when", "HTTP/1.1 429 Too Many Requests\nRetry-After: 120\n", 429, 0, "", ""},
		{"a pause of a year", "HTTP/1.1 429\ndate: Sun, 22 Nov 2026 10:00:00 GMT\nRetry-After: 2027-11-23T00:00:00Z\n", 429, 0, "", ""},
		{"headers of a log", `429 headers: {"date":"Sun, 22 Nov 2026 10:00:00 GMT","retry-after":"Sun, 22 Nov 2026 10:00:05 GMT"}`, 429, 0, "", "19:00 JST"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, ok := Pasted(tt.text, ourRedirect, "", tokyo)
			f := p.Facts
			if !ok || f.HTTPStatus != tt.status || f.Code != tt.code || f.TrackingID != tt.tracking {
				t.Errorf("%v: status %d, code %d, tracking id %q", ok, f.HTTPStatus, f.Code, f.TrackingID)
			}
			if got := until(f); got != tt.retryAt || tt.retryAt != "" && !strings.Contains(p.Next[0].Text, tt.retryAt) {
				t.Errorf("until %q, want %q; says %v", got, tt.retryAt, p.Next)
			}
			if tt.code == 4711 && fmt.Sprint(f.MissingScopes) != "[user:read:user]" {
				t.Errorf("scopes %q", f.MissingScopes)
			}
		})
	}
}

// TestPastedKeepsNoSecret: neither the sentences nor the facts repeat what gives
// access.
func TestPastedKeepsNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw" // as the Marketplace makes them
	const answer = ` {"code":124,"message":"Invalid access token."}`
	for name, text := range map[string]string{
		"curl -u":               "curl -u 7kXq2f_aBcDeFgHiJkLmNo:" + secret + " -X POST https://zoom.us/oauth/token",
		"curl -u, in a log":     "+ curl -u 7kXq2f_aBcDeFgHiJkLmNo:" + secret + " https://zoom.us/oauth/token\n" + `{"reason":"Invalid client_id or client_secret","error":"invalid_client"}`,
		"a secret alone":        secret,
		"in the midst of words": "what is " + secret + " for",
		"short, after Bearer":   "Bearer " + "hush12",
		"a header":              "Authorization: Bearer hush12 gave" + answer,
		"a body":                "client_secret=hush12&grant_type=account_credentials" + answer,
		"JSON of a log":         `{"level":"error","access_token":"hush12","message":"Nope"}`,
		"inside of the message": `{"code":99999,"message":"the token ` + secret + ` is unknown"}`,
		"among the scopes":      `{"code":4711,"message":"does not contain scopes:[` + secret + `, user:read:user]."}`,
		"in our own list":       `{"zoom_code":4711,"zoom_message":"x","missing_scopes":["` + secret + `"]}`,
		"a passcode":            "cannot open https://zoom.us/j/123456789?pwd=hush12 today",
		"no connection":         "curl -u id:hush12 https://zoom.us/oauth/token\ncurl: (6) Could not resolve host: zoom.us",
		"a password in an URL":  `Get "https://me:hush12@zoom.us/x": dial tcp: lookup zoom.us: no such host`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, _ := Pasted(text, ourRedirect, "", time.UTC)
			said := fmt.Sprintf("%+v\n%s\n%+v", p, p.Raw(nil), p.JSON())
			if strings.Contains(said, secret) || strings.Contains(said, "hush12") {
				t.Errorf("it is repeated: %s", said)
			}
		})
	}
}

// TestQuotedWords: an answer to a call of ours may hold a secret as well; a path of
// this machine stays whole.
func TestQuotedWords(t *testing.T) {
	t.Parallel()
	const secret = "Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw"
	const path = "/home/Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw/tokens"
	p := About(Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 300, Message: "Validation Failed. secret_key: " + secret, Cause: "read " + secret})
	if said := p.Why + p.Raw(nil) + p.JSON().ZoomMessage; strings.Contains(said, secret) {
		t.Errorf("it is repeated: %s", said)
	}
	p = About(Facts{Place: PlaceLocal, Class: Store, Path: path, Cause: "permission denied", Fix: "chmod 700 " + path})
	if !strings.Contains(p.What, path) || !strings.Contains(p.Next[0].Text, path) {
		t.Errorf("the path is lost: %q %v", p.What, p.Next)
	}
}
