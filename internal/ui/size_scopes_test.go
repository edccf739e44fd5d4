package ui

import (
	"errors"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// scopeSituations are the screens of the scope lab.
func scopeSituations() []situation {
	many := func() *world {
		w := short()
		w.tokens.Scopes = nil
		if c, err := table(); err == nil {
			for _, name := range c.Scopes() {
				if scope.LevelOf(name) == scope.LevelUser && c.NameStyle(name) == scope.Granular {
					w.tokens.Scopes = append(w.tokens.Scopes, name)
				}
			}
		}
		return w
	}
	refused := func(change func(*explain.Facts)) func() *world {
		return func() *world {
			w := short()
			e := w.invErr.(problem)
			change(&e.facts)
			w.invErr = e
			return w
		}
	}
	usual := func(w *world) Deps { return labDeps(&lab{})(w) }
	damaged := func(w *world) Deps { return labDeps(&lab{err: errors.New("it is damaged")})(w) }
	answers := map[string]*scope.Live{
		"/users/me/upcoming_meetings": {Status: 400, Code: 4711, Message: "Invalid access token, does not contain scopes:[" + upcomingScope + "].", Scopes: []string{upcomingScope}, TrackingID: "v=2.0;clid=us02;rid=WEB_77aa"},
		"/users/me/settings":          {Status: 403, Code: 200, Message: "No permission. 権限がありません", TrackingID: "v=2.0;clid=us02;rid=WEB_77ab"},
	}
	apart := func(w *world) Deps { return labDeps(&lab{answers: answers})(w) }
	settle := func(_ *world, p *uitest.Program) { p.Advance(10 * time.Second) }
	again := func(w *world, p *uitest.Program) {
		w.invErr = nil
		p.Paste("code=good")
		p.Advance(2 * time.Second)
	}
	return append(coarsely([]situation{
		{name: "scopes, many", world: many, deps: usual, keys: []string{"3"}},
		{name: "scopes, unknown", world: func() *world { w := week(); w.tokens.Scopes = nil; return w }, deps: usual, keys: []string{"3"}},
		{name: "scopes, signed out", world: func() *world { w := week(); w.tokens.Ended = refusedRefresh(); return w }, deps: usual, keys: []string{"3"}},
		{name: "scopes, no table", world: short, deps: damaged, keys: []string{"s"}},
		{name: "scopes, of one", world: short, deps: usual, keys: []string{"3", "enter", "space"}},
		{name: "search, words", world: short, deps: usual, keys: keys([]string{"3", "/"}, letters("upcoming"))},
		{name: "search, nothing", world: short, deps: usual, keys: keys([]string{"3", "/"}, letters("設計qqq"))},
		{name: "what if", world: short, deps: usual, keys: keys([]string{"3", "w"}, letters("upcoming"))},
		{name: "what if, opened", world: short, deps: usual, keys: keys([]string{"3", "w"}, letters("upcoming"), []string{"enter"})},
		{name: "probe, stopped", world: short, deps: apart, keys: []string{"3", "p", "enter", "esc"}},
		{name: "sign-ins", world: short, deps: usual, keys: []string{"3", "h", "j", "j"}},
		{name: "export", world: short, deps: usual, keys: []string{"3", "enter", "space", "esc", "j", "enter", "space", "x", "x", "x"}},
		{name: "verdict, master", world: refused(func(f *explain.Facts) {
			f.Op, f.MissingScopes = "GET /accounts", []string{"account:read:list_sub_accounts:master", "account:master"}
		}), deps: usual, keys: []string{"s"}},
		{name: "verdict, role", world: refused(func(f *explain.Facts) {
			f.HTTPStatus, f.Code, f.Message, f.MissingScopes = 403, 200, "No permission.", nil
		}), deps: usual, keys: []string{"s"}},
		{name: "verdict, old sign-in", world: func() *world { w := short(); w.tokens.Scopes = all4; return w }, deps: usual, keys: []string{"s"}},
		{name: "verdict, unknown endpoint", world: refused(func(f *explain.Facts) {
			f.Op, f.HTTPStatus, f.Code, f.Message, f.MissingScopes = "GET /users/me/upcomming_meeting", 404, 2300, "This API endpoint is not recognized.", nil
		}), deps: usual, keys: []string{"s"}},
		{name: "verdict, otherwise documented", world: refused(func(f *explain.Facts) {
			f.MissingScopes = []string{"meeting:read:list_invited_meetings", "contact_center:write:queue disposition:admin"}
		}), deps: usual, keys: []string{"s"}},
		{name: "verdict, nothing new", world: func() *world { w := short(); w.grants = w.tokens.Scopes; return w }, deps: usual, keys: []string{"s", "L"}, then: again},
		{name: "verdict, account", world: short, deps: func(w *world) Deps {
			w.tokens.SignInEnds, w.tokens.RefreshFingerprint = time.Time{}, ""
			d := usual(w)
			d.Profile = state.Profile{Name: "robot", Kind: "s2s", ClientTail: "k3Lm"}
			return d
		}, keys: []string{"s", "L"}},
	}), []situation{
		{name: "dashboard, scope missing", world: short, deps: usual},
		{name: "dashboard, scope of the profile", world: func() *world {
			w := short()
			w.invErr, w.userErr = nil, lacking("GET /users/me", "user:read:user", "user:read:user:admin")
			return w
		}, deps: usual},
		{name: "scopes", world: short, deps: usual, keys: []string{"3"}},
		{name: "search", world: short, deps: usual, keys: []string{"3", "/"}},
		{name: "verdict", world: short, deps: usual, keys: []string{"s"}},
		{name: "verdict, scope added", world: func() *world { w := short(); w.grants = all4; return w }, deps: usual, keys: []string{"s", "L"}, then: again},
		{name: "probe", world: short, deps: usual, keys: []string{"3", "p"}},
		{name: "probe, done", world: short, deps: apart, keys: []string{"3", "p", "enter", "j", "j"}, then: settle},
		{name: "help, scopes", world: short, deps: usual, keys: []string{"s", "?"}},
	}...)
}
