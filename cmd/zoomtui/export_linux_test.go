package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// TestExportIsShownOnNoTerminal: tokens do not get onto a screen by mistake, and
// the mistake changes nothing.
func TestExportIsShownOnNoTerminal(t *testing.T) {
	t.Parallel()
	env := sandboxed(t)
	login := onTerminal(t, 120, 60, env, "login", "--no-browser")
	login.awaits("good until")
	callback, err := sandbox.Browser{}.Answer(context.Background(), linkOf(t, login.text()), "allow")
	if err != nil {
		t.Fatal(err)
	}
	login.types(callback + "\n")
	login.ended(0)

	shown := onTerminal(t, 400, 24, env, "export", "--move")
	shown.awaits("zoomtui export --move | ssh HOST zoomtui import")
	shown.awaits("--output FILE")
	shown.ended(2)
	status := onTerminal(t, 120, 24, env, "status", "--check")
	status.ended(0)

	// With a pipe it is the program beside that gets them, and the talk is on the screen.
	piped := inTerminal(t, 400, 24, env, exec.Command("sh", "-c", "zoomtui export --move | { n=$(wc -c); test $n -gt 1000 && echo moved; }"))
	piped.awaits("moved")
	piped.awaits("the sign-in was handed over")
	piped.ended(0)

	typed := onTerminal(t, 400, 24, env, "import")
	typed.awaits("Standard input is a terminal")
	typed.awaits("ssh HOST zoomtui export --move | zoomtui import")
	typed.ended(2)
	for _, s := range []*screen{shown, status, piped, typed} {
		if strings.Contains(s.text(), "eyJ") {
			t.Errorf("a token stands on the screen:\n%s", s.text())
		}
	}
}

// TestExportIntoAFullPipeCanBeEnded: a pipe holds as little as a page (pipe(7)), and
// somebody who reads nothing must not keep the program.
func TestExportIntoAFullPipeCanBeEnded(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = w.Close(), r.Close() })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := make(chan error, 1)
	go func() { got <- destination{to: w}.deliver(ctx, make([]byte, 1<<20)) }()
	select {
	case err := <-got:
		if !errors.Is(err, errUnknownArrival) {
			t.Errorf("error %v, want that nobody knows", err)
		}
	case <-time.After(patience):
		t.Fatal("it still waits")
	}
}
