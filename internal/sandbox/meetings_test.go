package sandbox

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func itoa(id int64) string { return strconv.FormatInt(id, 10) }

// page is the envelope with rows whose absent fields can be seen to be absent.
type page struct {
	NextPageToken string           `json:"next_page_token"`
	PageCount     int              `json:"page_count"`
	PageNumber    int              `json:"page_number"`
	PageSize      int              `json:"page_size"`
	TotalRecords  int              `json:"total_records"`
	Meetings      []map[string]any `json:"meetings"`
}

func readPage(t *testing.T, r reply) page {
	t.Helper()
	if r.status != 200 {
		t.Fatalf("list: %d %s", r.status, r.body)
	}
	var p page
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		t.Fatalf("list: %v", err)
	}
	return p
}

// walk reads all pages of a list.
func walk(t *testing.T, s *Server, access, query string) []map[string]any {
	t.Helper()
	var all []map[string]any
	next := ""
	for range 500 {
		p := readPage(t, api(t, s, access, "/users/me/meetings?"+query+"&next_page_token="+url.QueryEscape(next)))
		all = append(all, p.Meetings...)
		if next = p.NextPageToken; next == "" {
			return all
		}
	}
	t.Fatal("the pages never end")
	return nil
}

func startOf(t *testing.T, m map[string]any) time.Time {
	t.Helper()
	text, ok := m["start_time"].(string)
	if !ok {
		return time.Time{}
	}
	at, err := time.Parse("2006-01-02T15:04:05Z", text)
	if err != nil {
		t.Fatalf("start_time: %v", err)
	}
	return at
}

func TestDemoWeek(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	rows := walk(t, s, access, "type=upcoming")
	if len(rows) <= 60 {
		t.Errorf("%d upcoming rows, want more than two default pages", len(rows))
	}
	var running, soon, timeless, room, noDuration, hostile, long, emoji, japanese bool
	ids := map[any]int{}
	for _, m := range rows {
		ids[m["id"]]++
		at, topic := startOf(t, m), m["topic"].(string)
		minutes := at.Sub(clock.now()).Minutes()
		duration, hasDuration := m["duration"].(float64)
		running = running || minutes < 0 && minutes+duration > 0
		soon = soon || minutes > 11 && minutes < 13
		timeless = timeless || m["type"] == 3. && at.IsZero()
		room = room || m["type"] == 4. && at.IsZero() && m["pmi"] == "3542471135"
		noDuration = noDuration || !hasDuration && !at.IsZero()
		hostile = hostile || strings.Contains(topic, "\x1b]52") && strings.Contains(topic, "\u202e") && strings.Contains(topic, "\n")
		n := utf8.RuneCountInString(topic)
		long = long || n > 150
		if n > 200 {
			t.Errorf("topic of %d characters; Zoom allows 200", n)
		}
		emoji = emoji || strings.Contains(topic, "👩‍💻")
		japanese = japanese || strings.Contains(topic, "週次")
		for _, secret := range []string{"password", "start_url", "occurrences", "passcode"} {
			if _, ok := m[secret]; ok {
				t.Errorf("%s is in the list; Zoom leaves it out", secret)
			}
		}
		if agenda, _ := m["agenda"].(string); utf8.RuneCountInString(agenda) > 250 {
			t.Error("agenda is longer than 250 characters")
		}
	}
	for name, ok := range map[string]bool{
		"one running": running, "one in 12 minutes": soon, "recurring without time": timeless, "personal room": room,
		"missing duration": noDuration, "hostile topic": hostile, "long topic": long, "emoji": emoji, "Japanese": japanese,
	} {
		if !ok {
			t.Errorf("the demo week lacks: %s", name)
		}
	}
	series := 0
	for _, n := range ids {
		if n > 1 {
			series++
		}
	}
	if series < 2 {
		t.Error("recurring meetings must share an id over several rows")
	}
}

