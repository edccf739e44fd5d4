//go:build linux

package e2e

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zoomtui/internal/sandbox"
)

// What docs/automation.md tells people to write is taken from there and run, so
// that the document stays true.

// example is a block of the document.
type example struct{ language, name, text string }

// examples are the blocks of docs/automation.md. Each begins with a comment that
// names it.
func examples(t *testing.T) []example {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "automation.md"))
	if err != nil {
		t.Fatal(err)
	}
	var found []example
	for i, part := range strings.Split("\n"+string(data), "\n```") {
		if i%2 == 0 {
			continue // between two blocks
		}
		language, text, _ := strings.Cut(part, "\n")
		name := ""
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "#!") {
				name = strings.TrimSpace(strings.TrimPrefix(line, "#"))
				break
			}
		}
		found = append(found, example{language, name, text + "\n"})
	}
	return found
}

// exampleNamed is the text of one block, with other words in the place of some.
func exampleNamed(t *testing.T, name string, words ...string) string {
	t.Helper()
	for _, e := range examples(t) {
		if e.name == name {
			return replaced(t, e.text, words...)
		}
	}
	t.Fatalf("docs/automation.md has no example %q", name)
	return ""
}

// replaced puts other words in the place of some, each of which must be there.
func replaced(t *testing.T, text string, words ...string) string {
	t.Helper()
	for i := 0; i+1 < len(words); i += 2 {
		if !strings.Contains(text, words[i]) {
			t.Fatalf("the example does not say %q any more:\n%s", words[i], text)
		}
		text = strings.ReplaceAll(text, words[i], words[i+1])
	}
	return text
}

// job is a directory that is the home of an unattended job, and the sandbox that
// it asks.
type job struct {
	t    *testing.T
	home string
	zoom *sandbox.Server
	app  map[string]string // ZOOM_CLIENT_ID and so on
}

// newJob makes one for an app of a kind.
func newJob(t *testing.T, kind string) job {
	t.Helper()
	j := job{t, t.TempDir(), startZoom(t), map[string]string{}}
	for _, line := range j.zoom.Env(kind) {
		name, value, _ := strings.Cut(line, "=")
		j.app[name] = value
	}
	return j
}

// sandboxOnly are the lines that lead the program to the sandbox, and nothing else.
func (j job) sandboxOnly() []string {
	return []string{"ZOOMTUI_OAUTH_BASE=" + j.zoom.URL(), "ZOOMTUI_API_BASE=" + j.zoom.URL(), "ZOOMTUI_LISTEN=127.0.0.1:0"}
}

// whole is the environment with everything that the app needs.
func (j job) whole() []string {
	env := j.sandboxOnly()
	for _, name := range []string{"ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET"} {
		if j.app[name] != "" {
			env = append(env, name+"="+j.app[name])
		}
	}
	return env
}

// write makes a file of the job, which others may run but not read.
func (j job) write(name, text string) string {
	j.t.Helper()
	path := filepath.Join(j.home, name)
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, []byte(text), 0o700)
	}
	if err != nil {
		j.t.Fatal(err)
	}
	return path
}

// ran is what became of a program.
type ran struct {
	out, talk string
	code      int
}

// run runs a program in the home directory, with this environment and nothing else.
func (j job) run(env []string, name string, args ...string) ran {
	j.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = j.home, env
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		j.t.Fatal(err)
	}
	return ran{out.String(), talk.String(), cmd.ProcessState.ExitCode()}
}

// wants checks the exit code.
func (r ran) wants(t *testing.T, code int) ran {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.talk)
	}
	return r
}

// asked checks how often Zoom was asked for something.
func (j job) asked(what string, times int) {
	j.t.Helper()
	if got := j.zoom.Counts()[what]; got != times {
		j.t.Errorf("%s: asked %d times, want %d; all: %v", what, got, times, j.zoom.Counts())
	}
}

// signIn signs a person in, whose home is that of the job.
func (j job) signIn(env ...string) {
	j.t.Helper()
	cmd := exec.Command(zoomtui(j.t), "login", "--no-browser", "--json")
	cmd.Dir, cmd.Env = j.home, append(j.whole(), append(env, "HOME="+j.home)...)
	login := onPipes(j.t, cmd)
	link, _ := login.event("authorize")["url"].(string)
	if err := (sandbox.Browser{}).Allow(j.t.Context(), link); err != nil {
		j.t.Fatal(err)
	}
	login.ended(0)
}
