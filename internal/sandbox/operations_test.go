package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// send is a call of the API with a body of JSON.
func send(t *testing.T, s *Server, access, method, path, body string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+access)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return call(t, req)
}

// TestEveryOperationIsKnown finds each operation of the documents again by a path with ids in it.
func TestEveryOperationIsKnown(t *testing.T) {
	t.Parallel()
	all, err := documented()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, ops := range all {
		for _, op := range ops {
			n++
			parts := make([]string, len(op.parts))
			for i, part := range op.parts {
				if parts[i] = part; isID(part) {
					parts[i] = "a7Qa/+=:x"
				}
			}
			if got, ok := all.find(op.method, parts); !ok || got.path != op.path {
				t.Errorf("%s %s: found %q", op.method, op.path, got.path)
			}
		}
	}
	if n != 1897 {
		t.Errorf("%d operations", n)
	}
}

// TestMissingScopes: Zoom's words, product by product.
func TestMissingScopes(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := signIn(t, s, mustApp(t, s, KindPublic)).access
	lacks := func(code, scopes string) string {
		return `{"code":` + code + `,"message":"Invalid access token, does not contain scopes:[` + scopes + `]."}`
	}
	for _, tt := range []struct{ name, method, path, want string }{
		{"only an admin can have it", "GET", "/v2/users", lacks("4711", "user:read:list_users:admin")},
		{"a blank in the name", "POST", "/v2/contact_center/queues/q1/dispositions", lacks("4711", "contact_center:write:queue disposition:admin")},
		{"Zoom Phone", "GET", "/v2/phone/users", lacks("104", "phone:read:list_users:admin")},
		{"no granular name", "GET", "/v2/report/daily", lacks("4711", "report:read:admin")},
		{"the user's name first", "PATCH", "/v2/meetings/1", lacks("4711", "meeting:update:meeting, meeting:update:meeting:admin")},
		{"a literal wins over an id", "GET", "/v2/users/me/zak", lacks("4711", "user:read:zak, user:read:zak:admin")},
		{"not below v2", "GET", "/scim2/Users", lacks("4711", "scim2:admin")},
		{"writing", "DELETE", "/v2/users/me", lacks("4711", "user:delete:user, user:delete:user:admin")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wantAPIError(t, send(t, s, access, tt.method, tt.path, ""), 400, tt.want)
		})
	}
}