func TestDemoWeekIsTheSameAllDay(t *testing.T) {
	t.Parallel()
	ids := func(at time.Time) map[string]int64 {
		out := map[string]int64{}
		for _, m := range newWorld("http://x", at, 0).meetings {
			out[m.topic+m.start.In(tokyo()).Weekday().String()] = m.id
		}
		return out
	}
	morning := time.Date(2026, 11, 24, 9, 0, 0, 0, tokyo())
	if diff := cmp.Diff(ids(morning)["Daily standup"+"Tuesday"], ids(morning.Add(3 * time.Hour))["Daily standup"+"Tuesday"]); diff != "" {
		t.Errorf("ids changed during the day:\n%s", diff)
	}
	if cmp.Equal(ids(morning), ids(morning.AddDate(0, 0, 7))) {
		t.Error("ids are the same a week later")
	}
	for name, at := range map[string]time.Time{
		"saturday night": time.Date(2026, 11, 28, 23, 59, 59, 0, tokyo()), "new year": time.Date(2027, 1, 1, 0, 0, 0, 0, tokyo()),
	} {
		w := newWorld("http://x", at, 0)
		n, seen := 0, map[int64]bool{}
		for _, r := range w.hosted(demoUserID) {
			if r.start.IsZero() || r.end().After(at) {
				n++
			}
		}
		if n <= 60 {
			t.Errorf("%s: %d rows", name, n)
		}
		for _, m := range w.meetings {
			if seen[m.id] {
				t.Errorf("%s: id %d twice", name, m.id)
			}
			seen[m.id] = true
		}
	}
}

// Whatever the time and the day, the sandbox opens on the same meetings: one under way, and what
// the next hour brings.
func TestDemoHourIsTheSameAtAnyTime(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, tokyo())
	hour := func(now time.Time) []string {
		var topics []string
		for _, r := range newWorld("http://x", now, 0).attended(demoUserID) {
			if !r.meeting.allDay && !r.start.IsZero() && r.end().After(now) && r.start.Before(now.Add(time.Hour)) {
				topics = append(topics, r.meeting.topic)
			}
		}
		return topics
	}
	want := hour(monday.AddDate(0, 0, 6).Add(4 * time.Hour)) // on a Sunday at night nothing else is on
	if len(want) != 5 {
		t.Fatalf("the hour has %q", want)
	}
	for now := monday; now.Before(monday.AddDate(0, 0, 7)); now = now.Add(7 * time.Minute) {
		if diff := cmp.Diff(want, hour(now)); diff != "" {
			t.Fatalf("at %s:\n%s", now.Format("Mon 15:04"), diff)
		}
	}
}

func TestListTypes(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	count := map[string]int{}
	for _, kind := range []string{"", "scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"} {
		rows := walk(t, s, access, "page_size=300&type="+kind)
		count[kind] = len(rows)
		for _, m := range rows {
			at := startOf(t, m)
			switch {
			case kind == "live" && (at.IsZero() || at.After(clock.now())):
				t.Errorf("live: %v", m)
			case kind == "previous_meetings" && (at.IsZero() || at.After(clock.now())):
				t.Errorf("previous: %v", m)
			}
		}
	}
	if count[""] != count["scheduled"] || count["upcoming"] != count["upcoming_meetings"] {
		t.Errorf("counts %v", count)
	}
	if count["live"] < 1 || count["previous_meetings"] < 10 || count["scheduled"] != count["upcoming"]+count["previous_meetings"] {
		t.Errorf("counts %v", count)
	}
	wantAPIError(t, api(t, s, access, "/users/me/meetings?type=nonsense"), 400,
		`{"code":300,"message":"Validation Failed.","errors":[{"field":"type","message":"Invalid field."}]}`)
}

