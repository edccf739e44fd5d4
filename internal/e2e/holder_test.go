package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// holder is a person who uses an app of a sandbox of their own, over a line that can
// fail. Whatever the program says to them is searched for secrets.
type holder struct {
	person
	t    testing.TB
	line *line
	app  sandbox.App
	// plain: the app and its Zoom are in the settings, not in the environment.
	plain bool
	env   []string // more than that, to make it another network or machine

	mu   *sync.Mutex
	done searched // guarded by mu
}

// newHolder gives a holder with an app of a kind and nothing else.
func newHolder(t testing.TB, kind string) *holder {
	t.Helper()
	l := newLine(t, sandbox.Options{})
	app, ok := l.zoom.App(kind)
	if !ok {
		t.Fatalf("the sandbox has no app of kind %s", kind)
	}
	return &holder{person: person{home: t.TempDir()}, t: t, line: l, app: app, mu: &sync.Mutex{}, done: searched{}}
}

// elsewhere is the same holder on another machine, where nothing is stored yet.
func (h *holder) elsewhere() *holder {
	h.t.Helper()
	other := *h
	other.person = person{home: h.t.TempDir()}
	return &other
}

// environ is the whole environment of the holder's programs.
func (h *holder) environ() []string {
	if h.plain {
		return h.environment(h.env...)
	}
	env := h.environment("ZOOM_CLIENT_ID="+h.app.ClientID, "ZOOMTUI_OAUTH_BASE="+h.line.url(), "ZOOMTUI_API_BASE="+h.line.url())
	if h.app.ClientSecret != "" {
		env = append(env, "ZOOM_CLIENT_SECRET="+h.app.ClientSecret)
	}
	return append(env, h.env...)
}

// program is the program in the holder's hands.
func (h *holder) program(args ...string) *exec.Cmd {
	h.t.Helper()
	path, err := built()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.Env = h.home, h.environ()
	return cmd
}

// result is what a program that has ended leaves.
type result struct {
	args      []string
	out, talk string
	code      int
	took      time.Duration
}

// run runs the program to its end, and searches what it says for secrets.
func (h *holder) run(args ...string) result { return h.runs(h.program(args...), "", args) }

// runs runs a command that has been prepared; args are the program's.
func (h *holder) runs(cmd *exec.Cmd, input string, args []string) result {
	h.t.Helper()
	var out, talk bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &talk
	begun := time.Now()
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		h.t.Errorf("zoomtui %s: %v", strings.Join(args, " "), err)
	}
	r := result{args, out.String(), talk.String(), cmd.ProcessState.ExitCode(), time.Since(begun)}
	h.search(r)
	return r
}

// search reports secrets in what a program says, or has written where none belong.
func (h *holder) search(r result) {
	h.t.Helper()
	name := strings.Join(r.args, " ")
	if kind := h.line.secrets.in(r.talk); kind != "" {
		h.t.Errorf("zoomtui %s tells the %s on stderr", name, kind)
	}
	asked := len(r.args) > 0 && (r.args[0] == "token" || r.args[0] == "export" || r.args[0] == "exec")
	if kind := h.line.secrets.in(r.out); kind != "" && (!asked || r.code != 0 && r.args[0] != "exec") {
		h.t.Errorf("zoomtui %s tells the %s on stdout", name, kind)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, leak := range h.line.secrets.inFiles(h.home, h.done, h.keepsSecrets) {
		h.t.Errorf("after zoomtui %s: %s", name, leak)
	}
}

// keepsSecrets tells the files that hold secrets because that is their job.
func (h *holder) keepsSecrets(path string) bool {
	config := filepath.Join(h.home, "config", "zoomtui")
	return strings.HasPrefix(path, filepath.Join(config, "tokens")) || path == filepath.Join(config, "config.toml")
}

// tokenDir is where the holder's tokens are stored.
func (h *holder) tokenDir() string { return filepath.Join(h.home, "config", "zoomtui", "tokens") }

// tokenFile is the file of the holder's current tokens.
func (h *holder) tokenFile() string { return filepath.Join(h.tokenDir(), "default.json") }

// stored is what these tests look at in a token file.
type stored struct {
	Access     string    `json:"access_token"`
	Refresh    string    `json:"refresh_token"`
	Generation int       `json:"generation"`
	SignedIn   time.Time `json:"signed_in_at"`
}

// readStored reads a token file; the error is for one that is not there or not whole.
func readStored(path string) (stored, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return stored{}, errors.New("it is no file") // a pipe would not let go of its reader
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return stored{}, err
	}
	var s stored
	if err := json.Unmarshal(data, &s); err != nil {
		return stored{}, err
	}
	if s.Access == "" || s.Refresh == "" {
		return stored{}, errors.New("it holds no tokens")
	}
	return s, nil
}

