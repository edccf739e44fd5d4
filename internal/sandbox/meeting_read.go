package sandbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// getInvitation is GET /meetings/{meetingId}/invitation: the text that a host sends round.
func getInvitation(c apiCall) (any, *apiError) {
	m, refusal := c.ownMeeting()
	if refusal != nil {
		return nil, refusal
	}
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\r\n") }
	line(m.host.DisplayName + " is inviting you to a scheduled Zoom meeting.")
	line("")
	line("Topic: " + m.topic)
	if at := c.latest(m, c.s.world.rowsOf(m)); !at.start.IsZero() {
		zone, ok := location(m.timezone())
		if !ok {
			zone = time.UTC
		}
		line("Time: " + at.start.In(zone).Format("Jan 2, 2006 03:04 PM ") + m.timezone())
	}
	line("")
	line("Join Zoom Meeting")
	line(c.s.world.joinURL(m))
	line("")
	line("Meeting ID: " + strconv.FormatInt(m.id, 10))
	if m.passcode != "" {
		line("Passcode: " + m.passcode)
	}
	return map[string]any{"invitation": b.String()}, nil
}

// getRecordings is GET /meetings/{meetingId}/recordings: nothing was ever recorded here.
func getRecordings(c apiCall) (any, *apiError) {
	if _, refusal := c.meetingCalled(c.id); refusal != nil {
		return nil, refusal
	}
	return nil, refuseAPI(http.StatusNotFound, 3301, "There is no recording for this meeting.")
}

// pastMeeting is GET /past_meetings/{meetingId}. Source: https://developers.zoom.us/docs/api/meetings/
type pastMeeting struct {
	UUID         string `json:"uuid"`
	ID           int64  `json:"id"`
	HostID       string `json:"host_id"`
	Type         int    `json:"type"`
	Topic        string `json:"topic"`
	UserName     string `json:"user_name"`
	UserEmail    string `json:"user_email"`
	StartTime    string `json:"start_time"`
	EndTime      string `json:"end_time"`
	Duration     int    `json:"duration"`
	TotalMinutes int    `json:"total_minutes"`
	Participants int    `json:"participants_count"`
	Dept         string `json:"dept"`
	Source       string `json:"source"`
}

// getPastMeeting answers for meetings that are over, by number (the last time) or by UUID.
func getPastMeeting(c apiCall) (any, *apiError) {
	r, refusal := c.meetingCalled(c.id)
	if refusal != nil {
		return nil, refusal
	}
	if r.start.IsZero() || r.end().After(c.now) {
		return nil, errNoMeeting(c.id)
	}
	m, minutes := r.meeting, int(r.end().Sub(r.start)/time.Minute)
	const people = 3
	return pastMeeting{
		UUID: r.uuid, ID: m.id, HostID: m.host.ID, Type: m.typ, Topic: m.topic, UserName: m.host.DisplayName,
		UserEmail: m.host.Email, StartTime: r.start.UTC().Format(apiTime), EndTime: r.end().UTC().Format(apiTime),
		Duration: minutes, TotalMinutes: minutes * people, Participants: people, Dept: m.host.Dept, Source: "Zoom",
	}, nil
}
