package history_test

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"zoomtui/internal/history"
)

// The environment that makes the test binary play another process: where its
// history is, and its number.
const (
	childDir    = "HISTORY_TEST_CHILD_DIR"
	childNumber = "HISTORY_TEST_CHILD_NUMBER"
)

// childLines is how often a child appends.
const childLines = 3

// TestMain is a child process when the environment says so.
func TestMain(m *testing.M) {
	if os.Getenv(childDir) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child() error {
	number, err := strconv.Atoi(os.Getenv(childNumber))
	if err != nil {
		return err
	}
	l := history.Open(os.Getenv(childDir), "work")
	for i := range childLines {
		e := refresh("ok", "aaaaaa", "bbbbbb")
		e.PID, e.Generation = number, i
		if err := l.Append(e); err != nil {
			return err
		}
	}
	return nil
}

// A hundred processes append at once, and among their lines there is the moment
// at which the history is shortened: no line of theirs is lost.
func TestManyProcessesLoseNoLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := history.Open(dir, "work")
	for range 1100 { // so that it is shortened while they append
		appended(t, l, refresh("ok", "000000", "000000"))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const processes = 100
	var running sync.WaitGroup
	for n := range processes {
		running.Go(func() {
			cmd := exec.CommandContext(t.Context(), self)
			cmd.Env = append(os.Environ(), childDir+"="+dir, childNumber+"="+strconv.Itoa(1000+n))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("process %d: %v\n%s", n, err, out)
			}
		})
	}
	running.Wait()
	entries, err := l.Read(0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[2]int]int{}
	for _, e := range entries {
		if e.OldFingerprint == "aaaaaa" {
			seen[[2]int{e.PID, e.Generation}]++
		}
	}
	for n := range processes {
		for i := range childLines {
			if got := seen[[2]int{1000 + n, i}]; got != 1 {
				t.Errorf("line %d of process %d is there %d times", i, n, got)
			}
		}
	}
	if len(entries) > 1200 {
		t.Errorf("%d entries: it was not shortened", len(entries))
	}
}
