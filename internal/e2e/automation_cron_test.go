//go:build linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zoomtui/internal/sandbox"
)

// crontab is what a crontab says: variables, and the command of its one job.
type crontab struct {
	variables []string
	command   string
}

// parseCrontab reads one as crontab(5) describes it.
func parseCrontab(t *testing.T, text string) crontab {
	t.Helper()
	var c crontab
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		fields := strings.Fields(line)
		name, _, variable := strings.Cut(line, "=")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case variable && !strings.ContainsAny(name, " \t"):
			c.variables = append(c.variables, line)
		case len(fields) > 5 && c.command == "" && !strings.Contains(line, "%"): // which cron makes a line break
			for _, field := range fields[:5] {
				if strings.Trim(field, "0123456789*/,-") != "" {
					t.Fatalf("%q is no time of cron's", line)
				}
				line = strings.TrimSpace(strings.TrimPrefix(line, field))
			}
			c.command = line
		default:
			t.Fatalf("%q is no line of a crontab", line)
		}
	}
	return c
}

// byCron runs the job as Debian's cron does: this environment, and what the
// crontab sets. What it prints would be mailed.
func (j job) byCron(c crontab) ran {
	j.t.Helper()
	env := append([]string{"HOME=" + j.home, "LOGNAME=aiko", "SHELL=/bin/sh", "PATH=/usr/bin:/bin"}, j.sandboxOnly()...)
	return j.run(append(env, c.variables...), "/bin/sh", "-c", c.command)
}

func TestDocumentedCrontab(t *testing.T) {
	t.Parallel()
	need(t, "/usr/bin/curl")
	j := newJob(t, sandbox.KindS2S)
	c := parseCrontab(t, exampleNamed(t, "crontab -e",
		"YourAccountId", j.app["ZOOM_ACCOUNT_ID"], "YourClientId", j.app["ZOOM_CLIENT_ID"],
		"/home/aiko/.config/zoomtui/secret", j.write("secret", j.app["ZOOM_CLIENT_SECRET"]),
		"/usr/local/bin/zoomtui", zoomtui(t),
		"/usr/local/bin/zoom-report", j.write("zoom-report", exampleNamed(t, "/usr/local/bin/zoom-report"))))
	for range 2 {
		if got := j.byCron(c).wants(t, 0); got.out+got.talk != "" {
			t.Errorf("cron mails:\n%s%s", got.out, got.talk)
		}
	}
	report, err := os.ReadFile(filepath.Join(j.home, "zoom-report.json"))
	if err != nil || strings.Count(string(report), `"email":"aiko@example.test"`) != 2 {
		t.Errorf("the report is %q (%v)", report, err)
	}
	j.asked("token.account_credentials", 1)
}

func TestDocumentedCrontabOfAPerson(t *testing.T) {
	t.Parallel()
	j := newJob(t, sandbox.KindPublic)
	c := parseCrontab(t, exampleNamed(t, "crontab -e, for a person's sign-in", "/usr/local/bin/zoomtui", zoomtui(t)))
	c.variables = append(c.variables, "ZOOM_CLIENT_ID="+j.app["ZOOM_CLIENT_ID"])
	oneLine := func(what, says string, got ran) {
		t.Helper()
		if got.out != "" || strings.Count(got.talk, "\n") != 1 || !strings.Contains(got.talk, says) {
			t.Errorf("%s: cron mails not one line with %q:\n%s%s", what, says, got.out, got.talk)
		}
	}
	oneLine("nobody has signed in", "zoomtui login", j.byCron(c).wants(t, 3))
	j.signIn()
	if got := j.byCron(c).wants(t, 0); got.out+got.talk != "" {
		t.Errorf("all is well, and cron mails:\n%s%s", got.out, got.talk)
	}
	j.asked("token.refresh", 0)
	if err := j.zoom.SetFault("revoke-grant", true); err != nil {
		t.Fatal(err)
	}
	c.command = replaced(t, c.command, "keepalive", "keepalive --max-age 0s")
	oneLine("revoked", "zoomtui login", j.byCron(c).wants(t, 3))
	j.asked("token.refresh", 1)
}
