package auth

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"time"
)

// The lives that the callers of [Source] can count on. For a token that is
// shorter-lived than Zoom's hour, each is cut to a part of its life, so that a
// fresh token is never too old already.
const (
	// DefaultMinTTL is what [Source.Token] leaves on a token: long enough for
	// the call that follows. Commands refresh at this point, on demand.
	DefaultMinTTL = time.Minute
	// MaxMinTTL is the longest life that can be asked for: a fresh token of
	// Zoom's has 59:59.
	MaxMinTTL = 59 * time.Minute
	// RefreshMargin is how long before the expiry a dashboard refreshes in the
	// background, see [Source.RefreshAt]. Up to refreshJitter is added.
	RefreshMargin = 5 * time.Minute
	refreshJitter = time.Minute
)

// TokenRequest says what a caller needs of a token.
type TokenRequest struct {
	MinTTL    time.Duration // at least so much life left; 0: [DefaultMinTTL]; above [MaxMinTTL] is [ErrUsage]
	Force     bool          // refresh even a good token
	Seen      *Token        // with Force: the token that the caller has looked at; where another is stored meanwhile, that one will do
	NoRefresh bool          // take what is stored if it lives at all, never ask Zoom; otherwise [ErrStale]

	early    bool   // background: MinTTL is RefreshMargin and the jitter
	rejected Secret // the access token that the API refused; any other will do
}

// seen gives the token that the caller has looked at: the one that is stored, unless
// it says another.
func (r TokenRequest) seen(stored Token) Token {
	if r.Seen != nil {
		return *r.Seen
	}
	return stored
}

// Format writes a line without secrets; see [Secret].
func (r TokenRequest) Format(f fmt.State, _ rune) {
	writeLine(f, "request{min_ttl:%s force:%t no_refresh:%t}", r.MinTTL, r.Force, r.NoRefresh)
}

// SourceOptions is what a [Source] is built from.
type SourceOptions struct {
	Options
	Rand func() float64 // in [0,1), for the jitter; nil: package math/rand/v2
}

// Source gives out access tokens and refreshes them when they end, one refresh
// at a time across all processes that share the store. Its methods may be called
// from several goroutines.
type Source struct {
	opts     SourceOptions
	app      App
	endpoint *Endpoint
	clock    *clock
	jitter   time.Duration
	static   *Token // from the environment; never refreshed

	mu      sync.Mutex
	flight  *flight  // the refresh that is under way
	unsaved *debt    // a rotated answer that could not be stored yet
	refused *refused // the refresh token that Zoom no longer takes
	after   Secret   // the access token that a refusal by the API led to
	memory  *Token   // Server-to-Server without a store: the token that is used meanwhile
}

// refused remembers a dead refresh token, so that it is not sent over and over.
type refused struct {
	token Secret
	err   error
}

// NewSource gives the tokens of o.Store. The error is that of [App.Validate].
func NewSource(o SourceOptions) (*Source, error) {
	if o.Store == nil {
		return nil, usage("there is no token store")
	}
	o.Store = o.Store.as(o.Command)
	c := newClock(o.Clock, o.Elapsed)
	endpoint, err := newEndpoint(o.Options, c)
	if err != nil {
		return nil, err
	}
	random := o.Rand
	if random == nil {
		random = rand.Float64
	}
	return &Source{
		opts: o, app: o.App.withDefaults(), endpoint: endpoint, clock: c,
		jitter: time.Duration(random() * float64(refreshJitter)).Truncate(time.Second),
	}, nil
}

// StaticSource gives out one access token as it is, for ZOOM_ACCESS_TOKEN: it is
// never refreshed and nothing is stored. If the token decodes, its exp claim is
// taken for ExpiresAt; otherwise that is zero.
func StaticSource(token Secret, o Options) *Source {
	app := o.App.withDefaults()
	t := Token{Version: tokenVersion, Profile: app.Profile, Kind: app.Kind, AccessToken: token, TokenType: "bearer"}
	if view, err := DecodeJWT(token); err == nil {
		t.ObtainedAt, t.ExpiresAt, t.ClientID = view.IssuedAt, view.ExpiresAt, view.ClientID
	}
	return &Source{opts: SourceOptions{Options: o}, app: app, clock: newClock(o.Clock, o.Elapsed), static: &t}
}

