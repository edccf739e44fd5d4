package ui

import (
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// refusedRefresh is Zoom's refusal of a refresh token.
func refusedRefresh() error {
	return problem{explain.Facts{
		Place: explain.PlaceToken, Class: explain.SignIn, HTTPStatus: 400, OAuth: "invalid_grant", Op: "refresh",
		Message: "Invalid Token!", TrackingID: "v=2.0;clid=us02;rid=WEB_4f1c", At: time.Now(),
	}}
}

// movedAway is what is known of a sign-in that another machine has.
func movedAway() error {
	return problem{explain.Facts{
		Place: explain.PlaceLocal, Class: explain.SignIn, Op: "read tokens", Path: "/home/aiko/.config/zoomtui/tokens/work.json",
		Cause: "the sign-in was moved to another machine 2 days ago", Fix: "zoomtui export --cancel --profile work",
	}}
}

// limited is Zoom's refusal of more calls for so long.
func limited(wait time.Duration) error {
	return problem{explain.Facts{
		Place: explain.PlaceAPI, HTTPStatus: 429, Code: 429, Daily: true, RetryAt: time.Now().Add(wait),
		Message: "You have reached the maximum daily rate limit for this API.",
	}}
}

// past is a history with one row of each kind, the newest first.
func past() []state.HistoryRow {
	at := func(d time.Duration) time.Time { return time.Now().Add(-d) }
	return []state.HistoryRow{
		{At: at(48 * time.Minute), Action: "refresh", Command: "token", PID: 4711, Result: "ended", Cause: `Zoom answered 400 invalid_grant "Invalid Token!"`, Generation: 5, OldFingerprint: "8b02dd"},
		{At: at(time.Hour), Action: "refresh", Command: "dashboard", PID: 812, Result: "network", Cause: "dial tcp: no route to host", Generation: 5, OldFingerprint: "8b02dd"},
		{At: at(2 * time.Hour), Action: "refresh", Command: "keepalive", PID: 690, Result: "ok", Tried: "previous", CutOff: at(3 * time.Hour), Generation: 5, OldFingerprint: "3f9c1a", NewFingerprint: "8b02dd"},
		{At: at(26 * time.Hour), Action: "refresh", Command: "dashboard", PID: 77, Result: "ok", Generation: 4, OldFingerprint: "11aa22", NewFingerprint: "3f9c1a", ScopesAdded: []string{"meeting:read:list_upcoming_meetings"}, ScopesRemoved: []string{"user:read:email"}},
		{At: at(27 * time.Hour), Action: "import", Command: "import", PID: 70, Result: "ok", Generation: 3, NewFingerprint: "11aa22"},
		{At: at(28 * time.Hour), Action: "logout", Command: "logout", PID: 65, Result: "ok", OldFingerprint: "cc33dd"},
		{At: at(60 * 24 * time.Hour), Action: "sign-in", Command: "login", PID: 12, Result: "ok", Generation: 1, NewFingerprint: "cc33dd", ScopesAdded: []string{"user:read:user"}},
	}
}

// cachedFor is the world with what an earlier run kept so long ago.
func cachedFor(age time.Duration) func(*world) Deps {
	return func(w *world) Deps {
		d := w.deps()
		d.Cached = w.cached(time.Now().Add(-age))
		return d
	}
}

// refused makes every call to Zoom fail for want of a sign-in.
func (w *world) refused(err error) *world {
	w.userErr, w.hostErr, w.invErr = err, err, err
	return w
}

// staleSituations are the screens on which something is old, about to end or over.
func staleSituations() []situation {
	with := func(change func(*world)) func() *world {
		return func() *world {
			w := week()
			w.history = past()
			change(w)
			return w
		}
	}
	return coarsely([]situation{
		{name: "ended, meetings kept", deps: cachedFor(3 * time.Hour), world: with(func(w *world) { w.refused(refusedRefresh()) })},
		{name: "ended, as the history knows", deps: cachedFor(3 * time.Hour), world: with(func(w *world) { w.tokens.Ended = refusedRefresh() })},
		{name: "moved", deps: cachedFor(3 * time.Hour), world: with(func(w *world) {
			w.tokens.Ended, w.tokens.MovedAt = movedAway(), time.Now().Add(-50*time.Hour)
			w.refused(movedAway())
		})},
		{name: "logged out elsewhere", world: with(func(*world) {}), then: func(w *world, p *uitest.Program) {
			w.tokens = state.Tokens{}
			p.Advance(12 * time.Second)
		}},
		{name: "ends soon", world: with(func(w *world) { w.tokens.SignInEnds = time.Now().Add(9*24*time.Hour + time.Hour) })},
		{name: "old, offline", deps: cachedFor(3 * time.Hour), world: with(func(w *world) {
			w.tokens.ObtainedAt, w.tokens.AccessExpires = time.Now().Add(-94*24*time.Hour), time.Now().Add(-94*24*time.Hour+time.Hour)
			w.tokens.RenewsAt = w.tokens.AccessExpires
			w.tokens.SignInEnds, w.renewal = time.Now().Add(-4*24*time.Hour), offline()
			w.refused(offline())
		}), then: func(_ *world, p *uitest.Program) { p.Advance(2 * time.Second) }},
		{name: "offline, meetings kept", deps: cachedFor(3 * time.Hour), world: with(func(w *world) { w.refused(offline()) })},
		{name: "paused", deps: cachedFor(3 * time.Hour), world: with(func(w *world) { w.hostErr, w.invErr = limited(3*time.Hour), limited(3*time.Hour) })},
		{name: "nobody looked", world: with(func(*world) {}), then: func(_ *world, p *uitest.Program) {
			p.Send(blur())
			p.Advance(13 * time.Minute)
		}},
		{name: "tokens unreadable", world: with(func(w *world) {
			w.tokens = state.Tokens{}
			w.readErr = problem{explain.Facts{
				Place: explain.PlaceLocal, Class: explain.Store, Path: "/home/aiko/.config/zoomtui/tokens/work.json",
				Cause: "mode 0644: others can read it", Fix: "chmod 600 /home/aiko/.config/zoomtui/tokens/work.json",
			}}
		})},
		{name: "news of a refresh that was cut off", world: with(func(w *world) {
			w.news = make(chan string, 1)
			w.news <- "A refresh was cut off at 03:12 (zoomtui token, pid 4711); the stored token was tried and is used up; the previous one works."
		})},
		{name: "a refresh was cut off", world: cutOffWorld},
		{name: "history", world: with(func(*world) {}), keys: []string{"H"}},
		{name: "history, mended", world: with(func(*world) {}), keys: []string{"H", "j", "j"}},
		{name: "history, scopes", world: with(func(*world) {}), keys: []string{"H", "j", "j", "j"}},
		{name: "history, none", world: with(func(w *world) { w.history = nil }), keys: []string{"H"}},
		{name: "history, unreadable", world: with(func(w *world) {
			w.histErr = problem{explain.Facts{
				Place: explain.PlaceLocal, Class: explain.Store, Path: "/home/aiko/.local/state/zoomtui/history/work.jsonl", Cause: "permission denied",
			}}
		}), keys: []string{"H"}},
		{name: "profiles, standing", world: week, deps: func(w *world) Deps {
			_, others := several()
			others.rows[0].Standing, others.rows[0].SignedIn = StandingMoved, false
			others.rows[1].Standing, others.rows[1].EndsIn = StandingEndsSoon, 9*24*time.Hour
			d := w.deps()
			d.Profiles = others
			return d
		}, keys: []string{"P", "g"}},
	})
}

// coarsely marks situations that differ from others in words more than in shape.
func coarsely(all []situation) []situation {
	for i := range all {
		all[i].coarse = true
	}
	return all
}
