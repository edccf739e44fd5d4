package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// writer signs in to an app that may do everything with the user's meetings.
func writer(t *testing.T, s *Server) string {
	t.Helper()
	return grantWith(t, s, "meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "meeting:update:status",
		"meeting:read:meeting", "meeting:read:list_meetings", "meeting:read:invitation", "meeting:read:past_meeting").access
}

// schedule makes a meeting and returns what Zoom says of it.
func schedule(t *testing.T, s *Server, access, body string) map[string]any {
	t.Helper()
	r := send(t, s, access, "POST", "/v2/users/me/meetings", body)
	if r.status != 201 {
		t.Fatalf("create: %d %s", r.status, r.body)
	}
	return r.json(t)
}

func number(m map[string]any) string { return fmt.Sprintf("%.0f", m["id"]) }

func TestCreateMeeting(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{}) // 2026-11-24T01:23:45Z
	access := writer(t, s)
	for _, tt := range []struct {
		name, body string
		want       map[string]any
	}{
		{"nothing said", `{}`, map[string]any{"topic": "My Meeting", "type": 2., "duration": 60., "start_time": "2026-11-24T01:23:45Z", "timezone": "Asia/Tokyo", "creation_source": "open_api"}},
		{"UTC", `{"topic":"会議","start_time":"2026-12-01T10:00:00Z","duration":1440,"password":"a@-_*!Z9"}`, map[string]any{"topic": "会議", "start_time": "2026-12-01T10:00:00Z", "duration": 1440., "password": "a@-_*!Z9"}},
		{"a zone", `{"start_time":"2026-12-01T10:00:00","timezone":"Europe/Warsaw"}`, map[string]any{"start_time": "2026-12-01T09:00:00Z", "timezone": "Europe/Warsaw"}},
		{"the account's zone", `{"start_time":"2026-12-01T10:00:00"}`, map[string]any{"start_time": "2026-12-01T01:00:00Z"}},
		{"past", `{"start_time":"2020-01-01T10:00:00Z"}`, map[string]any{"start_time": "2026-11-24T01:23:45Z"}},
		{"no fixed time", `{"type":3,"start_time":"2026-12-01T10:00:00Z"}`, map[string]any{"type": 3., "start_time": nil}},
		{"unknown members", `{"topics":1,"settings":{"breakout_room":{"enable":true},"waiting_room":false}}`, map[string]any{"topic": "My Meeting"}},
		{"longest", `{"topic":"` + strings.Repeat("あ", 200) + `","agenda":"` + strings.Repeat("い", 2000) + `"}`, map[string]any{"agenda": strings.Repeat("い", 2000)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			made := schedule(t, s, access, tt.body)
			for key, want := range tt.want {
				if made[key] != want {
					t.Errorf("%s is %v, want %v", key, made[key], want)
				}
			}
			if made["start_url"] == nil || made["join_url"] == nil || made["password"] == "" {
				t.Errorf("not the full object: %v", made)
			}
			settings := made["settings"].(map[string]any)
			if _, kept := settings["breakout_room"]; kept || tt.name == "unknown members" && settings["waiting_room"] != false {
				t.Errorf("settings %v", settings)
			}
			if r := api(t, s, access, "/meetings/"+number(made)); r.status != 200 || r.json(t)["uuid"] != made["uuid"] {
				t.Errorf("read again: %d %s", r.status, r.body)
			}
			list := api(t, s, access, "/users/me/meetings?page_size=300").body
			if !strings.Contains(list, number(made)) {
				t.Error("not in the list")
			}
		})
	}
}

func TestInstantMeetingIsNotListed(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := writer(t, s)
	made := schedule(t, s, access, `{"type":1}`)
	if strings.Contains(api(t, s, access, "/users/me/meetings?page_size=300").body, number(made)) {
		t.Error("an instant meeting is in the list")
	}
}

