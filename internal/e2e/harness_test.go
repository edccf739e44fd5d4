package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"zoomtui/internal/sandbox"
)

// wait is how long something may take that happens in another process: far
// longer than it does, for the sake of machines that have other things to do.
const wait = time.Minute

// pause is how long a poll waits between two looks.
const pause = 10 * time.Millisecond

// noSkip is the variable that makes a missing program a failure.
const noSkip = "ZOOMTUI_TEST_NO_SKIP"

// TestMain puts everything temporary of all tests, the built program too, into
// one directory and deletes that.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zoomtui-e2e-")
	if err == nil {
		defer func() { _ = os.RemoveAll(dir) }()
		err = os.Setenv("TMPDIR", dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	m.Run()
}

// need gives the path of the first of some programs that is installed, and skips
// the test where there is none.
func need(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	lack(t, strings.Join(names, " or ")+" is not installed")
	return ""
}

// lack ends a test that this machine cannot run.
func lack(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv(noSkip) != "" {
		t.Fatal(reason + ", and " + noSkip + " allows no skipping")
	}
	t.Skip(reason)
}

// built builds the program as people do, once for all tests.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "bin")
	if err != nil {
		return "", fmt.Errorf("make a directory for the program: %w", err)
	}
	path := filepath.Join(dir, "zoomtui")
	out, err := exec.Command("go", "build", "-race=false", "-buildvcs=false", "-o", path, "zoomtui/cmd/zoomtui").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
})

// zoomtui is the path of the real program.
func zoomtui(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// startZoom starts a sandbox that ends with the test.
func startZoom(t *testing.T) *sandbox.Server {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	return zoom
}

// person is somebody with a home directory and nothing in it.
type person struct{ home string }

func newPerson(t *testing.T) person {
	t.Helper()
	return person{t.TempDir()}
}

// environment is the whole environment of the person's programs, with more.
func (p person) environment(more ...string) []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "SHELL=/bin/sh", "TERM=xterm-256color", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
		"NO_PROXY=127.0.0.1,::1", "ZOOMTUI_LISTEN=127.0.0.1:0",
		"HOME=" + p.home, "TMPDIR=" + p.home, "XDG_CONFIG_HOME=" + p.home + "/config",
		"XDG_CACHE_HOME=" + p.home + "/cache", "XDG_STATE_HOME=" + p.home + "/state",
	}, more...)
}

// command is the program with the person's environment.
func (p person) command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(zoomtui(t), args...)
	cmd.Dir, cmd.Env = p.home, p.environment(env...)
	return cmd
}

// tokens is the secrets in the token file of the profile "default"; none while
// there is none.
func (p person) tokens(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.home, "config", "zoomtui", "tokens", "default.json"))
	if os.IsNotExist(err) {
		return nil
	}
	var file struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
	}
	if err == nil {
		err = json.Unmarshal(data, &file)
	}
	if err != nil || file.Access == "" || file.Refresh == "" {
		t.Fatalf("the token file holds no tokens: %v", err)
	}
	return []string{file.Access, file.Refresh}
}

// process is a running program: on a terminal of its own, where out is all that
// it shows, or on pipes.
type process struct {
	t         *testing.T
	cmd       *exec.Cmd
	in        io.WriteCloser
	tty       *os.File // our end of the terminal; nil on pipes
	out, talk *transcript
	done      chan struct{}
	drained   chan struct{} // nil on pipes
}

// transcript is what a program has written so far.
type transcript struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write adds to it.
func (s *transcript) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p) // never fails
}

func (s *transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// onPipes starts a program that has no terminal.
func onPipes(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, cmd: cmd, out: &transcript{}, talk: &transcript{}, done: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = p.out, p.talk
	in, err := cmd.StdinPipe()
	if err == nil {
		p.in, err = in, cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	p.follow()
	return p
}

// onTerminal starts a program in a terminal of cols×rows cells.
func onTerminal(t *testing.T, cmd *exec.Cmd, cols, rows uint16) *process {
	t.Helper()
	p := &process{t: t, cmd: cmd, out: &transcript{}, talk: &transcript{}, done: make(chan struct{})}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: rows, Cols: cols})
	if err != nil {
		lack(t, "no pseudo-terminal here: "+err.Error())
	}
	p.in, p.tty = tty, tty
	t.Cleanup(func() { _ = tty.Close() })
	p.drained = make(chan struct{})
	go func() {
		defer close(p.drained)
		_, _ = io.Copy(p.out, tty) // ends with the terminal
	}()
	p.follow()
	return p
}

// follow waits for the program, and kills it at the end of the test.
func (p *process) follow() {
	go func() {
		defer close(p.done)
		_ = p.cmd.Wait() // its exit code is looked at by ended
	}()
	p.t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.done
	})
}

// until waits for something; what names it for the failure.
func (p *process) until(what string, ok func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(wait); !ok(); time.Sleep(pause) {
		if time.Now().After(deadline) {
			p.t.Fatalf("did not come within %v: %s\n%s%s", wait, what, p.out, p.talk)
		}
	}
}

// awaits waits for a text to be written, on whichever stream.
func (p *process) awaits(text string) {
	p.t.Helper()
	p.until(text, func() bool { return strings.Contains(p.out.String(), text) || strings.Contains(p.talk.String(), text) })
}

// types types or pastes a text.
func (p *process) types(text string) {
	p.t.Helper()
	if _, err := io.WriteString(p.in, text); err != nil {
		p.t.Fatal(err)
	}
}

// ended waits for the end and checks the exit code.
func (p *process) ended(code int) {
	p.t.Helper()
	p.until("the end of "+strings.Join(p.cmd.Args, " "), func() bool {
		select {
		case <-p.done:
			return p.isDrained()
		default:
			return false
		}
	})
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.t.Errorf("exit code %d, want %d\n%s%s", got, code, p.out, p.talk)
	}
}

// isDrained tells whether all that was written has been read. A terminal holds the
// last words of a program that has ended for a while; pipes are read before that end.
func (p *process) isDrained() bool {
	if p.drained == nil {
		return true
	}
	select {
	case <-p.drained:
		return true
	default:
		return false
	}
}

// event waits for a line of --json that tells of an event, and gives its keys.
func (p *process) event(name string) map[string]any {
	p.t.Helper()
	var found map[string]any
	p.until(fmt.Sprintf("the event %q", name), func() bool {
		for line := range strings.Lines(p.out.String()) {
			var keys map[string]any
			if json.Unmarshal([]byte(line), &keys) == nil && keys["event"] == name {
				found = keys
			}
		}
		return found != nil
	})
	return found
}
