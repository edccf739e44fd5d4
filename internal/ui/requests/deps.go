package requests

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/scope"
)

// Traffic is what the tab needs of the rest of the program.
type Traffic interface {
	Log
	Sender
	Editor
	// Catalogue gives the table of operations; it is loaded with the first call.
	Catalogue() (*scope.Catalogue, error)
}

// Log is the calls that this program has made. It asks nothing of Zoom.
type Log interface {
	// Calls gives the remembered calls, the newest first, and the number of this
	// state of theirs. Where that is still seen, nothing is copied and changed is
	// false.
	Calls(seen int) (list []Call, state int, changed bool)
	// Exchange gives all that is kept of one call; false: it is no longer.
	Exchange(seq int) (Exchange, bool)
	// Export writes all of them to a file as an HTTP Archive.
	Export() (Exported, error)
	// TokenCommand is the shell command that prints the access token that these
	// calls were made with, and a clause on where it does not work; empty: it works
	// in any shell of this user.
	TokenCommand() (command, note string)
}

// Sender makes calls of the person's own.
type Sender interface {
	// CheckAddress says whether scheme and host of an address, in lower case, are
	// those of the profile's API, where all calls go; else the error is a [*Refused],
	// or tells why that is not known.
	CheckAddress(ctx context.Context, address string) error
	// Preview is what Send would send. Zoom is asked for nothing but, if need be, a
	// token.
	Preview(ctx context.Context, r Request) (Preview, error)
	// Send makes one call and reads its answer to the end. seq is its number in the
	// log; 0: no answer came. The error explains itself (package explain); there is
	// one too when Zoom has refused the call.
	Send(ctx context.Context, r Request) (seq int, err error)
}

// Editor lets the person edit a text in a program of their own.
type Editor interface {
	// Edit hands over the terminal, and reports what became of the text. With ctx ends
	// whatever was kept of it for the editor.
	Edit(ctx context.Context, text []byte, done func(text []byte, err error) tea.Msg) tea.Cmd
}

// Call is one line of the timeline. Text that is foreign is not tamed.
type Call struct {
	Seq           int
	At            time.Time
	Method, Host  string
	Path          string // with the query, most of its values hidden
	Step          string // of the sign-in: "refresh", "code exchange" …; empty: a call of the API
	OtherToken    bool   // made with a token that was pasted, which is not kept
	Status        int    // 0: no answer came
	ZoomCode      int
	Took          time.Duration
	TrackingID    string
	RateCategory  string // as Zoom says, "Light"; empty: it did not
	RateRemaining int    // -1: not told
	RateLimit     int    // how many in all; -1: not told
	Bytes         int64  // of the answer
	Failed        string // why there is no answer, or not all of it, in a word
	Reading       bool   // the answer is still being read
}

// Bad says whether the call has failed.
func (c Call) Bad() bool { return c.Status == 0 || c.Status >= 400 || c.Failed != "" }

// Field is one line of a header.
type Field struct{ Name, Value string }

// Exchange is one call with all that is kept of it; secrets are hidden.
type Exchange struct {
	Call
	URL           string
	RequestHeader []Field
	RequestBody   []byte
	RequestNote   string // why there is no RequestBody, or not all of it; empty: it is whole
	Header        []Field
	Body          []byte // must not be changed
	BodyNote      string // why there is no Body, or not all of it; empty: it is whole
	Err           error  // what is wrong with the answer, for package explain; nil: nothing
	// Again is the path, with its query, by which a GET is made once more; empty:
	// it cannot be, for the reason of NotAgain.
	Again    string
	NotAgain string
}

// Request is a call to be made. Path is below /v2 and may hold a query.
type Request struct {
	Method, Path string
	Body         []byte
}

// Preview is a call as it will be sent, the credentials hidden.
type Preview struct {
	Method, URL string
	Header      []Field
	Body        []byte
}

// Exported is a file that was written.
type Exported struct {
	Path  string
	Calls int
	Note  string // why it is not where one would look for it; empty: it is
}
