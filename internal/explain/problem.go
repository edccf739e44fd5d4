package explain

import (
	"strconv"
	"strings"
)

// Raw is the one dim line with the facts: status, Zoom's number, the OAuth
// error and Zoom's words; the tracking id; the time. Without an answer from
// Zoom it is the local cause and the host. The foreign pieces are tamed here
// (no control or escape sequence, no token, bounded) and then given to clean,
// the caller's own sanitiser; nil leaves them as they are.
//
//	400 invalid_grant "Invalid Token!" · v=2.0;clid=us02;rid=WEB_1 · 03:12:44
func (p Problem) Raw(clean func(string) string) string {
	if clean == nil {
		clean = func(s string) string { return s }
	}
	f := p.Facts
	var parts []string
	for _, part := range []string{answer(f, clean), clean(tame(f.TrackingID, maxTracking)), clock(f)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// answer is the first part of the raw line.
func answer(f Facts, clean func(string) string) string {
	var words []string
	if f.HTTPStatus != 0 {
		words = append(words, strconv.Itoa(f.HTTPStatus))
	}
	if f.Code != 0 {
		words = append(words, strconv.Itoa(f.Code))
	}
	if f.OAuth != "" {
		words = append(words, clean(quoted(f.OAuth, maxName)))
	}
	if message := clean(quoted(f.Message, maxMessage)); message != "" {
		words = append(words, `"`+message+`"`)
	}
	if len(words) == 0 || f.Message == "" && f.OAuth == "" && f.Code == 0 {
		if cause := clean(quoted(f.Cause, maxCause)); cause != "" {
			words = append(words, cause)
		}
		if host := clean(tame(f.Host, maxName)); host != "" && f.HTTPStatus == 0 {
			words = append(words, "("+host+")")
		}
	}
	return strings.Join(words, " ")
}

func clock(f Facts) string {
	if f.At.IsZero() {
		return ""
	}
	return f.At.Format("15:04:05")
}
