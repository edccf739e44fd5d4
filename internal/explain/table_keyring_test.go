package explain

import (
	"strings"
	"testing"
)

// What cannot be read for want of a key must never be called damaged or locked by
// another program: the person would delete it, or wait.
func TestKeyringRows(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, cause, what, step string }{
		{"locked", "read the key work-0a1b2c3d: the keyring is locked", "The keyring is locked.", "Unlock it"},
		{"no answer", "read the key work-0a1b2c3d: the keyring did not answer: it had 3s, and may be asking for its password in a window", "did not answer in time", "asks for the keyring's password"},
		{"none", "read the key work-0a1b2c3d: no keyring answers in this session: dial unix /none: connect: no such file or directory", "There is no keyring here.", "DBUS_SESSION_BUS_ADDRESS"},
		{"none by permission", "read the key work-0a1b2c3d: no keyring answers in this session: dial unix /run/user/0/bus: connect: permission denied", "There is no keyring here.", "DBUS_SESSION_BUS_ADDRESS"},
		{"not asked", "the tokens are sealed with a key of the keyring, which is not asked here", "There is no keyring here.", "DBUS_SESSION_BUS_ADDRESS"},
		{"gone", "read the key work-0a1b2c3d: the keyring has no such key", "The key of these tokens is gone.", "Sign in again"},
		{"wrong", "the key work-0a1b2c3d does not open the tokens", "The key of these tokens is gone.", "Sign in again"},
		{"refused", "read the key work-0a1b2c3d: the keyring refused: Access denied by the lock of the service", "The keyring refused.", "Allow zoomtui"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := About(Facts{Place: PlaceLocal, Class: Store, Op: "read tokens", Path: "/x/work.json", Cause: test.cause})
			if !strings.Contains(p.What, test.what) || p.Class() != Store {
				t.Errorf("%q (%v), want %q", p.What, p.Class(), test.what)
			}
			if !strings.Contains(p.Why, "/x/work.json") || strings.Contains(p.What+p.Why, "damaged") {
				t.Errorf("why: %q", p.Why)
			}
			if len(p.Next) == 0 || !strings.Contains(p.Next[0].Text, test.step) {
				t.Errorf("steps: %v, want %q first", p.Next, test.step)
			}
		})
	}
}
