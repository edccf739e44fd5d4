package main

import (
	"cmp"
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/lan"
	"zoomtui/internal/term"
)

// loginOptions are the flags of `zoomtui login`.
type loginOptions struct {
	noBrowser, json, device bool
	scope, lan, finish      string
}

func newLogin(c *cli) *cobra.Command {
	var opts loginOptions
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Sign in to Zoom, without the dashboard",
		Long: `Shows the address where Zoom asks for your consent, and waits for the browser to
come back to this machine. All other ways work at the same time, and the first
that completes wins:

  paste      the browser is on another device: paste the address that it ended on
  --finish   the same from another terminal of this machine
  ssh -L     over SSH, the line to type on your own machine is printed
  --device   a short code to type on any device (apps with a secret that may)
  --lan      a page for a phone in the same network

It goes on waiting when standard input is closed; pasting is then off.`,
		Args: addressApart,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.json {
				c.errors = asEvent
			}
			given := cmd.Flags().Changed
			if given("finish") {
				if given("device") || given("lan") || given("scope") {
					return usage(cmd, "--finish completes a sign-in that waits elsewhere; --device, --lan and --scope belong to that one.")
				}
				return c.finish(cmd.Context(), opts.finish, opts.json)
			}
			if given("lan") {
				opts.lan = cmp.Or(opts.lan, anyAddress)
			}
			return c.login(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&opts.noBrowser, "no-browser", false, "open no browser")
	flags.BoolVar(&opts.json, "json", false, "print what happens as JSON, one object a line")
	flags.StringVar(&opts.scope, "scope", "", "ask for these `SCOPES` only; Zoom refuses what the app does not have")
	flags.BoolVar(&opts.device, "device", false, "also ask Zoom for a short code, to be typed on any device")
	flags.StringVar(&opts.lan, "lan", "", "also open a page for a phone in the same network; =`ADDRESS` chooses one of this machine's")
	flags.Lookup("lan").NoOptDefVal = anyAddress
	flags.StringVar(&opts.finish, "finish", "", "complete the sign-in that waits in another terminal with the `URL` its browser ended on; - reads it from standard input")
	return cmd
}

// addressApart is the argument check of login: none, and an address that was meant
// for --lan is told apart.
func addressApart(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && cmd.Flags().Changed("lan") {
		if _, err := netip.ParseAddr(args[0]); err == nil {
			return usage(cmd, "--lan takes its address after an equals sign: --lan=%s", args[0])
		}
	}
	return noArguments(cmd, args)
}

// signIn is one run of the command: the profile, the sign-in that waits, and
// where its progress is told.
type signIn struct {
	*opened
	opts    loginOptions
	machine term.Machine
	auth    *auth.Login
	events  chan auth.LoginEvent

	phone      *lan.Page    // nil without --lan
	device     *auth.Device // nil when no short code waits
	deviceDone chan error   // how the short code ended
	refused    error        // the person said no on the other device
}

func (c *cli) login(ctx context.Context, opts loginOptions) (err error) {
	p, err := c.selected()
	if err != nil {
		return err
	}
	o, err := c.openProfile(p, "login")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	if p.Kind == auth.S2S {
		return o.checkCredentials(ctx, opts)
	}
	if opts.scope != "" {
		c.say("With --scope Zoom may refuse the link (\"Invalid scope\"): it gives an app's own scopes without being asked. Leave it out if that happens.")
	}
	s := &signIn{opened: o, opts: opts, machine: term.FromEnv(c.getenv), events: make(chan auth.LoginEvent, 64)}
	result, err := s.run(ctx)
	if err != nil {
		return err
	}
	return o.welcome(ctx, result, opts)
}

// run offers every way to sign in and gives the result of the first that works;
// also of one that Zoom was asked to complete when ctx ended, because its tokens
// are stored then.
func (s *signIn) run(ctx context.Context) (auth.Result, error) {
	if remark := s.readyStore(ctx); remark != "" {
		s.cli.say("%s", remark)
	}
	options := s.loginOptions("login")
	options.Scope, options.Notify = s.opts.scope, s.notify
	started, err := auth.StartLogin(ctx, options)
	if err != nil {
		return auth.Result{}, err
	}
	s.auth = started
	defer started.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := s.announce(); err != nil {
		return auth.Result{}, err
	}
	s.openBrowser(ctx)
	if s.opts.device {
		s.askDevice(ctx)
	}
	if s.opts.lan != "" {
		s.openPhone(ctx)
	}
	defer s.closePhone()
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		defer cancel() // the person may have said no
		s.follow(ctx)
	}()
	_, _ = started.Wait(ctx) // what counts is how it ended, below
	cancel()
	<-followed      // so that nothing is said out of turn
	started.Close() // waits for an exchange that is under way
	result, err := started.Wait(context.Background())
	if err != nil && s.refused != nil {
		return auth.Result{}, s.refused
	}
	return result, err
}

// notify passes an event on without ever waiting for whoever tells it.
func (s *signIn) notify(e auth.LoginEvent) {
	select {
	case s.events <- e:
	default: // 64 lines that nobody has read yet; one more helps nobody
	}
}

