package explain

import (
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"
)

// errorRow is one of Zoom's errors as a person meets it: pasted, or as the facts of
// a call that this program made.
type errorRow struct {
	name  string
	text  string // as pasted; empty: err or facts
	facts Facts
	err   error
	what  string // a piece of what happened
	why   string // a piece of the cause
	next  string // a piece of one of the steps
	class Class
	act   Action // of one of the steps
}

func TestEveryRowBrowser(t *testing.T) {
	t.Parallel()
	testErrorRows(t, []errorRow{
		{name: "4700", text: `{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}`, what: "refused the return address", why: ourRedirect, next: "both fields", class: Usage, act: ActionCopyRedirect},
		{name: "4700 on the page", text: "Invalid redirect: http://localhost:8976/callback (4,700)", what: "refused the return address", why: "localhost", next: "127.0.0.1 in place of localhost", class: Usage, act: ActionSetup},
		{name: "4700, short code as another way", text: "4700", what: "refused the return address", why: "We sent http", next: "short code", class: Usage, act: ActionDevice},
		{name: "4702", text: "Invalid client_id: Xq3…x7Qa (4,702)", what: "does not know this client id", why: "development, production and public ids", next: "App Credentials", class: Usage, act: ActionSetup},
		{name: "invalid scope", text: "Invalid scope", what: "scopes that the app cannot give", why: "Zoom takes the scopes from the app", next: "without naming scopes", class: Usage, act: ActionSignIn},
		{name: "4700 with scopes", text: "https://zoom.us/oauth/authorize?response_type=code&client_id=x&redirect_uri=https%3A%2F%2Fx.example&scope=user:read%20meeting:read error 4,700", what: "asks for scopes", why: "Zoom takes the scopes from the app", next: "without naming scopes", class: Usage, act: ActionScopes},
		{name: "admin", text: "An account admin is required to install this type of app.", what: "wants an admin", why: "no admin there", next: "user-managed app", class: Scope, act: ActionSetup},
		{name: "admin, of the account's policy", text: "This app must be approved by your admin", what: "wants an admin", why: "The app has scopes for the whole account", next: "ask for approval", class: Scope},
		{name: "other account", text: "You cannot authorize the app: it has not been published", what: "may not use this app", why: "users of the account that owns it", next: "user of the owner's account", class: Usage, act: ActionSignIn},
		{name: "other account, beta", text: "The app is not in this account", what: "may not use this app", why: "An app in development works only for users", next: "beta link", class: Usage, act: ActionSetup},
		{name: "dead end", text: "Safari can’t connect to the server 127.0.0.1", what: "Zoom has already said yes", why: "address bar", next: "paste it where the sign-in waits", class: Other, act: ActionPaste},
	})
}

func TestEveryRowCallback(t *testing.T) {
	t.Parallel()
	local := func(cause string) Facts { return Facts{Place: PlaceLocal, Class: SignIn, Cause: cause} }
	testErrorRows(t, []errorRow{
		{name: "no state", facts: local("the address came without a state"), what: "belongs to another sign-in", why: "Local test", next: "link that is shown here", class: SignIn, act: ActionSignIn},
		{name: "other state", facts: local("its state is not ours: state mismatch"), what: "belongs to another sign-in", why: "old tab", next: "each new sign-in ends the older links", class: SignIn, act: ActionSignIn},
		{name: "declined", text: "http://127.0.0.1:8976/callback?error=access_denied&state=x", what: "declined", why: "pressed Decline", next: "press Allow", class: SignIn, act: ActionSignIn},
	})
}