func TestCreateMeetingRefusals(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := writer(t, s)
	long := strings.Repeat("x", 201)
	for _, tt := range []struct {
		name, body string
		fields     []string // of errors[]; nil: the body is no JSON object
	}{
		{"not JSON", `topic=x`, nil},
		{"a list", `[]`, nil},
		{"null", `null`, nil},
		{"type", `{"type":4}`, []string{"type"}},
		{"type as text", `{"type":"2"}`, []string{"type"}},
		{"duration 0", `{"duration":0}`, []string{"duration"}},
		{"duration too long", `{"duration":1441}`, []string{"duration"}},
		{"topic", `{"topic":"` + long + `"}`, []string{"topic"}},
		{"agenda", `{"agenda":"` + strings.Repeat(long, 10) + `"}`, []string{"agenda"}},
		{"password too long", `{"password":"12345678901"}`, []string{"password"}},
		{"password with a blank", `{"password":"a b"}`, []string{"password"}},
		{"an offset", `{"start_time":"2026-12-01T10:00:00+09:00"}`, []string{"start_time"}},
		{"a day only", `{"start_time":"2026-12-01"}`, []string{"start_time"}},
		{"a zone that is none", `{"timezone":"Tokyo"}`, []string{"timezone"}},
		{"recurring without how", `{"type":8}`, []string{"recurrence"}},
		{"weekly on day 8", `{"type":8,"recurrence":{"type":2,"weekly_days":"8"}}`, []string{"recurrence.weekly_days"}},
		{"too many times", `{"type":8,"recurrence":{"type":1,"end_times":61}}`, []string{"recurrence.end_times"}},
		{"several", `{"topic":1,"duration":9999}`, []string{"topic", "duration"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := send(t, s, access, "POST", "/v2/users/me/meetings", tt.body)
			var e struct {
				Code   int
				Errors []fieldError
			}
			if err := json.Unmarshal([]byte(r.body), &e); err != nil || r.status != 400 || e.Code != 300 {
				t.Fatalf("got %d %s", r.status, r.body)
			}
			var fields []string
			for _, wrong := range e.Errors {
				fields = append(fields, wrong.Field)
			}
			if diff := cmp.Diff(tt.fields, fields); diff != "" {
				t.Errorf("errors[] (-want +got):\n%s", diff)
			}
		})
	}
	form := request(t, "POST", s.URL()+"/v2/users/me/meetings", map[string][]string{"topic": {"x"}})
	form.Header.Set("Authorization", "Bearer "+access)
	if r := call(t, form); r.status != 400 || !strings.Contains(r.body, "Request Body should be a valid JSON object.") {
		t.Errorf("a form: %d %s", r.status, r.body)
	}
	wantAPIError(t, send(t, s, access, "POST", "/v2/users/"+kenjiID+"/meetings", `{}`), 404, `{"code":1001,"message":"User does not exist: `+kenjiID+`."}`)
}

