package e2e

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestRequestsGiveNothingAway works on the requests tab, where every call can be looked
// at whole, while Zoom answers with all that is secret in every place it has. It looks for
// that on the screen, in what is copied, in the archive and in what else lies about.
func TestRequestsGiveNothingAway(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	w.signInByBrowser()
	editor := filepath.Join(t.TempDir(), "editor")
	script := "#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ /proc/$PPID/cmdline >'" + w.seen + "/editor'\nprintf '{\"topic\":\"a talk\",\"type\":2}' >\"$1\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	w.env = []string{"EDITOR=" + editor}
	age(t, w.tokenFile(), 2*time.Hour) // so that one step of the sign-in is among the calls
	w.line.breaks(w.babble)
	p := onTerminal(t, w.program("--debug", filepath.Join(w.home, "trace")), 120, 40)
	p.shows("Aiko")
	p.types("5")
	p.shows("upcoming_meetings")
	for _, line := range []string{"GET /users/me/zak", "GET /meetings/1", "GET /meetings/2 --jq .", "GET /meetings/3", "GET /users/me/settings"} {
		p.awaitsNew(":"+line+"\r", "Answer")
		p.presses("E", "a", "\t", "a", "\t")
		p.awaitsNew("y", "clipboard.")
		p.awaitsNew("s", "By Zoom's") // the verdict
		p.types("5")
		p.awaitsNew(escape, strings.Fields(line)[1][1:]) // the timeline
	}
	p.awaitsNew(":POST /users/me/meetings\r", "Send this to Zoom?")
	p.awaitsNew("y", "Answer")
	p.presses("a", "\t", "E")
	p.awaitsNew("r", "changes") // nothing: it is not sent again
	p.presses(escape, "G", "\r", "a", "\t", "E")
	p.awaitsNew("y", "clipboard.")
	p.presses(escape, "/", "!", "\r", "\r", escape, escape, ":", "\x10", "\x10", escape)
	p.awaitsNew("x", "without anything secret")
	p.types("q")
	p.ended(0)
	w.search(result{args: []string{"the requests"}, out: p.out.String()})
	w.searchCopied(p.out.String())
	w.searchArchive()
	if left, err := filepath.Glob(filepath.Join(w.home, "zoomtui-body-*")); err != nil || len(left) != 0 {
		t.Errorf("the editor's text is still there: %v, %v", left, err)
	}
	for _, kind := range []string{"access token", "refresh token", "client secret", "start_url", "ZAK", "passcode", "cookie"} {
		if !w.line.secrets.knows(kind) {
			t.Errorf("the requests have met no %s", kind)
		}
	}
}

// babble answers what a person asks for with secrets everywhere.
func (w *walk) babble(out http.ResponseWriter, r *http.Request) bool {
	secrets := w.line.secrets
	zak := "eyJ6." + strings.Repeat("StartsAnyMeeting", 9)
	start := w.line.url() + "/s/8?zak=" + zak
	cookie := "zm_ssid=" + strings.Repeat("CookieOfZoomsOwn", 3)
	for kind, secret := range map[string]string{"ZAK": zak, "cookie": cookie, "passcode": "836215"} {
		secrets.add(kind, secret)
	}
	secrets.add("start_url", start)
	answer := func(status int, kind, body string) bool {
		out.Header().Set("Content-Type", kind)
		out.Header().Set("Set-Cookie", cookie+"; Path=/")
		out.Header().Set("X-Zm-Trackingid", zak)
		out.Header().Set("X-Ratelimit-Category", zak)
		out.Header().Set("Location", start)
		out.WriteHeader(status)
		_, _ = out.Write([]byte(body))
		return true
	}
	quoted := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			w.t.Error(err)
		}
		return string(text)
	}
	invitation := "Join: " + w.line.url() + "/j/1?pwd=836215\nPasscode: 836215\n" // as people paste it
	switch r.URL.Path {
	case "/v2/users/me/zak":
		return answer(200, "application/json", quoted(map[string]any{"token": zak}))
	case "/v2/meetings/1":
		inner := quoted(map[string]any{"start_url": start, "password": "836215", "agenda": invitation})
		return answer(200, "application/json", quoted(map[string]any{
			"id": 1, "agenda": invitation, "invitation": invitation, "password": "836215", "settings": map[string]any{"Host Key": 836215, "inner": inner}, "list": []any{start, inner, r.Header},
		}))
	case "/v2/meetings/2":
		return answer(200, "application/json", `{"start_url":"`+start+`","next":`) // cut off
	case "/v2/meetings/3":
		return answer(500, "text/html", "<html>"+start+" "+invitation+r.Header.Get("Authorization")+"</html>")
	case "/v2/users/me/settings":
		words := "Invalid access token, does not contain scopes:[" + zak + ", user:read:settings]."
		return answer(400, "application/json", quoted(map[string]any{"code": 4711, "message": words}))
	case "/v2/users/me/meetings":
		if r.Method == http.MethodPost {
			return answer(201, "application/json", quoted(map[string]any{"id": 1, "start_url": start, "password": "836215", "encrypted_password": cookie}))
		}
	}
	return false
}

// searchCopied looks into what was put on the clipboard: a terminal is given it in base64.
func (w *walk) searchCopied(out string) {
	w.t.Helper()
	copied := regexp.MustCompile(`\x1b\]52;c;([A-Za-z0-9+/=]+)`).FindAllStringSubmatch(out, -1)
	if len(copied) < 5 {
		w.t.Errorf("%d texts were copied", len(copied))
	}
	for _, one := range copied {
		text, err := base64.StdEncoding.DecodeString(one[1])
		if kind := w.line.secrets.in(string(text)); kind != "" || err != nil || !strings.HasPrefix(string(text), "curl ") {
			w.t.Errorf("what is copied holds the %q (%v): %s", kind, err, text)
		}
	}
}

// searchArchive looks into the texts of the archive as they read, without the escapes of
// JSON.
func (w *walk) searchArchive() {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.home, "*.har"))
	if err != nil || len(files) != 1 {
		w.t.Fatalf("archives: %v, %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	var whole any
	if err == nil {
		err = json.Unmarshal(data, &whole)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	texts := 0
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, inner := range v {
				look(inner)
			}
		case map[string]any:
			for name, inner := range v {
				look(name)
				look(inner)
			}
		case string:
			texts++
			if kind := w.line.secrets.in(v); kind != "" {
				w.t.Errorf("the archive holds the %s: %s", kind, v)
			}
		}
	}
	look(whole)
	if texts < 200 {
		w.t.Errorf("the archive holds %d texts", texts)
	}
}
