package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kinds of recurrence, and the most occurrences of one meeting.
// Source: https://developers.zoom.us/docs/api/meetings/
const (
	recursDaily   = 1
	recursWeekly  = 2
	recursMonthly = 3
	maxEndTimes   = 60
)

// maxRecurDays bounds the search for occurrences.
const maxRecurDays = 366 * 6

// recurrence reads and checks how a meeting recurs.
func (f *meetingForm) recurrence() *recurrence {
	r := recurrence{}
	inner := meetingForm{}
	if json.Unmarshal(f.members["recurrence"], &inner.members) != nil {
		f.refuse("recurrence", "Invalid field.")
		return nil
	}
	inner.number("type", &r.Type, recursDaily, recursMonthly)
	r.RepeatInterval = 1
	inner.number("repeat_interval", &r.RepeatInterval, 1, 99)
	inner.text("weekly_days", &r.WeeklyDays, 13)
	inner.number("monthly_day", &r.MonthlyDay, 1, 31)
	inner.number("monthly_week", &r.MonthlyWeek, -1, 4)
	inner.number("monthly_week_day", &r.MonthlyWeekDay, 1, 7)
	inner.number("end_times", &r.EndTimes, 1, maxEndTimes)
	var end time.Time
	if inner.has("end_date_time") {
		inner.when("end_date_time", &end, "UTC")
		r.EndDateTime, r.EndTimes = end.UTC().Format(apiTime), 0
	} else if r.EndTimes == 0 {
		r.EndTimes = 1
	}
	if r.Type == 0 {
		inner.refuse("type", "Invalid field.")
	}
	if r.Type == recursWeekly && !weekdaysValid(r.WeeklyDays) {
		inner.refuse("weekly_days", "Invalid field.")
	}
	for _, wrong := range inner.wrong {
		f.refuse("recurrence."+wrong.Field, wrong.Message)
	}
	return &r
}

// weekdaysValid checks a list of days, 1 (Sunday) to 7. None is the day of the start.
func weekdaysValid(list string) bool {
	for day := range strings.SplitSeq(list, ",") {
		if n, err := strconv.Atoi(day); list != "" && (err != nil || n < 1 || n > 7) {
			return false
		}
	}
	return true
}

// occurrences are the times of a meeting that begins at start.
func (r *recurrence) occurrences(start time.Time, zone string) []sitting {
	loc, ok := location(zone)
	if !ok {
		loc = time.UTC
	}
	first := start.In(loc)
	end, err := time.Parse(apiTime, r.EndDateTime)
	bounded := err == nil
	limit := r.EndTimes
	if limit == 0 {
		limit = maxEndTimes
	}
	var out []sitting
	for day := range maxRecurDays {
		at := first.AddDate(0, 0, day)
		if len(out) == limit || bounded && at.After(end) {
			break
		}
		if r.on(first, at, day) {
			out = append(out, sitting{id: occurrenceID(at), start: at.UTC()})
		}
	}
	if len(out) == 0 { // Zoom keeps at least the first one
		out = append(out, sitting{id: occurrenceID(start), start: start.UTC()})
	}
	return out
}

// on tells whether the meeting takes place on a day, so many days after its first.
func (r *recurrence) on(first, at time.Time, day int) bool {
	every := max(r.RepeatInterval, 1)
	switch r.Type {
	case recursDaily:
		return day%every == 0
	case recursWeekly:
		weeks := (day + int(first.Weekday())) / 7 // Zoom's weeks begin on Sunday
		days := strings.Split(r.WeeklyDays, ",")
		if r.WeeklyDays == "" {
			days = []string{strconv.Itoa(int(first.Weekday()) + 1)}
		}
		return weeks%every == 0 && slices.Contains(days, strconv.Itoa(int(at.Weekday())+1))
	default:
		months := (at.Year()-first.Year())*12 + int(at.Month()-first.Month())
		return months%every == 0 && r.onDayOfMonth(first, at)
	}
}

// onDayOfMonth tells whether a day is the monthly one: by its number, by its week, or that of the first.
func (r *recurrence) onDayOfMonth(first, at time.Time) bool {
	switch {
	case r.MonthlyDay > 0:
		return at.Day() == r.MonthlyDay
	case r.MonthlyWeek != 0:
		last := at.AddDate(0, 0, 7).Month() != at.Month()
		inWeek := (at.Day()+6)/7 == r.MonthlyWeek || r.MonthlyWeek < 0 && last
		return int(at.Weekday())+1 == r.MonthlyWeekDay && inWeek
	default:
		return at.Day() == first.Day()
	}
}
