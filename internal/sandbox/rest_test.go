package sandbox

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// grantWith signs in to an app that has just these scopes.
func grantWith(t *testing.T, s *Server, scopes ...string) tokens {
	t.Helper()
	app := App{
		Name: "Scoped", Kind: KindPublic, ClientID: "scoped-" + randomText(lettersAndDigits, 8),
		RedirectURIs: []string{"http://127.0.0.1/callback"}, Scopes: scopes,
	}
	s.AddApp(app)
	return signIn(t, s, app)
}

func TestBadTokens(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	invalid := `{"code":124,"message":"Invalid access token."}`
	for _, tt := range []struct{ name, header string }{
		{"none", ""},
		{"made up", "Bearer x.y.z"},
		{"refresh token", "Bearer " + got.refresh},
		{"no scheme", got.access},
		{"Basic", "Basic " + got.access},
		{"cut", "Bearer " + got.access[:len(got.access)-1]},
	} {
		t.Run(tt.name, func(t *testing.T) {
			req := request(t, http.MethodGet, s.URL()+"/v2/users/me", nil)
			if tt.header != "" {
				req.Header.Set("Authorization", tt.header)
			}
			wantAPIError(t, call(t, req), 401, invalid)
		})
	}
	t.Run("in the query", func(t *testing.T) {
		wantAPIError(t, get(t, s.URL()+"/v2/users/me?access_token="+got.access), 401,
			`{"code":124,"message":"Invalid access token, this access token is not supported as query parameter string."}`)
	})
	t.Run("expired", func(t *testing.T) {
		clock.add(3599*time.Second - time.Second)
		if r := api(t, s, got.access, "/users/me"); r.status != 200 {
			t.Errorf("a second too early: %d %s", r.status, r.body)
		}
		clock.add(time.Second)
		wantAPIError(t, api(t, s, got.access, "/users/me"), 401, `{"code":124,"message":"Access token is expired."}`)
	})
}

func TestAccessTTL(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{AccessTTL: 20 * time.Second})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	if got.body["expires_in"] != float64(20) {
		t.Errorf("expires_in %v", got.body["expires_in"])
	}
	clock.add(20 * time.Second)
	wantAPIError(t, api(t, s, got.access, "/users/me"), 401, `{"code":124,"message":"Access token is expired."}`)
}

func TestScopesOpenTheirEndpoints(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	id := s.world.meetings[0].id
	meeting := "/meetings/" + itoa(id)
	tests := []struct {
		path     string
		scopes   []string // each alone opens the path
		notEven  string
		brackets string
	}{
		{"/users/me", []string{"user:read:user", "user:read:user:admin", "user:read", "user_info:read"}, "user:read:settings", "user:read:user, user:read:user:admin"},
		{"/users/me/settings", []string{"user:read:settings", "user:write:admin"}, "user:read:user", "user:read:settings, user:read:settings:admin"},
		{"/users/me/permissions", []string{"user:read:list_permissions", "user_profile"}, "user:read:settings", "user:read:list_permissions, user:read:list_permissions:admin"},
		{"/users/me/meetings", []string{"meeting:read:list_meetings", "meeting:read", "meeting:read:admin"}, "meeting:read:meeting", "meeting:read:list_meetings, meeting:read:list_meetings:admin"},
		{"/users/me/upcoming_meetings", []string{"meeting:read:list_upcoming_meetings:admin", "meeting:read"}, "meeting:read:list_meetings", "meeting:read:list_upcoming_meetings, meeting:read:list_upcoming_meetings:admin"},
		{meeting, []string{"meeting:read:meeting", "meeting:read"}, "meeting:write", "meeting:read, meeting:read:admin"},
		{"/users/me/recordings", []string{"cloud_recording:read:list_user_recordings", "recording:read"}, "meeting:read", "recording:read, recording:read:admin"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			for _, scope := range tt.scopes {
				if r := api(t, s, grantWith(t, s, scope).access, tt.path); r.status != 200 {
					t.Errorf("%s: %d %s", scope, r.status, r.body)
				}
			}
			wantAPIError(t, api(t, s, grantWith(t, s, tt.notEven).access, tt.path), 400,
				`{"code":4711,"message":"Invalid access token, does not contain scopes:[`+tt.brackets+`]."}`)
		})
	}
}

func TestUnknownEndpoints(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	for _, path := range []string{"/", "/nothing", "/users/me/nothing", "/users/me/meetings/x", "/meetings/", "/users//meetings", "/scim2/Users"} {
		wantAPIError(t, api(t, s, got.access, path), 404, `{"code":2300,"message":"This API endpoint is not recognized."}`)
	}
	req := request(t, http.MethodPost, s.URL()+"/v2/users/me", nil)
	req.Header.Set("Authorization", "Bearer "+got.access)
	wantAPIError(t, call(t, req), 404, `{"code":2300,"message":"This API endpoint is not recognized."}`)
}

