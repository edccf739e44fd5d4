package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/calls"
)

// The dashboard runs for days: what it asked is on disk when the next call is made,
// and each call once.
func TestCallsAreKept(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"code":4711}`))
	}))
	defer server.Close()
	now := time.Date(2026, 11, 22, 3, 12, 0, 0, time.UTC)
	log := calls.Open(t.TempDir()+"/calls", "work")
	k := newCallKeeper(http.DefaultTransport, log, api.RecorderOptions{Size: 3, Clock: func() time.Time { return now }})
	client := &http.Client{Transport: k.recorder}
	ask := func(path string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var body [64]byte
		for n := 1; n > 0; {
			n, _ = resp.Body.Read(body[:])
		}
		_ = resp.Body.Close()
	}
	kept := func(want ...string) {
		t.Helper()
		got, err := log.Read(0)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d calls are kept (%v), want %v", len(got), err, want)
		}
		for i, c := range got {
			if c.Path != want[len(want)-1-i] || c.Status != 400 || c.ZoomCode != 4711 {
				t.Errorf("call %d from the end is %+v, want %v", i, c, want)
			}
		}
	}

	k.close()
	if _, err := os.Stat(log.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a call there is a file: %v", err)
	}
	ask("/v2/users/me")
	ask("/v2/users/me/meetings")
	kept() // their answers may still be read
	now = now.Add(callsWithin + time.Second)
	ask("/v2/users/me/upcoming_meetings")
	kept("/v2/users/me", "/v2/users/me/meetings")
	k.close()
	k.close()
	kept("/v2/users/me", "/v2/users/me/meetings", "/v2/users/me/upcoming_meetings")
	for range 5 { // more than the recorder remembers
		ask("/oauth/token")
	}
	k.close()
	kept("/v2/users/me", "/v2/users/me/meetings", "/v2/users/me/upcoming_meetings", "/oauth/token", "/oauth/token", "/oauth/token")
}
