package explain

import (
	"strconv"
	"strings"
	"time"
)

// maxPause bounds what a Retry-After may ask: Zoom's longest limit is a day.
const maxPause = 25 * time.Hour

// readHeaders reads when the answer came and when Zoom accepts calls again, out of
// headers that were pasted with it. Retry-After is a number of seconds, an HTTP date
// (RFC 9110 section 10.2.3) or, on the daily limit, a date of ISO 8601; seconds say
// nothing without the date of the answer.
func (f *textFacts) readHeaders(text string, zone *time.Location) {
	small := lowered(text)
	if date, ok := headerTime(header(text, small, "date")); ok {
		f.At = date.In(zone)
	}
	after := header(text, small, "retry-after")
	at, ok := headerTime(after)
	if seconds, err := strconv.Atoi(after); err == nil && seconds > 0 && seconds <= int(maxPause/time.Second) && !f.At.IsZero() {
		at, ok = f.At.Add(time.Duration(seconds)*time.Second), true
	}
	if ok && (f.At.IsZero() || at.Sub(f.At) <= maxPause) {
		f.RetryAt = at.In(zone)
	}
}

// header is the value of a header in a text that is also given in small letters, as
// curl -i prints it, as curl -v does, or in the quotes of a log; empty: it is not there.
func header(text, small, name string) string {
	for from := 0; ; {
		at := strings.Index(small[from:], name)
		if at < 0 {
			return ""
		}
		from += at + len(name)
		if start := from - len(name); start > 0 && !strings.ContainsRune("\n \t\"'<{,", rune(small[start-1])) {
			continue
		}
		value := strings.TrimLeft(text[from:min(len(text), from+maxTracking)], `"'\`)
		if value, ok := strings.CutPrefix(value, ":"); ok {
			value = strings.TrimLeft(value, " \t\"'\\")
			if end := strings.IndexAny(value, "\r\n\"'\\}"); end >= 0 {
				value = value[:end]
			}
			return strings.TrimRight(value, " \t,")
		}
	}
}

// headerTime reads a date of a header.
func headerTime(value string) (time.Time, bool) {
	const httpDate = "Mon, 02 Jan 2006 15:04:05 GMT"
	for _, layout := range []string{httpDate, time.RFC3339, "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, value); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