// Format writes a line without secrets; see [Secret].
func (s *Source) Format(f fmt.State, _ rune) {
	writeLine(f, "source{profile:%s kind:%s}", s.app.Profile, s.app.Kind)
}

// Skew is Zoom's clock minus this machine's, in whole seconds; positive when this
// machine is behind, 0 below two seconds. It is learned from each answer.
func (s *Source) Skew() time.Duration { return s.clock.offset() }

// Now is the time by Zoom's clock, as far as it is known; the times of a [Token]
// are by that clock.
func (s *Source) Now() time.Time { return s.clock.zoom() }

// Elapsed counts the time that passes from a fixed moment on, also while the
// machine sleeps; neither setting its clock nor learning Zoom's moves it, unless
// [Options] says otherwise. Only differences mean something.
func (s *Source) Elapsed() time.Duration { return s.clock.elapsed() }

// Token gives an access token that is good for [DefaultMinTTL] at least. When the
// stored one is, that is one file read: no lock and no network. Errors are of
// type [*Error], or wrap ctx.Err() when the caller left.
func (s *Source) Token(ctx context.Context) (Token, error) {
	return s.TokenWith(ctx, TokenRequest{})
}

// TokenWith gives an access token as the request wants it. When another process
// refreshed while this one waited for the lock, its token is taken, also with
// Force. A caller who leaves a refresh that Zoom has been asked for leaves it to
// finish; see [Source.Close].
func (s *Source) TokenWith(ctx context.Context, req TokenRequest) (Token, error) {
	if req.MinTTL < 0 || req.MinTTL > MaxMinTTL {
		return Token{}, usage("a token cannot be promised to live %s: a fresh one lives 59 minutes, so ask for %s at most", req.MinTTL, MaxMinTTL)
	}
	if req.Force && req.NoRefresh {
		return Token{}, usage("to force a refresh and to forbid it exclude each other")
	}
	if s.static != nil {
		return s.fixed(req)
	}
	t, err := s.current()
	switch {
	case err != nil:
		return Token{}, err
	case !s.owes() && s.satisfied(req, req.seen(t), t):
		return t, nil
	case req.NoRefresh:
		return Token{}, s.stale(t)
	case req.MinTTL > 0 && t.Life() > 0 && t.Life() < req.MinTTL:
		return Token{}, usage("tokens of this app live %s, which is less than the %s asked for", t.Life(), req.MinTTL)
	}
	return s.renewShared(ctx, req, t)
}

// Renew refreshes in the background of a dashboard: call it at [Source.RefreshAt].
// It does nothing when another process has done it already.
func (s *Source) Renew(ctx context.Context) (Token, error) {
	return s.TokenWith(ctx, TokenRequest{early: true})
}

// RefreshAt is when a dashboard refreshes the token, by [Source.Now]: 5 minutes
// before it ends, and up to a minute earlier so that dashboards that were started
// together do not all ask at once.
func (s *Source) RefreshAt(t Token) time.Time { return t.ExpiresAt.Add(-s.margin(t)) }

func (s *Source) margin(t Token) time.Duration {
	return min(RefreshMargin+s.jitter, t.Life()/4)
}

// current reads the store; see [Source.judge].
func (s *Source) current() (Token, error) { return s.judge(s.opts.Store.Load()) }

