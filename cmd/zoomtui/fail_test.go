package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
)

// failing is a run of the program with its streams in memory.
func failing(style errorStyle) (*cli, *bytes.Buffer, *bytes.Buffer) {
	var out, talk bytes.Buffer
	c := &cli{
		stdio: stdio{strings.NewReader(""), &out, &talk}, getenv: func(string) string { return "" },
		clock: time.Now, errors: style,
	}
	return c, &out, &talk
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		err  error
		code int
		says string // on stderr
	}{
		{"nothing failed", nil, 0, ""},
		{"something unforeseen", errors.New("the disk is on fire"), 1, "The disk is on fire."},
		{"wrong use", &usageError{what: "There is no command.", command: "zoomtui"}, 2, "zoomtui --help"},
		{"settings", &config.Error{What: "profile p: client_id is missing", Path: "/c.toml"}, 2, "Correct it in /c.toml"},
		{"signed out", &auth.Error{Kind: auth.ErrSignedOut, Op: "read tokens", Cause: "no sign-in is stored"}, 3, "zoomtui login"},
		{"scope missing", &api.Error{
			Op: "GET /users/me", HTTPStatus: 400, Code: 4711, MissingScopes: []string{"user:read:user"},
			Message: "Invalid access token, does not contain scopes:[user:read:user].", TrackingID: "v=2.0;rid=WEB_1",
		}, 4, "v=2.0;rid=WEB_1"},
		{"network", &auth.Error{Kind: auth.ErrNetwork, Op: "refresh", Cause: "connection refused", Host: "zoom.us"}, 5, "zoom.us"},
		{"time limit", fmt.Errorf("ask: %w", context.DeadlineExceeded), 5, ""},
		{"rate limit", &api.Error{
			Op: "GET /users/me", HTTPStatus: 429, Daily: true, RetryAt: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
			Message: "You have reached the maximum daily rate limit for this API.",
		}, 6, "00:00 UTC"},
		{"store", &auth.Error{Kind: auth.ErrLocked, Op: "lock tokens", Cause: "another program has held the lock for more than 20s", Path: "/t.lock"}, 7, "lock"},
		{"settings open to others", &config.Error{What: "/c.toml is open to others (mode 0644)", Path: "/c.toml", Fix: "chmod 600 /c.toml", Class: explain.Store}, 7, "chmod 600 /c.toml"},
		{"stdout is full", fmt.Errorf("print: %w", &fs.PathError{Op: "write", Path: os.Stdout.Name(), Err: errors.New("no space left on device")}), 1, "could not be written to stdout"},
		{"status of a command", exitStatus(42), 42, ""},
		{"nothing to show", quiet{explain.Empty}, 10, ""},
		{"interrupted", fmt.Errorf("wait: %w", context.Canceled), 130, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, out, talk := failing(asText)
			if code := c.conclude(t.Context(), tt.err); code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			if !strings.Contains(talk.String(), tt.says) {
				t.Errorf("stderr %q does not say %q", talk, tt.says)
			}
			if out.Len() > 0 {
				t.Errorf("stdout got %q, want nothing but answers there", out)
			}
		})
	}
}

func TestInterruptedSaysNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, style := range []errorStyle{asText, asJSON, asEvent} {
		c, out, talk := failing(style)
		code := c.conclude(ctx, &auth.Error{Kind: auth.ErrNetwork, Op: "refresh", Cause: "connection reset"})
		if code != 130 || out.Len()+talk.Len() > 0 {
			t.Errorf("style %d: exit code %d, said %q and %q; want 130 and silence", style, code, out, talk)
		}
	}
}

func TestErrorsAsJSON(t *testing.T) {
	t.Parallel()
	err := &api.Error{
		Op: "GET /users/me", HTTPStatus: 429, Code: 429, Daily: true, RetryAt: time.Date(2026, 11, 23, 1, 0, 0, 5, time.FixedZone("", 3600)),
		Message: "You have reached the maximum daily rate limit for this API.", TrackingID: "v=2.0;rid=WEB_1",
	}
	want := []string{"http_status", "missing_scopes", "next_steps", "retry_at", "tracking_id", "what", "why", "zoom_code", "zoom_message"}

	c, out, talk := failing(asJSON)
	if code := c.conclude(t.Context(), err); code != 6 || talk.Len() > 0 {
		t.Errorf("exit code %d and %q on stderr, want 6 and nothing", code, talk)
	}
	var answer map[string]map[string]any
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for key := range answer["error"] {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	if !slices.Equal(keys, want) {
		t.Errorf("keys %v, want %v", keys, want)
	}
	if at := answer["error"]["retry_at"]; at != "2026-11-23T00:00:00Z" {
		t.Errorf("retry_at is %v, want UTC in whole seconds", at)
	}

	c, out, _ = failing(asEvent)
	c.conclude(t.Context(), err)
	var event map[string]any
	if err := json.Unmarshal(out.Bytes(), &event); err != nil || event["event"] != "error" || event["zoom_code"] != 429.0 {
		t.Errorf("event %v (%v), want one flat error event", event, err)
	}
	if strings.Count(out.String(), "\n") != 1 {
		t.Errorf("%q is not one line", out)
	}
}

func TestForeignTextIsHarmless(t *testing.T) {
	t.Parallel()
	c, _, talk := failing(asText)
	c.conclude(t.Context(), &api.Error{
		Op: "GET /users/me", HTTPStatus: 400, Code: 300, Message: "Hi\x1b]52;c;aGk=\x07\x1b[2J\u202eevil", TrackingID: "\x1b[31mid",
	})
	c.conclude(t.Context(), &config.Error{What: "unknown key \x1b[2J", Path: "/tmp/\x1b[31m"})
	if strings.ContainsAny(talk.String(), "\x1b\x07\u202e") {
		t.Errorf("stderr got %q", talk)
	}
}

// A step names the command that does it, for the profile that was chosen.
func TestStepText(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		step    explain.Step
		profile string
		want    string
	}{
		"sign in":         {explain.Step{Text: "Sign in.", Action: explain.ActionSignIn}, "", "Sign in: zoomtui login"},
		"of a profile":    {explain.Step{Text: "Sign in.", Action: explain.ActionSignIn}, "work", "Sign in: zoomtui login --profile work"},
		"a check":         {explain.Step{Text: "If it stays like this, check the way to Zoom.", Action: explain.ActionDoctor}, "", "If it stays like this, check the way to Zoom: zoomtui doctor"},
		"has a command":   {explain.Step{Text: "Check the mode: ls -l x", Action: explain.ActionDoctor}, "", "Check the mode: ls -l x"},
		"more than check": {explain.Step{Text: "Bring the directory back, or remove the link.", Action: explain.ActionDoctor}, "", "Bring the directory back, or remove the link."},
		"nothing to run":  {explain.Step{Text: "Try again."}, "work", "Try again."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stepText(tt.step, tt.profile); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
