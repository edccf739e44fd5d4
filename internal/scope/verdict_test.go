package scope

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// judgedAt is the time of the questions: 13:50 in Tokyo.
func judgedAt() time.Time {
	return time.Date(2026, 11, 22, 13, 50, 0, 0, time.FixedZone("JST", 9*60*60))
}

// app is a signed-in app with the given scopes.
func app(kind string, scopes ...string) App {
	return App{
		Type: TypeOf(kind, scopes), Style: (&Catalogue{}).StyleOf(scopes), ClientTail: "x7Qa",
		SignedIn: true, ScopesKnown: len(scopes) > 0, Scopes: scopes, SignedInAt: time.Date(2026, 11, 14, 3, 0, 0, 0, time.UTC),
	}
}

// zoom is an answer of Zoom's at 13:47:20.
func zoom(status, code int, message string) *Live {
	return &Live{Status: status, Code: code, Message: message, At: time.Date(2026, 11, 22, 4, 47, 20, 0, time.UTC)}
}

func judge(t *testing.T, call string, a App, live *Live) Verdict {
	t.Helper()
	method, path, _ := strings.Cut(call, " ")
	return loaded(t).Judge(Question{Method: method, Path: path, App: a, Live: live, Now: judgedAt()})
}

// The kinds of app that a person can have, by what their tokens hold.
func apps() map[string]App {
	return map[string]App{
		"user granular":  app("public", "user:read:user", "meeting:read:list_meetings"),
		"user classic":   app("confidential", "user:read", "meeting:read"),
		"admin granular": app("confidential", "user:read:user:admin", "meeting:read:list_meetings:admin"),
		"admin classic":  app("confidential", "user:read:admin", "meeting:read:admin"),
		"s2s granular":   app("s2s", "user:read:user:admin", "meeting:read:list_meetings:admin"),
		"s2s classic":    app("s2s", "user:read:admin", "meeting:read:admin"),
		"profile only":   app("public", "user_profile"),
		"no scopes":      app("public"),
		"s2s no scopes":  app("s2s"),
		"nobody":         {},
		"fixed":          {Fixed: true, SignedIn: true},
	}
}

