package auth

import (
	"context"
	"time"
)

// saveLimit is how long storing the tokens of a sign-in may take, the wait for
// the lock included.
const saveLimit = lockWait + 10*time.Second

// arrive takes what the browser brought. Only the first answer counts; a reload
// is shown what became of that.
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
		first.err = l.take(a)
	})
	return first
}

// take trades the answer of the browser for tokens. Other than after a wrong
// paste there is nobody to correct it, so a failure ends the sign-in.
func (l *Login) take(a authAnswer) error {
	if err := a.failure("sign in"); err != nil {
		err.At = l.clock.local()
		l.finish(Result{}, err)
		return err
	}
	err := l.redeem(WayCallback, a.code)
	if err != nil {
		l.finish(Result{}, err)
	}
	return err
}

// redeem trades a code for tokens and stores them, one at a time. Once Zoom is
// asked nobody can break it off: the answer has replaced the tokens before.
func (l *Login) redeem(way Way, code Secret) error {
	l.exchanging.Lock()
	defer l.exchanging.Unlock()
	if over, err := l.outcome(); over {
		return err
	}
	l.notify(LoginEvent{Kind: EventExchanging, Way: way})
	ctx, cancel := context.WithTimeout(context.Background(), callLimit+saveLimit)
	defer cancel()
	grant, err := l.endpoint.Exchange(ctx, code, l.auth)
	if err != nil {
		l.notify(LoginEvent{Kind: EventFailed, Way: way})
		return err
	}
	stored, before, err := l.save(ctx, newToken(l.app, grant, l.clock.offset()))
	if err != nil {
		l.finish(Result{}, err) // the code is spent, so pasting it again would not help
		return err
	}
	l.notify(LoginEvent{Kind: EventSaved, Way: way})
	l.finish(Result{
		Token: stored, OldScope: before.Scope, Scopes: DiffScopes(before.Scope, stored.Scope),
		Way: way, IgnoredAPIURL: grant.IgnoredAPIURL,
	}, nil)
	return nil
}

// save stores the tokens, with patience: they exist nowhere else.
func (l *Login) save(ctx context.Context, t Token) (stored, before Token, err error) {
	for tries := 1; ; tries++ {
		stored, before, err = l.opts.Store.SaveSignIn(ctx, t)
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
	close(l.done)
}

// end ends the sign-in from outside; an exchange under way is let finish, and
// its result counts.
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
