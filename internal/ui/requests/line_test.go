package requests

import (
	"encoding/json"
	"strings"
	"testing"

	"zoomtui/internal/params"
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
		"fields of a GET":        {"GET /users?a=b -f c='d e' -F f=true --jq .a", "GET", "/users?a=b&c=d+e&f=true", ".a"},
		"fields of a DELETE":     {"DELETE /meetings/1 --raw-field=a=1 --field b=2", "DELETE", "/meetings/1?a=1&b=2", ""},
		"fields without method":  {"/users -fa=1", "POST", "/users", ""},
		"a quoted path":          {`GET "/users/me"`, "GET", "/users/me", ""},
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
		"PSOT":                      "“PSOT” is neither a method nor a path",
		"list meetings":             "“list” is neither",
		"GET /users/me /groups":     "Nothing can follow the path",
		"GET /users -f":             "A field follows -f",
		"GET /users -f a":           "The field “a” holds no value",
		"POST /users -f a=1 -f a=2": "The field “a” is given twice",
		"POST /users -F a=@x.txt":   "only zoomtui api reads files",
		"GET /users -H A:b":         "A header cannot be given here",
		"GET /users --paginate":     "There is no --paginate here",
		"GET /users/me --jq":        "The expression behind --jq is missing",
		"FETCH /users/me":           "“FETCH” is not a method of Zoom's API: before the path stands one of GET, POST,",
		"/users/me x=2":             "A query follows the path at once, as in /users/me?x=2",
		"GET /users/me --jq '.foo[": "The quote before the expression is not closed",
		`GET /users/me --jq ".foo[`: "at character 7, the quote is not closed",
		"GET https://":              "cannot be read",
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

// What hinders a line is told while it is typed, unless it may become a good one.
func TestLineFault(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		line    string
		offered bool
		want    string
	}{
		{"/users/me/meetings page_size=2", false, "A query follows the path at once, as in /users/me/meetings?page_size=2"},
		{"/users/me/meetings page_size=2", true, "A query follows"},
		{"FETCH /users/me", false, "“FETCH” is not a method"},
		{"/nowhere --jq .a[", false, "no expression of jq"},
		{"/users/me --jq .a[", true, ""},
		{"list meetings", true, ""},
		{"list meetings", false, "“list” is neither"},
		{"GET /nowhere", false, ""},
	} {
		if got := lineFault(tt.line, tt.offered); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%q, offered %v: %q, want %q", tt.line, tt.offered, got, tt.want)
		}
	}
}

func TestFillIn(t *testing.T) {
	t.Parallel()
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
	for _, seed := range []string{"GET /users/me --jq .a", "https://evil.test/v2/users", "GET //evil.test/x", "POST /a -f b='c d' -Fe=1", `GET /a\b`, "curl https://api.zoom.us/v2/users/me -H a:b", "POST users/{userId}/x?a={b}", "--jq", "GET \x1b[31m/", "get /a --jq '.x"} {
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
		for _, name := range params.Names(d.path) {
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
