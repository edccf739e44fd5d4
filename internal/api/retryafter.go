package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxPause bounds what a Retry-After may ask: Zoom's longest limit is a day.
const maxPause = 48 * time.Hour

// parseRetryAfter reads a Retry-After header: seconds or an HTTP date (RFC 9110
// section 10.2.3), or an ISO 8601 date or date-time, which Zoom sends with its
// daily limit. A date-time without a zone is UTC. The answer is in now's zone;
// a missing, unreadable, past or absurdly late value gives the zero time.
// Source: https://developers.zoom.us/docs/api/rate-limits/
func parseRetryAfter(value string, now time.Time) time.Time {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > 64 {
		return time.Time{}
	}
	at, ok := retryTime(value, now)
	if !ok || at.Before(now) || at.After(now.Add(maxPause)) {
		return time.Time{}
	}
	return at.In(now.Location())
}

func retryTime(value string, now time.Time) (time.Time, bool) {
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		if seconds < 0 || seconds > int64(maxPause/time.Second) {
			return time.Time{}, false
		}
		return now.Add(time.Duration(seconds) * time.Second), true
	}
	if at, err := http.ParseTime(value); err == nil {
		return at, true
	}
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02",
	} {
		if at, err := time.Parse(layout, value); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// nextDay is when a daily budget starts anew if Zoom does not say: midnight
// UTC, as its users observe.
func nextDay(now time.Time) time.Time {
	return now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour).In(now.Location())
}
