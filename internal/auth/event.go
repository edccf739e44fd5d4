package auth

import "time"

// Action is what was done with a sign-in.
type Action string

// The actions that change what is stored.
const (
	ActionRefresh Action = "refresh" // the refresh token was exchanged, or Zoom refused it
	ActionSignIn  Action = "sign-in" // a person signed in
	ActionLogout  Action = "logout"  // the tokens here were deleted
	ActionMove    Action = "move"    // the sign-in went to another machine, and is spent here
	ActionReturn  Action = "return"  // the mark of a move was taken back
	ActionImport  Action = "import"  // the sign-in came from another machine
)

// The refresh tokens that one refresh may try; see [Event.Tried].
const (
	TriedLeftover = "left-over" // of an answer that a killed process had written but not put in place
	TriedPrevious = "previous"  // of the generation before, after the current one was refused
)

// Event is what became of one request to the token endpoint, or of one change of
// what is stored, for the token history. It holds no secret.
type Event struct {
	Action            Action
	At                time.Time // Zoom's time
	Command           string    // which command of the program
	PID               int
	Generation        int       // of the new tokens, or of the ones kept
	OldFingerprint    string    // of the refresh token that was sent
	NewFingerprint    string    // of the one that came; empty when it failed
	AccessFingerprint string    // of the access token that is good now; empty when it failed
	Tried             string    // "": the current refresh token was sent
	CutOff            *Mark     // the refresh that was cut off before this one; nil: none was
	Scopes            ScopeDiff // what the answer changed
	IgnoredAPIURL     string    // an api_url that is not Zoom's was left out
	Err               error     // why there are no new tokens; nil: there are; of a logout: why Zoom has not ended the sign-in
	Unstored          error     // Server-to-Server only: why the token is kept in memory instead of stored
}
