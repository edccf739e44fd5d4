package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestDeviceCodeNeedsBasic: the shape that Zoom documents, and what else a client might send.
func TestDeviceCodeNeedsBasic(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	public, secret, s2s := mustApp(t, s, KindPublic), mustApp(t, s, KindConfidential), mustApp(t, s, KindS2S)
	id := func(app App) url.Values { return url.Values{"client_id": {app.ClientID}} }
	const badClient = "Invalid client_id or client_secret"
	for _, tt := range []struct {
		name         string
		query, form  url.Values
		basic        *App
		reason, code string // empty: a code is given
	}{
		{name: "client_id in the query", query: id(secret), basic: &secret},
		{name: "client_id in the form", form: id(secret), basic: &secret},
		{name: "no client_id", basic: &secret, reason: "Missing client_id", code: "invalid_request"},
		{name: "client_id of another app", form: id(public), basic: &secret, reason: badClient, code: "invalid_client"},
		{name: "no Basic", form: id(secret), reason: badClient, code: "invalid_client"},
		{name: "secret in the form", form: url.Values{"client_id": {secret.ClientID}, "client_secret": {secret.ClientSecret}}, reason: badClient, code: "invalid_client"},
		{name: "wrong secret", form: id(secret), basic: &App{ClientID: secret.ClientID, ClientSecret: "x"}, reason: badClient, code: "invalid_client"},
		{name: "public", form: id(public), reason: badClient, code: "invalid_client"},
		{name: "public with an empty secret", form: id(public), basic: &public, reason: badClient, code: "invalid_client"},
		{name: "not switched on for devices", form: id(s2s), basic: &s2s, reason: "The device flow is not enabled for this app", code: "unauthorized_client"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			req := request(t, http.MethodPost, s.URL()+"/oauth/devicecode?"+tt.query.Encode(), tt.form)
			if tt.basic != nil {
				req.SetBasicAuth(tt.basic.ClientID, tt.basic.ClientSecret)
			}
			r := call(t, req)
			if tt.code != "" {
				wantRefusal(t, r, tt.reason, tt.code)
			} else if r.status != http.StatusOK || len(r.json(t)["user_code"].(string)) != 8 {
				t.Errorf("got %d %s", r.status, r.body)
			}
		})
	}
}

// TestDevicePolls: who polls how, as public programs do, and with what.
func TestDevicePolls(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app, public := mustApp(t, s, KindConfidential), mustApp(t, s, KindPublic)
	d := askDevice(t, s, app)
	form := func() url.Values {
		return url.Values{"grant_type": {deviceGrant}, "device_code": {d["device_code"].(string)}}
	}
	wantRefusal(t, token(t, s, app, url.Values{"grant_type": {deviceGrant}}), "Missing device_code", "invalid_request")
	for name, as := range map[string]App{"public": public, "https app": {ClientID: "SandboxHTTPSClient0001", ClientSecret: "sandbox-secret-of-made-up-data-3"}} {
		if r := token(t, s, as, form()); r.json(t)["error"] != "invalid_grant" {
			t.Errorf("%s with a code that is not its own: %s", name, r.body)
		}
	}
	wrong := app
	wrong.ClientSecret = "x"
	wantRefusal(t, token(t, s, wrong, form()), "Invalid client_id or client_secret", "invalid_client")
	body := form()
	body.Set("client_id", app.ClientID)
	body.Set("client_secret", app.ClientSecret)
	if r := call(t, request(t, http.MethodPost, s.URL()+"/oauth/token", body)); r.json(t)["error"] != "authorization_pending" {
		t.Errorf("id and secret in the body: %s", r.body)
	}
}

func TestDeviceInterval(t *testing.T) {
	t.Parallel()
	for interval, told := range map[time.Duration]float64{0: 5, time.Second: 1, 20 * time.Millisecond: 1, 2500 * time.Millisecond: 3} {
		s, clock := startAt(t, Options{DeviceInterval: interval})
		app := mustApp(t, s, KindConfidential)
		d := askDevice(t, s, app)
		if d["interval"] != told {
			t.Errorf("%s: told %v, want %v", interval, d["interval"], told)
		}
		poll(t, s, app, d)
		clock.add(time.Duration(told) * time.Second)
		if r := poll(t, s, app, d); r.json(t)["error"] != "authorization_pending" {
			t.Errorf("%s: who keeps to the answer hears %s", interval, r.body)
		}
		if r := poll(t, s, app, d); r.json(t)["error"] != "slow_down" {
			t.Errorf("%s: who does not hears %s", interval, r.body)
		}
		clock.add(time.Duration(told)*time.Second + slowDownBy)
		if r := poll(t, s, app, d); r.json(t)["error"] != "authorization_pending" {
			t.Errorf("%s: after slowing down: %s", interval, r.body)
		}
	}
}

