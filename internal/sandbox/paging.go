package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Page sizes of the meeting list. Source: https://developers.zoom.us/docs/api/meetings/
const (
	defaultPageSize = 30
	maxPageSize     = 300
)

// pageTokenTTL is the life of a next_page_token.
const pageTokenTTL = 15 * time.Minute

// maxPageTokens bounds the tokens kept for clients that never come back.
const maxPageTokens = 500

// Values of `type`.
const (
	kindScheduled        = "scheduled"
	kindLive             = "live"
	kindUpcoming         = "upcoming"
	kindUpcomingMeetings = "upcoming_meetings"
	kindPrevious         = "previous_meetings"
)

// listQuery is what a list was asked for. Everything but the page number binds a page token.
type listQuery struct {
	userID     string
	kind       string
	pageSize   int
	from, to   time.Time // to is the end, not included; zero is open
	pageNumber int
}

// pageToken is the rest of a list that was begun.
type pageToken struct {
	query   listQuery
	rows    []row
	offset  int
	expires time.Time
}

// parseListQuery checks the parameters of the meeting list.
func parseListQuery(params url.Values, userID string) (listQuery, *apiError) {
	q := listQuery{userID: userID, kind: params.Get("type")}
	if q.kind == "" {
		q.kind = kindScheduled
	}
	if !slices.Contains([]string{kindScheduled, kindLive, kindUpcoming, kindUpcomingMeetings, kindPrevious}, q.kind) {
		return q, invalidField("type", "Invalid field.")
	}
	var refusal *apiError
	if q.pageSize, refusal = intParam(params, "page_size", defaultPageSize, maxPageSize); refusal != nil {
		return q, refusal
	}
	if q.pageNumber, refusal = intParam(params, "page_number", 1, 1<<20); refusal != nil {
		return q, refusal
	}
	zone := time.UTC
	if name := params.Get("timezone"); name != "" {
		loc, err := time.LoadLocation(name)
		if err != nil {
			return q, invalidField("timezone", "Invalid field.")
		}
		zone = loc
	}
	if q.from, refusal = dateParam(params, "from", zone); refusal != nil {
		return q, refusal
	}
	if q.to, refusal = dateParam(params, "to", zone); refusal == nil && !q.to.IsZero() {
		q.to = q.to.AddDate(0, 0, 1)
	}
	return q, refusal
}

// intParam reads a number from 1 to highest.
func intParam(params url.Values, name string, fallback, highest int) (int, *apiError) {
	if !params.Has(name) {
		return fallback, nil
	}
	n, err := strconv.Atoi(params.Get(name))
	if err != nil || n < 1 || n > highest {
		return 0, invalidField(name, "The value that you entered for the "+name+" field is invalid. Enter a number from 1 to "+strconv.Itoa(highest)+".")
	}
	return n, nil
}

// dateParam reads yyyy-mm-dd as the beginning of a day.
func dateParam(params url.Values, name string, zone *time.Location) (time.Time, *apiError) {
	text := params.Get(name)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation("2006-01-02", text, zone)
	if err != nil {
		return time.Time{}, invalidField(name, "Invalid field.")
	}
	return t, nil
}

// page cuts one page out of the rows and keeps a token for the rest.
func (s *Server) page(q listQuery, rows []row, offset int, now time.Time) meetingPage {
	p := meetingPage{
		PageCount:  (len(rows) + q.pageSize - 1) / q.pageSize,
		PageNumber: offset/q.pageSize + 1,
		PageSize:   q.pageSize, TotalRecords: len(rows), Meetings: []meetingItem{},
	}
	end := min(offset+q.pageSize, len(rows))
	for i := offset; i < end; i++ {
		p.Meetings = append(p.Meetings, s.world.item(rows[i]))
	}
	if end < len(rows) && end > offset {
		p.NextPageToken = s.keepPage(pageToken{query: q, rows: rows, offset: end, expires: now.Add(pageTokenTTL)}, now)
	}
	return p
}

// keepPage stores the rest of a list under a new token.
func (s *Server) keepPage(t pageToken, now time.Time) string {
	token := randomText(lettersAndDigits, 32)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.pages) >= maxPageTokens {
		prune(s.pages, func(t pageToken) bool { return !now.Before(t.expires) })
	}
	if len(s.pages) >= maxPageTokens {
		delete(s.pages, s.oldestPage())
	}
	s.pages[token] = t
	return token
}

// oldestPage is the token that would expire first. The caller holds s.mu.
func (s *Server) oldestPage() string {
	oldest := ""
	for token, t := range s.pages {
		if oldest == "" || t.expires.Before(s.pages[oldest].expires) {
			oldest = token
		}
	}
	return oldest
}

// resume finds the rest of a list. The token works for the query it was made for, for 15 minutes.
func (s *Server) resume(token string, q listQuery, now time.Time) ([]row, int, *apiError) {
	s.mu.Lock()
	t, ok := s.pages[token]
	s.mu.Unlock()
	q.pageNumber = t.query.pageNumber
	if !ok || !now.Before(t.expires) || !t.query.same(q) {
		return nil, 0, refuseAPI(http.StatusBadRequest, 300, "The next page token is invalid or expired.")
	}
	return t.rows, t.offset, nil
}

// same compares queries; times by their instant.
func (q listQuery) same(o listQuery) bool {
	return q.userID == o.userID && q.kind == o.kind && q.pageSize == o.pageSize && q.from.Equal(o.from) && q.to.Equal(o.to)
}
