package history_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/history"
)

// Whatever is in the file, it can be read, and what is appended is the newest
// entry afterwards.
func FuzzFile(f *testing.F) {
	f.Add([]byte(`{"at":"2026-11-20T03:12:00Z","action":"refresh","result":"ended","old_fingerprint":"aaaaaa"}` + "\n"))
	f.Add([]byte(`{"at":"2026-11-20T03:12:00Z","action":"refresh","unknown":{"a":[1]}}` + "\n" + `{"at":`))
	f.Add([]byte("\n\x00\n{\"at\":\"0001-01-01T00:00:00Z\",\"action\":\"x\"}\n{\"pid\":1e99}\n"))
	f.Add([]byte(`{"at":"2026-11-20T03:12:00+24:00","action":1}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		l := history.Open(t.TempDir(), "work")
		if err := os.WriteFile(l.Path(), content, 0o600); err != nil {
			t.Fatal(err)
		}
		before, err := l.Read(0)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = l.Ended("aaaaaa") // it must end, whatever it finds
		e := refresh("ended", "aaaaaa", "")
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
		after, err := l.Read(0)
		if err != nil || len(after) == 0 {
			t.Fatalf("after appending there are %d entries, %v", len(after), err)
		}
		if diff := cmp.Diff(e, after[0]); diff != "" {
			t.Error(diff)
		}
		if _, ended := l.Ended("aaaaaa"); !ended {
			t.Error("the entry that was appended is not found")
		}
		if len(before) <= 1000 && len(after) != len(before)+1 {
			t.Errorf("%d entries before, %d after", len(before), len(after))
		}
	})
}

// Whatever an entry holds, it is one line and comes back.
func FuzzEntry(f *testing.F) {
	f.Add("refresh", "token", "the cause", "scope:a")
	f.Add("sign-in", "\x1b[31m", "line\nbreak\u2028\xff", "\"\\")
	f.Fuzz(func(t *testing.T, action, command, cause, scope string) {
		l := history.Open(t.TempDir(), "work")
		e := history.Entry{At: night(1), Action: "x" + action, Command: command, Cause: cause, ScopesAdded: []string{scope}}
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
		got, err := l.Read(0)
		if err != nil || len(got) != 1 {
			t.Fatalf("read %d entries, %v", len(got), err)
		}
		content, _ := os.ReadFile(l.Path())
		if len(content) > 32<<10 {
			t.Errorf("the line has %d bytes", len(content))
		}
	})
}
