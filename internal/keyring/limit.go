package keyring

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// call makes one call within the time limit. One that has not answered by then is
// left behind: neither a read from a D-Bus socket nor a window that waits for a
// password can be broken off from here. It ends with the program, or when the
// keyring answers after all; a person who types the password late finds the
// keyring open at the next try. Until then no other call is made, so that a
// silent keyring costs the time limit once and one goroutine.
func (r *Ring) call(ctx context.Context, op string, ask func() error) error {
	if r.waits() {
		return &Error{Kind: NoAnswer, Op: op, Err: errors.New("an earlier question is still without an answer")}
	}
	answered := make(chan error, 1)
	go func() { answered <- shielded(ask) }()
	limit := time.NewTimer(r.limit)
	defer limit.Stop()
	select {
	case err := <-answered:
		return withOp(op, err)
	case <-ctx.Done():
		r.leave(answered)
		return &Error{Kind: NoAnswer, Op: op, Err: ctx.Err()}
	case <-limit.C:
		r.leave(answered)
		return &Error{Kind: NoAnswer, Op: op, Err: fmt.Errorf("it had %s, and may be asking for its password in a window", r.limit)}
	}
}

// shielded turns a panic into an error: go-keyring takes the shape of an answer
// for granted, and loses its nerve when the session ends while a password is
// awaited. That must not end a dashboard.
func shielded(ask func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Error{Kind: Refused, Err: fmt.Errorf("its answer was not understood")}
		}
	}()
	return ask()
}

// leave counts a call that was left behind until it ends.
func (r *Ring) leave(answered <-chan error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stuck++
	go func() {
		<-answered
		r.mu.Lock()
		defer r.mu.Unlock()
		r.stuck--
	}()
}

// waits tells whether a call that was left behind has no answer yet.
func (r *Ring) waits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stuck > 0
}
