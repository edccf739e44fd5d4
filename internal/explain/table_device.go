package explain

// deviceRows are the answers of the device authorization grant.
// Sources: RFC 8628 section 3.5, https://developers.zoom.us/blog/device-authorization/
func deviceRows() []row {
	return []row{
		{
			oauth: []string{"authorization_pending", "slow_down"}, class: SignIn,
			what: "Zoom is still waiting for the short code.",
			why:  "Nobody has entered it yet.",
			next: []Step{{"Enter the code on Zoom's page and press Allow.", ActionWait}},
		},
		{
			says: []string{"expired"}, oauth: []string{"expired_token"}, class: SignIn,
			what: "The short code has run out.",
			why:  "It is good for about 15 minutes.",
			next: []Step{{"Ask for a new code.", ActionDevice}},
		},
		{
			oauth: []string{"invalid_grant"}, op: "wait for the short code", class: SignIn,
			what: "The short code has run out or was used already.",
			why:  "Zoom no longer knows it: a code works once, for about 15 minutes.",
			next: []Step{{"Ask for a new code.", ActionDevice}},
		},
		{
			says: []string{"denied", "declined"}, oauth: []string{"access_denied"}, class: SignIn,
			what: "The sign-in was declined on the other device.",
			why:  "Someone pressed Decline on Zoom's page.",
			next: []Step{{"Ask for a new code and press Allow.", ActionDevice}},
		},
		{
			says:  []string{"client_id or client_secret"},
			codes: []int{4702, 4704}, oauth: []string{"invalid_client"}, class: Usage,
			what: "Zoom gives no short code to this app: it does not accept the client id and secret.",
			why:  "The short code needs a confidential app with its secret, and the two must come from the same tab.",
			next: []Step{
				{"Use the link instead; it opens on any device.", ActionSignIn},
				{"Enter id and secret again.", ActionSetup},
			},
		},
		{
			oauth: []string{"invalid_grant", "unsupported_grant_type", "unauthorized_client", "invalid_request", "invalid_scope"},
			codes: []int{4700, 4705}, status: []int{400, 401, 403, 404, 405}, class: Usage,
			what: "This app may not sign in with a short code.",
			why:  "Zoom hands out short codes only to apps that are switched on for devices.",
			next: []Step{
				{"Use the link, the pasted address or the page for a phone; they still work.", ActionSignIn},
				{"To switch it on: Marketplace, the app, Features, Embed, Meeting SDK, Use App on Device.", ActionNone},
			},
		},
	}
}
