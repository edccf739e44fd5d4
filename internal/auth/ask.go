package auth

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// How often something that may pass is tried again, and the pause before it.
const (
	dialRetries = 1
	dialPause   = 300 * time.Millisecond
	saveRetries = 3
	savePause   = 100 * time.Millisecond
)

// turn is the right to ask Zoom now, what it is asked with, and what is known of
// the time before.
type turn struct {
	held     *Held
	endpoint *Endpoint // with the client secret at hand
	cutOff   *Mark     // of a refresh that was cut off before; nil: none was
	log      *journal
}

// journal is what became of one renewal.
type journal struct {
	events []Event
	asked  bool  // Zoom was asked
	why    error // Server-to-Server only: why the store is not used
}

func (j *journal) add(e Event) { j.events = append(j.events, e) }

func (j *journal) because(why error) *journal {
	j.why = why
	return j
}

// event is the beginning of an [Event] about the tokens t.
func (s *Source) event(turn *turn, t Token) Event {
	return Event{
		Action: ActionRefresh, At: s.clock.zoom().Truncate(time.Second), Command: s.opts.Command, PID: os.Getpid(),
		Generation: t.Generation, OldFingerprint: Fingerprint(t.RefreshToken), CutOff: turn.cutOff,
	}
}

// came fills in the tokens that replace others.
func (e *Event) came(old, fresh Token) {
	e.Generation, e.Scopes = fresh.Generation, DiffScopes(old.Scope, fresh.Scope)
	e.NewFingerprint, e.AccessFingerprint = Fingerprint(fresh.RefreshToken), fresh.Fingerprint()
}

// ask marks the refresh, asks Zoom and stores the answer. After invalid_grant the
// store is read once more: a program that does not lock (a copied file, another
// machine on a shared home) may have refreshed, and then its token counts. If not,
// and a refresh was cut off before, the generation before is tried.
func (s *Source) ask(ctx context.Context, turn *turn, t Token, req TokenRequest) (Token, error) {
	for again := false; ; again = true {
		fresh, err := s.askOnce(ctx, turn, try{current: t, refresh: t.RefreshToken})
		if kindOf(err) != ErrGrantEnded {
			return fresh, err
		}
		newer, loadErr := s.current()
		switch {
		case loadErr != nil || again && !newer.same(t):
			return Token{}, s.remember(t, err)
		case newer.same(t):
			return s.askBefore(ctx, turn, t, err)
		case s.serves(newer, req):
			return newer, nil
		}
		t, turn.cutOff = newer, nil
	}
}

// askBefore sends the refresh token of the generation before, once, when it is not
// known whether the current one was used up by a refresh that was cut off: Zoom
// has been seen to take old ones for a while. ended is what it said of the current.
func (s *Source) askBefore(ctx context.Context, turn *turn, t Token, ended error) (Token, error) {
	prev, ok := s.opts.Store.before(t)
	if turn.cutOff == nil || !ok {
		return Token{}, s.remember(t, ended)
	}
	fresh, err := s.askOnce(ctx, turn, try{current: t, refresh: prev.RefreshToken, tried: TriedPrevious})
	if kindOf(err) != ErrGrantEnded {
		return fresh, err
	}
	if e, ok := errors.AsType[*Error](ended); ok {
		both := *e
		both.Cause += "; the one before it was refused as well"
		ended = &both
	}
	return Token{}, s.remember(t, ended)
}

// try is one question to Zoom.
type try struct {
	current Token  // what is stored
	refresh Secret // the refresh token that is sent
	tried   string // as in [Event]
}

// askOnce is one question to Zoom with one refresh token.
func (s *Source) askOnce(ctx context.Context, turn *turn, a try) (Token, error) {
	t := a.current
	event := s.event(turn, t)
	event.Tried, event.OldFingerprint = a.tried, Fingerprint(a.refresh)
	// A mark that is there already tells of an earlier refresh. It stays, whatever
	// this one comes to, until there are tokens.
	marked := a.tried != "" || s.opts.Store.cutOff(t) != nil
	if !marked {
		mark := Mark{At: event.At, PID: event.PID, Command: event.Command, Fingerprint: event.OldFingerprint}
		if err := turn.held.Begin(mark); err != nil {
			return Token{}, err
		}
	}
	turn.log.asked = true
	grant, err := s.question(ctx, turn.endpoint, a.refresh)
	if err != nil {
		if !spent(err) && !marked {
			_ = turn.held.EndMark() // nothing was spent, so there is nothing to explain later
		}
		event.Err = s.explainEnd(err, t, turn.cutOff)
		turn.log.add(event)
		return Token{}, event.Err
	}
	sent := t
	sent.RefreshToken = a.refresh
	fresh := s.next(sent, grant)
	event.came(t, fresh)
	event.IgnoredAPIURL = grant.IgnoredAPIURL
	event.Err = s.keep(ctx, turn.held, fresh, t)
	turn.log.add(event)
	if event.Err != nil {
		return Token{}, event.Err
	}
	return fresh, nil
}

// question sends the refresh. It is repeated only if no connection was made:
// anything else could have reached Zoom, which then has spent the token.
func (s *Source) question(ctx context.Context, e *Endpoint, refresh Secret) (Grant, error) {
	for tries := 0; ; tries++ {
		var g Grant
		var err error
		if s.app.Kind == S2S {
			g, err = e.AccountCredentials(ctx)
		} else {
			g, err = e.Refresh(ctx, refresh)
		}
		if err == nil || !neverSent(err) || tries == dialRetries {
			return g, err
		}
		pause(ctx, dialPause)
	}
}

// next is the next generation of a sign-in.
func (s *Source) next(t Token, g Grant) Token {
	refresh, scope, signedIn := t.RefreshToken, t.Scope, t.SignedInAt
	if g.RefreshToken != "" {
		refresh = g.RefreshToken
	}
	if g.ScopeSent {
		scope = g.Scope
	}
	fresh := newToken(s.app, g, s.clock.offset())
	if fresh.APIURL == "" {
		fresh.APIURL = t.APIURL
	}
	if signedIn.IsZero() && s.app.Kind == S2S {
		signedIn = fresh.ObtainedAt
	}
	fresh.RefreshToken, fresh.Scope, fresh.SignedInAt = refresh, scope, signedIn
	fresh.Generation, fresh.Unknown = t.Generation+1, t.Unknown
	return fresh
}

// newToken is the token of a good answer, generation 0.
func newToken(app App, g Grant, skew time.Duration) Token {
	return Token{
		Version: tokenVersion, Profile: app.Profile, ClientID: app.ClientID, Kind: app.Kind,
		AccessToken: g.AccessToken, RefreshToken: g.RefreshToken, TokenType: g.TokenType,
		Scope: g.Scope, APIURL: g.APIURL,
		ObtainedAt: g.ReceivedAt, ExpiresAt: g.ReceivedAt.Add(g.ExpiresIn), ClockSkew: skew,
	}
}

// explainEnd adds to a dead sign-in what is known here of how it died.
func (s *Source) explainEnd(err error, t Token, cutOff *Mark) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != ErrGrantEnded {
		return err
	}
	e.Path = s.opts.Store.Path()
	e.Cause = fmt.Sprintf("generation %d, last refreshed %s", t.Generation, when(t.ObtainedAt))
	if cutOff != nil {
		e.Cause += fmt.Sprintf("; a refresh was cut off %s (%s) and may have used the token up", when(cutOff.At), cutOff.who())
	}
	return e
}
