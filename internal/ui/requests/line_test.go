package requests

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadLine(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ line, method, path, filter string }{
		"method and path":        {"GET /users/me", "GET", "/users/me", ""},
		"a path alone is a GET":  {"/users/me?page_size=1", "GET", "/users/me?page_size=1", ""},
		"small letters":          {"post users/me/meetings", "POST", "/users/me/meetings", ""},
		"v2 need not be there":   {"GET /v2/users/me", "GET", "/users/me", ""},
		"SCIM stands as it is":   {"GET /scim2/Users", "GET", "/scim2/Users", ""},
		"a whole address":        {"GET https://api.zoom.us/v2/users/me?type=1", "GET", "/users/me?type=1", ""},
		"a filter":               {"GET /users/me --jq .email", "GET", "/users/me", ".email"},
		"a filter in quotes":     {"GET /users/me --jq '.a | .b'", "GET", "/users/me", ".a | .b"},
		"a filter behind =":      {`GET /users/me --jq=".a"`, "GET", "/users/me", ".a"},
		"quotes of its own stay": {`GET /users/me --jq "a" + "b"`, "GET", "/users/me", `"a" + "b"`},
		"blanks around":          {"  GET   /users/me  ", "GET", "/users/me", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, wrong := readLine(tt.line)
			filter := ""
			if d.filter != nil {
				filter = d.filter.text
			}
			if wrong != "" || d.method != tt.method || d.path != tt.path || filter != tt.filter {
				t.Errorf("%q: %q %q %q, wrong: %q", tt.line, d.method, d.path, filter, wrong)
			}
		})
	}
}

func TestReadLineSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                          "Write a method and a path",
		"POST":                      "The path is missing",
		"PSOT /users/me":            "“PSOT” is neither a method nor a path",
		"list meetings":             "“list” is neither",
		"GET /users/me /groups":     "Nothing can follow the path",
		"GET /users/me --jq":        "The expression behind --jq is missing",
		"GET /users/me --jq .a[":    "This is no expression of jq",
		"GET /users/a#b":            "%23",
		"GET https://%zz/v2/users/": "cannot be read",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			if _, wrong := readLine(line); !strings.Contains(wrong, want) {
				t.Errorf("%q: %q, want %q", line, wrong, want)
			}
		})
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	got := parameters("/users/{userId}/x/{id}/{userId}?a={id}&b={open")
	if diff := cmp.Diff([]string{"userId", "id"}, got); diff != "" {
		t.Error(diff)
	}
	for value, want := range map[string]string{
		"me":                 "/past_meetings/me",
		"aiko+x@example.org": "/past_meetings/aiko%2Bx@example.org",
		"a b/c":              "/past_meetings/a%20b%2Fc",
		"/abc==":             "/past_meetings/%252Fabc==",
		"ab//c":              "/past_meetings/ab%252F%252Fc",
		"../../oauth":        "/past_meetings/..%2F..%2Foauth",
	} {
		if got := fillIn("/past_meetings/{uuid}", "uuid", value); got != want {
			t.Errorf("%q: %s, want %s", value, got, want)
		}
	}
}

func TestBodyFault(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"":                        "",
		`{"topic":"a"}`:           "",
		"[1]":                     "",
		"{\n  \"topic\": \n}":     "line 3, character 1",
		`{"topic":"a"`:            "unexpected end",
		"{\n\"a\": 1,\n \"b\" 2}": "line 3, character 6",
	} {
		if got := bodyFault([]byte(body)); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

// Whatever is typed, a line that is accepted is a path of the API and nothing else.
func FuzzReadLine(f *testing.F) {
	for _, seed := range []string{"GET /users/me --jq .a", "https://evil.test/v2/users", "GET //evil.test/x", "POST users/{userId}/x?a={b}", "--jq", "GET \x1b[31m/", "get /a --jq '.x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		d, wrong := readLine(line)
		if wrong == "" && (!strings.HasPrefix(d.path, "/") || strings.HasPrefix(d.path, "//") || strings.ContainsAny(d.path, " #\\") || d.method == "") {
			t.Errorf("%q is accepted as %q %q", line, d.method, d.path)
		}
		typed := readTyped(line)
		if typed.path != "" && !strings.HasPrefix(typed.path, "/") {
			t.Errorf("%q has the path %q", line, typed.path)
		}
		for _, name := range parameters(d.path) {
			if filled := fillIn(d.path, name, "me"); strings.Contains(filled, "{"+name+"}") {
				t.Errorf("%q keeps %q", filled, name)
			}
		}
	})
}

func FuzzBodyFault(f *testing.F) {
	f.Add([]byte(`{"a":1}`))
	f.Add([]byte("{\n\"é\": \n}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if fault := bodyFault(body); len(body) > 0 && (fault == "") != json.Valid(body) {
			t.Errorf("%q: %q", body, fault)
		}
	})
}