// TestJudgeByTable: no answer of Zoom's, each kind of app.
func TestJudgeByTable(t *testing.T) {
	t.Parallel()
	const upcoming, webinars, report = "GET /users/me/upcoming_meetings", "GET /users/me/webinars", "GET /report/daily"
	tests := []struct {
		app, call string
		kind      Kind
		best      string
	}{
		{"user granular", upcoming, AddOne, "meeting:read:list_upcoming_meetings"},
		{"user classic", upcoming, HasIt, ""},
		{"admin granular", upcoming, AddOne, "meeting:read:list_upcoming_meetings:admin"},
		{"admin classic", upcoming, HasIt, ""},
		{"s2s granular", upcoming, AddOne, "meeting:read:list_upcoming_meetings:admin"},
		{"s2s classic", upcoming, HasIt, ""},
		{"no scopes", upcoming, Unknown, "meeting:read:list_upcoming_meetings"},
		{"s2s no scopes", upcoming, Unknown, "meeting:read:list_upcoming_meetings:admin"},
		{"nobody", upcoming, Unknown, "meeting:read:list_upcoming_meetings"},
		{"fixed", upcoming, Unknown, "meeting:read:list_upcoming_meetings"},
		{"user granular", webinars, AddOne, "webinar:read:list_webinars"},
		{"user classic", webinars, AddOne, "webinar:read"},
		{"admin granular", webinars, AddOne, "webinar:read:list_webinars:admin"},
		{"admin classic", webinars, AddOne, "webinar:read:admin"},
		{"s2s classic", webinars, AddOne, "webinar:read:admin"},
		{"user granular", report, WrongAppType, ""}, // only report:read:admin is named
		{"user classic", report, WrongAppType, ""},
		{"admin granular", report, AddOne, "report:read:admin"},
		{"admin classic", report, AddOne, "report:read:admin"},
		{"nobody", report, Unknown, "report:read:admin"},
		{"user granular", "GET /users/me/zak", AddOne, "user:read:zak"},
		{"admin classic", "GET /users/me/zak", AddOne, "user_zak:read"}, // no :admin is named: the bare one
		{"s2s granular", "GET /users/me/zak", AddOne, "user:read:zak:admin"},
		{"user granular", "GET /users", WrongAppType, ""},                   // granular: :admin only; it cannot have a classic one
		{"s2s granular", "GET /accounts/1/lock_settings", WrongAppType, ""}, // granular: :master only
		{"s2s classic", "GET /accounts/1/lock_settings", AddOne, "account:read:admin"},
		{"user granular", "POST /im/chat/messages", AddOne, "imchat:bot"}, // granular: the documents name none at all
		{"user classic", "GET /roles", AddOne, "role:read:list_roles"},    // can be migrated
		{"s2s no scopes", "GET /users", Unknown, "user:read:list_users:admin"},
		{"user granular", "GET /scim2/Users", WrongAppType, ""},
		{"user classic", "GET /chat/spaces", AddOne, "chat:read"}, // not chat:write, which Zoom names first
		{"admin classic", "GET /chat/spaces", AddOne, "chat:read:admin"},
		{"profile only", "GET /users/me", HasIt, ""},                          // user_profile
		{"profile only", "GET /users/aiko@example.test", AddOne, "user:read"}, // opens nobody else's
		{"profile only", "GET /users/{userId}", HasIt, ""},
		{"user granular", "GET /users/me/meetingz", UnknownEndpoint, ""},
		{"no scopes", "GET /users/me/meetingz", UnknownEndpoint, ""},
		{"user granular", "GET /videosdk/sessions", Unknown, ""}, // the documents name no scope
		{"user granular", "", UnknownEndpoint, ""},
	}
	for _, tt := range tests {
		t.Run(tt.app+" "+tt.call, func(t *testing.T) {
			t.Parallel()
			v := judge(t, tt.call, apps()[tt.app], nil)
			if v.Kind != tt.kind || v.Best != tt.best {
				t.Errorf("%s, best %q; want %s, %q\n%+v", v.Kind, v.Best, tt.kind, tt.best, v.Alternatives)
			}
			checkVerdict(t, v)
		})
	}
}

