package ui

import (
	"context"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/setup"
	"zoomtui/internal/ui/state"
)

// letters are the keys of a text; a blank is the key "space".
func letters(text string) []string { return strings.Split(text, "") }

// keys joins key presses and texts to type.
func keys(lists ...[]string) []string {
	var out []string
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// profileSituations are the screens around profiles, apps and accounts.
func profileSituations() []situation {
	list := func(change func(*profiles)) func(*world) Deps {
		return func(w *world) Deps {
			_, others := several()
			if change != nil {
				change(others)
			}
			deps := w.deps()
			deps.Profiles, deps.Setup = others, &apps{}
			return deps
		}
	}
	damaged := problem{explain.Facts{
		Place: explain.PlaceLocal, Class: explain.Usage, Path: "/home/aiko/.config/zoomtui/config.toml",
		Cause: "line 3: the key clientid is not known; did you mean client_id?",
	}}
	out := []situation{
		{name: "profiles", world: week, deps: list(nil), keys: []string{"P", "g", "j"}},
		{name: "profiles, none", world: week, deps: list(func(p *profiles) { p.rows = nil }), keys: []string{"P"}},
		{name: "profiles, unreadable", world: week, deps: list(func(p *profiles) { p.listErr = damaged }), keys: []string{"P"}},
		{name: "profiles, not opened", world: week, deps: list(func(p *profiles) { p.openErr = damaged }), keys: []string{"P", "k", "enter"}},
		{name: "profiles, opening", world: week, deps: list(func(p *profiles) { p.gate = make(chan struct{}) }), keys: []string{"P", "k", "enter"}},
		{name: "account", world: func() *world { return account(true) }, deps: s2sDeps},
		{name: "account, before its first token", world: func() *world { return account(true) }, deps: func(w *world) Deps {
			d := s2sDeps(w)
			d.Tokens, d.Account, d.Calendar = state.Tokens{SignedIn: true}, silent{}, silent{}
			return d
		}},
		{name: "account, whose data", world: func() *world { return account(false) }, deps: s2sDeps},
		{name: "account, meetings of whom", world: func() *world { return account(false) }, deps: s2sDeps, keys: []string{"2"}},
		{name: "account, user", world: func() *world { return account(false) }, deps: s2sDeps, keys: keys([]string{"u"}, letters("田中"))},
		{name: "account, user missing", world: func() *world { return account(false) }, deps: s2sDeps, keys: []string{"u", "enter"}},
		{name: "account refused", world: refusedAccount, deps: s2sDeps},
	}
	return append(out, setupSituations()...)
}

func refusedAccount() *world {
	w := account(true)
	refused := problem{explain.Facts{
		Place: explain.PlaceToken, HTTPStatus: 400, OAuth: "invalid_client", Op: "fetch account token",
		Message: "Invalid client_id or client_secret",
	}}
	w.userErr, w.hostErr, w.invErr = refused, refused, refused
	return w
}

func errReadOnly() error {
	return problem{explain.Facts{
		Place: explain.PlaceLocal, Class: explain.Store, Path: "/home/aiko/.config/zoomtui/config.toml", Cause: "read-only file system",
	}}
}

func setupSituations() []situation {
	first := func(a *apps) func(*world) Deps {
		return func(*world) Deps { return noApp(a, &profiles{openErr: offline()}) }
	}
	known := func() *apps {
		return &apps{known: []setup.Known{{Name: "default", ClientID: "7KxQ2fWJT1mBv8s0nLda3g"}}}
	}
	judged := func(err error) *apps {
		return &apps{check: func(context.Context, setup.App) error { return err }}
	}
	waiting := &apps{check: func(ctx context.Context, _ setup.App) error {
		<-ctx.Done()
		return ctx.Err()
	}}
	id := letters("7KxQ2fWJT1mBv8s0nLda3g")
	public := keys([]string{"enter", "enter"}, id, []string{"enter", "enter"})
	confidential := keys([]string{"j", "enter", "enter"}, id, []string{"enter"}, letters("sEcReT"), []string{"enter", "enter"})
	address := letters("https://aiko.example.test/zoom/that/is/rather/long/and/goes/on")
	registered := keys(confidential, address, []string{"enter", "enter"})
	accounts := keys([]string{"G", "enter", "enter"}, letters("q6gBJVO5TzexKYTb_I2rpg"), []string{"enter"}, id, []string{"enter"},
		letters("sEcReT"), []string{"enter", "enter", "enter"})
	return []situation{
		{name: "setup, kind", world: week, deps: first(&apps{}), keys: []string{"j"}},
		{name: "setup, leaving", world: week, deps: first(&apps{}), keys: []string{"esc"}},
		{name: "setup, public", world: week, deps: first(known()), keys: keys([]string{"enter", "enter"}, id)},
		{name: "setup, wrong entry", world: week, deps: first(known()), keys: keys([]string{"enter", "ctrl+u"}, letters("田中"), []string{"enter"})},
		{name: "setup, confidential", world: week, deps: first(&apps{}), keys: confidential},
		{name: "setup, register public", world: week, deps: first(known()), keys: public},
		{name: "setup, register confidential", world: week, deps: first(&apps{}), keys: registered},
		{name: "setup, register account", world: week, deps: first(&apps{}), keys: accounts},
		{name: "setup, manifest", world: week, deps: first(&apps{}), keys: keys(public, []string{"m"})},
		{name: "setup, testing", world: week, deps: first(waiting), keys: keys(public, []string{"enter"})},
		{name: "setup, refused", world: week, deps: first(judged(refusedBy(setup.PartSecret, "Invalid client_id or client_secret"))), keys: keys(registered, []string{"enter"})},
		{name: "setup, untested", world: week, deps: first(judged(offline())), keys: keys(public, []string{"enter"})},
		{name: "setup, not saved", world: week, deps: first(&apps{saveErr: errReadOnly()}), keys: keys(public, []string{"enter"})},
		{name: "setup, not opened", world: week, deps: first(&apps{}), keys: keys(public, []string{"enter"})},
	}
}
