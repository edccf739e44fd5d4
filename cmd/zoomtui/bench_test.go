package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"zoomtui/internal/sandbox"
	"zoomtui/internal/ui/login"
)

// The benchmarks run the real program, built as it is released, in a terminal
// of its own, and report medians:
//
//	go test -run '^$' -bench . ./cmd/zoomtui
//
// The goals: the dashboard's first frame from the cache
// within 1.3 times an empty Bubble Tea program's, `token` within five times an
// empty Go program's start and within a tenth of `gh auth token`, what a status
// line runs within the same time, an idle second within 120 bytes.

// programs are the binaries that are compared.
type programs struct{ zoomtui, emptyTea, emptyGo string }

func buildPrograms(b *testing.B) programs {
	b.Helper()
	dir := b.TempDir()
	build := func(name, pkg string) string {
		out := filepath.Join(dir, name)
		if text, err := exec.CommandContext(b.Context(), "go", "build", "-o", out, pkg).CombinedOutput(); err != nil {
			b.Fatalf("build %s: %v\n%s", pkg, err, text)
		}
		return out
	}
	return programs{build("zoomtui", "."), build("empty-tea", "./testdata/empty-tea"), build("empty-go", "./testdata/empty-go")}
}

// signedInHome signs in at a sandbox and fills the cache, as an earlier run of
// the dashboard would have, and returns the environment.
func signedInHome(b *testing.B, meetings int) []string {
	b.Helper()
	zoom, err := sandbox.Start(sandbox.Options{Meetings: meetings})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = zoom.Close() })
	home := b.TempDir()
	env := append(zoom.Env(sandbox.KindPublic), "HOME="+home, "ZOOMTUI_LISTEN=127.0.0.1:0",
		"XDG_CONFIG_HOME="+home+"/config", "XDG_CACHE_HOME="+home+"/cache", "XDG_STATE_HOME="+home+"/state",
		"PATH="+os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8", "TZ=UTC")
	fillHome(b, env)
	return env
}

