package sandbox

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// askDevice asks for a device code as an app with a secret does.
func askDevice(t *testing.T, s *Server, app App) map[string]any {
	t.Helper()
	req := request(t, http.MethodPost, s.URL()+"/oauth/devicecode?client_id="+app.ClientID, nil)
	req.SetBasicAuth(app.ClientID, app.ClientSecret)
	r := call(t, req)
	if r.status != 200 {
		t.Fatalf("devicecode: %d %s", r.status, r.body)
	}
	return r.json(t)
}

func poll(t *testing.T, s *Server, app App, device map[string]any) reply {
	t.Helper()
	return token(t, s, app, url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {device["device_code"].(string)},
	})
}

func TestDeviceFlow(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	d := askDevice(t, s, app)
	code := d["user_code"].(string)
	if !regexp.MustCompile(`^[a-z0-9]{8}$`).MatchString(code) {
		t.Errorf("user code %q", code)
	}
	if d["verification_uri"] != s.URL()+"/oauth_device" || d["verification_uri_complete"] != s.URL()+"/oauth/device/complete/"+code ||
		d["expires_in"] != 900. || d["interval"] != 5. {
		t.Errorf("answer %v", d)
	}
	if r := poll(t, s, app, d); r.json(t)["error"] != "authorization_pending" || r.status != 400 {
		t.Errorf("pending: %d %s", r.status, r.body)
	}
	clock.add(4 * time.Second)
	if r := poll(t, s, app, d); r.json(t)["error"] != "slow_down" {
		t.Errorf("too soon: %s", r.body)
	}
	clock.add(9 * time.Second)
	if r := poll(t, s, app, d); r.json(t)["error"] != "slow_down" {
		t.Errorf("slow_down adds five seconds: %s", r.body)
	}
	if err := (Browser{}).Allow(t.Context(), d["verification_uri_complete"].(string)); err != nil {
		t.Fatalf("allow: %v", err)
	}
	clock.add(15 * time.Second)
	got := readTokens(t, poll(t, s, app, d))
	if r := api(t, s, got.access, "/users/me"); r.status != 200 || got.refresh == "" {
		t.Errorf("token: %d %s", r.status, r.body)
	}
	clock.add(20 * time.Second)
	if r := poll(t, s, app, d); r.json(t)["error"] != "invalid_grant" {
		t.Errorf("second use: %s", r.body)
	}
}

func TestDeviceDeclined(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	d := askDevice(t, s, app)
	if err := (Browser{}).Decline(t.Context(), d["verification_uri_complete"].(string)); err != nil {
		t.Fatalf("decline: %v", err)
	}
	if r := poll(t, s, app, d); r.json(t)["error"] != "access_denied" {
		t.Errorf("got %s", r.body)
	}
}

func TestDeviceCodeExpires(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	d := askDevice(t, s, app)
	clock.add(900 * time.Second)
	if r := poll(t, s, app, d); r.json(t)["error"] != "expired_token" {
		t.Errorf("got %s", r.body)
	}
	if err := (Browser{}).Allow(t.Context(), d["verification_uri_complete"].(string)); err == nil || !strings.Contains(err.Error(), "too old") {
		t.Errorf("the page of an old code: %v", err)
	}
}

func TestDeviceCodeIsForItsApp(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	if r := get(t, s.URL()+"/oauth/devicecode"); r.status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", r.status)
	}
	other := App{Name: "other", Kind: KindConfidential, ClientID: "other", ClientSecret: "x", Device: true}
	s.AddApp(other)
	if r := poll(t, s, other, askDevice(t, s, mustApp(t, s, KindConfidential))); r.json(t)["error"] != "invalid_grant" {
		t.Errorf("a code of another app: %s", r.body)
	}
}

func TestDeviceCodeTypedByHand(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	code := askDevice(t, s, mustApp(t, s, KindConfidential))["user_code"].(string)
	if r := get(t, s.URL()+"/oauth_device"); r.status != 200 || !strings.Contains(r.body, "The code that the device shows") {
		t.Errorf("entry page: %d", r.status)
	}
	typed := strings.ToUpper(" " + code[:4] + "-" + code[4:] + " ")
	r := call(t, request(t, http.MethodPost, s.URL()+"/oauth_device", url.Values{"user_code": {typed}}))
	if r.header.Get("Location") != "/oauth/device/complete/"+code {
		t.Errorf("typed %q: %d %s", typed, r.status, r.header.Get("Location"))
	}
	if r := call(t, request(t, http.MethodPost, s.URL()+"/oauth_device", url.Values{"user_code": {"wrong"}})); r.status != 400 {
		t.Errorf("wrong code: %d", r.status)
	}
}

func TestDeviceAutoApprove(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{AutoApprove: true})
	app := mustApp(t, s, KindConfidential)
	d := askDevice(t, s, app)
	if err := (Browser{}).Allow(t.Context(), d["verification_uri_complete"].(string)); err != nil {
		t.Fatal(err)
	}
	readTokens(t, poll(t, s, app, d))
}
