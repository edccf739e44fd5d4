package agenda

import "time"

// Upcoming is the meetings that are not over, in their order: running, to come, and those for any time.
func Upcoming(meetings []Meeting, now time.Time) []Meeting {
	return filter(meetings, func(m *Meeting) bool { return !m.Over(now) })
}

// Running is the meetings that have begun and are not over, in their order.
func Running(meetings []Meeting, now time.Time) []Meeting {
	return filter(meetings, func(m *Meeting) bool { return m.Running(now) })
}

func filter(meetings []Meeting, keep func(*Meeting) bool) []Meeting {
	n := 0
	for i := range meetings {
		if keep(&meetings[i]) {
			n++
		}
	}
	kept := make([]Meeting, 0, n)
	for i := range meetings {
		if keep(&meetings[i]) {
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

// Shown is the one meeting that a header or a status line has room for: the next to start, since a person notices that a
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

// NextDraw is how long it takes until a screen that shows these meetings must be drawn again: until a text of Until or
// Left changes, a meeting begins or ends, or the viewer's day does and Today becomes Yesterday. It is at least a
// millisecond, so that a timer set to it does not spin.
func NextDraw(meetings []Meeting, now time.Time, loc *time.Location) time.Duration {
	wait := dateOf(now, loc).after(1).begins(loc).Sub(now)
	for _, m := range meetings {
		if change := m.NextChange(now); change > 0 {
			wait = min(wait, change)
		}
	}
	return max(wait, time.Millisecond)
}
