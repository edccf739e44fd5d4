package main

import (
	"bytes"
	stdcmp "cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/jq"
)

// printedAnswer is what the person at a terminal, or a pipe, gets of an answer.
func printedAnswer(t *testing.T, kind, body string, o apiOutput) (out, talk string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	o.cli = &cli{stdio: stdio{out: &stdout, err: &stderr}, getenv: func(string) string { return "" }}
	o.out, o.cmd = &stdout, &cobra.Command{Use: "api"}
	a := &api.Answer{
		Op: "GET /x", Host: "api.zoom.us", Proto: "HTTP/2.0", Status: 200, Body: io.NopCloser(strings.NewReader(body)),
		Header: http.Header{"Content-Type": {kind}, "Set-Cookie": {"_zm_ssid=SECRET; Path=/"}, "X-Odd": {"a\x1b[2Jb"}},
	}
	err = o.answer(t.Context(), a, nil)
	return stdout.String(), stderr.String(), err
}

func filter(t *testing.T, expr string) *jq.Filter {
	t.Helper()
	f, err := jq.Compile(expr, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestAnswerOnTerminal: JSON is laid out, and whatever Zoom sends, the terminal obeys
// none of it. A pipe gets every byte.
func TestAnswerOnTerminal(t *testing.T) {
	t.Parallel()
	const hostile = "{\"topic\":\"a\x1b]0;x\x07\u202eb\",\"id\":98765432109876543}"
	const escaped = `{"topic":"a\u001b]0;x\u0007\u202eb","id":98765432109876543}`
	tests := []struct {
		name, kind, body string
		jq               string
		want, says       string
	}{
		{name: "json", kind: "application/json;charset=UTF-8", body: hostile, want: "{\n  \"topic\": \"a\\u001b]0;x\\u0007\\u202eb\",\n  \"id\": 98765432109876543\n}\n"},
		{name: "scim", kind: "application/scim+json", body: `[1]`, want: "[\n  1\n]\n"},
		{name: "json without a type", body: ` {"a":1}`, want: "{\n  \"a\": 1\n}\n"},
		{name: "json, type plain", kind: "text/plain", body: `{"a":1}`, want: "{\n  \"a\": 1\n}\n"},
		{name: "csv", kind: "text/csv", body: "a,b\r\n  1,\x1b[31m2\u202e\n", want: "a,b\n  1,2\n"},
		{name: "calendar without an end", kind: "text/calendar", body: "BEGIN", want: "BEGIN\n"},
		{name: "picture", kind: "image/png", body: "\x89PNG\x00", says: "The answer is image/png, which is no text. Send it to a file"},
		{name: "nothing", kind: "application/json"},
		{name: "jq, object", kind: "application/json", body: escaped, jq: "., .id", want: "{\n  \"id\": 98765432109876543,\n  \"topic\": \"a\\u001b]0;x\\u0007\\u202eb\"\n}\n98765432109876543\n"},
		{name: "jq, texts", kind: "application/json", body: escaped, jq: `.topic + "\n  c", null`, want: "ab\n  c\n\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := apiOutput{terminal: true}
			if tt.jq != "" {
				o.call.filter = filter(t, tt.jq)
			}
			got, talk, err := printedAnswer(t, tt.kind, tt.body, o)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil || !strings.Contains(talk, tt.says) {
				t.Errorf("%v %q %s", err, talk, diff)
			}
			if tt.jq == "" {
				if got, _, err = printedAnswer(t, tt.kind, tt.body, apiOutput{}); got != tt.body || err != nil {
					t.Errorf("a pipe gets %q, %v", got, err)
				}
			}
		})
	}
}

// TestAnswerLongLine: a line of any length is printed whole on a terminal, its letters
// and blanks as they came and without what the terminal obeys.
func TestAnswerLongLine(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ line, want string }{
		"letters":          {strings.Repeat("x", 2<<20), ""},
		"wide letters":     {strings.Repeat("設計 レビュー", 100_000), ""},
		"blanks":           {"  " + strings.Repeat("a   b ", 50_000) + "c", ""},
		"only blanks":      {strings.Repeat(" ", 100_000) + "x", ""},
		"sequences":        {strings.Repeat("abcdefg\x1b[31m", 50_000), strings.Repeat("abcdefg", 50_000)},
		"exactly a buffer": {strings.Repeat("y", textPiece), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := stdcmp.Or(tt.want, tt.line)
			got, _, err := printedAnswer(t, "text/csv", "first\r\n"+tt.line+"\nlast", apiOutput{terminal: true})
			if err != nil || got != "first\n"+want+"\nlast\n" {
				t.Errorf("%v: %d bytes, want %d", err, len(got), len(want)+12)
			}
			if got, _, err = printedAnswer(t, "text/csv", tt.line, apiOutput{terminal: true}); err != nil || got != want+"\n" {
				t.Errorf("as the last line: %v: %d bytes, want %d", err, len(got), len(want)+1)
			}
		})
	}
}

