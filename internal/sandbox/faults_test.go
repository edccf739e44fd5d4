package sandbox

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFaultsAreForPeople(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	seen := map[string]bool{}
	for _, f := range s.Faults() {
		if f.Name == "" || f.Title == "" || f.Help == "" || strings.Contains(f.Help, "\n") || len(f.Title) > 40 || f.On || seen[f.Name] {
			t.Errorf("fault %+v", f)
		}
		seen[f.Name] = true
	}
	for _, name := range []string{
		"expire-access", "revoke-grant", "drop-scope-upcoming", "drop-scope-meetings", "drop-scope-user", "rate-second", "rate-day",
		"server-500", "html-answer", "slow", "cut-after-rotation", "cut-after-rotation-grace", "clock-ahead", "clock-behind",
		"device-off", "device-expired", "device-slow-down", "device-pending", "browser-invalid-redirect", "browser-invalid-client",
		"browser-invalid-scope", "browser-admin-required", "browser-other-account", "s2s-me-refused", "s2s-inactive",
		"scope-added", "docs-disagree", "scope-4700", "scope-104", "token-no-scope", "role-missing", "answer-5mb", "answer-50mb", "rate-headers",
	} {
		if !seen[name] {
			t.Errorf("no fault %s", name)
		}
	}
	if err := s.SetFault("nonsense", true); err == nil {
		t.Error("an unknown fault was accepted")
	}
}

func TestExpireAccess(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	setFault(t, s, "expire-access", true)
	wantAPIError(t, api(t, s, got.access, "/users/me"), 401, `{"code":124,"message":"Access token is expired."}`)
	fresh := readTokens(t, token(t, s, app, refreshForm(got.refresh)))
	if r := api(t, s, fresh.access, "/users/me"); r.status != 200 {
		t.Errorf("after a refresh: %d %s", r.status, r.body)
	}
	if slices.ContainsFunc(s.Faults(), func(f Fault) bool { return f.On }) {
		t.Error("it happens once and does not stay on")
	}
}

func TestRevokeGrant(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	got := signIn(t, s, app)
	setFault(t, s, "revoke-grant", true)
	wantAPIError(t, api(t, s, got.access, "/users/me"), 401, `{"code":124,"message":"Invalid access token."}`)
	wantRefusal(t, token(t, s, app, refreshForm(got.refresh)), "Invalid Token!", "invalid_grant")
	again := signIn(t, s, app)
	if r := api(t, s, again.access, "/users/me"); r.status != 200 {
		t.Errorf("after a new sign-in: %d %s", r.status, r.body)
	}
}

func TestDropScope(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ fault, path, scope string }{
		{"drop-scope-user", "/users/me", "user:read:user"},
		{"drop-scope-meetings", "/users/me/meetings", "meeting:read:list_meetings"},
		{"drop-scope-upcoming", "/users/me/upcoming_meetings", "meeting:read:list_upcoming_meetings"},
	} {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, KindPublic)
			got := signIn(t, s, app)
			setFault(t, s, tt.fault, true)
			missing := `{"code":4711,"message":"Invalid access token, does not contain scopes:[` + tt.scope + `, ` + tt.scope + `:admin]."}`
			wantAPIError(t, api(t, s, got.access, tt.path), 400, missing)
			refreshed := readTokens(t, token(t, s, app, refreshForm(got.refresh)))
			if slices.Contains(strings.Fields(refreshed.scope), tt.scope) {
				t.Errorf("a refresh brought %s back", tt.scope)
			}
			if slices.Contains(mustApp(t, s, KindPublic).Scopes, tt.scope) {
				t.Error("the app still has the scope")
			}
			wantAPIError(t, api(t, s, signIn(t, s, app).access, tt.path), 400, missing)

			setFault(t, s, tt.fault, false)
			refreshed = signIn(t, s, app)
			if r := api(t, s, refreshed.access, tt.path); r.status != 200 {
				t.Errorf("after adding the scope and signing in again: %d %s", r.status, r.body)
			}
		})
	}
	t.Run("adding a scope needs a new sign-in", func(t *testing.T) {
		t.Parallel()
		s, _ := startAt(t, Options{})
		got := signIn(t, s, mustApp(t, s, KindPublic))
		setFault(t, s, "drop-scope-user", true)
		setFault(t, s, "drop-scope-user", false)
		if r := api(t, s, got.access, "/users/me"); r.json(t)["code"] != 4711. {
			t.Errorf("got %d %s", r.status, r.body)
		}
	})
}

func TestRateFaults(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	perSecond := `{"code":429,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}`

	setFault(t, s, "rate-second", true)
	r := api(t, s, got.access, "/users/me")
	wantAPIError(t, r, 429, perSecond)
	if r.header.Get("X-RateLimit-Type") != "QPS" || r.header.Get("X-RateLimit-Remaining") != "0" || r.header.Get("Retry-After") != "" {
		t.Errorf("headers %v", r.header)
	}
	got = readTokens(t, token(t, s, app, refreshForm(got.refresh))) // the token endpoint is not limited
	setFault(t, s, "rate-second", false)

	setFault(t, s, "rate-second-once", true)
	wantAPIError(t, api(t, s, got.access, "/users/me"), 429, perSecond)
	if r := api(t, s, got.access, "/users/me"); r.status != 200 {
		t.Errorf("the second call: %d", r.status)
	}

	setFault(t, s, "rate-day", true)
	r = api(t, s, got.access, "/users/me/meetings")
	wantAPIError(t, r, 429, `{"code":429,"message":"You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."}`)
	at, err := time.Parse(time.RFC3339, r.header.Get("Retry-After"))
	if err != nil || !at.Equal(time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("Retry-After %q at %s", r.header.Get("Retry-After"), clock.now())
	}
	if r.header.Get("X-RateLimit-Type") != "Daily-limit" || r.header.Get("X-RateLimit-Category") != "Medium" {
		t.Errorf("headers %v", r.header)
	}
}

