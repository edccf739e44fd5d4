// Package marketplace knows Zoom's App Marketplace from the outside: the kinds of
// app in plain words, where each value of an app is found, what has to be
// entered there for this program, and the manifest of such an app. It is pure: it
// asks nobody, and everything it says comes from Zoom's documents.
package marketplace

// The kinds of app, by the names that config.toml has for them.
const (
	Public       = "public"
	Confidential = "confidential"
	S2S          = "s2s"
)

// Address is the Marketplace itself.
const Address = "https://marketplace.zoom.us"

// Kind is a kind of Zoom app in plain words.
type Kind struct {
	Name  string // public, confidential or s2s
	Title string // what it is, in a few words
	For   string // what it is good for
	Needs string // what has to be there
}

// Kinds lists the kinds, the one that fits most people first.
// Sources: https://developers.zoom.us/docs/integrations/oauth/ ,
// https://developers.zoom.us/blog/public-pkce.md ,
// https://developers.zoom.us/changelog/platform/pkce-loopback.md ,
// https://developers.zoom.us/docs/internal-apps/s2s-oauth/ .
func Kinds() []Kind {
	return []Kind{
		{
			Name: Public, Title: "A public client: no secret",
			For:   "For yourself, on your own machine, a laptop or a server you reach by SSH. The browser comes back to this machine.",
			Needs: "Its Public Client ID only. There is no secret to keep, and no short code.",
		},
		{
			Name: Confidential, Title: "An app with a client secret",
			For: "For a machine that can keep a secret. The only kind that can sign in with a short code on a phone, " +
				"once Features, Embed, Meeting SDK, Use App on Device is on.",
			Needs: "Client ID, client secret, and an https redirect address. \"zoomtui bounce\" prints the page for it, " +
				"which any static web host can serve.",
		},
		{
			Name: S2S, Title: "Server-to-Server: no person signs in",
			For:   "For scripts and timers that read a whole Zoom account.",
			Needs: "Account ID, Client ID and client secret, and an admin of the account who activates the app.",
		},
	}
}

// Place says where in the Marketplace a value is found or entered.
type Place struct {
	Value string // the value, by its name in config.toml; "" when it is none
	Name  string // what the Marketplace calls it
	Where string // the way to it, from the page of the app
}

// Places lists what a person looks up or enters for an app of a kind, in the
// order of the Marketplace's pages; nil for a kind that there is not.
// Sources: https://developers.zoom.us/docs/build-flow/basic-info/app-credentials/ ,
// https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/ .
func Places(kind string) []Place {
	redirect := []Place{
		{"redirect_uri", FieldRedirect, "Basic Information, OAuth Information"},
		{"redirect_uri", FieldAllowList, "Basic Information, OAuth Information; the same address again"},
	}
	scopes := Place{"", "Scopes", "Scopes, Add Scopes"}
	switch kind {
	case Public:
		return append(append([]Place{
			{"", "Use Public Client OAuth", "Basic Information, App Credentials; switch it on"},
			{"client_id", "Public Client ID", "Basic Information, App Credentials; it is not the Client ID above it"},
		}, redirect...), scopes)
	case Confidential:
		return append(append([]Place{
			{"client_id", "Client ID", "Basic Information, App Credentials; development and production have one each"},
			{"client_secret", "Client Secret", "Basic Information, App Credentials; from the same tab as the id"},
		}, redirect...), scopes, Place{"", "Use App on Device", "Features, Embed, Meeting SDK; for the short code only"})
	case S2S:
		return []Place{
			{"account_id", "Account ID", "App Credentials"},
			{"client_id", "Client ID", "App Credentials"},
			{"client_secret", "Client Secret", "App Credentials"},
			scopes,
			{"", "Activate your app", "Activation; without it Zoom knows no such app"},
		}
	}
	return nil
}

// The two fields that must hold the redirect address, by Zoom's names for them.
const (
	FieldRedirect  = "OAuth Redirect URL"
	FieldAllowList = "OAuth Allow List"
)

// Field is a field of the Marketplace and what to enter into it.
type Field struct{ Name, Value string }

// Fields are the two fields that must hold the redirect address, letter by letter.
// Source: https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/
func Fields(redirectURI string) []Field {
	return []Field{{FieldRedirect, redirectURI}, {FieldAllowList, redirectURI}}
}