func TestEveryRowToken(t *testing.T) {
	t.Parallel()
	const (
		code    = "did not accept the authorization code"
		app     = "client id and the client secret do not fit"
		ended   = "no longer accepts this sign-in"
		service = "sign-in service failed"
	)
	testErrorRows(t, []errorRow{
		{name: "code", text: `{"reason":"Invalid authorization code","error":"invalid_grant"}`, what: code, why: "works once and for five minutes", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "code, quoted", text: `{"reason":"Invalid authorization code aB3dE6gH9jK2mN5pQ8sTuV1w","error":"invalid_grant"}`, what: code, why: "A code works once and for five minutes", next: "Sign in again and let the browser finish", class: SignIn, act: ActionSignIn},
		{name: "code, as in 2020", text: `{"reason":"Invalid authorization code","error":"invalid_request"}`, what: code, why: "A code works once and for five minutes", next: "Sign in again and let the browser finish", class: SignIn, act: ActionSignIn},
		{name: "4733", text: "4733", what: code, why: "five minutes", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "4734", text: `{"errorCode":4734,"errorMessage":"Invalid authorization code"}`, what: code, why: "A code works once and for five minutes", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "invalid_grant alone", text: `{"error":"invalid_grant"}`, what: "did not accept what this sign-in presented", why: "The code was used already", next: "Sign in again from this window", class: SignIn, act: ActionSignIn},
		{name: "PKCE", text: `{"reason":"code_verifier does not match","error":"invalid_grant"}`, what: "proof of this sign-in", why: "Two sign-ins got mixed up", next: "this window only", class: SignIn, act: ActionSignIn},
		{name: "4709", text: `{"reason":"Redirect URI mismatch","error":"invalid_grant"}`, what: "not the one of the link", why: "This profile sends " + ourRedirect, next: "both fields", class: Usage, act: ActionCopyRedirect},
		{name: "4709, the number", text: "4709", what: "refused the return address", why: ourRedirect, next: "Copy ours into both fields (Marketplace", class: Usage, act: ActionCopyRedirect},
		{name: "client", text: `{"reason":"Invalid client_id or client_secret","error":"invalid_client"}`, what: app, why: "Development and production", next: "without blanks", class: Usage, act: ActionSetup},
		{name: "client, regenerated", text: `HTTP/2 400 {"reason":"Invalid client_id or client_secret","error":"invalid_client","errorCode":4704}`, what: app, why: "regenerated secret", next: "Enter id and secret again from the same", class: Usage, act: ActionSetup},
		{name: "4704", text: "4704", what: app, why: "regenerated secret", next: "id and secret again", class: Usage, act: ActionSetup},
		{name: "4706", text: "4706", what: "without the app's id or without its grant type", why: "proxy", next: "HTTPS_PROXY", class: Usage, act: ActionDoctor},
		{name: "4705", text: "4705", what: "does not have that way to sign in", why: "The kind of app does not fit the", next: "kind of app", class: Usage, act: ActionSetup},
		{name: "grant", text: `{"reason":"unsupported grant type","error":"unsupported_grant_type"}`, what: "does not have that way to sign in", why: "not sent as a form", next: "good for five minutes", class: Usage, act: ActionSetup},
		{name: "query string", text: `curl -X POST 'https://zoom.us/oauth/token?grant_type=authorization_code&code=x' → {"reason":"unsupported grant type","error":"unsupported_grant_type"}`, what: "parameters in the address", why: "The token endpoint wants them in a form", next: "curl -d", class: Usage},
		{name: "refresh token", text: `{"reason":"Invalid Token!","error":"invalid_grant"}`, what: ended, why: "the newest sign-in wins", next: "Sign in again; your settings stay", class: SignIn, act: ActionSignIn},
		{name: "refresh token of a public app", text: `{"reason":"Invalid refresh token","error":"invalid_grant"}`, what: ended, why: "Most often somebody signed in again with the", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "refresh token, older answer", text: `{"reason":"Invalid Token!","error":"invalid_request"}`, what: ended, why: "90 days", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "refresh by curl", text: `curl https://zoom.us/oauth/token -d grant_type=refresh_token -d refresh_token=… {"error":"invalid_grant"}`, what: ended, why: "Most often somebody signed in again with the", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "4737", text: "4737", what: ended, why: "Most often somebody signed in again with the", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "4741", text: "4741", what: ended, why: "newest sign-in wins", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "4735", text: "4735", what: "no longer exists", why: "deleted or moved", next: "user who is in the account now", class: SignIn, act: ActionSignIn},
		{name: "4738", text: "4738", what: "An admin of the Zoom account has switched this app off", why: "The account only allows apps that an admin", next: "send them Zoom's words", class: SignIn},
		{name: "4717", text: "4717", what: "This app is disabled", why: "Its owner", next: "Zoom support", class: SignIn},
		{name: "4740", text: "4740", what: "out of order", why: "Tokens of the older format must be used", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "4711 of a refresh", text: `{"code":4711,"message":"Refresh token invalid"}`, what: "scopes have changed since this sign-in", why: "A refresh token only lives as long as", next: "take over the app's present scopes", class: SignIn, act: ActionSignIn},
		{name: "4711 of a refresh, its words alone", text: `{"reason":"Refresh token invalid","error":"invalid_grant"}`, what: "scopes have changed since this sign-in", why: "keeps the scopes", next: "take over the app's present scopes", class: SignIn, act: ActionSignIn},
		{name: "4711 of a refresh, in words", text: "Refresh token invalid (4711)", what: "scopes have changed since this sign-in", why: "A refresh token only lives as long as", next: "Sign in again to take over the app's", class: SignIn, act: ActionScopes},
		{name: "4711 of a refresh, by the call", text: `POST https://zoom.us/oauth/token 400 {"errorCode":4711,"errorMessage":""}`, what: "scopes have changed since this sign-in", why: "A refresh token only lives as long as", next: "Sign in again to take over the app's", class: SignIn, act: ActionSignIn},
		{name: "4700, empty", text: `POST /oauth/token: {"errorCode":4700,"errorMessage":""}`, what: service, why: "no detail at all", next: "tracking id", class: Network, act: ActionRetry},
		{name: "4700, empty, without the call", text: `{"errorCode":4700,"errorMessage":""}`, what: service, why: "trouble on its side", next: "in 5 seconds, once", class: Network, act: ActionRetry},
		{name: "4700, exception", text: `{"status":false,"errorCode":4700,"errorMessage":"exception","result":null}`, what: service, why: "no detail at all", next: "status.zoom.us", class: Network, act: ActionRetry},
		{name: "4700, token", text: `{"code":4700,"message":"Token cannot be empty"}`, what: "could not finish the token request", why: "its own side", next: "in 5 seconds, once", class: Network, act: ActionRetry},
		{name: "4732", text: "4732", what: service, why: "Its answer stands for trouble on its side", next: "status.zoom.us", class: Network, act: ActionRetry},
		{name: "4724", text: "4724", what: "could not read the credentials", why: "header", next: "Check the way to Zoom and the stored", class: Usage, act: ActionDoctor},
		{name: "s2s not activated", text: `curl -X POST https://zoom.us/oauth/token -d grant_type=account_credentials -d account_id=x {"reason":"Invalid client_id or client_secret","error":"invalid_client"}`, what: "does not know this Server-to-Server app", why: "up to an hour", next: "Activate your app", class: Usage, act: ActionWait},
	})
}

