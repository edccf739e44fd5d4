//go:build linux

package main_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// TestQRFromVTE reads the codes of the small glyph sets from pictures of a
// terminal that draws them itself: GNOME's VTE. An ordinary window of 80×24 has
// no room for half blocks, so the program takes thirds; sextants come by key.
func TestQRFromVTE(t *testing.T) {
	t.Parallel()
	needScreenshots(t, "sakura")
	for name, tt := range themes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			env := aiko.environment(append(zoom.Env(sandbox.KindPublic), tt.env...)...)
			x := openVTE(t, glass{cols: 80, rows: 24, points: 11, dark: tt.dark}, env)
			x.awaits("good for")
			x.press("Q")
			thirds := x.reads("in thirds", func(code) bool { return true })
			x.checkLink(zoom, thirds)
			sextants := x.cyclesTo("in sextants", func(c code) bool { return c.width < thirds.width*2/3 })
			if sextants.text != thirds.text {
				t.Errorf("in sextants the code says %q, in thirds %q", sextants.text, thirds.text)
			}
			x.checkZbar(thirds.text)
			// A module is a cell wide in thirds, half a cell in sextants.
			if n := float64(thirds.width) / float64(sextants.width); n < 1.9 || n > 2.1 {
				t.Errorf("the code in thirds is %.2f times as wide as in sextants", n)
			}
		})
	}
}

// settled is how long a picture must stay as it is to count as all that a key has
// brought.
const settled = 2 * time.Second

// cyclesTo presses the key for other blocks until there is a code that is good.
// It cannot know how often: one that does not fit is left out, and without colours
// each way comes in both polarities, of which only one may be read.
func (x *window) cyclesTo(what string, good func(code) bool) code {
	x.t.Helper()
	for range 24 {
		before := x.picture
		x.press("b")
		for deadline := time.Now().Add(wait); bytes.Equal(before.Pix, x.picture.Pix); x.photograph() {
			if time.Now().After(deadline) {
				x.t.Fatalf("b changes nothing; see %s", x.keep())
			}
		}
		found, err := x.scanSettled()
		if err == nil && good(found) {
			return found
		}
	}
	x.t.Fatalf("no QR code %s; see %s", what, x.keep())
	return code{}
}

// scanSettled reads the code on the screen, looking on while the picture changes.
func (x *window) scanSettled() (code, error) {
	x.t.Helper()
	found, err := scan(x.picture)
	for at := time.Now(); err != nil && time.Since(at) < settled; time.Sleep(50 * time.Millisecond) {
		before := x.picture
		if x.photograph(); !bytes.Equal(before.Pix, x.picture.Pix) {
			found, err = scan(x.picture)
			at = time.Now()
		}
	}
	return found, err
}

// relayScript makes a terminal window a screen and keyboard for the test: what
// comes from one pipe is shown, what is typed or answered goes into another.
const relayScript = `stty raw -echo
stty size >"$0.size"
cat <"$0.in" &
printf '\033[>c'
exec cat >"$0.out"
`

// openVTE opens a window of sakura, which is VTE and little more, and starts the
// program on a pseudo-terminal that the window shows.
func openVTE(t *testing.T, g glass, env []string) *window {
	t.Helper()
	x := newWindow(t, g)
	script := filepath.Join(x.dir, "relay")
	err := os.WriteFile(script, []byte(relayScript), 0o600)
	for _, pipe := range []string{script + ".in", script + ".out"} {
		if err == nil {
			err = syscall.Mkfifo(pipe, 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	sakura := exec.Command("sakura", "-f", fmt.Sprintf("DejaVu Sans Mono %d", g.points), "-c", fmt.Sprint(g.cols), "-r", fmt.Sprint(g.rows),
		"-e", "sh", script)
	sakura.Env = slices.Concat(env, []string{"DISPLAY=" + x.display, "NO_AT_BRIDGE=1", "GSETTINGS_BACKEND=memory"})
	said := start(t, sakura)
	reads, writes := openPipe(t, script+".in"), openPipe(t, script+".out")
	// It is of kind 65, with its version after it. VTE 0.70 does not answer to XTVERSION.
	awaitAnswer(t, writes, `\x1b\[>65;\d+;\d+c`, said)
	// From within, as the window's own configuration differs from program to program,
	// and late, as the window sets the colours of that when it has come.
	front, back := "0000", "ffff"
	if g.dark {
		front, back = back, front
	}
	colour := func(c string) string { return "rgb:" + c + "/" + c + "/" + c }
	if _, err := fmt.Fprintf(reads, "\x1b]10;%s\x1b\\\x1b]11;%s\x1b\\\x1b]11;?\x1b\\", colour(front), colour(back)); err != nil {
		t.Fatal(err)
	}
	awaitAnswer(t, writes, `\x1b\]11;`+colour(back)+`(\x1b\\|\x07)`, said)
	if got, err := os.ReadFile(script + ".size"); err != nil || strings.TrimSpace(string(got)) != fmt.Sprint(g.rows, " ", g.cols) {
		t.Fatalf("the window has %q rows and columns (%v), want %d and %d", got, err, g.rows, g.cols)
	}
	x.run(g, env, reads, writes)
	return x
}

// openPipe opens a named pipe for both directions, which does not wait for the
// other end.
func openPipe(t *testing.T, path string) *os.File {
	t.Helper()
	pipe, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pipe.Close() })
	return pipe
}

// awaitAnswer waits for what the window answers: a pattern.
func awaitAnswer(t *testing.T, writes *os.File, pattern string, said func() string) {
	t.Helper()
	if err := writes.SetReadDeadline(time.Now().Add(wait)); err != nil {
		t.Fatal(err)
	}
	wanted := regexp.MustCompile(pattern)
	var answer []byte
	for buf := make([]byte, 256); !wanted.Match(answer); {
		n, err := writes.Read(buf)
		if answer = append(answer, buf[:n]...); err != nil {
			t.Fatalf("sakura does not answer %q: %v, answer %q\n%s", pattern, err, answer, said())
		}
	}
	if err := writes.SetReadDeadline(time.Time{}); err != nil {
		t.Fatal(err)
	}
}
