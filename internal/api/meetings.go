package api

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The kinds of list that GET /users/{userId}/meetings gives.
const (
	TypeScheduled        = "scheduled" // unexpired: earlier, live and upcoming
	TypeLive             = "live"
	TypeUpcoming         = "upcoming"          // with the live ones; at most 6 months ahead
	TypePreviousMeetings = "previous_meetings" // at most 6 months back
)

// The types of a meeting.
const (
	MeetingInstant        = 1
	MeetingScheduled      = 2
	MeetingRecurring      = 3 // no fixed time
	MeetingPMI            = 4
	MeetingRecurringFixed = 8
	MeetingScreenShare    = 10
)

const (
	maxPageSize = 300
	maxPages    = 200 // 60,000 meetings: more is a list that does not end
)

// MeetingsQuery narrows the list of hosted meetings. The zero value is Zoom's
// own default (type scheduled).
type MeetingsQuery struct {
	Type     string    // TypeUpcoming, …
	From, To time.Time // days, in Timezone; zero: not sent
	Timezone string    // IANA name for From and To
	PageSize int       // 1 to 300; 0 is 300
}

// Meeting is a row of GET /users/{userId}/meetings. A recurring meeting can have
// several rows with one ID, one an occurrence; ID and Start together tell them
// apart. Words are foreign text, not sanitised.
// Source: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings
type Meeting struct {
	UUID      string        `json:"uuid,omitzero"`
	ID        int64         `json:"id,omitzero"`
	HostID    string        `json:"host_id,omitzero"`
	Topic     string        `json:"topic,omitzero"`
	Type      int           `json:"type,omitzero"`
	Start     time.Time     `json:"start_time,omitzero"` // UTC; zero: no fixed time (type 3, personal meeting)
	Duration  time.Duration `json:"duration,omitzero"`   // zero: not told
	Timezone  string        `json:"timezone,omitzero"`
	Agenda    string        `json:"agenda,omitzero"` // cut at 250 characters by Zoom
	CreatedAt time.Time     `json:"created_at,omitzero"`
	JoinURL   string        `json:"join_url,omitzero"` // holds the passcode as pwd=
	PMI       string        `json:"pmi,omitzero"`
}

// Meetings walks the meetings that the user hosts, page by page, as far as the
// caller goes on. An error ends the walk and comes last, with a zero Meeting.
// A page token that ran out (they live for 15 minutes) starts the list anew
// once; rows that were given already are not given again. Scope:
// meeting:read:list_meetings, or classic meeting:read.
func (c *Client) Meetings(ctx context.Context, q MeetingsQuery) iter.Seq2[Meeting, error] {
	return func(yield func(Meeting, error) bool) {
		w := walk{client: c, query: q.values(), given: map[string]bool{}, tokens: map[string]bool{}}
		for w.more() {
			rows, err := w.next(ctx)
			if err != nil {
				yield(Meeting{}, err)
				return
			}
			for _, row := range rows {
				if !yield(meetingFrom(row), nil) {
					return
				}
			}
		}
	}
}

func (q MeetingsQuery) values() url.Values {
	size := q.PageSize
	if size <= 0 || size > maxPageSize {
		size = maxPageSize
	}
	v := url.Values{"page_size": {strconv.Itoa(size)}}
	if q.Type != "" {
		v.Set("type", q.Type)
	}
	if !q.From.IsZero() {
		v.Set("from", q.From.Format(time.DateOnly))
	}
	if !q.To.IsZero() {
		v.Set("to", q.To.Format(time.DateOnly))
	}
	if q.Timezone != "" {
		v.Set("timezone", q.Timezone)
	}
	return v
}

// walk is the state of following next_page_token.
type walk struct {
	client    *Client
	query     url.Values
	token     string
	pages     int
	restarted bool
	given     map[string]bool // rows given so far
	tokens    map[string]bool // page tokens used since the last start
}

func (w *walk) more() bool { return w.pages == 0 || w.token != "" }

// next fetches a page and gives its new rows.
func (w *walk) next(ctx context.Context) ([]object, error) {
	path := w.client.userPath("/meetings")
	if w.tokens[w.token] || w.pages >= maxPages {
		return nil, &Error{Op: "GET " + path, At: w.client.clock(), Err: fmt.Errorf("%w: page %d repeats or is too many", ErrPaging, w.pages+1)}
	}
	w.tokens[w.token] = true
	if w.token != "" {
		w.query.Set("next_page_token", w.token)
	} else {
		w.query.Del("next_page_token")
	}
	page, err := w.client.get(ctx, path, w.query)
	if err != nil {
		if w.token == "" || w.restarted || !isStalePage(err) {
			return nil, err
		}
		w.restarted, w.token = true, ""
		clear(w.tokens)
		return w.next(ctx)
	}
	w.pages++
	w.token = page.text("next_page_token")
	var fresh []object
	for _, row := range page.objects("meetings") {
		key := strings.Join([]string{row.text("uuid"), row.text("id"), row.text("start_time"), row.text("occurrence_id")}, "|")
		if !w.given[key] {
			w.given[key] = true
			fresh = append(fresh, row)
		}
	}
	return fresh, nil
}

// isStalePage tells Zoom's answer to a page token that is older than 15 minutes.
func isStalePage(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.HTTPStatus == 400 && strings.Contains(strings.ToLower(e.Message), "next page token")
}

func meetingFrom(o object) Meeting {
	return Meeting{
		UUID: o.text("uuid"), ID: o.number("id"), HostID: o.text("host_id"), Topic: o.text("topic"),
		Type: int(o.number("type")), Start: o.when("start_time"), Duration: o.minutes("duration"),
		Timezone: o.text("timezone"), Agenda: o.text("agenda"), CreatedAt: o.when("created_at"),
		JoinURL: o.text("join_url"), PMI: o.text("pmi"),
	}
}
