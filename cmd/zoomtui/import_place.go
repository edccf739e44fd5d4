package main

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/transfer"
)

// place is where an import goes.
type place struct {
	profile config.Profile
	path    string       // config.toml
	isNew   bool         // the profile is not there yet
	entry   config.Entry // what it will be
}

// placeFor finds the profile that an export belongs to, and refuses one of another
// app: its refresh token would be shown to the wrong app, or to the wrong Zoom.
func (c *cli) placeFor(e transfer.Export) (place, error) {
	cfg, err := c.loadConfig()
	if err != nil {
		return place{}, err
	}
	at, s := place{path: cfg.Path()}, e.Settings
	at.entry = config.Entry{
		Kind: s.Kind, ClientID: s.ClientID, ClientSecret: s.ClientSecret, ClientSecretCmd: s.ClientSecretCmd, AccountID: s.AccountID,
		RedirectURI: s.RedirectURI, Listen: s.Listen, OAuthBase: s.OAuthBase, APIBase: s.APIBase, Timezone: s.Timezone,
	}
	if !slices.Contains(cfg.Names(), cfg.Selected()) {
		at.isNew = true
		if s.Kind == string(auth.Confidential) && s.ClientSecret == "" && s.ClientSecretCmd == "" {
			return place{}, c.refuseImport("The client secret of the app is missing here.",
				"It stood in the environment of the other machine, and did not come along.",
				"Set ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET here, or add the profile with its secret: zoomtui profile add "+cfg.Selected()+" --client-id "+s.ClientID+" --secret-stdin",
				"Then export again, and import it.")
		}
		at.profile, err = at.entry.Check(cfg.Selected())
		return at, err
	}
	at.profile, err = cfg.Profile()
	if err != nil {
		return place{}, err
	}
	came, err := fullySet(at.entry).Check(cfg.Selected())
	if err != nil {
		return place{}, err
	}
	differs := ""
	switch p := at.profile; {
	case p.ClientID != came.ClientID:
		differs = fmt.Sprintf("its client id ends in …%s here and in …%s there", clean(tail(p.ClientID)), clean(tail(came.ClientID)))
	case p.Kind != came.Kind:
		differs = fmt.Sprintf("it is %s here and %s there", p.Kind, came.Kind)
	case p.OAuthBase != came.OAuthBase:
		differs = fmt.Sprintf("it belongs to %s here and to %s there", clean(p.OAuthBase), clean(came.OAuthBase))
	default:
		return at, nil
	}
	return place{}, c.refuseImport("Profile "+cfg.Selected()+" is another app here than the one of this sign-in.",
		capital(differs)+".", "Export again and import under another name: zoomtui import --profile NAME")
}

// refuseCommand shows the command that came along. Whoever wrote the export chose it,
// and every refresh would run it.
func (c *cli) refuseCommand(e transfer.Export, name string) error {
	return c.refuseImport("This sign-in brings a command along that would be run here, and that was not allowed.",
		"It fetches the client secret of the app, as you, through sh: "+shownCommand(e.Settings.ClientSecretCmd),
		"If you know that command, export again and import with: zoomtui import --allow-command",
		"Or add the profile with its secret, then export again and import: zoomtui profile add "+name+" --client-id "+e.Settings.ClientID+" --secret-stdin")
}

// shownCommand is a foreign command line as a shell would read it: where line breaks
// or unseen characters are in it, quoted, so that they are seen.
func shownCommand(s string) string {
	if shown := clean(s); shown == s {
		return shown
	}
	return strconv.QuoteToASCII(s)
}

// fullySet gives an entry whose secret did not come along one that stands for it.
func fullySet(e config.Entry) config.Entry {
	if e.Kind == string(auth.Confidential) && e.ClientSecret == "" && e.ClientSecretCmd == "" {
		e.ClientSecret = "?"
	}
	return e
}

// sayCame says what was read, before anything is done with it.
func (c *cli) sayCame(e transfer.Export, at place) {
	who, from := "a sign-in", "another machine"
	if e.User != "" {
		who = "the sign-in of " + clean(e.User)
	}
	if e.Host != "" {
		from = clean(e.Host)
	}
	when := ""
	if !e.At.IsZero() {
		when = ", exported at " + e.At.In(at.profile.Location()).Format("2006-01-02 15:04")
	}
	c.say("What came: %s with the %s app …%s, from profile %s of %s%s; generation %d, fingerprint %s.",
		who, e.Settings.Kind, clean(tail(e.Settings.ClientID)), e.Profile, from, when, e.Token.Generation, auth.Fingerprint(e.Token.RefreshToken))
	if !at.isNew {
		return
	}
	if base := at.profile.OAuthBase; base != auth.DefaultOAuthBase {
		c.say("It belongs to the Zoom at %s.", clean(base))
	}
	if s := e.Settings.ClientSecretCmd; s != "" {
		c.say("Its client secret is fetched by this command, which has to work here: %s", shownCommand(s))
	}
}

// sayImported says what is here now, and how to be sure of it.
func (c *cli) sayImported(at place) {
	name := at.profile.Name
	if at.isNew {
		c.say("Profile %s: added to %s.", name, at.path)
	}
	c.say("Profile %s: the sign-in is here now, and no longer to be used on the other machine. Zoom was not asked; to check it: zoomtui token --force --profile %s > /dev/null", name, name)
}

// day is the date of a time in the profile's zone.
func (o *opened) day(at time.Time) string { return at.In(o.profile.Location()).Format(time.DateOnly) }