// TestJudgeLive: Zoom's answers, as they have been seen, beat the table.
func TestJudgeLive(t *testing.T) {
	t.Parallel()
	const (
		me, list, webinars, phone = "GET /users/me", "GET /users/me/meetings", "GET /users/me/webinars", "GET /phone/users"
		vague                     = "Invalid Access Token: The access token is invalid, expired, or missing required scopes."
	)
	tests := []struct {
		name, app, call string
		live            *Live
		kind            Kind
		best            string
		reason          Reason
	}{
		{"4711", "user granular", webinars, zoom(400, 4711, "Invalid access token, does not contain scopes:[webinar:read:list_webinars, webinar:read:list_webinars:admin]."), AddOne, "webinar:read:list_webinars", ""},
		{"4711 s2s", "s2s granular", webinars, zoom(400, 4711, "Invalid access token, does not contain scopes:[webinar:read:list_webinars, webinar:read:list_webinars:admin]."), AddOne, "webinar:read:list_webinars:admin", ""},
		{"104 of Zoom Phone", "admin granular", phone, zoom(400, 104, "Invalid access token, does not contain scopes:[phone:read:list_users:admin]."), AddOne, "phone:read:list_users:admin", ""},
		{"104 to a user", "user granular", phone, zoom(400, 104, "Invalid access token, does not contain scopes:[phone:read:list_users:admin]."), WrongAppType, "", ""},
		{"4700 with a list", "user granular", webinars, zoom(401, 4700, "Invalid access token, does not contain required scopes:[webinar:read:list_webinars]."), AddOne, "webinar:read:list_webinars", ""},
		{"4700 without", "user granular", webinars, zoom(401, 4700, vague), AddOne, "webinar:read:list_webinars", ""},
		{"4711, the same words", "user granular", webinars, zoom(401, 4711, vague), AddOne, "webinar:read:list_webinars", ""},
		{"4700 with the scope", "user granular", list, zoom(401, 4700, vague), OldSignIn, "", ""},
		{"4700 without, no call", "nobody", "", zoom(401, 4700, vague), Unknown, "", ""},
		{"4700 without, no call, signed in", "user granular", "", zoom(401, 4700, vague), Unknown, "", ""},
		{"4700 without, the scopes of the token are not known", "no scopes", webinars, zoom(401, 4700, vague), Unknown, "webinar:read:list_webinars", ""},
		{"4700 without, the documents name none", "user granular", "GET /videosdk/sessions", zoom(401, 4700, vague), Unknown, "", ""},
		{"4700 alone", "user granular", list, zoom(400, 4700, ""), NotAScope, "", ReasonServer},
		{"4700, no call", "nobody", "", zoom(0, 4700, ""), NotAScope, "", ReasonServer},
		{"4700 exception", "user granular", list, zoom(400, 4700, "exception"), NotAScope, "", ReasonServer},
		{"4700 of a token", "user granular", list, zoom(401, 4700, "Invalid access token."), NotAScope, "", ReasonToken},
		{"4711 with words of a token", "user granular", webinars, zoom(400, 4711, "Invalid access token."), AddOne, "webinar:read:list_webinars", ""},
		{"4711 with a typing mistake", "nobody", "", zoom(400, 4711, "Invalid access token, does not contian scopes:[user:read:user]."), AddOne, "user:read:user", ""},
		{"200 of a time limit", "user granular", list, zoom(400, 200, "Call time out"), NotAScope, "", ReasonServer},
		{"number alone", "user granular", webinars, zoom(400, 4711, ""), AddOne, "webinar:read:list_webinars", ""},
		{"mixed list", "user classic", webinars, zoom(400, 4711, "Invalid access token, does not contain scopes:[webinar:read:list_webinars, webinar:read:admin, webinar:read]."), AddOne, "webinar:read", ""},
		{"with :master", "s2s granular", webinars, zoom(400, 4711, "does not contain scopes:[webinar:read:list_webinars:master, webinar:read:list_webinars:admin]"), AddOne, "webinar:read:list_webinars:admin", ""},
		{"only :master", "s2s granular", webinars, zoom(400, 4711, "does not contain scopes:[meeting:read:summary:master]"), WrongAppType, "", ""},
		{"typing mistake of Zoom's", "admin classic", "POST /divisions", zoom(400, 4711, "does not contain scopes:[division:wirte:admin]."), AddOne, "division:wirte:admin", ""},
		{"a blank in the name", "s2s granular", "POST /contact_center/queues/q1/dispositions", zoom(400, 4711, "does not contain scopes:[contact_center:write:queue disposition:admin]."), AddOne, "contact_center:write:queue disposition:admin", ""},
		{"names nobody knows", "user granular", webinars, zoom(400, 4711, "does not contain scopes:[new:read:thing]."), AddOne, "new:read:thing", ""},
		{"held", "user granular", list, zoom(400, 4711, "does not contain scopes:[meeting:read:list_meetings, meeting:read:list_meetings:admin]."), OldSignIn, "", ""},
		{"held, s2s", "s2s granular", list, zoom(400, 4711, "does not contain scopes:[meeting:read:list_meetings, meeting:read:list_meetings:admin]."), OldSignIn, "", ""},
		{"the scopes of the token are not known", "no scopes", list, zoom(400, 4711, "does not contain scopes:[meeting:read:list_meetings]."), AddOne, "meeting:read:list_meetings", ""},
		{"a call that the table lacks", "user granular", "GET /nothing/here", zoom(400, 4711, "does not contain scopes:[nothing:read:here]."), AddOne, "nothing:read:here", ""},
		{"no call", "nobody", "", zoom(400, 4711, "does not contain scopes:[user:read:user, user:read:user:admin]."), AddOne, "user:read:user", ""},
		{"no call, no name", "nobody", "", zoom(400, 4711, ""), AddOne, "", ""},
		{"made", "user granular", list, zoom(200, 0, ""), HasIt, "", ""},
		{"made against the table", "user granular", webinars, zoom(204, 0, ""), HasIt, "", ""},
		{"2300", "user granular", "GET /users/me/meetingz", zoom(404, 2300, "This API endpoint is not recognized."), UnknownEndpoint, "", ""},
		{"2300 of a known one", "user granular", list, zoom(404, 2300, "This API endpoint is not recognized."), UnknownEndpoint, "", ""},
		{"404 alone", "user granular", "GET /users/me/meetingz", zoom(404, 0, ""), UnknownEndpoint, "", ""},
		{"404 alone of a known one", "user granular", "GET /meetings/123", zoom(404, 0, ""), NotAScope, "", ReasonThing},
		{"expired", "user granular", list, zoom(401, 124, "Access token is expired."), NotAScope, "", ReasonToken},
		{"invalid", "user granular", me, zoom(401, 124, "Invalid access token."), NotAScope, "", ReasonToken},
		{"none sent", "user granular", me, zoom(401, 124, "Requires an access token."), NotAScope, "", ReasonToken},
		{"in the address", "user granular", me, zoom(401, 124, "Invalid access token, not supported as query parameter string."), NotAScope, "", ReasonToken},
		{"401 alone", "user granular", me, zoom(401, 0, ""), NotAScope, "", ReasonToken},
		{"app-only token", "user granular", me, zoom(400, 200, "Invalid api key or secret."), NotAScope, "", ReasonToken},
		{"role", "user granular", me, zoom(400, 200, "No permission."), NotAScope, "", ReasonRole},
		{"403", "user granular", me, zoom(403, 0, ""), NotAScope, "", ReasonRole},
		{"restricted", "user granular", me, zoom(403, 2305, "Restricted."), NotAScope, "", ReasonRole},
		{"plan", "user granular", list, zoom(400, 200, "Only available for paid account: q6gBJVO5TzexKYTb_I2rpg."), NotAScope, "", ReasonPlan},
		{"plan, against the table", "user granular", webinars, zoom(400, 200, "Webinar plan is missing."), NotAScope, "", ReasonPlan},
		{"licence", "user granular", list, zoom(400, 3161, "Your user account is not allowed meeting hosting and scheduling capabilities."), NotAScope, "", ReasonPlan},
		{"user", "user granular", me, zoom(404, 1001, "User does not exist: x."), NotAScope, "", ReasonUser},
		{"user, by another number", "user granular", "GET /users/me/upcoming_meetings", zoom(404, 3001, "User does not exist."), NotAScope, "", ReasonUser},
		{"other account", "user granular", me, zoom(404, 1010, "User does not belong to this account."), NotAScope, "", ReasonUser},
		{"meeting", "user granular", "GET /meetings/123", zoom(404, 3001, "Meeting does not exist: 123."), NotAScope, "", ReasonThing},
		{"value", "user granular", list, zoom(400, 300, "Validation Failed."), NotAScope, "", ReasonRequest},
		{"page token", "user granular", list, zoom(400, 300, "The next page token is invalid or expired."), NotAScope, "", ReasonRequest},
		{"too fast", "user granular", list, zoom(429, 429, "You have reached the maximum per-second rate limit for this API. Try again later."), NotAScope, "", ReasonRate},
		{"day", "user granular", list, zoom(429, 429, "You have reached the maximum daily rate limit for this API."), NotAScope, "", ReasonRate},
		{"server", "user granular", list, zoom(502, 0, ""), NotAScope, "", ReasonServer},
		{"unknown words, held", "user granular", list, zoom(400, 98765, "Nope."), NotAScope, "", ReasonOther},
		{"unknown words, not held", "user granular", webinars, zoom(400, 98765, "Nope."), AddOne, "webinar:read:list_webinars", ""},
		{"an empty answer", "user granular", webinars, &Live{}, AddOne, "webinar:read:list_webinars", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, tt.call, apps()[tt.app], tt.live)
			if v.Kind != tt.kind || v.Best != tt.best || v.Reason != tt.reason {
				t.Errorf("%s, best %q, reason %q; want %s, %q, %q\n%+v", v.Kind, v.Best, v.Reason, tt.kind, tt.best, tt.reason, v.Alternatives)
			}
			checkVerdict(t, v)
			if v.Kind != NotAScope && strings.Contains(v.Headline+v.Why, "expired") || v.Kind == AddOne && strings.Contains(v.Headline, "run out") {
				t.Errorf("a missing scope is called expired: %s %s", v.Headline, v.Why)
			}
		})
	}
}