// TestAnswerHead: cookies and escape sequences do not come out.
func TestAnswerHead(t *testing.T) {
	t.Parallel()
	o := apiOutput{call: apiCall{apiOptions: apiOptions{include: true, silent: true}}}
	got, _, err := printedAnswer(t, "application/json", "{}", o)
	want := "HTTP/2.0 200 OK\nContent-Type: application/json\nSet-Cookie: [hidden]\nX-Odd: ab\n\n"
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// TestAnswerFilterFails: the results before the failure are there, and Zoom's part is
// said to be done; where an error is to be JSON, it is the only thing on stdout.
func TestAnswerFilterFails(t *testing.T) {
	t.Parallel()
	o := apiOutput{call: apiCall{filter: filter(t, ".a, .a[]")}}
	got, _, err := printedAnswer(t, "application/json", `{"a":1}`, o)
	wrong, ok := errors.AsType[*usageError](err)
	if !ok || got != "1\n" || !strings.Contains(wrong.why, "Zoom has done GET /x and answered with 200") {
		t.Errorf("%q %v", got, err)
	}
	o.call.filter = filter(t, ".")
	if _, _, err = printedAnswer(t, "application/json", `{"a":`, o); !errors.Is(err, api.ErrDecode) {
		t.Errorf("cut off: %v", err)
	}
}

// TestPagesNotWhole: a list whose second page is refused does not pass for a whole
// one, and the words say how far it went.
func TestPagesNotWhole(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("next_page_token") != "" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"code":300,"message":"The next page token is invalid or expired."}`)
			return
		}
		_, _ = io.WriteString(w, `{"rows":[1,2],"next_page_token":"t"}`)
	}))
	t.Cleanup(server.Close)
	client := api.New(api.Options{Base: func(context.Context) (string, error) { return server.URL, nil }})
	for name, o := range map[string]apiOutput{"pipe": {}, "terminal": {terminal: true}, "jq": {call: apiCall{filter: filter(t, ".rows")}}} {
		var stdout, stderr bytes.Buffer
		o.cli = &cli{stdio: stdio{out: &stdout, err: &stderr}, getenv: func(string) string { return "" }}
		o.out, o.cmd, o.call.request = &stdout, &cobra.Command{Use: "api"}, api.Request{Path: "/x"}
		err := o.pages(t.Context(), client)
		if e, ok := errors.AsType[*api.Error](err); !ok || e.Code != 300 {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(stderr.String(), "The list is not whole: page 2 failed. Entries read until then: 2.") {
			t.Errorf("%s: says %q", name, stderr.String())
		}
		if begun := strings.HasPrefix(stdout.String(), "{"); begun != (name != "jq") || strings.Contains(stdout.String(), "]") {
			t.Errorf("%s: prints %q", name, stdout.String())
		}
	}
}
