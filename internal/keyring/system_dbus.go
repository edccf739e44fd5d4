//go:build linux || ((freebsd || dragonfly) && cgo) || netbsd || openbsd

package keyring

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
)

// reachable finds out whether there is a session bus, at the places where godbus
// looks. Without one godbus would start dbus-launch, and a bus that nobody ends
// with an empty, locked keyring is no place for keys.
func reachable() error {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	dir := filepath.Join("/run/user", strconv.Itoa(os.Getuid()))
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return nil
		}
	}
	return &Error{Kind: None, Err: fmt.Errorf("there is no D-Bus session (DBUS_SESSION_BUS_ADDRESS is not set, and %s has no bus)", dir)}
}

// kindOf sorts failures by the names that D-Bus and the Secret Service give them.
// Sources: https://dbus.freedesktop.org/doc/dbus-specification.html,
// https://specifications.freedesktop.org/secret-service-spec/latest/errors.html
func kindOf(err error) Kind {
	if e, ok := errors.AsType[dbus.Error](err); ok {
		return kindOfName(e.Name)
	}
	_, dialled := errors.AsType[*net.OpError](err)
	switch {
	case dialled, errors.Is(err, io.EOF), errors.Is(err, dbus.ErrClosed), errors.Is(err, os.ErrNotExist),
		strings.HasPrefix(err.Error(), "dbus: "):
		return None
	case strings.HasPrefix(err.Error(), "failed to unlock"): // go-keyring's words for a prompt that was dismissed, too
		return Locked
	default:
		return Refused
	}
}

func kindOfName(name string) Kind {
	switch name {
	case "org.freedesktop.Secret.Error.IsLocked":
		return Locked
	case "org.freedesktop.Secret.Error.NoSuchObject", // the service is there and has no keyring to keep anything in
		"org.freedesktop.DBus.Error.UnknownObject", "org.freedesktop.DBus.Error.UnknownMethod",
		"org.freedesktop.DBus.Error.UnknownInterface", "org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner", "org.freedesktop.DBus.Error.Disconnected",
		"org.freedesktop.DBus.Error.NoServer":
		return None
	case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut":
		return NoAnswer
	}
	if strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") {
		return None
	}
	return Refused
}