// checkVerdict holds what every verdict owes the reader.
func checkVerdict(t *testing.T, v Verdict) {
	t.Helper()
	texts := []string{v.Headline, v.Why}
	for _, s := range v.Steps {
		texts = append(texts, s.Text)
	}
	for _, text := range texts {
		if strings.ContainsAny(text, "{}\n") && !strings.Contains(text, "{userId}") || strings.Contains(text, "  ") || strings.Contains(text, "..") {
			t.Errorf("not a clean sentence: %q", text)
		}
		if text != "" && !strings.HasSuffix(text, ".") {
			t.Errorf("no full stop: %q", text)
		}
	}
	if v.Headline == "" || v.Source == "" {
		t.Errorf("says nothing: %+v", v)
	}
	if len(v.Steps) == 0 && v.Kind != HasIt && (v.Kind != Unknown || v.Question.Method == "GET") {
		t.Errorf("%s, and no step", v.Kind)
	}
	if len(v.Steps) > 3 {
		t.Errorf("%d steps", len(v.Steps))
	}
	i := slices.IndexFunc(v.Alternatives, func(a Alternative) bool { return a.Name == v.Best })
	if v.Best != "" && (i != 0 || !v.Alternatives[i].Fit.OK) {
		t.Errorf("the best one, %q, is not the first that fits: %+v", v.Best, v.Alternatives)
	}
	for _, a := range v.Alternatives {
		if a.Fit.Reason == "" {
			t.Errorf("%s has no reason", a.Name)
		}
	}
}

