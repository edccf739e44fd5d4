package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
	"github.com/rogpeppe/go-internal/testscript"
)

// hasKeyring tells whether the scripts can have a Secret Service of their own.
func hasKeyring() (bool, error) {
	if runtime.GOOS != "linux" {
		return false, nil
	}
	for _, name := range []string{"dbus-daemon", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("ZOOMTUI_TEST_NO_SKIP") != "" {
			return false, fmt.Errorf("%s is not installed, and ZOOMTUI_TEST_NO_SKIP allows no skipping", name)
		}
		return false, nil
	}
	return true, nil
}

// busConfig is a bus on which nothing is started by itself.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
`

const (
	secretService = "org.freedesktop.secrets"
	secretPath    = dbus.ObjectPath("/org/freedesktop/secrets")
	secretLogin   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	secretMethod  = "org.freedesktop.Secret.Service."
)

// keyring DOES… plays the keyring of the script's session:
//
//	keyring open      a session bus with an unlocked keyring
//	keyring lock, keyring unlock
//	keyring wipe      deletes what the program keeps there
//	keyring holds N   checks how many keys the program keeps there
//	keyring none      a session without a keyring
//	keyring silent    a session that never answers
func cmdKeyring(ts *testscript.TestScript, _ bool, args []string) {
	switch args[0] {
	case "open":
		startBus(ts)
		startKeyring(ts)
	case "lock":
		call(ts, secretPath, secretMethod+"Lock", []dbus.ObjectPath{secretLogin})
	case "unlock":
		ts.Check(unlockKeyring(ts))
	case "wipe":
		for _, item := range keptKeys(ts) {
			call(ts, item, "org.freedesktop.Secret.Item.Delete")
		}
	case "holds":
		if got := strconv.Itoa(len(keptKeys(ts))); got != args[1] {
			ts.Fatalf("the keyring holds %s keys, want %s", got, args[1])
		}
	case "none":
		ts.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+ts.MkAbs("no-such-bus"))
	case "silent":
		ts.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+startSilence(ts))
	default:
		ts.Fatalf("keyring %s?", args[0])
	}
}

// startBus starts a session bus and sets the environment that leads to it.
func startBus(ts *testscript.TestScript) {
	config := ts.MkAbs("bus.conf")
	ts.Check(os.WriteFile(config, []byte(busConfig), 0o600))
	ts.Check(os.MkdirAll(ts.MkAbs("run"), 0o700))
	bus := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--nopidfile", "--print-address=1")
	bus.Env = append(environment(ts), "XDG_RUNTIME_DIR="+ts.MkAbs("run"))
	out, err := bus.StdoutPipe()
	ts.Check(err)
	ts.Check(bus.Start())
	ts.Defer(func() {
		_ = bus.Process.Kill()
		_ = bus.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	ts.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
}

// keyringPassword is what the script's keyring is unlocked with.
const keyringPassword = "password of the keyring"

// startKeyring starts the keyring unlocked, with its password on standard input as
// pam_gnome_keyring does.
func startKeyring(ts *testscript.TestScript) {
	daemon := exec.Command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	daemon.Env = append(environment(ts), "XDG_RUNTIME_DIR="+ts.MkAbs("run"), "XDG_DATA_HOME="+ts.MkAbs("keyrings"))
	daemon.Stdin = strings.NewReader(keyringPassword)
	log, err := os.Create(ts.MkAbs("keyring.log"))
	ts.Check(err)
	daemon.Stdout, daemon.Stderr = log, log
	ts.Check(daemon.Start())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = daemon.Wait()
		_ = log.Close()
	}()
	ts.Defer(func() {
		_ = daemon.Process.Kill()
		<-ended
	})
	waitFor(ts, "an unlocked keyring", func() bool {
		var locked dbus.Variant
		err := withBus(ts, func(bus *dbus.Conn) error {
			got, err := bus.Object(secretService, secretLogin).GetProperty("org.freedesktop.Secret.Collection.Locked")
			locked = got
			return err
		})
		return err == nil && locked.Value() == false
	})
}

// unlockKeyring types the password that a window would ask for.
func unlockKeyring(ts *testscript.TestScript) error {
	type secret struct {
		Session     dbus.ObjectPath
		Parameters  []byte
		Value       []byte
		ContentType string
	}
	return withBus(ts, func(bus *dbus.Conn) error {
		service := bus.Object(secretService, secretPath)
		typed := secret{Value: []byte(keyringPassword), ContentType: "text/plain"}
		opened := service.Call(secretMethod+"OpenSession", 0, "plain", dbus.MakeVariant(""))
		if err := opened.Store(new(dbus.Variant), &typed.Session); err != nil {
			return err
		}
		return service.Call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface.UnlockWithMasterPassword", 0, secretLogin, typed).Err
	})
}

// keptKeys are the entries of the program.
func keptKeys(ts *testscript.TestScript) []dbus.ObjectPath {
	var unlocked, locked []dbus.ObjectPath
	ts.Check(withBus(ts, func(bus *dbus.Conn) error {
		asked := bus.Object(secretService, secretPath).Call(secretMethod+"SearchItems", 0, map[string]string{"service": "zoomtui"})
		return asked.Store(&unlocked, &locked)
	}))
	return append(unlocked, locked...)
}

func call(ts *testscript.TestScript, path dbus.ObjectPath, method string, args ...any) {
	ts.Check(withBus(ts, func(bus *dbus.Conn) error {
		return bus.Object(secretService, path).Call(method, 0, args...).Err
	}))
}

// withBus asks something on the script's session bus.
func withBus(ts *testscript.TestScript, ask func(*dbus.Conn) error) error {
	bus, err := dbus.Connect(ts.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	if err != nil {
		return err
	}
	return errors.Join(ask(bus), bus.Close())
}

// startSilence listens, takes every connection and never says a word.
func startSilence(ts *testscript.TestScript) string {
	dir, err := os.MkdirTemp("", "silence") // a socket's path must be short
	ts.Check(err)
	path := filepath.Join(dir, "bus")
	listener, err := net.Listen("unix", path)
	ts.Check(err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		var open []net.Conn
		for {
			conn, err := listener.Accept()
			if err != nil {
				break
			}
			open = append(open, conn)
		}
		for _, conn := range open {
			_ = conn.Close()
		}
	}()
	ts.Defer(func() {
		_ = listener.Close()
		<-done
		_ = os.RemoveAll(dir)
	})
	return path
}
