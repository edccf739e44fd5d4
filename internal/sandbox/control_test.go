package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestControlForOtherProcesses(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	post := func(form url.Values) reply {
		return call(t, request(t, http.MethodPost, s.URL()+"/_sandbox/faults", form))
	}
	read := func(r reply) map[string]bool {
		var state struct {
			URL    string
			Faults []Fault
			Counts map[string]int
		}
		if err := json.Unmarshal([]byte(r.body), &state); err != nil || r.status != 200 || state.URL != s.URL() {
			t.Fatalf("state: %d %v %s", r.status, err, r.body)
		}
		on := map[string]bool{}
		for _, f := range state.Faults {
			on[f.Name] = f.On
		}
		return on
	}
	if on := read(post(url.Values{"name": {"rate-day"}, "on": {"1"}})); !on["rate-day"] || on["slow"] {
		t.Errorf("faults %v", on)
	}
	if on := read(get(t, s.URL()+"/_sandbox/state")); !on["rate-day"] {
		t.Errorf("faults %v", on)
	}
	if on := read(post(url.Values{"name": {"rate-day"}, "on": {"0"}})); on["rate-day"] {
		t.Errorf("faults %v", on)
	}
	if r := post(url.Values{"name": {"nonsense"}, "on": {"1"}}); r.status != http.StatusNotFound {
		t.Errorf("unknown fault: %d", r.status)
	}
	if r := post(url.Values{"name": {"slow"}, "on": {"maybe"}}); r.status != http.StatusBadRequest {
		t.Errorf("on=maybe: %d", r.status)
	}
	get(t, authorizeURL(s, mustApp(t, s, KindPublic)))
	if r := get(t, s.URL()+"/_sandbox/state"); !strings.Contains(r.body, `"authorize":1`) {
		t.Errorf("counts are missing: %s", r.body)
	}
}

func TestIndexPage(t *testing.T) {
	t.Parallel()
	s, _ := startAt(t, Options{})
	setFault(t, s, "slow", true)
	r := get(t, s.URL()+"/_sandbox")
	if r.status != 200 {
		t.Fatalf("got %d", r.status)
	}
	for _, want := range []string{
		s.URL(), "export ZOOM_CLIENT_ID=SandboxPublicClient001", "export ZOOMTUI_API_BASE=" + s.URL(),
		"Cut after rotation", "Switch off", "SandboxServerClient001",
	} {
		if !strings.Contains(r.body, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	if r := get(t, s.URL()+"/"); r.status != 302 || r.header.Get("Location") != "/_sandbox" {
		t.Errorf("front door: %d", r.status)
	}
	req := request(t, http.MethodPost, s.URL()+"/_sandbox/faults", url.Values{"name": {"slow"}, "on": {"0"}})
	req.Header.Set("Accept", "text/html")
	if r := call(t, req); r.status != http.StatusSeeOther {
		t.Errorf("a browser is sent back to the page: %d", r.status)
	}
}
