package explain

import (
	"slices"
	"strings"
)

// tokenRows are the answers of the token and revoke endpoints. Their numbers
// are Zoom's 4700 to 4741; the JSON carries mostly words only.
// Sources: https://developers.zoom.us/docs/integrations/oauth-error-messages/
// and RFC 6749 section 5.2.
func tokenRows() []row {
	return slices.Concat(tokenRefreshRows(), tokenCodeRows(), tokenCredentialRows(), tokenPolicyRows(), tokenServiceRows())
}

// tokenRefreshRows are about the refresh token. They stand before the rows of
// the code, as both share invalid_grant.
func tokenRefreshRows() []row {
	return []row{
		{
			cause: []string{"was cut off"}, local: true, op: "refresh", when: noCloserCode, class: SignIn,
			what: "Zoom no longer accepts this sign-in: an earlier refresh was cut off.",
			why: "{cause}. Zoom gives each refresh token once; the answer with the next one got lost when the program " +
				"or the connection ended.",
			next: signInAgainSteps(),
		},
		{
			says: []string{"token cannot be empty"}, class: Network,
			what: "Zoom could not finish the token request.",
			why:  "It answered \"{says}\", which it also does when the trouble is on its own side.",
			next: tryOnceSteps(),
		},
		{
			says:  []string{"scopes do not match", "scope does not match", "scopes of the token", "refresh token invalid"},
			codes: []int{codeNoScope}, when: func(f Facts) bool { return f.Code == codeNoScope || f.Code == 0 }, class: SignIn,
			what: "The app's scopes have changed since this sign-in, and Zoom ended it.",
			why:  "A refresh token only lives as long as the app keeps the scopes it was made with.",
			next: []Step{
				{"Sign in again to take over the app's present scopes.", ActionSignIn},
				{"If nobody changed the app, compare its scopes in the Marketplace with the ones listed here.", ActionScopes},
			},
		},
		{
			says:  []string{"invalid token", "invalid refresh token", "token revoked", "token has been revoked"},
			codes: []int{4737, 4741}, when: noCloserCode, class: SignIn,
			what: "Zoom no longer accepts this sign-in.",
			why:  endedWhy(),
			next: signInAgainSteps(),
		},
		{
			says: []string{"owner of the token", "token owner", "user does not exist"}, codes: []int{4735}, class: SignIn,
			what: "The Zoom user of this sign-in no longer exists.",
			why:  "The user was deleted or moved out of the account.",
			next: []Step{{"Sign in as a user who is in the account now.", ActionSignIn}},
		},
		{
			says: []string{"tolerance"}, codes: []int{4740}, class: SignIn,
			what: "Zoom found the refresh token out of order.",
			why:  "Tokens of the older format must be used strictly one after the other, and a newer one has been used already.",
			next: signInAgainSteps(),
		},
		{
			oauth: []string{"invalid_grant", "invalid_request"}, op: "refresh", class: SignIn,
			what: "Zoom no longer accepts this sign-in.",
			why:  endedWhy(),
			next: signInAgainSteps(),
		},
	}
}

// tokenCodeRows are about the authorization code and what was sent with it.
func tokenCodeRows() []row {
	return []row{
		{
			says: []string{"code_verifier", "code verifier", "code challenge", "pkce"}, class: SignIn,
			what: "The proof of this sign-in does not belong to the code that came back.",
			why:  "Two sign-ins got mixed up, or the program was restarted in between: each code fits only the link it came from.",
			next: []Step{
				{"Sign in again and use the link of this window only.", ActionSignIn},
				{"Close older Zoom consent tabs first.", ActionNone},
			},
		},
		{
			says: []string{"redirect uri mismatch", "redirect_uri", "redirect uri", "invalid redirect"}, codes: []int{4709}, class: Usage,
			what: "The return address of the exchange is not the one of the link.",
			why:  "Zoom wants the same string, letter by letter, in the link, in the exchange and in the app.",
			next: []Step{
				{"Copy our return address into both fields of the app: OAuth Redirect URL and OAuth Allow List.", ActionCopyRedirect},
				{"If the configuration was edited during the sign-in, sign in again.", ActionSignIn},
			},
		},
		{
			says: []string{"invalid authorization code", "authorization code"}, codes: []int{4733, 4734}, class: SignIn,
			what: "Zoom did not accept the authorization code.",
			why:  "A code works once and for five minutes, and only for the sign-in that asked for it.",
			next: []Step{
				{"Sign in again and let the browser finish without a pause.", ActionSignIn},
				{"Do not reload or reuse the page that the browser ended on.", ActionNone},
			},
		},
		{
			oauth: []string{"invalid_grant"}, class: SignIn,
			what: "Zoom did not accept what this sign-in presented.",
			why:  "The code was used already, is older than five minutes, or belongs to another link.",
			next: []Step{{"Sign in again from this window.", ActionSignIn}},
		},
		{
			oauth: []string{"access_denied"}, class: SignIn,
			what: "The sign-in was declined.",
			why:  "Someone pressed Decline on Zoom's page, or a policy of the account refused the app.",
			next: []Step{
				{"Sign in again and press Allow.", ActionSignIn},
				{"If you did press Allow, ask the account's admin to approve the app.", ActionNone},
			},
		},
	}
}

