package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/scope"
)

func TestJoinMethods(t *testing.T) {
	t.Parallel()
	got := joinMethods([]string{"/a", "get", "/b", "POST /c", "GET", "delete", "/d", "PUT", "https://api.zoom.us/v2/e"})
	want := []string{"/a", "get /b", "POST /c", "GET", "delete /d", "PUT https://api.zoom.us/v2/e"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCallOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ method, path, shown string }{
		"/users/me":                       {"GET", "/users/me", "/users/me"},
		" post  /users/me/meetings ":      {"POST", "/users/me/meetings", "POST /users/me/meetings"},
		"/users/me/meetings?page_size=30": {"GET", "/users/me/meetings", "/users/me/meetings"},
		"https://api.zoom.us/v2/users/me/meetings?next_page_token=x":               {"GET", "/users/me/meetings", "/users/me/meetings"},
		"curl -X PATCH -H 'Authorization: Bearer abc' https://api.zoom.us/v2/a/1":  {"PATCH", "/a/1", "PATCH /a/1"},
		"curl -u ID:Zk3vQ8mN2xL0pR7tY5wB1cE9MelhoaOw https://api.zoom.us/v2/rooms": {"GET", "/rooms", "GET /rooms"},
		"list recordings": {"GET", "list recordings", "list recordings"},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := callOf(text)
			if got.Method != want.method || got.Path != want.path || got.text != want.shown {
				t.Errorf("%q %q, shown as %q; want %+v", got.Method, got.Path, got.text, want)
			}
		})
	}
}

// Words that stand in most names are no likeness.
func TestNearestScope(t *testing.T) {
	t.Parallel()
	catalogue, err := scope.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"user:raed:user":             "user:read:user",
		"meetings:read:list_meeting": "meeting:read:list_meetings",
		"meeting:read:list_meetngs":  "meeting:read:list_meetings",
		"user:read:user":             "",
		"nonsense:scope":             "",
		"foo:bar:baz":                "",
		"abc:write:admin":            "",
		"nonsense":                   "",
	} {
		if got := nearestScope(catalogue, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// What nobody knows is null for a program, not false.
func TestHeldIsNullWhereNothingIsKnown(t *testing.T) {
	t.Parallel()
	alternatives := []scope.Alternative{{Name: "user:read:user", Held: true}, {Name: "user:read:user:admin"}}
	held := func(known bool) []*bool {
		v := scope.Verdict{Alternatives: alternatives, Question: scope.Question{App: scope.App{ScopesKnown: known}}}
		var list []*bool
		for _, a := range verdictJSON(v, "").Alternatives {
			list = append(list, a.Held)
		}
		return list
	}
	if diff := cmp.Diff([]*bool{new(true), new(false)}, held(true)); diff != "" {
		t.Errorf("known (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]*bool{nil, nil}, held(false)); diff != "" {
		t.Errorf("not known (-want +got)\n%s", diff)
	}
}
