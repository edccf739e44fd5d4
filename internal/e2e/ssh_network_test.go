//go:build linux

package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// network is the network of a machine of its own: a loopback interface and
// nothing else. What listens on 127.0.0.1 there is reached from nowhere else, as
// if the laptop and the server of a test were two machines.
type network struct {
	t    *testing.T
	path string      // of the kernel's handle
	jobs chan func() // for the thread that lives in it
	over chan struct{}
}

// newNetwork makes a network that ends with the test. It skips where that is not
// allowed.
func newNetwork(t *testing.T) *network {
	t.Helper()
	n := &network{t: t, jobs: make(chan func()), over: make(chan struct{})}
	made := make(chan error)
	go func() {
		runtime.LockOSThread() // for ever: the thread ends with the goroutine
		err := unix.Unshare(unix.CLONE_NEWNET)
		if err == nil {
			err = startLoopback()
		}
		n.path = fmt.Sprintf("/proc/%d/task/%d/ns/net", os.Getpid(), unix.Gettid())
		made <- err
		for {
			select {
			case job := <-n.jobs:
				job()
			case <-n.over:
				return
			}
		}
	}()
	err := <-made
	t.Cleanup(func() { close(n.over) })
	if errors.Is(err, unix.EPERM) {
		t.Skip("a network namespace may not be made here") // nobody can install that
	}
	if err != nil {
		lack(t, "no network namespace here: "+err.Error())
	}
	return n
}

// startLoopback does what `ip link set lo up` does.
func startLoopback() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open a socket: %w", err)
	}
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err == nil {
		err = unix.IoctlIfreq(fd, unix.SIOCGIFFLAGS, lo)
	}
	if err == nil {
		lo.SetUint16(lo.Uint16() | unix.IFF_UP)
		err = unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo)
	}
	if err != nil {
		return fmt.Errorf("start the loopback interface: %w", err)
	}
	return nil
}

// do runs a job on the thread that lives in the network, unless that is over. A
// nil network is that of the test itself.
func (n *network) do(job func()) {
	if n == nil {
		job()
		return
	}
	done := make(chan struct{})
	select {
	case n.jobs <- func() { defer close(done); job() }:
		<-done
	case <-n.over:
	}
}

// inside makes a command run in the network.
func (n *network) inside(cmd *exec.Cmd) *exec.Cmd {
	n.t.Helper()
	cmd.Args = append([]string{"nsenter", "--net=" + n.path, "--", cmd.Path}, cmd.Args[1:]...)
	cmd.Path = need(n.t, "nsenter")
	return cmd
}

// dial connects to an address of the network.
func (n *network) dial(ctx context.Context, _, addr string) (conn net.Conn, err error) {
	err = net.ErrClosed // the network is over
	n.do(func() { conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", addr) })
	return conn, err
}

// client is the HTTP client of a browser in the network.
func (n *network) client() *http.Client {
	transport := &http.Transport{DialContext: n.dial, DisableKeepAlives: true}
	n.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: wait}
}

// lead makes an address of the network lead to the same one of another network,
// as the published port of a container does.
func (n *network) lead(addr string, other *network) {
	n.t.Helper()
	var ln net.Listener
	var err error
	n.do(func() { ln, err = net.Listen("tcp", addr) })
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return // closed
			}
			go join(conn, func() (net.Conn, error) { return other.dial(context.Background(), "tcp", addr) })
		}
	}()
}

// join copies between a connection and another one until either ends.
func join(a net.Conn, dial func() (net.Conn, error)) {
	defer a.Close()
	b, err := dial()
	if err != nil {
		return // a is closed, which is all that a stranger is told
	}
	defer b.Close()
	ended := make(chan struct{}, 2)
	for _, pair := range [][2]net.Conn{{a, b}, {b, a}} {
		go func() {
			_, _ = io.Copy(pair[0], pair[1]) // ends with either
			ended <- struct{}{}
		}()
	}
	<-ended
}
