package e2e

import (
	"strconv"
	"strings"
)

// What the dashboard shows on a terminal, and the keys it is given.

// escape is the key as a terminal sends it that keeps it apart from alt and another key.
const escape = "\x1b[27u"

// redraw is the key that has the window drawn anew, and what a terminal is told before
// that.
const (
	redraw = "\x0c"
	erased = "\x1b[2J"
)

// presses presses keys one by one. After each the window is drawn anew, so that all that
// it shows then is written out.
func (p *process) presses(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		from := len(p.out.String())
		p.types(key + redraw)
		p.until("the window after "+strconv.Quote(key), func() bool { return strings.Contains(p.out.String()[from:], erased) })
	}
}

// awaitsNew types, and waits for a text to be shown after that.
func (p *process) awaitsNew(keys, then string) {
	p.t.Helper()
	from := len(p.out.String())
	p.types(keys)
	p.showsSince(from, then)
}

// shows waits for a text to be on the screen of a dashboard.
func (p *process) shows(text string) {
	p.t.Helper()
	p.showsSince(0, text)
}

// showsSince waits for a text on the screen, in what was written since then. Only what
// changes is written: a text that has letters in common with what stood there before
// comes in pieces. So the window is drawn anew until it comes whole.
func (p *process) showsSince(from int, text string) {
	p.t.Helper()
	redrawn := 0
	p.until(text, func() bool {
		written := p.out.String()[from:]
		if strings.Contains(written, text) {
			return true
		}
		if strings.Count(written, erased) >= redrawn {
			p.types(redraw)
			redrawn++
		}
		return false
	})
}
