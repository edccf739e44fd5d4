package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/qr"
	"zoomtui/internal/ui/setup"
	"zoomtui/internal/ui/state"
)

// apps is a made-up config.toml, and a Zoom that judges apps.
type apps struct {
	mu       sync.Mutex
	known    []setup.Known
	namesErr error
	check    func(ctx context.Context, app setup.App) error // nil: every app is right
	saveErr  error
	checked  []setup.App
	saved    []setup.App
}

func (a *apps) Names(context.Context) ([]setup.Known, error) { return a.known, a.namesErr }

func (a *apps) Check(ctx context.Context, app setup.App) error {
	a.mu.Lock()
	a.checked = append(a.checked, app)
	check := a.check
	a.mu.Unlock()
	if check == nil {
		return nil
	}
	return check(ctx, app)
}

func (a *apps) Save(_ context.Context, app setup.App) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.saveErr != nil {
		return a.saveErr
	}
	a.saved = append(a.saved, app)
	return nil
}

func (a *apps) Manifest(app setup.App) (string, error) {
	return "{\n  \"oauth_information\": {\n    \"development_redirect_uri\": \"" + app.RedirectURI + "\"\n  }\n}\n", nil
}

// profiles are several worlds by the names of their profiles.
type profiles struct {
	rows    []ProfileRow
	listErr error
	worlds  map[string]*world
	openErr error
	gate    chan struct{} // not nil: an opening waits for it
	opened  []string
	change  func(name string, deps *Deps) // before the Deps are handed out
}

func (p *profiles) List(context.Context) ([]ProfileRow, error) { return p.rows, p.listErr }

func (p *profiles) Open(ctx context.Context, name string) (Deps, error) {
	if p.gate != nil {
		select {
		case <-p.gate:
		case <-ctx.Done():
			return Deps{}, ctx.Err()
		}
	}
	if p.openErr != nil {
		return Deps{}, p.openErr
	}
	w, ok := p.worlds[name]
	if !ok {
		return Deps{}, errors.New("there is no profile " + name)
	}
	p.opened = append(p.opened, name)
	deps := w.deps()
	deps.Profile.Name, deps.Profiles = name, p
	if p.change != nil {
		p.change(name, &deps)
	}
	return deps, nil
}

// noApp is a machine where nothing is set up yet.
func noApp(a *apps, p *profiles) Deps {
	d := Deps{
		NoApp: true, Setup: a, Opener: &world{}, Clock: time.Now, Location: time.UTC,
		Glyphs: func(Terminal) []qr.Glyphs { return []qr.Glyphs{qr.HalfBlocks} },
	}
	if p != nil {
		d.Profiles = p
	}
	return d
}

// account is a world behind a Server-to-Server app; answers says whether Zoom
// takes "me" from it.
func account(answers bool) *world {
	w := week()
	w.tokens.SignInEnds, w.tokens.RefreshFingerprint, w.tokens.Generation = time.Time{}, "", 7
	if !answers {
		w.refuseMe()
	}
	return w
}

// refuseMe lets Zoom answer as it does when a Server-to-Server app names nobody.
func (w *world) refuseMe() {
	refused := problem{explain.Facts{
		Place: explain.PlaceAPI, HTTPStatus: 404, Code: 1001, Message: "User does not exist: me.", Op: "GET /users/me",
	}}
	w.userErr, w.hostErr, w.invErr = refused, refused, refused
}

// s2sDeps is the dashboard over such a world.
func s2sDeps(w *world) Deps {
	d := w.deps()
	d.Profile = state.Profile{Name: "robot", Kind: "s2s", ClientTail: "k3Lm"}
	d.User = w
	return d
}

// UseUser takes the user that it knows.
func (w *world) UseUser(_ context.Context, user string) error {
	w.count("use " + user)
	if user == "locked@example.test" {
		return errReadOnly()
	}
	if user == "aiko@example.test" {
		w.userErr, w.hostErr, w.invErr = nil, nil, nil
	}
	return nil
}

func refusedBy(part setup.Part, message string) error {
	return &setup.Refusal{Part: part, Err: problem{explain.Facts{
		Place: explain.PlaceToken, HTTPStatus: 401, OAuth: "invalid_client", Message: message,
	}}}
}
