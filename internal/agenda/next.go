package agenda

import "time"

// Upcoming is the meetings that are not over, in their order: running, to come, and those for any time.
func Upcoming(meetings []Meeting, now time.Time) []Meeting {
	n := 0
	for i := range meetings {
		if !meetings[i].Over(now) {
			n++
		}
	}
	kept := make([]Meeting, 0, n)
	for i := range meetings {
		if !meetings[i].Over(now) {
			kept = append(kept, meetings[i])
		}
	}
	return kept
}

// Ahead is what a person wants to know at a glance. Either may be nil.
type Ahead struct {
	Starting *Meeting // the next meeting to start
	Running  *Meeting // the running meeting that began last
}

// Shown is the one meeting that a header has room for: the next to start, since a person notices that a
// meeting is running; or the running one, if nothing is to come; or nil.
func (a Ahead) Shown() *Meeting {
	if a.Starting != nil {
		return a.Starting
	}
	return a.Running
}

// Next finds what is ahead at the given time. Of meetings that start at once the first in the list counts; entries for
// the whole day and meetings without a start do not. The meetings are copies.
func Next(meetings []Meeting, now time.Time) Ahead {
	var ahead Ahead
	for _, m := range meetings {
		switch {
		case !m.HasStart || m.AllDay:
		case m.Start.After(now):
			if ahead.Starting == nil || m.Start.Before(ahead.Starting.Start) {
				ahead.Starting = &m
			}
		case m.Running(now):
			if ahead.Running == nil || m.Start.After(ahead.Running.Start) {
				ahead.Running = &m
			}
		}
	}
	return ahead
}
