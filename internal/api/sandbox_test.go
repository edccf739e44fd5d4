package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
)

// signIn starts a Zoom of our own, plays the code flow with plain HTTP and
// gives a client that holds the token, with its recorder.
func signIn(t *testing.T, o sandbox.Options) (*sandbox.Server, *Client, *Recorder) {
	t.Helper()
	zoom, err := sandbox.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	app, ok := zoom.App(sandbox.KindConfidential)
	if !ok {
		t.Fatal("no confidential app")
	}
	link := zoom.URL() + "/oauth/authorize?" + url.Values{
		"response_type": {"code"}, "client_id": {app.ClientID}, "redirect_uri": {app.RedirectURIs[0]}, "state": {"s"},
		"code_challenge": {codeVerifier}, "code_challenge_method": {"plain"},
	}.Encode()
	callback, err := sandbox.Browser{}.Answer(t.Context(), link, "allow")
	if err != nil {
		t.Fatal(err)
	}
	back, err := url.Parse(callback)
	if err != nil {
		t.Fatal(err)
	}
	recorder := NewRecorder(nil, RecorderOptions{})
	form := url.Values{"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {app.RedirectURIs[0]}, "code_verifier": {codeVerifier}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, zoom.URL()+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(app.ClientID, app.ClientSecret)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := (&http.Client{Transport: recorder}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
		APIURL      string `json:"api_url"`
	}
	if err := json.NewDecoder(res.Body).Decode(&token); err != nil || token.AccessToken == "" {
		t.Fatalf("no token: %v", err)
	}
	c, _ := newTestClient(zoom.URL())
	c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+token.AccessToken)
		return recorder.RoundTrip(r)
	})
	return zoom, c, recorder
}

// codeVerifier is a PKCE verifier (RFC 7636 section 4.1).
const codeVerifier = "a-verifier-of-at-least-forty-three-characters"

// TestSandboxCalls: every typed call against a Zoom that knows nothing of our types.
func TestSandboxCalls(t *testing.T) {
	t.Parallel()
	zoom, c, recorder := signIn(t, sandbox.Options{})
	u, err := c.Me(t.Context())
	if err != nil || u.ID == "" || !strings.Contains(u.Email, "@") || u.Name() == "" || u.Plan() == "" || u.PMI == 0 || u.CreatedAt.IsZero() || len(u.LoginTypes) == 0 {
		t.Errorf("Me = %+v, %v", u, err)
	}
	hosted := collect(t, c, MeetingsQuery{Type: TypeUpcoming})
	if len(hosted) == 0 || hosted[0].ID == 0 || hosted[0].Topic == "" || hosted[0].JoinURL == "" || hosted[0].HostID != u.ID {
		t.Fatalf("Meetings = %+v", hosted)
	}
	upcoming, err := c.UpcomingMeetings(t.Context())
	if err != nil || len(upcoming) == 0 {
		t.Fatalf("UpcomingMeetings = %+v, %v", upcoming, err)
	}
	invited := 0
	for _, m := range upcoming {
		if m.Start.IsZero() || m.ID == 0 || m.Topic == "" || m.JoinURL == "" {
			t.Errorf("a row with holes: %+v", m)
		}
		if !m.IsHost {
			invited++
		}
	}
	if invited == 0 {
		t.Error("no invitation in the demo week")
	}
	var timed Meeting
	for _, m := range hosted {
		if !m.Start.IsZero() {
			timed = m
			break
		}
	}
	d, err := c.Meeting(t.Context(), timed.ID)
	if err != nil || d.ID != timed.ID || d.Topic != timed.Topic || d.Status == "" {
		t.Errorf("Meeting = %+v, %v", d, err)
	}
	cached, err := json.Marshal(map[string]any{"detail": d, "upcoming": upcoming})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"start_url", "zak=", "password", "passcode"} {
		if strings.Contains(string(cached), secret) {
			t.Errorf("%q is in what a cache would hold", secret)
		}
	}
	_, err = c.Meeting(t.Context(), 1)
	if e, ok := errors.AsType[*Error](err); !ok || e.HTTPStatus != 404 || e.Code != 3001 || e.TrackingID == "" {
		t.Errorf("a meeting that is gone: %+v", err)
	}
	_, err = c.Do(t.Context(), Request{Path: "/users/me/nothing"})
	if p := explain.Of(err); !strings.Contains(p.What, "GET /users/me/nothing") || p.Facts.Code != 2300 {
		t.Errorf("an unknown endpoint: %+v", p)
	}
	calls := recorder.Calls()
	if calls[0].Path != "/oauth/token" || calls[0].Status != 200 || calls[1].RateCategory != "Light" || calls[1].TrackingID == "" {
		t.Errorf("recorded %+v", calls[:2])
	}
	if zoom.Counts()["GET /v2/users/me"] != 1 {
		t.Errorf("counts %v", zoom.Counts())
	}
}

