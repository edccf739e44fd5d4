package auth

import (
	"context"
	"fmt"
)

// arrive takes what the browser brought. Only the first answer counts; a reload
// is shown what became of that, or, when it could not be used yet, uses it.
func (l *Login) arrive(a authAnswer) *attempt {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.first != nil {
		return l.first
	}
	l.first = &attempt{done: make(chan struct{})}
	if l.over {
		l.first.err = l.err
		close(l.first.done)
		return l.first
	}
	first := l.first
	l.tasks.Go(func() {
		defer close(first.done)
		if first.open, first.err = l.take(a); first.open {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.first = nil
		}
	})
	return first
}

// take trades the answer of the browser for tokens, or ends the sign-in with the
// error that it tells of, unless another way was faster. open: the answer was not
// used up.
func (l *Login) take(a authAnswer) (open bool, err error) {
	failure := a.failure("sign in")
	if failure == nil {
		return l.redeem(WayCallback, a.code)
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
	l.notify(LoginEvent{Kind: EventExchanging, Way: way})
	result, reached, err := l.trade(way, code)
	if err != nil {
		open = reached == stageBefore
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

// trade takes the lock and tries the store before it shows Zoom the code: tokens
// that cannot be kept would end the sign-in before and be lost themselves. Once
// Zoom is asked nobody can break it off.
func (l *Login) trade(way Way, code Secret) (Result, stage, error) {
	held, err := l.opts.Store.Lock(l.leaving)
	if err != nil {
		return Result{}, stageBefore, err
	}
	defer held.release()
	if err := l.opts.Store.fit(); err != nil {
		return Result{}, stageBefore, err
	}
	if err := l.leaving.Err(); err != nil {
		return Result{}, stageBefore, fmt.Errorf("sign in: %w", err)
	}
	ctx := context.WithoutCancel(l.leaving) // the endpoint has a time limit of its own
	grant, err := l.endpoint.Exchange(ctx, code, l.auth)
	if err != nil {
		return Result{}, stageAsked, err
	}
	stored, before, err := saveSignIn(ctx, held, newToken(l.app, grant, l.clock.offset()))
	if err != nil {
		return Result{}, stageGranted, err
	}
	return Result{
		Token: stored, OldScope: before.Scope, Scopes: DiffScopes(before.Scope, stored.Scope),
		Way: way, IgnoredAPIURL: grant.IgnoredAPIURL,
	}, stageGranted, nil
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

// outcome tells whether the sign-in is over, and how it ended.
func (l *Login) outcome() (over bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over, l.err
}

// finish ends the sign-in, once, and gives the port back.
func (l *Login) finish(r Result, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return
	}
	l.over, l.result, l.err = true, r, err
	l.callback.release()
	if l.timer != nil {
		l.timer.Stop()
	}
	if l.unwatch != nil {
		l.unwatch()
	}
	l.leave()
	close(l.done)
}

// end ends the sign-in, unless an exchange that is under way does: it is let
// finish, and if it leads to tokens, those are the result.
func (l *Login) end(err error) {
	l.exchanging.Lock()
	defer l.exchanging.Unlock()
	l.finish(Result{}, err)
}

// expire ends a sign-in that nobody came to.
func (l *Login) expire() {
	l.end(&Error{
		Kind: ErrLinkExpired, Op: "sign in", At: l.clock.local(),
		Cause: "the sign-in link ran out: nobody came back from the browser within " + l.opts.Life.String(),
	})
}

// stranger tells of a request that was not the answer.
func (l *Login) stranger(word string) {
	l.mu.Lock()
	l.strangers++
	tell := l.strangers <= maxStrangers
	l.mu.Unlock()
	if tell {
		l.notify(LoginEvent{Kind: EventStranger, Way: WayCallback, Reason: word})
	}
}

func (l *Login) notify(e LoginEvent) {
	if l.opts.Notify != nil {
		l.opts.Notify(e)
	}
}