// tokenCredentialRows are about the id and secret of the app, and how they were sent.
func tokenCredentialRows() []row {
	return []row{
		{
			says:  []string{"invalid client", "invalid client_id", "client_id or client_secret"},
			codes: []int{4702, 4704}, oauth: []string{"invalid_client", "unauthorized_client"}, when: isServerToServer, class: Usage,
			what: "Zoom does not know this Server-to-Server app.",
			why:  "The account id, client id and client secret do not belong together, or the app is not activated yet; a new one can take up to an hour.",
			next: []Step{
				{"Open the app in the Marketplace and press Activate your app.", ActionNone},
				{"Enter account id, client id and client secret again.", ActionSetup},
				{"Just created or activated? Wait a while and try again.", ActionWait},
			},
		},
		{
			says:  []string{"invalid client_id or client_secret", "invalid client"},
			codes: []int{4702, 4704}, oauth: []string{"invalid_client", "unauthorized_client"}, class: Usage,
			what: "Zoom does not know this app: the client id and the client secret do not fit.",
			why: "Development and production have different pairs, a public client id has no secret at all, " +
				"and a regenerated secret makes the old one useless.",
			next: []Step{
				{"Enter id and secret again from the same tab of App Credentials, without blanks.", ActionSetup},
				{"Using a public client id? Then the app kind must be public and there must be no secret.", ActionSetup},
			},
		},
		{
			says:  []string{"grant type is missing", "missing grant", "client_id is missing", "client id is missing", "missing client"},
			codes: []int{4706}, class: Usage,
			what: "The request reached Zoom without the app's id or without its grant type.",
			why:  "A proxy may have stripped the request, or the configuration is empty.",
			next: []Step{
				{"Check the way to Zoom, above all HTTPS_PROXY.", ActionDoctor},
				{"Enter the app's credentials again.", ActionSetup},
			},
		},
		{
			says:  []string{"unsupported grant type", "unsupported_grant_type", "grant type is not supported"},
			codes: []int{4705}, oauth: []string{"unsupported_grant_type"}, class: Usage,
			what: "This app does not have that way to sign in.",
			why:  "The kind of app does not fit the grant, or the request was not sent as a form.",
			next: []Step{
				{"Choose the kind of app that the Marketplace shows.", ActionSetup},
				{"For scripts: send a form body (curl -d), neither JSON nor a query string.", ActionNone},
				{"Exchanging a code? It is good for five minutes: sign in again for a new one.", ActionSignIn},
			},
		},
		tokenQueryRow(),
	}
}

// tokenQueryRow is for a call of the token endpoint whose parameters stand in the
// address.
func tokenQueryRow() row {
	return row{
		says: []string{"query string", "query parameter"}, class: Usage,
		what: "Zoom refused parameters in the address.",
		why:  "The token endpoint wants them in a form body.",
		next: []Step{{"In scripts put the parameters into the body (curl -d), not behind a question mark.", ActionNone}},
	}
}

