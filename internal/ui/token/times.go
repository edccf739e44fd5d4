package token

import (
	"fmt"
	"time"
)

// Span is a time span in words that change once a minute at most: "58 min", "2 h",
// "3 days".
func Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	case d < 48*time.Hour:
		h, m := int(d/time.Hour), int(d/time.Minute)%60
		if h >= 10 || m == 0 {
			return fmt.Sprintf("%d h", h)
		}
		return fmt.Sprintf("%d h %d min", h, m)
	default:
		return fmt.Sprintf("%d days", int(d/(24*time.Hour)))
	}
}

// Ago is a time in the past.
func Ago(d time.Duration) string {
	if d < time.Minute {
		return "a moment ago"
	}
	return Span(d) + " ago"
}

// relative is a time as seen from now.
func relative(d time.Duration) string {
	if d <= 0 {
		return Ago(-d)
	}
	return "in " + Span(d)
}

// stamp is a time of day, with the date and the year where they say something.
func stamp(at, now time.Time, loc *time.Location) string {
	at, now = at.In(loc), now.In(loc)
	switch {
	case at.Year() != now.Year():
		return at.Format("2 Jan 2006 15:04")
	case at.YearDay() != now.YearDay():
		return at.Format("2 Jan 15:04:05")
	default:
		return at.Format("15:04:05")
	}
}
