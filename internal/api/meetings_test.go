package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTolerance: fields that are missing, strange or new do no harm.
func TestTolerance(t *testing.T) {
	t.Parallel()
	body := `{"id":12,"type":"2","pmi":"354 247 1135","verified":"1","use_pmi":1,"account_number":7.0,
		"created_at":"2018-10-31T04:32:37Z","last_login_time":"yesterday","login_types":[100,"1",{}],"group_ids":null,
		"first_name":"Aiko","last_name":"田中","phone_numbers":{"number":"1","verified":true},
		"license_info_list":[{"license_type":1},3],"brand_new":{"a":[1]},"email":["x"]}`
	c, _ := newTestClient(serve(t, answer(200, body)).URL)
	u, err := c.Me(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := User{
		ID: "12", Type: 2, PMI: 3542471135, Verified: true, UsePMI: true, AccountNumber: 7,
		CreatedAt: time.Date(2018, 10, 31, 4, 32, 37, 0, time.UTC), LoginTypes: []int{100, 1},
		FirstName: "Aiko", LastName: "田中", PhoneNumbers: []PhoneNumber{{Number: "1", Verified: true}},
		Licenses: []LicenseEntry{{Type: "1"}},
	}
	if diff := cmp.Diff(want, u); diff != "" {
		t.Error(diff)
	}
	if u.Name() != "Aiko 田中" || u.Plan() != "Licensed" {
		t.Errorf("name %q, plan %q", u.Name(), u.Plan())
	}
	kept, err := json.Marshal(u)
	if err != nil {
		t.Fatal(err)
	}
	var again User
	if err := json.Unmarshal(kept, &again); err != nil || !cmp.Equal(u, again) {
		t.Errorf("a cached user comes back as %+v, %v", again, err)
	}
	c, _ = newTestClient(serve(t, answer(200, `{}`)).URL)
	if u, err := c.Me(t.Context()); err != nil || !cmp.Equal(u, User{}) {
		t.Errorf("an empty user: %+v, %v", u, err)
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	tests := []struct {
		start, zone string
		want        time.Time
	}{
		{"2026-11-22T05:00:00Z", "Asia/Tokyo", want},
		{"2026-11-22T14:00:00+09:00", "", want},
		{"2026-11-22T14:00:00", "Asia/Tokyo", want},
		{"2026-11-22T05:00:00", "", want},
		{"2026-11-22T05:00:00", "No/Where", want},
		{"2026-11-22T05:00:00", "../../etc/passwd", want},
		{"", "Asia/Tokyo", time.Time{}},
		{"soon", "", time.Time{}},
	}
	for _, tt := range tests {
		got := object{"start_time": tt.start, "timezone": tt.zone}.when("start_time")
		if !got.Equal(tt.want) {
			t.Errorf("%q in %q = %v, want %v", tt.start, tt.zone, got, tt.want)
		}
	}
}

// pages serves a list page by page; the token of page n is "n".
func pages(t *testing.T, reply func(token string, call int) (status int, body string)) *Client {
	t.Helper()
	call := 0
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		call++
		status, body := reply(r.URL.Query().Get("next_page_token"), call)
		answer(status, body)(w, r)
	})
	c, _ := newTestClient(server.URL)
	return c
}