func TestEveryRowDevice(t *testing.T) {
	t.Parallel()
	testErrorRows(t, []errorRow{
		{name: "refused", text: `POST https://zoom.us/oauth/devicecode 400 {"reason":"Invalid request","error":"invalid_request"}`, what: "may not sign in with a short code", why: "Zoom hands out short codes only to apps", next: "Use App on Device", class: Usage, act: ActionSignIn},
		{name: "pending", text: `{"error":"authorization_pending"}`, what: "still waiting", why: "Nobody has entered it yet", next: "Enter the code on Zoom's page and press", class: SignIn, act: ActionWait},
		{name: "slow down", text: `{"error":"slow_down"}`, what: "still waiting", why: "Nobody has entered it yet", next: "Enter the code on Zoom's page and press", class: SignIn, act: ActionWait},
		{name: "expired", text: `{"error":"expired_token"}`, what: "short code has run out", why: "15 minutes", next: "new code", class: SignIn, act: ActionDevice},
		{name: "declined", text: `POST https://zoom.us/oauth/token grant_type=urn:ietf:params:oauth:grant-type:device_code {"error":"access_denied"}`, what: "declined on the other device", why: "Someone pressed Decline on Zoom's page", next: "new code", class: SignIn, act: ActionDevice},
	})
}

