package sandbox

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// misbehave answers an API call in place of the API while a fault is on, and is true then.
func (s *Server) misbehave(w http.ResponseWriter, label string) bool {
	s.mu.Lock()
	html, broken, daily := s.on[faultHTML], s.on[faultServer500], s.on[faultRateDay]
	second := !html && !broken && !daily && (s.on[faultRateSecond] || s.takeFault(faultRateSecondOnce))
	s.mu.Unlock()
	switch {
	case html:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>proxy</center></body></html>\n")
	case broken:
		writeJSON(w, http.StatusInternalServerError, refuseAPI(0, 500, "Internal server error."))
	case daily:
		s.writeDailyLimit(w, label)
	case second:
		limitHeaders(w, "QPS", perSecond(label))
		writeJSON(w, http.StatusTooManyRequests, refuseAPI(0, 429,
			"You have reached the maximum per-second rate limit for this API. Try again later."))
	default:
		return false
	}
	return true
}

// writeDailyLimit refuses until the next midnight UTC. Retry-After is a date-time and not seconds:
// Zoom's own reading of the header.
// Source: https://developers.zoom.us/docs/api/rate-limits/
func (s *Server) writeDailyLimit(w http.ResponseWriter, label string) {
	midnight := s.now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	limitHeaders(w, "Daily-limit", perDay(label))
	w.Header().Set("Retry-After", midnight.Format("2006-01-02T15:04:05Z"))
	writeJSON(w, http.StatusTooManyRequests, refuseAPI(0, 429,
		"You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."))
}

func limitHeaders(w http.ResponseWriter, kind string, limit int) {
	w.Header().Set("X-Ratelimit-Type", kind)
	w.Header().Set("X-Ratelimit-Limit", strconv.Itoa(limit))
	w.Header().Set("X-Ratelimit-Remaining", "0")
}

// Rate labels, as Zoom writes them in its header.
const (
	labelMedium    = "Medium"
	labelHeavy     = "Heavy"
	labelIntensive = "Resource-intensive"
)

// rateWindow counts the calls of one second (of one minute for what is resource-intensive).
type rateWindow struct {
	since time.Time
	calls int
}

// stampRate tells the label of the operation. The other headers are documented, and were not there when it was
// last measured (October 2026): they come with a fault only.
// Source: https://developers.zoom.us/docs/api/rate-limits/
func (s *Server) stampRate(w http.ResponseWriter, label string) {
	if label == "" {
		return
	}
	w.Header().Set("X-Ratelimit-Category", label)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.on[faultRateHeaders] {
		return
	}
	window := s.spent[label]
	if now := s.now(); now.Sub(window.since) >= windowOf(label) {
		window = rateWindow{since: now}
	}
	window.calls++
	s.spent[label] = window
	w.Header().Set("X-Ratelimit-Type", "QPS")
	w.Header().Set("X-Ratelimit-Limit", strconv.Itoa(perSecond(label)))
	w.Header().Set("X-Ratelimit-Remaining", strconv.Itoa(max(perSecond(label)-window.calls, 0)))
}

// windowOf is the time that the limit of a label is for.
func windowOf(label string) time.Duration {
	if label == labelIntensive {
		return time.Minute
	}
	return time.Second
}

// perSecond is the limit of a Pro account for a label; a minute's for what is resource-intensive.
func perSecond(label string) int {
	switch label {
	case labelMedium:
		return 20
	case labelHeavy, labelIntensive:
		return 10
	default:
		return 30
	}
}

// perDay is the limit of a Free account for a label; Pro has none for light and medium ones.
func perDay(label string) int {
	switch label {
	case labelMedium:
		return 2000
	case labelHeavy:
		return 1000
	case labelIntensive:
		return 30_000
	default:
		return 6000
	}
}
