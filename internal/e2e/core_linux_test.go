package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// TestNoCoreHoldsATokenAfterACrash makes the program crash while it holds tokens, with
// everything set for a core file. What crashes beside it leaves one.
func TestNoCoreHoldsATokenAfterACrash(t *testing.T) {
	t.Parallel()
	h := newHolder(t, sandbox.KindPublic)
	const unlimited = `ulimit -c unlimited && exec "$@"`
	control := exec.Command("sh", "-c", "ulimit -c unlimited && kill -ABRT $$")
	control.Dir = t.TempDir()
	_ = control.Run() // it is killed
	if cores(t, control.Dir) == 0 {
		t.Skip("cores are not written into the working directory here, or not at all")
	}
	for _, signal := range []syscall.Signal{syscall.SIGABRT, syscall.SIGQUIT, syscall.SIGSEGV} {
		h.signIn(2 * time.Hour)
		asked, crashed := make(chan struct{}), make(chan struct{})
		h.line.stops(func(s stage) {
			if s == onTheWay {
				close(asked)
				<-crashed
			}
		})
		cmd := h.program("token")
		cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", unlimited, "sh"}, cmd.Args...)
		cmd.Env = append(cmd.Env, "GOTRACEBACK=crash")
		p := onPipes(t, cmd)
		select {
		case <-asked:
		case <-p.done:
			t.Fatalf("it ended before it was to crash:\n%s%s", p.out, p.talk)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		<-p.done
		close(crashed)
		h.line.quiet(t)
		h.line.stops(nil)
		h.search(result{args: []string{"token"}, out: p.out.String(), talk: p.talk.String(), code: 2})
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() {
			t.Errorf("%v: it has not crashed: %v", signal, cmd.ProcessState)
		}
		if n := cores(t, h.home); n > 0 {
			t.Errorf("%v: %d core files", signal, n)
		}
	}
}

// TestExecGivesTheCoreLimitBack runs a command that may leave core files, as it may
// without zoomtui before it.
func TestExecGivesTheCoreLimitBack(t *testing.T) {
	t.Parallel()
	h := newHolder(t, sandbox.KindPublic)
	h.signIn(time.Minute)
	for _, limit := range []string{"0", "8", "unlimited"} {
		cmd := h.program("exec", "--", "sh", "-c", "ulimit -S -c")
		cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", `ulimit -S -c ` + limit + ` && exec "$@"`, "sh"}, cmd.Args...)
		if r := h.runs(cmd, "", []string{"exec"}); r.code != 0 || strings.TrimSpace(r.out) != limit {
			t.Errorf("the command may write %q, want %q\n%s", r.out, limit, r.talk)
		}
	}
}

// cores counts the core files in a directory.
func cores(t *testing.T, dir string) (n int) {
	t.Helper()
	for _, pattern := range []string{"core", "core.*", "*.core"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				n++
			}
		}
	}
	return n
}
