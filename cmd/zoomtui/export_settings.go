package main

import (
	"strings"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/term"
	"zoomtui/internal/transfer"
)

// nameCells bounds the names that an export carries for people.
const nameCells = 120

// carried is what of a profile's settings goes along: what belongs to the app and
// the person, wherever it was set, and not what belongs to this machine. The secret
// goes if the file has it.
func carried(cfg *config.Config, p config.Profile) transfer.Settings {
	set := func(key, value string) string {
		if p.Sources[key] == "" {
			return "" // a default: that of the other machine will do
		}
		return value
	}
	s := transfer.Settings{
		Kind: string(p.Kind), ClientID: p.ClientID, AccountID: p.AccountID,
		RedirectURI: set("redirect_uri", p.RedirectURI), OAuthBase: set("oauth_base", p.OAuthBase), APIBase: set("api_base", p.APIBase),
	}
	entry, _ := cfg.InFile(p.Name)
	if strings.TrimSpace(entry.ClientID) != p.ClientID {
		return s // the environment names another app than the file
	}
	s.Listen, s.Timezone = strings.TrimSpace(entry.Listen), p.Timezone
	if p.Kind != auth.Public {
		s.ClientSecret = auth.Secret(strings.TrimSpace(entry.ClientSecret.Reveal()))
		s.ClientSecretCmd = strings.TrimSpace(entry.ClientSecretCmd)
	}
	return s
}

// knownUser is who has signed in, for people; "" when that is not known here.
func (o *opened) knownUser() string {
	known, ok := readCache[api.User](o.cache, cacheUser)
	if !ok || known.Value.Name() == "" {
		return ""
	}
	return term.Clean((status{user: known.Value}).userText(), nameCells)
}

// sayMoved says what has left, and what to do if it did not arrive.
func (c *cli) sayMoved(p config.Profile, t auth.Token, opts exportOptions) {
	if !opts.move {
		c.say("An export always moves: a refresh token works once, so two machines cannot share it.")
	}
	to := "was handed over"
	if opts.output != "" {
		to = "is in " + opts.output
	}
	c.say("Profile %s: the sign-in %s (generation %d, fingerprint %s). Here it is marked as moved, kept, and no longer used.",
		p.Name, to, t.Generation, auth.Fingerprint(t.RefreshToken))
	if opts.output != "" {
		c.say("The file holds the tokens: take it to the other machine (zoomtui import FILE), then delete it.")
	}
	c.say("If it does not arrive there, take the mark back: %s", cancelCommand(p))
}

// saySecret says what becomes of the client secret of an app that has one.
func (c *cli) saySecret(cfg *config.Config, p config.Profile, s transfer.Settings) {
	switch {
	case p.Kind == auth.Public:
	case s.ClientSecretCmd != "":
		c.say("The client secret is fetched by a command, there too, where the import asks to allow it (--allow-command): %s", shownCommand(s.ClientSecretCmd))
	case s.ClientSecret != "":
		c.say("The client secret of %s went along.", cfg.Path())
	default:
		c.say("The client secret is in the environment here and did not go along. The other machine needs it before the import: " +
			"ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET in its environment, or a profile of that name there (zoomtui profile add).")
	}
}
