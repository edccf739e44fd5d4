package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/marketplace"
	"zoomtui/internal/ui"
	"zoomtui/internal/ui/setup"
)

// addOptions are the flags of `zoomtui profile add`.
type addOptions struct {
	entry                                   config.Entry
	secretStdin, noTest, replace, isDefault bool
	manifest                                bool
}

func newProfileAdd(c *cli) *cobra.Command {
	var opts addOptions
	cmd := &cobra.Command{
		Use:   "add [NAME]",
		Short: "Set up a Zoom app, and test it before it is saved",
		Example: `  zoomtui profile add
  zoomtui profile add work --client-id ID
  pass show zoom | zoomtui profile add job --kind s2s --client-id ID --account-id ACCOUNT --secret-stdin
  zoomtui profile add --manifest > zoomtui.json`,
		Args:              atMostOneProfile,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := cmp.Or(c.flags.profile, config.DefaultProfile)
			if len(args) == 1 {
				name = args[0]
			}
			c.makes = true
			bare := true
			cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) { bare = bare && !f.Changed })
			switch {
			case opts.manifest:
				return c.printManifest(cmd, strings.Join(args, ""), opts.entry)
			case bare:
				return c.setupScreen(cmd, name)
			case opts.entry.ClientID == "":
				return usage(cmd, "--client-id is missing.")
			}
			return c.addProfile(cmd, name, opts)
		},
	}
	opts.flags(cmd)
	help := cmd.HelpFunc()
	cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		cmd.Long = addHelp() // written when it is read, not at every start
		help(cmd, args)
	})
	return cmd
}

// flags puts the flags on the command.
func (o *addOptions) flags(cmd *cobra.Command) {
	flags, e := cmd.Flags(), &o.entry
	flags.StringVar(&e.Kind, "kind", "", "`KIND` of app: public, confidential or s2s (default: told from the other flags)")
	flags.StringVar(&e.ClientID, "client-id", "", "client `ID` of the app")
	flags.StringVar(&e.ClientSecretCmd, "client-secret-cmd", "", "a shell `COMMAND` that prints the client secret; it is kept, and run when needed")
	flags.BoolVar(&o.secretStdin, "secret-stdin", false, "read the client secret from standard input, and keep it in config.toml")
	flags.StringVar(&e.AccountID, "account-id", "", "`ACCOUNT` of a Server-to-Server app")
	flags.StringVar(&e.RedirectURI, "redirect-uri", "", "return `ADDRESS` as registered with the app (default "+auth.DefaultRedirectURI+")")
	flags.StringVar(&e.Listen, "listen", "", "`HOST:PORT` where the callback is awaited, if the return address leads elsewhere")
	flags.StringVar(&e.User, "user", "", "whose profile and meetings a Server-to-Server app shows: `USER` id or e-mail address")
	flags.StringVar(&e.OAuthBase, "oauth-base", "", "`ADDRESS` of another Zoom: https://zoomgov.com (default "+auth.DefaultOAuthBase+")")
	flags.BoolVar(&o.noTest, "no-test", false, "save without asking Zoom whether it knows the app")
	flags.BoolVar(&o.replace, "replace", false, "replace the profile of this name")
	flags.BoolVar(&o.isDefault, "default", false, "make it the default")
	flags.BoolVar(&o.manifest, "manifest", false, "print a Marketplace manifest of such an app as JSON, and do nothing else")
	kinds := cobra.FixedCompletions(kindNames(), cobra.ShellCompDirectiveNoFileComp)
	_ = cmd.RegisterFlagCompletionFunc("kind", kinds) // fails for an unknown flag only
}

// addHelp is the long help: the kinds, and where their values are found.
func addHelp() string {
	var b strings.Builder
	b.WriteString("Adds a Zoom app that you have made at " + marketplace.Address + `, under Develop, Build App.
Without flags it opens the setup screen; with --client-id it asks nothing.

`)
	for _, kind := range marketplace.Kinds() {
		about := strings.ReplaceAll(ansi.Wordwrap(kind.Title+". "+kind.For+" "+kind.Needs, 66, ""), "\n", "\n                ")
		fmt.Fprintf(&b, "  %-13s %s\n", kind.Name, about)
	}
	b.WriteString(`
Before anything is saved, Zoom is asked whether it knows the app; what it refuses
(id, secret or account) is said, and nothing is changed. A secret is never a flag.

Exit codes: 0 saved, 2 refused by Zoom or wrong, 5 Zoom was not reached.`)
	return b.String()
}

