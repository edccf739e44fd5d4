package scope

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	const upcoming = "GET /users/{userId}/upcoming_meetings"
	tests := []struct {
		text  string
		first []string // what must come first, in this order
	}{
		// Words: what a person means comes first.
		{"upcoming", []string{upcoming}},
		{"upcoming meetings", []string{upcoming}},
		{"meetings upcoming", []string{upcoming}},
		{"upcomingMeetings", []string{upcoming}},
		{"upcoming_meetings", []string{upcoming}},
		{"How do I list the upcoming meetings?", []string{upcoming}},
		{"invited meetings", []string{upcoming}},
		{"list meetings", []string{"GET /users/{userId}/meetings"}},
		{"meetings list", []string{"GET /users/{userId}/meetings"}},
		{"meetings", []string{"GET /users/{userId}/meetings", "GET /meetings/{meetingId}"}},
		{"meeting", []string{"GET /meetings/{meetingId}", "GET /users/{userId}/meetings"}},
		{"create meeting", []string{"POST /users/{userId}/meetings"}},
		{"schedule a meeting", []string{"POST /users/{userId}/meetings"}},
		{"update meeting", []string{"PATCH /meetings/{meetingId}"}},
		{"delete meeting", []string{"DELETE /meetings/{meetingId}"}},
		{"add registrant", []string{"POST /meetings/{meetingId}/registrants"}},
		{"recordings", []string{"GET /users/{userId}/recordings"}},
		{"phone recordings", []string{"GET /phone/recordings"}},
		{"past meeting participants", []string{"GET /past_meetings/{meetingId}/participants"}},
		{"users", []string{"GET /users", "GET /users/{userId}"}},
		{"create user", []string{"POST /users"}},
		{"GET users", []string{"GET /users"}},
		{"me", []string{"GET /users/{userId}"}},
		{"who am I", []string{"GET /users/{userId}"}},
		{"profile", []string{"GET /users/{userId}"}},
		{"settings", []string{"GET /users/{userId}/settings"}},
		{"zak", []string{"GET /users/me/zak", "GET /users/{userId}/token"}},
		{"webinars", []string{"GET /users/{userId}/webinars", "GET /webinars/{webinarId}"}},
		{"contact center queues", []string{"GET /contact_center/queues"}},
		{"chat channels", []string{"GET /chat/channels"}},
		{"groups contacts", []string{"GET /contacts/groups"}}, // the product stands in the path
		{"api call logs", []string{"GET /marketplace/apps/{appId}/api_call_logs"}},
		{"roles", []string{"GET /roles"}},
		{"scim users", []string{"GET /scim2/Users"}},
		{"会議一覧", []string{"GET /users/{userId}/meetings"}},
		{"ユーザーの録画", []string{"GET /users/{userId}/recordings"}},
		// While it is typed.
		{"m", []string{"GET /meetings/{meetingId}"}},
		{"up", []string{upcoming}},
		{"UPCOM", []string{upcoming}},
		// Typing mistakes.
		{"upcomming meetigns", []string{upcoming}},
		{"webniar", []string{"GET /webinars/{webinarId}"}},
		{"creat meetng", []string{"POST /users/{userId}/meetings"}},
		{"shedule meeting", []string{"POST /users/{userId}/meetings"}},
		{"delte meeting", []string{"DELETE /meetings/{meetingId}"}},
		{"updat user", []string{"PATCH /users/{userId}"}},
		{"past meeting", []string{"GET /past_meetings/{meetingId}"}}, // and not "post"
		// The words of a path are that path.
		{"users me meetings", []string{"GET /users/{userId}/meetings", "POST /users/{userId}/meetings"}},
		{"users meetings", []string{"GET /users/{userId}/meetings", "POST /users/{userId}/meetings"}},
		{"users 123 meetings", []string{"GET /users/{userId}/meetings"}},
		{"chat channels members", []string{"GET /chat/channels/{channelId}/members"}},
		// What is called otherwise than its path.
		{"cloud recording", []string{"GET /users/{userId}/recordings", "GET /meetings/{meetingId}/recordings"}},
		{"list cloud recordings", []string{"GET /users/{userId}/recordings"}},
		{"delete cloud recording", []string{"DELETE /meetings/{meetingId}/recordings/{recordingId}"}},
		{"cloud recording report", []string{"GET /report/cloud_recording"}},
		// A word too many: most of them are enough.
		{"upcoming meetings xyzzyx", []string{upcoming}},
		// Paths: the one that fits, its other methods, then those that go on from it.
		{"/users", []string{"GET /users", "POST /users", "GET /users/email"}},
		{"POST /users", []string{"POST /users", "GET /users"}},
		{"/users/me/m", []string{"GET /users/{userId}/meetings"}},
		{"/users/me/upcoming", []string{upcoming}},
		{"users/me/meetings", []string{"GET /users/{userId}/meetings", "POST /users/{userId}/meetings"}},
		{"https://api.zoom.us/v2/meetings/123?x=y", []string{"GET /meetings/{meetingId}", "PATCH /meetings/{meetingId}", "DELETE /meetings/{meetingId}"}},
		{"PATCH https://api.zoom.us/v2/meetings/123", []string{"PATCH /meetings/{meetingId}", "GET /meetings/{meetingId}"}},
		{"DELETE /users/me/meetings", []string{"GET /users/{userId}/meetings"}}, // there is no such method
		{"GET /users/me/meetigns", []string{"GET /users/{userId}/meetings"}},
		{"curl -X POST -d '{}' https://api.zoom.us/v2/users/me/meetings", []string{"POST /users/{userId}/meetings"}},
		{"https://api.zoom.us/v2/v2/users/me/meetings", []string{"GET /users/{userId}/meetings"}},
		{"//users/me/meetings", []string{"GET /users/{userId}/meetings", "POST /users/{userId}/meetings"}},
		{"/Users/Me/Meetings", []string{"GET /users/{userId}/meetings"}},
		{"curl -u id:secret -X POST https://zoom.us/oauth/token", nil},
		// Scopes.
		{"meeting:read:list_upcoming_meetings", []string{upcoming}},
		{"meeting:read:list_up", []string{upcoming}},
		{"meeting:raed:list_upcoming_meetings", []string{upcoming}},
		{"user_zak:read", []string{"GET /users/me/zak"}},
		{"contact_center:write:queue disposition:admin", []string{"POST /contact_center/queues/{queueId}/dispositions"}},
		// Errors.
		{`{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings, meeting:read:list_upcoming_meetings:admin]."}`, []string{upcoming}},
		{"does not contain scopes:[user:read:settings:admin, user:read:settings].", []string{"GET /users/{userId}/settings"}},
		{"GET /users/me/zak failed: does not contain scopes:[user:read:settings]", []string{"GET /users/me/zak", "GET /users/{userId}/settings"}},
		// Nothing.
		{"", nil},
		{"   \n", nil},
		{"/", nil},
		{"qqqqqqqqq", nil},
		{"::", nil},
		{`{"code":124,"message":"Access token is expired."}`, nil},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, hit := range c.Search(test.text, 40) {
				got = append(got, hit.Endpoint.String())
			}
			first := got[:min(len(test.first), len(got))]
			if len(test.first) == 0 {
				first = got
			}
			if diff := cmp.Diff(strings.Join(test.first, "\n"), strings.Join(first, "\n")); diff != "" {
				t.Error(diff)
			}
			if doubled := len(got) - len(slices.Compact(slices.Sorted(slices.Values(got)))); doubled != 0 {
				t.Errorf("%d hits stand twice", doubled)
			}
		})
	}
}