// TestVerdictWords: what a person reads, whole.
func TestVerdictWords(t *testing.T) {
	t.Parallel()
	v := judge(t, "GET /users/me/upcoming_meetings", apps()["user granular"], nil)
	want := []string{
		"ADD ONE: Zoom wants any ONE of these, your token has none.",
		"If the app has it already, this sign-in is older than the change; or your app may list it as optional, and this sign-in did not grant it.",
		"+ meeting:read:list_upcoming_meetings: this one fits your app",
		"- meeting:read:list_upcoming_meetings:admin: not for user-managed apps",
		"- meeting:read: classic: apps made before March 2024",
		"- meeting:read:admin: classic: apps made before March 2024",
		"copy: Copy the name: meeting:read:list_upcoming_meetings.",
		"market: Open Marketplace › Manage › your app …x7Qa › Scopes › Add Scopes, choose it and save.",
		"sign-in: Then sign in again: a refresh does not add scopes; this sign-in is from 14 Nov.",
		"Zoom's documents of 2026-03",
	}
	if diff := cmp.Diff(want, wordsOf(v)); diff != "" {
		t.Error(diff)
	}
}

func wordsOf(v Verdict) []string {
	lines := []string{string(v.Kind) + ": " + v.Headline, v.Why}
	for _, a := range v.Alternatives {
		mark := "- "
		if a.Fit.OK {
			mark = "+ "
		}
		lines = append(lines, mark+a.Name+": "+a.Fit.Reason)
	}
	for _, s := range v.Steps {
		lines = append(lines, string(s.Act)+": "+s.Text)
	}
	return append(lines, v.Source)
}

