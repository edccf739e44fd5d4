package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"zoomtui/internal/api"
	"zoomtui/internal/config"
	"zoomtui/internal/explain"
	"zoomtui/internal/sandbox"
	"zoomtui/internal/ui/requests"
)

// tapped is a profile that is signed in at a sandbox, as the requests tab sees it.
func tapped(t *testing.T) (traffic, *sandbox.Server) {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	values := map[string]string{"ZOOMTUI_LISTEN": "127.0.0.1:0"}
	for _, line := range zoom.Env(sandbox.KindPublic) {
		name, value, _ := strings.Cut(line, "=")
		values[name] = value
	}
	delete(values, "ZOOMTUI_API_BASE") // it comes with the tokens
	dir := t.TempDir()
	c := &cli{
		stdio: stdio{strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}}, getenv: func(name string) string { return values[name] }, clock: time.Now,
		paths: config.Paths{Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state")},
		table: new(scopeTable),
	}
	o, err := c.open("test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.close() })
	o.recorder.KeepBodies(keptBodies)
	attempt, err := signIns{o}.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(attempt.Close)
	if err := (sandbox.Browser{}).Allow(t.Context(), attempt.Link().URL); err != nil {
		t.Fatal(err)
	}
	if _, err := attempt.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	return traffic{opened: o}, zoom
}

// made sends a call and gives what the log has of it.
func made(t *testing.T, tr traffic, r requests.Request) requests.Exchange {
	t.Helper()
	seq, err := tr.Send(t.Context(), r)
	x, ok := tr.Exchange(seq)
	if !ok {
		t.Fatalf("%s %s: number %d is not in the log (%v)", r.Method, r.Path, seq, err)
	}
	return x
}

func TestTrafficSendsAndRemembers(t *testing.T) {
	t.Parallel()
	tr, _ := tapped(t)
	x := made(t, tr, requests.Request{Method: "GET", Path: "/users/me/meetings?page_size=1&type=upcoming"})
	var list struct{ Meetings []json.RawMessage }
	if err := json.Unmarshal(x.Body, &list); err != nil || len(list.Meetings) != 1 || x.Status != 200 || x.Err != nil {
		t.Errorf("status %d, %v, %v: %.200s", x.Status, err, x.Err, x.Body)
	}
	if x.Again != "/users/me/meetings?page_size=1&type=upcoming" {
		t.Errorf("it is sent again as %q (%s)", x.Again, x.NotAgain)
	}
	calls, state, changed := tr.Calls(-1)
	if !changed || len(calls) < 2 || calls[0].Seq != x.Seq || calls[len(calls)-1].Step != "code exchange" {
		t.Errorf("the timeline: %+v", calls)
	}
	if _, _, changed := tr.Calls(state); changed {
		t.Error("nothing has happened, and the log says that it has")
	}
	for _, c := range calls {
		past, ok := tr.Exchange(c.Seq)
		if !ok || c.Step != "" && past.Again != "" {
			t.Errorf("%+v can be sent again as %q", c, past.Again)
		}
	}
}

// What Zoom refuses is explained, at once and when the call is opened later.
func TestTrafficExplainsRefusals(t *testing.T) {
	t.Parallel()
	tr, _ := tapped(t)
	for name, tt := range map[string]struct {
		request requests.Request
		class   explain.Class
		scopes  bool
	}{
		"no scope":   {requests.Request{Method: "GET", Path: "/users/me/settings"}, explain.Scope, true},
		"no such id": {requests.Request{Method: "GET", Path: "/meetings/1"}, explain.Other, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seq, err := tr.Send(t.Context(), tt.request)
			x, ok := tr.Exchange(seq)
			for _, err := range []error{err, x.Err} {
				p := explain.Of(err)
				if !ok || err == nil || tt.scopes && (p.Class() != tt.class || len(p.Facts.MissingScopes) == 0) || p.Facts.TrackingID == "" {
					t.Errorf("%v: %+v", err, p)
				}
			}
		})
	}
	if seq, err := tr.Send(t.Context(), requests.Request{Method: "GET", Path: "//evil.test/x"}); seq != 0 || err == nil {
		t.Errorf("a path that is none: number %d, %v", seq, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tr.Send(ctx, requests.Request{Method: "GET", Path: "/users/me"}); explain.Of(err).Class() != explain.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
}

// An address of another host is refused in the words of zoomtui api, without a call.
func TestTrafficRefusesAForeignAddress(t *testing.T) {
	t.Parallel()
	tr, _ := tapped(t)
	before := tr.recorder.Total()
	ours, err := tr.source.APIBase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ours, _, _ = strings.Cut(ours, "/v2")
	if err := tr.CheckAddress(t.Context(), ours); err != nil {
		t.Errorf("%s: %v", ours, err)
	}
	cmd := &cobra.Command{Use: "api"}
	cmd.SetContext(t.Context())
	for _, address := range []string{"https://example.com", "https://me@api.zoom.us"} {
		err := tr.CheckAddress(t.Context(), address)
		refused, ok := errors.AsType[*requests.Refused](err)
		if told := tr.checkAddress(cmd, address); !ok || told == nil || !strings.HasPrefix(refused.Words, told.Error()+" The token is sent nowhere else.") {
			t.Errorf("%s: %v, the command says %v", address, err, told)
		}
	}
	tr.demo = true // whose Zoom stands for the real one, and for nothing else
	if err := tr.CheckAddress(t.Context(), "https://api.zoom.us"); err != nil {
		t.Errorf("in the demo: %v", err)
	}
	if err := tr.CheckAddress(t.Context(), "https://example.com"); err == nil {
		t.Error("in the demo any address is accepted")
	}
	if made := tr.recorder.Total() - before; made != 0 {
		t.Errorf("%d calls were made", made)
	}
}

// What stands before /v2 in the address of an API behind a gateway is no part of the
// path by which a call is made again.
func TestAgainBehindAGateway(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://api.zoom.us/v2/users/me?a=b":                  "/users/me?a=b",
		"https://gw.example/zoom/v2/users/me?next=/v2/x":       "/users/me?next=/v2/x",
		"https://gw.example/zoom/scim2/Users":                  "/scim2/Users",
		"https://api.zoom.us/scim2/Users/v2/x":                 "/scim2/Users/v2/x",
		"https://api.zoom.us/v2/past_meetings/%252Fabc%2F/x?":  "/past_meetings/%252Fabc%2F/x?",
		"https://api.zoom.us/v2/groups/scim2/x":                "/groups/scim2/x",
		"https://api.zoom.us/v2/users/me/meetings?page_size=2": "/users/me/meetings?page_size=2",
	} {
		x := api.Exchange{Call: api.Call{Method: "GET"}, URL: address}
		if got, why := again(x); got != want || why != "" {
			t.Errorf("%s: %q, want %q (%s)", address, got, want, why)
		}
	}
}

// What is confirmed is what goes out, and looking at it sends nothing.
func TestTrafficPreviewIsWhatIsSent(t *testing.T) {
	t.Parallel()
	tr, _ := tapped(t)
	before := tr.recorder.Total()
	r := requests.Request{Method: "POST", Path: "/users/me/meetings?a=b", Body: []byte(`{"topic":"x"}`)}
	p, err := tr.Preview(t.Context(), r)
	if err != nil || tr.recorder.Total() != before {
		t.Fatalf("%v; %d calls were made", err, tr.recorder.Total()-before)
	}
	x := made(t, tr, r)
	if x.Method != p.Method || x.URL != p.URL || !bytes.Equal(x.RequestBody, p.Body) {
		t.Errorf("sent %s %s %s, shown %+v", x.Method, x.URL, x.RequestBody, p)
	}
	for _, f := range p.Header {
		found := false
		for _, g := range x.RequestHeader {
			found = found || g.Name == f.Name && (g.Value == f.Value || f.Name == "Authorization")
		}
		if !found {
			t.Errorf("%s: %s was shown and not sent: %+v", f.Name, f.Value, x.RequestHeader)
		}
		if strings.Contains(f.Value, accessToken(t, tr)) {
			t.Error("the token is shown")
		}
	}
}

func accessToken(t *testing.T, tr traffic) string {
	t.Helper()
	stored, err := tr.store.Load()
	if err != nil {
		t.Fatal(err)
	}
	return stored.AccessToken.Reveal()
}

// The archive is there, for its owner alone, beside others and without a secret.
func TestTrafficExport(t *testing.T) {
	t.Parallel()
	tr, _ := tapped(t)
	stored, err := tr.store.Load()
	if err != nil {
		t.Fatal(err)
	}
	made(t, tr, requests.Request{Method: "GET", Path: "/users/me/meetings"})
	created := made(t, tr, requests.Request{Method: "POST", Path: "/users/me/meetings", Body: []byte(`{"topic":"x","type":2,"password":"hunter22"}`)})
	if created.Status >= 400 && explain.Of(created.Err).Class() != explain.Scope {
		t.Errorf("status %d", created.Status)
	}
	dir := t.TempDir()
	fixed := time.Date(2026, 11, 22, 13, 47, 20, 0, time.UTC)
	tr.cli.clock = func() time.Time { return fixed }
	var paths []string
	for range 2 {
		done, err := tr.exportTo(dir)
		if err != nil || done.Calls < 3 || done.Note != "" {
			t.Fatalf("%+v, %v", done, err)
		}
		paths = append(paths, done.Path)
	}
	if paths[0] == paths[1] || !strings.HasPrefix(filepath.Base(paths[0]), "zoomtui-20261122-") || filepath.Ext(paths[1]) != ".har" {
		t.Errorf("%v", paths)
	}
	text, err := os.ReadFile(paths[0])
	if err != nil || !json.Valid(text) {
		t.Fatalf("%v: %.200s", err, text)
	}
	for name, secret := range map[string]string{
		"access token": stored.AccessToken.Reveal(), "refresh token": stored.RefreshToken.Reveal(), "passcode": "hunter22", "start_url": "zak=",
	} {
		if secret == "" || bytes.Contains(text, []byte(secret)) {
			t.Errorf("the archive holds the %s", name)
		}
	}
	for _, want := range []string{"/users/me/meetings", "grant_type=authorization_code"} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the archive lacks %q", want)
		}
	}
	if info, err := os.Stat(paths[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	done, err := tr.exportTo(filepath.Join(dir, "not there"))
	if err != nil || filepath.Dir(done.Path) != tr.cli.paths.State || done.Note == "" {
		t.Errorf("without a directory: %+v, %v", done, err)
	}
}

// A file that cannot be finished is not left behind.
func TestNewFileLeavesNoHalf(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	wrong := errors.New("half")
	if _, err := newFile(dir, "x", ".har", func(w io.Writer) error { _, _ = w.Write([]byte("a")); return wrong }); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// The curl line works when a shell runs it.
func TestTrafficCurlLineWorks(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("ZOOMTUI_TEST_NO_SKIP") != "" {
			t.Fatal(err)
		}
		t.Skip("curl is not installed")
	}
	tr, _ := tapped(t)
	bin := t.TempDir()
	stub := "#!/bin/sh\n[ \"$*\" = token ] || { echo \"called with $*\" >&2; exit 1; }\nprintf %s '" + accessToken(t, tr) + "'\n"
	if err := os.WriteFile(filepath.Join(bin, "zoomtui"), []byte(stub), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, r := range []requests.Request{
		{Method: "GET", Path: "/users/me/meetings?page_size=1&type=upcoming"},
		{Method: "POST", Path: "/users/me/meetings", Body: []byte("{\"topic\": \"it's $HOME `x`\",\n \"type\": 2}")},
	} {
		x := made(t, tr, r)
		command, _ := tr.TokenCommand()
		line, _ := requests.Curl(x, command)
		cmd := exec.CommandContext(t.Context(), "sh", "-c", line+" --silent --show-error --write-out ' %{http_code}'")
		cmd.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "NO_PROXY=*", "no_proxy=*"}
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.HasSuffix(string(out), " "+strconv.Itoa(x.Status)) {
			t.Errorf("%s\ngives %s (%v), want status %d", line, out, err, x.Status)
		}
	}
}

// The editor gets the body, and what it leaves comes back; nothing stays on disk.
func TestTrafficEditor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	script := func(text string) string {
		path := filepath.Join(dir, "editor with a blank")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		return explain.ShellWord(path)
	}
	seen := filepath.Join(dir, "seen")
	for name, tt := range map[string]struct {
		editor string
		want   string
		fails  bool
	}{
		"it edits":           {script(`[ "$1" = --wait ] && shift; cp "$1" ` + seen + `; stat -c %a "$1" >>` + seen + `; printf '{"b":2}' >"$1"`), `{"b":2}`, false},
		"it fails":           {"false", "", true},
		"it is not there":    {"/nowhere/to/be/found", "", true},
		"it removes the lot": {"rm", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "body.json")
			if err := os.WriteFile(file, []byte(`{"a":1}`), 0o600); err != nil {
				t.Fatal(err)
			}
			editor := tt.editor
			if !tt.fails {
				editor += " --wait"
			}
			got, err := editedText(editor, file, editorCommand(editor, file).Run())
			if string(got) != tt.want || (err != nil) != tt.fails {
				t.Errorf("%q, %v", got, err)
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) && !strings.Contains(explain.Of(err).Facts.Cause, "ended with") {
				t.Errorf("%v", err)
			}
		})
	}
	if text, err := os.ReadFile(seen); err != nil || string(text) != "{\"a\":1}600\n" {
		t.Errorf("the editor saw %q (%v)", text, err)
	}
}

