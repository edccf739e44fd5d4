package requests

import (
	"strings"
	"testing"
	"time"

	"zoomtui/internal/scope"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

func loaded(t testing.TB) *completer {
	t.Helper()
	c, err := scope.Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Endpoints()) == 0 {
		t.Fatal("the catalogue is empty")
	}
	return newCompleter(c)
}

// What one types leads to the operation that is meant, near the top.
func TestFind(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	for typed, tt := range map[string]struct {
		want  string
		first int // among so many
	}{
		"GET /users/me":                      {"GET /users/{userId}", 1},
		"/users/me/meet":                     {"GET /users/{userId}/meetings", 2},
		"POST /users/me/meetings":            {"POST /users/{userId}/meetings", 1},
		"GET /users/me/meetings?page_size=1": {"GET /users/{userId}/meetings", 1},
		"GET /meetings/123":                  {"GET /meetings/{meetingId}", 1},
		"usrmeet":                            {"GET /users/{userId}/meetings", maxFound},
		"list meetings":                      {"GET /users/{userId}/meetings", 5},
		"GET /users/me --jq .id":             {"GET /users/{userId}", 1},
	} {
		t.Run(typed, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range c.find(readTyped(typed)) {
				got = append(got, e.String())
			}
			for i, g := range got {
				if g == tt.want && i < tt.first {
					return
				}
			}
			t.Errorf("%q finds\n%s\nwithout %s among the first %d", typed, strings.Join(got[:min(len(got), 10)], "\n"), tt.want, tt.first)
		})
	}
	if got := c.find(readTyped("")); got != nil {
		t.Errorf("an empty line finds %d operations", len(got))
	}
}

// Completing keeps the values that were typed, the query and the filter.
func TestComplete(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		typed string
		to    scope.Endpoint
		want  string
	}{
		"a value":    {"GET /users/me/meet", scope.Endpoint{Method: "GET", Path: "/users/{userId}/meetings"}, "GET /users/me/meetings"},
		"a query":    {"/users/AbC/meetings?page_size=1", scope.Endpoint{Method: "GET", Path: "/users/{userId}/meetings"}, "GET /users/AbC/meetings?page_size=1"},
		"a filter":   {"list meetings --jq .meetings[0]", scope.Endpoint{Method: "GET", Path: "/users/{userId}/meetings"}, "GET /users/{userId}/meetings --jq .meetings[0]"},
		"words":      {"delete a meeting", scope.Endpoint{Method: "DELETE", Path: "/meetings/{meetingId}"}, "DELETE /meetings/{meetingId}"},
		"a new path": {"GET /usr", scope.Endpoint{Method: "GET", Path: "/users/{userId}"}, "GET /users/{userId}"},
		"HEAD stays": {"HEAD /users/me", scope.Endpoint{Method: "GET", Path: "/users/{userId}"}, "HEAD /users/me"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := complete(readTyped(tt.typed), tt.to); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	c := loaded(b)
	m := New(b.Context(), nil)
	m.memory.table = c
	m.line = &console{input: kit.NewInput("")}
	st := state.New(state.Profile{Kind: "public"}, time.UTC, time.Now(), time.Now())
	for _, typed := range []string{"g", "GET /", "GET /m", "GET /users/me/meetings", "/users/me/meetings", "list upcoming meetings", "mtgreg", "e"} {
		b.Run(typed, func(b *testing.B) {
			m.line.input.SetValue(typed)
			for b.Loop() {
				m.suggest(&st)
			}
		})
	}
}
