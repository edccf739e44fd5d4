package auth

import (
	"context"
	"fmt"
	"os"
	"time"
)

// arrive takes what a client brought to the listener. Of a browser only the first
// answer counts; a reload is shown what became of that, or, when it could not be
// used yet, uses it. What a person brought from another terminal is a paste.
func (l *Login) arrive(way Way, a authAnswer) *attempt {
	l.mu.Lock()
	defer l.mu.Unlock()
	if way == WayCallback && l.first != nil {
		return l.first
	}
	mine := &attempt{done: make(chan struct{})}
	if way == WayCallback {
		l.first = mine
	}
	if l.over {
		mine.err = l.err
		close(mine.done)
		return mine
	}
	l.tasks.Go(func() {
		defer close(mine.done)
		if mine.open, mine.err = l.take(way, a); mine.open && way == WayCallback {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.first = nil
		}
	})
	return mine
}

// take trades an answer for tokens. One of the browser's that tells of an error
// ends the sign-in with it, unless another way was faster. open: the answer was
// not used up.
func (l *Login) take(way Way, a authAnswer) (open bool, err error) {
	failure := a.failure("sign in")
	switch {
	case failure == nil:
		return l.redeem(way, a.code)
	case way != WayCallback:
		return false, failure
	}
	failure.At = l.clock.local()
	l.end(failure)
	_, err = l.outcome()
	return false, err
}

// stage is how far the trade of a code came.
type stage int

const (
	stageBefore  stage = iota // Zoom was not asked: the code is as good as before
	stageAsked                // Zoom has seen the code
	stageGranted              // Zoom has given tokens, which replace the ones before
)

// redeem trades a code for tokens and stores them, one at a time. A code that the
// browser brought and Zoom refused ends the sign-in, because other than after a
// wrong paste there is nobody to correct it; so does an answer that cannot be
// stored, because the code is spent. open: neither happened, and the same code
// can be brought once more.
func (l *Login) redeem(way Way, code Secret) (open bool, err error) {
	l.exchanging.Lock()
	defer l.exchanging.Unlock()
	if over, err := l.outcome(); over {
		return false, err
	}
	if way != WayCallback && l.refused.has(code) {
		return false, triedBefore()
	}
	result, reached, err := l.trade(question{way: way, ask: func(ctx context.Context) (Grant, error) {
		l.notify(LoginEvent{Kind: EventExchanging, Way: way})
		return l.endpoint.Exchange(ctx, code, l.auth)
	}})
	if err != nil {
		open = reached == stageBefore
		if kindOf(err) == ErrCodeRefused {
			l.refused.add(code)
		}
		l.notify(LoginEvent{Kind: EventFailed, Way: way, Err: err, Open: open})
		if reached == stageGranted || reached == stageAsked && way == WayCallback {
			l.finish(Result{}, err)
		}
		return open, err
	}
	l.notify(LoginEvent{Kind: EventSaved, Way: way})
	l.finish(result, nil)
	return false, nil
}

// question is what Zoom is asked that may lead to tokens.
type question struct {
	way      Way
	ask      func(context.Context) (Grant, error)
	patience time.Duration // for another process that holds the store's lock; 0: the store's own
}

// traded is a sign-in that is stored, and the tokens before.
type traded struct {
	result Result
	before Token
}

// trade asks Zoom and stores the tokens, and tells of them when the lock is free
// again. The caller holds l.exchanging.
func (l *Login) trade(q question) (Result, stage, error) {
	done, reached, err := l.tradeLocked(q)
	if err == nil {
		l.tell(done)
	}
	return done.result, reached, err
}

// tradeLocked takes the lock and tries the store before it asks Zoom: tokens that
// cannot be kept would end the sign-in before and be lost themselves. Once Zoom is
// asked nobody can break it off.
func (l *Login) tradeLocked(q question) (traded, stage, error) {
	store := *l.opts.Store
	if q.patience > 0 {
		store.wait = min(store.wait, q.patience)
	}
	held, err := store.Lock(l.leaving)
	if err != nil {
		return traded{}, stageBefore, err
	}
	defer held.release()
	if err := store.fit(); err != nil {
		return traded{}, stageBefore, err
	}
	store.readyKey()
	if err := l.leaving.Err(); err != nil {
		return traded{}, stageBefore, fmt.Errorf("sign in: %w", err)
	}
	ctx := context.WithoutCancel(l.leaving) // the endpoint has a time limit of its own
	grant, err := q.ask(ctx)
	switch {
	case neverSent(err):
		return traded{}, stageBefore, err
	case err != nil:
		return traded{}, stageAsked, err
	}
	stored, before, err := saveSignIn(ctx, held, newToken(l.app, grant, l.clock.offset()))
	if err != nil {
		return traded{}, stageGranted, err
	}
	return traded{before: before, result: Result{
		Token: stored, OldScope: before.Scope, Scopes: DiffScopes(before.Scope, stored.Scope),
		Way: q.way, IgnoredAPIURL: grant.IgnoredAPIURL,
	}}, stageGranted, nil
}

// tell tells of a sign-in that is stored.
func (l *Login) tell(t traded) {
	if l.opts.Observe == nil {
		return
	}
	event := Event{
		Action: ActionSignIn, At: l.clock.zoom().Truncate(time.Second), Command: l.opts.Command, PID: os.Getpid(),
		OldFingerprint: Fingerprint(t.before.RefreshToken), IgnoredAPIURL: t.result.IgnoredAPIURL,
	}
	event.came(t.before, t.result.Token)
	l.opts.Observe(event)
}

// saveSignIn stores the tokens, with patience: they exist nowhere else.
func saveSignIn(ctx context.Context, held *Held, t Token) (stored, before Token, err error) {
	for tries := 1; ; tries++ {
		stored, before, err = held.SaveSignIn(t)
		if kindOf(err) != ErrStore || tries == saveRetries {
			return stored, before, err
		}
		pause(ctx, savePause)
	}
}
