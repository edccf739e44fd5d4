package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"zoomtui/internal/sandbox"
)

// usual tells whether the terminal shows what is typed and edits lines, as a shell
// expects it.
func (s *screen) usual() bool {
	s.t.Helper()
	mode, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return mode.Lflag&unix.ECHO != 0 && mode.Lflag&unix.ICANON != 0
}

// becomes waits until the terminal is usual, or is not.
func (s *screen) becomes(usual bool, patience time.Duration) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); s.usual() != usual; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("the terminal is in its usual mode: %v, want %v, after:\n%q", !usual, usual, s.text())
		}
	}
}

// A second ctrl-C kills a program that still waits for Zoom's answer, so the shell
// must have its terminal back from the first one on.
func TestInterruptedLoginGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	silent := make(chan struct{})
	zoom := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-silent }))
	t.Cleanup(zoom.Close)
	t.Cleanup(func() { close(silent) })
	env, _ := settled(t, "")
	s := onTerminal(t, 120, 60, append(env, "ZOOM_CLIENT_ID=x", "ZOOMTUI_OAUTH_BASE="+zoom.URL, "ZOOMTUI_LISTEN=127.0.0.1:0"), "login", "--no-browser")
	s.awaits(pasteModeOn)
	link, err := url.Parse(linkOf(t, s.text()))
	if err != nil {
		t.Fatal(err)
	}
	s.becomes(false, patience)
	s.types(link.Query().Get("redirect_uri") + "?code=abcdefghijklmnop&state=" + link.Query().Get("state") + "\n")
	s.awaits("Asking Zoom")
	s.types("\x03")
	s.becomes(true, patience/2) // Zoom is waited for longer than that
	s.awaits(pasteModeOff)
}

// Who takes the terminal for another command meanwhile (ctrl-Z, bg) still signs in:
// the listener must not be stopped because nobody may read there.
func TestLoginGoesOnInTheBackground(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil && os.Getenv("ZOOMTUI_TEST_NO_SKIP") == "" {
		t.Skip("bash is not installed")
	}
	shell := func(t *testing.T) *screen {
		s := inTerminal(t, 120, 60, append(sandboxed(t), "PS1=>"), exec.Command(bash, "--norc", "--noediting", "-i"))
		s.awaits(">")
		s.types("zoomtui login --no-browser\n")
		s.awaits(pasteModeOn)
		s.becomes(false, patience)
		s.types("\x1a")
		s.awaits("Stopped")
		s.becomes(true, patience)
		s.types("bg\n")
		s.awaits("--no-browser &")
		return s
	}
	t.Run("browser", func(t *testing.T) {
		t.Parallel()
		s := shell(t)
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		if err := (sandbox.Browser{}).Allow(ctx, linkOf(t, s.text())); err != nil {
			t.Errorf("%v\n%s", err, s.text())
		}
		s.awaits("Signed in as Aiko")
		s.types("exit\n")
		s.ended(0)
		if strings.Contains(s.text(), pasteModeOff) {
			t.Error("the shell's own mode was switched from the background")
		}
	})
	t.Run("back and pasted", func(t *testing.T) {
		t.Parallel()
		s := shell(t)
		callback, err := sandbox.Browser{}.Answer(t.Context(), linkOf(t, s.text()), "allow")
		if err != nil {
			t.Fatal(err)
		}
		s.types("fg\n")
		s.becomes(false, patience)
		s.types("\x1b[200~" + callback[:40] + "\n" + callback[40:] + "\x1b[201~")
		s.awaits("Signed in as Aiko")
		s.becomes(true, patience)
		if on := strings.Count(s.text(), pasteModeOn); on < 2 {
			t.Errorf("bracketed paste was switched on %d times, want again after fg", on)
		}
	})
}

// The address for another terminal's sign-in is asked for, taken whole however long
// it is, and given up with one ctrl-C.
func TestFinishAsksForTheAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		types, says string
		code        int
	}{
		"an address longer than a line of a terminal": {"http://127.0.0.1:8976/callback?code=" + strings.Repeat("x", 6<<10) + "&state=Zk3vQ8mN2xL0pR7tY5wB1c\r", "No sign-in is waiting", 3},
		"ctrl-C": {"\x03", pasteQuestion, 130},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, _ := settled(t, "")
			s := onTerminal(t, 100, 24, append(env, "ZOOM_CLIENT_ID=x"), "login", "--finish", "-")
			s.awaits(pasteQuestion)
			s.becomes(false, patience)
			s.types(tt.types)
			s.ended(tt.code)
			s.awaits(tt.says)
			if !s.usual() || strings.Contains(s.text(), "xxx") {
				t.Errorf("the terminal is usual again: %v; it shows:\n%s", s.usual(), s.text())
			}
		})
	}
}
