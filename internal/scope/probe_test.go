package scope

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestProbesFew(t *testing.T) {
	t.Parallel()
	var got []string
	for _, p := range loaded(t).Probes(false) {
		got = append(got, p.Endpoint.String()+" "+p.Path+" "+p.After.String())
	}
	want := []string{
		"GET /users/{userId} /users/me 250ms",
		"GET /users/{userId}/settings /users/me/settings 500ms",
		"GET /users/{userId}/permissions /users/me/permissions 250ms",
		"GET /users/{userId}/meetings /users/me/meetings?page_size=1 500ms",
		"GET /users/{userId}/upcoming_meetings /users/me/upcoming_meetings 500ms",
		"GET /users/{userId}/recordings /users/me/recordings?page_size=1 500ms",
		"GET /users/{userId}/webinars /users/me/webinars?page_size=1 500ms",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestProbesAll: nothing that writes, needs an id, hands out a token or is dear.
func TestProbesAll(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	all := c.Probes(true)
	seen := map[string]bool{}
	for _, p := range all {
		switch {
		case p.Endpoint.Method != "GET", strings.Contains(p.Path, "{"), p.Endpoint.Label == "RESOURCE-INTENSIVE",
			strings.Contains(p.Path, "zak"), strings.HasSuffix(p.Path, "/token"), strings.HasPrefix(p.Path, "/videosdk"):
			t.Errorf("%s is tried", p.Path)
		case seen[p.Endpoint.String()]:
			t.Errorf("%s is tried twice", p.Endpoint)
		case p.Endpoint.Label == "HEAVY" && p.After < time.Second, p.After < time.Second/4:
			t.Errorf("%s (%s) is followed after %s", p.Path, p.Endpoint.Label, p.After)
		}
		if e, ok := c.Find("GET", p.Path); !ok || e.String() != p.Endpoint.String() {
			t.Errorf("%s is not %s", p.Path, p.Endpoint)
		}
		seen[p.Endpoint.String()] = true
	}
	for _, want := range []string{"GET /users/{userId}", "GET /report/daily", "GET /users", "GET /phone/users", "GET /scim2/Users"} {
		if !seen[want] {
			t.Errorf("%s is not tried", want)
		}
	}
	if len(all) < 250 {
		t.Errorf("only %d calls", len(all))
	}
}

// TestOutcome: what the catalogue says and what Zoom says, side by side.
func TestOutcome(t *testing.T) {
	t.Parallel()
	const missing = "Invalid access token, does not contain scopes:[webinar:read:list_webinars]."
	tests := []struct {
		name, path string
		answer     *Live
		says, zoom Kind
		agrees     bool
		compared   bool
	}{
		{"may", "/users/me/meetings", zoom(200, 0, ""), HasIt, HasIt, true, true},
		{"may not", "/users/me/webinars", zoom(400, 4711, missing), AddOne, AddOne, true, true},
		{"may not, by the type", "/report/daily", zoom(400, 4711, "does not contain scopes:[report:read:admin]"), WrongAppType, AddOne, true, true},
		{"the table is wrong", "/users/me/webinars", zoom(200, 0, ""), AddOne, HasIt, false, true},
		{"the token is old", "/users/me/meetings", zoom(400, 4711, missing), HasIt, AddOne, false, true},
		{"a role", "/users/me/meetings", zoom(403, 200, "No permission."), HasIt, NotAScope, true, true},
		{"a role, without the scope", "/users/me/webinars", zoom(403, 200, "No permission."), AddOne, NotAScope, false, true},
		{"a token", "/users/me/webinars", zoom(401, 124, "Invalid access token."), AddOne, NotAScope, true, false},
		{"too fast", "/users/me/webinars", zoom(429, 429, "rate limit"), AddOne, Unknown, true, false},
		{"trouble", "/users/me/meetings", zoom(500, 0, ""), HasIt, Unknown, true, false},
		{"no answer", "/users/me/meetings", nil, HasIt, Unknown, true, false},
		{"gone", "/users/me/meetings", zoom(404, 2300, ""), HasIt, UnknownEndpoint, true, false},
		{"documents silent", "/videosdk/sessions", zoom(200, 0, ""), Unknown, HasIt, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e, ok := loaded(t).Find("GET", tt.path)
			if !ok {
				t.Fatalf("the table has no %s", tt.path)
			}
			o := loaded(t).Outcome(Probe{Endpoint: e, Path: tt.path}, apps()["user granular"], tt.answer)
			if o.Says != tt.says || o.Zoom != tt.zoom || o.Agrees() != tt.agrees || o.Compared() != tt.compared {
				t.Errorf("says %s, Zoom %s, agrees %v, compared %v; want %s, %s, %v, %v",
					o.Says, o.Zoom, o.Agrees(), o.Compared(), tt.says, tt.zoom, tt.agrees, tt.compared)
			}
			if tt.answer != nil && (o.Code != tt.answer.Code || o.Status != tt.answer.Status || o.Message != tt.answer.Message) {
				t.Errorf("the facts are lost: %+v", o)
			}
			if strings.Contains(tt.name, "may not") && len(o.Scopes) != 1 {
				t.Errorf("Zoom's scopes are lost: %v", o.Scopes)
			}
		})
	}
}

// TestUnknownScopesAreNotCompared: of a token whose answer named no scopes the
// catalogue says nothing, whatever Zoom answers.
func TestUnknownScopesAreNotCompared(t *testing.T) {
	t.Parallel()
	for _, p := range loaded(t).Probes(false) {
		for _, answer := range []*Live{zoom(200, 0, ""), zoom(403, 200, "No permission."), nil} {
			if o := loaded(t).Outcome(p, apps()["no scopes"], answer); o.Compared() || !o.Agrees() {
				t.Errorf("%s: %s by the catalogue and %s by Zoom are compared", p.Path, o.Says, o.Zoom)
			}
		}
	}
}

// TestOutcomeStops: what the next call would meet again ends a probe.
func TestOutcomeStops(t *testing.T) {
	t.Parallel()
	const missing = "Invalid access token, does not contain scopes:[user:read:user]."
	tests := []struct {
		name   string
		answer *Live
		failed string
		want   bool
	}{
		{"made", zoom(200, 0, ""), "", false},
		{"a scope is missing", zoom(400, 4711, missing), "", false},
		{"a scope is missing, with the status of a token", zoom(401, 4711, missing), "", false},
		{"a role", zoom(403, 200, "No permission."), "", false},
		{"trouble at Zoom", zoom(500, 0, ""), "", false},
		{"too many calls", zoom(429, 0, ""), "", true},
		{"too many calls, in words", zoom(200, 4001, "You have reached the maximum per-second rate limit for this API."), "", true},
		{"too many calls, with words of something else", zoom(429, 0, "Not found."), "", true},
		{"the token", zoom(401, 124, "Invalid access token."), "", true},
		{"no answer", nil, "The network is gone.", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := loaded(t).Outcome(loaded(t).Probes(false)[0], apps()["user granular"], tt.answer)
			if o.Failed = tt.failed; o.Stops() != tt.want {
				t.Errorf("stops: %v, want %v (%s)", o.Stops(), tt.want, o.Reason)
			}
		})
	}
}
