package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/agenda"
	"zoomtui/internal/explain"
	"zoomtui/internal/qr"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/uitest"
)

// world is a made-up rest of the program for the tests of the screens.
type world struct {
	mu      sync.Mutex
	user    state.User
	userErr error
	hosted  []agenda.Hosted
	hostErr error
	invited []agenda.Invited
	invErr  error
	tokens  state.Tokens
	skew    time.Duration    // Zoom's clock minus ours
	zoom    func() time.Time // Zoom's clock; nil: the bubble's
	readErr error
	renewal error
	grants  []string // what the next sign-in or account token brings; nil: the usual
	history []state.HistoryRow
	histErr error
	news    chan string
	calls   map[string]int

	attempt  *attempt // the newest
	startErr error
	opened   []string
	canOpen  bool
}

func (w *world) count(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calls == nil {
		w.calls = map[string]int{}
	}
	w.calls[what]++
}

func (w *world) called(what string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[what]
}

func (w *world) Me(context.Context) (state.User, error) {
	w.count("me")
	return w.user, w.userErr
}

func (w *world) Hosted(context.Context) ([]agenda.Hosted, error) {
	w.count("hosted")
	return w.hosted, w.hostErr
}

func (w *world) Invited(context.Context) ([]agenda.Invited, error) {
	w.count("invited")
	return w.invited, w.invErr
}

func (w *world) Current(context.Context) (state.Tokens, error) {
	w.count("current")
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tokens, w.readErr
}

func (w *world) Renew(_ context.Context, force bool) (state.Tokens, error) {
	w.count("renew")
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.renewal != nil {
		return state.Tokens{}, w.renewal
	}
	w.tokens.Generation++
	w.tokens.CutOffAt = time.Time{}
	now := time.Now()
	if w.zoom != nil {
		now = w.zoom()
	}
	w.tokens.ObtainedAt = now
	w.tokens.AccessExpires = now.Add(time.Hour)
	w.tokens.RenewsAt = now.Add(55 * time.Minute)
	if w.grants != nil && w.tokens.RefreshFingerprint == "" { // account credentials
		w.tokens.Scopes = w.grants
	}
	return w.tokens, nil
}

func (w *world) Revoke(context.Context) (Revocation, error) {
	w.count("revoke")
	w.tokens = state.Tokens{}
	return Revocation{Told: true}, nil
}

func (w *world) History(context.Context) ([]state.HistoryRow, error) {
	w.count("history")
	return slices.Clone(w.history), w.histErr
}

func (w *world) Reveal(context.Context) (string, error) { return "the-access-token", nil }

func (w *world) CanOpen() (bool, string) {
	return w.canOpen, "This is an SSH session: a browser would open on the other machine."
}

func (w *world) Open(_ context.Context, url string) error {
	w.opened = append(w.opened, url)
	return nil
}

func (w *world) Start(ctx context.Context) (login.Attempt, error) {
	w.count("start")
	if w.startErr != nil {
		return nil, w.startErr
	}
	w.attempt = &attempt{world: w, done: make(chan login.Outcome, 1), expires: time.Now().Add(10 * time.Minute)}
	return w.attempt, nil
}

// attempt is a sign-in that accepts one address.
type attempt struct {
	world   *world
	done    chan login.Outcome
	expires time.Time
	taken   string
	closed  bool
	texts   []string // what was pasted
}

// link is as long as Zoom's links are.
const link = "https://zoom.us/oauth/authorize?response_type=code&client_id=7KxQ2fWJT1mBv8s0nLda3g&redirect_uri=" +
	"http%3A%2F%2F127.0.0.1%3A8976%2Fcallback&state=Zk3vQ8mN2xL0pR7tY5wB1c&code_challenge=" +
	"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"

func (a *attempt) Link() login.Link {
	return login.Link{
		URL: link, RedirectURI: "http://127.0.0.1:8976/callback", Address: "127.0.0.1:8976",
		Expires: a.expires, TakenPort: a.taken,
	}
}

func (a *attempt) Whole(text string) bool { return strings.Contains(text, "code=good") }

func (a *attempt) Device(context.Context) (login.Device, error) {
	return nil, errors.New("no short codes in this test")
}

func (a *attempt) Phone(context.Context, string) (login.PhonePage, error) {
	return login.PhonePage{}, errors.New("no phone page in this test")
}

func (a *attempt) Paste(_ context.Context, text string) error {
	a.texts = append(a.texts, text)
	if !strings.Contains(text, "code=good") {
		return problem{explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage, Cause: "this is no address of a sign-in"}}
	}
	a.finish()
	return nil
}

