//go:build linux

package main_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// needScreenshots skips where a terminal cannot be photographed, or would be
// drawn with another font.
func needScreenshots(t *testing.T, terminal string) {
	t.Helper()
	need(t, terminal, "Xvfb", "import")
	needDejaVu(t)
	out, err := exec.CommandContext(t.Context(), "import", "-version").Output()
	if err != nil || !bytes.Contains(out, []byte("ImageMagick")) {
		lack(t, "import is not the one of ImageMagick")
	}
}

// needDejaVu skips without the font: the pictures would be of another one.
func needDejaVu(t *testing.T) {
	t.Helper()
	need(t, "fc-match")
	out, err := exec.CommandContext(t.Context(), "fc-match", "DejaVu Sans Mono", "family").Output()
	if err != nil || !bytes.Contains(out, []byte("DejaVu Sans Mono")) {
		lack(t, "the font DejaVu Sans Mono is not installed")
	}
}

// glass is what the window of a terminal is to be like.
type glass struct {
	cols, rows, points int  // cells, and the size of the font
	dark               bool // white on black, otherwise black on white
	latin              bool // the terminal and the program have no UTF-8
}

// window is a terminal on a virtual display of its own, with the program in it.
// What the program writes and what the terminal types passes through the test.
type window struct {
	t       *testing.T
	display string
	dir     string      // for pictures
	picture *image.Gray // the last one
	program *os.File    // our end of the program's terminal

	mu  sync.Mutex
	got strings.Builder
}

// newWindow starts a display with room for the window, and little more to search:
// a cell is less than 0.9 points wide and less than 1.7 high.
func newWindow(t *testing.T, g glass) *window {
	t.Helper()
	size := fmt.Sprintf("%dx%dx24", g.cols*g.points*9/10+8, g.rows*g.points*17/10+8)
	return &window{t: t, display: startDisplay(t, size), dir: t.TempDir()}
}

// run starts the program on a pseudo-terminal and connects it with the window,
// which reads one file and writes the other.
func (x *window) run(g glass, env []string, reads io.Writer, writes io.Reader) {
	x.t.Helper()
	cmd := exec.Command(program(x.t))
	cmd.Env = slices.Concat(env, []string{"TERM=xterm-256color"})
	var err error
	if x.program, err = pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(g.rows), Cols: uint16(g.cols)}); err != nil {
		lack(x.t, "no pseudo-terminal here: "+err.Error())
	}
	x.t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
		_ = x.program.Close()
	})
	go func() { _, _ = io.Copy(io.MultiWriter(x, reads), x.program) }() // both end with the test
	go func() { _, _ = io.Copy(x.program, writes) }()
}

// Write keeps what the program has written.
func (x *window) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.got.Write(p)
}

// awaits waits until the program has written a text.
func (x *window) awaits(text string) {
	x.t.Helper()
	written := func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return strings.Contains(x.got.String(), text)
	}
	for deadline := time.Now().Add(wait); !written(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			x.t.Fatalf("the program does not write %q", text)
		}
	}
}

// startDisplay starts an X server that finds a free number by itself.
func startDisplay(t *testing.T, size string) string {
	t.Helper()
	number, theirs, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer number.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{theirs}
	said := start(t, server)
	_ = theirs.Close()
	if err := number.SetReadDeadline(time.Now().Add(wait)); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(number).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb does not come: %v\n%s", err, said())
	}
	return ":" + strings.TrimSpace(line)
}

// start starts a command that is killed at the end of the test; said is what it
// has written to stderr, after its end.
func start(t *testing.T, cmd *exec.Cmd) (said func() string) {
	t.Helper()
	var words bytes.Buffer
	if cmd.Stderr == nil {
		cmd.Stderr = &words
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	end := func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
	}
	t.Cleanup(end)
	return func() string {
		end()
		return words.String()
	}
}

// press presses keys.
func (x *window) press(keys string) {
	x.t.Helper()
	if _, err := x.program.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

// lookAgain is the pause between two pictures. Taking one holds up the display, and
// so the terminal that is to draw on it.
const lookAgain = 250 * time.Millisecond

// reads photographs the screen until there is a code on it that is good. It looks
// at each picture once: that takes far longer than to take it.
func (x *window) reads(what string, good func(code) bool) code {
	x.t.Helper()
	err := errors.New("there is no picture")
	for deadline := time.Now().Add(wait); ; time.Sleep(lookAgain) {
		before, last := x.picture, time.Now().After(deadline) // a look may take long: the last one is at what is there then
		x.photograph()
		if before == nil || !bytes.Equal(before.Pix, x.picture.Pix) {
			var found code
			if found, err = scan(x.picture); err == nil && good(found) {
				return found
			}
		}
		if last {
			// The last bytes tell a program that hangs from a terminal that does.
			x.t.Fatalf("no QR code %s within %v: %v; see %s\nthe program last wrote %q", what, wait, err, x.keep(), x.tail())
		}
	}
}

// tail is the end of what the program has written.
func (x *window) tail() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	written := x.got.String()
	return written[max(0, len(written)-400):]
}

// photographFile is where a picture lies until the next one.
func (x *window) photographFile() string { return filepath.Join(x.dir, "screen.png") }

// photograph takes a picture of the whole display.
func (x *window) photograph() {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.t.Context(), wait)
	defer cancel()
	cmd := exec.CommandContext(ctx, "import", "-display", x.display, "-window", "root", x.photographFile())
	if out, err := cmd.CombinedOutput(); err != nil {
		x.t.Fatalf("take a picture of the screen: %v\n%s", err, out)
	}
	data, err := os.ReadFile(x.photographFile())
	var picture image.Image
	if err == nil {
		picture, err = png.Decode(bytes.NewReader(data))
	}
	if err != nil {
		x.t.Fatal(err)
	}
	x.picture = image.NewGray(picture.Bounds())
	draw.Draw(x.picture, x.picture.Rect, picture, picture.Bounds().Min, draw.Src)
}

// keep saves the last picture, and beside it what the program has written, beyond
// the test, and returns its path: among the artifacts where `go test -artifacts`
// asks for some, else in a new directory.
func (x *window) keep() string {
	dir := x.t.ArtifactDir()
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		var err error
		if dir, err = os.MkdirTemp("", "zoomtui-qr-"); err != nil {
			return err.Error()
		}
	}
	path := filepath.Join(dir, strings.ReplaceAll(filepath.Base(x.t.Name()), " ", "-")+".png")
	x.mu.Lock()
	written := x.got.String()
	x.mu.Unlock()
	if err := errors.Join(os.Rename(x.photographFile(), path), os.WriteFile(path+".written", []byte(written), 0o600)); err != nil {
		return err.Error()
	}
	return path
}

// checkZbar reads the last picture with the other widespread reader.
func (x *window) checkZbar(want string) {
	x.t.Helper()
	if _, err := exec.LookPath("zbarimg"); err != nil && os.Getenv(noSkip) == "" {
		x.t.Log("not read with zbarimg, which is not installed")
		return
	}
	cmd := exec.CommandContext(x.t.Context(), "zbarimg", "--quiet", "--raw", x.photographFile())
	out, err := cmd.Output()
	if got := strings.TrimSpace(string(out)); err != nil || got != want {
		x.t.Errorf("zbarimg reads %q (%v), want %q; see %s", got, err, want, x.keep())
	}
}
