package auth

import (
	"encoding/json"
	"net/http"
	"strings"

	"zoomtui/internal/explain"
)

// callbackJSON is what the callback page says to a client that asks for JSON:
// [Finish], in another terminal of the same person.
type callbackJSON struct {
	SignedIn bool         `json:"signed_in"`
	UnderWay bool         `json:"under_way,omitempty"` // Zoom has been asked, and the wait for its answer was too long
	Profile  string       `json:"profile,omitempty"`
	Error    *failureJSON `json:"error,omitempty"`
}

// failureJSON is why the sign-in is not done: in words for anybody, and with the
// facts for a program that knows the same words.
type failureJSON struct {
	What  string         `json:"what"`
	Why   string         `json:"why"`
	Kind  ErrorKind      `json:"kind,omitempty"`
	Facts *explain.Facts `json:"facts,omitempty"`
}

// wantsJSON tells a program from a browser, which prefers a page.
func wantsJSON(h http.Header) bool {
	accept := strings.ToLower(h.Get("Accept"))
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

// answerFor chooses the form of the answer to a request.
func answerFor(r *http.Request) func(http.ResponseWriter, page, string) {
	if !wantsJSON(r.Header) {
		return func(w http.ResponseWriter, p page, profile string) { p.send(w, profile) }
	}
	return func(w http.ResponseWriter, p page, profile string) { p.sendJSON(w, profile) }
}

// sendJSON writes what the page says as JSON.
func (p page) sendJSON(w http.ResponseWriter, profile string) {
	data, err := json.Marshal(p.json(profile))
	if err != nil {
		p.send(w, profile)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	write(w, p.status, string(data)+"\n")
}

func (p page) json(profile string) callbackJSON {
	answer := callbackJSON{
		SignedIn: p.status == http.StatusOK, UnderWay: p.status == http.StatusAccepted, Profile: profile,
	}
	if answer.SignedIn || answer.UnderWay {
		return answer
	}
	answer.Error = &failureJSON{What: p.title}
	if len(p.lines) > 0 {
		answer.Error.Why = p.lines[0]
	}
	if p.err != nil {
		problem := explain.Of(p.err)
		answer.Error = &failureJSON{What: words(problem.What), Why: words(problem.Why), Kind: kindOf(p.err), Facts: &problem.Facts}
	}
	return answer
}

// relayed is a failure that another process met and told of. It explains itself
// here as it does there.
type relayed struct {
	kind  ErrorKind
	facts explain.Facts
	text  string
}

// relay reads a failure out of an answer; what is foreign in it is cleaned.
func relay(f failureJSON) error {
	e := &relayed{kind: ErrorKind(words(string(f.Kind))), text: words(strings.Join([]string{f.What, f.Why}, " "))}
	if e.text == "" {
		e.text = "the sign-in that waits was not completed, and no reason was given"
	}
	if f.Facts != nil {
		e.facts = *f.Facts
	}
	if f.Facts == nil || f.Facts.Place == "" {
		e.facts = explain.Facts{Place: explain.PlaceLocal, Cause: e.text}
	}
	return e
}

// Error gives the sentences that the other process shows.
func (e *relayed) Error() string { return "finish the sign-in: " + e.text }

// Facts is what package explain is told.
func (e *relayed) Facts() explain.Facts { return e.facts }

// Is makes errors.Is(err, auth.ErrCodeRefused) work.
func (e *relayed) Is(target error) bool {
	kind, ok := target.(ErrorKind)
	return ok && kind == e.kind && kind != ""
}
