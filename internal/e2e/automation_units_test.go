//go:build linux

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zoomtui/internal/sandbox"
)

// units writes the unit files of the document into a directory: those of a user,
// or those of the machine.
func units(t *testing.T, ofUser bool, words ...string) (dir string, names []string) {
	t.Helper()
	dir = t.TempDir()
	for _, e := range examples(t) {
		if e.language != "ini" || strings.HasPrefix(e.name, "~/") != ofUser {
			continue
		}
		text := strings.NewReplacer(words...).Replace(e.text)
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(e.name)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.Base(e.name))
	}
	return dir, names
}

// TestDocumentedUnitsAreUnderstood lets systemd itself read them.
func TestDocumentedUnitsAreUnderstood(t *testing.T) {
	t.Parallel()
	analyze := need(t, "systemd-analyze")
	for name, ofUser := range map[string]bool{"of a user": true, "of the machine": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, names := units(t, ofUser, "/usr/local/bin/zoomtui", zoomtui(t))
			if len(names) < 2 {
				t.Fatalf("only %q", names)
			}
			args := []string{"verify", "--man=no"}
			if ofUser {
				args = append(args, "--user")
			}
			for _, unit := range names {
				args = append(args, filepath.Join(dir, strings.Replace(unit, "@.", "@zoom-report.service.", 1)))
			}
			cmd := exec.Command(analyze, args...)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "XDG_RUNTIME_DIR="+dir, "HOME="+dir)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for line := range strings.Lines(string(out)) { // the machine's own units may have faults of theirs
				if slices.ContainsFunc(names, func(unit string) bool { return strings.Contains(line, unit) }) {
					t.Error(line)
				}
			}
		})
	}
}

// TestDocumentedService runs what the service of the machine runs, with what
// systemd gives it: its own environment, a credential and a state directory.
func TestDocumentedService(t *testing.T) {
	t.Parallel()
	need(t, "curl")
	j := newJob(t, sandbox.KindS2S)
	j.write("credentials/zoom", j.app["ZOOM_CLIENT_SECRET"]+"\n")
	dir, _ := units(t, false,
		"YourAccountId", j.app["ZOOM_ACCOUNT_ID"], "YourClientId", j.app["ZOOM_CLIENT_ID"],
		"%d", filepath.Join(j.home, "credentials"), "%S", filepath.Join(j.home, "state"),
		"/usr/local/bin/zoomtui", zoomtui(t),
		"/usr/local/bin/zoom-report", j.write("zoom-report", exampleNamed(t, "/usr/local/bin/zoom-report")))
	text, err := os.ReadFile(filepath.Join(dir, "zoom-report.service"))
	if err != nil {
		t.Fatal(err)
	}
	// Without a HOME of the unit's it would be that of whoever runs the test.
	env := append(j.sandboxOnly(), "HOME="+j.home, "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "USER=zoomtui", "LOGNAME=zoomtui")
	var command []string
	for line := range strings.Lines(string(text)) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), "="); key {
		case "Environment":
			env = append(env, strings.Fields(value)...)
		case "ExecStart":
			command = strings.Fields(value)
		case "StateDirectory":
			if err := os.MkdirAll(filepath.Join(j.home, "state", value), 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		if got := j.run(env, command[0], command[1:]...).wants(t, 0); !strings.Contains(got.out, "aiko@example.test") || got.talk != "" {
			t.Errorf("the journal gets:\n%s%s", got.out, got.talk)
		}
	}
	j.asked("token.account_credentials", 1)
	if _, err := os.Stat(filepath.Join(j.home, "state", "zoomtui", ".config", "zoomtui", "tokens", "default.json")); err != nil {
		t.Error(err)
	}
}
