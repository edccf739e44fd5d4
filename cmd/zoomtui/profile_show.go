package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"zoomtui/internal/config"
	"zoomtui/internal/marketplace"
)

func newProfileShow(c *cli) *cobra.Command {
	var json bool
	cmd := &cobra.Command{
		Use:   "show [NAME]",
		Short: "Show the settings of a profile, without its secret",
		Long: `Shows the settings and where each comes from, the return address exactly as it must
stand in the app at Zoom, and where tokens are kept. Zoom is not asked.`,
		Args:              atMostOneProfile,
		ValidArgsFunction: c.completeProfileName,
		RunE: func(_ *cobra.Command, args []string) error {
			if json {
				c.errors = asJSON
			}
			return c.showProfile(args, json)
		},
	}
	cmd.Flags().BoolVar(&json, "json", false, "print JSON")
	return cmd
}

// shownSettings is `profile show --json`.
type shownSettings struct {
	Name              string            `json:"name"`
	Default           bool              `json:"default"`
	Kind              string            `json:"kind"`
	ClientID          string            `json:"client_id"`
	ClientSecret      string            `json:"client_secret"` // where it comes from, never what it is
	AccountID         string            `json:"account_id"`
	RedirectURI       string            `json:"redirect_uri"` // empty: nobody signs in
	MarketplaceFields []fieldJSON       `json:"marketplace_fields"`
	Listen            string            `json:"listen"`
	User              string            `json:"user"`
	OAuthBase         string            `json:"oauth_base"`
	APIBase           string            `json:"api_base"`
	Timezone          string            `json:"timezone"`
	Store             string            `json:"store"`  // where tokens are to be kept
	Sealed            bool              `json:"sealed"` // the ones that are there are sealed with a key of the keyring
	TokenFile         string            `json:"token_file"`
	ConfigFile        string            `json:"config_file"`
	Sources           map[string]string `json:"sources"` // key: "file" or a variable; not there: the default
	SameClientID      []string          `json:"same_client_id"`

	tokens string // where they are, for a person
}

type fieldJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func (c *cli) showProfile(args []string, json bool) error {
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	name := cfg.Selected()
	if len(args) == 1 {
		name = args[0]
	}
	p, err := cfg.Named(name)
	if err != nil {
		return err
	}
	store, err := c.tokenStore(p)
	if err != nil {
		return err
	}
	s := settingsOf(cfg, p)
	s.TokenFile, s.Sealed = store.Path(), store.Sealed()
	_, s.tokens = keptWhere(store, p)
	if json {
		return printJSON(c.out, s)
	}
	_, err = fmt.Fprint(c.out, s.text())
	return err
}

// settingsOf is what there is to show of a profile.
func settingsOf(cfg *config.Config, p config.Profile) shownSettings {
	s := shownSettings{
		Name: p.Name, Default: p.Name == cfg.Default(), Kind: string(p.Kind), ClientID: p.ClientID,
		ClientSecret: secretFrom(p), AccountID: p.AccountID, Listen: p.Listen, User: p.User,
		OAuthBase: p.OAuthBase, APIBase: p.APIBase, Timezone: p.Timezone, Store: p.Store,
		MarketplaceFields: []fieldJSON{}, ConfigFile: cfg.Path(), Sources: p.Sources,
		SameClientID: append([]string{}, sameClient(cfg, p)...),
	}
	if kindHasSignIn(p.Kind) {
		s.RedirectURI = p.RedirectURI
		for _, f := range marketplace.Fields(p.RedirectURI) {
			s.MarketplaceFields = append(s.MarketplaceFields, fieldJSON(f))
		}
	}
	return s
}

// secretFrom says where the client secret comes from.
func secretFrom(p config.Profile) string {
	switch {
	case p.Secret == nil:
		return "none"
	case p.Sources["client_secret"] != "":
		return p.Sources["client_secret"]
	default:
		return "client_secret_cmd"
	}
}

// text is the settings for a person.
func (s shownSettings) text() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	row := func(name, key, value, fallback string) {
		source := s.Sources[key]
		switch {
		case value == "" && fallback == "":
			return
		case value == "":
			value = fallback
		case source == "" && key != "":
			value += "  (default)"
		case source != "" && source != "file":
			value += "  (from " + source + ")"
		}
		fmt.Fprintf(w, "%s\t%s\n", name, clean(value))
	}
	profile := s.Name
	if s.Default {
		profile += "  (the default)"
	}
	row("Profile", "", profile, "")
	row("Kind", "", s.Kind, "")
	row("Client id", "client_id", s.ClientID, "")
	row("Client secret", "", s.ClientSecret, "")
	row("Account id", "account_id", s.AccountID, "")
	row("User", "user", s.User, "")
	row("Return address", "redirect_uri", s.RedirectURI, "")
	for _, f := range s.MarketplaceFields {
		row("  "+f.Name, "", f.Value, "")
	}
	if s.RedirectURI != "" {
		row("Callback awaited at", "listen", s.Listen, "where the return address leads to")
	}
	row("Zoom", "oauth_base", s.OAuthBase, "")
	row("API", "api_base", s.APIBase, "as the token answer says")
	row("Time zone", "timezone", s.Timezone, "this machine's")
	row("Store", "store", s.Store, "")
	row("Tokens", "", s.tokens, "")
	row("Settings", "", s.ConfigFile, "")
	if len(s.SameClientID) > 0 {
		row("Note", "", "same client id as "+strings.Join(s.SameClientID, ", ")+": the newest sign-in ends the other's", "")
	}
	return flushed(w, &b)
}
