package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zoomtui/internal/sandbox"
)

// patience is how long a script waits for another process.
const patience = 20 * time.Second

// scriptWorld is what a script has around it: a sandbox and its processes.
type scriptWorld struct {
	server *sandbox.Server
	procs  map[string]*process
}

type worldKey struct{}

// setupScript gives a script directories and an environment of its own.
func setupScript(env *testscript.Env) error {
	for _, dir := range []string{"config", "cache", "state", "home"} {
		path := filepath.Join(env.WorkDir, dir)
		if err := os.Mkdir(path, 0o700); err != nil {
			return err
		}
		env.Setenv("XDG_"+strings.ToUpper(dir)+"_HOME", path)
	}
	env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
	env.Setenv("TOKENS", filepath.Join(env.WorkDir, "config", "zoomtui", "tokens"))
	env.Setenv("TZ", "UTC")
	env.Setenv("NO_PROXY", "127.0.0.1,::1")
	env.Values[worldKey{}] = &scriptWorld{procs: map[string]*process{}}
	return nil
}

// zoom is the sandbox of the script, which `sandbox` has started.
func zoom(ts *testscript.TestScript) *sandbox.Server {
	server := world(ts).server
	if server == nil {
		ts.Fatalf("start one first: sandbox public")
	}
	return server
}

func world(ts *testscript.TestScript) *scriptWorld { return ts.Value(worldKey{}).(*scriptWorld) }

type scriptCommand = func(ts *testscript.TestScript, neg bool, args []string)

// scriptCommands are the commands that the scripts have beside the usual ones.
func scriptCommands() map[string]scriptCommand {
	return map[string]scriptCommand{
		"sandbox": cmdSandbox, "fault": cmdFault, "count": cmdCount, "asked": cmdAsked,
		"exits": cmdExits, "awaits": cmdAwaits, "together": cmdTogether,
		"starts": cmdStarts, "types": cmdTypes, "closes": cmdCloses, "signals": cmdSignals, "insists": cmdInsists, "ended": cmdEnded,
		"browser": cmdBrowser, "address": cmdAddress, "device": cmdDevice, "phone": cmdPhone,
		"exports": cmdExports, "age": cmdAge, "json": cmdJSON, "mode": cmdMode, "signed-in": cmdSignedIn,
		"keyring": cmdKeyring,
		"cached":  cmdCached,
		"gives":   cmdGives,
	}
}

// sandbox KIND [ACCESS-LIFE [SLOW]] starts the script's Zoom and sets the
// environment that makes the program use its app of that kind. Called again, it
// changes the app. Without SLOW, its fault "slow" holds an answer back until it is
// switched off, or on anew for the answers to come.
func cmdSandbox(ts *testscript.TestScript, _ bool, args []string) {
	z := world(ts)
	if z.server == nil {
		opts := sandbox.Options{DeviceInterval: pollFast, Slow: patience}
		for i, limit := range []*time.Duration{&opts.AccessTTL, &opts.Slow} {
			if len(args) > i+1 {
				given, err := time.ParseDuration(args[i+1])
				ts.Check(err)
				*limit = given
			}
		}
		server, err := sandbox.Start(opts)
		ts.Check(err)
		ts.Defer(func() { _ = server.Close() })
		z.server = server
		ts.Setenv("SANDBOX", server.URL())
	}
	useApp(ts, z.server.Env(args[0]))
}

// useApp sets the environment that makes the program use an app of a sandbox.
func useApp(ts *testscript.TestScript, lines []string) {
	for _, name := range []string{"ZOOM_CLIENT_SECRET", "ZOOM_ACCOUNT_ID"} {
		ts.Setenv(name, "")
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		ts.Setenv(name, value)
	}
	ts.Setenv("ZOOMTUI_LISTEN", "127.0.0.1:0") // scripts run side by side
}

// exports FILE takes over the lines that `zoomtui sandbox` has printed.
func cmdExports(ts *testscript.TestScript, _ bool, args []string) {
	var lines []string
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		lines = append(lines, strings.TrimPrefix(strings.TrimSpace(line), "export "))
	}
	useApp(ts, lines)
}

// fault NAME on|off makes the sandbox misbehave.
func cmdFault(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(zoom(ts).SetFault(args[0], args[1] == "on"))
}

// count NAME N checks how often the sandbox was asked for something.
func cmdCount(ts *testscript.TestScript, _ bool, args []string) {
	if got := strconv.Itoa(zoom(ts).Counts()[args[0]]); got != args[1] {
		ts.Fatalf("%s: asked %s times, want %s; all: %v", args[0], got, args[1], zoom(ts).Counts())
	}
}