// TestSandboxPages: a long list comes whole, in several pages, and stops when the caller stops.
func TestSandboxPages(t *testing.T) {
	t.Parallel()
	zoom, c, _ := signIn(t, sandbox.Options{Meetings: 650})
	all := collect(t, c, MeetingsQuery{Type: TypeUpcoming})
	seen := map[string]bool{}
	for _, m := range all {
		seen[m.UUID+m.Start.String()] = true
	}
	if len(all) < 650 || len(seen) != len(all) {
		t.Errorf("%d meetings, %d different", len(all), len(seen))
	}
	if n := zoom.Counts()["GET /v2/users/me/meetings"]; n != (len(all)+299)/300 {
		t.Errorf("%d pages for %d meetings", n, len(all))
	}
	before := zoom.Counts()["GET /v2/users/me/meetings"]
	for _, err := range c.Meetings(t.Context(), MeetingsQuery{PageSize: 10}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if after := zoom.Counts()["GET /v2/users/me/meetings"]; after != before+1 {
		t.Errorf("a stopped walk fetched %d pages", after-before)
	}
}

// TestSandboxFaults: each fault is told apart, and one broken list leaves the others alone.
func TestSandboxFaults(t *testing.T) {
	t.Parallel()
	me := func(ctx context.Context, c *Client) error { _, err := c.Me(ctx); return err }
	upcoming := func(ctx context.Context, c *Client) error { _, err := c.UpcomingMeetings(ctx); return err }
	tests := []struct {
		fault  string
		call   func(context.Context, *Client) error
		class  explain.Class
		status int
		says   string // piece of the explanation
		daily  bool
	}{
		{"expire-access", me, explain.SignIn, 401, "has run out", false},
		{"revoke-grant", me, explain.SignIn, 401, "does not accept this access token", false},
		{"drop-scope-upcoming", upcoming, explain.Scope, 400, "meeting:read:list_upcoming_meetings", false},
		{"rate-second", me, explain.RateLimit, 429, "Too many calls at once", false},
		{"rate-day", me, explain.RateLimit, 429, "no more calls of this kind until", true},
		{"server-500", me, explain.Network, 500, "trouble of its own", false},
		{"html-answer", me, explain.Network, 502, "web page", false},
	}
	for _, tt := range tests {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			zoom, c, _ := signIn(t, sandbox.Options{Clock: testTime})
			if err := zoom.SetFault(tt.fault, true); err != nil {
				t.Fatal(err)
			}
			err := tt.call(t.Context(), c)
			e, ok := errors.AsType[*Error](err)
			if !ok || e.HTTPStatus != tt.status || e.Daily != tt.daily {
				t.Fatalf("error is %+v", err)
			}
			p := explain.Of(err)
			if p.Class() != tt.class || !strings.Contains(p.What+p.Why, tt.says) {
				t.Errorf("%v: %s %s", p.Class(), p.What, p.Why)
			}
			if tt.daily && !e.RetryAt.Equal(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("RetryAt is %v", e.RetryAt)
			}
			if tt.class == explain.Scope {
				if len(e.MissingScopes) == 0 {
					t.Error("no scope is named")
				}
				if err := me(t.Context(), c); err != nil {
					t.Errorf("another call suffers: %v", err)
				}
			}
		})
	}
}

// TestSandboxOnce: the limit of a second is waited out without a word.
func TestSandboxOnce(t *testing.T) {
	t.Parallel()
	zoom, c, recorder := signIn(t, sandbox.Options{})
	if err := zoom.SetFault("rate-second-once", true); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Me(t.Context()); err != nil {
		t.Fatal(err)
	}
	calls := recorder.Calls()
	refused := calls[len(calls)-2]
	if refused.Status != 429 || refused.ZoomCode != 429 || refused.RateRemaining != 0 || calls[len(calls)-1].Status != 200 {
		t.Errorf("recorded %+v", calls)
	}
}

// TestSandboxSlow: the caller's deadline holds while Zoom dawdles.
func TestSandboxSlow(t *testing.T) {
	t.Parallel()
	zoom, c, recorder := signIn(t, sandbox.Options{Slow: time.Minute})
	if err := zoom.SetFault("slow", true); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := c.Me(ctx)
	if !errors.Is(err, context.DeadlineExceeded) || explain.Of(err).Class() != explain.Network {
		t.Errorf("error is %v", err)
	}
	calls := recorder.Calls()
	if last := calls[len(calls)-1]; last.Err != "timeout" || last.Status != 0 {
		t.Errorf("recorded %+v", last)
	}
}

func collect(t *testing.T, c *Client, q MeetingsQuery) []Meeting {
	t.Helper()
	var out []Meeting
	for m, err := range c.Meetings(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	return out
}
