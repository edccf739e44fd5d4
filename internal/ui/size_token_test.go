package ui

import (
	"context"
	"strings"
	"sync"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/token"
	"zoomtui/internal/ui/uitest"
)

// comparer is a made-up token.Comparer. It finds a token in every text with "eyJ".
type comparer struct {
	mu     sync.Mutex
	found  func(now time.Time) token.Comparison
	answer func(theirs bool, p scope.Probe) scope.Outcome
	slow   time.Duration // how long reading takes

	texts  []string
	others []*otherToken
}

// otherToken is what it hands out.
type otherToken struct {
	of      *comparer
	forgot  bool
	theirs  []string // paths that were tried with it
	ours    []string
	planErr error
}

func (c *comparer) Read(_ context.Context, text []byte) (token.Other, error) {
	time.Sleep(c.slow)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts = append(c.texts, string(text))
	if !strings.Contains(string(text), "eyJ") {
		return nil, token.ErrNoToken
	}
	o := &otherToken{of: c}
	c.others = append(c.others, o)
	return o, nil
}

// last is the newest one, and how many there were.
func (c *comparer) last() (*otherToken, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.others) == 0 {
		return nil, 0
	}
	return c.others[len(c.others)-1], len(c.others)
}

func (o *otherToken) Comparison() token.Comparison { return o.of.found(time.Now()) }

func (o *otherToken) Plan(context.Context) (token.Plan, error) {
	var calls []scope.Probe
	for _, path := range []string{"/users/me", "/users/me/settings", "/users/me/meetings?page_size=1"} {
		calls = append(calls, scope.Probe{Path: path, After: 500 * time.Millisecond})
	}
	return token.Plan{Host: "api-us.zoom.us", Calls: calls}, o.planErr
}

func (o *otherToken) Try(_ context.Context, p scope.Probe) scope.Outcome {
	o.of.mu.Lock()
	defer o.of.mu.Unlock()
	o.theirs = append(o.theirs, p.Path)
	return o.of.answer(true, p)
}

func (o *otherToken) TryOurs(_ context.Context, p scope.Probe) scope.Outcome {
	o.of.mu.Lock()
	defer o.of.mu.Unlock()
	o.ours = append(o.ours, p.Path)
	return o.of.answer(false, p)
}

func (o *otherToken) Forget() {
	o.of.mu.Lock()
	defer o.of.mu.Unlock()
	o.forgot = true
}

// tried are the paths tried with the token, ours the others; forgot whether it is gone.
func (o *otherToken) tried() (theirs, ours int, forgot bool) {
	o.of.mu.Lock()
	defer o.of.mu.Unlock()
	return len(o.theirs), len(o.ours), o.forgot
}

// ourSide is the token in use, as the comparer sees it.
func ourSide(now time.Time) token.Side {
	return token.Side{
		Kind: token.Access, Client: "7KxQ2fWJT1mBv8s0nLda3g", User: "zJKyaiAyTNC-MWjiWC18KQ", Account: "q6gBJVO5TzexKYTb_I2rpg", SignIn: "g1c4",
		Version: "10", Issued: now.Add(-9 * time.Minute), Expires: now.Add(51*time.Minute + 7*time.Second),
	}
}

// postman is a token of another app and user, that may read the settings.
func postman() *comparer {
	return &comparer{
		found: func(now time.Time) token.Comparison {
			theirs := ourSide(now)
			theirs.Client, theirs.User, theirs.SignIn = "Qm4WkJt2Rz9LpHs6VbYx7Qa", "hT7pLw2cQ0uV9dNsX4kR1A", "b77e"
			theirs.Issued, theirs.Expires = now.Add(-49*time.Minute), now.Add(11*time.Minute)
			return token.Comparison{Ours: ourSide(now), Theirs: theirs}
		},
		answer: func(theirs bool, p scope.Probe) scope.Outcome {
			if !theirs && strings.HasSuffix(p.Path, "/settings") {
				return scope.Outcome{Probe: p, Zoom: scope.AddOne, Status: 400, Code: 4711, Scopes: []string{"user:read:settings"}}
			}
			return scope.Outcome{Probe: p, Zoom: scope.HasIt, Status: 200}
		},
	}
}

// finding is a comparer that finds something else.
func finding(change func(*token.Comparison, time.Time)) *comparer {
	c := postman()
	was := c.found
	c.found = func(now time.Time) token.Comparison {
		out := was(now)
		change(&out, now)
		return out
	}
	return c
}

