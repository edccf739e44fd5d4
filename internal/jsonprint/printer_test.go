package jsonprint

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// printed is what the printer makes of a text that comes in pieces of so many bytes.
func printed(t *testing.T, text string, colour bool, piece int) string {
	t.Helper()
	var out bytes.Buffer
	p := New(&out, colour)
	for len(text) > 0 {
		n := min(piece, len(text))
		if got, err := p.Write([]byte(text[:n])); err != nil || got != n {
			t.Fatalf("Write = %d, %v", got, err)
		}
		text = text[n:]
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPrinter(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"object", `{"id":98765432109876543,"topic":"週次","list":[1,{"a":null}],"no":{},"none":[ ]}`, "{\n  \"id\": 98765432109876543,\n  \"topic\": \"週次\",\n  \"list\": [\n    1,\n    {\n      \"a\": null\n    }\n  ],\n  \"no\": {},\n  \"none\": []\n}\n"},
		{"laid out before", "{\r\n\t\"a\" : [ 1 , 2 ]\n}\n", "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n"},
		{"brackets in texts", `["{\"a\":[","\\"]`, "[\n  \"{\\\"a\\\":[\",\n  \"\\\\\"\n]\n"},
		{"scalar", ` true `, "true\n"},
		{"text", `"a"`, "\"a\"\n"},
		{"nothing", " \n", ""},
		{"two documents", `{"a":1}[2]`, "{\n  \"a\": 1\n}\n[\n  2\n]\n"},
		{"terminal control", "[\"a\x1b]0;x\x07\u009b2J\u202eb\u2028\",\"\U000e0041👩\u200d💻\"]\x1b[2J", "[\n  \"a\\u001b]0;x\\u0007\\u009b2J\\u202eb\\u2028\",\n  \"\\udb40\\udc41👩\u200d💻\"\n]\n[\n  2J\n"},
		{"no characters", "[\"\xff\xc3\"]", "[\n  \"\\ufffd\\ufffd\"\n]\n"},
		{"cut off", `{"a":[1,"b`, "{\n  \"a\": [\n    1,\n    \"b\n"},
		{"not JSON", `oops }}`, "oops\n}\n}\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, piece := range []int{1, 2, 3, 1000} {
				if diff := cmp.Diff(tt.want, printed(t, tt.in, false, piece)); diff != "" {
					t.Errorf("in pieces of %d: %s", piece, diff)
				}
			}
		})
	}
}

func TestPrinterColour(t *testing.T) {
	t.Parallel()
	want := "{\n  \x1b[1;34m\"a\"\x1b[0m: \x1b[32m\"b\"\x1b[0m,\n  \x1b[1;34m\"c\"\x1b[0m: [\n    1,\n    \x1b[36mtrue\x1b[0m,\n    \x1b[32m\"d\"\x1b[0m\n  ]\n}\n"
	if diff := cmp.Diff(want, printed(t, `{"a":"b","c":[1,true,"d"]}`, true, 1)); diff != "" {
		t.Error(diff)
	}
}

// TestPrinterDeep: an answer of nothing but brackets does not grow by its square.
func TestPrinterDeep(t *testing.T) {
	t.Parallel()
	const deep = 20000
	if out := printed(t, strings.Repeat("[", deep), false, 4096); len(out) > deep*(2*maxIndent+3) {
		t.Errorf("%d bytes became %d", deep, len(out))
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestPrinterFails(t *testing.T) {
	t.Parallel()
	p := New(fullDisk{}, false)
	if _, err := p.Write([]byte("[1]")); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("error is %v", err)
	}
}

// FuzzPrinter: valid JSON stays the same JSON, and nothing that a terminal obeys
// comes out, in whatever pieces it comes in.
func FuzzPrinter(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\u001b",{"b":null}]}`, "\"\x1b\u202e\"", `[]`, `{"a"`, "\xff\x1b[", `"\\"`, "[\"\\\u009b\"]", `1e5 2`} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, piece int) {
		out := printed(t, text, false, 1+max(piece, 0)%64)
		for _, r := range out {
			if unsafe(r) && r != '\n' {
				t.Fatalf("%q became %q", text, out)
			}
		}
		if !json.Valid([]byte(text)) {
			return
		}
		if !json.Valid([]byte(out)) {
			t.Fatalf("%q became %q", text, out)
		}
		if diff := cmp.Diff(decoded(t, text), decoded(t, out)); diff != "" {
			t.Errorf("%q became %q: %s", text, out, diff)
		}
	})
}

func decoded(t *testing.T, text string) (v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // 1e700 is a number, too
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}
