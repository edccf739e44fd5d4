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
		{"Can't connect to " + hostShown(redirect), "This site can't be reached. " + hostShown(redirect) + " refused to connect.", Problem{}},
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
	if strings.HasPrefix(redirect, "https:") { // so the app has a secret, and may have the short code
		p.Next = []Step{p.Next[0], {"Still refused? Sign in with the short code, if Use App on Device is on for the app.", ActionDevice}}
	}
	if note := redirectNote(redirect); note != "" {
		p.Next = append([]Step{{note, ActionSetup}}, p.Next[:min(2, len(p.Next))]...)
	}
	return p
}

// hostShown is the host that the browser ends on, and complains about.
func hostShown(redirect string) string {
	if u, err := url.Parse(redirect); err == nil && u.Scheme == "http" && u.Hostname() != "" {
		return u.Hostname()
	}
	return "127.0.0.1"
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

func redirectSteps() []Step {
	return []Step{
		{"Copy ours into both fields (Marketplace, Manage, the app, Basic Information) and press Save.", ActionCopyRedirect},
		{"A loopback address is for the Public Client ID; with a client secret Zoom wants https, and a page there that leads back here.", ActionBounce},
		{"Still refused? An app with a secret can sign in with the short code, if Use App on Device is on for it.", ActionDevice},
	}
}

// browserRows are Zoom's pages. (Long, as it is a table.) The number is printed with a
// comma (4,700).
// Sources: https://developers.zoom.us/docs/integrations/oauth-error-messages/ ,
// https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/ .
func browserRows() []row {
	return []row{
		{
			says: []string{"not known or too old"}, class: SignIn,
			what: "The short code is wrong or has run out.",
			why:  "It is good for about 15 minutes, and each new one replaces the one before.",
			next: []Step{{"Ask for a new code.", ActionDevice}},
		},
		{
			says: []string{"code challenge", "response type"}, class: Usage,
			what: "The link is not whole.",
			why:  "A part of it is missing or was changed on the way, as by a copy that ended at a line break.",
			next: []Step{{"Copy the whole link, or scan its QR code.", ActionNone}},
		},
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
			says: []string{"?scope=", "&scope="}, class: Usage,
			when: func(f Facts) bool {
				return f.Code == 4700 && !strings.Contains(strings.ToLower(f.Message), "invalid redirect")
			},
			what: "The link asks for scopes, and the app cannot give one of them.",
			why:  "Zoom takes the scopes from the app; naming others in the link is an error, and several at once have been refused even where one was taken.",
			next: []Step{
				{"Sign in without naming scopes.", ActionSignIn},
				{"Add what is missing to the app in the Marketplace instead.", ActionScopes},
			},
		},
		{
			cause: []string{"is not registered with the app"}, local: true, class: Usage, // by our own test of the app
			what: "Zoom refused the return address.",
			why:  "{cause}. It must stand, letter by letter, in both fields of the app: OAuth Redirect URL and OAuth Allow List.",
			next: redirectSteps(),
		},
		{
			says: []string{"invalid redirect", "redirect url", "redirect_uri"}, codes: []int{4700, 4709}, class: Usage,
			what: "Zoom refused the return address.",
			why:  "It must stand, letter by letter, in both fields of the app: OAuth Redirect URL and OAuth Allow List.",
			next: redirectSteps(),
		},
		{
			says: []string{"invalid client"}, codes: []int{4702}, class: Usage,
			what: "Zoom does not know this client id.",
			why:  "It has a typing mistake, the app was deleted, or the development, production and public ids were mixed up.",
			next: []Step{
				{"Compare the end of the id with App Credentials in the Marketplace.", ActionSetup},
				{"Enter the id of the right tab: development, production, or the Public Client ID.", ActionSetup},
			},
		},
		{
			says: []string{"admin is required", "admin required", "account admin", "approved by your admin", "admin approval", "admin needs to approve"}, class: Scope,
			what: "Zoom wants an admin to add this app.",
			why:  "The app has scopes for the whole account, or the account's policy asks for approval, and you are no admin there.",
			next: []Step{
				{"Send the link to an admin of the account and ask for approval.", ActionNone},
				{"Or create a user-managed app, which needs no admin.", ActionSetup},
			},
		},
		{
			says: []string{"cannot authorize", "can't authorize", "not published", "not been published", "unpublished", "another account", "belongs to another", "not in this account"}, class: Usage,
			what: "Your Zoom user may not use this app.",
			why:  "An app in development works only for users of the account that owns it.",
			next: []Step{
				{"In the browser switch to a user of the owner's account, then open the link again.", ActionSignIn},
				{"Or use the app's production id or its beta link (Request to Share).", ActionSetup},
			},
		},
		{
			says: []string{
				"can't be reached", "cannot be reached", "refused to connect", "can't connect", "cannot connect", "unable to connect",
				"can't establish a connection", "can't open the page", "err_connection_refused", "took too long to respond",
			}, class: Other,
			what: "The browser is on another machine. Zoom has already said yes.",
			why:  "The last address begins with 127.0.0.1, which means the browser's own machine. The code you need is in its address bar, good for five minutes.",
			next: []Step{
				{"Copy the whole address from the address bar and paste it where the sign-in waits.", ActionPaste},
				{"On a phone in the same network, start from the page for phones; it takes that address.", ActionPhone},
				{"For the next time: forward the port with ssh, or put the https page that leads back on a web host.", ActionBounce},
			},
		},
	}
}
