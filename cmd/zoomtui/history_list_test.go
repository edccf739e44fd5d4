package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/history"
)

// Where the table does not fit, each entry has lines of its own, none of which is
// wider than the window.
func TestHistoryList(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	entries := []history.Entry{
		{At: now.Add(-2 * time.Hour), Action: "refresh", Command: "token", PID: 12, Result: "ended", OldFingerprint: "aaaaaa", Cause: `Zoom answered 400 invalid_grant "Invalid refresh token"`},
		{At: now.Add(-3 * time.Hour), Action: "sign-in", Command: "login", PID: 7, Result: "ok", NewFingerprint: "aaaaaa"},
		{At: now.Add(-4 * time.Hour), Action: "refresh", Command: "token", PID: 6, Result: "network"},
		{At: now.Add(-5 * time.Hour), Action: "refresh", Command: "token", PID: 5, Result: "ok", AccessFingerprint: "cccccc"},
	}
	want := `2026-11-22 10:00:00  refresh  ended
  aaaaaa
  2 h ago, zoomtui token, pid 12
  Zoom answered 400 invalid_grant
  "Invalid refresh token"
2026-11-22 09:00:00  sign-in  ok
  → aaaaaa
  3 h ago, zoomtui login, pid 7
2026-11-22 08:00:00  refresh  network
  4 h ago, zoomtui token, pid 6
2026-11-22 07:00:00  refresh  ok
  access cccccc
  5 h ago, zoomtui token, pid 5
`
	if diff := cmp.Diff(want, historyList(entries, now, 40)); diff != "" {
		t.Error(diff)
	}
}
