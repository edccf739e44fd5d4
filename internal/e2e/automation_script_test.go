//go:build linux

package e2e

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"zoomtui/internal/sandbox"
)

// shellPath is the PATH of a script: the program first, then the system's.
func shellPath(t *testing.T, more ...string) string {
	t.Helper()
	return "PATH=" + strings.Join(append(more, filepath.Dir(zoomtui(t)), "/usr/bin", "/bin"), ":")
}

func TestDocumentedEnvironment(t *testing.T) {
	t.Parallel()
	j := newJob(t, sandbox.KindS2S)
	secret := j.write("secret", j.app["ZOOM_CLIENT_SECRET"]+"\n")
	script := exampleNamed(t, "server-to-server.sh",
		"YourAccountId", j.app["ZOOM_ACCOUNT_ID"], "YourClientId", j.app["ZOOM_CLIENT_ID"], "/run/secrets/zoom", secret)
	env := append(j.sandboxOnly(), shellPath(t), "HOME="+j.home)
	first := j.run(env, "sh", "-euc", script).wants(t, 0)
	second := j.run(env, "sh", "-euc", script).wants(t, 0)
	if first != second || !strings.HasPrefix(first.out, "eyJ") || first.talk != "" {
		t.Errorf("not one token for both, and nothing else:\n%v\n%v", first, second)
	}
	j.asked("token.account_credentials", 1)
}

func TestDocumentedWays(t *testing.T) {
	t.Parallel()
	need(t, "curl")
	j := newJob(t, sandbox.KindS2S)
	for _, name := range []string{"report.sh", "long.sh"} {
		j.write(name, "#!/bin/sh\necho \"$0 with ${ZOOM_ACCESS_TOKEN%%.*} at $ZOOM_API_URL\"\n")
	}
	script := exampleNamed(t, "ways.sh", "https://api.zoom.us", j.zoom.URL())
	got := j.run(append(j.whole(), shellPath(t), "HOME="+j.home), "sh", "-euc", script+`echo "now ${ZOOM_ACCESS_TOKEN%%.*} at $ZOOM_API_URL"`).wants(t, 0)
	for _, want := range []string{"./report.sh with eyJ", "./long.sh with eyJ", `"email":"aiko@example.test"`, "Authorization: Bearer eyJ", `"expires_at"`, "now eyJ", "at " + j.zoom.URL()} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in:\n%s%s", want, got.out, got.talk)
		}
	}
	j.asked("token.account_credentials", 1)
}

func TestDocumentedMonitoring(t *testing.T) {
	t.Parallel()
	j := newJob(t, sandbox.KindPublic)
	env := append(j.whole(), shellPath(t), "HOME="+j.home)
	script := exampleNamed(t, "monitor.sh")
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "zoomtui status --check") {
			j.run(env, "sh", "-c", line).wants(t, 3)
		}
	}
	j.signIn()
	got := j.run(env, "sh", "-euc", script).wants(t, 0)
	for _, want := range []string{"days_left_estimate", "clock_skew_seconds", "sign-in"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in:\n%s", want, got.out)
		}
	}
	j.asked("token.refresh", 0)
}

func TestDocumentedMove(t *testing.T) {
	t.Parallel()
	here, there := newJob(t, sandbox.KindPublic), t.TempDir()
	here.signIn()
	// The far side of this ssh is another home directory.
	here.write("bin/ssh", "#!/bin/sh\n[ \"$1\" = build.example.com ] || exit 255\nshift\nHOME='"+there+"' exec \"$@\"\n")
	env := append(here.whole(), shellPath(t, filepath.Join(here.home, "bin")), "HOME="+here.home)
	here.run(env, "sh", "-euc", exampleNamed(t, "move.sh")).wants(t, 0)
	here.run(env, zoomtui(t), "token", "--force").wants(t, 3)
	env[len(env)-1] = "HOME=" + there
	here.run(env, zoomtui(t), "token", "--force").wants(t, 0)
	here.asked("token.refresh", 1)
}

// trouble is a way to Zoom on which the first answers are refusals of a kind.
func trouble(t *testing.T, zoom *sandbox.Server, status, times int) string {
	t.Helper()
	target, err := url.Parse(zoom.URL())
	if err != nil {
		t.Fatal(err)
	}
	through := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	var left atomic.Int32
	left.Store(int32(times))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if left.Add(-1) >= 0 {
			w.WriteHeader(status)
			return
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestDocumentedRetry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		prepare func(t *testing.T, j *job) []string // the environment beside the usual one
		code    int
		pauses  []string // that the script makes
		says    string   // on stderr
	}{
		{"good", func(*testing.T, *job) []string { return nil }, 0, nil, ""},
		{"Zoom is down for a moment", func(t *testing.T, j *job) []string {
			return []string{"ZOOMTUI_OAUTH_BASE=" + trouble(t, j.zoom, http.StatusServiceUnavailable, 2)}
		}, 0, []string{"10", "60"}, ""},
		{"Zoom asks to wait", func(t *testing.T, j *job) []string {
			return []string{"ZOOMTUI_OAUTH_BASE=" + trouble(t, j.zoom, http.StatusTooManyRequests, 1)}
		}, 0, []string{"10"}, ""},
		{"no network", func(*testing.T, *job) []string { return []string{"ZOOMTUI_OAUTH_BASE=http://127.0.0.1:1"} }, 5, []string{"10", "60", "300"}, "Nothing answers"},
		{"nobody has signed in", func(t *testing.T, j *job) []string { return []string{"ZOOM_ACCOUNT_ID=", "ZOOM_CLIENT_SECRET="} }, 3, nil, "Zoom: sign in again on "},
		{"a wrong secret", func(*testing.T, *job) []string { return []string{"ZOOM_CLIENT_SECRET=made-up-and-wrong"} }, 2, nil, "secret"},
		{"a token file open to others", func(t *testing.T, j *job) []string {
			j.run(append(j.whole(), "HOME="+j.home), zoomtui(t), "token").wants(t, 0)
			if err := os.Chmod(filepath.Join(j.home, ".config", "zoomtui", "tokens", "default.json"), 0o644); err != nil {
				t.Fatal(err)
			}
			return nil
		}, 7, nil, "chmod 600"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := newJob(t, sandbox.KindS2S)
			pauses := filepath.Join(j.home, "pauses")
			j.write("bin/sleep", "#!/bin/sh\necho \"$1\" >>'"+pauses+"'\n")
			env := append(append(j.whole(), tt.prepare(t, &j)...), shellPath(t, filepath.Join(j.home, "bin")), "HOME="+j.home)
			got := j.run(env, "sh", "-uc", exampleNamed(t, "zoom_token.sh")+"zoom_token").wants(t, tt.code)
			if token := strings.HasPrefix(got.out, "eyJ"); token != (tt.code == 0) || !token && got.out != "" {
				t.Errorf("stdout is %q", got.out)
			}
			made, _ := os.ReadFile(pauses) // not there: there was none
			if !slices.Equal(strings.Fields(string(made)), tt.pauses) {
				t.Errorf("pauses %q, want %q\n%s", made, tt.pauses, got.talk)
			}
			if !strings.Contains(got.talk, tt.says) {
				t.Errorf("does not say %q:\n%s", tt.says, got.talk)
			}
		})
	}
}
