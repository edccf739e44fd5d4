// Package agenda turns what Zoom lists into what a person has to do next: hosted and invited meetings merged into one list,
// the next one, the running ones, days with titles, and the words for "how long until". It is pure: the time and the zone
// are arguments.
package agenda

import "time"

// Role is what the signed-in user is in a meeting.
type Role string

// The roles.
const (
	Host  Role = "host"
	Guest Role = "guest"
)

// Meeting types as Zoom numbers them (developers.zoom.us, GET /users/{userId}/meetings, field type).
const (
	TypeInstant        = 1
	TypeScheduled      = 2
	TypeRecurringOpen  = 3 // recurring without a fixed time
	TypePersonal       = 4 // in the personal meeting room
	TypeRecurringFixed = 8 // recurring, one entry for every occurrence
)

// Meeting is one entry of the agenda: a meeting, or one occurrence of a recurring one. Topic, JoinURL, Passcode and
// Timezone are foreign text.
type Meeting struct {
	ID       int64         // meeting number; the occurrences of a recurring meeting share it
	UUID     string        // of hosted meetings only
	Topic    string        // may be empty
	Type     int           // see TypeInstant and so on; 0 if Zoom named none
	Start    time.Time     // meaningful if HasStart
	HasStart bool          // false: may be joined at any time
	End      time.Time     // zero if the start or the duration is not known
	Duration time.Duration // 0 if not known
	AllDay   bool          // an entry for the whole day from a calendar
	Timezone string        // IANA name of the zone it was planned in; Start does not depend on it
	Role     Role
	// Recurring: it has, or may have, other occurrences.
	Recurring bool
	JoinURL   string // secret enough to be kept out of logs: it holds the encrypted passcode
	Passcode  string // "" if not known
}

// openEnd is how long a meeting of unknown duration counts as running: Zoom's own default duration.
const openEnd = time.Hour

// Running reports whether the meeting has begun and is not over. Entries for the whole day never run: nobody is late for
// one.
func (m Meeting) Running(now time.Time) bool {
	return m.HasStart && !m.AllDay && !now.Before(m.Start) && now.Before(m.until())
}

// Over reports whether the meeting has ended. What has no start is never over.
func (m Meeting) Over(now time.Time) bool {
	return m.HasStart && !now.Before(m.until())
}

// until is the planned end or the best guess at it.
func (m Meeting) until() time.Time {
	switch {
	case !m.End.IsZero():
		return m.End
	case m.AllDay:
		return m.Start.Add(24 * time.Hour)
	}
	return m.Start.Add(openEnd)
}

// Stage is how near a meeting is.
type Stage int

// The stages, from far to near to past.
const (
	AnyTime  Stage = iota // has no start
	Later                 // more than a quarter of an hour away
	Soon                  // a quarter of an hour or less
	Imminent              // five minutes or less
	Now                   // running
	Past                  // over
)

// Stage tells how near the meeting is at the given time.
func (m Meeting) Stage(now time.Time) Stage {
	switch left := m.Start.Sub(now); {
	case !m.HasStart:
		return AnyTime
	case m.Over(now):
		return Past
	case left <= 0 && !m.AllDay:
		return Now
	case left > 15*time.Minute || m.AllDay:
		return Later
	case left > 5*time.Minute:
		return Soon
	}
	return Imminent
}