// TestUnplayedOperations: what is known and not played reads as empty, and refuses to be written.
func TestUnplayedOperations(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := grantWith(t, s, "phone:read:list_users:admin", "user:read:list_schedulers", "user:read:list_schedulers:admin",
		"user:write:user:admin", "user:delete:user:admin", "webinar:read:list_absentees", "meeting:read:list_registrants",
		"cloud_recording:read:list_recording_files", "chat_channel:read", "scim2:admin", "team_chat:read:channel", "phone:read:account_setting:admin").access
	meeting := itoa(s.world.meetings[0].id)
	for _, tt := range []struct {
		name, method, path string
		status             int
		want               string // found in the body
	}{
		{"a list", "GET", "/v2/phone/users?page_size=7", 200, `"page_size":7,"total_records":0,"users":[]`},
		{"a page that is too long", "GET", "/v2/phone/users?page_size=301", 400, `"code":300`},
		{"a list of mine", "GET", "/v2/users/me/schedulers", 200, `"schedulers":[]`},
		{"a list of another's", "GET", "/v2/users/" + kenjiID + "/schedulers", 200, `"schedulers":[]`},
		{"a list of nobody's", "GET", "/v2/users/nobody/schedulers", 404, `{"code":1001,"message":"User does not exist: nobody."}`},
		{"a list of a meeting", "GET", "/v2/meetings/" + meeting + "/registrants", 200, `"registrants":[]`},
		{"a meeting that is not there", "GET", "/v2/meetings/12/registrants", 404, `{"code":3001,"message":"Meeting does not exist: 12."}`},
		{"nothing was recorded", "GET", "/v2/meetings/" + meeting + "/recordings", 404, `{"code":3301,`},
		{"a webinar", "GET", "/v2/past_webinars/9/absentees", 404, `{"code":3001,"message":"Webinar does not exist: 9."}`},
		{"a product without a known code", "GET", "/v2/chat/channels/c1", 404, `{"code":2300,`},
		{"SCIM", "GET", "/scim2/Users", 200, `"Resources":[]`},
		{"writing", "POST", "/v2/users", 403, `{"code":200,"message":"No permission."}`},
		{"deleting", "DELETE", "/v2/users/" + kenjiID, 403, `{"code":200,"message":"No permission."}`},
		{"no scope in the documents", "GET", "/v2/cobrowsesdk/live_sessions", 200, `"live_sessions":[]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if r := send(t, s, access, tt.method, tt.path, ""); r.status != tt.status || !strings.Contains(r.body, tt.want) {
				t.Errorf("got %d %s, want %d %s", r.status, r.body, tt.status, tt.want)
			}
		})
	}
}

// TestEncodedUUIDs: a UUID that begins with a slash, or holds two, has to be encoded twice.
func TestEncodedUUIDs(t *testing.T) {
	t.Parallel()
	all, err := documented()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, path, want string }{
		{"plain", "/v2/past_meetings/abc==", "abc=="},
		{"one slash inside", "/v2/past_meetings/ab%2Fc==", "ab/c=="},
		{"at the front, twice", "/v2/past_meetings/%252Fabc==", "/abc=="},
		{"two inside, twice", "/v2/past_meetings/ab%252F%252Fc%253D", "ab//c="},
		{"at the front, once", "/v2/past_meetings/%2Fabc==", ""},
		{"two inside, once", "/v2/past_meetings/ab%2F%2Fc==", ""},
		{"not at all", "/v2/past_meetings/ab/c==", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			u, err := url.Parse("http://x" + tt.path)
			if err != nil {
				t.Fatal(err)
			}
			parts, ok := apiParts(u)
			got := ""
			if op, known := all.find("GET", parts); ok && known {
				got = parts[len(op.parts)-1]
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// FuzzPath: whatever stands in a path, the server answers with JSON of Zoom's form.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/users/me", "/meetings/%252F%252F", "/%", "//", "/users/%2e%2e/x", "/past_meetings/%25"} {
		f.Add("GET", seed)
	}
	all, err := documented()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, method, path string) {
		u, err := url.ParseRequestURI("/v2" + path)
		if err != nil {
			return
		}
		parts, ok := apiParts(u)
		if !ok {
			return
		}
		if op, known := all.find(method, parts); known {
			if op.name(parts) == "" || len(op.parts) != len(parts) {
				t.Errorf("%q is %v", path, op)
			}
			_, _ = op.firstID(parts), op.plural()
		}
	})
}

// TestZAK: a ZAK starts meetings and reads nothing.
func TestZAK(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	access := grantWith(t, s, "user_zak:read", "user:read:token", "user:read:user").access
	var zak struct{ Token string }
	if err := json.Unmarshal([]byte(send(t, s, access, "GET", "/v2/users/me/zak", "").body), &zak); err != nil || !strings.HasPrefix(zak.Token, "eyJ") {
		t.Fatalf("ZAK %q %v", zak.Token, err)
	}
	wantAPIError(t, api(t, s, zak.Token, "/users/me"), 401, `{"code":124,"message":"Invalid access token."}`)
	wantAPIError(t, api(t, s, access, "/users/me/token?type=token"), 400,
		`{"code":300,"message":"Token is no longer supported. Please use ZAK token instead."}`)
	if r := api(t, s, access, "/users/me/token?type=zak"); r.status != 200 {
		t.Errorf("type=zak: %d %s", r.status, r.body)
	}
}
