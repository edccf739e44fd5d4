// Package ui is the dashboard in the terminal. Data flows one way: a key press
// or an answer becomes a message, Update changes the state, View draws it. The
// package does no work of its own; what it needs of the rest of the program is
// declared here, and handed in by the command that opens it.
package ui

import (
	"context"
	"time"

	"zoomtui/internal/agenda"
	"zoomtui/internal/qr"
	"zoomtui/internal/ui/login"
	"zoomtui/internal/ui/state"
)

// Account tells who is signed in.
type Account interface {
	Me(ctx context.Context) (state.User, error)
}

// Calendar lists meetings. Each list may fail without the other.
type Calendar interface {
	Hosted(ctx context.Context) ([]agenda.Hosted, error)
	Invited(ctx context.Context) ([]agenda.Invited, error)
}

// Keeper keeps the tokens.
type Keeper interface {
	// Current reads the store and asks nothing of Zoom. No sign-in is not an
	// error: SignedIn is false then.
	Current(ctx context.Context) (state.Tokens, error)
	// Renew exchanges the refresh token, whatever time is left. force false:
	// only when another process has not just done it.
	Renew(ctx context.Context, force bool) (state.Tokens, error)
	// Revoke ends the sign-in at Zoom, as well as that can be done, and deletes
	// it here.
	Revoke(ctx context.Context) (Revocation, error)
	// Reveal returns the access token itself, because the person asked for it.
	Reveal(ctx context.Context) (string, error)
}

// Revocation is what became of a sign-in that was to end.
type Revocation struct {
	Told  bool // Zoom knows, or knew before
	Newer bool // somebody signed in again meanwhile: that sign-in stays, here and at Zoom
}

// Opener opens a browser where there is one.
type Opener interface {
	// CanOpen says whether there is a browser; when not, why.
	CanOpen() (bool, string)
	Open(ctx context.Context, url string) error
}

// Demo is the embedded sandbox behind `zoomtui demo`.
type Demo interface {
	login.Person
	Faults() []Fault
	SetFault(name string, on bool) error
}

// Fault is one switch that makes the sandbox misbehave.
type Fault struct {
	Name, Title, Help string
	Toggle, On        bool // not Toggle: it happens once, at the press
}

// Deps is all that the dashboard is given.
type Deps struct {
	Profile state.Profile
	Cached  state.Cached
	Tokens  state.Tokens // as stored, so that the first frame is right
	Trouble error        // why the store cannot be used, if so

	Account  Account
	Calendar Calendar
	Keeper   Keeper
	SignIns  login.SignIns
	Opener   Opener
	Demo     Demo // nil but in the demo

	Clock    func() time.Time
	Location *time.Location
	// Glyphs says what the terminal is known to draw; version is its answer to
	// XTVERSION, empty while there is none.
	Glyphs  func(version string) []qr.Glyphs
	NoColor bool
}
