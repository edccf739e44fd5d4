package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestAppsToCompare: the apps with classic and with admin-managed scopes sign in and read.
func TestAppsToCompare(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	for alias, scope := range map[string]string{"classic": "user:read meeting:read", "admin": "user:read:user:admin"} {
		app, ok := s.AppCalled(alias)
		if !ok || !slices.Contains(Aliases(), alias) || !slices.Contains(s.Env(alias), "ZOOM_CLIENT_ID="+app.ClientID) {
			t.Fatalf("%s: %+v", alias, app)
		}
		got := signIn(t, s, app)
		if !strings.HasPrefix(got.scope, scope) {
			t.Errorf("%s: granted %s", alias, got.scope)
		}
		for _, path := range []string{"/users/me", "/users/me/meetings", "/users/me/upcoming_meetings"} {
			if r := api(t, s, got.access, path); r.status != 200 {
				t.Errorf("%s %s: %d %s", alias, path, r.status, r.body)
			}
		}
	}
	if _, ok := s.AppCalled("nobody"); ok || s.Env("nobody") != nil {
		t.Error("an app that is not there")
	}
}

// TestMissingScopeIsToldInTheStyleOfTheApp: a classic app hears of the scopes that it can have.
func TestMissingScopeIsToldInTheStyleOfTheApp(t *testing.T) {
	t.Parallel()
	for alias, want := range map[string]string{
		AliasClassic: "does not contain scopes:[meeting:read, meeting:read:admin].",
		KindPublic:   "does not contain scopes:[meeting:read:list_meetings, meeting:read:list_meetings:admin].",
		AliasAdmin:   "does not contain scopes:[meeting:read:list_meetings, meeting:read:list_meetings:admin].",
	} {
		t.Run(alias, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app, _ := s.AppCalled(alias)
			got := signIn(t, s, app)
			setFault(t, s, "drop-scope-meetings", true)
			if r := api(t, s, got.access, "/users/me/meetings"); r.status != 400 || !strings.Contains(string(r.body), want) {
				t.Errorf("%d %s, want %s", r.status, r.body, want)
			}
		})
	}
}

// TestScopeAdded: the app has a scope more than the sign-in, which a refresh does not bring and a new
// sign-in does.
func TestScopeAdded(t *testing.T) {
	t.Parallel()
	for alias, more := range map[string]struct{ scope, path string }{
		KindPublic: {"user:read:settings", "/users/me/settings"}, AliasAdmin: {"user:read:settings:admin", "/users/me/settings"},
		AliasClassic: {"recording:read", "/users/me/recordings"},
	} {
		t.Run(alias, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app, _ := s.AppCalled(alias)
			old := signIn(t, s, app)
			setFault(t, s, "scope-added", true)
			now, _ := s.AppCalled(alias)
			if !slices.Contains(now.Scopes, more.scope) {
				t.Fatalf("the app has %v", now.Scopes)
			}
			old = readTokens(t, token(t, s, app, refreshForm(old.refresh)))
			if r := api(t, s, old.access, more.path); r.json(t)["code"] != 4711. {
				t.Errorf("before the new sign-in: %d %s", r.status, r.body)
			}
			fresh := signIn(t, s, app)
			if r := api(t, s, fresh.access, more.path); r.status != 200 || !strings.Contains(fresh.scope, more.scope) {
				t.Errorf("after it: %d %s", r.status, r.body)
			}
			setFault(t, s, "scope-added", false)
			readTokens(t, token(t, s, app, refreshForm(fresh.refresh))) // the sign-in goes on
		})
	}
}

func TestDocumentsDisagree(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	setFault(t, s, "docs-disagree", true)
	wantAPIError(t, api(t, s, got.access, "/users/me/upcoming_meetings"), 400,
		`{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_invited_meetings, meeting:read:list_invited_meetings:admin]."}`)
	if r := api(t, s, got.access, "/users/me/meetings"); r.status != 200 {
		t.Errorf("another endpoint: %d", r.status)
	}
	if r := api(t, s, grantWith(t, s, "meeting:read:list_invited_meetings").access, "/users/me/upcoming_meetings"); r.status != 200 {
		t.Errorf("with the scope that Zoom names: %d %s", r.status, r.body)
	}
}

