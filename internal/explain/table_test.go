package explain

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestAbout holds each of Zoom's documented answers against what a person is told.
func TestAbout(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("JST", 9*60*60)
	at := time.Date(2026, 11, 22, 3, 12, 44, 0, zone)
	nine := time.Date(2026, 11, 22, 9, 0, 0, 0, zone)
	scopes := []string{"meeting:read:list_meetings:admin", "meeting:read:list_meetings"}
	cutOff := "generation 3, last refreshed 2026-11-22T01:00:00Z; a refresh begun 2026-11-22T02:00:00Z (token, pid 4121) was cut off and may have used the token up"
	tests := []struct {
		name   string
		facts  Facts
		class  Class
		what   string // piece of What
		why    string // piece of Why
		action Action // of the first step
	}{
		// the token endpoint
		{"code used up", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid authorization code"}, SignIn, "did not accept the authorization code", "once", ActionSignIn},
		{"code used up, 2020 form", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_request", Message: "Invalid authorization code abc"}, SignIn, "did not accept the authorization code", "five minutes", ActionSignIn},
		{"code by number", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4733}, SignIn, "authorization code", "", ActionSignIn},
		{"verifier", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid code_verifier"}, SignIn, "proof of this sign-in", "mixed up", ActionSignIn},
		{"redirect", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Redirect URI mismatch"}, Usage, "return address", "letter by letter", ActionCopyRedirect},
		{"redirect by number", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4709}, Usage, "return address", "", ActionCopyRedirect},
		{"secret", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_client", Message: "Invalid client_id or client_secret"}, Usage, "do not fit", "Development and production", ActionSetup},
		{"secret by number", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4704}, Usage, "do not fit", "", ActionSetup},
		{"server-to-server not activated", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_client", Op: "fetch account token"}, Usage, "Server-to-Server", "activated", ActionNone},
		{"server-to-server, another account", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_request", Message: "Bad Request", Op: "fetch account token"}, Usage, "refused the account id", "another account", ActionSetup},
		{"server-to-server, me", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 1001, Message: "User does not exist: me.", Op: "GET /users/me"}, Usage, "whose data", "speaks for an account", ActionSetup},
		{"short code mistyped", Facts{Place: PlaceBrowser, Message: "This code is not known or too old"}, SignIn, "short code is wrong", "replaces", ActionDevice},
		{"link cut off", Facts{Place: PlaceBrowser, Message: "Invalid code challenge (4,700)"}, Usage, "link is not whole", "copy", ActionNone},
		{"link cut off elsewhere", Facts{Place: PlaceBrowser, Message: "Invalid response type: token (4,700)"}, Usage, "link is not whole", "", ActionNone},
		{"stripped request", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4706}, Usage, "without the app's id", "proxy", ActionDoctor},
		{"grant type", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "unsupported_grant_type", Message: "unsupported grant type"}, Usage, "does not have that way", "form", ActionSetup},
		{"query string", Facts{Place: PlaceToken, HTTPStatus: 400, Message: "Parameters in the query string are not supported"}, Usage, "parameters in the address", "form body", ActionNone},
		{"refresh token, confidential", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!", Op: "refresh"}, SignIn, "no longer accepts this sign-in", "newest sign-in wins", ActionSignIn},
		{"refresh token, public", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid refresh token"}, SignIn, "no longer accepts this sign-in", "", ActionSignIn},
		{"refresh token, no words", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Op: "refresh"}, SignIn, "no longer accepts this sign-in", "", ActionSignIn},
		{"refresh token revoked", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4741}, SignIn, "no longer accepts this sign-in", "", ActionSignIn},
		{"refresh token, after a refresh that was cut off", Facts{Place: PlaceToken, Class: SignIn, HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid Token!", Op: "refresh", Cause: cutOff}, SignIn, "earlier refresh was cut off", "Generation 3, last refreshed 2026-11-22T01:00:00Z; a refresh begun 2026-11-22T02:00:00Z (token, pid 4121) was cut off", ActionSignIn},
		{"refresh token, cut off, no words", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Op: "refresh", Cause: cutOff}, SignIn, "earlier refresh was cut off", "(token, pid 4121)", ActionSignIn},
		{"scopes changed, and cut off", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4711, Op: "refresh", Cause: cutOff}, SignIn, "scopes have changed", "", ActionSignIn},
		{"grant without words", Facts{Place: PlaceToken, HTTPStatus: 400, OAuth: "invalid_grant", Op: "exchange"}, SignIn, "did not accept what this sign-in presented", "", ActionSignIn},
		{"owner left", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4735}, SignIn, "user of this sign-in no longer exists", "", ActionSignIn},
		{"admin switched off", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4738}, SignIn, "admin of the Zoom account", "approved", ActionNone},
		{"app disabled", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4717}, SignIn, "disabled at Zoom", "", ActionNone},
		{"tolerance", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4740}, SignIn, "out of order", "", ActionSignIn},
		{"scopes of the app changed", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4711, Op: "refresh"}, SignIn, "scopes have changed", "", ActionSignIn},
		{"scopes of the app changed, with Zoom's words", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4711, OAuth: "invalid_grant", Message: "Refresh token invalid", Op: "refresh"}, SignIn, "scopes have changed", "", ActionSignIn},
		{"4700 at the token endpoint", Facts{Place: PlaceToken, HTTPStatus: 400, Code: 4700, Message: "Token cannot be empty"}, Network, "could not finish", "", ActionRetry},
		{"token endpoint refuses without a word", Facts{Place: PlaceToken, HTTPStatus: 401}, SignIn, "refused the sign-in request", "", ActionSignIn},
		{"token endpoint down", Facts{Place: PlaceToken, HTTPStatus: 503}, Network, "trouble of its own", "", ActionRetry},
		{"token endpoint is a login page", Facts{Place: PlaceToken, HTTPStatus: 403, Host: "zoom.us", Cause: "answered with a web page"}, Network, "zoom.us answered with a web page", "proxy", ActionDoctor},
		// the device grant
		{"device not allowed", Facts{Place: PlaceDevice, HTTPStatus: 400, OAuth: "invalid_request"}, Usage, "may not sign in with a short code", "switched on", ActionSignIn},
		{"device pending", Facts{Place: PlaceDevice, HTTPStatus: 400, OAuth: "authorization_pending"}, SignIn, "still waiting", "", ActionWait},
		{"device, code no longer known", Facts{Place: PlaceDevice, Class: SignIn, Op: "wait for the short code", HTTPStatus: 400, OAuth: "invalid_grant", Message: "Invalid device code"}, SignIn, "run out or was used", "works once", ActionDevice},
		{"device run out", Facts{Place: PlaceDevice, HTTPStatus: 400, OAuth: "expired_token"}, SignIn, "run out", "15 minutes", ActionDevice},
		{"device declined", Facts{Place: PlaceDevice, HTTPStatus: 400, OAuth: "access_denied"}, SignIn, "declined", "", ActionDevice},
		// the API
		{"expired", Facts{Place: PlaceAPI, HTTPStatus: 401, Code: 124, Message: "Access token is expired."}, SignIn, "has run out", "one hour", ActionRetry},
		{"expired, a call of ours", Facts{Place: PlaceAPI, HTTPStatus: 401, Code: 124, Message: "Access token is expired.", At: at}, SignIn, "has run out", "renewing it did not help", ActionRetry},
		{"scope 4711, words cut off", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 4711, Message: "Invalid access token."}, Scope, "none of the scopes", "did not say", ActionScopes},
		{"4700 with other words", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 4700, Message: "Foo."}, Network, "without a clear reason", "Zoom says: Foo.", ActionRetry},
		{"expired, 201", Facts{Place: PlaceAPI, HTTPStatus: 401, Code: 201}, SignIn, "does not accept this access token", "", ActionRetry},
		{"invalid", Facts{Place: PlaceAPI, HTTPStatus: 401, Code: 124, Message: "Invalid access token."}, SignIn, "does not accept this access token", "replaced", ActionSignIn},
		{"token in the address", Facts{Place: PlaceAPI, HTTPStatus: 401, Code: 124, Message: "Access token is not supported as query parameter string."}, Usage, "put into the address", "header", ActionNone},
		{"scope 4711", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 4711, Message: "Invalid access token, does not contain scopes:[a, b].", MissingScopes: scopes, Op: "GET /users/me/meetings"}, Scope, "GET /users/me/meetings", "Any one of these is enough", ActionScopes},
		{"scope 104", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 104, Message: "Invalid access token, does not contain scopes:[a].", MissingScopes: scopes}, Scope, "none of the scopes", "", ActionScopes},
		{"scope 4700 without names", Facts{Place: PlaceAPI, HTTPStatus: 401, Code: 4700, Message: "Invalid Access Token: The access token is invalid, expired, or missing required scopes."}, Scope, "lacks a scope, or is no longer valid", "leave open", ActionScopes},
		{"user", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 1001, Message: "User does not exist: x."}, Usage, "no such user", "me", ActionNone},
		{"user, 3001 on upcoming", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 3001, Message: "User does not exist."}, Usage, "no such user", "", ActionNone},
		{"other account", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 1010, Message: "User does not belong to this account."}, Usage, "another Zoom account", "", ActionSignIn},
		{"role", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 200, Message: "No permission."}, Scope, "does not let this user", "No permission", ActionNone},
		{"role by status", Facts{Place: PlaceAPI, HTTPStatus: 403}, Scope, "does not let this user", "", ActionNone},
		{"plan", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 200, Message: "Webinar plan is missing. Enable webinar for this user once the webinar subscription is added."}, Scope, "plan", "Webinar plan is missing", ActionNone},
		{"paid", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 200, Message: "Only available for paid account: q6gB."}, Scope, "plan", "paid account", ActionNone},
		{"app-only token", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 200, Message: "Invalid api key or secret."}, Usage, "app alone", "client_credentials", ActionSetup},
		{"JWT app", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 200, Message: "Account does not enabled REST API."}, Usage, "no longer serves", "JWT", ActionSetup},
		{"meeting", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 3001, Message: "Meeting does not exist: 1."}, Other, "does not exist any more", "30 days", ActionRetry},
		{"meeting by number", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 3001}, Other, "does not exist any more", "", ActionRetry},
		{"hosting", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 3161, Message: "Meeting hosting and scheduling capabilities are not allowed for your user account."}, Scope, "may not host", "licence", ActionNone},
		{"page token", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 300, Message: "The next page token is invalid or expired."}, Other, "list changed", "15 minutes", ActionRetry},
		{"validation", Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 300, Message: "Validation Failed. start_time: Invalid field."}, Usage, "did not accept a value", "start_time: Invalid field", ActionRetry},
		{"endpoint", Facts{Place: PlaceAPI, HTTPStatus: 404, Code: 2300, Message: "This API endpoint is not recognized.", Op: "GET /user/me"}, Usage, "GET /user/me", "typing mistake", ActionScopes},
		{"per second", Facts{Place: PlaceAPI, HTTPStatus: 429, Code: 429, Message: "You have reached the maximum per-second rate limit for this API. Try again later."}, RateLimit, "Too many calls at once", "per second", ActionWait},
		{"daily with time", Facts{Place: PlaceAPI, HTTPStatus: 429, Code: 429, Message: "You have reached the maximum daily rate limit for this API.", Daily: true, At: at, RetryAt: nine}, RateLimit, "until 09:00 JST", "whole Zoom account", ActionWait},
		{"daily without time", Facts{Place: PlaceAPI, HTTPStatus: 429, Message: "You have reached the maximum daily rate limit for this API."}, RateLimit, "today", "00:00 UTC", ActionWait},
		{"429 without words", Facts{Place: PlaceAPI, HTTPStatus: 429}, RateLimit, "Too many calls", "", ActionWait},
		{"server error", Facts{Place: PlaceAPI, HTTPStatus: 502}, Network, "trouble of its own", "", ActionRetry},
		{"web page", Facts{Place: PlaceAPI, HTTPStatus: 200, Cause: "the answer is a web page", Host: "api.zoom.us"}, Network, "api.zoom.us answered with a web page", "proxy", ActionDoctor},
		{"unknown refusal", Facts{Place: PlaceAPI, HTTPStatus: 418, Message: "teapot"}, Other, "Zoom refused", "teapot", ActionRetry},
		// this machine
		{"DNS", Facts{Place: PlaceAPI, Cause: "dial tcp: lookup api.zoom.us: no such host", Host: "api.zoom.us"}, Network, "api.zoom.us could not be looked up", "offline", ActionDoctor},
		{"TLS", Facts{Place: PlaceAPI, Cause: "tls: failed to verify certificate: x509: certificate signed by unknown authority", Host: "api.zoom.us"}, Network, "not trusted", "company proxy", ActionDoctor},
		{"proxy", Facts{Place: PlaceToken, Cause: "proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused", Host: "zoom.us"}, Network, "proxy", "10.0.0.1", ActionDoctor},
		{"slow", Facts{Place: PlaceAPI, Cause: "context deadline exceeded", Host: "api.zoom.us"}, Network, "did not answer in time", "", ActionRetry},
		{"clock", Facts{Place: PlaceLocal, Cause: "the clock is 3 min behind Zoom"}, Other, "clock differs", "3 min", ActionDoctor},
		{"port", Facts{Place: PlaceLocal, Cause: "listen tcp 127.0.0.1:8976: bind: address already in use"}, Usage, "port for the callback", "", ActionSignIn},
		{"state", Facts{Place: PlaceLocal, Cause: "state does not match"}, SignIn, "belongs to another sign-in", "Local test", ActionSignIn},
		{"declined", Facts{Place: PlaceLocal, OAuth: "access_denied"}, SignIn, "declined", "", ActionSignIn},
		{"store not writable", Facts{Place: PlaceLocal, Class: Store, Cause: "open work.json: permission denied", Path: "/c/work.json"}, Store, "/c/work.json", "Zoom was not asked", ActionDoctor},
		{"settings on a full disk", Facts{Place: PlaceLocal, Class: Store, Op: "configuration", Cause: "write the configuration: write /c/.tmp: no space left on device", Path: "/c/config.toml"}, Store, "settings could not be written", "as it was", ActionRetry},
		{"settings of somebody else", Facts{Place: PlaceLocal, Class: Store, Op: "configuration", Cause: "read the configuration: open /c/config.toml: permission denied", Path: "/c/config.toml"}, Store, "settings could not be read", "permission denied", ActionDoctor},
		{"settings that are being changed", Facts{Place: PlaceLocal, Class: Store, Op: "configuration", Cause: "another program has been changing /c/config.toml for more than 5s", Path: "/c/config.toml"}, Store, "being changed", "Nothing was written", ActionRetry},
		{"store read-only", Facts{Place: PlaceLocal, Class: Store, Cause: "open work.json: read-only file system", Path: "/c/work.json"}, Store, "read-only", "nothing was refreshed", ActionSetup},
		{"store open to others", Facts{Place: PlaceLocal, Class: Store, Cause: "work.json is open to others (mode 0644)", Path: "/c/work.json", Fix: "chmod 600 /c/work.json"}, Store, "open to others on this machine", "secrets", ActionNone},
		{"store locked", Facts{Place: PlaceLocal, Class: Store, Cause: "the lock is held", Path: "/c/work.json.lock"}, Store, "locked by another program", "", ActionRetry},
		{"setting", Facts{Place: PlaceLocal, Class: Usage, Cause: "unknown key clientid; nearest is client_id", Path: "/c/config.toml"}, Usage, "cannot be used", "nearest is client_id", ActionSetup},
		{"no app", Facts{Place: PlaceLocal, Class: Usage, Cause: "no client id for profile work"}, Usage, "No Zoom app", "work", ActionSetup},
		{"no sign-in", Facts{Place: PlaceLocal, Class: SignIn, Cause: "no token stored"}, SignIn, "has to sign in first", "no token stored", ActionSignIn},
		{"paste", Facts{Place: PlaceLocal, Class: Usage, Op: "read paste", Cause: "nothing was pasted"}, Usage, "pasted text", "Nothing was pasted.", ActionNone},
		{"refresh not allowed", Facts{Place: PlaceLocal, Class: SignIn, Cause: "the access token ended 3m ago, and a refresh was not allowed"}, SignIn, "too old", "The access token ended", ActionRetry},
		{"strange base", Facts{Place: PlaceLocal, Class: Usage, Host: "evil.example", Cause: "address not allowed for a token: use https"}, Usage, "No token goes to evil.example", "use https", ActionSetup},
		{"token endpoint limited", Facts{Place: PlaceToken, Class: RateLimit, HTTPStatus: 429, At: at, RetryAt: nine}, RateLimit, "Too many calls", "09:00 JST", ActionWait},
		{"token endpoint down without JSON", Facts{Place: PlaceToken, Class: Network, HTTPStatus: 500, Cause: "the answer is not valid JSON"}, Network, "trouble of its own", "", ActionRetry},
		{"secret refused", Facts{Place: PlaceLocal, Class: Usage, HTTPStatus: 400, OAuth: "invalid_client", Message: "Invalid client_id or client_secret", Cause: "Zoom knows this client id, and does not accept the client secret with it: copy it"}, Usage, "refuses the client secret", "Zoom knows this client id", ActionSetup},
		{"secret wanted", Facts{Place: PlaceLocal, Class: Usage, HTTPStatus: 400, OAuth: "invalid_client", Cause: "Zoom knows this client id, and wants a client secret with it: either"}, Usage, "wants a client secret", "either", ActionSetup},
		{"return address refused in the test of an app", Facts{Place: PlaceBrowser, Class: Usage, HTTPStatus: 400, Code: 4700, Message: "Invalid redirect", Cause: "the return address https://x.example/cb is not registered with the app"}, Usage, "refused the return address", "The return address https://x.example/cb", ActionCopyRedirect},
		{"account refused", Facts{Place: PlaceLocal, Class: Usage, HTTPStatus: 400, OAuth: "invalid_request", Cause: "Zoom knows the app, and not with this account id: copy it"}, Usage, "refuses the account id", "copy it", ActionSetup},
		{"nothing", Facts{Place: PlaceLocal, Class: Empty, Cause: "no meeting in the next 7 days"}, Empty, "nothing to show", "7 days", ActionRetry},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := About(tt.facts)
			if p.Class() != tt.class {
				t.Errorf("class is %v, want %v (%s)", p.Class(), tt.class, p.What)
			}
			if !strings.Contains(p.What, tt.what) {
				t.Errorf("What = %q, want it to say %q", p.What, tt.what)
			}
			if !strings.Contains(p.Why, tt.why) {
				t.Errorf("Why = %q, want it to say %q", p.Why, tt.why)
			}
			if len(p.Next) == 0 || p.Next[0].Action != tt.action {
				t.Errorf("first step is %+v, want action %q", p.Next, tt.action)
			}
			checkSentences(t, p)
		})
	}
}

