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
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/sys/unix"

	"zoomtui/internal/sandbox"
)

// TestQRFromScreenshot reads the QR code as a phone does: from a picture of a
// real terminal.
func TestQRFromScreenshot(t *testing.T) {
	t.Parallel()
	need(t, "Xvfb", "xterm", "import")
	needImageMagick(t)
	needDejaVu(t)
	dark, light := []string{"-bg", "black", "-fg", "white"}, []string{"-bg", "white", "-fg", "black"}
	tests := map[string]struct {
		theme []string
		env   []string
	}{
		"dark":              {theme: dark},
		"light":             {theme: light},
		"dark without SGR":  {theme: dark, env: []string{"NO_COLOR=1"}},
		"light without SGR": {theme: light, env: []string{"NO_COLOR=1"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			x := openXterm(t, tt.theme, aiko.environment(append(zoom.Env(sandbox.KindPublic), tt.env...)...))

			beside := x.awaits("beside the words", func(code) bool { return true })
			if !strings.HasPrefix(beside.text, zoom.URL()+"/oauth/authorize?") {
				t.Fatalf("the code says %q, which is no link to %s", beside.text, zoom.URL())
			}
			if beside.corner.X < x.picture.Bounds().Dx()/3 {
				t.Errorf("the code begins at %v: not beside the words", beside.corner)
			}
			x.checkZbar(beside.text)

			x.press("Q")
			alone := x.awaits("alone on the screen", func(c code) bool { return c.corner.X < beside.corner.X-8 })
			if alone.text != beside.text {
				t.Errorf("alone the code says %q, beside the words %q", alone.text, beside.text)
			}
			x.checkZbar(beside.text)

			if err := (sandbox.Browser{}).Allow(t.Context(), alone.text); err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(wait); aiko.tokens(t) == nil; time.Sleep(10 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("the link of the code does not sign in")
				}
			}
		})
	}
}

