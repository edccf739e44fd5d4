package api

import (
	"context"
	"time"
)

// UpcomingMeeting is a row of GET /users/{userId}/upcoming_meetings: the next 24
// hours, with the meetings that the user is invited to. Words are foreign
// text, not sanitised.
// Source: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/upcoming_meetings
type UpcomingMeeting struct {
	ID        int64         `json:"id,omitzero"` // zero for a calendar entry without one
	Topic     string        `json:"topic,omitzero"`
	Type      int           `json:"type,omitzero"`
	Start     time.Time     `json:"start_time,omitzero"` // UTC
	Duration  time.Duration `json:"duration,omitzero"`   // zero: not told
	Timezone  string        `json:"timezone,omitzero"`
	CreatedAt time.Time     `json:"created_at,omitzero"`
	JoinURL   string        `json:"join_url,omitzero"` // holds the passcode as pwd=
	Passcode  string        `json:"-"`                 // secret: kept out of caches
	UsePMI    bool          `json:"use_pmi,omitzero"`
	IsHost    bool          `json:"is_host,omitzero"`
	IsAllDay  bool          `json:"is_all_day,omitzero"`
}

// UpcomingMeetings gives the next 24 hours, hosted and invited. Invitations
// from a calendar need Zoom's Calendar and Contacts Integration. A user that
// Zoom does not know is an [*Error] with HTTPStatus 404 and Code 3001 here.
// Scope: meeting:read:list_upcoming_meetings, or classic meeting:read.
func (c *Client) UpcomingMeetings(ctx context.Context) ([]UpcomingMeeting, error) {
	o, err := c.get(ctx, c.userPath("/upcoming_meetings"), nil)
	if err != nil {
		return nil, err
	}
	rows := o.objects("meetings")
	out := make([]UpcomingMeeting, 0, len(rows))
	for _, m := range rows {
		out = append(out, UpcomingMeeting{
			ID: m.number("id"), Topic: m.text("topic"), Type: int(m.number("type")),
			Start: m.when("start_time"), Duration: m.minutes("duration"), Timezone: m.text("timezone"),
			CreatedAt: m.when("created_at"), JoinURL: m.text("join_url"), Passcode: m.text("passcode"),
			UsePMI: m.flag("use_pmi"), IsHost: m.flag("is_host"), IsAllDay: m.flag("is_all_day"),
		})
	}
	return out, nil
}
