package auth

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// The environment that makes the test binary play another process: the
// directory of the tokens, the base of the sandbox, its client id, and how much
// later it is there.
const (
	childDir   = "AUTH_TEST_CHILD_DIR"
	childBase  = "AUTH_TEST_CHILD_BASE"
	childID    = "AUTH_TEST_CHILD_ID"
	childLater = "AUTH_TEST_CHILD_LATER"
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
	store, err := NewStore(os.Getenv(childDir), "work")
	if err != nil {
		return err
	}
	source, err := NewSource(SourceOptions{Options: Options{
		App:   App{Profile: "work", Kind: Public, ClientID: os.Getenv(childID), OAuthBase: os.Getenv(childBase)},
		Store: store, Command: "token", Clock: func() time.Time { return time.Now().Add(later) },
	}})
	if err != nil {
		return err
	}
	defer source.Close()
	token, err := source.Token(context.Background())
	if err != nil {
		return err
	}
	fmt.Println(token.Fingerprint())
	return nil
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