func TestEveryRowAPI(t *testing.T) {
	t.Parallel()
	const none, role = "none of the scopes it needs", "does not let this user do it"
	testErrorRows(t, []errorRow{
		{name: "124 expired", text: `{"code":124,"message":"Access token is expired."}`, what: "has run out", why: "one hour", next: "a new token is fetched first", class: SignIn, act: ActionRetry},
		{name: "201 expired", text: `{"code":201,"message":"Access token is expired."}`, what: "has run out", why: "An access token lives for one hour", next: "Try again", class: SignIn, act: ActionRetry},
		{name: "201, the number", text: "201", what: "does not accept this access token", why: "It has run out", next: "a new token is fetched first", class: SignIn, act: ActionRetry},
		{name: "124 invalid", text: `{"code":124,"message":"Invalid access token."}`, what: "does not accept this access token", why: "replaced or revoked", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "124 none", text: `{"code":124,"message":"Requires an access token."}`, what: "does not accept this access token", why: "It was replaced or revoked", next: "Sign in again", class: SignIn, act: ActionSignIn},
		{name: "124 in the address", text: `{"code":124,"message":"Invalid access token, does not support as query parameter string."}`, what: "was put into the address", why: "Addresses end up in logs", next: "Treat that token as leaked", class: Usage, act: ActionSignIn},
		{name: "4711", text: `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin]."}`, what: none, why: "Any one of these is enough: user:read:user, user:read:user:admin", next: "Add user:read:user to the app", class: Scope, act: ActionScopes},
		{name: "104", text: `{"code":104,"message":"Invalid access token, does not contain scopes:[phone:read:list_users:admin]."}`, what: none, why: "phone:read:list_users:admin", next: "a refresh does not add scopes", class: Scope, act: ActionSignIn},
		{name: "4700 with scopes", text: `{"code":4700,"message":"Invalid access token, does not contain required scopes: [meeting:read]"}`, what: none, why: "meeting:read", next: "Add meeting:read to the app", class: Scope, act: ActionScopes},
		{name: "4700 without", text: `{"code":4700,"message":"Invalid Access Token: The access token is invalid, expired, or missing required scopes."}`, what: "lacks a scope, or is no longer valid", why: "Zoom's words leave open which of the two", next: "Sign in again", class: Scope, act: ActionScopes},
		{name: "4700, API, empty", text: `{"code":4700,"message":""}`, what: "without a clear reason", why: "gave no reason", next: "in 5 seconds, once", class: Network, act: ActionRetry},
		{name: "4711, cut off", text: `{"code":4711,"message":"Invalid access token."}`, what: none, why: "did not say which", next: "which scopes this call accepts", class: Scope, act: ActionScopes},
		{name: "4711, mistyped", text: `{"code":4711,"message":"Invalid access token, does not contian scopes:[user:read:user]."}`, what: none, why: "user:read:user", next: "Add user:read:user", class: Scope, act: ActionScopes},
		{name: "4711, the number", text: "4711", what: none, why: "did not say which", next: "a refresh does not add scopes", class: Scope, act: ActionScopes},
		{name: "1001", text: `{"code":1001,"message":"User does not exist: jill@example.com."}`, what: "no such user", why: "The id is wrong or from another account", next: `"me"`, class: Usage},
		{name: "1001, s2s", text: "1001", what: "no such user", why: "The id is wrong or from another account", next: "real user id or e-mail address", class: Usage},
		{name: "3001 of upcoming meetings", text: `{"code":3001,"message":"User does not exist: x."}`, what: "no such user", why: "The id is wrong or from another account", next: "Use \"me\" as the user id", class: Usage},
		{name: "1010", text: `{"code":1010,"message":"User does not belong to this account: x."}`, what: "another Zoom account", why: "A token reaches the users of its own", next: "profile of that account", class: Usage, act: ActionSignIn},
		{name: "1120", text: `{"code":1120,"message":"This user has not accepted the invitation."}`, what: "not accepted the invitation", why: "Until then Zoom shows nothing of the user", next: "send it again", class: Other},
		{name: "200 role", text: `{"code":200,"message":"No permission."}`, what: role, why: "Zoom says: No permission. The scope is fine", next: "admin of the account", class: Scope, act: ActionSignIn},
		{name: "200 paid", text: `{"code":200,"message":"Only available for paid account: q6gBJVO5TzexKYTb_I2rpg."}`, what: "plan of this account", why: "The scope is fine", next: "licence", class: Scope},
		{name: "200 webinars", text: `{"code":200,"message":"Webinar plan is missing. Enable webinar for this user once a webinar plan has been purchased."}`, what: "plan of this account", why: "purchased. The scope is fine", next: "Ask the account's owner about the plan or", class: Scope},
		{name: "200 app-only", text: `{"code":200,"message":"Invalid api key or secret."}`, what: "the app alone", why: "It was fetched with client_credentials", next: "account credentials", class: Usage, act: ActionSetup},
		{name: "200 of a time limit", text: `{"code":200,"message":"Call time out"}`, what: "did not finish this call in time", why: "no scope, role or plan is missing", next: "status.zoom.us", class: Network, act: ActionRetry},
		{name: "200, the number", text: "200", what: "for want of a role or a plan", why: "many refusals", next: "words beside the number", class: Scope},
		{name: "300, the number", text: "300", what: "page token has run out", why: "many refusals", next: "name the field", class: Usage},
		{name: "403", text: "HTTP 403 Forbidden", what: role, why: "The scope is fine", next: "Ask an admin of the account for the", class: Scope},
		{name: "2305", text: "2305", what: role, why: "gave no reason. The scope is fine", next: "Ask an admin of the account for the", class: Scope},
		{name: "2306", text: `{"code":2306,"message":"Restricted."}`, what: role, why: "Restricted", next: "Ask an admin of the account for the", class: Scope},
		{name: "3001", text: `{"code":3001,"message":"Meeting does not exist: 1234567890."}`, what: "does not exist any more", why: "30 days", next: "URL-encoded twice", class: Other, act: ActionRetry},
		{name: "3161", text: `{"code":3161,"message":"Your user account is not allowed meeting hosting and scheduling capabilities."}`, what: "may not host meetings", why: "The licence or the role does not allow", next: "plan and role", class: Scope},
		{name: "300 page token", text: `{"code":300,"message":"The next page token is invalid or expired."}`, what: "took too long to read", why: "15 minutes", next: "from the start", class: Other, act: ActionRetry},
		{name: "300 validation", text: `{"code":300,"message":"Validation Failed.","errors":[{"field":"start_time","message":"Invalid field."}]}`, what: "did not accept a value", why: "start_time: Invalid field", next: "named field", class: Usage, act: ActionRetry},
		{name: "2300", text: `HTTP/1.1 404 {"code":2300,"message":"This API endpoint is not recognized."}`, what: "Zoom does not know this call", why: "typing mistake", next: "nearest known path", class: Usage, act: ActionScopes},
		{name: "3000", text: `{"code":3000,"message":"Cannot access webinar info."}`, what: "webinar", why: "Webinars have endpoints of their own", next: "webinar endpoint", class: Usage, act: ActionScopes},
		{name: "3018", text: "3018", what: "personal meeting cannot be deleted", why: "The personal meeting id belongs to the user", next: "Delete scheduled meetings only", class: Usage},
		{name: "3301", text: `{"code":3301,"message":"There is no recording for this meeting."}`, what: "no recording", why: "None was made", next: "later", class: Empty, act: ActionRetry},
		{name: "3322", text: "3322", what: "no recording or transcript", why: "None was made", next: "Try again later if the meeting has just", class: Empty, act: ActionRetry},
		{name: "12702", text: `{"code":12702,"message":"Can not access a meeting a year ago."}`, what: "older than one year", why: "Reports of past meetings reach back one year", next: "later date", class: Usage},
		{name: "429 second", text: `{"code":429,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}`, what: "Too many calls", why: "per second", next: "a second or two", class: RateLimit, act: ActionWait},
		{name: "4001", text: `{"code":4001,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}`, what: "Too many calls", why: "The limit is per second and shared by", next: "Wait a second or two and try again", class: RateLimit, act: ActionWait},
		{name: "429 day", text: `{"code":429,"message":"You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."}`, what: "no more calls of this kind today", why: "00:00 UTC", next: "next day", class: RateLimit, act: ActionWait},
		{name: "429 day, with its headers", text: "HTTP/2 429\r\ndate: Sun, 22 Nov 2026 10:00:00 GMT\r\nretry-after: 2026-11-23T00:00:00Z\r\n\r\n{\"code\":429,\"message\":\"You have reached the maximum daily rate limit for this API.\"}", what: "until Mon 23 Nov 00:00 UTC", why: "whole Zoom account", next: "Wait until Mon 23 Nov 00:00 UTC", class: RateLimit, act: ActionWait},
		{name: "429 at once", text: `{"code":429,"message":"Too many concurrent requests. A request to disassociate this user has already been made."}`, what: "still busy", why: "It handles such requests one after the other", next: "Wait a few seconds and try again", class: RateLimit, act: ActionWait},
		{name: "5xx", text: "HTTP/2 503", what: "trouble of its own", why: "It answered this call with a server error", next: "status.zoom.us", class: Network, act: ActionRetry},
		{name: "5xx as a page", text: "<html>\r\n<head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>", what: "a web page instead of data", why: "a proxy", next: "Check proxy", class: Network, act: ActionRetry},
		{name: "a login page", text: "<!doctype html><html><body><h1>HotelNet</h1><form>Please log in</form></body></html>", what: "a web page instead of data", why: "guest network's login page", next: "Check proxy", class: Network, act: ActionDoctor},
		{name: "a page in place of data", facts: Facts{Place: PlaceAPI, Host: "api.zoom.us", HTTPStatus: 200, Cause: "the answer is a web page"}, what: "a web page instead of data", why: "proxy", next: "Check proxy", class: Network, act: ActionDoctor},
	})
}

