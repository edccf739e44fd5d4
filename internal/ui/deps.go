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
	"zoomtui/internal/ui/requests"
	"zoomtui/internal/ui/scopes"
	"zoomtui/internal/ui/setup"
	"zoomtui/internal/ui/state"
	"zoomtui/internal/ui/token"
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

// History tells what was done with the sign-in, by whom.
type History interface {
	// History gives the newest first. It asks nothing of Zoom.
	History(ctx context.Context) ([]state.HistoryRow, error)
}

// Revocation is what became of a sign-in that was to end.
type Revocation struct {
	Told  bool // Zoom knows, or knew before
	Moved bool // another machine has the sign-in: it stays, and Zoom was told nothing
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
	Scopes            bool // it takes scopes from the sign-in, which the next token tells of
}

// Profiles are the Zoom apps that are set up, each with a sign-in of its own.
type Profiles interface {
	// List asks nothing of Zoom.
	List(ctx context.Context) ([]ProfileRow, error)
	// Open makes another profile ready, with Profiles and Setup in its Deps
	// again. It asks nothing of Zoom. ctx bounds the opening alone. What was
	// opened stays open until Run has returned, and is closed by whoever called
	// Run: commands of a profile that was left may still be at work, and an
	// opened one may never be shown (the person pressed esc).
	Open(ctx context.Context, name string) (Deps, error)
}

// ProfileRow is one profile in the list behind `P`.
type ProfileRow struct {
	Name       string
	Kind       string // "public", "confidential" or "s2s"
	ClientTail string // the last four characters of the client id
	Who        string // who is signed in, as far as it is known here; empty: nobody or unknown
	SignedIn   bool
	Standing   Standing
	EndsIn     time.Duration // by the estimate; only with EndsSoon
	Default    bool          // the one that is opened when none is named
	Trouble    string        // why it cannot be used, one sentence; empty: it can
	SameClient []string      // other profiles with the same client id: the newest sign-in ends the others
}

// Standing is what is remarkable about a stored sign-in; empty: nothing.
type Standing string

// What can be remarkable.
const (
	StandingEnded    Standing = "ended"     // Zoom no longer accepts it
	StandingMoved    Standing = "moved"     // another machine has it
	StandingOld      Standing = "old"       // it is older than it can become, by the estimate
	StandingEndsSoon Standing = "ends soon" // by the estimate
)

// UserChooser keeps which user a Server-to-Server app shows.
type UserChooser interface {
	// UseUser takes an id or e-mail address; the next calls are for that user.
	UseUser(ctx context.Context, user string) error
}

// Terminal is what the terminal has answered about itself; a field is zero as
// long as it has not.
type Terminal struct {
	Version      string // to XTVERSION
	Kind, Number int    // to DA2: its first two parameters
}

// Deps is all that the dashboard is given.
type Deps struct {
	Profile state.Profile
	// Setup is what the setup screen needs; nil: apps cannot be added here.
	Setup setup.Apps
	// NoApp says that no app is set up: the setup screen comes first, and only
	// Setup, Profiles, Opener, Clock, Location, Glyphs and NoColor are there.
	NoApp    bool
	Preset   setup.App   // what the form of Setup begins with, as far as it is known; never a secret
	Profiles Profiles    // nil: there is one profile only, and no `P`
	User     UserChooser // nil but for Server-to-Server apps
	Cached   state.Cached
	// Tokens are as stored, so that the first frame is right. For a
	// Server-to-Server app SignedIn is true also before the first token.
	Tokens  state.Tokens
	Trouble error // why the store cannot be used, if so

	Account  Account
	Calendar Calendar
	Keeper   Keeper
	SignIns  login.SignIns
	Opener   Opener
	Demo     Demo // nil but in the demo

	Lab      scopes.Lab       // of the scopes tab
	Traffic  requests.Traffic // of the requests tab
	Comparer token.Comparer   // of the token tab

	History History       // nil: nothing is remembered, and no `H`
	News    <-chan string // what happens to the tokens in this process, a sentence each; nil: none is told

	Clock    func() time.Time // this machine's
	Location *time.Location
	// ZoomNow is the time by Zoom's clock, whatever happens to this machine's; nil:
	// that of Clock.
	ZoomNow func() time.Time
	// Elapsed is how long it has been since some fixed time: it goes on while the
	// machine sleeps, and nobody can set it. nil: by Clock.
	Elapsed func() time.Duration
	// Notification makes the terminal call the person, by a sequence to be sent to
	// it; nil: nobody wishes that.
	Notification func(t Terminal, text string) string
	// Glyphs says what the terminal is known to draw.
	Glyphs  func(Terminal) []qr.Glyphs
	NoColor bool
}
