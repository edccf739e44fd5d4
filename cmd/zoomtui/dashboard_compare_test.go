package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/auth"
	"zoomtui/internal/config"
	"zoomtui/internal/sandbox"
	"zoomtui/internal/scope"
	"zoomtui/internal/ui/token"
)

// comparing is a Server-to-Server profile of a sandbox, with a trace, whose files are all in dir.
func comparing(t *testing.T) (o *opened, zoom *sandbox.Server, dir string) {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	values := map[string]string{}
	for _, line := range zoom.Env(sandbox.KindS2S) {
		name, value, _ := strings.Cut(line, "=")
		values[name] = value
	}
	dir = t.TempDir()
	c := &cli{
		stdio: stdio{strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}}, getenv: func(name string) string { return values[name] }, clock: time.Now,
		paths: config.Paths{Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache"), State: filepath.Join(dir, "state")},
	}
	c.table, c.flags.debug = &scopeTable{}, filepath.Join(dir, "trace")
	o, err = c.open("test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.close() })
	return o, zoom, dir
}

// anotherToken is an access token of another Server-to-Server app, which may read the settings.
func anotherToken(t *testing.T, zoom *sandbox.Server) string {
	t.Helper()
	app := sandbox.App{
		Name: "Postman", Kind: sandbox.KindS2S, ClientID: "PostmanServerClient99x7Qa", ClientSecret: "made-up",
		AccountID: "q6gBJVO5TzexKYTb_I2rpg", Scopes: []string{"user:read:user:admin", "user:read:settings:admin"},
	}
	zoom.AddApp(app)
	form := url.Values{"grant_type": {"account_credentials"}, "account_id": {app.AccountID}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, zoom.URL()+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(app.ClientID, app.ClientSecret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.AccessToken == "" {
		t.Fatalf("no token: %v", err)
	}
	return answer.AccessToken
}

// A token of another app is compared, tried where the person wished it, and is nowhere afterwards.
func TestComparePastedToken(t *testing.T) {
	t.Parallel()
	o, zoom, dir := comparing(t)
	if _, err := o.source.Token(t.Context()); err != nil {
		t.Fatal(err)
	}
	secret := anotherToken(t, zoom)
	text := []byte(`curl -H "Authorization: Bearer ` + secret + `" https://api.zoom.us/v2/users/me`)
	other, err := tokenComparer{o}.Read(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.Trim(text, "\x00")) != 0 {
		t.Error("the text is still there")
	}
	found := other.Comparison()
	if said := found.Verdicts(time.Now()); !strings.Contains(said[0], "another app (…x7Qa ≠ …t001)") || !found.Probeable(time.Now()) {
		t.Errorf("the verdict is %q", said)
	}
	if found.Ours.User == "" || found.Ours.User != found.Theirs.User || found.Ours.Expires.IsZero() || found.Theirs.Version != "10" {
		t.Errorf("read %+v", found)
	}
	before := zoom.Counts()
	plan, err := other.Plan(t.Context())
	if err != nil || plan.Host != strings.TrimPrefix(zoom.URL(), "http://") || len(plan.Calls) < 5 {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	if fmt.Sprint(before) != fmt.Sprint(zoom.Counts()) {
		t.Error("Zoom was asked before the person has agreed")
	}
	settings := callTo(t, plan, "/users/me/settings")
	if out := other.Try(t.Context(), settings); out.Zoom != scope.HasIt || out.Status != 200 {
		t.Errorf("with the other token: %+v", out)
	}
	if out := other.TryOurs(t.Context(), settings); out.Zoom != scope.AddOne || out.Code != 4711 {
		t.Errorf("with ours: %+v", out)
	}
	printed := fmt.Sprintf("%v %+v %#v %s %x", other, other, other, other, other)
	printed += fmt.Sprintf("%+v", o.recorder.Calls())
	for _, call := range o.recorder.Calls() {
		if exchange, ok := o.recorder.Exchange(call.Seq); ok {
			printed += fmt.Sprintf("%+v %s %s", exchange, exchange.RequestBody, exchange.Body)
		}
	}
	other.Forget()
	if held, ok := other.(*pastedToken); !ok || held.unlink() {
		t.Error("what was forgotten is held until the profile is left")
	}
	asked := zoom.Counts()["GET /v2/users/me/settings"]
	if out := other.Try(t.Context(), settings); out.Failed == "" || zoom.Counts()["GET /v2/users/me/settings"] != asked {
		t.Errorf("a forgotten token was sent: %+v", out)
	}
	wantNowhere(t, secret, printed, dir)
}

// callTo is one call of a plan.
func callTo(t *testing.T, plan token.Plan, path string) scope.Probe {
	t.Helper()
	for _, call := range plan.Calls {
		if call.Path == path {
			return call
		}
	}
	t.Fatalf("the plan has no %s: %+v", path, plan)
	return scope.Probe{}
}

// wantNowhere looks for the parts of a token in a text and in all files below a directory.
func wantNowhere(t *testing.T, secret, printed, dir string) {
	t.Helper()
	parts := strings.Split(secret, ".")[1:] // all tokens of a Zoom have the same header
	seen := 0
	look := func(where, text string) {
		seen++
		for _, part := range parts {
			if strings.Contains(text, part) || strings.Contains(text, part[20:60]) {
				t.Errorf("the pasted token is in %s", where)
			}
		}
	}
	look("what is printed", printed)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		look(path, string(content))
		return err
	})
	if err != nil || seen < 3 {
		t.Errorf("looked at %d places, %v", seen, err)
	}
}

// What was pasted goes with the profile.
func TestPastedTokenEndsWithItsProfile(t *testing.T) {
	t.Parallel()
	o, zoom, _ := comparing(t)
	ctx := ended(t)
	other, err := tokenComparer{o}.Read(ctx, []byte(anotherToken(t, zoom)))
	if err != nil {
		t.Fatal(err)
	}
	if other.Comparison().Ours != (token.Side{}) {
		t.Error("there is a token in use before the first was fetched")
	}
	deadline := time.Now().Add(patience)
	for other.(*pastedToken).held() != 0 {
		if time.Now().After(deadline) {
			t.Fatal("it is still there")
		}
		time.Sleep(time.Millisecond)
	}
}

// held is how many bytes of the token there are.
func (p *pastedToken) held() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.secret)
}