// needImageMagick skips where `import` is another program.
func needImageMagick(t *testing.T) {
	t.Helper()
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

// xterm is an xterm of 120×40 cells on a virtual display of its own, with the
// program in it.
type xterm struct {
	t        *testing.T
	display  string
	keyboard *os.File    // the other end of the terminal, which xterm reads
	dir      string      // for pictures
	picture  image.Image // the last one
}

// The display has room for 120×40 cells of the font, and little more to search.
const displaySize = "880x600x24"

// openXterm opens the window and starts the program in it. xterm is started as
// a screen and keyboard for a pseudo-terminal that the test has opened (-S), so
// that the test can type too.
func openXterm(t *testing.T, theme, env []string) *xterm {
	t.Helper()
	x := &xterm{t: t, display: startDisplay(t), dir: t.TempDir()}
	theirs := x.openTerminal()
	args := append([]string{"-S0/3", "-u8", "-fa", "DejaVu Sans Mono", "-fs", "8", "-geometry", "120x40+0+0", "-b", "2", "-bw", "0"}, theme...)
	window := exec.Command("xterm", args...)
	window.Env = slices.Concat(env, []string{"DISPLAY=" + x.display})
	window.ExtraFiles = []*os.File{x.keyboard} // descriptor 3
	said := start(t, window)
	// xterm types the number of its window once it is there.
	if err := theirs.SetReadDeadline(time.Now().Add(wait)); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(theirs).ReadString('\n'); err != nil {
		t.Fatalf("xterm does not come: %v\n%s", err, said())
	}
	zoomtui := exec.Command(program(t))
	zoomtui.Env = slices.Concat(env, []string{"TERM=xterm-256color"})
	zoomtui.Stdin, zoomtui.Stdout, zoomtui.Stderr = theirs, theirs, theirs
	zoomtui.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	start(t, zoomtui)
	return x
}

// startDisplay starts an X server that finds a free number by itself.
func startDisplay(t *testing.T) string {
	t.Helper()
	number, theirs, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer number.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", displaySize, "-nolisten", "tcp")
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

// openTerminal makes a pseudo-terminal, keeps xterm's end and returns the
// program's.
func (x *xterm) openTerminal() *os.File {
	x.t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { _ = ours.Close() })
	number, err := unix.IoctlGetInt(int(ours.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(ours.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		x.t.Fatal(err)
	}
	theirs, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { _ = theirs.Close() })
	x.keyboard = ours
	return theirs
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
func (x *xterm) press(keys string) {
	x.t.Helper()
	if _, err := x.keyboard.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

// code is a QR code on a picture.
type code struct {
	text   string
	corner image.Point // of its first position mark
}

// awaits photographs the screen until there is a code on it that is good.
func (x *xterm) awaits(what string, good func(code) bool) code {
	x.t.Helper()
	for deadline := time.Now().Add(wait); ; time.Sleep(50 * time.Millisecond) {
		x.photograph()
		found, err := scan(x.picture)
		if err == nil && good(found) {
			return found
		}
		if time.Now().After(deadline) {
			x.t.Fatalf("no QR code %s within %v: %v; see %s", what, wait, err, x.keep())
		}
	}
}

// photographFile is where a picture lies until the next one.
func (x *xterm) photographFile() string { return filepath.Join(x.dir, "screen.png") }

// photograph takes a picture of the whole display.
func (x *xterm) photograph() {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.t.Context(), wait)
	defer cancel()
	cmd := exec.CommandContext(ctx, "import", "-display", x.display, "-window", "root", x.photographFile())
	if out, err := cmd.CombinedOutput(); err != nil {
		x.t.Fatalf("take a picture of the screen: %v\n%s", err, out)
	}
	data, err := os.ReadFile(x.photographFile())
	if err == nil {
		x.picture, err = png.Decode(bytes.NewReader(data))
	}
	if err != nil {
		x.t.Fatal(err)
	}
}

// keep saves the last picture beyond the test and returns its path: among the
// artifacts where `go test -artifacts` asks for some, else in a new directory.
func (x *xterm) keep() string {
	dir := x.t.ArtifactDir()
	if f := flag.Lookup("test.artifacts"); f == nil || f.Value.String() != "true" {
		var err error
		if dir, err = os.MkdirTemp("", "zoomtui-qr-"); err != nil {
			return err.Error()
		}
	}
	path := filepath.Join(dir, strings.ReplaceAll(filepath.Base(x.t.Name()), " ", "-")+".png")
	if err := os.Rename(x.photographFile(), path); err != nil {
		return err.Error()
	}
	return path
}

// scan finds the code on a picture as an app does that is held before a screen:
// it looks as often as it takes, from here and from there, sharp and less so.
func scan(picture image.Image) (code, error) {
	var failed error
	for _, look := range looks(picture) {
		source := gozxing.NewLuminanceSourceFromImage(look.picture)
		for _, threshold := range []gozxing.Binarizer{gozxing.NewGlobalHistgramBinarizer(source), gozxing.NewHybridBinarizer(source)} {
			bitmap, err := gozxing.NewBinaryBitmap(threshold)
			if err != nil {
				return code{}, fmt.Errorf("take the picture: %w", err)
			}
			hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
			result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("read the code %s: %w", look.how, err))
				continue
			}
			// The reader gives the marks at bottom left, top left and top right first.
			mark := result.GetResultPoints()[1]
			return code{result.GetText(), look.back(int(mark.GetX()), int(mark.GetY()))}, nil
		}
	}
	return code{}, failed
}

// look is a picture as a scanner may get it; back tells where a point of it is
// on the original.
type look struct {
	how     string
	picture *image.Gray
	back    func(x, y int) image.Point
}

// looks are the picture as it is, from twice as far, and turned by a quarter.
// The reader needs the choice: it is thrown by the thin seams that fonts leave
// between cells, in one picture of fifty, and by another one in each look.
func looks(picture image.Image) []look {
	size := picture.Bounds().Size()
	sharp := image.NewGray(image.Rectangle{Max: size})
	draw.Draw(sharp, sharp.Rect, picture, picture.Bounds().Min, draw.Src)
	far := image.NewGray(image.Rectangle{Max: size.Div(2)})
	for y := range far.Rect.Dy() {
		for x := range far.Rect.Dx() {
			sum := 0
			for i := range 4 {
				sum += int(sharp.GrayAt(2*x+i%2, 2*y+i/2).Y)
			}
			far.SetGray(x, y, color.Gray{Y: uint8(sum / 4)})
		}
	}
	turned := image.NewGray(image.Rect(0, 0, size.Y, size.X))
	for y := range size.Y {
		for x := range size.X {
			turned.SetGray(size.Y-1-y, x, sharp.GrayAt(x, y))
		}
	}
	return []look{
		{"as it is", sharp, image.Pt},
		{"from afar", far, func(x, y int) image.Point { return image.Pt(2*x, 2*y) }},
		{"turned", turned, func(x, y int) image.Point { return image.Pt(y, size.Y-1-x) }},
	}
}

// checkZbar reads the last picture with the other widespread reader.
func (x *xterm) checkZbar(want string) {
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
