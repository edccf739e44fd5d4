package lan

import "zoomtui/internal/explain"

// opServe is what failed, for [explain.Facts].
const opServe = "open the page for a phone"

// Error is why there is no page.
type Error struct {
	Cause string // a sentence without capital and period
	Err   error  // of the system; nil when it was not asked
}

// Error gives one line.
func (e *Error) Error() string { return opServe + ": " + e.Cause }

// Unwrap gives the system's error.
func (e *Error) Unwrap() error { return e.Err }

// Facts is what package explain is told.
func (e *Error) Facts() explain.Facts {
	return explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage, Op: opServe, Cause: e.Cause}
}
