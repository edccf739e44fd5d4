package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
)

// TestUserInThePath: whoever is named stays one segment of the path.
func TestUserInThePath(t *testing.T) {
	t.Parallel()
	for user, want := range map[string]string{
		"":                          "me",
		"  ":                        "me",
		"me":                        "me",
		"zJKyaiAyTNC-MWjiWC18KQ":    "zJKyaiAyTNC-MWjiWC18KQ",
		"_a=+b":                     "_a=%2Bb",
		" aiko@example.test\n":      "aiko@example.test",
		"aiko+zoom@example.test":    "aiko%2Bzoom@example.test",
		"o'brien%40x@example.test":  "o%27brien%2540x@example.test",
		"愛子@例え.テスト":                 "%E6%84%9B%E5%AD%90@%E4%BE%8B%E3%81%88.%E3%83%86%E3%82%B9%E3%83%88",
		"x/../../oauth/token?a=b#c": "x%2F..%2F..%2Foauth%2Ftoken%3Fa=b%23c",
		`a\b c`:                     "a%5Cb%20c",
	} {
		var asked []string
		server := serve(t, func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.RequestURI)
			answer(200, `{"id":"x","meetings":[]}`)(w, r)
		})
		c := New(Options{Base: func(context.Context) (string, error) { return server.URL, nil }, User: user})
		if _, err := c.Me(t.Context()); err != nil {
			t.Errorf("%q: %v", user, err)
		}
		if got := collect(t, c, MeetingsQuery{}); len(got) != 0 {
			t.Errorf("%q: %v", user, got)
		}
		if _, err := c.UpcomingMeetings(t.Context()); err != nil {
			t.Errorf("%q: %v", user, err)
		}
		path := "/v2/users/" + want
		if diff := cmp.Diff([]string{path, path + "/meetings?page_size=300", path + "/upcoming_meetings"}, asked); diff != "" {
			t.Errorf("%q (-want +got):\n%s", user, diff)
		}
	}
}

// TestUserThatIsNoSegment: no name leads to another path, and none leaves the program.
func TestUserThatIsNoSegment(t *testing.T) {
	t.Parallel()
	for _, user := range []string{".", "..", " .. "} {
		server := serve(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%q asked for %s", user, r.RequestURI) })
		c := New(Options{Base: func(context.Context) (string, error) { return server.URL, nil }, User: user})
		if _, err := c.Me(t.Context()); !errors.Is(err, ErrPath) || explain.Of(err).Class() != explain.Usage {
			t.Errorf("%q: %v", user, err)
		}
		if _, err := c.UpcomingMeetings(t.Context()); !errors.Is(err, ErrPath) {
			t.Errorf("%q: %v", user, err)
		}
	}
}

func FuzzUserSegment(f *testing.F) {
	for _, seed := range []string{"", "me", "a+b@example.test", "../x", "a/b?c#d", "%2e%2e", "\x00\x1b", "愛"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, user string) {
		segment := userSegment(user)
		if strings.ContainsAny(segment, "/?#\\ +\x1b\r\n\t") {
			t.Errorf("%q became %q", user, segment)
		}
		want := strings.TrimSpace(user)
		if want == "" {
			want = "me"
		}
		if back, err := url.PathUnescape(segment); err != nil || back != want {
			t.Errorf("%q came back as %q, %v", user, back, err)
		}
	})
}

// accountClient holds a Server-to-Server token and asks for a user.
func accountClient(t *testing.T, zoom *sandbox.Server, user string) *Client {
	t.Helper()
	app, ok := zoom.App(sandbox.KindS2S)
	if !ok {
		t.Fatal("no Server-to-Server app")
	}
	form := url.Values{"grant_type": {"account_credentials"}, "account_id": {app.AccountID}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, zoom.URL()+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(app.ClientID, app.ClientSecret)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(res.Body).Decode(&token); err != nil || token.AccessToken == "" {
		t.Fatalf("no token: %v", err)
	}
	return New(Options{
		Base: func(context.Context) (string, error) { return zoom.URL(), nil },
		HTTP: &http.Client{Transport: bearer(token.AccessToken)}, Clock: testTime, User: user,
	})
}

// TestServerToServerUser: the profile and the meetings of the user that is named, and nobody else's.
func TestServerToServerUser(t *testing.T) {
	t.Parallel()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	if err := zoom.SetFault("s2s-me-refused", true); err != nil {
		t.Fatal(err)
	}
	c := accountClient(t, zoom, "kenji@example.test")
	u, err := c.Me(t.Context())
	if err != nil || u.Name() != "Kenji Sato" {
		t.Fatalf("Me = %+v, %v", u, err)
	}
	for _, m := range collect(t, c, MeetingsQuery{Type: TypeUpcoming}) {
		if m.HostID != u.ID {
			t.Errorf("a meeting of somebody else: %+v", m)
		}
	}
	upcoming, err := c.UpcomingMeetings(t.Context())
	if err != nil || len(upcoming) == 0 || !upcoming[0].IsHost {
		t.Errorf("UpcomingMeetings = %+v, %v", upcoming, err)
	}
	byID := accountClient(t, zoom, u.ID)
	if again, err := byID.Me(t.Context()); err != nil || again.Email != u.Email {
		t.Errorf("by id: %+v, %v", again, err)
	}
	for _, tt := range []struct{ user, op, what string }{
		{"", "GET /users/me", "whose data"}, {"nobody@example.test", "GET /users/nobody@example.test", "no such user"},
	} {
		c := accountClient(t, zoom, tt.user)
		_, err := c.Me(t.Context())
		e, ok := errors.AsType[*Error](err)
		if !ok || e.HTTPStatus != 404 || e.Code != 1001 || e.Op != tt.op {
			t.Errorf("%q: %v", tt.user, err)
		}
		if p := explain.Of(err); !strings.Contains(p.What, tt.what) {
			t.Errorf("%q is explained as %q", tt.user, p.What)
		}
		_, err = c.UpcomingMeetings(t.Context())
		if e, ok := errors.AsType[*Error](err); !ok || e.Code != 3001 || !strings.Contains(explain.Of(err).What, tt.what) {
			t.Errorf("%q, upcoming meetings: %v", tt.user, err)
		}
	}
	if err := zoom.SetFault("s2s-me-refused", false); err != nil {
		t.Fatal(err)
	}
	if u, err := accountClient(t, zoom, "").Me(t.Context()); err != nil || u.Email != "aiko@example.test" {
		t.Errorf("me, where Zoom lets it pass: %+v, %v", u, err)
	}
}
