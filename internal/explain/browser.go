package explain

import (
	"net/url"
	"strings"
)

// BrowserError is one of the errors that Zoom shows in the browser only: no
// answer of it ever reaches the program, which just goes on waiting.
type BrowserError struct {
	Title   string // a short name for a list
	Says    string // what the page says
	Problem Problem
}

// Browser lists the errors that the browser shows during a sign-in, the most
// frequent first. redirectURI is the exact string that was sent to Zoom.
func Browser(redirectURI string) []BrowserError {
	redirect := tame(redirectURI, 2*maxMessage)
	list := []BrowserError{
		{"Invalid redirect (4,700)", "Invalid redirect: " + redirect + " (4,700)", redirectProblem(redirect)},
		{"Can't connect to 127.0.0.1", "This site can't be reached. 127.0.0.1 refused to connect.", Problem{}},
		{"Invalid client id (4,702)", "Invalid client_id (4,702)", Problem{}},
		{"Invalid scope", "Invalid scope", Problem{}},
		{"An admin is required", "An account admin is required to install this type of app.", Problem{}},
		{"You cannot authorize this app", "You cannot authorize the app. It is not published or belongs to another account.", Problem{}},
	}
	for i := range list {
		if list[i].Problem.What == "" {
			list[i].Problem = About(Facts{Place: PlaceBrowser, Message: list[i].Says})
		}
		list[i].Problem.Facts.Place = PlaceBrowser
	}
	return list
}

// redirectProblem names our string and, where it matters, what is wrong with it.
func redirectProblem(redirect string) Problem {
	p := About(Facts{Place: PlaceBrowser, Code: 4700, Message: "Invalid redirect"})
	if redirect == "" {
		return p
	}
	p.Why = "We sent " + redirect + ", and Zoom wants exactly this string, letter by letter, in both fields of the app: OAuth Redirect URL and OAuth Allow List."
	if note := redirectNote(redirect); note != "" {
		p.Next = append([]Step{{note, ActionSetup}}, p.Next[:min(2, len(p.Next))]...)
	}
	return p
}

// redirectNote says what Zoom is known to refuse in a return address.
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md
func redirectNote(redirect string) string {
	u, err := url.Parse(redirect)
	switch {
	case err != nil || u.Host == "":
		return ""
	case strings.EqualFold(u.Hostname(), "localhost"):
		return "Use 127.0.0.1 in place of localhost: Zoom refuses the name."
	case u.Scheme == "http" && u.Hostname() != "127.0.0.1" && u.Hostname() != "::1":
		return "Use https, or http with 127.0.0.1: Zoom takes no other http address."
	}
	return ""
}

// browserRows are Zoom's pages. The number is printed with a comma (4,700).
// Sources: https://developers.zoom.us/docs/integrations/oauth-error-messages/ ,
// https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/ .
func browserRows() []row {
	return []row{
		{
			says: []string{"invalid scope"}, oauth: []string{"invalid_scope"}, class: Usage,
			what: "The link asks for scopes that the app cannot give.",
			why:  "Zoom takes the scopes from the app; naming others in the link is an error.",
			next: []Step{
				{"Sign in without naming scopes.", ActionSignIn},
				{"Add what is missing to the app in the Marketplace instead.", ActionScopes},
			},
		},
		{
			says: []string{"invalid redirect", "redirect url", "redirect_uri"}, codes: []int{4700, 4709}, class: Usage,
			what: "Zoom refused the return address.",
			why:  "It must stand, letter by letter, in both fields of the app: OAuth Redirect URL and OAuth Allow List.",
			next: []Step{
				{"Copy ours into both fields (Marketplace, Manage, the app, Basic Information) and press Save.", ActionCopyRedirect},
				{"A loopback address needs a public client id with PKCE; an app with a secret needs https.", ActionSetup},
				{"Still refused? Sign in with the short code.", ActionNone},
			},
		},
		{
			says: []string{"invalid client"}, codes: []int{4702, 4704}, class: Usage,
			what: "Zoom does not know this client id.",
			why:  "It has a typing mistake, the app was deleted, or the development, production and public ids were mixed up.",
			next: []Step{
				{"Compare the end of the id with App Credentials in the Marketplace.", ActionSetup},
				{"Enter the id of the right tab: development, production, or the Public Client ID.", ActionSetup},
			},
		},
		{
			says: []string{"admin is required", "admin required", "account admin"}, class: Scope,
			what: "Zoom wants an admin to add this app.",
			why:  "The app has scopes for the whole account, or the account's policy asks for approval, and you are no admin there.",
			next: []Step{
				{"Send the link to an admin of the account and ask for approval.", ActionNone},
				{"Or create a user-managed app, which needs no admin.", ActionSetup},
			},
		},
		{
			says: []string{"cannot authorize", "not published", "another account", "belongs to another"}, class: Usage,
			what: "Your Zoom user may not use this app.",
			why:  "An app in development works only for users of the account that owns it.",
			next: []Step{
				{"In the browser switch to a user of the owner's account, then open the link again.", ActionSignIn},
				{"Or use the app's production id or its beta link (Request to Share).", ActionSetup},
			},
		},
		{
			says: []string{"can't be reached", "refused to connect", "can't connect", "unable to connect"}, class: Other,
			what: "The browser is on another machine. Zoom has already said yes.",
			why:  "The last address begins with 127.0.0.1, which means the browser's own machine. The code you need is in its address bar, good for five minutes.",
			next: []Step{
				{"Copy the whole address from the address bar and paste it here.", ActionNone},
				{"Or forward the port with ssh and load the page again.", ActionNone},
			},
		},
	}
}
