// Package explain turns any failure into what happened, why, and what to do
// about it. It is pure: no clock, no network, no files. What is known of a
// failure comes in as [Facts], the table of Zoom's answers is data in this
// package, and a [Problem] goes out to the screen, to standard error and to
// JSON alike.
package explain

import (
	"slices"
	"time"
)

// Class is the family of a failure. A command line maps it to its exit code.
type Class int

// The classes, and the exit code that the command line gives to each.
const (
	Other     Class = iota // 1: nothing better is known; in Facts it means "let the table decide"
	Usage                  // 2: wrong use or configuration
	SignIn                 // 3: a human must sign in
	Scope                  // 4: a scope, a role or a plan is missing
	Network                // 5: network, proxy, Zoom 5xx, time limit
	RateLimit              // 6: Zoom asks to wait
	Store                  // 7: the token store is locked, not writable or has a wrong mode
	Empty                  // 10: nothing to show
	Cancelled              // 130: the user interrupted; not an error
)

// String gives the class in one lower-case word, for logs and tests.
func (c Class) String() string {
	switch c {
	case Usage:
		return "usage"
	case SignIn:
		return "sign-in"
	case Scope:
		return "scope"
	case Network:
		return "network"
	case RateLimit:
		return "rate-limit"
	case Store:
		return "store"
	case Empty:
		return "empty"
	case Cancelled:
		return "cancelled"
	default:
		return "other"
	}
}

// Place says which conversation failed. The same number of Zoom's means
// different things in different places (4711 at the token endpoint is "the
// app's scopes changed", at the API it is "a scope is missing").
type Place string

// The places where a failure can come from.
const (
	PlaceBrowser Place = "browser" // shown by Zoom's authorize page; the program never hears of it
	PlaceToken   Place = "token"   // the token and revoke endpoints
	PlaceDevice  Place = "device"  // the device authorization grant
	PlaceAPI     Place = "api"     // the REST API
	PlaceLocal   Place = "local"   // this machine or the way to Zoom
)

// Facts is what is known of one failure. It holds no secret and no body.
type Facts struct {
	Place         Place
	Class         Class     // Other lets the table decide
	HTTPStatus    int       // 0 when no answer came
	Code          int       // Zoom's number (code or errorCode), 0 when there is none
	OAuth         string    // error of the token endpoint, e.g. invalid_grant (RFC 6749 section 5.2)
	Message       string    // Zoom's words; foreign text, not sanitised
	TrackingID    string    // response header x-zm-trackingid; foreign text
	MissingScopes []string  // any one of these would do
	RetryAt       time.Time // when Zoom accepts calls again; shown in this value's own Location
	Daily         bool      // the day's budget is gone, not only this second's
	Host          string    // the host that was asked
	At            time.Time // when it happened; shown in this value's own Location
	Op            string    // what was asked: "GET /users/me/meetings", "refresh"
	Cause         string    // local detail: "connection refused"; foreign text
	Path          string    // local store trouble: the file
	Fix           string    // local store trouble: a ready command line
}

// LacksScope tells a refusal for want of a scope from one for want of a role or a
// plan, which is of the same class.
func (f Facts) LacksScope() bool {
	return f.Class == Scope && f.Place == PlaceAPI && (len(f.MissingScopes) > 0 || slices.Contains([]int{4711, 104, 4700}, f.Code))
}

// Carrier is an error that knows its facts.
type Carrier interface {
	error
	Facts() Facts
}

// Action is what a step does when the person follows it; the screen adds its
// key to it and the command line its command.
type Action string

// The actions a step can carry.
const (
	ActionNone         Action = ""
	ActionSignIn       Action = "sign-in"
	ActionRetry        Action = "retry"
	ActionCopyRedirect Action = "copy-redirect"
	ActionScopes       Action = "scopes"
	ActionWait         Action = "wait"
	ActionSetup        Action = "setup"
	ActionDoctor       Action = "doctor"
	ActionDevice       Action = "device" // ask for a short code
	ActionPhone        Action = "phone"  // open the page for a phone on the same network
	ActionPaste        Action = "paste"  // hand in the address that the browser ended on
	ActionBounce       Action = "bounce" // the https page that sends a browser back
)

// Step is one thing to do, as a whole sentence without key or command.
type Step struct {
	Text   string
	Action Action
}

// Problem is a failure in plain words: one to three steps, the likeliest first.
type Problem struct {
	What  string // what happened, one sentence
	Why   string // the likely cause
	Next  []Step // what to do
	Facts Facts  // the facts behind it; Class is decided here
}

// Class is the family of the problem.
func (p Problem) Class() Class { return p.Facts.Class }