func TestPaging(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{Meetings: 75})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	first := readPage(t, api(t, s, access, "/users/me/meetings"))
	if first.PageSize != 30 || len(first.Meetings) != 30 || first.PageCount != 3 || first.PageNumber != 1 || first.TotalRecords != 75 {
		t.Errorf("first page: size %d, rows %d, pages %d, number %d, total %d", first.PageSize, len(first.Meetings), first.PageCount, first.PageNumber, first.TotalRecords)
	}
	seen := map[any]bool{}
	for _, m := range walk(t, s, access, "page_size=10") {
		seen[m["id"]] = true
	}
	if len(seen) != 75 {
		t.Errorf("paging found %d meetings, want 75", len(seen))
	}
	last := readPage(t, api(t, s, access, "/users/me/meetings?page_size=50&page_number=2"))
	if len(last.Meetings) != 25 || last.PageNumber != 2 || last.NextPageToken != "" {
		t.Errorf("last page: %d rows, number %d, next %q", len(last.Meetings), last.PageNumber, last.NextPageToken)
	}
	beyond := readPage(t, api(t, s, access, "/users/me/meetings?page_number=9"))
	if len(beyond.Meetings) != 0 || beyond.NextPageToken != "" {
		t.Errorf("page 9: %d rows", len(beyond.Meetings))
	}

	expired := `{"code":300,"message":"The next page token is invalid or expired."}`
	next := url.QueryEscape(first.NextPageToken)
	for _, query := range []string{"type=upcoming", "page_size=31", "from=2026-01-01"} {
		wantAPIError(t, api(t, s, access, "/users/me/meetings?"+query+"&next_page_token="+next), 400, expired)
	}
	wantAPIError(t, api(t, s, access, "/users/me/meetings?next_page_token=made-up"), 400, expired)
	clock.add(15*time.Minute - time.Second)
	if p := readPage(t, api(t, s, access, "/users/me/meetings?next_page_token="+next)); len(p.Meetings) != 30 || p.PageNumber != 2 {
		t.Errorf("second page: %d rows, number %d", len(p.Meetings), p.PageNumber)
	}
	clock.add(time.Second)
	wantAPIError(t, api(t, s, access, "/users/me/meetings?next_page_token="+next), 400, expired)
}

func TestPageSizeBounds(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{Meetings: 400})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	if p := readPage(t, api(t, s, access, "/users/me/meetings?page_size=300")); len(p.Meetings) != 300 {
		t.Errorf("%d rows, want 300", len(p.Meetings))
	}
	for _, size := range []string{"301", "0", "-1", "x", ""} {
		r := api(t, s, access, "/users/me/meetings?page_size="+size)
		if r.status != 400 || r.json(t)["code"] != 300. || !strings.Contains(r.body, `"field":"page_size"`) {
			t.Errorf("page_size=%s: %d %s", size, r.status, r.body)
		}
	}
}

func TestListFromTo(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	for _, m := range walk(t, s, access, "page_size=300&from=2026-11-25&to=2026-11-25") {
		at := startOf(t, m)
		if !at.IsZero() && at.Format("2006-01-02") != "2026-11-25" {
			t.Errorf("%s is outside", m["start_time"])
		}
	}
	for _, query := range []string{"from=yesterday", "to=2026-13-01", "timezone=Moon/Base"} {
		if r := api(t, s, access, "/users/me/meetings?"+query); r.status != 400 {
			t.Errorf("%s: %d %s", query, r.status, r.body)
		}
	}
}

func TestManyGeneratedMeetingsAreAllUpcoming(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{Meetings: 9000})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	if p := readPage(t, api(t, s, access, "/users/me/meetings?type=upcoming&page_size=300")); p.TotalRecords != 9000 {
		t.Errorf("%d upcoming, want 9000", p.TotalRecords)
	}
}

func TestUpcomingMeetings(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	p := readPage(t, api(t, s, access, "/users/me/upcoming_meetings"))
	if p.TotalRecords != len(p.Meetings) || strings.Contains(api(t, s, access, "/users/me/upcoming_meetings").body, "next_page_token") {
		t.Error("the envelope is total_records and meetings, no paging")
	}
	hosted := map[string]bool{}
	for _, m := range walk(t, s, access, "type=upcoming&page_size=300") {
		hosted[itoa(int64(m["id"].(float64)))+startOf(t, m).String()] = true
	}
	var host, invited, allDay, both bool
	for _, m := range p.Meetings {
		at := startOf(t, m)
		if at.After(clock.now().Add(24 * time.Hour)) {
			t.Errorf("%s is more than 24 hours away", m["start_time"])
		}
		if m["is_host"] == true {
			host = true
			both = both || hosted[itoa(int64(m["id"].(float64)))+at.String()]
		} else {
			invited = true
		}
		allDay = allDay || m["is_all_day"] == true
		for _, absent := range []string{"uuid", "host_id", "start_url"} {
			if _, ok := m[absent]; ok {
				t.Errorf("%s is not a field of this list", absent)
			}
		}
		if code, _ := m["passcode"].(string); len(code) != 6 {
			t.Errorf("passcode %q", code)
		}
	}
	if !host || !invited || !allDay || !both {
		t.Errorf("hosted %t, invited %t, all-day %t, in both lists %t", host, invited, allDay, both)
	}
}

