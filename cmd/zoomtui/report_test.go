package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/api"
	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/sandbox"
)

// A person's laptop, and what the failures are about.
const (
	reportedHome  = "/home/aiko.tanaka"
	reportedTopic = "Layoffs in Kraków, confidential"
	reportedMail  = "kenji.sato@example.test"
	reportedLink  = "https://us02web.zoom.us/j/85212345678?pwd=c2VjcmV0"
	reportedID    = "hT7pLw2cQ0uV9dNsX4kR1A"
)

// talkative is a Zoom whose refusals tell everything about everybody.
func talkative(t *testing.T, zoom *sandbox.Server) string {
	t.Helper()
	target, err := url.Parse(zoom.URL())
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, reportedMail) && !strings.Contains(r.URL.Path, "85212345678") {
			proxy.ServeHTTP(w, r)
			return
		}
		w.Header().Set("X-Zm-Trackingid", "v=2.0;for="+reportedMail+";"+r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"code":3001,"message":"%s has no meeting %s at %s of %s"}`, reportedMail, reportedTopic, reportedLink, reportedID)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// reporting is the program of a person who is about to ask for help.
func reporting(t *testing.T, kind string) (c *cli, out *bytes.Buffer, zoom *sandbox.Server) {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	values := map[string]string{
		"ZOOMTUI_LISTEN": "127.0.0.1:0", "HOME": reportedHome, "USER": "aiko.tanaka", "TERM": "xterm-256color",
		"LANG": "ja_JP.UTF-8", "HTTPS_PROXY": "", "SSH_CONNECTION": "198.51.100.7 1 198.51.100.8 22", "TZ": "Asia/Tokyo",
	}
	for _, line := range zoom.Env(kind) {
		name, value, _ := strings.Cut(line, "=")
		values[name] = value
	}
	values["ZOOMTUI_API_BASE"] = talkative(t, zoom)
	dir := t.TempDir()
	out = &bytes.Buffer{}
	return &cli{
		stdio: stdio{strings.NewReader(""), out, &bytes.Buffer{}}, getenv: func(name string) string { return values[name] }, clock: time.Now,
		paths: config.Paths{Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state")},
	}, out, zoom
}

// session is what happens on an ordinary day, and what of it must not be told.
func session(t *testing.T, c *cli, zoom *sandbox.Server) (secrets []string) {
	t.Helper()
	ctx := t.Context()
	o, err := c.open("dashboard")
	if err != nil {
		t.Fatal(err)
	}
	if o.app.Kind != auth.S2S {
		secrets = append(secrets, signInByCallback(t, o)...)
	}
	keep := func() {
		for _, load := range []func() (auth.Token, error){o.store.Load, o.store.Previous} {
			if token, err := load(); err == nil {
				secrets = append(secrets, token.AccessToken.Reveal(), token.RefreshToken.Reveal())
			}
		}
	}
	_, _ = account{o}.Me(ctx) // an app of Server-to-Server may not
	hosted, _ := calendar{o}.Hosted(ctx)
	for _, m := range hosted {
		secrets = append(secrets, m.Topic, m.JoinURL, m.UUID)
	}
	client := &http.Client{Transport: o.source.Transport(o.recorder)}
	for _, path := range []string{"/v2/users/" + reportedMail, "/v2/meetings/85212345678?occurrence_id=1732244400000", "/v2/users/" + reportedID + "/settings"} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.app.APIBase+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = new(bytes.Buffer).ReadFrom(resp.Body) // so that the recorder sees it
		_ = resp.Body.Close()
	}
	keep()
	if _, err := o.source.TokenWith(ctx, auth.TokenRequest{Force: true}); err != nil {
		t.Fatal(err)
	}
	keep()
	if err := zoom.SetFault("revoke-grant", true); err != nil {
		t.Fatal(err)
	}
	_, _ = o.source.TokenWith(ctx, auth.TokenRequest{Force: true}) // refused, where there is a refresh token
	if err := o.close(); err != nil {
		t.Fatal(err)
	}
	secret := auth.Secret("")
	if o.app.Secret != nil {
		if secret, err = o.app.Secret(ctx); err != nil {
			t.Fatal(err)
		}
	}
	user, _ := readCache[api.User](o.cache, cacheUser)
	u := user.Value
	return append(secrets, secret.Reveal(), o.app.ClientID, o.app.AccountID, u.ID, u.AccountID, u.Email, u.DisplayName, u.FirstName, u.LastName, strconv.FormatInt(u.PMI, 10))
}

// signInByCallback signs in as a browser does, and gives the code and the state.
func signInByCallback(t *testing.T, o *opened) []string {
	t.Helper()
	attempt, err := signIns{o}.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer attempt.Close()
	done := make(chan error, 1)
	go func() {
		_, err := attempt.Wait(context.WithoutCancel(t.Context()))
		done <- err
	}()
	callback, err := sandbox.Browser{}.Answer(t.Context(), attempt.Link().URL, "allow")
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, callback, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(callback)
	if err != nil {
		t.Fatal(err)
	}
	return []string{u.Query().Get("code"), u.Query().Get("state")}
}

// After a day with calls and failures of all sorts, a report tells what helps and
// nothing of the person.
func TestReportTellsNothingOfThePerson(t *testing.T) {
	t.Parallel()
	host, _ := os.Hostname()
	for _, kind := range []string{sandbox.KindPublic, sandbox.KindConfidential, sandbox.KindS2S} {
		for _, online := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s online=%v", kind, online), func(t *testing.T) {
				t.Parallel()
				c, out, zoom := reporting(t, kind)
				secrets := append(session(t, c, zoom),
					reportedHome, "aiko.tanaka", reportedTopic, reportedMail, reportedLink, reportedID, "85212345678", "198.51.100", "Asia/Tokyo", host, c.paths.Config)
				if err := c.report(t.Context(), online); err != nil {
					t.Fatal(err)
				}
				text := out.String()
				for _, want := range []string{
					"### zoomtui report", "- **App**: " + kind + ", client id …", "/v2/users/{email}", "/v2/meetings/{number}",
					"/v2/users/{id}/settings", "400 code 3001", "POST /oauth/token", "fingerprint ", "TERM=xterm-256color", "SSH_CONNECTION", "user:read:user",
				} {
					if !strings.Contains(text, want) {
						t.Errorf("it does not say %q:\n%s", want, text)
					}
				}
				if strings.Contains(text, "zoom, reached") != online {
					t.Errorf("online %v:\n%s", online, text)
				}
				secrets = slices.DeleteFunc(secrets, func(s string) bool { return len(s) < leastKnown })
				if len(secrets) < 20 {
					t.Fatalf("only %d secrets were looked for", len(secrets))
				}
				for _, secret := range secrets {
					if strings.Contains(text, secret) {
						t.Errorf("%q is in the report:\n%s", secret, text)
					}
				}
				if strings.Contains(text, "eyJ") || strings.Contains(text, "@") || strings.Contains(text, "pwd=") || strings.Contains(text, "/home/") {
					t.Errorf("something has the form of a token, an address or a link:\n%s", text)
				}
			})
		}
	}
}

// What stands in the logs and the settings is trusted as little as an answer of Zoom's.
func TestReportOfForeignFiles(t *testing.T) {
	t.Parallel()
	c, out, _ := reporting(t, sandbox.KindPublic)
	evil := `"\u001b[2J|aiko@example.test|eyJhbGciOiJIUzUxMiJ9.e30.c2ln` + "`" + `<b>"`
	for dir, line := range map[string]string{
		"history": `{"at":"2026-11-22T03:12:00Z","action":` + evil + `,"command":` + evil + `,"result":` + evil + `,"cause":` + evil + `,"tried":` + evil + `,"generation":7,"old_fingerprint":` + evil + `,"new_fingerprint":"3f9c1a"}`,
		"calls":   `{"at":"2026-11-22T03:12:00Z","method":` + evil + `,"host":` + evil + `,"path":` + evil + `,"status":200,"tracking_id":` + evil + `,"failed":` + evil + `}`,
	} {
		path := filepath.Join(c.paths.State, dir)
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "default.jsonl"), []byte(line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.report(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if strings.ContainsAny(text, "\x1b@<") || strings.Contains(text, "eyJ") || strings.Contains(text, "aiko") {
		t.Errorf("the report repeats what stands in the logs:\n%q", text)
	}
	if !strings.Contains(text, "| – → 3f9c1a |") || !strings.Contains(text, "| other /") {
		t.Errorf("the lines are not there at all:\n%s", text)
	}
}

func FuzzReportPrivacy(f *testing.F) {
	f.Add("a\tline with s3cret-token and kenji@example.test\n\nnext", "s3cret-token", "Kenji", "/home/kenji")
	f.Add("[hi[hidden]dden]", "hidden", "[hid", "/h")
	f.Add("/home/kenji/home/kenji", "~~~~", "home", "/home/kenji")
	f.Add("eyJ e@y", "eyJ ", "e@y ", "")
	f.Add("\xff\xfework network", "\xff\xfe\xfd\xfc", "work", "////")
	f.Fuzz(func(t *testing.T, text, value, name, home string) {
		p := privacy{home: home, values: appendKnown(nil, value), names: appendKnown(nil, name)}
		got := p.tame(text)
		if p.tame(got) != got {
			t.Errorf("%q becomes %q, and that %q", text, got, p.tame(got))
		}
		for line := range strings.Lines(got) {
			line = strings.TrimSuffix(line, "\n")
			if len(p.values) > 0 && strings.Contains(line, p.values[0]) {
				t.Errorf("%q is in %q", p.values[0], line)
			}
			if len(home) >= leastKnown && strings.Contains(line, home) {
				t.Errorf("the home %q is in %q", home, line)
			}
			if strings.Contains(line, "eyJ") || len(p.names) > 0 && line == p.names[0] {
				t.Errorf("%q stayed", line)
			}
		}
	})
}

// A return address elsewhere often bears a person's name.
func TestShownRedirect(t *testing.T) {
	t.Parallel()
	for uri, want := range map[string]string{
		"http://127.0.0.1:8976/callback":      "http://127.0.0.1:8976/callback",
		"http://[::1]:8976/callback?a=secret": "http://[::1]:8976/callback?…",
		"http://localhost:8976/":              "http://localhost:8976/",
		"https://aiko-tanaka.github.io/zoom/": "https://{host}/{path}",
		"https://10.1.2.3/aiko":               "https://{host}/{path}",
		"https://127.0.0.1.aiko.example/cb":   "https://{host}/{path}",
		"http://%zz":                          "no address",
	} {
		if got := shownRedirect(uri); got != want {
			t.Errorf("%s is shown as %s, want %s", uri, got, want)
		}
	}
}