func TestSearchNamesTheScope(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	tests := map[string]string{
		"user:read:zak":     "user:read:zak",
		"User:Read:Zak":     "user:read:zak",
		"user:read:za":      "user:read:zak",
		"user:raed:zak":     "user:read:zak",
		"user_zak:read":     "user_zak:read",
		"zak":               "",
		"GET /users/me/zak": "",
		`{"code":4711,"message":"does not contain scopes:[user:read:zak]"}`: "user:read:zak",
	}
	for text, want := range tests {
		hits := c.Search(text, 1)
		if len(hits) != 1 || hits[0].Endpoint.Path != "/users/me/zak" || hits[0].Scope != want {
			t.Errorf("Search(%q) = %+v, want /users/me/zak with scope %q", text, hits, want)
		}
	}
	for _, hit := range c.Search("user_profile", 5) {
		if !slices.Contains(hit.Endpoint.Classic, "user_profile") || hit.Scope != "user_profile" {
			t.Errorf("%s does not accept user_profile", hit.Endpoint)
		}
	}
}

func TestSearchLimit(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for _, text := range []string{"m", "/users", "meeting:read", "GET /users/me/meetigns", "does not contain scopes:[user:read, user:write]"} {
		for _, limit := range []int{-1, 0, 1, 7} {
			if got := len(c.Search(text, limit)); got > max(0, limit) {
				t.Errorf("Search(%q, %d) gives %d", text, limit, got)
			}
		}
	}
	if got := (&Catalogue{}).Search("users", 5); got != nil {
		t.Errorf("an empty catalogue finds %v", got)
	}
}

