package agenda

import (
	"slices"
	"strconv"
	"time"
)

// Day is the meetings of one day, or those without a start.
type Day struct {
	Title    string    // "Today, Sun 22 Nov", "Tomorrow, Mon 23 Nov", "Wed 25 Nov", "Fri 1 Jan 2027", "Any time"
	Date     time.Time // noon of the day in the viewer's zone; zero for "Any time"
	Meetings []Meeting
}

// anyTime is the title of the meetings without a start.
const anyTime = "Any time"

// date is a day of the calendar. Days are counted in dates, never in hours: with summer time some have 23 or 25, and some
// have no midnight.
type date struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time, loc *time.Location) date {
	year, month, day := t.In(loc).Date()
	return date{year, month, day}
}

// noon is a moment that every day has, in every zone.
func (d date) noon(loc *time.Location) time.Time {
	return time.Date(d.year, d.month, d.day, 12, 0, 0, 0, loc)
}

// after is the date so many days later, or earlier if days is negative.
func (d date) after(days int) date {
	return dateOf(time.Date(d.year, d.month, d.day+days, 12, 0, 0, 0, time.UTC), time.UTC)
}

// GroupByDay splits meetings into days of the viewer's zone, in order; within a day the meetings stay in theirs. A meeting
// that began before midnight and is not over stands under today, where a person looks for it. Meetings without a start
// come last, as "Any time". The days share the memory of the list.
func GroupByDay(meetings []Meeting, now time.Time, loc *time.Location) []Day {
	today := dateOf(now, loc)
	var days []Day
	index := make(map[date]int)
	for first := 0; first < len(meetings); {
		at := dayOf(&meetings[first], now, loc)
		end := first + 1
		for end < len(meetings) && dayOf(&meetings[end], now, loc) == at {
			end++
		}
		i, known := index[at]
		if !known {
			i = len(days)
			index[at] = i
			days = append(days, newDay(at, today, loc))
			days[i].Meetings = meetings[first:end:end]
		} else {
			days[i].Meetings = append(days[i].Meetings, meetings[first:end]...)
		}
		first = end
	}
	slices.SortFunc(days, func(a, b Day) int {
		if a.Date.IsZero() != b.Date.IsZero() {
			return b.Date.Compare(a.Date) // the zero date is the last
		}
		return a.Date.Compare(b.Date)
	})
	return days
}

// dayOf is the date under which a meeting stands; the zero date for any time.
func dayOf(m *Meeting, now time.Time, loc *time.Location) date {
	switch {
	case !m.HasStart:
		return date{}
	case m.Start.Before(now) && !m.Over(now):
		return dateOf(now, loc)
	}
	return dateOf(m.Start, loc)
}

func newDay(at, today date, loc *time.Location) Day {
	if at == (date{}) {
		return Day{Title: anyTime}
	}
	noon := at.noon(loc)
	title := noon.Format("Mon 2 Jan")
	if at.year != today.year {
		title += " " + strconv.Itoa(at.year)
	}
	switch at {
	case today:
		title = "Today, " + title
	case today.after(1):
		title = "Tomorrow, " + title
	case today.after(-1):
		title = "Yesterday, " + title
	}
	return Day{Title: title, Date: noon}
}

// Span is the time of a meeting as a clock of the viewer's zone shows it: "14:00–14:45", "14:00" if the end is not known,
// "all day", or "" without a start. A clock that goes back, or an end on another day, is shown as it is.
func Span(m Meeting, loc *time.Location) string {
	const clock = "15:04"
	switch {
	case !m.HasStart:
		return ""
	case m.AllDay:
		return "all day"
	case m.End.IsZero():
		return m.Start.In(loc).Format(clock)
	}
	return m.Start.In(loc).Format(clock) + "–" + m.End.In(loc).Format(clock)
}