func TestChangeMeeting(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := writer(t, s)
	made := schedule(t, s, access, `{"topic":"before","start_time":"2026-12-01T10:00:00Z"}`)
	path := "/v2/meetings/" + number(made)
	r := send(t, s, access, "PATCH", path, `{"topic":"after","duration":15}`)
	if r.status != 204 || r.body != "" {
		t.Fatalf("change: %d %q", r.status, r.body)
	}
	got := api(t, s, access, path[3:]).json(t)
	if got["topic"] != "after" || got["duration"] != 15. || got["start_time"] != "2026-12-01T10:00:00Z" {
		t.Errorf("after the change: %v", got)
	}
	if r := send(t, s, access, "PATCH", path, `{"duration":0}`); r.status != 400 || !strings.Contains(r.body, `"field":"duration"`) {
		t.Errorf("a wrong change: %d %s", r.status, r.body)
	}
	if r := send(t, s, access, "DELETE", path, ""); r.status != 204 {
		t.Errorf("delete: %d %s", r.status, r.body)
	}
	gone := `{"code":3001,"message":"Meeting does not exist: ` + number(made) + `."}`
	for _, method := range []string{"GET", "DELETE"} {
		wantAPIError(t, send(t, s, access, method, path, ""), 404, gone)
	}
	wantAPIError(t, send(t, s, access, "PATCH", path, `{}`), 404, gone)
	if r := send(t, s, access, "PUT", path+"/status", `{"action":"recover"}`); r.status != 204 {
		t.Errorf("recover: %d %s", r.status, r.body)
	}
	if got := api(t, s, access, path[3:]).json(t); got["topic"] != "after" {
		t.Errorf("after recovering: %v", got)
	}
	others := "/v2/meetings/" + itoa(s.world.meetings[len(s.world.meetings)-2].id) // Kenji's or Marta's
	if r := send(t, s, access, "DELETE", others, ""); r.status != 404 {
		t.Errorf("somebody else's: %d %s", r.status, r.body)
	}
	wantAPIError(t, send(t, s, access, "DELETE", "/v2/meetings/3542471135", ""), 400, `{"code":3018,"message":"Not allowed to delete PMI."}`)
}

func TestOneOccurrence(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := writer(t, s)
	made := schedule(t, s, access, `{"type":8,"start_time":"2026-12-01T10:00:00Z","duration":30,"recurrence":{"type":2,"weekly_days":"3,5","end_times":4}}`)
	ids := func() (all []string, statuses string) {
		got := api(t, s, access, "/meetings/"+number(made)).json(t)
		for _, o := range got["occurrences"].([]any) {
			o := o.(map[string]any)
			all = append(all, o["occurrence_id"].(string))
			statuses += o["start_time"].(string)[5:16] + " " + o["status"].(string) + "\n"
		}
		return all, statuses
	}
	all, _ := ids()
	path := "/v2/meetings/" + number(made) + "?occurrence_id="
	if r := send(t, s, access, "DELETE", path+all[1], ""); r.status != 204 {
		t.Fatalf("delete one: %d %s", r.status, r.body)
	}
	if r := send(t, s, access, "PATCH", path+all[2], `{"start_time":"2026-12-09T11:00:00Z","duration":45}`); r.status != 204 {
		t.Fatalf("change one: %d %s", r.status, r.body)
	}
	again, statuses := ids()
	if diff := cmp.Diff(all, again); diff != "" {
		t.Errorf("the ids have changed:\n%s", diff)
	}
	want := "12-01T10:00 available\n12-03T10:00 deleted\n12-09T11:00 available\n12-10T10:00 available\n"
	if statuses != want {
		t.Errorf("got\n%s\nwant\n%s", statuses, want)
	}
	if n := strings.Count(api(t, s, access, "/users/me/meetings?page_size=300").body, `"id":`+number(made)); n != 3 {
		t.Errorf("%d rows in the list, want 3", n)
	}
	for _, id := range []string{all[1], "12"} {
		wantAPIError(t, send(t, s, access, "DELETE", path+id, ""), 400, `{"code":3000,"message":"Invalid occurrence_id."}`)
	}
}

