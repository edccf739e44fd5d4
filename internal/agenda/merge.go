package agenda

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Hosted is an entry of GET /users/me/meetings: the meetings the user hosts, six months ahead. Recurring meetings come as
// several entries with one ID.
type Hosted struct {
	ID       int64
	UUID     string
	Topic    string
	Type     int
	Start    time.Time     // zero: no fixed time
	Duration time.Duration // 0: unknown
	Timezone string
	JoinURL  string
}

// Invited is an entry of GET /users/me/upcoming_meetings: the next 24 hours, own meetings and those the user is invited to.
type Invited struct {
	ID       int64
	Topic    string
	Type     int
	Start    time.Time     // zero: no fixed time
	Duration time.Duration // 0: unknown
	Timezone string
	JoinURL  string
	Passcode string
	IsHost   bool
	AllDay   bool
}

// key tells entries apart. Entries from calendars may come without a meeting number; then the topic stands in for it.
type key struct {
	id    int64
	start int64 // seconds since 1970; 0 for no start
	topic string
}

// Merge makes one list of both. An entry that is in both, with the same number and start, appears once, as hosted; what
// one list leaves out is filled in from the other, join link and passcode from any entry with the same number. The
// result is ordered by start, meetings without one at the end, and does not depend on the order of the arguments.
func Merge(hosted []Hosted, invited []Invited) []Meeting {
	m := merger{
		meetings: make([]Meeting, 0, len(hosted)+len(invited)),
		at:       make(map[key]int, len(hosted)+len(invited)),
	}
	for _, h := range hosted {
		m.add(Meeting{
			ID: h.ID, UUID: h.UUID, Topic: h.Topic, Type: h.Type, Start: h.Start, Duration: h.Duration,
			Timezone: h.Timezone, JoinURL: h.JoinURL, Role: Host,
		})
	}
	for _, i := range invited {
		role := Guest
		if i.IsHost {
			role = Host
		}
		m.add(Meeting{
			ID: i.ID, Topic: i.Topic, Type: i.Type, Start: i.Start, Duration: i.Duration, AllDay: i.AllDay,
			Timezone: i.Timezone, JoinURL: i.JoinURL, Passcode: i.Passcode, Role: role,
		})
	}
	m.finish()
	return m.sorted()
}

// merger collects meetings, each once.
type merger struct {
	meetings []Meeting
	at       map[key]int // index in meetings
}

// add puts a meeting in, or what it knows more into the one that is there.
func (m *merger) add(meeting Meeting) {
	k := key{id: meeting.ID}
	if !meeting.Start.IsZero() {
		meeting.HasStart = true
		k.start = meeting.Start.Unix()
	}
	if meeting.ID == 0 {
		k.topic = meeting.Topic
	}
	i, known := m.at[k]
	if !known {
		m.at[k] = len(m.meetings)
		m.meetings = append(m.meetings, meeting)
		return
	}
	there := &m.meetings[i]
	there.UUID = cmp.Or(there.UUID, meeting.UUID)
	there.Topic = cmp.Or(there.Topic, meeting.Topic)
	there.Type = cmp.Or(there.Type, meeting.Type)
	there.Duration = cmp.Or(there.Duration, meeting.Duration)
	there.Timezone = cmp.Or(there.Timezone, meeting.Timezone)
	there.JoinURL = cmp.Or(there.JoinURL, meeting.JoinURL)
	there.Passcode = cmp.Or(there.Passcode, meeting.Passcode)
	there.AllDay = there.AllDay || meeting.AllDay
	if meeting.Role == Host {
		there.Role = Host
	}
}

// finish fills in what follows from the other fields and from other entries of the same meeting.
func (m *merger) finish() {
	type shared struct{ joinURL, passcode string }
	known := make(map[int64]shared, len(m.meetings))
	for _, meeting := range m.meetings {
		s := known[meeting.ID]
		known[meeting.ID] = shared{cmp.Or(s.joinURL, meeting.JoinURL), cmp.Or(s.passcode, meeting.Passcode)}
	}
	for i := range m.meetings {
		meeting := &m.meetings[i]
		if meeting.ID != 0 {
			meeting.JoinURL = cmp.Or(meeting.JoinURL, known[meeting.ID].joinURL)
			meeting.Passcode = cmp.Or(meeting.Passcode, known[meeting.ID].passcode)
		}
		meeting.Recurring = meeting.Type == TypeRecurringOpen || meeting.Type == TypeRecurringFixed
		if meeting.HasStart && meeting.Duration > 0 {
			meeting.End = meeting.Start.Add(meeting.Duration)
		}
	}
}

// sorted orders pointers first: a meeting is large, and each is copied once only.
func (m *merger) sorted() []Meeting {
	order := make([]*Meeting, len(m.meetings))
	for i := range m.meetings {
		order[i] = &m.meetings[i]
	}
	slices.SortFunc(order, compare)
	sorted := make([]Meeting, len(order))
	for i, meeting := range order {
		sorted[i] = *meeting
	}
	return sorted
}

// compare orders by start, then what cannot be told apart by it so that the list never jumps when it is fetched again.
// No two merged meetings are equal to it.
func compare(a, b *Meeting) int {
	if a.HasStart != b.HasStart {
		if a.HasStart {
			return -1
		}
		return 1
	}
	if a.HasStart {
		if order := a.Start.Compare(b.Start); order != 0 {
			return order
		}
	}
	return cmp.Or(strings.Compare(a.Topic, b.Topic), cmp.Compare(a.ID, b.ID), strings.Compare(a.UUID, b.UUID))
}
