package auth

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
	l.release()
	if l.timer != nil {
		l.timer.Stop()
	}
	if l.unwatch != nil {
		l.unwatch()
	}
	l.leave()
	close(l.done)
}

// release takes the note away and gives the port back, in this order: whoever
// gets the port next leaves a note of the same name.
func (l *Login) release() {
	l.note.remove()
	l.callback.release()
}

// end ends the sign-in, unless a question to Zoom is under way: that is let
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
