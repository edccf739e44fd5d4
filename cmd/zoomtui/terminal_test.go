package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zoomtui/internal/sandbox"
)

// wait is how long a screen may take to show what is expected: far longer than
// it does, for the sake of machines that have other things to do.
const wait = time.Minute

// noSkip is the variable that makes a missing program a failure.
const noSkip = "ZOOMTUI_TEST_NO_SKIP"

// need skips the test where a program is missing, unless noSkip is set.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			lack(t, name+" is not installed")
		}
	}
}

// lack ends a test that this machine cannot run.
func lack(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv(noSkip) != "" {
		t.Fatal(reason + ", and " + noSkip + " allows no skipping")
	}
	t.Skip(reason)
}

// built builds the program as people do, once for all tests. It lies in the
// directory that TestMain makes for commands, which is deleted with it.
var built = sync.OnceValues(func() (string, error) {
	command, err := exec.LookPath("zoomtui")
	if err != nil {
		return "", fmt.Errorf("find the directory for commands: %w", err)
	}
	path := filepath.Join(filepath.Dir(filepath.Dir(command)), "zoomtui")
	out, err := exec.Command("go", "build", "-race=false", "-buildvcs=false", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
})

// program is the path of the real binary.
func program(t *testing.T) string {
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

// environment is the whole environment of the person's programs, with more.
func (p person) environment(more ...string) []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "SHELL=/bin/sh", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC", "ZOOMTUI_LISTEN=127.0.0.1:0",
		"HOME=" + p.home, "TMPDIR=" + p.home, "XDG_CONFIG_HOME=" + p.home + "/config",
		"XDG_CACHE_HOME=" + p.home + "/cache", "XDG_STATE_HOME=" + p.home + "/state",
	}, more...)
}

// tokens is the secrets in the person's token file; none while there is none.
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

// terminal is a tmux of its own with a shell script in it that runs the program.
type terminal struct {
	t          *testing.T
	dir        string
	env        []string
	cols, rows int
	seen       []string // every screen that was looked at
}

// before is what the shell says before it starts the program.
const before = "what the shell said before"

// shellScript runs the program of its arguments and tells what became of the
// terminal and of the program. Then it keeps the terminal open.
const shellScript = `echo "` + before + `"
stty -a >"$0.before"
sh -c 'echo $$ >"$0"; exec "$@"' "$0.pid" "$@"
status=$?
stty -a >"$0.after"
echo "exit status $status"
exec cat
`

// openTerminal runs the program with args in a terminal of cols×rows cells.
func openTerminal(t *testing.T, cols, rows int, env []string, args ...string) *terminal {
	t.Helper()
	dir, err := os.MkdirTemp("", "zt") // short: the path of a socket has about 100 bytes
	if err != nil {
		t.Fatal(err)
	}
	s := &terminal{t: t, dir: dir, env: env, cols: cols, rows: rows}
	if err := os.WriteFile(s.file(""), []byte(shellScript), 0o600); err != nil {
		t.Fatal(err)
	}
	command := append([]string{"sh", s.file(""), program(t)}, args...)
	options := "start-server ; set -g default-terminal tmux-256color ; set -s escape-time 0 ; set -g status off ; new-session -d -x"
	start := append(strings.Fields(options), strconv.Itoa(cols), "-y", strconv.Itoa(rows))
	start = append(append(start, command...), ";", "pipe-pane", "cat >"+s.file(".stream"))
	t.Cleanup(func() {
		s.close()
		_ = os.RemoveAll(dir)
	})
	s.tmux(start...)
	return s
}

// close ends the terminal, and waits for the program in it: hung up, it still writes
// into a home that is about to go.
func (s *terminal) close() {
	// Not t.Context(): it is over by now.
	_ = exec.Command("tmux", "-S", filepath.Join(s.dir, "tmux"), "kill-server").Run() // ended or not
	pid, _ := os.ReadFile(s.file(".pid"))                                             // none, if it has not started
	for deadline := time.Now().Add(wait); running(strings.TrimSpace(string(pid))) && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
}

// running tells whether a process is there and is more than an entry for a parent
// that does not ask for it. Where there is no /proc, nobody knows.
func running(pid string) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", pid, "stat"))
	return pid != "" && err == nil && !strings.Contains(string(stat), ") Z ")
}

// file is the script with an empty suffix, and what it leaves with one.
func (s *terminal) file(suffix string) string { return filepath.Join(s.dir, "script"+suffix) }

// tmux gives a command to the terminal's own tmux.
func (s *terminal) tmux(args ...string) string {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), "tmux", append([]string{"-S", filepath.Join(s.dir, "tmux"), "-u", "-f", "/dev/null"}, args...)...)
	cmd.Env = s.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}

// press presses keys, by tmux's names for them.
func (s *terminal) press(keys ...string) {
	s.t.Helper()
	s.tmux(append([]string{"send-keys"}, keys...)...)
}

// paste pastes text as a terminal does, between the marks of a bracketed paste.
func (s *terminal) paste(text string) {
	s.t.Helper()
	s.tmux("set-buffer", "--", text, ";", "paste-buffer", "-p")
}

// resize changes the size of the window.
func (s *terminal) resize(cols, rows int) {
	s.t.Helper()
	s.cols, s.rows = cols, rows
	s.tmux("resize-window", "-x", strconv.Itoa(cols), "-y", strconv.Itoa(rows))
}

// screen is what a person sees now, row by row without trailing blanks.
func (s *terminal) screen() string {
	s.t.Helper()
	now := s.tmux("capture-pane", "-p")
	s.seen = append(s.seen, now)
	return now
}

