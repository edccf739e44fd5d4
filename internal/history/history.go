// Package history remembers what became of a profile's sign-in: who refreshed it
// when, and with what result. It holds fingerprints and never a token.
//
// A history is a file of one JSON object a line, the newest last. It tells and
// never decides: nothing in it is needed to use or to keep a token.
package history

import (
	"path/filepath"
	"time"
)

// The results of an [Entry].
const (
	ResultOK      = "ok"
	ResultEnded   = "ended"        // Zoom no longer takes the refresh token
	ResultRefused = "refused"      // Zoom refused for another reason, the app's for example
	ResultLimited = "rate-limited" // Zoom asks to wait
	ResultNetwork = "network"      // no usable answer; whether Zoom got the question is not known
	ResultStore   = "store"        // the answer could not be kept
	ResultFailed  = "failed"       // anything else
)

// Which token answer of an [Entry] named no scopes.
const (
	UnnamedNow    = "now"    // the one that came
	UnnamedBefore = "before" // the one before it
)

// The actions of an [Entry] that package history itself must know; the others are
// those of package auth.
const actionLogout = "logout"

// Entry is one line of the history. Its JSON keys are those of the file and of
// `zoomtui history --json`.
type Entry struct {
	At                time.Time `json:"at"`               // Zoom's time, RFC 3339, UTC
	Action            string    `json:"action"`           // refresh, sign-in, logout, move, import
	Command           string    `json:"command"`          // which command of the program
	PID               int       `json:"pid"`              // of its process
	Result            string    `json:"result"`           // one of the Result constants
	Cause             string    `json:"cause,omitempty"`  // why there are no new tokens, in words
	Tried             string    `json:"tried,omitempty"`  // left-over or previous: which refresh token was sent; empty: the current one
	CutOff            time.Time `json:"cut_off,omitzero"` // when a refresh was begun that was cut off before this one
	Generation        int       `json:"generation"`
	OldFingerprint    string    `json:"old_fingerprint,omitempty"`    // of the refresh token that was sent
	NewFingerprint    string    `json:"new_fingerprint,omitempty"`    // of the one that came
	AccessFingerprint string    `json:"access_fingerprint,omitempty"` // of the access token that came
	ScopesAdded       []string  `json:"scopes_added,omitempty"`
	ScopesRemoved     []string  `json:"scopes_removed,omitempty"`
	ScopesUnnamed     string    `json:"scopes_unnamed,omitempty"` // one of the Unnamed constants: what changed is not known then; empty: both answers named scopes, or it was the first
}

// Log is the history of one profile. Any number of them, in any number of
// processes, may stand for the same file.
type Log struct{ path string }

// Open gives the history of a profile in a directory. Nothing is read or made. The
// name must have passed auth.CheckProfile, because it becomes a file name.
func Open(dir, profile string) *Log {
	return &Log{path: filepath.Join(dir, profile+".jsonl")}
}

// Path is the file of the history, which need not be there.
func (l *Log) Path() string { return l.path }

func (l *Log) lockPath() string { return l.path + ".lock" }
