package setup

import (
	"zoomtui/internal/marketplace"
)

// field is one entry of the form.
type field struct {
	key         string
	label       string
	help        string // what to enter, a sentence or two
	placeholder string
	secret      bool // shown as dots
	get         func(*App) string
	set         func(*App, string)
	check       func(app App, known []Known) string // of the trimmed app; "" is right
}

// The keys of the fields.
const (
	keyName      = "profile"
	keyClientID  = "client_id"
	keyAccount   = "account_id"
	keySecret    = "client_secret"
	keySecretCmd = "client_secret_cmd"
	keyRedirect  = "redirect_uri"
	keyListen    = "listen"
	keyUser      = "user"
)

// fieldsOf are the entries for an app of a kind, in the order of the form.
func fieldsOf(kind string) []field {
	id, account := idField(kind), accountField()
	switch kind {
	case marketplace.Confidential:
		secret, command := secretFields(kind)
		return []field{nameField(), id, secret, command, redirectField(kind), listenField()}
	case marketplace.S2S:
		secret, command := secretFields(kind)
		return []field{nameField(), account, id, secret, command, userField()}
	default:
		return []field{nameField(), id, redirectField(kind)}
	}
}

// where says where the Marketplace shows a value.
func where(kind, key string) string {
	for _, place := range marketplace.Places(kind) {
		if place.Value == key {
			return place.Name + " in the Marketplace: " + place.Where + "."
		}
	}
	return ""
}

func nameField() field {
	return field{
		key: keyName, label: "Profile name", help: "What the app is called here, and with --profile.",
		get: func(a *App) string { return a.Profile }, set: func(a *App, v string) { a.Profile = v },
		check: func(app App, known []Known) string { return checkName(app.Profile, known) },
	}
}

func idField(kind string) field {
	return field{
		key: keyClientID, label: "Client id", help: where(kind, keyClientID),
		get: func(a *App) string { return a.ClientID }, set: func(a *App, v string) { a.ClientID = v },
		check: func(app App, _ []Known) string { return checkID("client id", app.ClientID) },
	}
}

func accountField() field {
	return field{
		key: keyAccount, label: "Account id", help: where(marketplace.S2S, keyAccount),
		get: func(a *App) string { return a.AccountID }, set: func(a *App, v string) { a.AccountID = v },
		check: func(app App, _ []Known) string { return checkID("account id", app.AccountID) },
	}
}

func secretFields(kind string) (secret, command field) {
	secret = field{
		key: keySecret, label: "Client secret", secret: true,
		help: where(kind, keySecret) + " Kept in config.toml, readable by you alone.",
		get:  func(a *App) string { return a.Secret.Reveal() }, set: func(a *App, v string) { a.Secret = Secret(v) },
		check: func(app App, _ []Known) string { return checkSecret(app.Secret.Reveal(), app.SecretCmd) },
	}
	command = field{
		key: keySecretCmd, label: "or a command", placeholder: "for example: pass show zoom",
		help: "In place of the secret: a shell command that prints it, run whenever it is needed.",
		get:  func(a *App) string { return a.SecretCmd }, set: func(a *App, v string) { a.SecretCmd = v },
		check: func(app App, _ []Known) string { return checkSecretCmd(app.Secret.Reveal(), app.SecretCmd) },
	}
	return secret, command
}

func redirectField(kind string) field {
	f := field{
		key: keyRedirect, label: "Redirect address",
		help: "Where Zoom sends the browser after the sign-in. Keep it: the port may be another one when it is taken.",
		get:  func(a *App) string { return a.RedirectURI }, set: func(a *App, v string) { a.RedirectURI = v },
		check: func(app App, _ []Known) string { return checkRedirect(app.Kind, app.RedirectURI) },
	}
	if kind == marketplace.Confidential {
		f.placeholder = "for example: https://you.example/zoom"
		f.help = "An https address of yours. \"zoomtui bounce\" prints the one page to put there: it sends the browser on to this machine."
	}
	return f
}

func listenField() field {
	return field{
		key: keyListen, label: "Listen on", help: "Where the browser is awaited on this machine.", placeholder: "usually " + loopbackListen,
		get: func(a *App) string { return a.Listen }, set: func(a *App, v string) { a.Listen = v },
		check: func(app App, _ []Known) string { return checkListen(app.Listen) },
	}
}

func userField() field {
	return field{
		key: keyUser, label: "Whose data", placeholder: "not needed",
		help: "Whose profile and meetings to show, by e-mail address or id. Left empty: whom Zoom answers with.",
		get:  func(a *App) string { return a.User }, set: func(a *App, v string) { a.User = v },
		check: func(app App, _ []Known) string { return checkUser(app.User) },
	}
}

// fieldOf is the entry that a refused part stands in; "" for the kind itself.
func fieldOf(part Part) string {
	switch part {
	case PartKind:
		return ""
	case PartSecret:
		return keySecret
	case PartSecretCmd:
		return keySecretCmd
	case PartAccount:
		return keyAccount
	case PartRedirect:
		return keyRedirect
	default:
		return keyClientID
	}
}