func TestBrokenAnswers(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	setFault(t, s, "server-500", true)
	if r := api(t, s, got.access, "/users/me"); r.status != 500 {
		t.Errorf("got %d", r.status)
	}
	setFault(t, s, "html-answer", true)
	r := api(t, s, got.access, "/users/me")
	if r.status != 502 || !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") || !strings.HasPrefix(r.body, "<!DOCTYPE html>") {
		t.Errorf("got %d %s", r.status, r.body)
	}
	if r := get(t, authorizeURL(s, app)); r.status != 200 {
		t.Errorf("the authorize page must stay usable: %d", r.status)
	}
	readTokens(t, token(t, s, app, refreshForm(got.refresh)))
}

func TestSlow(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{Slow: 150 * time.Millisecond})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	setFault(t, s, "slow", true)
	for name, do := range map[string]func() reply{
		"api":   func() reply { return api(t, s, got.access, "/users/me") },
		"token": func() reply { return token(t, s, app, refreshForm("x")) },
	} {
		begun := time.Now()
		do()
		if took := time.Since(begun); took < 150*time.Millisecond {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func TestSlowEndsWhenTheClientGoes(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{Slow: time.Hour})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	setFault(t, s, "slow", true)
	if r := get(t, authorizeURL(s, app)); r.status != 200 { // in less than an hour, that is
		t.Errorf("the authorize page must stay usable: %d", r.status)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	form := refreshForm(got.refresh)
	form.Set("client_id", app.ClientID)
	req := request(t, http.MethodPost, s.URL()+"/oauth/token", form).WithContext(ctx)
	failed := make(chan error, 1)
	go func() {
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			resp.Body.Close()
		}
		failed <- err
	}()
	waitFor(t, "the answer to be held back", func() bool { return s.Counts()[countSlow] == 1 })
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	waitFor(t, "the request to end", func() bool {
		s.gate.mu.Lock()
		defer s.gate.mu.Unlock()
		return s.gate.inside == 0
	})
	setFault(t, s, "slow", false)
	readTokens(t, token(t, s, app, refreshForm(got.refresh))) // it was given up before it rotated anything
}

// What is held back goes on when the switch is turned: off, and on for those that
// come later.
func TestSlowEndsWhenSwitched(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{Slow: time.Hour})
	got := signIn(t, s, mustApp(t, s, KindPublic))
	for n, on := range []bool{true, false} {
		setFault(t, s, "slow", true)
		status := make(chan int, 1)
		go func() { status <- api(t, s, got.access, "/users/me").status }()
		waitFor(t, "the answer to be held back", func() bool { return s.Counts()[countSlow] == n+1 })
		setFault(t, s, "slow", on)
		if code := <-status; code != 200 {
			t.Errorf("switched to %t, it answers %d", on, code)
		}
	}
	if r := api(t, s, got.access, "/users/me"); r.status != 200 || s.Counts()[countSlow] != 2 {
		t.Errorf("switched off: %d, %v", r.status, s.Counts())
	}
}

func TestCutAfterRotation(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fault   string
		oldGood bool
	}{{"cut-after-rotation", false}, {"cut-after-rotation-grace", true}} {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			s, _ := startAt(t, Options{})
			app := mustApp(t, s, KindPublic)
			got := signIn(t, s, app)
			setFault(t, s, tt.fault, true)
			form := refreshForm(got.refresh)
			form.Set("client_id", app.ClientID)
			resp, err := http.DefaultClient.Do(request(t, http.MethodPost, s.URL()+"/oauth/token", form))
			if err == nil {
				resp.Body.Close()
				t.Fatalf("got an answer: %s", resp.Status)
			}
			r := token(t, s, app, refreshForm(got.refresh))
			if tt.oldGood {
				readTokens(t, r)
				return
			}
			wantRefusal(t, r, "Invalid refresh token", "invalid_grant")
			if r := api(t, s, got.access, "/users/me"); r.status != 200 {
				t.Errorf("the access token lives on for its hour: %d", r.status)
			}
		})
	}
}

func TestRefreshGrace(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindPublic)
	got := signIn(t, s, app)
	setFault(t, s, "refresh-grace", true)
	readTokens(t, token(t, s, app, refreshForm(got.refresh)))
	readTokens(t, token(t, s, app, refreshForm(got.refresh)))
	setFault(t, s, "refresh-grace", false)
	readTokens(t, token(t, s, app, refreshForm(got.refresh)))
	wantRefusal(t, token(t, s, app, refreshForm(got.refresh)), "Invalid refresh token", "invalid_grant")
}

func TestClockFaults(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	date := func() time.Duration {
		at, err := http.ParseTime(token(t, s, mustApp(t, s, KindPublic), url.Values{}).header.Get("Date"))
		if err != nil {
			t.Fatal(err)
		}
		return at.Sub(clock.now())
	}
	setFault(t, s, "clock-ahead", true)
	if d := date(); d != 180*time.Second {
		t.Errorf("ahead by %s", d)
	}
	setFault(t, s, "clock-behind", true)
	if d := date(); d != -180*time.Second {
		t.Errorf("ahead by %s, want behind; one switches the other off", d)
	}
	setFault(t, s, "clock-behind", false)
	if d := date(); d != 0 {
		t.Errorf("off by %s", d)
	}
}

// waitFor polls until something is so.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}