func TestDeviceOff(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	before := askDevice(t, s, app)
	setFault(t, s, "device-off", true)
	req := request(t, http.MethodPost, s.URL()+"/oauth/devicecode?client_id="+app.ClientID, nil)
	req.SetBasicAuth(app.ClientID, app.ClientSecret)
	wantRefusal(t, call(t, req), "The device flow is not enabled for this app", "unauthorized_client")
	signIn(t, s, app) // the other ways go on
	if r := poll(t, s, app, before); r.json(t)["error"] != "authorization_pending" {
		t.Errorf("a code that was given: %s", r.body)
	}
	setFault(t, s, "device-off", false)
	signInByDevice(t, s, app)
}

func TestDeviceExpiredFault(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	waiting, allowed := askDevice(t, s, app), askDevice(t, s, app)
	if err := (Browser{}).Allow(t.Context(), allowed["verification_uri_complete"].(string)); err != nil {
		t.Fatal(err)
	}
	poll(t, s, app, waiting)
	setFault(t, s, "device-expired", true)
	for name, d := range map[string]map[string]any{"waiting": waiting, "allowed": allowed} {
		if r := poll(t, s, app, d); r.json(t)["error"] != "expired_token" {
			t.Errorf("%s: %s", name, r.body)
		}
	}
	if err := (Browser{}).Allow(t.Context(), waiting["verification_uri_complete"].(string)); err == nil || !strings.Contains(err.Error(), "too old") {
		t.Errorf("the page of an ended code: %v", err)
	}
	clock.add(time.Second)
	signInByDevice(t, s, app) // a new code is good
}

func TestDeviceSlowDownFault(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{})
	app := mustApp(t, s, KindConfidential)
	d := askDevice(t, s, app)
	setFault(t, s, "device-slow-down", true)
	for i, want := range []string{"slow_down", "authorization_pending", "authorization_pending"} {
		if r := poll(t, s, app, d); r.json(t)["error"] != want {
			t.Errorf("poll %d: %s, want %s", i, r.body, want)
		}
		clock.add(10 * time.Second)
	}
	clock.add(-time.Second)
	if r := poll(t, s, app, d); r.json(t)["error"] != "slow_down" {
		t.Errorf("the slower pace is for good: %s", r.body)
	}
}

func TestDevicePendingFault(t *testing.T) {
	t.Parallel()
	s, clock := startAt(t, Options{AutoApprove: true})
	app := mustApp(t, s, KindConfidential)
	d := askDevice(t, s, app)
	setFault(t, s, "device-pending", true)
	if err := (Browser{}).Allow(t.Context(), d["verification_uri_complete"].(string)); err != nil {
		t.Fatal(err)
	}
	if r := poll(t, s, app, d); r.json(t)["error"] != "authorization_pending" {
		t.Errorf("held back: %s", r.body)
	}
	setFault(t, s, "device-pending", false)
	clock.add(5 * time.Second)
	readTokens(t, poll(t, s, app, d))
}

// TestBrowserEntersTheCode: as a person types it from an 80-column screen.
func TestBrowserEntersTheCode(t *testing.T) {
	t.Parallel()
	for _, auto := range []bool{false, true} {
		s, _ := startAt(t, Options{AutoApprove: auto})
		app := mustApp(t, s, KindConfidential)
		d := askDevice(t, s, app)
		code, page := d["user_code"].(string), d["verification_uri"].(string)
		if err := (Browser{}).Enter(t.Context(), page, "nonsense"); err == nil || !strings.Contains(err.Error(), "This code is not known or too old") {
			t.Errorf("a wrong code: %v", err)
		}
		if err := (Browser{}).Enter(t.Context(), page, strings.ToUpper(code[:4]+" "+code[4:])); err != nil {
			t.Fatalf("the right code: %v", err)
		}
		readTokens(t, poll(t, s, app, d))
		if err := (Browser{}).Enter(t.Context(), page, code); err == nil {
			t.Error("a used code was taken again")
		}
	}
}
