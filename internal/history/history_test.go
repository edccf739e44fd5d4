package history_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/atomicfile"
	"zoomtui/internal/history"
)

// night is when the refreshes of these tests happen.
func night(minute int) time.Time { return time.Date(2026, 11, 20, 3, minute, 0, 0, time.UTC) }

// refresh is an entry with a result, from one token to the next.
func refresh(result, from, to string) history.Entry {
	return history.Entry{
		At: night(12), Action: "refresh", Command: "token", PID: 4121, Result: result,
		Generation: 3, OldFingerprint: from, NewFingerprint: to,
	}
}

func appended(t *testing.T, l *history.Log, entries ...history.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := l.Append(e); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAppendAndRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "history")
	l := history.Open(dir, "work")
	first := history.Entry{At: night(1), Action: "sign-in", Command: "login", PID: 7, Result: history.ResultOK, Generation: 1, NewFingerprint: "aaaaaa"}
	second := history.Entry{
		At: night(12), Action: "refresh", Command: "token", PID: 4121, Result: history.ResultEnded, Cause: "Zoom said \"no\"\nand more",
		Tried: "previous", CutOff: night(3), Generation: 4, OldFingerprint: "aaaaaa", NewFingerprint: "bbbbbb", AccessFingerprint: "cccccc",
		ScopesAdded: []string{"user:read:user"}, ScopesRemoved: []string{"meeting:read:meeting"},
	}
	appended(t, l, first, second)
	got, err := l.Read(0)
	if err != nil {
		t.Fatal(err)
	}
	second.Cause = `Zoom said "no"and more` // one line, whatever comes
	if diff := cmp.Diff([]history.Entry{second, first}, got); diff != "" {
		t.Error(diff)
	}
	if got, err := l.Read(1); err != nil || len(got) != 1 || got[0].Action != "refresh" {
		t.Errorf("the newest one alone: %v, %v", got, err)
	}
	for path, want := range map[string]fs.FileMode{dir: 0o700, l.Path(): 0o600, l.Path() + ".lock": 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want mode %v", filepath.Base(path), info.Mode(), err, want)
		}
	}
}

func TestReadingMakesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "history")
	l := history.Open(dir, "work")
	got, err := l.Read(0)
	if _, ended := l.Ended("aaaaaa"); got != nil || err != nil || ended {
		t.Errorf("no history is read as %v, %v, ended %v", got, err, ended)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("reading has made %s", dir)
	}
}

