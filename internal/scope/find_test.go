package scope

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func loaded(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFind(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	tests := map[string]struct{ method, path, want string }{
		"template":              {"GET", "/users/{userId}/meetings", "GET /users/{userId}/meetings"},
		"parameter named other": {"GET", "/users/{id}/meetings", "GET /users/{userId}/meetings"},
		"me":                    {"GET", "/users/me/meetings", "GET /users/{userId}/meetings"},
		"user id":               {"GET", "/users/zJKyaiAyTNC-MWjiWC18KQ/settings", "GET /users/{userId}/settings"},
		"e-mail":                {"PATCH", "/users/jane.doe+zoom@example.com", "PATCH /users/{userId}"},
		"e-mail encoded":        {"GET", "/users/jane%40example.com/token?type=zak", "GET /users/{userId}/token"},
		"meeting id":            {"GET", "/meetings/85746065432", "GET /meetings/{meetingId}"},
		"uuid":                  {"GET", "/past_meetings/4444AAAiAAAAAiAiAiiAii==/participants", "GET /past_meetings/{meetingId}/participants"},
		"uuid encoded":          {"GET", "/past_meetings/%2FajXp112QmuoKj4854875%3D%3D", "GET /past_meetings/{meetingId}"},
		"uuid encoded twice":    {"GET", "/meetings/%252FajXp112QmuoKj4854875%253D%253D/recordings", "GET /meetings/{meetingId}/recordings"},
		"uuid with raw slash":   {"GET", "/past_meetings//ajXp112QmuoKj4854875==", "GET /past_meetings/{meetingId}"},
		"literal wins":          {"GET", "/users/me/zak", "GET /users/me/zak"},
		"literal of another":    {"GET", "/users/summary", "GET /users/summary"},
		"not the literal":       {"GET", "/users/you/zak", ""},
		"v2":                    {"GET", "/v2/users/me", "GET /users/{userId}"},
		"v2 without slash":      {"GET", "v2/users/me/", "GET /users/{userId}"},
		"no slash":              {"get", "users", "GET /users"},
		"not v2":                {"GET", "/v2users", ""},
		"query":                 {"GET", "/users/me/meetings?type=upcoming&page_size=300", "GET /users/{userId}/meetings"},
		"fragment":              {"GET", "/users/me#top", "GET /users/{userId}"},
		"URL":                   {"GET", "https://api.zoom.us/v2/users/me/meetings?x=/a", "GET /users/{userId}/meetings"},
		"government":            {"GET", "https://api.zoomgov.com/v2/users/me", "GET /users/{userId}"},
		"URL without a path":    {"GET", "https://api.zoom.us", ""},
		"scim2":                 {"GET", "/scim2/Users", "GET /scim2/Users"},
		"scim2 URL":             {"PUT", "https://api.zoom.us/scim2/Users/abc", "PUT /scim2/Users/{userId}"},
		"head":                  {"HEAD", "/users/me", "GET /users/{userId}"},
		"any method, GET first": {"", "/users/me/meetings", "GET /users/{userId}/meetings"},
		"any method, no GET":    {"", "/meetings/1/batch_registrants", "POST /meetings/{meetingId}/batch_registrants"},
		"method not there":      {"DELETE", "/users/me/meetings", ""},
		"part missing":          {"GET", "/users/me/settings/x/y/z", ""},
		"empty":                 {"GET", "", ""},
		"slash":                 {"GET", "/", ""},
		"v2 twice":              {"GET", "/v2/v2/users/me", ""},
		"only v2":               {"", "/v2", ""},
		"unknown product":       {"GET", "/zzz/1", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if e, ok := c.Find(test.method, test.path); ok {
				got = e.String()
			}
			if got != test.want {
				t.Errorf("Find(%q, %q) = %q, want %q", test.method, test.path, got, test.want)
			}
		})
	}
}

