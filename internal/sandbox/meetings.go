package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// horizon is how far the lists of upcoming and previous meetings reach.
const horizon = 183 * 24 * time.Hour

// upcomingWindow is the reach of GET /users/{userId}/upcoming_meetings.
const upcomingWindow = 24 * time.Hour

// agendaCut is where lists cut the agenda, in characters.
const agendaCut = 250

// apiTime is how Zoom writes times: UTC, whole seconds.
const apiTime = "2006-01-02T15:04:05Z"

// meetingItem is a row of GET /users/{userId}/meetings. Absent fields are absent at Zoom, too: no
// start_time for meetings without a fixed time and the personal room.
// Source: https://developers.zoom.us/docs/api/meetings/
type meetingItem struct {
	UUID      string `json:"uuid"`
	ID        int64  `json:"id"`
	HostID    string `json:"host_id"`
	Topic     string `json:"topic"`
	Type      int    `json:"type"`
	StartTime string `json:"start_time,omitempty"`
	Duration  int    `json:"duration,omitempty"`
	Timezone  string `json:"timezone"`
	Agenda    string `json:"agenda,omitempty"`
	CreatedAt string `json:"created_at"`
	JoinURL   string `json:"join_url"`
	PMI       string `json:"pmi,omitempty"`
}

// meetingPage is the envelope of the list.
type meetingPage struct {
	NextPageToken string        `json:"next_page_token"`
	PageCount     int           `json:"page_count"`
	PageNumber    int           `json:"page_number"`
	PageSize      int           `json:"page_size"`
	TotalRecords  int           `json:"total_records"`
	Meetings      []meetingItem `json:"meetings"`
}

// upcomingItem is a row of GET /users/{userId}/upcoming_meetings: no uuid, no host_id.
type upcomingItem struct {
	ID        int64  `json:"id"`
	Topic     string `json:"topic"`
	Type      int    `json:"type"`
	StartTime string `json:"start_time,omitempty"`
	Duration  int    `json:"duration,omitempty"`
	Timezone  string `json:"timezone"`
	CreatedAt string `json:"created_at"`
	JoinURL   string `json:"join_url"`
	Passcode  string `json:"passcode,omitempty"`
	UsePMI    bool   `json:"use_pmi"`
	IsHost    bool   `json:"is_host"`
	IsAllDay  bool   `json:"is_all_day"`
}

type upcomingPage struct {
	TotalRecords int            `json:"total_records"`
	Meetings     []upcomingItem `json:"meetings"`
}

// listMeetings is GET /users/{userId}/meetings.
func listMeetings(c apiCall) (any, *apiError) {
	u, refusal := c.target(1001)
	if refusal != nil {
		return nil, refusal
	}
	q, refusal := parseListQuery(c.r.URL.Query(), u.ID)
	if refusal != nil {
		return nil, refusal
	}
	if size := c.s.bigAnswer(); size > 0 && q.kind == kindScheduled {
		return c.s.world.bigList(size, c.now), nil
	}
	rows, offset, refusal := c.s.listRows(c.r.URL.Query(), q, c.now)
	if refusal != nil {
		return nil, refusal
	}
	return c.s.page(q, rows, offset, c.now), nil
}

// listRows are all rows of the query, and where the page begins. A page token carries on with the
// rows as they were when the list was begun.
func (s *Server) listRows(params map[string][]string, q listQuery, now time.Time) ([]row, int, *apiError) {
	token := slices.Concat(params["next_page_token"], []string{""})[0]
	if token != "" {
		return s.resume(token, q, now)
	}
	rows := slices.DeleteFunc(s.world.hosted(q.userID), func(r row) bool { return !q.wants(r, now) })
	return rows, (q.pageNumber - 1) * q.pageSize, nil
}

// wants tells whether a row belongs to the list at this time.
func (q listQuery) wants(r row, now time.Time) bool {
	if !r.start.IsZero() && (!q.from.IsZero() && r.start.Before(q.from) || !q.to.IsZero() && !r.start.Before(q.to)) {
		return false
	}
	timeless := r.start.IsZero()
	near := !timeless && r.start.Sub(now).Abs() <= horizon
	switch q.kind {
	case kindLive:
		return r.live(now)
	case kindUpcoming, kindUpcomingMeetings:
		return timeless || near && r.end().After(now)
	case kindPrevious:
		return near && !r.end().After(now)
	default:
		return true
	}
}