func TestMeetingDetail(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	find := func(topic string) *meeting {
		for _, m := range s.world.meetings {
			if strings.HasPrefix(m.topic, topic) {
				return m
			}
		}
		t.Fatalf("no meeting %q", topic)
		return nil
	}
	t.Run("running", func(t *testing.T) {
		m := find("Incident review")
		d := api(t, s, access, "/meetings/"+itoa(m.id)).json(t)
		if d["status"] != "started" || d["host_email"] != "aiko@example.test" || !strings.Contains(d["start_url"].(string), "zak=") {
			t.Errorf("detail %v", d)
		}
	})
	t.Run("series", func(t *testing.T) {
		m := find("Platform weekly")
		d := api(t, s, access, "/meetings/"+itoa(m.id)).json(t)
		occurrences := d["occurrences"].([]any)
		if len(occurrences) < 3 || !strings.Contains(mustJSON(t, occurrences), `"status":"deleted"`) || d["status"] != "waiting" {
			t.Errorf("occurrences %v", occurrences)
		}
		all := api(t, s, access, "/meetings/"+itoa(m.id)+"?show_previous_occurrences=true").json(t)["occurrences"].([]any)
		if len(all) <= len(occurrences) {
			t.Errorf("previous occurrences are missing: %d", len(all))
		}
		second := occurrences[1].(map[string]any)
		one := api(t, s, access, "/meetings/"+itoa(m.id)+"?occurrence_id="+second["occurrence_id"].(string)).json(t)
		if one["start_time"] != second["start_time"] {
			t.Errorf("occurrence starts %v, want %v", one["start_time"], second["start_time"])
		}
	})
	t.Run("not ours", func(t *testing.T) {
		for _, id := range []string{"1", "x", itoa(find("Kenji").id)} {
			wantAPIError(t, api(t, s, access, "/meetings/"+id), 404, `{"code":3001,"message":"Meeting does not exist: `+id+`."}`)
		}
		admin := grantWith(t, s, "meeting:read:meeting:admin")
		if r := api(t, s, admin.access, "/meetings/"+itoa(find("Kenji").id)); r.status != 200 {
			t.Errorf("an administrator: %d %s", r.status, r.body)
		}
	})
	t.Run("join link stays here", func(t *testing.T) {
		d := api(t, s, access, "/meetings/"+itoa(find("Daily standup").id)).json(t)
		link := d["join_url"].(string)
		if !strings.HasPrefix(link, s.URL()+"/j/") || !strings.Contains(link, "pwd=") {
			t.Fatalf("join_url %s", link)
		}
		if r := get(t, link); r.status != 200 || !strings.Contains(r.body, "Daily standup") {
			t.Errorf("join page: %d", r.status)
		}
		if r := get(t, s.URL()+"/j/12"); r.status != 404 {
			t.Errorf("unknown join page: %d", r.status)
		}
	})
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPageTokensAreBounded(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{Meetings: 40})
	q := listQuery{userID: demoUserID, kind: kindScheduled, pageSize: 30, pageNumber: 1}
	rows := s.world.hosted(demoUserID)
	first := s.page(q, rows, 0, clock.now()).NextPageToken
	clock.add(time.Second)
	var last string
	for range maxPageTokens {
		last = s.page(q, rows, 0, clock.now()).NextPageToken
	}
	if n := len(s.pages); n != maxPageTokens {
		t.Errorf("%d tokens are kept, want %d", n, maxPageTokens)
	}
	if _, _, refusal := s.resume(first, q, clock.now()); refusal == nil {
		t.Error("the oldest token is the one to go")
	}
	if _, _, refusal := s.resume(last, q, clock.now()); refusal != nil {
		t.Error("the newest token must work")
	}
}