// A body that is being edited when the program ends does not stay on disk.
func TestTrafficEditorIsLeftBehind(t *testing.T) {
	tr, _ := tapped(t)
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	tr.cli.getenv = func(string) string { return "cat" }
	ctx, cancel := context.WithCancel(t.Context())
	if tr.Edit(ctx, []byte(`{"password":"x"}`), func([]byte, error) tea.Msg { return nil })() == nil {
		t.Fatal("no editor is run")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Fatalf("while it is edited: %v, %v", left, err)
	}
	cancel() // the editor never comes back
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		left, err := os.ReadDir(dir)
		if err == nil && len(left) == 0 {
			return
		}
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("%v stays, %v", left, err)
		}
	}
}

// Which editor is asked: VISUAL, EDITOR, what is there; without any, in words.
func TestTrafficEditorIsFound(t *testing.T) {
	tr, _ := tapped(t)
	values := map[string]string{}
	tr.cli.getenv = func(name string) string { return values[name] }
	empty := t.TempDir()
	t.Setenv("PATH", empty)
	var told error
	cmd := tr.Edit(t.Context(), nil, func(_ []byte, err error) tea.Msg { told = err; return nil })
	if cmd(); told == nil || !strings.Contains(explain.Of(told).Facts.Cause, "there is no editor") {
		t.Errorf("%v", told)
	}
	nano := filepath.Join(empty, "nano")
	if err := os.WriteFile(nano, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ name, value, want string }{{"", "", nano}, {"EDITOR", "ed", "ed"}, {"VISUAL", "code --wait", "code --wait"}} {
		values[step.name] = step.value
		if got, err := tr.editor(); got != step.want || err != nil {
			t.Errorf("with %s: %q, %v", step.name, got, err)
		}
	}
}

func TestTokenCommand(t *testing.T) {
	t.Parallel()
	tr, _ := tapped(t)
	if got, note := tr.TokenCommand(); got != "zoomtui token" || note != "" {
		t.Errorf("%q, %q", got, note)
	}
	tr.profile.Name = "other one"
	if got, _ := tr.TokenCommand(); got != "zoomtui --profile 'other one' token" {
		t.Errorf("%q", got)
	}
	tr.demo = true
	if _, note := tr.TokenCommand(); note == "" {
		t.Error("in the demo nothing is said")
	}
}