func fillHome(b *testing.B, env []string) {
	b.Helper()
	values := map[string]string{}
	for _, line := range env {
		name, value, _ := strings.Cut(line, "=")
		values[name] = value
	}
	c := &cli{stdio: stdio{err: &bytes.Buffer{}}, getenv: func(n string) string { return values[n] }, clock: time.Now}
	for dest, name := range map[*string]string{&c.paths.Config: "config", &c.paths.Cache: "cache", &c.paths.State: "state"} {
		*dest = filepath.Join(values["HOME"], name, "zoomtui")
	}
	o, err := c.open("benchmark")
	if err != nil {
		b.Fatal(err)
	}
	attempt, err := signIns{o}.Start(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer attempt.Close()
	outcome := make(chan error, 1)
	go func(a login.Attempt) {
		_, err := a.Wait(context.WithoutCancel(b.Context()))
		outcome <- err
	}(attempt)
	if err := (sandbox.Browser{}).Allow(b.Context(), attempt.Link().URL); err != nil {
		b.Fatal(err)
	}
	if err := <-outcome; err != nil {
		b.Fatal(err)
	}
	if _, err := (account{o}).Me(b.Context()); err != nil {
		b.Fatal(err)
	}
	if _, err := (calendar{o}).Hosted(b.Context()); err != nil {
		b.Fatal(err)
	}
	if _, err := (calendar{o}).Invited(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// terminal is a program on a pseudo-terminal whose output is counted.
type terminal struct {
	b   *testing.B
	cmd *exec.Cmd
	tty *os.File

	mu   sync.Mutex
	got  bytes.Buffer
	last time.Time // of the newest output
}

func onPTY(b *testing.B, env []string, path string, args ...string) *terminal {
	b.Helper()
	cmd := exec.Command(path, args...)
	cmd.Env = env
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 120})
	if err != nil {
		b.Skip("no pseudo-terminal here: ", err)
	}
	t := &terminal{b: b, cmd: cmd, tty: tty}
	go t.read()
	return t
}

func (t *terminal) read() {
	buf := make([]byte, 64<<10)
	for {
		n, err := t.tty.Read(buf)
		t.mu.Lock()
		t.got.Write(buf[:n])
		t.last = time.Now()
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (t *terminal) bytes() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.got.Len()
}

// await polls, finely, until the text has been written; it returns how long that took.
func (t *terminal) await(since time.Time, text string) time.Duration {
	t.b.Helper()
	for deadline := since.Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Microsecond) {
		t.mu.Lock()
		found, at := bytes.Contains(t.got.Bytes(), []byte(text)), t.last
		t.mu.Unlock()
		if found {
			return at.Sub(since)
		}
	}
	t.b.Fatalf("%q did not appear", text)
	return 0
}

// quiet waits until nothing has been written for a while; it returns the count.
func (t *terminal) quiet(d time.Duration) int {
	for {
		before := t.bytes()
		time.Sleep(d)
		if after := t.bytes(); after == before {
			return after
		}
	}
}

// end kills the program and returns the processor time that it used.
func (t *terminal) end() time.Duration {
	_ = t.cmd.Process.Signal(syscall.SIGKILL)
	_ = t.cmd.Wait()
	_ = t.tty.Close()
	return t.cmd.ProcessState.UserTime() + t.cmd.ProcessState.SystemTime()
}

func median[T int | time.Duration](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// BenchmarkFirstFrame compares the dashboard's first frame from the cache with
// the first frame of an empty Bubble Tea program, taken in turn.
func BenchmarkFirstFrame(b *testing.B) {
	p := buildPrograms(b)
	env := signedInHome(b, 0)
	var ours, empty []time.Duration
	for b.Loop() {
		for range 15 {
			start := time.Now()
			t := onPTY(b, env, p.zoomtui)
			ours = append(ours, t.await(start, "Tokens"))
			t.end()
			start = time.Now()
			t = onPTY(b, env, p.emptyTea)
			empty = append(empty, t.await(start, "empty"))
			t.end()
		}
	}
	b.ReportMetric(milliseconds(median(ours)), "ms-dashboard")
	b.ReportMetric(milliseconds(median(empty)), "ms-empty-tea")
	b.ReportMetric(float64(median(ours))/float64(median(empty)), "ratio")
}

// BenchmarkToken compares `zoomtui token` with a valid token with an empty Go
// program and, where it is installed, with `gh auth token`.
func BenchmarkToken(b *testing.B) {
	p := buildPrograms(b)
	env := signedInHome(b, 0)
	gh, noGH := exec.LookPath("gh")
	var ours, empty, others []time.Duration
	for b.Loop() {
		for range 40 {
			ours = append(ours, timed(env, p.zoomtui, "token"))
			empty = append(empty, timed(env, p.emptyGo))
			if noGH == nil {
				others = append(others, timed(append(env, "GH_TOKEN=x"), gh, "auth", "token"))
			}
		}
	}
	b.ReportMetric(milliseconds(median(ours)), "ms-token")
	b.ReportMetric(milliseconds(median(empty)), "ms-empty-go")
	b.ReportMetric(float64(median(ours))/float64(median(empty)), "ratio")
	if noGH == nil {
		b.ReportMetric(milliseconds(median(others)), "ms-gh")
		b.ReportMetric(float64(median(ours))/float64(median(others)), "of-gh")
	}
}

// BenchmarkStatusLine measures what a status bar or a prompt runs every few seconds,
// from the cache, in turn with an empty Go program.
func BenchmarkStatusLine(b *testing.B) {
	p := buildPrograms(b)
	env := signedInHome(b, 0)
	lines := map[string][]string{"next": {"next"}, "waybar": {"next", "--format", "waybar"}, "status": {"status", "--json"}}
	took := map[string][]time.Duration{}
	var empty []time.Duration
	for b.Loop() {
		for range 40 {
			for name, args := range lines {
				took[name] = append(took[name], timed(env, p.zoomtui, args...))
			}
			empty = append(empty, timed(env, p.emptyGo))
		}
	}
	b.ReportMetric(milliseconds(median(empty)), "ms-empty-go")
	for name, times := range took {
		b.ReportMetric(milliseconds(median(times)), "ms-"+name)
	}
}

func timed(env []string, path string, args ...string) time.Duration {
	cmd := exec.Command(path, args...)
	cmd.Env = env
	start := time.Now()
	_ = cmd.Run() // gh may not be signed in; that is no matter here
	return time.Since(start)
}

// BenchmarkIdle leaves the dashboard alone: bytes a second to the terminal and
// processor time a minute, without the start.
func BenchmarkIdle(b *testing.B) {
	p := buildPrograms(b)
	env := signedInHome(b, 0)
	const settle, watch = 3 * time.Second, 20 * time.Second
	var perSecond int
	var perMinute time.Duration
	for b.Loop() {
		start := onPTY(b, env, p.zoomtui)
		start.await(time.Now(), "Tokens")
		time.Sleep(settle)
		used := start.end()

		t := onPTY(b, env, p.zoomtui)
		t.await(time.Now(), "Tokens")
		time.Sleep(settle)
		before := t.bytes()
		time.Sleep(watch)
		perSecond = (t.bytes() - before) / int(watch/time.Second)
		perMinute = (t.end() - used) * time.Duration(time.Minute/watch)
	}
	b.ReportMetric(float64(perSecond), "B/s")
	b.ReportMetric(milliseconds(perMinute), "cpu-ms/min")
}

// BenchmarkCursorKey presses j and counts what is written for it.
func BenchmarkCursorKey(b *testing.B) {
	p := buildPrograms(b)
	t := onPTY(b, signedInHome(b, 0), p.zoomtui)
	defer t.end()
	t.await(time.Now(), "Tokens")
	var each []int
	for b.Loop() {
		for range 10 {
			before := t.quiet(150 * time.Millisecond)
			_, _ = t.tty.WriteString("j")
			each = append(each, t.quiet(100*time.Millisecond)-before)
		}
	}
	b.ReportMetric(float64(median(each)), "B/key")
	b.ReportMetric(float64(slices.Max(each)), "B/key-most")
}

// BenchmarkTenThousandMeetings opens the list of ten thousand meetings: how
// long a key press takes until the terminal has the new frame, and the peak
// memory of the process.
func BenchmarkTenThousandMeetings(b *testing.B) {
	p := buildPrograms(b)
	t := onPTY(b, signedInHome(b, 10_000), p.zoomtui)
	defer t.end()
	t.await(time.Now(), "Tokens")
	_, _ = t.tty.WriteString("2")
	t.await(time.Now(), "ahead")
	t.quiet(500 * time.Millisecond)
	var each []time.Duration
	for b.Loop() {
		for range 30 {
			before := t.quiet(60 * time.Millisecond)
			start := time.Now()
			_, _ = t.tty.WriteString("G")
			for t.bytes() == before && time.Since(start) < time.Second {
				time.Sleep(200 * time.Microsecond)
			}
			each = append(each, time.Since(start))
			_, _ = t.tty.WriteString("g")
		}
	}
	b.ReportMetric(milliseconds(median(each)), "ms/key")
	b.ReportMetric(float64(peakMemory(t.cmd.Process.Pid))/(1<<20), "MB-peak")
}

// peakMemory is VmHWM of /proc, in bytes; 0 where there is none.
func peakMemory(pid int) int {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
			return kb << 10
		}
	}
	return 0
}
