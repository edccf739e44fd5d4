package auth

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// The environment that makes the test binary play another process: the
// directory of the tokens, the base of the sandbox, its client id, how much later
// it is there, and whether that is so only after a sleep, see [dream].
const (
	childDir   = "AUTH_TEST_CHILD_DIR"
	childBase  = "AUTH_TEST_CHILD_BASE"
	childID    = "AUTH_TEST_CHILD_ID"
	childLater = "AUTH_TEST_CHILD_LATER"
	childSleep = "AUTH_TEST_CHILD_SLEEP"
)

// TestMain is a child process when the environment says so.
func TestMain(m *testing.M) {
	if os.Getenv(childDir) != "" {
		if err := child(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child does what `zoomtui token` does, and prints the fingerprint.
func child() error {
	later, err := time.ParseDuration(os.Getenv(childLater))
	if err != nil {
		return err
	}
	awake := &hands{off: later}
	store, err := NewStore(os.Getenv(childDir), "work")
	if err != nil {
		return err
	}
	source, err := NewSource(SourceOptions{Options: Options{
		App:   App{Profile: "work", Kind: Public, ClientID: os.Getenv(childID), OAuthBase: os.Getenv(childBase)},
		Store: store, Command: "token", Clock: awake.now,
	}})
	if err != nil {
		return err
	}
	defer source.Close()
	if os.Getenv(childSleep) != "" {
		return dream(source, awake, later)
	}
	token, err := source.Token(context.Background())
	if err != nil {
		return err
	}
	fmt.Println(token.Fingerprint())
	return nil
}

// dream is a dashboard whose machine sleeps: it has a good token, both clocks go on
// until a line comes, and then it refreshes.
func dream(source *Source, awake *hands, later time.Duration) error {
	awake.forward(-later)
	if _, err := source.Token(context.Background()); err != nil {
		return err
	}
	fmt.Println("asleep")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	awake.forward(later)
	token, err := source.Renew(context.Background())
	if err != nil {
		return err
	}
	fmt.Println(token.Fingerprint())
	return nil
}

// TestProcessesThatWakeTogetherRefreshOnce: five dashboards on a laptop that is
// opened.
func TestProcessesThatWakeTogetherRefreshOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const processes = 5
	var wake []io.Writer
	var out []*bufio.Reader
	for range processes {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(os.Environ(), childDir+"="+w.dir, childBase+"="+w.zoom.URL(),
			childID+"="+w.opts.App.ClientID, childLater+"=8h", childSleep+"=1")
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		said, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Wait() })
		wake, out = append(wake, in), append(out, bufio.NewReader(said))
	}
	for i, r := range out {
		if line, err := r.ReadString('\n'); err != nil || line != "asleep\n" {
			t.Fatalf("process %d says %q (%v)", i, line, err)
		}
	}
	w.clock.forward(8 * time.Hour)
	for _, in := range wake {
		if _, err := io.WriteString(in, "wake\n"); err != nil {
			t.Fatal(err)
		}
	}
	prints := map[string]bool{}
	for i, r := range out {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("process %d: %v", i, err)
		}
		prints[line] = true
	}
	if len(prints) != 1 || w.refreshes() != 1 {
		t.Errorf("%d refreshes, tokens %v", w.refreshes(), prints)
	}
}

func TestManyProcessesRefreshOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Public)
	w.signIn()
	w.clock.forward(time.Hour)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const processes = 6
	prints := make([]string, processes)
	var running sync.WaitGroup
	for i := range processes {
		running.Go(func() {
			cmd := exec.CommandContext(t.Context(), self)
			cmd.Env = append(os.Environ(), childDir+"="+w.dir, childBase+"="+w.zoom.URL(),
				childID+"="+w.opts.App.ClientID, childLater+"=1h")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("process %d: %v\n%s", i, err, out)
			}
			prints[i] = strings.TrimSpace(string(out))
		})
	}
	running.Wait()
	stored, err := w.opts.Store.Load()
	if err != nil {
		t.Fatal(err)
	}
	for i, print := range prints {
		if print != stored.Fingerprint() {
			t.Errorf("process %d has token %q, stored is %q", i, print, stored.Fingerprint())
		}
	}
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes, want 1", w.refreshes())
	}
}