// grantAnswer is what the token endpoint answers.
type grantAnswer struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	Scope        string `json:"scope"`
}

// signIn signs in as the program does, and stores the tokens as product of an earlier
// run: obtained so long ago, of the sixth generation, with the fifth beside them.
func (h *holder) signIn(ago time.Duration) {
	h.t.Helper()
	const verifier = "a-verifier-of-the-tests-that-is-long-enough-for-rfc-7636"
	sum := sha256.Sum256([]byte(verifier))
	ask := url.Values{
		"response_type": {"code"}, "client_id": {h.app.ClientID}, "redirect_uri": {h.app.RedirectURIs[0]},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}, "state": {"state"},
	}
	browser := sandbox.Browser{HTTP: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	callback, err := browser.Answer(h.t.Context(), h.line.url()+"/oauth/authorize?"+ask.Encode(), "allow")
	if err != nil {
		h.t.Fatal(err)
	}
	back, err := url.Parse(callback)
	if err != nil {
		h.t.Fatal(err)
	}
	first, err := h.grant(url.Values{
		"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")},
		"redirect_uri": {h.app.RedirectURIs[0]}, "code_verifier": {verifier},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	second, err := h.refreshes(first.RefreshToken)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := os.MkdirAll(h.tokenDir(), 0o700); err != nil {
		h.t.Fatal(err)
	}
	at := time.Now().Add(-ago)
	h.write(h.tokenFile()+".prev", first, at.Add(-time.Hour), 5)
	h.write(h.tokenFile(), second, at, 6)
}

// refreshes trades a refresh token, as the program would.
func (h *holder) refreshes(token string) (grantAnswer, error) {
	return h.grant(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}})
}

// grant asks the token endpoint.
func (h *holder) grant(form url.Values) (grantAnswer, error) {
	if h.app.Kind == sandbox.KindPublic {
		form.Set("client_id", h.app.ClientID)
	}
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodPost, h.line.url()+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		return grantAnswer{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if h.app.Kind != sandbox.KindPublic {
		req.SetBasicAuth(h.app.ClientID, h.app.ClientSecret)
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return grantAnswer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return grantAnswer{}, err
	}
	var answer grantAnswer
	if resp.StatusCode != http.StatusOK {
		return grantAnswer{}, errors.New(resp.Status + ": " + string(body))
	}
	return answer, json.Unmarshal(body, &answer)
}

// write writes a token file, as product version 1 has it.
func (h *holder) write(path string, a grantAnswer, obtained time.Time, generation int) {
	h.t.Helper()
	stamp := func(at time.Time) string { return at.UTC().Format(time.RFC3339) }
	data, err := json.MarshalIndent(map[string]any{
		"version": 1, "profile": "default", "client_id": h.app.ClientID, "kind": h.app.Kind,
		"access_token": a.AccessToken, "refresh_token": a.RefreshToken, "token_type": "bearer", "scope": a.Scope,
		"api_url": h.line.zoom.URL(), "obtained_at": stamp(obtained), "expires_at": stamp(obtained.Add(3599 * time.Second)),
		"signed_in_at": stamp(obtained.Add(-48 * time.Hour)), "generation": generation,
	}, "", "  ")
	if err == nil {
		err = os.WriteFile(path, append(data, '\n'), 0o600)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// works asks the sandbox's API whether an access token is good.
func (h *holder) works(access string) bool {
	req, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, h.line.zoom.URL()+"/v2/users/me", nil)
	if err != nil {
		return false
	}
	req.Header.Set("Authorization", "Bearer "+access)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