// item is the row as the list shows it.
func (w *world) item(r row) meetingItem {
	m := r.meeting
	it := meetingItem{
		UUID: r.uuid, ID: m.id, HostID: m.host.ID, Topic: m.topic, Type: m.typ, Duration: r.duration,
		Timezone: m.timezone(), Agenda: cutText(m.agenda, agendaCut),
		CreatedAt: m.created.UTC().Format(apiTime), JoinURL: w.joinURL(m), PMI: m.pmi,
	}
	if !r.start.IsZero() {
		it.StartTime = r.start.UTC().Format(apiTime)
	}
	return it
}

func cutText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// listUpcoming is GET /users/{userId}/upcoming_meetings: the next 24 hours, hosted and invited. It
// has no parameters and no pages, and its "no such user" is 3001.
func listUpcoming(c apiCall) (any, *apiError) {
	u, refusal := c.target(3001)
	if refusal != nil {
		return nil, refusal
	}
	page := upcomingPage{Meetings: []upcomingItem{}}
	for _, r := range c.s.world.attended(u.ID) {
		if r.start.IsZero() || r.start.After(c.now.Add(upcomingWindow)) || !r.end().After(c.now) {
			continue
		}
		m := r.meeting
		page.Meetings = append(page.Meetings, upcomingItem{
			ID: m.id, Topic: m.topic, Type: m.typ, StartTime: r.start.UTC().Format(apiTime), Duration: r.duration,
			Timezone: m.timezone(), CreatedAt: m.created.UTC().Format(apiTime), JoinURL: c.s.world.joinURL(m),
			Passcode: m.passcode, UsePMI: m.pmi != "", IsHost: m.host.ID == u.ID, IsAllDay: m.allDay,
		})
	}
	page.TotalRecords = len(page.Meetings)
	return page, nil
}

// errNoMeeting is Zoom's answer for a meeting that is unknown, deleted, or somebody else's.
func errNoMeeting(id string) *apiError {
	return refuseAPI(http.StatusNotFound, 3001, "Meeting does not exist: "+id+".")
}

// getMeeting is GET /meetings/{meetingId}.
func getMeeting(c apiCall) (any, *apiError) {
	m, refusal := c.ownMeeting()
	if refusal != nil {
		return nil, refusal
	}
	d, refusal := c.s.world.detail(m, c.r.URL.Query(), c.now)
	if refusal != nil {
		return nil, refusal
	}
	return d, nil
}

// ownMeeting is the meeting whose number the path names, if the token reaches it.
func (c apiCall) ownMeeting() (*meeting, *apiError) {
	id, err := strconv.ParseInt(c.id, 10, 64)
	if err != nil {
		return nil, errNoMeeting(c.id)
	}
	m := c.s.world.meeting(id)
	if m == nil || m.host.ID != c.grant.userID && !c.heldForOthers() {
		return nil, errNoMeeting(c.id)
	}
	return m, nil
}

// meetingCalled is a meeting by its number or by a UUID of one of its occurrences.
func (c apiCall) meetingCalled(id string) (row, *apiError) {
	number, err := strconv.ParseInt(id, 10, 64)
	for _, m := range c.s.world.all() {
		if m.host.ID != c.grant.userID && !c.heldForOthers() {
			continue
		}
		rows := c.s.world.rowsOf(m)
		for _, r := range rows {
			if r.uuid == id {
				return r, nil
			}
		}
		if err == nil && m.id == number || m.uuid == id {
			return c.latest(m, rows), nil
		}
	}
	return row{}, errNoMeeting(id)
}

// latest is the last time that a meeting was over, or else its first.
func (c apiCall) latest(m *meeting, rows []row) row {
	if len(rows) == 0 {
		return row{meeting: m, start: m.start, uuid: m.uuid, duration: m.duration}
	}
	found := rows[0]
	for _, r := range rows {
		if !r.start.IsZero() && !r.end().After(c.now) {
			found = r
		}
	}
	return found
}
