package scope

import (
	"strings"
	"time"
)

// Kind is the verdict in two words.
type Kind string

// The verdicts.
const (
	HasIt           Kind = "HAS IT"
	AddOne          Kind = "ADD ONE"
	WrongAppType    Kind = "WRONG APP TYPE"
	OldSignIn       Kind = "OLD SIGN-IN"
	NotAScope       Kind = "NOT A SCOPE PROBLEM"
	UnknownEndpoint Kind = "UNKNOWN ENDPOINT"
	Unknown         Kind = "UNKNOWN" // the token answer named no scopes, or the documents name none
)

// Question is a call to be judged.
type Question struct {
	Method, Path string // as called, or a template
	Live         *Live  // Zoom's answer; nil: the table alone decides
	App          App
	Now          time.Time // Zoom's clock
}

// Call is the call as it is shown: "GET /users/me/meetings", without the query,
// which may hold what nobody should see. Empty when no call was named. A /v2 that
// stands there twice is shown: it is the mistake.
func (q Question) Call() string {
	path, _, _ := strings.Cut(q.Path, "?")
	if !q.twice() {
		path = strings.TrimPrefix(path, "/v2")
	}
	return strings.TrimSpace(strings.ToUpper(q.Method) + " " + path)
}

// twice tells a path with the version of the API in it two times, as where a client's
// base address has it too.
func (q Question) twice() bool { return strings.HasPrefix(q.Path, "/v2/v2/") }

// Fit says whether an alternative is one for this app.
type Fit struct {
	OK     bool
	Reason string // why not, a few words: "not for user-managed apps"; of the fitting one: "this one fits your app"
}

// Alternative is one scope that would do.
type Alternative struct {
	Name  string
	Style Style
	Level Level
	Held  bool // the token has it
	Fit   Fit
}

// Act is what a step does when the person follows it.
type Act string

// The acts.
const (
	ActNone   Act = ""
	ActCopy   Act = "copy"    // the name of the scope
	ActMarket Act = "market"  // open the Marketplace
	ActSignIn Act = "sign-in" // or, for Server-to-Server, a new token
	ActProbe  Act = "probe"
	ActSearch Act = "search"
	ActRetry  Act = "retry"
)

// Reason is why a failure is NOT A SCOPE PROBLEM.
type Reason string

// The reasons.
const (
	NoReason      Reason = ""
	ReasonRole    Reason = "role"    // the user may not
	ReasonPlan    Reason = "plan"    // the plan or the licence does not include it
	ReasonToken   Reason = "token"   // expired, replaced, not of a user, not in the header
	ReasonUser    Reason = "user"    // no such user in this account
	ReasonThing   Reason = "thing"   // no such meeting, recording …
	ReasonRequest Reason = "request" // a value that Zoom does not take
	ReasonRate    Reason = "rate"    // too many calls
	ReasonServer  Reason = "server"  // trouble at Zoom
	ReasonOther   Reason = "other"   // an answer that is not known here
)

// Step is one thing to do, as a whole sentence without key or command.
type Step struct {
	Text string
	Act  Act
}

// Verdict is the answer.
type Verdict struct {
	Kind         Kind
	Question     Question
	FromZoom     bool          // Zoom's own answer has decided, not the table
	Reason       Reason        // of NOT A SCOPE PROBLEM
	Endpoint     Endpoint      // zero: not in the table
	Known        bool          // Endpoint is
	Headline     string        // one sentence: "Zoom wants any ONE of these, your token has none."
	Why          string        // one or two sentences; may be empty
	Alternatives []Alternative // the fitting ones first
	Best         string        // name of the one to add; empty: none can be, or none need be
	Steps        []Step
	Source       string     // "Zoom's answer of 13:47:20" or "Zoom's documents of 2026-03"
	Disagrees    string     // how Zoom's answer differs from the table; empty: it does not
	Nearest      []Endpoint // of UNKNOWN ENDPOINT
}