func kindNames() []string {
	var names []string
	for _, kind := range marketplace.Kinds() {
		names = append(names, kind.Name)
	}
	return names
}

// setupScreen asks a person, where there is one.
func (c *cli) setupScreen(cmd *cobra.Command, name string) error {
	if !isTerminal(c.in) || !isTerminal(c.out) {
		return usage(cmd, "--client-id is missing; further flags are --kind, --secret-stdin, --client-secret-cmd and --account-id.")
	}
	if err := c.needTerminal(); err != nil {
		return err
	}
	b, apps := c.newBoard(nil), &triedApps{setupApps: setupApps{c}}
	saved, err := ui.RunSetup(cmd.Context(), ui.SetupDeps{
		Apps: apps, Preset: setup.App{Profile: name}, Clock: c.clock, NoColor: b.noColor(),
	}, b.programOptions()...)
	switch {
	case err != nil:
		return err
	case saved == "":
		c.say("Nothing was saved.")
		return quiet{explain.Cancelled}
	}
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	p, err := cfg.Named(saved)
	if err != nil {
		return err
	}
	c.sayAdded(p, cfg.Path(), apps.known.Load())
	return nil
}

// printManifest prints the manifest of an app of this name, kind and return address.
func (c *cli) printManifest(cmd *cobra.Command, name string, e config.Entry) error {
	kind, redirect := e.Kind, e.RedirectURI
	if kind == "" {
		kind = marketplace.Public
	}
	if redirect == "" {
		redirect = auth.DefaultRedirectURI
	}
	text, err := marketplace.Manifest(marketplace.App{Name: name, Kind: kind, RedirectURI: redirect})
	if err != nil {
		return usage(cmd, "%s.", capital(err.Error()))
	}
	app := config.Entry{Kind: kind, ClientID: "any", RedirectURI: redirect} // of what is not there yet, only the address can be wrong
	if kind == marketplace.Confidential {
		app.ClientSecret = "any"
	}
	if _, err := app.Check(config.DefaultProfile); err != nil {
		return err
	}
	_, err = c.out.Write(text)
	return err
}

// addProfile makes a profile of the flags, tests it and saves it.
func (c *cli) addProfile(cmd *cobra.Command, name string, opts addOptions) error {
	ctx := cmd.Context()
	cfg, err := c.loadConfig()
	if err != nil {
		return err
	}
	old, exists := cfg.InFile(name)
	if exists && !opts.replace {
		wrong := usage(cmd, "There is a profile %s already.", name)
		wrong.why = "Nothing was changed. --replace replaces it, another name adds one."
		return wrong
	}
	entry := keepPlace(opts.entry, old)
	if opts.secretStdin {
		if entry.ClientSecret, err = c.readSecret(ctx); err != nil {
			return err
		}
	}
	p, err := checkEntry(cmd, name, &entry)
	if err != nil {
		return err
	}
	if !opts.noTest {
		if err := c.testApp(ctx, name, entry); err != nil {
			return err
		}
	}
	save := config.AddProfile
	if opts.replace {
		save = config.SaveProfile
	}
	changes := []config.Change{save(name, entry)}
	if opts.isDefault {
		changes = append(changes, config.SetDefault(name))
	}
	if err := config.Edit(ctx, cfg.Path(), changes...); err != nil {
		return err
	}
	c.sayAdded(p, cfg.Path(), !opts.noTest)
	return nil
}