// follow tells what happens and takes what is pasted, one text at a time, until
// ctx ends.
func (s *signIn) follow(ctx context.Context) {
	pastes, stop := s.cli.pastes(ctx, s.auth.WholePaste)
	defer stop()
	waiting, tried := pastes, make(chan error, 1) // nothing waits while a paste is tried
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-s.events:
			s.tellEvent(e)
		case err := <-s.deviceDone:
			if s.onDevice(ctx, err) {
				return
			}
		case text, open := <-waiting:
			waiting = nil
			if open { // else nothing more comes, and the wait goes on
				go func() { tried <- s.auth.Paste(text) }()
			}
		case err := <-tried:
			waiting = pastes
			s.tellEvents() // what happened on the way was first
			if err != nil && ctx.Err() == nil {
				s.tellRefusal(err)
			}
		}
	}
}

// tellEvents tells all that has happened so far.
func (s *signIn) tellEvents() {
	for {
		select {
		case e := <-s.events:
			s.tellEvent(e)
		default:
			return
		}
	}
}

// openBrowser opens the address where there is a browser to do it.
func (s *signIn) openBrowser(ctx context.Context) {
	if s.opts.noBrowser {
		return
	}
	opener := term.NewOpener(s.machine)
	if ok, reason := opener.CanOpen(); !ok {
		s.cli.say("No browser opened: %s.", reason)
		return
	}
	if err := opener.Open(ctx, s.auth.URL()); err != nil {
		s.cli.say("No browser opened: %s.", clean(err.Error()))
		return
	}
	s.cli.say("Opened in the browser.")
}

// checkCredentials stands in for the sign-in of a Server-to-Server app, which
// has none: it fetches a token.
func (o *opened) checkCredentials(ctx context.Context, opts loginOptions) error {
	t, err := o.source.TokenWith(ctx, auth.TokenRequest{Force: true})
	if err != nil {
		return err
	}
	if err := o.cache.clear(); err != nil {
		return err
	}
	if opts.json {
		return printEvent(o.cli.out, doneEvent{Event: "done", Profile: o.profile.Name, Scopes: t.Scopes()})
	}
	o.cli.say("A Server-to-Server app needs no sign-in. Its credentials are good: Zoom gave a token.")
	return nil
}

// welcome says who has signed in. A sign-in without the scope to read the
// profile is a sign-in all the same, and so is one that was completed though ctx
// has ended; then the error is that of ctx.
func (o *opened) welcome(ctx context.Context, result auth.Result, opts loginOptions) error {
	if err := o.cache.clear(); err != nil { // it may be somebody else than before
		o.cli.say("%s", clean(err.Error()))
	}
	user, userErr := o.user(ctx)
	interrupted := ctx.Err()
	switch {
	case interrupted != nil:
		o.cli.say("Interrupted, but the sign-in is complete: Zoom had been asked for the tokens, and they are stored.")
	case explain.Of(userErr).Class() == explain.Scope:
		o.cli.say("Your profile could not be read; the sign-in is good all the same.")
		_ = o.cli.tell(o.cli.problem(userErr)) // stderr is talk: what cannot be written there is no failure
	case userErr != nil:
		o.cli.say("Your profile could not be read: %s", clean(explain.Of(userErr).What))
	}
	if opts.json {
		done := doneEvent{Event: "done", Profile: o.profile.Name, Scopes: result.Token.Scopes()}
		if userErr == nil {
			done.User = &userJSON{user.ID, user.Email, user.DisplayName, user.AccountID}
		}
		return errors.Join(printEvent(o.cli.out, done), interrupted)
	}
	o.sayWelcome(user, result)
	return interrupted
}

// sayWelcome is the end of a sign-in for a person.
func (o *opened) sayWelcome(user api.User, result auth.Result) {
	c, name := o.cli, ""
	if user.Name() != "" {
		name = " as " + clean(user.Name())
	}
	granted := "scopes not named by Zoom"
	if n := len(result.Token.Scopes()); n > 0 {
		granted = counted(n, "scope")
	}
	c.say("Signed in%s. Profile %s, %s.", name, o.profile.Name, granted)
	if result.OldScope != "" && result.Scopes.Changed() {
		for _, scope := range result.Scopes.Added {
			c.say("  + %s", clean(scope))
		}
		for _, scope := range result.Scopes.Removed {
			c.say("  - %s", clean(scope))
		}
	}
	if token, err := config.AccessToken(c.getenv); err == nil && token != "" {
		c.say("ZOOM_ACCESS_TOKEN is set here and goes before this sign-in; unset it to use what you have signed in to.")
	}
}

// doneEvent is the last line of `login --json`.
type doneEvent struct {
	Event   string    `json:"event"`
	User    *userJSON `json:"user"` // null: not known
	Profile string    `json:"profile"`
	Scopes  []string  `json:"scopes"`
}

// authorizeEvent is the first.
type authorizeEvent struct {
	Event       string    `json:"event"`
	URL         string    `json:"url"`
	RedirectURI string    `json:"redirect_uri"`
	ExpiresAt   time.Time `json:"expires_at"`
}