// asked NAME N waits until the sandbox was asked for something so often.
func cmdAsked(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	waitFor(ts, args[0]+" for the "+args[1]+". time", func() bool { return zoom(ts).Counts()[args[0]] >= n })
}

// exits CODE PROGRAM ARGS… runs a program and checks its exit code.
func cmdExits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		code = e.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// awaits FILE TEXT waits until another process has written TEXT into FILE.
func cmdAwaits(ts *testscript.TestScript, _ bool, args []string) {
	var data []byte
	defer func() {
		if !strings.Contains(string(data), args[1]) {
			ts.Logf("[%s]\n%s", args[0], data)
		}
	}()
	waitFor(ts, fmt.Sprintf("%q in %s", args[1], args[0]), func() bool {
		data, _ = os.ReadFile(ts.MkAbs(args[0])) // it may not be there yet
		return strings.Contains(string(data), args[1])
	})
}

// waitFor polls, because what it waits for happens in another process.
func waitFor(ts *testscript.TestScript, what string, done func() bool) {
	for deadline := time.Now().Add(patience); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("%s did not come within %v", what, patience)
		}
	}
}

// browser allow|decline FILE plays the person who opens the authorize address
// that the program has written into FILE.
func cmdBrowser(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	play := map[string]func(context.Context, string) error{"allow": sandbox.Browser{}.Allow, "decline": sandbox.Browser{}.Decline}[args[0]]
	ts.Check(play(ctx, authorizeURL(ts, args[1])))
}

// address FILE TO plays a person on another device: allows, and writes the
// address that the browser ended on into TO.
func cmdAddress(ts *testscript.TestScript, _ bool, args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	callback, err := sandbox.Browser{}.Answer(ctx, authorizeURL(ts, args[0]), "allow")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(callback+"\n"), 0o600))
}

// authorizeURL waits for the address in what the program says; on a line of its
// own, or as the value of "url".
func authorizeURL(ts *testscript.TestScript, file string) string {
	found := ""
	waitFor(ts, "an authorize address in "+file, func() bool {
		data, err := os.ReadFile(ts.MkAbs(file))
		if err != nil {
			return false
		}
		for line := range strings.Lines(string(data)) {
			if !strings.HasSuffix(line, "\n") {
				break // it is still being written
			}
			line = strings.TrimSpace(line)
			var event struct{ URL string }
			if json.Unmarshal([]byte(line), &event) == nil {
				line = event.URL
			}
			if strings.HasPrefix(line, "http://") && strings.Contains(line, "/oauth/authorize?") {
				found = line
			}
		}
		return found != ""
	})
	return found
}

// age PROFILE DURATION makes the stored tokens older by so much.
func cmdAge(ts *testscript.TestScript, _ bool, args []string) {
	path := filepath.Join(ts.Getenv("TOKENS"), args[0]+".json")
	by, err := time.ParseDuration(args[1])
	ts.Check(err)
	var keys map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(path)), &keys))
	for _, key := range []string{"obtained_at", "expires_at", "signed_in_at"} {
		at, err := time.Parse(time.RFC3339, keys[key].(string))
		ts.Check(err)
		keys[key] = at.Add(-by).Format(time.RFC3339)
	}
	data, err := json.Marshal(keys)
	ts.Check(err)
	ts.Check(os.WriteFile(path, data, 0o600))
}

// json FILE PATH [VALUE] checks that a JSON file (or stdout) has a key, given as
// a.b.c, and which value it has.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	text := ts.ReadFile(args[0])
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		ts.Fatalf("%s is no JSON: %v", args[0], err)
	}
	for key := range strings.SplitSeq(args[1], ".") {
		object, _ := v.(map[string]any) // of anything else, no key is found
		inner, ok := object[key]
		if v = inner; !ok {
			if neg && len(args) == 2 {
				return
			}
			ts.Fatalf("%s has no %s", args[0], args[1])
		}
	}
	got, _ := json.Marshal(v)
	same := len(args) == 2 || strings.Trim(string(got), `"`) == args[2]
	if same == neg {
		ts.Fatalf("%s: %s is %s", args[0], args[1], got)
	}
}

// mode FILE OCTAL checks permissions.
func cmdMode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[1] {
		ts.Fatalf("%s has mode %s, want %s", args[0], got, args[1])
	}
}