// TestVerdictSays: what matters in each situation stands in its words.
func TestVerdictSays(t *testing.T) {
	t.Parallel()
	const list, webinars = "GET /users/me/meetings", "GET /users/me/webinars"
	missing := zoom(400, 4711, "Invalid access token, does not contain scopes:[meeting:read:list_meetings, meeting:read:list_meetings:admin].")
	admin := zoom(400, 4711, "Invalid access token, does not contain scopes:[webinar:read:list_webinars:admin].")
	lapsed := apps()["user granular"]
	lapsed.SignedInAt = time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC)
	today := apps()["user granular"]
	today.SignedInAt = time.Date(2026, 11, 22, 0, 12, 0, 0, time.UTC)
	tests := []struct {
		name, call string
		app        App
		live       *Live
		want       []string
	}{
		{"the sign-in of another year", webinars, lapsed, nil, []string{"this sign-in is from 2 Jan 2025"}},
		{"the sign-in of today", webinars, today, nil, []string{"this sign-in is from today, 09:12"}},
		{"server-to-server", webinars, apps()["s2s granular"], nil, []string{"fetch a new token", "up to an hour"}},
		{"old sign-in", list, apps()["user granular"], missing, []string{"was granted meeting:read:list_meetings", "Sign in again", "14 Nov", "Zoom's answer of 13:47:20"}},
		{"old token", list, apps()["s2s granular"], missing, []string{"Fetch a new token", "up to an hour"}},
		{"wrong type", "GET /report/daily", apps()["user granular"], nil, []string{"No user-managed app", ":admin", "report:read:admin"}},
		{"wrong type by its style", "GET /users", apps()["user granular"], nil, []string{"No granular user-managed app", "All granular scopes", "The classic user:read would do", "there: user:read:list_users:admin."}},
		{"wrong type of an account", "GET /accounts/1/lock_settings", apps()["s2s granular"], nil, []string{"No granular app of a single account", ":master", "The classic account:read:admin would do"}},
		{"wrong type, a mixed answer", "GET /users", apps()["user granular"], zoom(400, 4711, "does not contain scopes:[user:read, user:read:list_users:admin]"), []string{"WRONG APP TYPE", "- user:read: classic: apps made before March 2024"}},
		{"wrong type, nothing of one account", "GET /accounts", apps()["user granular"], zoom(400, 4711, "does not contain scopes:[account:read:list_sub_accounts:master, account:master]"), []string{"No app of a single account", "- account:master: for sub accounts"}},
		{"wrong type, two levels", "GET /accounts/1/lock_settings", apps()["user granular"], nil, []string{"No user-managed app", "in :admin or :master"}},
		{"to be migrated", "GET /roles", apps()["user classic"], nil, []string{"migrate the app to granular scopes, then add"}},
		{"two would do", "GET /chat/spaces", apps()["admin classic"], nil, []string{"+ chat:read:admin: this one fits your app", "+ chat:write:admin: would do too"}},
		{"the id of another", "GET /users/aiko@example.test", apps()["user granular"], nil, []string{"HAS IT: The scope is there, but only me", "its own user only", "for the own user: GET /users/me."}},
		{"a short id of another", "GET /users/u/meetings/1", apps()["user granular"], nil, []string{"UNKNOWN ENDPOINT"}},
		{"a letter for another", "GET /users/u/meetings", apps()["user granular"], nil, []string{"HAS IT: The scope is there, but only me", "GET /users/me/meetings."}},
		{"the id of another, classic", "GET /v2/users/xyz/meetings?page_size=1", apps()["user classic"], nil, []string{"HAS IT: The scope is there, but only me", "GET /users/me/meetings."}},
		{"the id of another, no scope", "GET /users/123/webinars", apps()["user granular"], nil, []string{"ADD ONE", "its own user only"}},
		{"the id of another, nobody", "GET /users/123/meetings", App{}, nil, []string{"nobody is signed in", "Should the app be user-managed, it reaches its own user only"}},
		{"the id of another, Zoom Phone", "GET /phone/users/123", apps()["no scopes"], nil, []string{"it reaches its own user only"}},
		{"4700 in vague words", "", App{}, zoom(401, 4700, "Invalid Access Token: The access token is invalid, expired, or missing required scopes."), []string{"UNKNOWN: Zoom's words leave open", "sign-in: Sign in again"}},
		{"4700 in vague words, s2s", "", apps()["s2s granular"], zoom(401, 4700, "is invalid, expired, or missing required scopes."), []string{"sign-in: Fetch a new token"}},
		{"4700 without words", list, apps()["user granular"], zoom(400, 4700, ""), []string{"5 seconds, once", "tracking id"}},
		{"Zoom names others", webinars, apps()["s2s granular"], admin, []string{"Zoom's answer of 13:47:20 names webinar:read:list_webinars:admin; the documents of 2026-03 name webinar:read:list_webinars, webinar:read:list_webinars:admin"}},
		{"the token of the environment", webinars, apps()["fixed"], nil, []string{"of the environment", "nothing is known of the app"}},
		{"the token of the environment, refused", webinars, apps()["fixed"], admin, []string{"ZOOM_ACCESS_TOKEN", "environment"}},
		{"no scopes named", webinars, apps()["no scopes"], nil, []string{"named no scopes", "Scopes are not inside a token"}},
		{"nobody", webinars, App{}, nil, []string{"nobody is signed in"}},
		{"nobody, refused", webinars, App{}, admin, []string{"Which one depends on the app"}},
		{"other style", "GET /report/daily", apps()["admin granular"], nil, []string{"Your app has granular scopes, and only classic ones", "before March 2024"}},
		{"made against the table", webinars, apps()["user granular"], zoom(200, 0, ""), []string{"Zoom let the call through; Zoom's documents name webinar:read:list_webinars"}},
		{"Zoom's sentence", list, apps()["user granular"], zoom(403, 200, "No permission\x1b for eyJhbGciOiJIUzUxMiJ9.abc."), []string{"Zoom says: No permission", "[redacted]"}},
		{"both in the way", webinars, apps()["user granular"], zoom(401, 124, "Access token is expired."), []string{"has run out", "a scope will be missing too"}},
		{"not known any more", list, apps()["user granular"], zoom(404, 2300, ""), []string{"though its documents name it", "The nearest that is known"}},
		{"typing mistake", "GET /users/me/meetingz", App{}, nil, []string{"name no GET /users/me/meetingz", "GET /users/{userId}/meetings"}},
		{"the version twice", "GET /v2/v2/users/me/meetings", App{}, nil, []string{"name no GET /v2/v2/users/me/meetings", "/v2 stands in the path twice"}},
		{"a token in the address", "GET /nothing?access_token=hush", App{}, nil, []string{"name no GET /nothing."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, tt.call, tt.app, tt.live)
			said := strings.Join(append(wordsOf(v), v.Disagrees), "\n")
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("nothing says %q:\n%s", want, said)
				}
			}
			checkVerdict(t, v)
		})
	}
}

