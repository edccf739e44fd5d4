package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// TestNothingIsGivenAway walks through all commands and the dashboard with everything
// secret in play, and looks for it on the screen, in stdout and stderr, traces, cache,
// state and history, reports, and in what other programs of the machine can see.
func TestNothingIsGivenAway(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	w.signInByBrowser()
	w.askEverything()
	w.lookAround()
	w.failEverywhere()
	w.moveAndLeave()
	for _, leak := range w.line.secrets.inFiles(w.home, searched{}, w.keepsSecrets) {
		t.Error(leak)
	}
	if n := w.seenByChildren(); n < 2 {
		t.Errorf("%d child processes have told what they see", n)
	}
	for _, kind := range []string{
		"access token", "refresh token", "client secret", "authorization code", "code verifier", "start_url", "ZAK", "passcode",
	} {
		if !w.line.secrets.knows(kind) {
			t.Errorf("the walk has met no %s", kind)
		}
	}
}

// walk is a person who tries everything.
type walk struct {
	*holder
	t    *testing.T
	seen string // a directory where child processes write what they see of the machine
}

// newWalk gives a person whose client secret comes from a program, so that nothing in
// the environment is secret.
func newWalk(t *testing.T) *walk {
	t.Helper()
	h := newHolder(t, sandbox.KindConfidential)
	w := &walk{holder: h, t: t, seen: filepath.Join(h.home, "seen")}
	secret := filepath.Join(t.TempDir(), "secret")
	spy := "cat /proc/$$/cmdline /proc/$$/environ /proc/$PPID/cmdline /proc/$PPID/environ > '" + w.seen + "'/$$"
	config := `default_profile = "default"
[profiles.default]
kind = "confidential"
client_id = "` + h.app.ClientID + `"
client_secret_cmd = "` + spy + `; cat '` + secret + `'"
oauth_base = "` + h.line.url() + `"
api_base = "` + h.line.url() + `"
`
	path := filepath.Join(h.home, "config", "zoomtui", "config.toml")
	if err := errors.Join(
		os.MkdirAll(filepath.Dir(path), 0o700), os.MkdirAll(w.seen, 0o700),
		os.WriteFile(path, []byte(config), 0o600), os.WriteFile(secret, []byte(h.app.ClientSecret+"\n"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	h.plain = true
	h.line.breaks(w.generous)
	return w
}

// generous lists meetings as Zoom does for some kinds of app: with what starts them as
// their host.
func (w *walk) generous(out http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path != "/v2/users/me/meetings" {
		return false
	}
	status, header, answer, err := w.line.ask(r, nil)
	var page map[string]any
	if err != nil || json.Unmarshal(answer, &page) != nil {
		return false
	}
	meetings, _ := page["meetings"].([]any)
	for i, m := range meetings {
		keys, _ := m.(map[string]any)
		keys["start_url"] = w.line.url() + "/s/8?zak=eyJ6" + strings.Repeat("StartAsHost", 9) + string(rune('a'+i%20))
		keys["zak"] = "eyJ6" + strings.Repeat("AnotherZak", 9)
	}
	answer, _ = json.Marshal(page) // it was JSON before
	w.line.secrets.ofAnswer(header, answer)
	out.Header().Set("Content-Type", "application/json")
	out.WriteHeader(status)
	_, _ = out.Write(answer)
	return true
}

// signInByBrowser signs in by the callback, and leaves a trace of it.
func (w *walk) signInByBrowser() {
	w.t.Helper()
	p := onPipes(w.t, w.program("login", "--no-browser", "--json", "--debug", filepath.Join(w.home, "trace")))
	link, _ := p.event("authorize")["url"].(string)
	if err := (sandbox.Browser{}).Allow(w.t.Context(), link); err != nil {
		w.t.Fatal(err)
	}
	p.ended(0)
	w.search(result{args: []string{"login"}, out: p.out.String(), talk: p.talk.String()})
}

// traced runs a command with a trace of all its requests.
func (w *walk) traced(line string) {
	w.t.Helper()
	args := strings.Fields(line)
	w.runs(w.program(append([]string{"--debug", filepath.Join(w.home, "trace")}, args...)...), "", args)
}

// askEverything runs every command that has something to say of a good sign-in.
func (w *walk) askEverything() {
	w.t.Helper()
	for _, line := range []string{
		"token", "token --format header", "token --format env", "token --format json", "token --format curl", "token --force", "token --no-refresh",
		"exec -- true", "status", "status --json", "status --check", "keepalive", "keepalive --json", "keepalive --max-age 0s",
		"history", "history --json", "doctor", "doctor --json", "report", "report --online",
		"next", "next --format json", "next --format waybar", "next --format tmux", "next --format polybar",
		"profile list", "profile list --json", "profile show", "profile show --json", "bounce", "version", "completion bash",
		"explain 124", "login --finish http://127.0.0.1:8976/callback?code=abc&state=def", "token --min-ttl 2h", "no-such-command",
	} {
		w.traced(line)
	}
	// What a command of exec is called with is seen by all users of the machine; what is
	// in its environment is not.
	r := w.run("exec", "--", "sh", "-c", "cat /proc/$$/cmdline")
	if kind := w.line.secrets.in(r.out); kind != "" || r.code != 0 || !strings.Contains(r.out, "cmdline") {
		w.t.Errorf("exec gives a command that tells the %q in its arguments: %q, exit code %d", kind, r.out, r.code)
	}
}

// lookAround opens the dashboard and all that it can show.
func (w *walk) lookAround() {
	w.t.Helper()
	age(w.t, w.tokenFile(), 2*time.Hour)
	p := onTerminal(w.t, w.program("--debug", filepath.Join(w.home, "trace")), 120, 40)
	p.awaits("Tokens")
	p.shows("Aiko")
	p.awaitsNew("2", " · id ") // the meetings have come
	p.presses("j")
	p.awaitsNew("Q", "other blocks") // a code takes a moment; escape would come before it
	p.presses(escape, "1", "\t", "\t")
	p.awaitsNew("r", "renewed.")
	p.presses("?", escape, "4", "5")
	p.awaitsNew("H", "renewed")
	p.presses(escape)
	p.awaitsNew("P", "Profiles")
	p.presses(escape, "1")
	p.types("q")
	p.ended(0)
	w.search(result{args: []string{"the dashboard"}, out: p.out.String()})
	for _, line := range []string{"next", "next --format json", "status", "report", "history"} {
		w.run(strings.Fields(line)...)
	}
}

// failEverywhere makes Zoom refuse and break while secrets are in play.
func (w *walk) failEverywhere() {
	w.t.Helper()
	parrot := func(out http.ResponseWriter, r *http.Request) bool {
		// Zoom's own refusals have quoted what was sent.
		token, secret, _ := r.BasicAuth()
		body := r.Header.Get("Authorization") + token + secret + r.URL.RawQuery + w.line.last() + w.stored().Access
		out.Header().Set("X-Zm-Trackingid", body)
		out.WriteHeader(http.StatusBadRequest)
		answer, _ := json.Marshal(map[string]string{"error": "invalid_request", "reason": body, "message": body})
		_, _ = out.Write(answer)
		return true
	}
	w.line.breaks(parrot)
	for _, line := range []string{
		"token --force", "exec -- true", "keepalive --max-age 0s", "status", "status --json", "doctor", "report --online",
		"token --force --format json", "history --json",
	} {
		w.traced(line)
	}
	w.line.breaks(w.generous)
	// A token file whose content ends up in the complaint about it.
	good, err := os.ReadFile(w.tokenFile())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, bad := range [][]byte{good[:len(good)-20], bytes.ReplaceAll(good, []byte(`"expires_at": "`), []byte(`"expires_at": "`+w.stored().Refresh)), append([]byte("x"), good...)} {
		if err := os.WriteFile(w.tokenFile(), bad, 0o600); err != nil {
			w.t.Fatal(err)
		}
		for _, line := range []string{"token", "status", "doctor", "report", "export", "keepalive", "profile list"} {
			w.traced(line)
		}
	}
	if err := os.WriteFile(w.tokenFile(), good, 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// moveAndLeave moves the sign-in to another machine and ends it there.
func (w *walk) moveAndLeave() {
	w.t.Helper()
	moved := w.run("export")
	for _, line := range []string{"token", "status", "history", "report", "doctor"} {
		w.run(strings.Fields(line)...)
	}
	other := &walk{holder: w.elsewhere(), t: w.t, seen: w.seen}
	other.plain = true
	config, err := os.ReadFile(filepath.Join(w.home, "config", "zoomtui", "config.toml"))
	path := filepath.Join(other.home, "config", "zoomtui", "config.toml")
	if err := errors.Join(err, os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, config, 0o600)); err != nil {
		w.t.Fatal(err)
	}
	came := other.runs(other.program("import"), moved.out, []string{"import"})
	if moved.code != 0 || came.code != 0 {
		w.t.Errorf("the move fails: %s%s", moved.talk, came.talk)
	}
	for _, line := range []string{"token --force", "status", "report", "history", "logout", "history"} {
		other.run(strings.Fields(line)...)
	}
}

// seenByChildren is how many programs that zoomtui has started have written down what
// everybody can see of them and of it.
func (w *walk) seenByChildren() int {
	entries, err := os.ReadDir(w.seen)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(entries)
}
