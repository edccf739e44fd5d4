package sandbox

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// maxOccurrences is how many occurrences Zoom lists.
const maxOccurrences = 50

// meetingDetail is GET /meetings/{meetingId}. start_url lets anyone start the meeting as its host:
// it is here because clients must show that they do not leak it.
// Source: https://developers.zoom.us/docs/api/meetings/
type meetingDetail struct {
	UUID              string         `json:"uuid"`
	ID                int64          `json:"id"`
	HostID            string         `json:"host_id"`
	HostEmail         string         `json:"host_email"`
	AssistantID       string         `json:"assistant_id"`
	Topic             string         `json:"topic"`
	Type              int            `json:"type"`
	Status            string         `json:"status"`
	StartTime         string         `json:"start_time,omitempty"`
	Duration          int            `json:"duration,omitempty"`
	Timezone          string         `json:"timezone"`
	Agenda            string         `json:"agenda"`
	CreatedAt         string         `json:"created_at"`
	StartURL          string         `json:"start_url"`
	JoinURL           string         `json:"join_url"`
	Password          string         `json:"password,omitempty"`
	H323Password      string         `json:"h323_password,omitempty"`
	PSTNPassword      string         `json:"pstn_password,omitempty"`
	EncryptedPassword string         `json:"encrypted_password,omitempty"`
	PMI               string         `json:"pmi,omitempty"`
	Occurrences       []occurrence   `json:"occurrences,omitempty"`
	Recurrence        *recurrence    `json:"recurrence,omitempty"`
	Settings          map[string]any `json:"settings"`
	CreationSource    string         `json:"creation_source"`
	PreSchedule       bool           `json:"pre_schedule"`
}

type occurrence struct {
	OccurrenceID string `json:"occurrence_id"`
	StartTime    string `json:"start_time"`
	Duration     int    `json:"duration"`
	Status       string `json:"status"`
}

// recurrence is how the occurrences of a meeting recur: type 1 daily, 2 weekly, 3 monthly.
type recurrence struct {
	Type           int    `json:"type"`
	RepeatInterval int    `json:"repeat_interval"`
	WeeklyDays     string `json:"weekly_days,omitempty"` // "2,3": 1 is Sunday
	MonthlyDay     int    `json:"monthly_day,omitempty"`
	MonthlyWeek    int    `json:"monthly_week,omitempty"` // 1 to 4; -1: the last
	MonthlyWeekDay int    `json:"monthly_week_day,omitempty"`
	EndTimes       int    `json:"end_times,omitempty"`
	EndDateTime    string `json:"end_date_time,omitempty"`
}

// detail is a meeting, or one occurrence of it when the query names one.
func (w *world) detail(m *meeting, params url.Values, now time.Time) (meetingDetail, *apiError) {
	at := row{meeting: m, start: m.start, uuid: m.uuid, duration: m.duration}
	agenda := m.agenda
	if want := params.Get("occurrence_id"); want != "" {
		i := m.occurrence(want)
		if i < 0 {
			return meetingDetail{}, errNoMeeting(want)
		}
		at.start, at.duration = m.occurrences[i].start, cmp.Or(m.occurrences[i].duration, m.duration)
		agenda = cmp.Or(m.occurrences[i].agenda, agenda)
	} else if i := slices.IndexFunc(m.occurrences, func(o sitting) bool {
		return !o.cancelled && w.rowAt(m, o).end().After(now)
	}); i >= 0 {
		at.start = m.occurrences[i].start
	}
	d := meetingDetail{
		UUID: at.uuid, ID: m.id, HostID: m.host.ID, HostEmail: m.host.Email, Topic: m.topic, Type: m.typ,
		Status: "waiting", Duration: at.duration, Timezone: m.timezone(), Agenda: agenda,
		CreatedAt: m.created.UTC().Format(apiTime), JoinURL: w.joinURL(m), StartURL: w.startURL(m),
		Password: m.passcode, H323Password: m.passcode, PSTNPassword: m.passcode,
		PMI:      m.pmi,
		Settings: w.settings(m), CreationSource: cmp.Or(m.source, "web_portal"), Recurrence: m.recurs,
	}
	if m.passcode != "" {
		d.EncryptedPassword = w.text("pwd"+m.passcode, 26) + ".1"
	}
	if !at.start.IsZero() && m.typ != typeRecurring {
		d.StartTime = at.start.UTC().Format(apiTime)
	}
	if at.live(now) {
		d.Status = "started"
	}
	d.Occurrences = m.listOccurrences(params.Get("show_previous_occurrences") == "true", now)
	return d, nil
}

// occurrence is the place of an occurrence in the list; -1: there is none.
func (m *meeting) occurrence(id string) int {
	return slices.IndexFunc(m.occurrences, func(o sitting) bool { return o.id == id })
}

// listOccurrences are the occurrences to come, or all. A cancelled one stays here as deleted, though
// the lists of meetings do not show it any more.
func (m *meeting) listOccurrences(previous bool, now time.Time) []occurrence {
	var out []occurrence
	for _, at := range m.occurrences {
		duration := cmp.Or(at.duration, m.duration)
		if !previous && !(row{meeting: m, start: at.start, duration: duration}).end().After(now) {
			continue
		}
		status := "available"
		if at.cancelled {
			status = "deleted"
		}
		out = append(out, occurrence{
			OccurrenceID: at.id, StartTime: at.start.UTC().Format(apiTime), Duration: duration, Status: status,
		})
	}
	return out[:min(len(out), maxOccurrences)]
}

// startURL carries a key that starts the meeting as its host.
func (w *world) startURL(m *meeting) string {
	return w.base + "/s/" + strconv.FormatInt(m.id, 10) + "?zak=eyJ" + w.text("zak"+m.topic, 160)
}

// settings are a good dozen of Zoom's some seventy.
func (w *world) settings(m *meeting) map[string]any {
	usual := map[string]any{
		"host_video": true, "participant_video": false, "join_before_host": false, "jbh_time": 0,
		"mute_upon_entry": true, "waiting_room": true, "watermark": false, "use_pmi": m.pmi != "",
		"approval_type": 2, "audio": "both", "auto_recording": "none", "alternative_hosts": "",
		"meeting_authentication": false, "encryption_type": "enhanced_encryption", "private_meeting": false,
		"meeting_invitees": []any{}, "auto_start_meeting_summary": false,
		"continuous_meeting_chat": map[string]any{"enable": false},
	}
	maps.Copy(usual, m.settings)
	return usual
}