// TestClassicAppOnly: Zoom names granular scopes, and the documents a classic one,
// which is the only kind that a classic app can add.
func TestClassicAppOnly(t *testing.T) {
	t.Parallel()
	live := zoom(400, 4711, "Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].")
	v := judge(t, "GET /users/me", app("confidential", "meeting:read"), live)
	if v.Kind != AddOne || v.Best != "user:read" || !strings.Contains(v.Why, "user:read as well") {
		t.Errorf("a classic app is told %s %s %q", v.Kind, v.Best, v.Why)
	}
	if v = judge(t, "GET /users/me", app("confidential", "meeting:read", "user:read"), live); v.Kind != OldSignIn {
		t.Errorf("a classic app that has user:read is told %s %s", v.Kind, v.Best)
	}
	if v = judge(t, "GET /users/me", app("public", "meeting:read:meeting"), live); v.Best != "user:read:user" || len(v.Alternatives) != 2 {
		t.Errorf("a granular app is told %s, of %v", v.Best, v.Alternatives)
	}
}

// TestNamedUser: whether a call names a user, the own one included.
func TestNamedUser(t *testing.T) {
	t.Parallel()
	own := apps()["user granular"]
	tests := []struct {
		name, call string
		app        App
		named      bool
	}{
		{"me", "GET /users/me/meetings", own, false},
		{"a template", "GET /users/{userId}/meetings", own, false},
		{"an id", "GET /users/KDcuGIm1QgePTO8WbOqwIQ/meetings", own, true},
		{"a short one", "GET /users/123/meetings", own, true},
		{"an address", "GET /users/ben@example.test", own, true},
		{"an escaped address", "GET /users/Aiko%40example.test/meetings", own, true},
		{"a call of its own", "GET /users/summary", own, false},
		{"no user in the path", "GET /meetings/123", own, false},
		{"an app of the account", "GET /users/123/meetings", apps()["s2s granular"], true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, tt.call, tt.app, nil)
			warns := tt.named && tt.app.Type == UserManaged
			if v.NamesUser() != tt.named || (v.OwnUserOnly() != "") != warns || strings.Contains(v.Headline, "only me") != (warns && v.Kind == HasIt) {
				t.Errorf("names a user: %v, warns %q, says %q", v.NamesUser(), v.OwnUserOnly(), v.Headline)
			}
		})
	}
}
