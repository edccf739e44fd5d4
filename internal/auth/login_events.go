package auth

// maxStrangers bounds the events about requests that were not the answer, so that
// a flood of them does not flood the screen.
const maxStrangers = 20

// LoginEvent is something to show while a sign-in waits.
type LoginEvent struct {
	Kind   LoginEventKind
	Way    Way    // which way brought the answer
	Reason string // [EventStranger]: what was wrong, in a word or two
	Err    error  // [EventFailed]: why
	Open   bool   // [EventFailed]: Zoom was not asked, so the same answer can be brought once more; the polls for a short code go on
}

// LoginEventKind says what happened.
type LoginEventKind string

// The events of a sign-in.
const (
	EventExchanging LoginEventKind = "exchanging" // an answer came, Zoom is asked for tokens
	EventFailed     LoginEventKind = "failed"     // no tokens came of it; the wait goes on after a wrong paste, and when Open
	EventStranger   LoginEventKind = "stranger"   // a browser came that is not ours: an older link, a scanner
	EventSaved      LoginEventKind = "saved"      // the tokens are stored
)

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
