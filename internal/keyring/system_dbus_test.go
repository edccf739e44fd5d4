//go:build linux

package keyring

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

func TestKindOf(t *testing.T) {
	t.Parallel()
	bus := func(name string) error { return dbus.Error{Name: name, Body: []any{"words of the bus"}} }
	tests := []struct {
		err  error
		want Kind
	}{
		{bus("org.freedesktop.DBus.Error.ServiceUnknown"), None},
		{bus("org.freedesktop.DBus.Error.Spawn.ChildExited"), None},
		{bus("org.freedesktop.Secret.Error.NoSuchObject"), None},
		{bus("org.freedesktop.Secret.Error.IsLocked"), Locked},
		{bus("org.freedesktop.DBus.Error.NoReply"), NoAnswer},
		{bus("org.freedesktop.DBus.Error.AccessDenied"), Refused},
		{fmt.Errorf("read: %w", io.EOF), None},
		{&net.OpError{Op: "dial", Net: "unix", Err: os.ErrPermission}, None},
		{errors.New("dbus: invalid bus address (no transport)"), None},
		{errors.New("failed to unlock correct collection '/a'"), Locked},
		{errors.New("something else"), Refused},
	}
	for _, test := range tests {
		if got := kindOf(test.err); got != test.want {
			t.Errorf("%v is %q, want %q", test.err, got, test.want)
		}
	}
}

// The real keyring, over a bus that takes the connection and is silent: the call
// ends within its limit, and the silent bus does no harm later.
func TestSilentBus(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bus")
	if len(path) > 100 { // the longest path of a socket is 107 bytes
		dir, err := os.MkdirTemp("", "bus")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		path = filepath.Join(dir, "bus")
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	accepted := make(chan net.Conn, 1)
	go func() {
		if conn, err := listener.Accept(); err == nil {
			accepted <- conn
		}
	}()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+path)
	ring := New(Options{Limit: 50 * time.Millisecond})
	if err := ring.Probe(t.Context()); !errors.Is(err, NoAnswer) || !strings.Contains(err.Error(), "50ms") {
		t.Errorf("%v, want no answer within the limit", err)
	}
	if _, err := ring.Key(t.Context(), "work-1"); !errors.Is(err, NoAnswer) {
		t.Errorf("%v, want no second question", err)
	}
	_ = listener.Close()
	_ = (<-accepted).Close()
	for deadline := time.Now().Add(10 * time.Second); ring.waits(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the call that was left behind does not end with its bus")
		}
	}
	if err := ring.Probe(t.Context()); !errors.Is(err, None) {
		t.Errorf("%v, want that there is no keyring", err)
	}
}

// Without a session bus none is started.
func TestNoBus(t *testing.T) {
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		t.Skip("there is a session bus of this user")
	}
	dir := t.TempDir()
	launched := filepath.Join(dir, "launched")
	script := "#!/bin/sh\ntouch " + launched + "\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for _, address := range []string{"", "autolaunch:"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		if err := New(Options{}).Probe(t.Context()); !errors.Is(err, None) {
			t.Errorf("%v, want that there is no keyring", err)
		}
	}
	if _, err := os.Stat(launched); err == nil {
		t.Error("a bus was started for us")
	}
}
