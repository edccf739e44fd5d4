package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/doctor"
	"zoomtui/internal/explain"
	"zoomtui/internal/term"
)

// examination is what one run of `doctor` has to look at. Where the settings
// cannot be used, it looks at everything that does not depend on them.
type examination struct {
	cli      *cli
	asker    doctor.Asker
	name     string // of the profile
	cfg      *config.Config
	unread   error          // why the settings cannot be read; cfg is nil then
	profile  config.Profile // as far as it is known
	unusable error          // why the profile cannot be used
	given    auth.Secret    // the token of the environment; empty: none
	store    *auth.Store
	standing func() (standing, error) // read once: the keyring may be asked
}

// newExamination reads the settings. trace is the file of --debug, nil without.
func (c *cli) newExamination(trace io.Writer) *examination {
	e := &examination{cli: c, asker: c.asker(trace), name: cmp.Or(c.flags.profile, config.DefaultProfile)}
	e.cfg, e.unread = c.loadConfig()
	if e.unread == nil {
		e.name = e.cfg.Selected()
		e.profile, e.unusable = e.cfg.Profile()
	} else {
		e.unusable = e.unread
	}
	if e.unusable != nil {
		bare := doctor.WithoutUser // what cannot be used may hold a password
		e.profile = config.Profile{
			Name: e.name, RedirectURI: bare(cmp.Or(c.getenv("ZOOM_REDIRECT_URI"), e.written().RedirectURI, auth.DefaultRedirectURI)),
			Kind: auth.Kind(e.written().Kind), Listen: cmp.Or(c.getenv("ZOOMTUI_LISTEN"), e.written().Listen),
			OAuthBase: bare(cmp.Or(c.getenv("ZOOMTUI_OAUTH_BASE"), e.written().OAuthBase, auth.DefaultOAuthBase)),
			APIBase:   bare(cmp.Or(c.getenv("ZOOMTUI_API_BASE"), e.written().APIBase)),
		}
	}
	given, err := config.AccessToken(c.getenv)
	if e.given = given; err != nil && e.unusable == nil {
		e.unusable = err
	}
	if store, err := c.tokenStore(e.profile); err == nil { // else the name is no name, which is told
		e.store = store
	}
	e.standing = sync.OnceValues(e.stands)
	return e
}

// written is what config.toml says of the profile.
func (e *examination) written() config.Entry {
	if e.cfg == nil {
		return config.Entry{}
	}
	entry, _ := e.cfg.InFile(e.name) // the zero Entry, when it says nothing
	return entry
}

// stands judges the sign-in, or the token of the environment.
func (e *examination) stands() (standing, error) {
	switch {
	case e.given != "":
		o := &opened{cli: e.cli, profile: e.profile}
		o.source = auth.StaticSource(e.given, auth.Options{App: e.profile.App(), Clock: e.cli.clock})
		return o.givenStanding(context.Background()) // asks nobody
	case e.unusable != nil:
		return standing{}, e.unusable
	}
	return e.cli.standing(e.profile, e.store)
}

// machine are the probes that need no network.
func (e *examination) machine() []doctor.Probe {
	one := func(check func() doctor.Check) func(context.Context) []doctor.Check {
		return func(context.Context) []doctor.Check { return []doctor.Check{check()} }
	}
	return []doctor.Probe{
		{Name: "app", Class: explain.Usage, Run: one(e.app)},
		{Name: "settings", Class: explain.Store, Run: one(e.settings)},
		{Name: "redirect", Class: explain.Usage, Run: one(e.redirect)},
		{Name: "port", Class: explain.Usage, Run: e.port},
		{Name: "store", Class: explain.Store, Run: e.tokens},
		{Name: "cache", Class: explain.Store, Run: one(func() doctor.Check {
			return e.directory("cache", e.cli.paths.Cache, "what the dashboard shows at once")
		})},
		{Name: "state", Class: explain.Store, Run: one(func() doctor.Check {
			return e.directory("state", e.cli.paths.State, "the history of the sign-in")
		})},
		{Name: "sign-in", Class: explain.SignIn, Run: e.signIn},
		{Name: "terminal", Class: explain.Other, Run: one(e.terminal)},
		{Name: "environment", Class: explain.Usage, Run: one(e.environment)},
	}
}