func (a *attempt) finish() {
	a.world.tokens = signedIn(time.Now())
	a.world.tokens.SignedInAt = time.Now()
	if a.world.grants != nil {
		a.world.tokens.Scopes = a.world.grants
	}
	a.done <- login.Outcome{
		OldScopes: []string{"user:read:user"},
		NewScopes: []string{"user:read:user", "meeting:read:list_meetings"},
	}
}

func (a *attempt) Wait(ctx context.Context) (login.Outcome, error) {
	select {
	case o := <-a.done:
		return o, nil
	case <-ctx.Done():
		return login.Outcome{}, ctx.Err()
	case <-time.After(time.Until(a.expires)):
		return login.Outcome{}, problem{explain.Facts{Place: explain.PlaceLocal, Class: explain.SignIn, Cause: "the link is older than ten minutes"}}
	}
}

func (a *attempt) Close() { a.closed = true }

// problem is an error that knows its facts.
type problem struct{ facts explain.Facts }

func (p problem) Error() string        { return p.facts.Cause }
func (p problem) Facts() explain.Facts { return p.facts }

var errOffline = errors.New("dial tcp: no route to host")

func offline() error {
	return problem{explain.Facts{Place: explain.PlaceLocal, Class: explain.Network, Host: "api.zoom.us", Cause: errOffline.Error()}}
}

func signedIn(now time.Time) state.Tokens {
	return state.Tokens{
		SignedIn: true, AccessExpires: now.Add(51*time.Minute + 7*time.Second), AccessLife: time.Hour,
		RenewsAt: now.Add(46 * time.Minute), ObtainedAt: now.Add(-9 * time.Minute), SignedInAt: now.Add(-30 * time.Hour),
		SignInEnds: now.Add(89*24*time.Hour + time.Hour), Generation: 4,
		Scopes:            []string{"user:read:user", "meeting:read:list_meetings", "meeting:read:list_upcoming_meetings"},
		AccessFingerprint: "3f9c1a", RefreshFingerprint: "8b02dd", APIHost: "api-us.zoom.us",
		Claims: []state.Claim{
			{Name: "iss", Value: "zm:cid:7KxQ2fWJT1mBv8s0nLda3g"},
			{Name: "exp", At: now.Add(51 * time.Minute)},
		},
	}
}

func aiko() state.User {
	return state.User{
		ID: "zJKyaiAyTNC", Name: "Aiko Tanaka 田中 愛子", Email: "aiko@example.test", AccountID: "q6gBJVO5TzexKYTb_I2rpg",
		Plan: "Licensed", Role: "Owner", Timezone: "Asia/Tokyo", PMI: "354 247 1135", Cluster: "us02",
		PictureURL: "https://example.test/aiko.png",
	}
}

func (w *world) deps() Deps {
	return Deps{
		Profile: state.Profile{Name: "work", Kind: "public", ClientTail: "da3g", RedirectURI: "http://127.0.0.1:8976/callback"},
		Tokens:  w.tokens, Trouble: w.readErr,
		Account: w, Calendar: w, Keeper: w, SignIns: w, Opener: w,
		History: w, News: w.news,
		Clock:    time.Now,
		ZoomNow:  func() time.Time { return time.Now().Add(w.skew) },
		Location: time.FixedZone("JST", 9*3600),
		Glyphs:   func(Terminal) []qr.Glyphs { return []qr.Glyphs{qr.HalfBlocks, qr.FullCells} },
	}
}

// open starts the dashboard over w in a window; it must run in a bubble.
func open(t *testing.T, w *world, deps Deps, width, height int) *uitest.Program {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return uitest.Start(t, New(ctx, deps), width, height)
}

// takenPort starts sign-ins whose configured port another program has.
type takenPort struct{ *world }

func (w takenPort) Start(ctx context.Context) (login.Attempt, error) {
	a, err := w.world.Start(ctx)
	w.attempt.taken = "8976"
	return a, err
}

// silent answers nothing until the program ends.
type silent struct{}

func (silent) Me(ctx context.Context) (state.User, error) {
	<-ctx.Done()
	return state.User{}, ctx.Err()
}

func (silent) Hosted(ctx context.Context) ([]agenda.Hosted, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (silent) Invited(ctx context.Context) ([]agenda.Invited, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func blur() tea.Msg  { return tea.BlurMsg{} }
func focus() tea.Msg { return tea.FocusMsg{} }
