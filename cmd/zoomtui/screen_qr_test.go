//go:build linux

package main_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"zoomtui/internal/sandbox"
)

// themes are the grounds that a code must be read on, in colour and without.
func themes() map[string]struct {
	dark bool
	env  []string
} {
	return map[string]struct {
		dark bool
		env  []string
	}{
		"dark":              {dark: true},
		"light":             {},
		"dark without SGR":  {dark: true, env: []string{"NO_COLOR=1"}},
		"light without SGR": {env: []string{"NO_COLOR=1"}},
	}
}

// TestQRFromScreenshot reads the QR code as a phone does: from a picture of a
// real terminal.
func TestQRFromScreenshot(t *testing.T) {
	t.Parallel()
	needScreenshots(t, "xterm")
	for name, tt := range themes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			x := openXterm(t, glass{cols: 120, rows: 40, points: 8, dark: tt.dark}, aiko.environment(append(zoom.Env(sandbox.KindPublic), tt.env...)...))

			beside := x.reads("beside the words", func(code) bool { return true })
			if !strings.HasPrefix(beside.text, zoom.URL()+"/oauth/authorize?") {
				t.Fatalf("the code says %q, which is no link to %s", beside.text, zoom.URL())
			}
			if beside.corner.X < x.picture.Bounds().Dx()/3 {
				t.Errorf("the code begins at %v: not beside the words", beside.corner)
			}
			x.checkZbar(beside.text)

			x.press("Q")
			alone := x.reads("alone on the screen", func(c code) bool { return c.corner.X < beside.corner.X-8 })
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

// TestQRWithoutUTF8 reads the code where only blanks can be drawn: there the
// program takes two of them for a module.
func TestQRWithoutUTF8(t *testing.T) {
	t.Parallel()
	needScreenshots(t, "xterm")
	for name, tt := range themes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, aiko := startZoom(t), person{t.TempDir()}
			env := aiko.environment(append(zoom.Env(sandbox.KindPublic), append(tt.env, "LANG=C", "LC_ALL=C")...)...)
			x := openXterm(t, glass{cols: 126, rows: 64, points: 6, dark: tt.dark, latin: true}, env)
			x.awaits("good for")
			x.press("Q")
			alone := x.reads("alone on the screen", func(code) bool { return true })
			x.checkLink(zoom, alone)
			if needed := x.picture.Bounds().Dx() / 2; alone.width < needed {
				t.Errorf("the code is %d pixels wide, which is not two cells a module; see %s", alone.width, x.keep())
			}
		})
	}
}

// checkLink checks that the code on the last picture is a link to sign in with,
// with both readers.
func (x *window) checkLink(zoom *sandbox.Server, found code) {
	x.t.Helper()
	if !strings.HasPrefix(found.text, zoom.URL()+"/oauth/authorize?") || !strings.Contains(found.text, "&state=") {
		x.t.Errorf("the code says %q, which is no link to %s", found.text, zoom.URL())
	}
	x.checkZbar(found.text)
}

// openXterm opens a window of xterm, as a screen and keyboard for a
// pseudo-terminal that the test has opened (-S), and starts the program in it.
func openXterm(t *testing.T, g glass, env []string) *window {
	t.Helper()
	x := newWindow(t, g)
	ours, theirs, err := pty.Open()
	if err != nil {
		lack(t, "no pseudo-terminal here: "+err.Error())
	}
	t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
	if _, err := term.MakeRaw(ours.Fd()); err != nil {
		t.Fatal(err)
	}
	args := []string{
		"-S0/3", "-fa", "DejaVu Sans Mono", "-fs", fmt.Sprint(g.points), "-b", "2", "-bw", "0",
		"-geometry", fmt.Sprintf("%dx%d+0+0", g.cols, g.rows),
	}
	if g.dark {
		args = append(args, "-bg", "black", "-fg", "white")
	} else {
		args = append(args, "-bg", "white", "-fg", "black")
	}
	if !g.latin {
		args = append(args, "-u8")
	}
	xterm := exec.Command("xterm", args...)
	xterm.Env = slices.Concat(env, []string{"DISPLAY=" + x.display})
	xterm.ExtraFiles = []*os.File{ours} // descriptor 3
	said := start(t, xterm)
	// xterm types the number of its window once it is there.
	if err := theirs.SetReadDeadline(time.Now().Add(wait)); err != nil {
		t.Fatal(err)
	}
	typed := bufio.NewReader(theirs)
	if _, err := typed.ReadString('\n'); err != nil {
		t.Fatalf("xterm does not come: %v\n%s", err, said())
	}
	if err := theirs.SetReadDeadline(time.Time{}); err != nil {
		t.Fatal(err)
	}
	x.run(g, env, theirs, typed)
	return x
}