// judge tells what was read from the store from what can be used. A token of
// another app counts as none: its refresh token would be refused, and could be
// spoiled. So could one that another machine refreshes now.
func (s *Source) judge(t Token, err error) (Token, error) {
	if err == nil && t.ClientID != "" && t.ClientID != s.app.ClientID {
		t, err = Token{}, &Error{
			Kind: ErrSignedOut, Op: "read tokens", Path: s.opts.Store.Path(),
			Cause: "the stored sign-in was made with another app (client id " + tail(t.ClientID) + ", now " + tail(s.app.ClientID) + ")",
		}
	}
	if s.app.Kind == S2S {
		t, err = s.accountToken(t, err)
	}
	if err == nil {
		err = s.opts.Store.Moved(t)
	}
	if err != nil {
		return Token{}, err
	}
	s.clock.assume(t.ClockSkew)
	return t, nil
}

// tail is the end of an id, enough to compare it with Zoom's page.
func tail(id string) string {
	const shown = 4
	id = words(id)
	return "…" + id[max(0, len(id)-shown):]
}

// serves tells whether a token is what the request wants, Force aside.
func (s *Source) serves(t Token, req TokenRequest) bool {
	if req.rejected != "" && t.AccessToken == req.rejected {
		return false
	}
	need := min(DefaultMinTTL, t.Life()/2)
	switch {
	case req.early:
		need = s.margin(t)
	case req.MinTTL > 0:
		need = req.MinTTL
	case req.NoRefresh:
		need = 0
	}
	return t.lives(s.clock.zoom(), need)
}

func (s *Source) stale(t Token) error {
	cause := "there is no access token, and a refresh was not allowed"
	if left := t.Left(s.clock.zoom()); t.AccessToken != "" && left > 0 {
		cause = fmt.Sprintf("the access token lives only %s more, and a refresh was not allowed", left.Round(time.Second))
	} else if t.AccessToken != "" {
		cause = fmt.Sprintf("the access token ended %s ago, and a refresh was not allowed", roughly(-left))
	}
	return &Error{Kind: ErrStale, Op: "read tokens", Cause: cause, At: s.clock.local()}
}

// roughly is how long ago something was, as a person says it.
func roughly(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", d.Round(day)/day)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d.Round(time.Hour)/time.Hour)
	default:
		return d.Round(time.Second).String()
	}
}

// fixed answers for a token from the environment.
func (s *Source) fixed(req TokenRequest) (Token, error) {
	if req.Force {
		return Token{}, usage("the token was given as it is (ZOOM_ACCESS_TOKEN) and cannot be refreshed")
	}
	return *s.static, nil
}

// owes tells whether a rotated answer still waits to be stored: then the stored
// tokens are spent, however good they look.
func (s *Source) owes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unsaved != nil
}

// APIBase is the start of the REST addresses without /v2: the app's, else the
// cluster that Zoom named in the token answer, else the cloud's global one.
func (s *Source) APIBase(ctx context.Context) (string, error) {
	if s.app.APIBase != "" {
		return s.app.APIBase, nil
	}
	t, err := s.Token(ctx)
	if err != nil {
		return "", err
	}
	if t.APIURL != "" {
		return t.APIURL, nil
	}
	u, err := url.Parse(s.app.OAuthBase)
	switch {
	case err != nil:
		return "", usage("oauth_base is not an address")
	case loopback(u.Hostname()):
		return s.app.OAuthBase, nil
	case zoomHost(u) && u.Hostname() != "zoom.us":
		return "https://api.zoomgov.com", nil
	default:
		return "https://api.zoom.us", nil
	}
}

// Refreshing tells whether a refresh is under way for which [Source.Close] waits.
func (s *Source) Refreshing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.flight != nil
}

// Close waits for a refresh that Zoom has been asked for, at most as long as the
// time limits of its steps add up to (about a minute), and tries once more to
// store an answer that could not be stored, waiting at most 20 s for the lock. A
// program that ends without it may lose the only copy of the next refresh token;
// so does one to which it gives an error, of the kinds of the store.
func (s *Source) Close() error {
	for {
		s.mu.Lock()
		f := s.flight
		s.mu.Unlock()
		if f == nil {
			break
		}
		<-f.done
	}
	if !s.owes() {
		return nil
	}
	if err := s.settle(context.Background()); err != nil {
		return fmt.Errorf("store the refreshed tokens: %w", err)
	}
	return nil
}