func (e *examination) app() doctor.Check {
	s := doctor.Settings{Profile: e.name, Kind: string(e.profile.Kind), ClientID: e.profile.ClientID, Sources: e.profile.Sources}
	switch {
	case e.given != "" && errors.Is(e.unusable, config.ErrNoApp):
		s.Fixed = true
	case e.unread != nil:
		s.Unread = true
	case e.unusable != nil:
		s.Trouble = e.cli.trouble(e.unusable)
	default:
		s.Secret, s.Same = secretFrom(e.profile), sameClient(e.cfg, e.profile)
	}
	return doctor.App(s)
}

func (e *examination) settings() doctor.Check {
	f := doctor.ConfigFile{File: doctor.LookAt(cmp.Or(e.cli.flags.config, e.cli.paths.ConfigFile()))}
	if e.unread != nil {
		f.Trouble = e.cli.trouble(e.unread)
	} else if f.File.There {
		f.Names = e.cfg.Names()
	}
	return doctor.SettingsFile(f)
}

func (e *examination) returnAddress() doctor.Redirect {
	return doctor.Redirect{URI: e.profile.RedirectURI, Kind: string(e.profile.Kind), Listen: e.profile.Listen}
}

func (e *examination) redirect() doctor.Check { return doctor.ReturnAddress(e.returnAddress()) }

func (e *examination) port(ctx context.Context) []doctor.Check {
	if e.profile.Kind == auth.S2S {
		return nil
	}
	r := e.returnAddress()
	return []doctor.Check{doctor.Callback(ctx, doctor.Port{
		Address: r.Awaited(), Follows: !strings.HasPrefix(r.URI, "https:") || r.Listen == "",
		Listen: doctor.TryListen, Owner: doctor.PortOwner,
	})}
}

// tokens are the checks of the place where the tokens are kept.
func (e *examination) tokens(ctx context.Context) []doctor.Check {
	if e.store == nil {
		return nil
	}
	dir := filepath.Dir(e.store.Path())
	s := doctor.Store{File: doctor.LookAt(e.store.Path()), Dir: doctor.LookAt(dir), Sealed: e.store.Sealed(), Optional: e.profile.Kind == auth.S2S}
	if _, err := e.store.Load(); err != nil && !errors.Is(err, auth.ErrSignedOut) {
		s.Unusable = e.cli.trouble(err)
	}
	if err := e.writable(s.Dir); err != nil {
		s.Unwritable = e.cli.trouble(err)
	}
	checks := []doctor.Check{doctor.Tokens(s), doctor.LeftOver(e.leftovers())}
	if s.Dir.There && s.Unwritable == nil {
		checks = append(checks, doctor.FileSystem(dir, doctor.VolumeOf(dir), doctor.TryLock(dir)))
	}
	return append(checks, e.keyring(ctx, s.Unusable))
}

// writable finds out whether tokens could be kept, without making the directory.
func (e *examination) writable(dir doctor.File) error {
	if dir.There {
		return e.store.Probe()
	}
	err := doctor.Writable(dir.Path)
	if err == nil {
		return nil
	}
	cause := err.Error()
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		cause = path.Err.Error()
	}
	return &auth.Error{Kind: auth.ErrStore, Op: "try the token store", Path: dir.Path, Cause: cause, Err: err}
}

func (e *examination) leftovers() doctor.Leftovers {
	l := doctor.Leftovers{Running: doctor.Taken(e.store.Path() + ".lock"), Zone: e.profile.Location()}
	if mark, ok := e.store.Mark(); ok {
		l.Begun, l.By = mark.At, fmt.Sprintf("%s, pid %d", cmp.Or(clean(mark.Command), "zoomtui"), mark.PID)
	}
	for _, path := range e.store.Remains() {
		switch name := filepath.Base(path); {
		case strings.HasPrefix(name, "."):
			l.Files = append(l.Files, path)
		case strings.Contains(name, ".damaged-"):
			l.Aside = append(l.Aside, path)
		}
	}
	return l
}

