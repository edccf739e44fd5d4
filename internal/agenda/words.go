package agenda

import (
	"strconv"
	"time"
)

// Where the words for a length of time change from one unit to the next.
const (
	secondsBelow = 15 * time.Minute
	minutesBelow = 2 * time.Hour
	hoursBelow   = 48 * time.Hour
	day          = 24 * time.Hour
)

// Until is the time left to a start in one glance: "12:41" below 15 minutes, "55 min" below 2 hours, "3 h" below 48 hours,
// "2 d" above, and "now" when nothing is left.
//
// Seconds count up to the next whole one, so that the last is 0:01 and then comes "now". Minutes count whole ones: who
// reads "16 min" has no less. Hours and days are the nearest.
func Until(left time.Duration) string {
	text, _ := until(left)
	return text
}

// NextChange is how long it takes until the text of Until for this start is another one; 0 if it stays "now".
func NextChange(start, now time.Time) time.Duration {
	left := start.Sub(now)
	if left <= 0 {
		return 0
	}
	_, lowest := until(left)
	return left - lowest
}

// until is the text for the time left, and the longest shorter time left that has another text.
func until(left time.Duration) (text string, next time.Duration) {
	switch {
	case left <= 0:
		return "now", 0
	case left < secondsBelow:
		whole := up(left, time.Second)
		return clock(whole), whole - time.Second
	case left < minutesBelow:
		whole := left.Truncate(time.Minute)
		return count(whole, time.Minute, " min"), whole - 1
	case left < hoursBelow:
		nearest := left.Round(time.Hour)
		return count(nearest, time.Hour, " h"), max(nearest-time.Hour/2, minutesBelow) - 1
	}
	nearest := left.Round(day)
	return count(nearest, day, " d"), max(nearest-day/2, hoursBelow) - 1
}

// Left is the time left to an end: "33 min left" below two hours, begun minutes counted whole, "3 h left" above, and ""
// when the end is not known (zero) or over.
func Left(end, now time.Time) string {
	text, _ := leftUntil(end.Sub(now))
	if end.IsZero() || text == "" {
		return ""
	}
	return text + " left"
}

// leftUntil is the text for the time left, and the longest shorter time left that has another text.
func leftUntil(left time.Duration) (text string, next time.Duration) {
	switch {
	case left <= 0:
		return "", 0
	case left <= minutesBelow:
		whole := up(left, time.Minute)
		return count(whole, time.Minute, " min"), whole - time.Minute
	}
	nearest := left.Round(time.Hour)
	return count(nearest, time.Hour, " h"), max(nearest-time.Hour/2-1, minutesBelow)
}

// NextChange is how long it takes until what Until or Left say about this meeting, or whether it is running, is
// different; 0 if it stays as it is. A screen that draws again then shows every text in time and draws no more often.
func (m Meeting) NextChange(now time.Time) time.Duration {
	switch {
	case !m.HasStart || m.Over(now):
		return 0
	case m.Start.After(now):
		return NextChange(m.Start, now)
	case m.End.IsZero() || m.AllDay:
		return m.until().Sub(now)
	}
	left := m.End.Sub(now)
	_, next := leftUntil(left)
	return left - next
}

// clock writes minutes and seconds as 9:41.
func clock(d time.Duration) string {
	seconds := strconv.Itoa(int(d % time.Minute / time.Second))
	if len(seconds) == 1 {
		seconds = "0" + seconds
	}
	return strconv.Itoa(int(d/time.Minute)) + ":" + seconds
}

func count(d, unit time.Duration, name string) string {
	return strconv.FormatInt(int64(d/unit), 10) + name
}

// up is d as a whole number of units, a begun one counted.
func up(d, unit time.Duration) time.Duration {
	return (d + unit - 1).Truncate(unit)
}
