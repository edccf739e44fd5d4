package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"zoomtui/internal/sandbox"
)

// screen is a pseudo-terminal with the program in it.
type screen struct {
	t       *testing.T
	tty     *os.File // our end
	cmd     *exec.Cmd
	done    chan struct{}
	drained chan struct{} // all it wrote has been read

	mu  sync.Mutex
	got strings.Builder
}

// onTerminal starts the program in a terminal of its own.
func onTerminal(t *testing.T, cols, rows uint16, env []string, args ...string) *screen {
	t.Helper()
	path, err := exec.LookPath("zoomtui")
	if err != nil {
		t.Fatal(err)
	}
	return inTerminal(t, cols, rows, env, exec.Command(path, args...))
}

// inTerminal starts any command in a terminal of its own.
func inTerminal(t *testing.T, cols, rows uint16, env []string, cmd *exec.Cmd) *screen {
	t.Helper()
	s := &screen{t: t, cmd: cmd, done: make(chan struct{}), drained: make(chan struct{})}
	var err error
	s.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8", "TZ=UTC"}, env...)
	if s.tty, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: rows, Cols: cols}); err != nil {
		if os.Getenv("ZOOMTUI_TEST_NO_SKIP") != "" {
			t.Fatal(err)
		}
		t.Skip("no pseudo-terminal here: ", err)
	}
	t.Cleanup(func() { _ = s.tty.Close() })
	go s.read()
	go func() {
		defer close(s.done)
		_ = s.cmd.Wait() // its exit code is looked at by ended
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.done
	})
	return s
}

func (s *screen) read() {
	defer close(s.drained)
	buf := make([]byte, 4096)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.got.Write(buf[:n])
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// text is everything that was written so far, escape sequences included.
func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got.String()
}

// awaits waits for a text to appear.
func (s *screen) awaits(text string) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); !strings.Contains(s.text(), text); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%q did not appear in:\n%s", text, s.text())
		}
	}
}

// types presses keys.
func (s *screen) types(keys string) {
	s.t.Helper()
	if _, err := s.tty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// ended waits for the end and checks the exit code.
func (s *screen) ended(code int) {
	s.t.Helper()
	for _, end := range []chan struct{}{s.done, s.drained} { // a terminal holds the last words for a while
		select {
		case <-end:
		case <-time.After(patience):
			s.t.Fatalf("did not end:\n%s", s.text())
		}
	}
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("exit code %d, want %d:\n%s", got, code, s.text())
	}
}

// sandboxed starts a sandbox and gives an environment for it.
func sandboxed(t *testing.T) []string {
	t.Helper()
	server, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	dir := t.TempDir()
	return append(server.Env(sandbox.KindPublic), "HOME="+dir, "ZOOMTUI_LISTEN=127.0.0.1:0",
		"XDG_CONFIG_HOME="+filepath.Join(dir, "config"), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "XDG_STATE_HOME="+filepath.Join(dir, "state"))
}

// linkOf finds the target of the OSC 8 link.
func linkOf(t *testing.T, text string) string {
	t.Helper()
	found := regexp.MustCompile(`\x1b\]8;[^;]*;(http[^\x1b\x07]+)`).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link in:\n%q", text)
	}
	return found[1]
}

func TestLoginOnTerminal(t *testing.T) {
	t.Parallel()
	s := onTerminal(t, 120, 60, sandboxed(t), "login", "--no-browser")
	s.awaits("good until")
	address := linkOf(t, s.text())
	if !strings.Contains(s.text(), address+"\x1b]8;;") {
		t.Errorf("the address does not stand whole as the text of its link:\n%q", s.text())
	}
	if rows := strings.Count(s.text(), "▀"); rows < 50 {
		t.Errorf("no QR code in:\n%s", s.text())
	}
	callback, err := sandbox.Browser{}.Answer(context.Background(), address, "allow")
	if err != nil {
		t.Fatal(err)
	}
	s.types("nonsense\n")
	s.awaits("Still waiting")
	if !strings.Contains(s.text(), "\x1b[1mzoomtui: ") {
		t.Errorf("the error is not marked in:\n%q", s.text())
	}
	s.types(callback + "\n")
	s.awaits("Signed in as Aiko")
	s.ended(0)
}

func TestLoginOnSmallTerminal(t *testing.T) {
	t.Parallel()
	s := onTerminal(t, 60, 20, append(sandboxed(t), "NO_COLOR=1"), "login", "--no-browser")
	s.awaits("good until")
	if !strings.Contains(s.text(), "columns and") || strings.Contains(s.text(), "▀") {
		t.Errorf("want the size that a QR code needs, and none cut off:\n%s", s.text())
	}
	s.types("nonsense\n")
	s.awaits("Still waiting")
	if strings.Contains(s.text(), "\x1b[1m") {
		t.Errorf("attributes in spite of NO_COLOR:\n%q", s.text())
	}
	s.types("\x03") // ctrl-C
	s.ended(130)
}

// The rows of a code have one pen each; nothing of it may be left on the terminal.
func TestLoginLeavesTheTerminalPlain(t *testing.T) {
	t.Parallel()
	s := onTerminal(t, 120, 60, sandboxed(t), "login", "--no-browser")
	s.awaits("good until")
	for line := range strings.Lines(s.text()) {
		if strings.Contains(line, "▀") && !strings.HasSuffix(strings.TrimSpace(line), "\x1b[0m") && !strings.HasSuffix(strings.TrimSpace(line), "\x1b[m") {
			t.Errorf("a row of the code does not end with a reset: %q", line)
		}
	}
	s.types("\x03")
	s.ended(130)
}

// A signal ends the dashboard as an interruption, and it leaves the terminal as
// it was; at whichever moment it comes, so it comes a few times.
func TestDashboardEndsWithSignals(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			for range 8 {
				s := onTerminal(t, 80, 24, []string{"TMPDIR=" + t.TempDir()}, "demo")
				s.awaits("good for")
				if err := s.cmd.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				s.ended(130)
				s.restored()
			}
		})
	}
}

// The demo begins with the app that is named.
func TestDemoOpensTheNamedProfile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"demo-public", "demo-admin", "demo-s2s"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := onTerminal(t, 120, 40, []string{"TMPDIR=" + t.TempDir()}, "demo", "--profile", name)
			s.awaits(name + " ·")
			s.types("\x03")
			s.ended(0)
		})
	}
}

// restored checks that the program has left its screen and the raw mode.
func (s *screen) restored() {
	s.t.Helper()
	s.awaits("\x1b[?1049l") // what was written last may still be on its way
	text := s.text()
	if strings.LastIndex(text, "\x1b[?1049h") > strings.LastIndex(text, "\x1b[?1049l") || strings.LastIndex(text, "\x1b[?25l") > strings.LastIndex(text, "\x1b[?25h") {
		s.t.Errorf("the alternate screen is on or the cursor is hidden after:\n%q", text)
	}
	mode, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	if mode.Lflag&unix.ECHO == 0 || mode.Lflag&unix.ICANON == 0 {
		s.t.Error("the terminal is still in raw mode")
	}
}
