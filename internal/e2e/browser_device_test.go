//go:build linux

package e2e

import (
	"testing"
	"time"

	"zoomtui/internal/sandbox"
)

// deviceLogin starts a sandbox that is asked about short codes every second, and
// the sign-in by one.
func deviceLogin(t *testing.T) (w waiting, asked map[string]any) {
	t.Helper()
	zoom, err := sandbox.Start(sandbox.Options{DeviceInterval: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = zoom.Close() })
	w = newPerson(t).login(t, zoom, zoom.Env(sandbox.KindConfidential), "--device")
	return w, w.event("device")
}

// testBrowserDevice signs in with the short code alone: the complete address, as
// a QR code has it, on the phone; the code typed in on the desktop.
func testBrowserDevice(t *testing.T, b *chromium) {
	onDevices(t, func(t *testing.T, d device) {
		w, asked := deviceLogin(t)
		code, _ := asked["user_code"].(string)
		address, _ := asked["verification_uri"].(string)
		complete, _ := asked["verification_uri_complete"].(string)
		if len(code) != 8 || address == "" || complete == "" {
			t.Fatalf("the event says %v", asked)
		}
		p := b.open(t, d)
		if d.touch {
			p.goes(complete)
		} else {
			p.goes(address)
			p.reads("Sign in a device", "The code that the device shows")
			p.pictures("device")
			p.types(code)
			p.presses("Continue")
		}
		p.reads("wants to use your Zoom account", code, "Go on only if that is what you see there")
		p.pictures("device-consent")
		p.presses("Allow")
		p.reads("Allowed", "The device is signed in")
		p.calm()
		p.pictures("device-allowed")
		user, _ := w.event("done")["user"].(map[string]any)
		if user["email"] != "aiko@example.test" {
			t.Errorf("signed in as %v", user)
		}
		w.ended(0)
		if len(w.person.tokens(t)) != 2 || w.zoom.Counts()["token.authorization_code"] != 0 {
			t.Errorf("no tokens are stored, or a code of another way was exchanged: %v", w.zoom.Counts())
		}
	})
}

// testBrowserDeviceDeclined is a person who says no on the other device.
func testBrowserDeviceDeclined(t *testing.T, b *chromium) {
	w, asked := deviceLogin(t)
	complete, _ := asked["verification_uri_complete"].(string)
	p := b.open(t, phone())
	p.goes(complete)
	p.presses("Decline")
	p.reads("Declined", "The device is not signed in")
	w.event("error")
	w.ended(3)
	if w.person.tokens(t) != nil {
		t.Error("tokens are stored")
	}
}
