//go:build linux

package main_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"zoomtui/internal/lan"
	"zoomtui/internal/sandbox"
)

// TestQRShortForms reads the codes that are small enough for half blocks in an
// ordinary window of 80×24, in a terminal that draws nothing smaller: the link
// with the short code in it, and the page for a phone.
func TestQRShortForms(t *testing.T) {
	t.Parallel()
	needScreenshots(t, "xterm")
	for name, tt := range themes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zoom, err := sandbox.Start(sandbox.Options{DeviceInterval: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = zoom.Close() })
			aiko := person{t.TempDir()}
			env := aiko.environment(append(zoom.Env(sandbox.KindConfidential), tt.env...)...)
			x := openXterm(t, glass{cols: 80, rows: 24, points: 10, dark: tt.dark}, env)
			x.awaits("short code")
			x.checkPhonePage()

			x.press("d")
			device := x.reads("of the short code", func(c code) bool { return strings.HasPrefix(c.text, zoom.URL()+"/oauth/device/complete/") })
			x.checkZbar(device.text)
			if err := (sandbox.Browser{}).Allow(t.Context(), device.text); err != nil {
				t.Fatal(err)
			}
			x.awaits(fullName)
		})
	}
}

// checkPhonePage reads the code of the page for a phone, and opens it. There is
// none on a machine without a private network.
func (x *window) checkPhonePage() {
	x.t.Helper()
	known, err := lan.Addresses()
	if err != nil || len(known) == 0 || known[0].Virtual {
		x.t.Logf("no private network here: %v, %v", known, err)
		return
	}
	x.press("l")
	page := x.reads("of the page for a phone", func(c code) bool {
		u, err := url.Parse(c.text)
		return err == nil && strings.EqualFold(u.Hostname(), known[0].Addr.String())
	})
	if page.text != strings.ToUpper(page.text) {
		x.t.Errorf("the code says %q, which is longer than in capitals", page.text)
	}
	x.checkZbar(page.text)
	client := http.Client{Timeout: wait, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(page.text)
	if err != nil {
		x.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		x.t.Errorf("the page answers %s", resp.Status)
	}
	x.press("\x1b")
	for deadline := time.Now().Add(wait); ; {
		last := time.Now().After(deadline)
		x.photograph()
		if _, err := scan(x.picture); err != nil {
			return
		}
		if last {
			x.t.Fatalf("the code stays on the screen; see %s", x.keep())
		}
	}
}
