package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zoomtui/internal/sandbox"
)

// process is a program that a script has started and goes on beside.
type process struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	done  chan struct{}
}

// environment is what the program reads of a script's environment.
func environment(ts *testscript.TestScript) []string {
	env := []string{"PATH=" + ts.Getenv("PATH")}
	for _, name := range []string{
		"HOME", "TZ", "NO_PROXY", "NO_COLOR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
		"ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "ZOOM_ACCOUNT_ID", "ZOOM_REDIRECT_URI", "ZOOM_ACCESS_TOKEN",
		"ZOOMTUI_PROFILE", "ZOOMTUI_LISTEN", "ZOOMTUI_OAUTH_BASE", "ZOOMTUI_API_BASE", "ZOOMTUI_STORE", "DBUS_SESSION_BUS_ADDRESS", "SSH_CONNECTION", "GOCOVERDIR",
	} {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// command prepares a program of the script.
func command(ts *testscript.TestScript, args []string) *exec.Cmd {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), environment(ts)
	return cmd
}

// starts NAME PROGRAM ARGS… starts a program and goes on. Its output is in
// NAME.out and NAME.err, its input is a pipe.
func cmdStarts(ts *testscript.TestScript, _ bool, args []string) {
	name, cmd := args[0], command(ts, args[1:])
	out, err := os.Create(ts.MkAbs(name + ".out"))
	ts.Check(err)
	talk, err := os.Create(ts.MkAbs(name + ".err"))
	ts.Check(err)
	cmd.Stdout, cmd.Stderr = out, talk
	p := &process{cmd: cmd, done: make(chan struct{})}
	p.stdin, err = cmd.StdinPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	world(ts).procs[name] = p
	go func() {
		defer close(p.done)
		_ = cmd.Wait() // its exit code is looked at by `ended`
		_ = out.Close()
		_ = talk.Close()
	}()
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		<-p.done
	})
}

func running(ts *testscript.TestScript, name string) *process {
	p := world(ts).procs[name]
	if p == nil {
		ts.Fatalf("there is no process %s", name)
	}
	return p
}

// types NAME FILE types a file into a program.
func cmdTypes(ts *testscript.TestScript, _ bool, args []string) {
	_, err := io.WriteString(running(ts, args[0]).stdin, ts.ReadFile(args[1]))
	ts.Check(err)
}

// closes NAME ends the input of a program.
func cmdCloses(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(running(ts, args[0]).stdin.Close())
}

// signals NAME INT|TERM|HUP
func cmdSignals(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(running(ts, args[0]).cmd.Process.Signal(signalOf(ts, args[1])))
}

// insists NAME INT|TERM|HUP… sends signals, and goes on to send them beside the
// script until the program has ended.
func cmdInsists(ts *testscript.TestScript, _ bool, args []string) {
	p := running(ts, args[0])
	var signals []os.Signal
	for _, name := range args[1:] {
		signals = append(signals, signalOf(ts, name))
	}
	send := func() {
		for _, signal := range signals {
			_ = p.cmd.Process.Signal(signal) // an error: it has ended
		}
	}
	send()
	go func() {
		again := time.NewTicker(10 * time.Millisecond)
		defer again.Stop()
		for {
			select {
			case <-p.done:
				return
			case <-again.C:
				send()
			}
		}
	}()
}

func signalOf(ts *testscript.TestScript, name string) os.Signal {
	signal, ok := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}[name]
	if !ok {
		ts.Fatalf("there is no signal %s", name)
	}
	return signal
}

// ended NAME CODE waits for the end of a program and checks its exit code.
func cmdEnded(ts *testscript.TestScript, _ bool, args []string) {
	p := running(ts, args[0])
	select {
	case <-p.done:
	case <-time.After(patience):
		ts.Fatalf("%s did not end within %v", args[0], patience)
	}
	if got := strconv.Itoa(p.cmd.ProcessState.ExitCode()); got != args[1] {
		ts.Fatalf("exit code %s, want %s\n%s%s", got, args[1], ts.ReadFile(args[0]+".out"), ts.ReadFile(args[0]+".err"))
	}
}

// together N PROGRAM ARGS… runs a program N times at once. All must succeed and
// say the same; that is then in together.out.
func cmdTogether(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmds := make([]*exec.Cmd, n)
	outs, talks := make([]bytes.Buffer, n), make([]bytes.Buffer, n)
	for i := range cmds {
		cmds[i] = command(ts, args[1:])
		cmds[i].Stdout, cmds[i].Stderr = &outs[i], &talks[i]
		ts.Check(cmds[i].Start())
	}
	for i, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			ts.Fatalf("process %d: %v\n%s", i, err, talks[i].String())
		}
	}
	for i := range outs {
		if outs[i].String() != outs[0].String() {
			ts.Fatalf("process %d says something else than process 0", i)
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs("together.out"), outs[0].Bytes(), 0o600))
}

// signed-in signs in by the callback, for scripts about something else.
func cmdSignedIn(ts *testscript.TestScript, _ bool, _ []string) {
	cmdStarts(ts, false, []string{"signed-in", "zoomtui", "login", "--no-browser", "--json"})
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := (sandbox.Browser{}).Allow(ctx, authorizeURL(ts, "signed-in.out")); err != nil {
		ts.Fatalf("allow: %v\n%s", err, strings.TrimSpace(ts.ReadFile("signed-in.err")))
	}
	cmdEnded(ts, false, []string{"signed-in", "0"})
}