func TestEveryRowLocal(t *testing.T) {
	t.Parallel()
	testErrorRows(t, []errorRow{
		{name: "DNS", text: `Get "https://zoom.us/oauth/token": dial tcp: lookup zoom.us on 127.0.0.53:53: no such host`, what: "could not be looked up", why: "This machine is offline", next: "name server", class: Network, act: ActionDoctor},
		{name: "DNS of curl", text: "curl: (6) Could not resolve host: api.zoom.us", what: "The name api.zoom.us could not be looked up", why: "offline", next: "name server", class: Network, act: ActionDoctor},
		{name: "DNS of Node", text: "Error: getaddrinfo ENOTFOUND api.zoom.us", what: "The name api.zoom.us could not be looked up", why: "offline", next: "name server", class: Network, act: ActionDoctor},
		{name: "refused, curl", text: "curl: (7) Failed to connect to api.zoom.us port 443 after 3 ms: Couldn't connect to server", what: "Nothing answers at api.zoom.us", why: "firewall", next: "base addresses", class: Network, act: ActionDoctor},
		{name: "port busy, Node", text: "Error: listen EADDRINUSE", what: "port for the callback is taken", why: "listens there", next: "next free port", class: Usage, act: ActionSetup},
		{name: "DNS of ours", err: &url.Error{Op: "Get", URL: "https://api.zoom.us/v2/users/me", Err: errors.New("lookup api.zoom.us: no such host")}, what: "api.zoom.us could not be looked up", why: "This machine is offline", next: "Check the network connection and the name server", class: Network, act: ActionDoctor},
		{name: "TLS", text: "curl: (60) SSL certificate problem: unable to get local issuer certificate", what: "not trusted", why: "Something between here and Zoom shows another certificate", next: "SSL_CERT_FILE", class: Network, act: ActionDoctor},
		{name: "TLS of Python", text: "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", what: "not trusted", why: "hotel's login page", next: "guest network", class: Network},
		{name: "proxy", text: "HTTP/1.1 407 Proxy Authentication Required", what: "proxy", why: "Proxy Authentication Required", next: "HTTPS_PROXY", class: Network, act: ActionDoctor},
		{name: "clock", facts: Facts{Place: PlaceLocal, Cause: "the clock is 3m0s behind Zoom's"}, what: "clock differs", why: "Zoom's time is used", next: "timedatectl set-ntp true", class: Other, act: ActionDoctor},
		{name: "port", facts: Facts{Place: PlaceLocal, Class: Usage, Cause: "listen tcp 127.0.0.1:8976: bind: address already in use"}, what: "port for the callback is taken", why: "Another program", next: "next free port", class: Usage, act: ActionSignIn},
		{name: "store on a read-only mount", err: &fs.PathError{Op: "open", Path: "/t/default.json", Err: syscall.EROFS}, what: "token store is on a read-only file system", why: "Zoom was not asked and nothing was refreshed", next: "XDG_CONFIG_HOME", class: Store, act: ActionSetup},
		{name: "store on a read-only mount, as pasted", text: "open /c/tokens/work.json: read-only file system", what: "token store is on a read-only file system", why: "/c/tokens/work.json is mounted read-only", next: "mount the file system writable", class: Store},
		{name: "store on a full disk, as pasted", text: "OSError: [Errno 28] No space left on device", what: "no room left for the token store", why: "Zoom was not asked", next: "Free some space", class: Store, act: ActionRetry},
		{name: "store not writable", facts: Facts{Place: PlaceLocal, Class: Store, Path: "/t", Cause: "permission denied", Fix: "chmod 700 /t"}, what: "/t cannot be opened for writing", why: "could not be kept, so Zoom was not asked", next: "chmod 700 /t", class: Store},
	})
}