// A history that a person has opened to others is closed again.
func TestAppendClosesTheFileToOthers(t *testing.T) {
	t.Parallel()
	l := history.Open(t.TempDir(), "work")
	appended(t, l, refresh("ok", "aaaaaa", "bbbbbb"))
	if err := os.Chmod(l.Path(), 0o644); err != nil {
		t.Fatal(err)
	}
	appended(t, l, refresh("ok", "bbbbbb", "cccccc"))
	if info, err := os.Stat(l.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	t.Parallel()
	for _, inTheWay := range []string{"link", "directory", "link for the lock"} {
		t.Run(inTheWay, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			l := history.Open(dir, "work")
			mine := filepath.Join(dir, "mine")
			err := os.WriteFile(mine, []byte("mine\n"), 0o600)
			switch inTheWay {
			case "link":
				err = errors.Join(err, os.Symlink(mine, l.Path()))
			case "directory":
				err = errors.Join(err, os.Mkdir(l.Path(), 0o700))
			default:
				err = errors.Join(err, os.Symlink(filepath.Join(dir, "elsewhere"), l.Path()+".lock"))
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Append(refresh("ok", "aaaaaa", "bbbbbb")); !errors.Is(err, atomicfile.ErrNotRegular) {
				t.Errorf("appending: %v", err)
			}
			if _, err := l.Read(0); inTheWay != "link for the lock" && !errors.Is(err, atomicfile.ErrNotRegular) {
				t.Errorf("reading: %v", err)
			}
			if got, _ := os.ReadFile(mine); string(got) != "mine\n" {
				t.Errorf("the target of the link is %q now", got)
			}
			if _, err := os.Lstat(filepath.Join(dir, "elsewhere")); err == nil {
				t.Error("a file was made through the link")
			}
		})
	}
}

// A writer that was killed leaves a piece of a line; it costs itself only.
func TestBrokenLinesAreLeftOut(t *testing.T) {
	t.Parallel()
	l := history.Open(t.TempDir(), "work")
	appended(t, l, refresh("ok", "aaaaaa", "bbbbbb"))
	whole, err := os.ReadFile(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Replace(whole, []byte(`"pid"`), []byte(`"colour":"red","pid"`), 1)
	content := slices.Concat([]byte("\n\n{}\n[1]\nnull\nno json\n"), newer, []byte("{\"huge\":\""), bytes.Repeat([]byte("x"), 100_000), []byte("\"}\n"), whole, []byte(`{"at":"2026-11-20T03`))
	if err := os.WriteFile(l.Path(), content, 0o600); err != nil {
		t.Fatal(err)
	}
	appended(t, l, refresh("ok", "bbbbbb", "cccccc"))
	got, err := l.Read(0)
	if err != nil {
		t.Fatal(err)
	}
	want := []history.Entry{refresh("ok", "bbbbbb", "cccccc"), refresh("ok", "aaaaaa", "bbbbbb"), refresh("ok", "aaaaaa", "bbbbbb")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The newest lines stay, as they are, and the file does not grow for ever.
func TestOldLinesGo(t *testing.T) {
	t.Parallel()
	l := history.Open(t.TempDir(), "work")
	var lines strings.Builder
	const many = 1500
	for i := range many {
		fmt.Fprintf(&lines, `{"at":"2026-11-20T03:12:00Z","action":"refresh","command":"token","pid":%d,"result":"ok","generation":1,"colour":"red"}`+"\n", i)
	}
	if err := os.WriteFile(l.Path(), []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	appended(t, l, refresh("ok", "aaaaaa", "bbbbbb"))
	got, err := l.Read(0)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1000 || got[0].NewFingerprint != "bbbbbb" || got[1].PID != many-1 || got[999].PID != many-999 {
		t.Errorf("%d entries are left, from pid %d", len(got), got[len(got)-1].PID)
	}
	content, _ := os.ReadFile(l.Path())
	if bytes.Count(content, []byte(`"colour":"red"`)) != 999 {
		t.Error("what this version does not know was not kept")
	}
	if info, err := os.Stat(l.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left := atomicfile.Leftovers(l.Path()); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// A file that is far too large was not written here; it is neither read whole nor
// kept.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	l := history.Open(t.TempDir(), "work")
	huge := bytes.Repeat([]byte("x"), 9<<20)
	if err := os.WriteFile(l.Path(), huge, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Read(0); got != nil || err != nil {
		t.Errorf("read %v, %v", got, err)
	}
	appended(t, l, refresh("ok", "aaaaaa", "bbbbbb"))
	if info, err := os.Stat(l.Path()); err != nil || info.Size() > 1000 {
		t.Errorf("the file has %d bytes, %v", info.Size(), err)
	}
	if got, err := l.Read(0); len(got) != 1 || err != nil {
		t.Errorf("read %v, %v", got, err)
	}
}

func TestEnded(t *testing.T) {
	t.Parallel()
	logout := refresh(history.ResultEnded, "aaaaaa", "")
	logout.Action = "logout"
	tests := []struct {
		name    string
		entries []history.Entry
		ended   bool
	}{
		{"nothing is known", nil, false},
		{"another token", []history.Entry{refresh("ended", "bbbbbb", ""), refresh("ok", "cccccc", "aaaaaa")}, false},
		{"refused as ended", []history.Entry{refresh("ok", "999999", "aaaaaa"), refresh("ended", "aaaaaa", "")}, true},
		{"then the network was down", []history.Entry{refresh("ended", "aaaaaa", ""), refresh("network", "aaaaaa", "")}, true},
		{"then it worked after all", []history.Entry{refresh("ended", "aaaaaa", ""), refresh("ok", "aaaaaa", "bbbbbb")}, false},
		{"then it came anew", []history.Entry{refresh("ended", "aaaaaa", ""), refresh("ok", "bbbbbb", "aaaaaa")}, false},
		{"only the network was down", []history.Entry{refresh("network", "aaaaaa", "")}, false},
		{"the app was refused", []history.Entry{refresh("refused", "aaaaaa", "")}, false},
		{"signed out", []history.Entry{logout}, false},
		{"two refusals", []history.Entry{refresh("ended", "aaaaaa", ""), refresh("ended", "000000", "")}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := history.Open(t.TempDir(), "work")
			appended(t, l, tt.entries...)
			e, ended := l.Ended("aaaaaa")
			if ended != tt.ended || ended && e.Result != history.ResultEnded {
				t.Errorf("ended %v: %v", ended, e)
			}
			if _, ended := l.EndedGeneration(3); ended != tt.ended {
				t.Errorf("by its generation: ended %v", ended)
			}
			if _, ended := l.EndedGeneration(4); ended {
				t.Error("another generation has not ended")
			}
			if _, ended := l.Ended(""); ended {
				t.Error("a token that is not there has not ended")
			}
		})
	}
}

// An entry fits into a line however much there is to say.
func TestLongEntry(t *testing.T) {
	t.Parallel()
	l := history.Open(t.TempDir(), "work")
	e := refresh("refused", "aaaaaa", "")
	e.Cause = strings.Repeat("ü\"", 5000)
	for i := range 3000 {
		e.ScopesAdded = append(e.ScopesAdded, fmt.Sprintf("a:very:long:scope:name:of:zoom:%d%s", i, strings.Repeat(`"`, 60)))
	}
	appended(t, l, e)
	got, err := l.Read(0)
	if err != nil || len(got) != 1 || len(got[0].ScopesAdded) == 0 || !strings.HasPrefix(got[0].Cause, `ü"`) {
		t.Errorf("read %d entries, %v", len(got), err)
	}
}