// TestFindEvery calls each operation with ids in place of its parameters, and
// with its own template.
func TestFindEvery(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for _, e := range c.Endpoints() {
		parts := strings.Split(e.Path, "/")
		for i, part := range parts {
			if isParameter(part) {
				parts[i] = "8574606.Ab_-%2F=@x"
			}
		}
		for _, path := range []string{e.Path, strings.Join(parts, "/"), "https://api.zoom.us/v2" + strings.Join(parts, "/") + "/?a=b"} {
			if got, ok := c.Find(e.Method, path); !ok || got.String() != e.String() {
				t.Errorf("%s %s is found as %s", e.Method, path, got)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	tests := map[string]struct{ method, path, want string }{
		"plural missing":     {"GET", "/users/me/meeting", "GET /users/{userId}/meetings"},
		"letters swapped":    {"GET", "/users/me/upcoming_meetigns", "GET /users/{userId}/upcoming_meetings"},
		"first part":         {"GET", "/user/me", "GET /users/{userId}"},
		"wrong method":       {"DELETE", "/users/me/meetings", "GET /users/{userId}/meetings"},
		"POST of a PATCH":    {"POST", "/users/me/upcoming_meetings", "GET /users/{userId}/upcoming_meetings"},
		"part missing":       {"GET", "/meetings/123/registrants/questions/x", "GET /meetings/{meetingId}/registrants/questions"},
		"id forgotten":       {"GET", "/meetings/registrants/questions", "GET /meetings/{meetingId}/registrants/questions"},
		"dash for underline": {"GET", "/users/me/upcoming-meetings", "GET /users/{userId}/upcoming_meetings"},
		"upper case":         {"GET", "/Users/me/Meetings", "GET /users/{userId}/meetings"},
		"camel case":         {"GET", "/users/me/upcomingMeetings", "GET /users/{userId}/upcoming_meetings"},
		"v2 twice":           {"GET", "/v2/v2/users/me/meetings", "GET /users/{userId}/meetings"},
		"version":            {"GET", "https://api.zoom.us/v2/webinar/123", "GET /webinars/{webinarId}"},
		"nothing like it":    {"GET", "/completely/other/things/altogether", ""},
		"one strange word":   {"GET", "/qqqqqqq", ""},
		"empty":              {"GET", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := c.Nearest(test.method, test.path, 3)
			var all []string
			for _, e := range got {
				all = append(all, e.String())
			}
			if first := append(all, "")[0]; first != test.want {
				t.Errorf("Nearest(%q, %q) = %q, want %q first", test.method, test.path, all, test.want)
			}
		})
	}
	if got := c.Nearest("GET", "/users/me/meeting", 2); len(got) != 2 {
		t.Errorf("asked for 2, got %v", got)
	}
}

func TestOpens(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	tests := map[string][]string{
		"meeting:read:list_upcoming_meetings":          {"GET /users/{userId}/upcoming_meetings"},
		" user_zak:read ":                              {"GET /users/me/zak"},
		"contact_center:write:queue disposition:admin": {"POST /contact_center/queues/{queueId}/dispositions"},
		"division:wirte:admin":                         {"POST /divisions", "GET /divisions/{divisionId}", "PATCH /divisions/{divisionId}", "DELETE /divisions/{divisionId}", "POST /divisions/{divisionId}/users"},
		"no:such:scope":                                nil,
		"":                                             nil,
	}
	for name, want := range tests {
		var got []string
		for _, e := range c.Opens(name) {
			got = append(got, e.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Opens(%q): %s", name, diff)
		}
	}
	// The reverse index holds what the table holds, both ways.
	for _, name := range c.Scopes() {
		opened := c.Opens(name)
		if len(opened) == 0 {
			t.Errorf("%q opens nothing", name)
		}
	}
	for _, e := range c.Endpoints() {
		for _, name := range e.accepts() {
			found := false
			for _, opened := range c.Opens(name) {
				found = found || opened.String() == e.String()
			}
			if !found {
				t.Errorf("%q does not open %s", name, e)
			}
		}
	}
}

func TestNameStyle(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	tests := map[string]Style{
		"meeting:read":                                 Classic,
		"meeting:read:admin":                           Classic,
		"meeting:master":                               Classic,
		"user_profile":                                 Classic,
		"scim2":                                        Classic, // only the table knows
		"meeting:write:admin:sip_dialing":              Classic, // its form says otherwise
		"meeting:write:sip_dialing":                    Granular,
		"scim2:admin":                                  Granular,
		"meeting:read:list_meetings":                   Granular,
		"cloud_recording:read:x:master":                Granular, // not in the table
		"imaginary:read:admin":                         Classic,
		"imaginary:read:list_things:admin":             Granular,
		"contact_center:write:queue disposition:admin": Granular,
		"openid": UnknownStyle,
		"":       UnknownStyle,
	}
	for name, want := range tests {
		if got := c.NameStyle(name); got != want {
			t.Errorf("NameStyle(%q) = %q, want %q", name, got, want)
		}
	}
	if got := (&Catalogue{}).NameStyle("meeting:read:x"); got != Granular {
		t.Errorf("an empty catalogue says %q", got)
	}
}