// testErrorRows checks each row and, beyond its words, what every problem owes.
func testErrorRows(t *testing.T, rows []errorRow) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p, known := Pasted(row.text, ourRedirect, "", time.UTC)
			switch {
			case row.err != nil:
				p, known = Of(row.err), true
			case row.text == "":
				p, known = About(row.facts), true
			}
			if !known {
				t.Fatalf("it is not known: %s %s", p.What, p.Why)
			}
			if !strings.Contains(p.What, row.what) || !strings.Contains(p.Why, row.why) {
				t.Errorf("says %q / %q, want %q / %q", p.What, p.Why, row.what, row.why)
			}
			if p.Class() != row.class {
				t.Errorf("class %v, want %v", p.Class(), row.class)
			}
			if row.what == "" || row.why == "" || row.next == "" {
				t.Errorf("the row has to ask for all three: it says %q / %q / %v", p.What, p.Why, p.Next)
			}
			text, act := false, row.act == ActionNone
			for _, step := range p.Next {
				text = text || strings.Contains(step.Text, row.next)
				act = act || step.Action == row.act
			}
			if !text || !act {
				t.Errorf("no step says %q or does %q: %+v", row.next, row.act, p.Next)
			}
			checkSentences(t, p)
		})
	}
}

// TestPastedKeepsScopes: whoever judges the answer later finds the names.
func TestPastedKeepsScopes(t *testing.T) {
	t.Parallel()
	const a, b = "contact_center:write:queue disposition:admin", "division:wirte:admin"
	for _, text := range []string{
		`{"code":4711,"message":"Invalid access token, does not contain scopes:[` + a + `, ` + b + `]."}`,
		`{"code":104,"message":"does not contain required scopes: [` + a + `,` + b + `]"}`,
		"400 Invalid access token, does not contain scopes:[" + a + ", " + b + "].",
		`2026-11-22T13:47:20 ERROR zoom "{\"code\":4711,\"message\":\"Invalid access token, does not contain scopes:[` + a + `, ` + b + `].\"}"`,
		`{"error":{"what":"x","zoom_code":4711,"zoom_message":"does not contain scopes:[` + a + `, ` + b + `].","missing_scopes":["` + a + `","` + b + `"]}}`,
		"does not contain scope [" + a + ",\n" + b + "]",
	} {
		p, ok := Pasted(text, ourRedirect, "", time.UTC)
		if !ok || p.Class() != Scope || strings.Join(p.Facts.MissingScopes, "|") != a+"|"+b {
			t.Errorf("%s: %v %v %q", text, ok, p.Class(), p.Facts.MissingScopes)
		}
	}
}