func TestRecurrence(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC) // a Tuesday
	for _, tt := range []struct {
		name string
		r    recurrence
		want string
	}{
		{"daily", recurrence{Type: 1, RepeatInterval: 2, EndTimes: 3}, "12-01 12-03 12-05"},
		{"until", recurrence{Type: 1, RepeatInterval: 1, EndDateTime: "2026-12-03T10:00:00Z"}, "12-01 12-02 12-03"},
		{"weekly on the day of the start", recurrence{Type: 2, RepeatInterval: 1, EndTimes: 2}, "12-01 12-08"},
		{"every other week", recurrence{Type: 2, RepeatInterval: 2, WeeklyDays: "1,3", EndTimes: 4}, "12-01 12-13 12-15 12-27"},
		{"monthly by day", recurrence{Type: 3, RepeatInterval: 1, MonthlyDay: 31, EndTimes: 2}, "12-31 01-31"},
		{"second Friday", recurrence{Type: 3, RepeatInterval: 1, MonthlyWeek: 2, MonthlyWeekDay: 6, EndTimes: 2}, "12-11 01-08"},
		{"last Friday", recurrence{Type: 3, RepeatInterval: 1, MonthlyWeek: -1, MonthlyWeekDay: 6, EndTimes: 2}, "12-25 01-29"},
		{"none in reach", recurrence{Type: 1, EndDateTime: "2026-01-01T00:00:00Z"}, "12-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, o := range tt.r.occurrences(start, "UTC") {
				got = append(got, o.start.Format("01-02"))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

// A meeting that was made for later waits for its host, whatever its time; only one
// that runs cannot be deleted.
func TestMadeMeetingWaits(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := writer(t, s)
	for _, tt := range []struct {
		name, body, status string
		deleted            int
	}{
		{"nothing said", `{}`, "waiting", 204},
		{"scheduled", `{"type":2,"topic":"Review"}`, "waiting", 204},
		{"its time has come", `{"type":2,"start_time":"2026-11-24T01:25:00Z"}`, "waiting", 204},
		{"no fixed time", `{"type":3}`, "waiting", 204},
		{"recurring", `{"type":8,"recurrence":{"type":1,"end_times":2}}`, "waiting", 204},
		{"instant", `{"type":1}`, "started", 400},
	} {
		made := schedule(t, s, access, tt.body)
		clock.add(5 * time.Minute)
		path := "/meetings/" + number(made)
		if got := api(t, s, access, path).json(t)["status"]; got != tt.status {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.status)
		}
		if r := send(t, s, access, "PUT", "/v2"+path+"/status", `{"action":"end"}`); tt.status == "waiting" && r.status != 400 {
			t.Errorf("%s: ended with %d", tt.name, r.status)
		}
		if tt.status == "started" {
			made = schedule(t, s, access, tt.body) // the other one is over now
		}
		if r := send(t, s, access, "DELETE", "/v2/meetings/"+number(made), ""); r.status != tt.deleted {
			t.Errorf("%s: deleted with %d %s", tt.name, r.status, r.body)
		}
	}
}

func TestEndMeeting(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := writer(t, s)
	made := schedule(t, s, access, `{"topic":"runs","duration":60,"type":1}`)
	path := "/v2/meetings/" + number(made)
	clock.add(10 * time.Minute)
	wantAPIError(t, send(t, s, access, "DELETE", path, ""), 400, `{"code":3002,"message":"Sorry, you cannot delete this meeting since it is in progress."}`)
	if r := api(t, s, access, "/past_meetings/"+number(made)); r.status != 404 {
		t.Errorf("a past meeting while it runs: %d %s", r.status, r.body)
	}
	if r := send(t, s, access, "PUT", path+"/status", `{"action":"stop"}`); r.status != 400 || !strings.Contains(r.body, `"field":"action"`) {
		t.Errorf("an unknown action: %d %s", r.status, r.body)
	}
	if r := send(t, s, access, "PUT", path+"/status", `{"action":"end"}`); r.status != 204 {
		t.Fatalf("end: %d %s", r.status, r.body)
	}
	if r := send(t, s, access, "PUT", path+"/status", `{"action":"end"}`); r.status != 400 {
		t.Errorf("end again: %d %s", r.status, r.body)
	}
	past := api(t, s, access, "/past_meetings/"+number(made)).json(t)
	if past["topic"] != "runs" || past["duration"] != 10. {
		t.Errorf("past meeting %v", past)
	}
	if got := api(t, s, access, "/meetings/"+number(made)).json(t)["status"]; got != "waiting" {
		t.Errorf("status %v", got)
	}
}

func TestInvitation(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := writer(t, s)
	made := schedule(t, s, access, `{"topic":"Café","start_time":"2026-12-01T10:00:00Z"}`)
	text, _ := api(t, s, access, "/meetings/"+number(made)+"/invitation").json(t)["invitation"].(string)
	for _, want := range []string{"Topic: Café\r\n", "Time: Dec 1, 2026 07:00 PM Asia/Tokyo\r\n", made["join_url"].(string), "Passcode: " + made["password"].(string)} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
}

func TestHundredChangesADay(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := writer(t, s)
	path := "/v2/meetings/" + number(schedule(t, s, access, `{}`))
	for range 99 {
		if r := send(t, s, access, "PATCH", path, `{"duration":5}`); r.status != 204 {
			t.Fatalf("change: %d %s", r.status, r.body)
		}
	}
	for _, r := range []reply{send(t, s, access, "PATCH", path, `{}`), send(t, s, access, "POST", "/v2/users/me/meetings", `{}`)} {
		if r.status != 429 || !strings.Contains(r.body, "daily rate limit (100)") {
			t.Errorf("the 101st: %d %s", r.status, r.body)
		}
	}
	if r := send(t, s, access, "POST", "/v2/users/me/meetings", `{"type":9}`); r.status != 400 {
		t.Errorf("what is not valid is told first: %d", r.status)
	}
	clock.add(23 * time.Hour)
	access = writer(t, s)
	if r := send(t, s, access, "POST", "/v2/users/me/meetings", `{}`); r.status != 201 {
		t.Errorf("the next day: %d %s", r.status, r.body)
	}
}

// TestListBegunStays: a list that was begun does not change under its reader.
func TestListBegunStays(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{Meetings: 5})
	access := writer(t, s)
	first := api(t, s, access, "/users/me/meetings?page_size=3").json(t)
	victim := number(first["meetings"].([]any)[0].(map[string]any))
	if r := send(t, s, access, "DELETE", "/v2/meetings/"+victim, ""); r.status != 204 {
		t.Fatalf("delete: %d %s", r.status, r.body)
	}
	rest := api(t, s, access, "/users/me/meetings?page_size=3&next_page_token="+first["next_page_token"].(string)).json(t)
	if len(rest["meetings"].([]any)) != 2 || rest["total_records"] != 5. {
		t.Errorf("second page %v", rest)
	}
	if again := api(t, s, access, "/users/me/meetings").json(t); again["total_records"] != 4. {
		t.Errorf("a new list %v", again["total_records"])
	}
}

