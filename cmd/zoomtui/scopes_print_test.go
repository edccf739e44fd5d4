package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/scope"
)

func TestScopeStep(t *testing.T) {
	t.Parallel()
	near := scope.Endpoint{Method: "GET", Path: "/users/{userId}/meetings"}
	s2s := scope.App{Type: scope.ServerToServer}
	for name, tt := range map[string]struct {
		verdict scope.Verdict
		step    scope.Step
		profile string
		want    string
	}{
		"sign in":         {scope.Verdict{}, scope.Step{Text: "Sign in again.", Act: scope.ActSignIn}, "work", "Sign in again: zoomtui login --profile work"},
		"a new token":     {scope.Verdict{Question: scope.Question{App: s2s}}, scope.Step{Text: "Fetch a new token.", Act: scope.ActSignIn}, "", "Fetch a new token: zoomtui token --force >/dev/null"},
		"make the call":   {scope.Verdict{Question: scope.Question{Path: "/users/{userId}/meetings"}}, scope.Step{Text: "Make the call.", Act: scope.ActProbe}, "", "Make the call: zoomtui api GET /users/me/meetings"},
		"one with an id":  {scope.Verdict{Question: scope.Question{Path: "/meetings/{meetingId}"}}, scope.Step{Text: "Make the call.", Act: scope.ActProbe}, "", "Make the call."},
		"the nearest":     {scope.Verdict{Nearest: []scope.Endpoint{near}}, scope.Step{Text: "The nearest: " + near.String() + ".", Act: scope.ActSearch}, "", "The nearest: zoomtui scopes for 'GET /users/{userId}/meetings'"},
		"search":          {scope.Verdict{Nearest: []scope.Endpoint{near}}, scope.Step{Text: "Search the table.", Act: scope.ActSearch}, "", "Search the table: zoomtui scopes for WORDS"},
		"nothing to run":  {scope.Verdict{}, scope.Step{Text: "Copy the name: a:b.", Act: scope.ActCopy}, "work", "Copy the name: a:b."},
		"query with more": {scope.Verdict{Question: scope.Question{Path: "/users/me/meetings?page_size=1"}}, scope.Step{Text: "Make the call.", Act: scope.ActProbe}, "", "Make the call: zoomtui api GET '/users/me/meetings?page_size=1'"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := scopeStep(tt.verdict, tt.step, tt.profile); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// The names are to be copied: none is broken, however narrow the window, and in a
// narrow one the reasons stand below.
func TestAlternativesFitTheWindow(t *testing.T) {
	t.Parallel()
	v := scope.Verdict{Best: "meeting:read:list_upcoming_meetings", Alternatives: []scope.Alternative{
		{Name: "meeting:read:list_upcoming_meetings", Fit: scope.Fit{OK: true, Reason: "this one fits your app"}},
		{Name: "meeting:read:list_upcoming_meetings:admin", Fit: scope.Fit{Reason: "not for user-managed apps"}},
		{Name: "meeting:read", Held: true, Fit: scope.Fit{OK: true}},
	}}
	for cols, lines := range map[int]int{0: 3, 200: 3, 80: 3, 60: 5, 48: 5} {
		text := alternativesText(v, cols, "", "")
		if got := strings.Count(text, "\n"); got != lines {
			t.Errorf("%d columns: %d lines, want %d\n%s", cols, got, lines, text)
		}
		for _, a := range v.Alternatives {
			if !slices.ContainsFunc(strings.Fields(text), func(word string) bool { return word == a.Name }) {
				t.Errorf("%d columns: %s is broken\n%s", cols, a.Name, text)
			}
		}
		if cols > 0 && widest(text) > cols {
			t.Errorf("%d columns: a line is %d wide\n%s", cols, widest(text), text)
		}
		if !strings.Contains(text, "▸ meeting:read:list_upcoming") || !strings.Contains(text, "✓ meeting:read\n") {
			t.Errorf("%d columns: the marks are missing\n%s", cols, text)
		}
	}
}

// What the call is about comes first, and a long list is cut.
func TestHeldScopesThatMatterComeFirst(t *testing.T) {
	t.Parallel()
	v := scope.Verdict{
		Alternatives: []scope.Alternative{{Name: "meeting:read:list_meetings"}},
		Question: scope.Question{App: scope.App{SignedIn: true, ScopesKnown: true, Type: scope.UserManaged, Scopes: []string{
			"a:read:one", "b:read:one", "c:read:one", "d:read:one", "meeting:read:meeting", "user:read:user",
		}}},
	}
	const want = "Your app: user-managed. Your token has 6 scopes: meeting:read:meeting, a:read:one, b:read:one, c:read:one, and 2 more."
	if got := heldText(v); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := heldText(scope.Verdict{}); got != "" {
		t.Errorf("without an app it says %q", got)
	}
}

// Whatever is asked, nothing of it is obeyed by a terminal, and no token comes out.
func FuzzScopesFor(f *testing.F) {
	const token = "eyJhbGciOiJIUzUxMiJ9.eyJ1aWQiOiJzZWNyZXQifQ.c2lnbmF0dXJl"
	for _, seed := range []string{
		"list recordings", "GET /users/me/meetings?x=\x1b[2J", "curl -H 'Authorization: Bearer " + token + "' https://api.zoom.us/v2/users/me",
		`{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user, \u001b[31m]."}`, "meeting:read", "/", "\u202e/users/me",
		"GET /users/" + token, token, "wget --header='Authorization: Bearer " + token + "' https://api.zoom.us/v2/nix", "x/ " + token,
	} {
		f.Add(seed)
	}
	catalogue, err := scope.Load()
	if err != nil {
		f.Fatal(err)
	}
	b := bench{catalogue: catalogue, app: scope.App{SignedIn: true, ScopesKnown: true, Scopes: []string{"user:read:user"}, Type: scope.UserManaged}}
	f.Fuzz(func(t *testing.T, text string) {
		c, out, talk := failing(asText)
		found := b.find(text)
		if err := c.printFound(b, found); err != nil {
			t.Fatal(err)
		}
		if err := printJSON(out, found.json(b, "")); err != nil {
			t.Fatal(err)
		}
		rows := []checkJSON{b.check(text)}
		if err := c.printChecks(rows); err != nil {
			t.Fatal(err)
		}
		if err := printJSON(out, rows); err != nil {
			t.Fatal(err)
		}
		c.knownCalls(b, []string{text})
		said := out.String() + talk.String()
		if strings.ContainsAny(said, "\x1b\x07\u202e") || said != ansi.Strip(said) {
			t.Errorf("%q gives %q", text, said)
		}
		if strings.Contains(text, token) && strings.Contains(said, token) {
			t.Errorf("the token comes out: %q", said)
		}
	})
}

// A pasted error to the verdict, the loading of the table included.
func BenchmarkPastedErrorToVerdict(b *testing.B) {
	const text = `{"code":4711,"message":"Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin]."}`
	for b.Loop() {
		catalogue, err := scope.Load()
		if err != nil {
			b.Fatal(err)
		}
		c, _, _ := failing(asText)
		view := bench{catalogue: catalogue}
		if err := c.printFound(view, view.find(text)); err != nil {
			b.Fatal(err)
		}
	}
}
