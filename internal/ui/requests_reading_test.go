package ui

import (
	"testing"
	"time"

	"zoomtui/internal/ui/requests"
	"zoomtui/internal/ui/uitest"
)

// ended is the newest call with its answer read to the end.
func (w *wire) ended(body string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state++
	x := &w.log[0]
	x.Reading, x.Body, x.BodyNote, x.Bytes = false, []byte(body), "", int64(len(body))
}

// A call that is opened while its answer comes in is whole by itself when the
// answer is, and who looks at it stays where they are.
func TestCallBecomesWhole(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		coming := page("")
		coming.Reading, coming.BodyNote = true, "The answer is still being read."
		coming.RequestBody = []byte(`{"asked":"this"}`)
		w.add(called("POST", "/v2/users/me/meetings", 0, coming))
		p.Advance(2 * time.Second)
		p.Press("enter")
		p.Shows("The answer is still being read.")
		w.add(called("GET", "/v2/groups", 0, page("{}"))) // another call: nothing changes here
		p.Advance(2 * time.Second)
		p.Shows("The answer is still being read.")
		w.log[0], w.log[1] = w.log[1], w.log[0]
		p.Press("tab")
		p.Shows("asked")
		w.ended(`{"came":"whole"}`)
		p.Advance(2 * time.Second)
		p.Shows("asked", "▸ Request")
		p.Press("tab")
		p.Shows("came", "whole")
		p.Hides("still being read")
		p.Press("esc")
		p.Shows("10 calls")
	})
}

// A call that was left, or is no longer kept, does not come back to the front.
func TestCallThatWasLeftStaysAway(t *testing.T) {
	onRequests(t, 80, func(t *testing.T, w *wire, p *uitest.Program) {
		coming := page("")
		coming.Reading, coming.BodyNote = true, "The answer is still being read."
		w.add(called("GET", "/v2/contacts", 0, coming))
		p.Advance(2 * time.Second)
		p.Press("enter", "esc")
		w.ended(`{"came":"whole"}`)
		p.Advance(2 * time.Second)
		p.Shows("9 calls", "/contacts")
		p.Hides("came")
		again := page("")
		again.Reading = true
		w.add(called("GET", "/v2/roles", 0, again))
		p.Advance(2 * time.Second)
		p.Press("enter")
		w.mu.Lock()
		w.log, w.state = []requests.Exchange{w.log[1]}, w.state+1
		w.mu.Unlock()
		p.Advance(2 * time.Second)
		p.Shows("/roles")
	})
}