// FuzzMeeting: whatever a client sends, the answer is one of Zoom's.
func FuzzMeeting(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"type":8,"start_time":"2026-12-01T10:00:00Z","recurrence":{"type":2,"weekly_days":"1,7","end_times":60}}`,
		`{"type":8,"recurrence":{"type":3,"monthly_week":-1,"monthly_week_day":1,"end_date_time":"2030-01-01T00:00:00Z"}}`,
		`{"settings":{"use_pmi":true}}`, `{"timezone":"Local"}`, `{"recurrence":null,"type":8}`, `[`, `{"type":8,"recurrence":[]}`,
	} {
		f.Add(seed)
	}
	w := newWorld("http://x", newClock().t, 1)
	f.Fuzz(func(t *testing.T, body string) {
		form := &meetingForm{}
		if json.Unmarshal([]byte(body), &form.members) != nil || form.members == nil {
			return
		}
		m := meeting{host: w.owner(), typ: typeScheduled, duration: defaultMinutes, start: newClock().t}
		form.kind(&m.typ)
		m.change(form)
		if form.refusal() != nil {
			return
		}
		m.settle(newClock().t)
		if len(m.occurrences) > maxEndTimes || m.typ == typeRecurringFixed && len(m.occurrences) == 0 {
			t.Errorf("%d occurrences", len(m.occurrences))
		}
		if _, refusal := w.detail(&m, nil, newClock().t); refusal != nil {
			t.Errorf("made and not shown: %+v", refusal)
		}
	})
}
