package main

import (
	"bytes"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEmbeddedIsFresh compares what is embedded with what the generator makes of
// the table now. Both are compared unpacked: compressors change between versions
// of Go.
func TestEmbeddedIsFresh(t *testing.T) {
	t.Parallel()
	table := read(t, "../data/endpoints.tsv")
	embedded := decompress(t, read(t, "../data/endpoints.bin"))
	rows, err := readTable(string(table))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(pack(rows), embedded) {
		t.Fatal("data/endpoints.bin is not made of data/endpoints.tsv as it is now: run go generate ./internal/scope")
	}
	// The comparison can fail: any column of a row, changed, is seen.
	for _, change := range [][2]string{
		{"user_zak:read\t", "user_zak:write\t"},
		{"user:read:zak:admin\tLIGHT", "user:read:zak:admin\tHEAVY"},
		{"GET\t/users/me/zak", "POST\t/users/me/zak"},
		{"/users/me/zak\tshort-lived", "/users/me/zak\tlong-lived"},
		{"\t/users/me/zak\t", "\t/users/me/zac\t"},
	} {
		changed := strings.Replace(string(table), change[0], change[1], 1)
		rows, err := readTable(changed)
		if err != nil || changed == string(table) || bytes.Equal(pack(rows), embedded) {
			t.Errorf("%q made %q is not seen (error %v)", change[0], change[1], err)
		}
	}
}

// TestRun makes the file anew: the same table gives the same bytes.
func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	table := header + "\nGET\t/a/{id}\tone thing\t\ta:read:b,a:read:b c:admin\tLIGHT\nGET\t/a\tthings\tx\t\t\n"
	if err := os.WriteFile(filepath.Join(dir, "endpoints.tsv"), []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	var made [2][]byte
	for i := range made {
		if err := run(dir); err != nil {
			t.Fatal(err)
		}
		made[i] = read(t, filepath.Join(dir, "endpoints.bin"))
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("two runs give different files")
	}
	want := magic + "\x03\x02\x03\x31" +
		"\x00\x08a:read:b" + "\x08\x08 c:admin" + "\x00\x01x" +
		"\x00\x00\x02/a\x06things\x02\x02\x00" +
		"\x08\x02\x05/{id}\x09one thing\x01\x03\x00\x01"
	got := decompress(t, made[0])
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if err := run(filepath.Join(dir, "missing")); err == nil {
		t.Error("no error without a table")
	}
}

func TestReadTable(t *testing.T) {
	t.Parallel()
	good := "GET\t/a\tthings\tx:read\tx:read:y z\tLIGHT"
	tests := map[string]struct{ rows, want string }{
		"good":                      {good, ""},
		"columns":                   {"GET\t/a\tthings", "line 2: it has 3 columns"},
		"second line":               {good + "\nGET", "line 3: it has 1 columns"},
		"method":                    {strings.Replace(good, "GET", "get", 1), `the method "get"`},
		"label":                     {strings.Replace(good, "LIGHT", "light", 1), `the rate label "light"`},
		"path without slash":        {strings.Replace(good, "/a", "a", 1), "does not begin with /"},
		"path that is not a path":   {strings.Replace(good, "/a", "/a/", 1), `the segment ""`},
		"path with a query":         {strings.Replace(good, "/a", "/a?b", 1), `the segment "a?b"`},
		"half a parameter":          {strings.Replace(good, "/a", "/a/{b", 1), `the segment "{b"`},
		"parameter inside":          {strings.Replace(good, "/a", "/a/b{c}", 1), `the segment "b{c}"`},
		"parameter first":           {strings.Replace(good, "/a", "/{a}", 1), "begins with a parameter"},
		"the same twice":            {good + "\n" + good, "GET /a stands in line 2 too"},
		"the same but for its name": {strings.Replace(good, "/a", "/a/{b}", 1) + "\n" + strings.Replace(good, "/a", "/a/{c}", 1), "GET /a/{c} stands in line 2 too"},
		"no summary":                {strings.Replace(good, "things", "", 1), "the summary"},
		"escape":                    {strings.Replace(good, "things", "th\x1bings", 1), "the summary"},
		"empty scope":               {strings.Replace(good, "x:read\t", "x:read,\t", 1), `the scope ""`},
		"blank before":              {strings.Replace(good, "x:read\t", " x:read\t", 1), `the scope " x:read"`},
		"scope twice":               {strings.Replace(good, "x:read\t", "x:read,x:read\t", 1), "stands twice"},
		"nothing":                   {"", "the table has no rows"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readTable(header + "\n" + test.rows)
			switch {
			case err == nil && test.want != "":
				t.Errorf("no error, want %q", test.want)
			case err != nil && (test.want == "" || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %q, want %q", err, test.want)
			}
		})
	}
	if _, err := readTable("path\tmethod\n" + good); err == nil {
		t.Error("other columns are accepted")
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decompress(t *testing.T, data []byte) []byte {
	t.Helper()
	out, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