// keyring asks the keyring only if it is wanted. unusable is why the tokens could
// not be read.
func (e *examination) keyring(ctx context.Context, unusable *doctor.Trouble) doctor.Check {
	k := doctor.Keyring{Wanted: e.profile.Store == config.StoreKeyring, Sealed: e.store.Sealed()}
	switch {
	case k.Sealed:
		k.Err = unusable
	case k.Wanted && e.cli.ring != nil:
		if err := e.cli.ring.Probe(ctx); err != nil {
			k.Err = &doctor.Trouble{
				What: "The keyring cannot be used.", Why: sentence(capital(clean(err.Error()))),
				Brief: "cannot be used",
				Steps: []string{"Unlock or start it, or do without it in config.toml: store = \"file\""}, Class: explain.Store,
			}
		}
	}
	return doctor.SystemKeyring(k)
}

func (e *examination) directory(name, path, what string) doctor.Check {
	return doctor.Directory(doctor.Dir{Name: name, For: what, File: doctor.LookAt(path), Err: doctor.Writable(path)})
}

// signIn are the checks of the sign-in and of what it may read.
func (e *examination) signIn(context.Context) []doctor.Check {
	stands, err := e.standing()
	s := doctor.SignIn{
		Kind: string(e.profile.Kind), Fixed: e.given != "", Unknown: err != nil, Now: stands.now,
		Ends: stands.ends(), AccessEnds: stands.token.ExpiresAt, Generation: stands.token.Generation,
		Soon: stands.state == signInEndsSoon,
	}
	if !s.Ends.IsZero() {
		s.Days = stands.daysLeft()
	}
	if stands.why != nil {
		s.Over = e.cli.trouble(stands.why)
	}
	granted := stands.token.Scopes()
	return []doctor.Check{doctor.SignedIn(s), doctor.Scopes(string(e.profile.Kind), granted, len(granted) > 0)}
}

func (e *examination) terminal() doctor.Check {
	cols, rows, there := windowSize(e.cli.out)
	return doctor.Features(doctor.Terminal{
		Machine: term.FromEnv(e.cli.getenv), There: there && isTerminal(e.cli.in), Cols: cols, Rows: rows, Getenv: e.cli.getenv,
	})
}

func (e *examination) environment() doctor.Check {
	var names []string
	for _, line := range os.Environ() {
		name, _, _ := strings.Cut(line, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	return doctor.Overrides(doctor.Environment{
		Getenv: e.cli.getenv, Names: names, FileID: e.written().ClientID, FileKind: e.written().Kind, Kind: string(e.profile.Kind),
		FileExists: func(path string) bool { _, err := os.Stat(path); return err == nil },
	})
}

// trouble is a failure for a check: in the words of every other command. That it
// should be tried again, or the machine be checked, is left out: that is being done.
func (c *cli) trouble(err error) *doctor.Trouble {
	p := c.problem(err)
	t := &doctor.Trouble{What: clean(p.What), Why: capital(clean(p.Why)), Brief: "trouble with the " + p.Class().String(), Class: p.Class()}
	if known, ok := errors.AsType[*auth.Error](err); ok {
		t.Brief = known.Kind.Error()
	}
	for _, step := range p.Next {
		bare := step.Action == explain.ActionRetry && strings.HasPrefix(step.Text, "Try again")
		if !bare && step.Action != explain.ActionDoctor {
			t.Steps = append(t.Steps, clean(c.stepText(step)))
		}
	}
	if path := p.Facts.Path; len(t.Steps) == 0 && path != "" && runtime.GOOS != "windows" {
		t.Steps = []string{"Look at who may do what there: ls -ld " + explain.ShellWord(filepath.Dir(path)) + " " + explain.ShellWord(path)}
	}
	if len(t.Steps) == 0 {
		t.Steps = []string{"Look at the facts: zoomtui status"}
	}
	return t
}