func page(next string, ids ...int) string {
	rows := make([]map[string]any, 0, len(ids))
	for _, id := range ids {
		rows = append(rows, map[string]any{"id": id, "topic": "t" + strconv.Itoa(id), "start_time": "2026-11-22T05:00:00Z", "duration": 60})
	}
	body, err := json.Marshal(map[string]any{"next_page_token": next, "meetings": rows})
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// walkIDs gives the ids of a walk and its error.
func walkIDs(t *testing.T, c *Client) (ids []int64, failure error) {
	t.Helper()
	for m, err := range c.Meetings(t.Context(), MeetingsQuery{}) {
		if err != nil {
			return ids, err
		}
		ids = append(ids, m.ID)
	}
	return ids, nil
}

func TestPaging(t *testing.T) {
	t.Parallel()
	const stale = `{"code":300,"message":"The next page token is invalid or expired."}`
	tests := []struct {
		name  string
		reply func(token string, call int) (int, string)
		want  []int64
		is    error
		code  int
	}{
		{"one page", func(string, int) (int, string) { return 200, page("", 1, 2) }, []int64{1, 2}, nil, 0},
		{"none", func(string, int) (int, string) { return 200, `{"meetings":[]}` }, nil, nil, 0},
		{"two pages", func(token string, _ int) (int, string) {
			if token == "" {
				return 200, page("a+/=", 1)
			}
			return 200, page("", 2)
		}, []int64{1, 2}, nil, 0},
		{"an empty page in between", func(token string, _ int) (int, string) {
			switch token {
			case "":
				return 200, page("a", 1)
			case "a":
				return 200, page("b")
			}
			return 200, page("", 2)
		}, []int64{1, 2}, nil, 0},
		{"token ran out once", func(token string, call int) (int, string) {
			switch {
			case call == 2:
				return 400, stale
			case token == "":
				return 200, page("a", 1, 2)
			}
			return 200, page("", 3)
		}, []int64{1, 2, 3}, nil, 0},
		{"token runs out always", func(token string, _ int) (int, string) {
			if token != "" {
				return 400, stale
			}
			return 200, page("a", 1)
		}, []int64{1}, nil, 300},
		{"same token again", func(string, int) (int, string) { return 200, page("a", 1) }, []int64{1}, ErrPaging, 0},
		{"failure on page two", func(token string, _ int) (int, string) {
			if token != "" {
				return 404, `{"code":1001,"message":"User does not exist"}`
			}
			return 200, page("a", 1)
		}, []int64{1}, nil, 1001},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ids, err := walkIDs(t, pages(t, tt.reply))
			if diff := cmp.Diff(tt.want, ids); diff != "" {
				t.Error(diff)
			}
			e, _ := errors.AsType[*Error](err)
			switch {
			case tt.is != nil && !errors.Is(err, tt.is),
				tt.code != 0 && (e == nil || e.Code != tt.code),
				tt.is == nil && tt.code == 0 && err != nil:
				t.Errorf("error is %v", err)
			}
		})
	}
}

// TestEndless: a list whose tokens never repeat ends all the same.
func TestEndless(t *testing.T) {
	t.Parallel()
	last := 0
	ids, err := walkIDs(t, pages(t, func(_ string, call int) (int, string) {
		last = call
		return 200, page(fmt.Sprint("t", call), call)
	}))
	if !errors.Is(err, ErrPaging) || len(ids) != maxPages || last != maxPages {
		t.Errorf("%d meetings in %d pages, error %v", len(ids), last, err)
	}
}

// TestQuery: what is asked for.
func TestQuery(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
	got := MeetingsQuery{Type: TypeUpcoming, From: day, To: day.AddDate(0, 0, 7), Timezone: "Asia/Tokyo", PageSize: 999}.values()
	want := url.Values{"type": {"upcoming"}, "from": {"2026-11-22"}, "to": {"2026-11-29"}, "timezone": {"Asia/Tokyo"}, "page_size": {"300"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestMeetingDetail: the detail without what lets anyone in as the host.
func TestMeetingDetail(t *testing.T) {
	t.Parallel()
	body := `{"id":12345678901,"uuid":"u==","host_email":"a@b.c","type":8,"status":"waiting","duration":45,"topic":"T",
		"start_url":"https://us02web.zoom.us/s/1?zak=HOSTSECRET","password":"p4ss","h323_password":"111222","dynamic_host_key":"998877",
		"occurrences":[{"occurrence_id":1795323600000,"start_time":"2026-11-22T05:00:00Z","duration":45,"status":"available"},
			{"occurrence_id":"1795928400000","start_time":"2026-11-29T05:00:00Z","duration":45,"status":"deleted"}],
		"recurrence":{"type":2,"repeat_interval":1,"weekly_days":"1,3","end_times":7},
		"settings":{"waiting_room":true,"alternative_hosts":"x@y.z; q@y.z","approval_type":2}}`
	c, _ := newTestClient(serve(t, answer(200, body)).URL)
	got, err := c.Meeting(t.Context(), 12345678901)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	want := MeetingDetail{
		Meeting:   Meeting{ID: 12345678901, UUID: "u==", Type: MeetingRecurringFixed, Topic: "T", Duration: 45 * time.Minute},
		HostEmail: "a@b.c", Status: "waiting", Passcode: "p4ss",
		Occurrences: []Occurrence{
			{ID: "1795323600000", Start: start, Duration: 45 * time.Minute},
			{ID: "1795928400000", Start: start.AddDate(0, 0, 7), Duration: 45 * time.Minute, Deleted: true},
		},
		Recurrence: &Recurrence{Type: 2, RepeatInterval: 1, WeeklyDays: []int{1, 3}, EndTimes: 7},
		Settings:   Settings{WaitingRoom: true, AlternativeHosts: []string{"x@y.z", "q@y.z"}, ApprovalType: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