func TestUserLevelAppsSayMe(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	for _, id := range []string{"aiko@example.test", demoUserID, kenjiID} {
		wantAPIError(t, api(t, s, got.access, "/users/"+id), 404, `{"code":1001,"message":"User does not exist: `+id+`."}`)
	}
	wantAPIError(t, api(t, s, got.access, "/users/"+kenjiID+"/upcoming_meetings"), 404,
		`{"code":3001,"message":"User does not exist: `+kenjiID+`."}`)
	admin := grantWith(t, s, "user:read:user:admin")
	if r := api(t, s, admin.access, "/users/"+kenjiID); r.json(t)["display_name"] != "Kenji Sato" {
		t.Errorf("an admin-managed app: %d %s", r.status, r.body)
	}
}

func TestUsersMe(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	r := api(t, s, signIn(t, s, mustApp(t, s, KindPublic)).access, "/users/me")
	me := r.json(t)
	want := map[string]any{
		"id": "zJKyaiAyTNC-MWjiWC18KQ", "account_id": "q6gBJVO5TzexKYTb_I2rpg", "email": "aiko@example.test",
		"display_name": "Aiko Tanaka 田中 愛子", "type": float64(2), "role_name": "Owner", "pmi": float64(3542471135),
		"timezone": "Asia/Tokyo", "status": "active",
	}
	got := map[string]any{}
	for name := range want {
		got[name] = me[name]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("users/me (-want +got):\n%s", diff)
	}
	pic, _ := me["pic_url"].(string)
	if r := get(t, pic); r.status != 200 || r.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("picture %q: %d", pic, r.status)
	}
	if r.header.Get("Content-Type") != "application/json;charset=UTF-8" {
		t.Errorf("Content-Type %q", r.header.Get("Content-Type"))
	}
}

func TestEveryAnswerHasTrackingAndDate(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	form := regexp.MustCompile(`^v=2\.0;clid=us02;rid=WEB_[0-9a-f]{32}$`)
	seen := map[string]bool{}
	for name, r := range map[string]reply{
		"api":              api(t, s, got.access, "/users/me"),
		"api error":        api(t, s, "x", "/users/me"),
		"unknown endpoint": api(t, s, "x", "/nothing"),
		"token":            token(t, s, app, refreshForm(got.refresh)),
		"token error":      token(t, s, app, refreshForm("x")),
		"authorize":        get(t, authorizeURL(s, app)),
		"authorize error":  get(t, s.URL()+"/oauth/authorize"),
		"not found":        get(t, s.URL()+"/nothing"),
	} {
		id := r.header.Get("x-zm-trackingid")
		if !form.MatchString(id) || seen[id] {
			t.Errorf("%s: tracking id %q", name, id)
		}
		seen[id] = true
		if got, want := r.header.Get("Date"), clock.now().UTC().Format(http.TimeFormat); got != want {
			t.Errorf("%s: Date %q, want the clock of this Zoom %q", name, got, want)
		}
	}
}

func TestRateCategory(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	for path, want := range map[string]string{"/users/me": "Light", "/users/me/meetings": "Medium", "/users/me/upcoming_meetings": "Medium"} {
		if label := api(t, s, got.access, path).header.Get("X-RateLimit-Category"); label != want {
			t.Errorf("%s: %q, want %q", path, label, want)
		}
	}
}

func TestPlanAndRoleAnswers(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := grantWith(t, s, "webinar:read", "user:read")
	if r := api(t, s, got.access, "/users/me/webinars"); r.status != 400 || !strings.Contains(r.body, `"code":200,"message":"Webinar plan is missing.`) {
		t.Errorf("webinars: %d %s", r.status, r.body)
	}
	if r := api(t, s, got.access, "/users/me/permissions"); len(r.json(t)["permissions"].([]any)) == 0 {
		t.Errorf("permissions: %s", r.body)
	}
}

func TestCountsNameTheEndpoints(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	for _, path := range []string{"/users/me", "/users/me", "/users/me/meetings", "/users/x", "/meetings/1", "/a/b/c/d/e", "/whatever"} {
		api(t, s, got.access, path)
	}
	want := map[string]int{
		"authorize": 1, "consent.allow": 1, "token.authorization_code": 1,
		"GET /v2/users/me": 2, "GET /v2/users/me/meetings": 1, "GET /v2/users/{userId}": 1, "GET /v2/meetings/{meetingId}": 1, "v2.unknown": 2,
	}
	if diff := cmp.Diff(want, s.Counts()); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}