func TestKindsOfPastedTokens(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		payload string
		want    token.Side
	}{
		"today's":        {`{"iss":"zm:cid:abc","uid":"u","aid":"a","auid":"g","ver":10,"type":0}`, token.Side{Kind: token.Access, Client: "abc", User: "u", Account: "a", SignIn: "g", Version: "10"}},
		"version 6":      {`{"iss":"urn:zoom:connect:clientid:abc","userId":"u","accountId":"a","authenticationId":"g","ver":6,"tokenType":"access_token"}`, token.Side{Kind: token.Access, Client: "abc", User: "u", Account: "a", SignIn: "g", Version: "6"}},
		"refresh":        {`{"iss":"zm:cid:abc","type":1}`, token.Side{Kind: token.Refresh, Client: "abc"}},
		"refresh, old":   {`{"iss":"urn:zoom:connect:clientid:abc","tokenType":"refresh_token"}`, token.Side{Kind: token.Refresh, Client: "abc"}},
		"foreign":        {`{"iss":"https://login.example/\u001b[2J","sub":"u"}`, token.Side{Kind: token.Foreign, Client: "//login.example/[2J", Issuer: "https://login.example/[2J"}},
		"without issuer": {`{}`, token.Side{Kind: token.Foreign, Issuer: "nobody it names"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := sideOf(auth.Secret("eyJhbGciOiJIUzUxMiJ9." + base64.RawURLEncoding.EncodeToString([]byte(tt.payload)) + ".c2ln"))
			got.Client = strings.ReplaceAll(got.Client, "\x1b", "")
			if got.Kind != tt.want.Kind || tt.want.Kind != token.Foreign && got != tt.want || strings.ContainsRune(got.Issuer, 0x1b) || (got.Issuer == "") != (tt.want.Issuer == "") {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
	if got := sideOf("opaque"); got != (token.Side{Kind: token.Foreign}) {
		t.Errorf("opaque: %+v", got)
	}
}