// over is the world with a comparer, and with a token that has all that Zoom puts into one.
func (c *comparer) over(w *world) Deps {
	w.tokens = fullToken(w.tokens, time.Now())
	d := w.deps()
	d.Comparer = c
	return d
}

// fullToken is a token with every member that was seen, and one that nobody knows.
func fullToken(t state.Tokens, now time.Time) state.Tokens {
	t.Claims = nil
	for _, c := range [][2]string{
		{"alg", "HS512"},
		{"kid", "6e2f1b1c-9a6e-4a0e-8a55-2d1f0c1b7a11"},
		{"sv", "000002"},
		{"v", "2.0"},
		{"zm_skm", "zm_o2m"},
		{"aid", "q6gBJVO5TzexKYTb_I2rpg"},
		{"aud", "https://oauth.zoom.us"},
		{"auid", "g1c4e7"},
		{"code", "[redacted]"},
		{"gno", "0"},
		{"iss", "zm:cid:7KxQ2fWJT1mBv8s0nLda3g"},
		{"jti", "0f8e"},
		{"tid", "0"},
		{"type", "0"},
		{"uid", "zJKyaiAyTNC-MWjiWC18KQ"},
		{"ver", "10"},
	} {
		t.Claims = append(t.Claims, state.Claim{Name: c[0], Value: c[1]})
	}
	for name, at := range map[string]time.Time{"iat": now.Add(-9 * time.Minute), "exp": now.Add(51*time.Minute + 7*time.Second), "nbf": now.Add(-9 * time.Minute)} {
		t.Claims = append(t.Claims, state.Claim{Name: name, At: at})
	}
	return t
}

// pastedJWT is a text in which the comparer finds a token.
const pastedJWT = "eyJzdiI6IjAwMDAwMiJ9.eyJzZWNyZXQtb2YtcG9zdG1hbiI6MX0.Zm9yLW5vYm9keXMtZXllcw"

// tokenSituations are the screens of the token tab.
func tokenSituations() []situation {
	paste := func(keys ...string) func(*world, *uitest.Program) {
		return func(_ *world, p *uitest.Program) {
			p.Paste("Authorization: Bearer " + pastedJWT)
			p.Press(keys...)
		}
	}
	probe := func(_ *world, p *uitest.Program) {
		paste("p", "enter")(nil, p)
		p.Advance(10 * time.Second)
	}
	box := []string{"4", "c"}
	japanese := finding(func(c *token.Comparison, _ time.Time) {
		*c = token.Comparison{Theirs: token.Side{Kind: token.Foreign, Issuer: "認証サーバー・東京"}}
	})
	refresh := finding(func(c *token.Comparison, _ time.Time) { c.Theirs.Kind, c.Theirs.Client = token.Refresh, c.Ours.Client })
	same := finding(func(c *token.Comparison, _ time.Time) { c.Theirs, c.Same = c.Ours, true })
	expired := finding(func(c *token.Comparison, now time.Time) { c.Theirs, c.Theirs.Expires = c.Ours, now.Add(-50*time.Hour) })
	return []situation{
		{name: "token, all claims", world: week, deps: postman().over, keys: []string{"4"}},
		{name: "token, its end", world: week, deps: postman().over, keys: []string{"4", "G"}},
		{name: "compare", world: week, deps: postman().over, keys: box},
		{name: "compare, typed", world: week, deps: postman().over, keys: append(box, "a", "b", "c"), coarse: true},
		{name: "compare, no token in it", world: week, deps: postman().over, keys: append(box, "a", "enter"), coarse: true},
		{name: "compared, another app", world: week, deps: postman().over, keys: box, then: paste()},
		{name: "compared, refresh token", world: week, deps: refresh.over, keys: box, then: paste(), coarse: true},
		{name: "compared, the same", world: week, deps: same.over, keys: box, then: paste(), coarse: true},
		{name: "compared, expired", world: week, deps: expired.over, keys: box, then: paste(), coarse: true},
		{name: "compared, foreign", world: week, deps: japanese.over, keys: box, then: paste(), coarse: true},
		{name: "probe with it", world: week, deps: postman().over, keys: box, then: paste("p")},
		{name: "probed with it", world: week, deps: postman().over, keys: box, then: probe},
	}
}