// tokenPolicyRows are about what the app may do, and who has switched it off.
func tokenPolicyRows() []row {
	return []row{
		{
			says: []string{"disabled by admin", "disabled by the admin", "admin has disabled", "pre-approv"}, codes: []int{4738}, class: SignIn,
			what: "An admin of the Zoom account has switched this app off.",
			why:  "The account only allows apps that an admin has approved.",
			next: []Step{
				{"Ask the admin to approve the app under App Marketplace, Manage, and send them Zoom's words.", ActionNone},
				{"After the approval sign in again.", ActionSignIn},
			},
		},
		{
			says: []string{"app is disabled", "app has been disabled", "application is disabled"}, codes: []int{4717}, class: SignIn,
			what: "This app is disabled at Zoom.",
			why:  "Its owner, an admin or Zoom itself has switched it off.",
			next: []Step{
				{"Open the app in the Marketplace and look at its state, or ask its owner.", ActionNone},
				{"If it looks fine there, send Zoom support the tracking id of the answer.", ActionNone},
			},
		},
		{
			says: []string{"invalid scope"}, oauth: []string{"invalid_scope"}, class: Usage,
			what: "The link asked for scopes that the app cannot give.",
			why:  "Zoom takes the scopes from the app; naming others is an error.",
			next: []Step{
				{"Sign in without naming scopes.", ActionSignIn},
				{"Add what is missing to the app in the Marketplace instead.", ActionScopes},
			},
		},
		{
			codes: []int{4724}, class: Usage,
			what: "Zoom could not read the credentials in the request's header.",
			why:  "The header held a damaged token or none.",
			next: []Step{{"Check the way to Zoom and the stored settings.", ActionDoctor}},
		},
	}
}

// tokenServiceRows are trouble on Zoom's side of the token endpoint.
func tokenServiceRows() []row {
	return []row{
		{
			says: []string{"exception"}, class: Network, when: func(f Facts) bool { return f.Code == 4700 || f.Code == 4732 },
			what: "Zoom's sign-in service failed without a clear reason.",
			why:  "Its answer stands for trouble on its side or for no detail at all.",
			next: tryOnceSteps(),
		},
		{
			codes: []int{4700, 4732}, oauth: []string{"server_error", "temporarily_unavailable"}, class: Network,
			what: "Zoom's sign-in service failed without a clear reason.",
			why:  "Its answer stands for trouble on its side or for no detail at all.",
			next: tryOnceSteps(),
		},
		{
			oauth: []string{"invalid_request"}, op: "fetch account token", class: Usage,
			what: "Zoom refused the account id of this Server-to-Server app.",
			why:  "That is the usual cause of its answer: the id is missing, mistyped, or of another account than the app's.",
			next: []Step{{"Copy the Account ID from the app's App Credentials and enter it again.", ActionSetup}},
		},
		{
			oauth: []string{"invalid_request"}, class: SignIn,
			what: "Zoom did not understand the sign-in request.",
			why:  "A code or token in it is used up or damaged, or something on the way changed the request.",
			next: []Step{
				{"Sign in again.", ActionSignIn},
				{"If it happens again, check the way to Zoom.", ActionDoctor},
			},
		},
		{
			status: []int{400, 401, 403}, class: SignIn,
			what: "Zoom refused the sign-in request.",
			why:  "Zoom says: {says}.",
			next: []Step{
				{"Sign in again.", ActionSignIn},
				{"If it happens again, check the way to Zoom and the app's credentials.", ActionDoctor},
			},
		},
	}
}

// noCloserCode: these words are also said with numbers that know better why.
func noCloserCode(f Facts) bool {
	return !slices.Contains([]int{4711, 4735, 4738, 4740}, f.Code)
}

// isServerToServer tells the account credentials grant by the operation's name.
func isServerToServer(f Facts) bool {
	return containsAny(strings.ToLower(f.Op), []string{"account token", "account_credentials", "s2s", "server-to-server"})
}

// endedWhy is what ends a sign-in, the likeliest first. Zoom does not say which.
// Source: https://developers.zoom.us/docs/integrations/oauth/
func endedWhy() string {
	return "Most often somebody signed in again with the same app, on another machine or in another program: the newest sign-in wins. " +
		"Otherwise the app was removed from the account, its scopes or its secret were changed, or nothing was refreshed for 90 days."
}

func signInAgainSteps() []Step {
	return []Step{
		{"Sign in again; your settings stay.", ActionSignIn},
		{"Use one Zoom app a machine, or let one place hand out the tokens.", ActionNone},
	}
}

// tryOnceSteps are for trouble that a second try shows to be over or not.
func tryOnceSteps() []Step {
	return []Step{
		{"Try again in 5 seconds, once.", ActionRetry},
		{"Keep the tracking id of the answer for Zoom support, and look at status.zoom.us.", ActionNone},
	}
}

func tryLaterSteps() []Step {
	return []Step{
		{"Try again in a few seconds.", ActionRetry},
		{"Look at status.zoom.us; Zoom support needs the tracking id of the answer.", ActionNone},
	}
}