// TestPastedCall: the call that somebody has pasted with the answer is named.
func TestPastedCall(t *testing.T) {
	t.Parallel()
	const call = "GET /users/me/meetings"
	p, _ := Pasted(`{"code":4711,"message":"does not contain scopes:[a:b]"}`, ourRedirect, call, time.UTC)
	if !strings.Contains(p.What, call) {
		t.Errorf("%q does not name the call", p.What)
	}
	p, _ = Pasted(`curl https://zoom.us/oauth/token {"reason":"Invalid Token!","error":"invalid_grant"}`, ourRedirect, call, time.UTC)
	if strings.Contains(p.What+p.Why, call) {
		t.Errorf("an answer of the token endpoint is laid to %s: %q", call, p.What)
	}
	p, _ = Pasted("curl -H 'Authorization: Bearer hush' https://api.zoom.us/v2/users/me/meetings\nHTTP/2 403", ourRedirect, call, time.UTC)
	if !strings.Contains(p.What, call) || strings.Contains(p.What+p.Why+p.Raw(nil)+p.JSON().ZoomMessage, "hush") {
		t.Errorf("the call is not named, or its token is: %q %q %q", p.What, p.Why, p.Raw(nil))
	}
}

func BenchmarkPasted(b *testing.B) {
	for b.Loop() {
		Pasted(`{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin]."}`, ourRedirect, "", time.UTC)
	}
}
