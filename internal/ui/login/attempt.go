// Package login is the sign-in screen: the link as text and QR, what happens
// next, the box for a pasted address, and what to do when the browser shows an
// error. All ways to finish run at once; the first that completes wins.
package login

import (
	"context"
	"time"
)

// SignIns starts sign-ins.
type SignIns interface {
	// Start opens the callback listener and makes the link. It asks nothing of
	// Zoom. A store that cannot be written is found out here.
	Start(ctx context.Context) (Attempt, error)
}

// Attempt is one sign-in under way.
type Attempt interface {
	Link() Link
	// Whole says whether text is a complete answer of the browser, so that it
	// can be used without Enter.
	Whole(text string) bool
	// Paste completes the sign-in with what the browser ended on. A text that
	// is no answer is an error and changes nothing.
	Paste(ctx context.Context, text string) error
	// Wait returns when the sign-in is complete, failed, or timed out.
	Wait(ctx context.Context) (Outcome, error)
	// Close gives the port back.
	Close()
}

// Link is what the person opens, and where the browser is awaited.
type Link struct {
	URL         string
	RedirectURI string    // as it must be registered with the app
	Address     string    // host:port that really listens; empty: nobody listens
	Expires     time.Time // the link is not accepted afterwards
	TakenPort   string    // the configured host:port, when another program has it
}

// Outcome is a completed sign-in. The tokens are stored already.
type Outcome struct {
	OldScopes, NewScopes []string
	First                bool // there was no sign-in before, so there is no difference to show
}

// Person plays the user of the browser against the sandbox; nil elsewhere.
type Person interface {
	Allow(ctx context.Context, link string) error
	Decline(ctx context.Context, link string) error
}