// TestSearchFindsEvery looks for each operation by its method and path, by its
// scopes, and by the words of its path.
func TestSearchFindsEvery(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	has := func(hits []Hit, e Endpoint) bool {
		return slices.ContainsFunc(hits, func(hit Hit) bool { return hit.Endpoint.String() == e.String() })
	}
	for i, e := range c.Endpoints() {
		if hits := c.Search(e.String(), 1); !has(hits, e) {
			t.Errorf("%s is not found by itself: %v", e, hits)
		}
		if i%20 != 0 {
			continue // the others take longer, and are not each a case of its own
		}
		for _, name := range e.accepts() {
			if !has(c.Search(name, 5000), e) {
				t.Errorf("%s is not found by %s", e, name)
			}
		}
		words := strings.Join(slices.Collect(eachWord(strings.ReplaceAll(e.Path, "{", " "))), " ")
		if !has(c.Search(strings.ReplaceAll(words, "Id", ""), 5000), e) {
			t.Errorf("%s is not found by %q", e, words)
		}
	}
}

// TestConcurrent is for the race detector: one catalogue, many askers.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	var group sync.WaitGroup
	for _, text := range []string{"upcoming", "meeting:read", "/users/me", "upcomming", "create user"} {
		group.Go(func() {
			if len(c.Search(text, 5)) == 0 || c.NameStyle("meeting:read") != Classic || len(c.Opens("meeting:read")) == 0 {
				t.Errorf("%q: nothing found", text)
			}
		})
	}
	group.Wait()
}

func TestStem(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"meetings": "meeting", "summaries": "summary", "addresses": "address", "mailboxes": "mailbox", "branches": "branch",
		"status": "status", "access": "access", "analysis": "analysis", "sms": "sms", "queues": "queue", "zak": "zak", "": "",
	}
	for word, want := range tests {
		if got := stem(word); got != want {
			t.Errorf("stem(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 2, 0},
		{"a", "", 2, 1},
		{"meeting", "meeting", 2, 0},
		{"meetign", "meeting", 2, 1},
		{"meting", "meeting", 2, 1},
		{"metign", "meeting", 2, 2},
		{"abc", "xyz", 2, 3},
		{"abcdef", "a", 2, 3},
		{"raed", "read", 1, 1},
		{strings.Repeat("a", 300), strings.Repeat("a", 299), 2, 1},
	}
	for _, test := range tests {
		if got := editDistance(test.a, test.b, test.limit); got != test.want {
			t.Errorf("editDistance(%q, %q, %d) = %d, want %d", test.a, test.b, test.limit, got, test.want)
		}
	}
}

// BenchmarkSearch is one key press of a person who types. The aim is 5 ms.
func BenchmarkSearch(b *testing.B) {
	c := loaded(b)
	for _, text := range []string{
		"m", "e", "upcoming", "list meetings", "upcomming meetigns xyzzy", "how do I list the upcoming meetings of a user",
		"creat meetng", "users me meetings", "/u", "/users/me/meetings", "GET /users/me/meetigns", "meeting:read", "meeting:raed:list_meetings",
	} {
		b.Run(strings.ReplaceAll(text, "/", "|"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Search(text, 50)
			}
		})
	}
}

// BenchmarkSearchFirst is the first key press, which makes the index.
func BenchmarkSearchFirst(b *testing.B) {
	c := loaded(b)
	b.ReportAllocs()
	for b.Loop() {
		newCatalogue(c.endpoints, c.names).Search("upcoming", 50)
	}
}
