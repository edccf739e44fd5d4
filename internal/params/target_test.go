package params

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadTarget(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Target{
		"/users/me":           {Path: "/users/me"},
		"users/me":            {Path: "/users/me"},
		"v2/users/me?type=1":  {Path: "/users/me", Query: "type=1"},
		"/scim2/Users":        {Path: "/scim2/Users"},
		"/users/{userId}/x":   {Path: "/users/{userId}/x"},
		"/users/me?a=%20b&":   {Path: "/users/me", Query: "a=%20b&"},
		"/users/me?n=https:/": {Path: "/users/me", Query: "n=https:/"},
		"https://api.zoom.us/past_meetings/%252Fa==": {Address: "https://api.zoom.us", Path: "/past_meetings/%252Fa=="},
		"HTTPS://API.zoom.us/v2/users/me?a=B":        {Address: "https://api.zoom.us", Path: "/users/me", Query: "a=B"},
		"https://me@api.zoom.us/v2/users":            {Address: "https://me@api.zoom.us", Path: "/users"},
	} {
		got, err := ReadTarget(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", text, err, diff)
		}
	}
	for text, want := range map[string]string{
		"": "Which path?", "/": "Which path?", "?a=b": "Which path?", "https://api.zoom.us": "Which path?", "/v2/": "Which path?",
		"https://": "cannot be read", "https://%zz/v2/users": "cannot be read",
		"//attacker.example/users/me": "no path of Zoom's API", "/v2//x": "no path of Zoom's API",
		"/a b": "a blank", "/a#b": "a blank, a #", `/a\b`: `a # or a \`, "/a?b=c#d": "a #",
	} {
		_, err := ReadTarget(text)
		if wrong, ok := errors.AsType[*TargetError](err); !ok || !strings.Contains(wrong.What, want) || wrong.Why == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	got := Names("/users/{userId}/x/{id}/{userId}?a={id}&b={}&c={open")
	if diff := cmp.Diff([]string{"userId", "id"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"":                                 nil,
		"  GET\t/users/me ":                {"GET", "/users/me"},
		`-f topic='A "b" c' -f x=`:         {"-f", `topic=A "b" c`, "-f", "x="},
		`-f topic="it's \"x\" \n" -f ''`:   {"-f", `topic=it's "x" \n`, "-f", ""},
		`-f 'topic=it'\''s' `:              {"-f", "topic=it's"},
		`-f topic=it's fine`:               {"-f", "topic=it's", "fine"},
		`/users\me a\ b \`:                 {`/users\me`, "a b", `\`},
		"-f topic=設計レビュー\u3000x":           {"-f", "topic=設計レビュー\u3000x"},
		`-F 'settings[waiting_room]=true'`: {"-F", "settings[waiting_room]=true"},
	} {
		if diff := cmp.Diff(want, Words(line)); diff != "" {
			t.Errorf("%q: %s", line, diff)
		}
	}
}

// FuzzReadTarget: whatever is typed, the path that is called begins with one slash,
// and only a whole address names a host.
func FuzzReadTarget(f *testing.F) {
	for _, seed := range []string{"/users/me", "https://api.zoom.us/v2/x?y", "//evil.example/x", "{userId}", "a://b", "/v2//x", "?", `/a\b`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ReadTarget(text)
		if err != nil {
			return
		}
		if !strings.HasPrefix(got.Path, "/") || strings.HasPrefix(got.Path, "//") || strings.ContainsAny(got.String(), " \t\n#\\") {
			t.Errorf("%q became %q", text, got)
		}
		if got.Address != "" && !strings.Contains(text, "://") {
			t.Errorf("%q names the host %q", text, got.Address)
		}
	})
}