// until waits for a screen; what names it for the failure.
func (s *terminal) until(what string, ok func(screen string) bool) string {
	s.t.Helper()
	for deadline := time.Now().Add(wait); ; time.Sleep(20 * time.Millisecond) {
		now := s.screen()
		if ok(now) {
			return now
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("not on the screen within %v: %s\n%s", wait, what, now)
		}
	}
}

// awaits waits until all words are on the screen.
func (s *terminal) awaits(words ...string) string {
	s.t.Helper()
	return s.until(strings.Join(words, " + "), func(screen string) bool {
		return holds(screen, words)
	})
}

// holds tells whether all words are on a screen.
func holds(screen string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(screen, word) })
}

// stream is everything that the program has written to the terminal.
func (s *terminal) stream() string {
	s.t.Helper()
	data, err := os.ReadFile(s.file(".stream"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

// is asks tmux about the terminal: "alternate_on", "cursor_flag".
func (s *terminal) is(format string) bool {
	s.t.Helper()
	return strings.TrimSpace(s.tmux("display-message", "-p", "#{"+format+"}")) == "1"
}

// signal sends a signal to the program alone.
func (s *terminal) signal(signal os.Signal) {
	s.t.Helper()
	data, err := os.ReadFile(s.file(".pid"))
	var pid int
	if err == nil {
		pid, err = strconv.Atoi(strings.TrimSpace(string(data)))
	}
	var process *os.Process
	if err == nil {
		process, err = os.FindProcess(pid)
	}
	if err == nil {
		err = process.Signal(signal)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// ended waits for the end of the program and checks that its exit status is one
// of codes and that it has left the terminal as it was.
func (s *terminal) ended(codes ...int) {
	s.t.Helper()
	screen := s.until("the end, and all of the stream", func(screen string) bool {
		return strings.Contains(screen, "exit status ") && strings.Contains(s.stream(), "exit status ")
	})
	status := regexp.MustCompile(`exit status (\d+)`).FindStringSubmatch(screen)
	code, err := strconv.Atoi(status[1])
	if err != nil || !slices.Contains(codes, code) {
		s.t.Errorf("exit status %s, want %v", status[1], codes)
	}
	s.t.Logf("exit status %d", code)
	if !strings.HasPrefix(screen, before) {
		s.t.Errorf("the shell's screen did not come back:\n%s", screen)
	}
	if s.is("alternate_on") || !s.is("cursor_flag") {
		s.t.Error("the alternate screen is on or the cursor is hidden")
	}
	if s.is("mouse_any_flag") || s.is("keypad_flag") || s.is("keypad_cursor_flag") {
		s.t.Error("the mouse or the keypad is not as it was")
	}
	if left := leftOn(s.stream()); left != nil {
		s.t.Errorf("left on: %q", left)
	}
	if diff := cmp.Diff(s.lines(".before"), s.lines(".after")); diff != "" {
		s.t.Errorf("stty is not as it was:\n%s", diff)
	}
}

// lines is what stty said, without the size of the window.
func (s *terminal) lines(suffix string) []string {
	s.t.Helper()
	data, err := os.ReadFile(s.file(suffix))
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Split(regexp.MustCompile(`(rows|columns) \d+;|\d+ (rows|columns);`).ReplaceAllString(string(data), ""), "\n")
}

// leftOn finds the modes of a terminal that a stream switches and does not
// switch back: DEC's private modes (alternate screen, cursor, mouse, focus,
// bracketed paste), xterm's keyboard resources and Kitty's keyboard stack.
func leftOn(stream string) []string {
	first, last := map[string]string{}, map[string]string{}
	var order []string
	stack := 0
	for _, found := range regexp.MustCompile(`\x1b\[(\?[0-9;]+[hl]|>4(?:;[0-9]+)?m|[<>][0-9;]*u)`).FindAllStringSubmatch(stream, -1) {
		mode, state := found[1][:len(found[1])-1], found[1][len(found[1])-1:]
		switch {
		case state == "u" && mode[0] == '>':
			stack++
			continue
		case state == "u":
			stack--
			continue
		case state == "m":
			mode, state = ">4", strings.TrimPrefix(mode, ">4")
		}
		if _, known := last[mode]; !known {
			order, first[mode] = append(order, mode), state
		}
		last[mode] = state
	}
	var left []string
	for _, mode := range order {
		if same := first[mode] == last[mode]; same && mode != ">4" || mode == ">4" && last[mode] != "" {
			left = append(left, mode+last[mode])
		}
	}
	if stack != 0 {
		left = append(left, fmt.Sprintf("%d on the keyboard stack", stack))
	}
	return left
}

func TestScreenLeftOn(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		stream string
		want   []string
	}{
		"all back":           {"\x1b[?1049h\x1b[?25l\x1b[>4;2m\x1b[>1u…\x1b[?25h\x1b[>4m\x1b[<1u\x1b[?1049l", nil},
		"nothing switched":   {"\x1b[1;31mred\x1b[m", nil},
		"alternate screen":   {"\x1b[?1049h…", []string{"?1049h"}},
		"hidden cursor":      {"\x1b[?25l…\x1b[?25h…\x1b[?25l", []string{"?25l"}},
		"paste and mouse":    {"\x1b[?2004h\x1b[?1002h\x1b[?1006h…\x1b[?1006l", []string{"?2004h", "?1002h"}},
		"xterm's keyboard":   {"\x1b[>4;2m…", []string{">4;2"}},
		"the keyboard stack": {"\x1b[>1u\x1b[>1u…\x1b[<1u", []string{"1 on the keyboard stack"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, leftOn(tt.stream)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