// checkSentences holds what every problem owes the reader.
func checkSentences(t *testing.T, p Problem) {
	t.Helper()
	if p.What == "" || p.Why == "" {
		t.Errorf("a sentence is missing: %+v", p)
	}
	if n := len(p.Next); p.Class() != Cancelled && (n < 1 || n > 3) {
		t.Errorf("%d steps, want 1 to 3: %+v", n, p.Next)
	}
	texts := []string{p.What, p.Why}
	for _, s := range p.Next {
		texts = append(texts, s.Text)
	}
	for _, text := range texts {
		if strings.ContainsAny(text, "{}\n\x1b") || strings.Contains(text, "..") || text != strings.TrimSpace(text) {
			t.Errorf("not a clean sentence: %q", text)
		}
	}
	if !strings.HasSuffix(p.What, ".") || !strings.HasSuffix(p.Why, ".") {
		t.Errorf("no full stop: %q / %q", p.What, p.Why)
	}
}

// TestEveryRow makes a problem of each row, with nothing known and with all known.
func TestEveryRow(t *testing.T) {
	t.Parallel()
	rows := slices.Concat(tokenRows(), deviceRows(), apiRows(), connectionRows(), answerRows(), localRows(), browserRows(), checkRows())
	for class := Other; class <= Cancelled; class++ {
		rows = append(rows, byClass(Facts{Class: class}))
	}
	full := Facts{
		Op: "GET /x", Host: "zoom.us", Message: "words", Cause: "cause", Path: "/p", Fix: "chmod 600 /p",
		MissingScopes: []string{"a:b"}, RetryAt: time.Unix(0, 0).UTC(),
	}
	for _, r := range rows {
		checkSentences(t, r.problem(full))
		if r.when == nil {
			checkSentences(t, r.problem(Facts{}))
		}
	}
}

// TestScopeSentences: the alternative that most apps can have is the one to add.
func TestScopeSentences(t *testing.T) {
	t.Parallel()
	p := About(Facts{Place: PlaceAPI, HTTPStatus: 400, Code: 4711, MissingScopes: []string{"x:read:y:master", "x:read:y:admin", "x:read:y"}})
	if want := "Add x:read:y to the app in the Marketplace, under Scopes."; p.Next[0].Text != want {
		t.Errorf("first step %q, want %q", p.Next[0].Text, want)
	}
	if !strings.Contains(p.Why, "x:read:y:master, x:read:y:admin, x:read:y") {
		t.Errorf("Why does not name all alternatives: %q", p.Why)
	}
}

// TestUntilOtherDay: a pause that ends tomorrow says so, in the reader's zone.
func TestUntilOtherDay(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("JST", 9*60*60)
	p := About(Facts{
		Place: PlaceAPI, HTTPStatus: 429, Daily: true,
		At:      time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC),
		RetryAt: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC).In(zone),
	})
	if !strings.Contains(p.What, "Mon 23 Nov 09:00 JST") {
		t.Errorf("What = %q", p.What)
	}
}
