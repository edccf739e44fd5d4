package api

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// MeetingDetail is GET /meetings/{id}. The start_url, which lets anyone in as
// the host, the passwords for telephones and rooms and the host key are never
// read from the answer. Words are foreign text, not sanitised.
// Source: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}
type MeetingDetail struct {
	Meeting
	HostEmail       string       `json:"host_email,omitzero"`
	AssistantID     string       `json:"assistant_id,omitzero"`
	Status          string       `json:"status,omitzero"` // waiting, started
	Passcode        string       `json:"-"`               // for an invitation that the user asks for; secret
	RegistrationURL string       `json:"registration_url,omitzero"`
	ChatJoinURL     string       `json:"chat_join_url,omitzero"`
	CreationSource  string       `json:"creation_source,omitzero"` // other, open_api, web_portal
	Occurrences     []Occurrence `json:"occurrences,omitzero"`     // at most 50
	Recurrence      *Recurrence  `json:"recurrence,omitzero"`      // nil: does not repeat
	Settings        Settings     `json:"settings,omitzero"`
}

// Occurrence is one date of a recurring meeting.
type Occurrence struct {
	ID       string        `json:"occurrence_id,omitzero"` // milliseconds since 1970, as text
	Start    time.Time     `json:"start_time,omitzero"`
	Duration time.Duration `json:"duration,omitzero"`
	Deleted  bool          `json:"deleted,omitzero"` // cancelled, but still listed
}

// Recurrence says how a meeting repeats.
type Recurrence struct {
	Type           int       `json:"type,omitzero"` // 1 daily, 2 weekly, 3 monthly
	RepeatInterval int       `json:"repeat_interval,omitzero"`
	WeeklyDays     []int     `json:"weekly_days,omitzero"` // 1 is Sunday
	MonthlyDay     int       `json:"monthly_day,omitzero"`
	MonthlyWeek    int       `json:"monthly_week,omitzero"` // -1 is the last
	MonthlyWeekDay int       `json:"monthly_week_day,omitzero"`
	EndTimes       int       `json:"end_times,omitzero"`
	End            time.Time `json:"end_date_time,omitzero"`
}

// Settings are the settings of a meeting that a participant would ask about.
type Settings struct {
	HostVideo        bool     `json:"host_video,omitzero"`
	ParticipantVideo bool     `json:"participant_video,omitzero"`
	JoinBeforeHost   bool     `json:"join_before_host,omitzero"`
	WaitingRoom      bool     `json:"waiting_room,omitzero"`
	MuteUponEntry    bool     `json:"mute_upon_entry,omitzero"`
	Audio            string   `json:"audio,omitzero"`          // both, telephony, voip, thirdParty
	AutoRecording    string   `json:"auto_recording,omitzero"` // local, cloud, none
	ApprovalType     int      `json:"approval_type,omitzero"`  // 0 automatic, 1 by hand, 2 no registration
	AlternativeHosts []string `json:"alternative_hosts,omitzero"`
	Encryption       string   `json:"encryption_type,omitzero"`
	SignedInOnly     bool     `json:"meeting_authentication,omitzero"`
}

// Meeting gives one meeting in detail. A meeting that is gone is an [*Error]
// with HTTPStatus 404 and Code 3001. Scope: meeting:read:meeting, or classic
// meeting:read.
func (c *Client) Meeting(ctx context.Context, id int64) (MeetingDetail, error) {
	o, err := c.get(ctx, "/meetings/"+strconv.FormatInt(id, 10), nil)
	if err != nil {
		return MeetingDetail{}, err
	}
	d := MeetingDetail{
		Meeting: meetingFrom(o), HostEmail: o.text("host_email"), AssistantID: o.text("assistant_id"),
		Status: o.text("status"), Passcode: o.text("password"), RegistrationURL: o.text("registration_url"),
		ChatJoinURL: o.text("chat_join_url"), CreationSource: o.text("creation_source"),
		Settings: settingsFrom(o.object("settings")), Recurrence: recurrenceFrom(o.object("recurrence")),
	}
	for _, row := range o.objects("occurrences") {
		d.Occurrences = append(d.Occurrences, Occurrence{
			ID: row.text("occurrence_id"), Start: row.when("start_time"), Duration: row.minutes("duration"),
			Deleted: row.text("status") == "deleted",
		})
	}
	return d, nil
}

func recurrenceFrom(o object) *Recurrence {
	if o == nil {
		return nil
	}
	r := &Recurrence{
		Type: int(o.number("type")), RepeatInterval: int(o.number("repeat_interval")),
		MonthlyDay: int(o.number("monthly_day")), MonthlyWeek: int(o.number("monthly_week")),
		MonthlyWeekDay: int(o.number("monthly_week_day")), EndTimes: int(o.number("end_times")), End: o.when("end_date_time"),
	}
	for day := range strings.SplitSeq(o.text("weekly_days"), ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(day)); err == nil {
			r.WeeklyDays = append(r.WeeklyDays, n)
		}
	}
	return r
}

func settingsFrom(o object) Settings {
	s := Settings{
		HostVideo: o.flag("host_video"), ParticipantVideo: o.flag("participant_video"),
		JoinBeforeHost: o.flag("join_before_host"), WaitingRoom: o.flag("waiting_room"),
		MuteUponEntry: o.flag("mute_upon_entry"), Audio: o.text("audio"), AutoRecording: o.text("auto_recording"),
		ApprovalType: int(o.number("approval_type")), Encryption: o.text("encryption_type"),
		SignedInOnly: o.flag("meeting_authentication"),
	}
	for host := range strings.SplitSeq(o.text("alternative_hosts"), ";") {
		if host = strings.TrimSpace(host); host != "" {
			s.AlternativeHosts = append(s.AlternativeHosts, host)
		}
	}
	return s
}