// keepPlace fills in what a replaced profile has and is not about the app itself:
// addresses, time zone and where tokens are kept.
func keepPlace(e, old config.Entry) config.Entry {
	e.RedirectURI, e.Listen = cmp.Or(e.RedirectURI, old.RedirectURI), cmp.Or(e.Listen, old.Listen)
	e.OAuthBase, e.APIBase = cmp.Or(e.OAuthBase, old.OAuthBase), cmp.Or(e.APIBase, old.APIBase)
	e.Timezone, e.Store = cmp.Or(e.Timezone, old.Timezone), cmp.Or(e.Store, old.Store)
	return e
}

// checkEntry settles the kind and checks everything that can be checked here.
func checkEntry(cmd *cobra.Command, name string, e *config.Entry) (config.Profile, error) {
	hasSecret := e.ClientSecret != "" || e.ClientSecretCmd != ""
	switch {
	case e.ClientSecret != "" && e.ClientSecretCmd != "":
		return config.Profile{}, usage(cmd, "--secret-stdin and --client-secret-cmd do the same; give one of them.")
	case e.Kind != "" && !slices.Contains(kindNames(), e.Kind):
		wrong := usage(cmd, "There is no kind of app %q.", e.Kind)
		wrong.why = meant(e.Kind, kindNames()) + "."
		return config.Profile{}, wrong
	case (e.Kind == marketplace.Confidential || e.Kind == marketplace.S2S || e.AccountID != "") && !hasSecret:
		return config.Profile{}, usage(cmd, "An app of this kind has a client secret: --secret-stdin reads it, --client-secret-cmd COMMAND fetches it when needed.")
	case e.Kind == marketplace.S2S && e.AccountID == "":
		return config.Profile{}, usage(cmd, "--account-id is missing: a Server-to-Server app belongs to an account.")
	}
	p, err := e.Check(name)
	e.Kind = string(p.Kind)
	return p, err
}

// testApp asks Zoom whether it knows the app, and stores nothing.
func (c *cli) testApp(ctx context.Context, name string, e config.Entry) error {
	e.OAuthBase = cmp.Or(e.OAuthBase, c.getenv("ZOOMTUI_OAUTH_BASE"))
	p, err := e.Check(name)
	if err != nil {
		return err
	}
	o, err := c.prepare(p)
	if err != nil {
		return err
	}
	err = auth.CheckApp(ctx, o.authOptions("profile add"))
	if err != nil && (explain.Of(err).Class() == explain.Network || errors.Is(err, auth.ErrRedirectURI)) {
		err = &advised{err, explain.Step{Text: "Or save it without the test: add --no-test"}}
	}
	return errors.Join(err, o.close())
}

// sayAdded says what was saved, what must stand in the app at Zoom, and what comes
// next.
func (c *cli) sayAdded(p config.Profile, path string, tested bool) {
	how := "Zoom knows the app"
	if !tested {
		how = "not tested"
	}
	c.say("Profile %s: saved in %s; %s.", p.Name, path, how)
	if cfg, err := c.loadConfig(); err == nil {
		if same := sameClient(cfg, p); len(same) > 0 {
			c.say("The same client id is in profile %s: the newest sign-in ends the other's. Better give each an app of its own.", strings.Join(same, ", "))
		}
	}
	if id := c.getenv("ZOOM_CLIENT_ID"); id != "" && id != p.ClientID {
		c.say("ZOOM_CLIENT_ID is set here to another app and goes before the profile; unset it to use what was saved.")
	}
	var scopes []string
	for _, scope := range marketplace.Scopes(string(p.Kind)) {
		scopes = append(scopes, scope.Name)
	}
	c.say("Scopes to tick in the app: %s", strings.Join(scopes, " "))
	if !kindHasSignIn(p.Kind) {
		c.say("Nobody has to sign in. Next: zoomtui status --profile %s", p.Name)
		return
	}
	c.say("Return address, to be entered letter by letter into both fields of the app:")
	for _, f := range marketplace.Fields(p.RedirectURI) {
		c.say("  %-18s  %s", f.Name, clean(f.Value))
	}
	if p.Kind == auth.Confidential && strings.HasPrefix(p.RedirectURI, "http:") {
		c.say("For an app with a secret Zoom wants an https address there: zoomtui bounce --help")
	}
	c.say("Next: zoomtui login --profile %s", p.Name)
}