func TestOtherWordsForAMissingScope(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string]struct {
		status int
		body   string
	}{
		"scope-4700": {401, `{"code":4700,"message":"Invalid Access Token: The access token is invalid, expired, or missing required scopes."}`},
		"scope-104":  {400, `{"code":104,"message":"Invalid access token, does not contain scopes:[user:read:settings, user:read:settings:admin]."}`},
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			got := signIn(t, s, mustApp(t, s, KindPublic))
			setFault(t, s, fault, true)
			wantAPIError(t, api(t, s, got.access, "/users/me/settings"), want.status, want.body)
			if r := api(t, s, got.access, "/users/me"); r.status != 200 {
				t.Errorf("a call with its scope: %d", r.status)
			}
		})
	}
}

func TestNoScopeTold(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app, s2s := mustApp(t, s, KindPublic), mustApp(t, s, KindS2S)
	setFault(t, s, "token-no-scope", true)
	fresh := signIn(t, s, app)
	refreshed := readTokens(t, token(t, s, app, refreshForm(fresh.refresh)))
	for name, got := range map[string]tokens{"sign-in": fresh, "refresh": refreshed, "s2s": readTokens(t, token(t, s, s2s, accountForm(s2s.AccountID)))} {
		if _, told := got.body["scope"]; told {
			t.Errorf("%s: scope is told", name)
		}
	}
	if r := api(t, s, refreshed.access, "/users/me"); r.status != 200 {
		t.Errorf("the scopes are there all the same: %d", r.status)
	}
	setFault(t, s, "token-no-scope", false)
	if got := readTokens(t, token(t, s, app, refreshForm(refreshed.refresh))); got.scope == "" {
		t.Error("scope is not told again")
	}
}

func TestRoleMissing(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	setFault(t, s, "role-missing", true)
	for _, path := range []string{"/users/me/meetings", "/users/me/upcoming_meetings"} {
		wantAPIError(t, api(t, s, got.access, path), 403, `{"code":200,"message":"No permission."}`)
	}
	if r := api(t, s, got.access, "/users/me"); r.status != 200 {
		t.Errorf("the profile: %d", r.status)
	}
	if r := api(t, s, got.access, "/users/me/settings"); r.json(t)["code"] != 4711. {
		t.Errorf("the scope is looked at first: %s", r.body)
	}
}

// TestBigAnswers: as many bytes as promised, well-formed, and only where a person asks for them.
func TestBigAnswers(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	setFault(t, s, "answer-50mb", true)
	setFault(t, s, "answer-5mb", true)
	if slices.ContainsFunc(s.Faults(), func(f Fault) bool { return f.Name == "answer-50mb" && f.On }) {
		t.Error("both sizes are on")
	}
	r := api(t, s, got.access, "/users/me/meetings")
	var page struct {
		Meetings []meetingItem
		Total    int `json:"total_records"`
	}
	if err := json.Unmarshal([]byte(r.body), &page); err != nil || len(r.body) < fiveMegabytes || len(r.body) > fiveMegabytes+2000 || page.Total != len(page.Meetings) {
		t.Errorf("%d bytes, %d of %d meetings, %v", len(r.body), len(page.Meetings), page.Total, err)
	}
	if r := api(t, s, got.access, "/users/me/meetings?type=upcoming"); len(r.body) > 100_000 {
		t.Errorf("the dashboard's own list has %d bytes", len(r.body))
	}
	setFault(t, s, "answer-50mb", true)
	req := request(t, "GET", s.URL()+"/v2/users/me/meetings?type=scheduled", nil)
	req.Header.Set("Authorization", "Bearer "+got.access)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); err != nil || n < fiftyMegabytes || n > fiftyMegabytes+2000 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestRateHeaders(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	if h := api(t, s, access, "/users/me/meetings").header; h.Get("X-RateLimit-Category") != "Medium" || h.Get("X-RateLimit-Remaining") != "" {
		t.Errorf("headers %v", h)
	}
	if h := api(t, s, access, "/report/daily").header; h.Get("X-RateLimit-Category") != "Heavy" {
		t.Errorf("category %q", h.Get("X-RateLimit-Category"))
	}
	setFault(t, s, "rate-headers", true)
	for i, want := range []string{"19", "18", "19"} {
		if i == 2 {
			clock.add(time.Second)
		}
		h := api(t, s, access, "/users/me/meetings").header
		if h.Get("X-RateLimit-Remaining") != want || h.Get("X-RateLimit-Limit") != "20" || h.Get("X-RateLimit-Type") != "QPS" {
			t.Errorf("call %d: %v", i, h)
		}
	}
}
