package scope

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// calls finds operations of the table.
func calls(t testing.TB, list ...string) []Endpoint {
	t.Helper()
	var found []Endpoint
	for _, call := range list {
		method, path, _ := strings.Cut(call, " ")
		e, ok := loaded(t).Find(method, path)
		if !ok {
			t.Fatalf("the table has no %s", call)
		}
		found = append(found, e)
	}
	return found
}

func TestMinimal(t *testing.T) {
	t.Parallel()
	own := []string{"GET /users/me", "GET /users/me/settings", "GET /users/me/meetings", "GET /users/me/upcoming_meetings", "GET /meetings/{meetingId}"}
	tests := map[string]struct {
		calls   []string
		app     AppType
		style   Style
		want    []string
		without []string
	}{
		"granular": {own, UserManaged, Granular, []string{"meeting:read:list_meetings", "meeting:read:list_upcoming_meetings", "meeting:read:meeting", "user:read:settings", "user:read:user"}, nil},
		"classic":  {own, UserManaged, Classic, []string{"meeting:read", "user:read"}, nil},
		"unknown":  {own[:1], UnknownType, UnknownStyle, []string{"user:read:user"}, nil},
		"account":  {own[:1], ServerToServer, Granular, []string{"user:read:user:admin"}, nil},
		"admin":    {own, AdminManaged, Classic, []string{"meeting:read:admin", "user:read:admin"}, nil},
		"write":    {[]string{"GET /users/me/meetings", "POST /users/me/meetings", "PATCH /meetings/1"}, UserManaged, Classic, []string{"meeting:read", "meeting:write"}, nil},
		"not for users": {
			[]string{"GET /users/me", "GET /report/daily", "GET /videosdk/sessions"},
			UserManaged, Granular,
			[]string{"user:read:user"},
			[]string{"GET /report/daily", "GET /videosdk/sessions"},
		},
		"other style": {[]string{"GET /report/daily"}, ServerToServer, Granular, nil, []string{"GET /report/daily"}},
		"twice":       {[]string{"GET /users/me", "GET /users/{userId}"}, UserManaged, Granular, []string{"user:read:user"}, nil},
		"nothing":     {nil, UserManaged, Granular, nil, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := loaded(t).Minimal(calls(t, tt.calls...), tt.app, tt.style)
			if diff := cmp.Diff(strings.Join(tt.want, "\n"), strings.TrimSpace(m.List())); diff != "" {
				t.Error(diff)
			}
			var without []string
			for _, e := range m.Without {
				without = append(without, e.String())
			}
			if diff := cmp.Diff(tt.without, without); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCoverIsSmallest: greedy takes a first, and needs three then; two are enough.
func TestCoverIsSmallest(t *testing.T) {
	t.Parallel()
	opens := map[string][]int{"a": {1, 2, 3, 4}, "b": {0, 1, 2}, "c": {3, 4, 5}}
	var list []covered
	for i := range 6 {
		call := covered{endpoint: Endpoint{Method: "GET", Path: fmt.Sprintf("/%d", i)}}
		for _, name := range []string{"a", "b", "c"} {
			if slices.Contains(opens[name], i) {
				call.names = append(call.names, choice{name: name})
			}
		}
		list = append(list, call)
	}
	if diff := cmp.Diff([]string{"b", "c"}, slices.Sorted(slices.Values(cover(list)))); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(list)
	if diff := cmp.Diff([]string{"b", "c"}, slices.Sorted(slices.Values(cover(list)))); diff != "" {
		t.Error("in another order: " + diff)
	}
}

// TestMinimalProperties: each call that such an app can make is covered once, by a
// scope that opens it, and no scope is there for nothing; in any order the same.
func TestMinimalProperties(t *testing.T) {
	t.Parallel()
	c := loaded(t)
	r := rand.New(rand.NewPCG(7, 7))
	for range 100 {
		var list []Endpoint
		for range 1 + r.IntN(60) {
			list = append(list, c.Endpoints()[r.IntN(len(c.Endpoints()))])
		}
		kind := []AppType{UserManaged, AdminManaged, ServerToServer}[r.IntN(3)]
		style := []Style{Classic, Granular}[r.IntN(2)]
		m := c.Minimal(list, kind, style)
		seen := map[string]bool{}
		for _, needed := range m.Scopes {
			if len(needed.For) == 0 {
				t.Fatalf("%s is for nothing", needed.Name)
			}
			for _, e := range needed.For {
				if seen[e.String()] || !slices.Contains(e.accepts(), needed.Name) {
					t.Fatalf("%s stands at %s", e, needed.Name)
				}
				seen[e.String()] = true
				if v := c.Judge(Question{Method: e.Method, Path: e.Path, App: App{Type: kind, Style: style, ScopesKnown: true, Scopes: []string{needed.Name}}}); v.Kind != HasIt {
					t.Fatalf("%s with %s: %s", e, needed.Name, v.Kind)
				}
			}
		}
		for _, e := range m.Without {
			if seen[e.String()] || len(c.covered(e, App{Type: kind, Style: style}).names) > 0 {
				t.Fatalf("%s could be covered", e)
			}
			seen[e.String()] = true
		}
		for _, e := range list {
			if !seen[e.String()] {
				t.Fatalf("%s was lost", e)
			}
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if again := c.Minimal(list, kind, style); again.List() != m.List() {
			t.Fatalf("another answer in another order:\n%s\n%s", m.List(), again.List())
		}
	}
}

func TestMinimalTexts(t *testing.T) {
	t.Parallel()
	m := loaded(t).Minimal(calls(t, "GET /users/me", "GET /report/daily"), UserManaged, Granular)
	var manifest []struct {
		Scope    string
		Optional *bool
	}
	if err := json.Unmarshal([]byte(m.Manifest()), &manifest); err != nil || len(manifest) != 1 || manifest[0].Scope != "user:read:user" || manifest[0].Optional == nil || *manifest[0].Optional {
		t.Errorf("manifest %v %s", err, m.Manifest())
	}
	if !strings.Contains(m.Manifest(), `"scope": "user:read:user",`+"\n") {
		t.Errorf("not indented: %s", m.Manifest())
	}
	if got := (Minimal{}).Manifest(); got != "[]\n" {
		t.Errorf("empty manifest %q", got)
	}
	text := m.Markdown("My|App\n_one_")
	for _, want := range []string{
		"# Scopes for the Zoom app **My\\|App \\_one\\_**\n", "Manage › My\\|App \\_one\\_ › Scopes › Add Scopes",
		"| `user:read:user` | ", "(`GET /users/{userId}`) |\n", "no scope is known", "(`GET /report/daily`)\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text := m.Markdown(" "); !strings.Contains(text, "# Scopes for our Zoom app\n") || !strings.Contains(text, "Manage › your app ›") {
		t.Errorf("without a name:\n%s", text)
	}
}

func BenchmarkMinimal(b *testing.B) {
	c := loaded(b)
	for _, style := range []Style{Classic, Granular} {
		b.Run(string(style), func(b *testing.B) {
			for b.Loop() {
				c.Minimal(c.Endpoints(), ServerToServer, style)
			}
		})
	}
}
