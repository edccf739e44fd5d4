package auth

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"syscall"
)

// nextPorts is how many ports after a taken one are tried before any free one.
const nextPorts = 10

// maxConns is how many connections the callback listener keeps at a time. All of
// them come from this machine, so nothing tells the browser's from the others until
// it has sent its request; the more there are, the longer it has for that while a
// program connects as fast as it can.
const maxConns = 256

// listenCallback listens at addr. A port that is taken, or that needs rights,
// is replaced by the next free one, then by any: for a numeric loopback redirect
// Zoom ignores the port. taken says that it happened.
func listenCallback(ctx context.Context, addr string) (ln net.Listener, taken bool, err error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, false, usage("listen: %q is not host:port", addr)
	}
	first, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, false, usage("listen: %q is not a port", port)
	}
	var config net.ListenConfig
	for _, p := range candidates(int(first)) {
		ln, err = config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			return &crowd{Listener: ln, limit: maxConns}, p != int(first), nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, syscall.EACCES) {
			break
		}
	}
	return nil, false, &Error{
		Kind: ErrUsage, Op: "listen for the callback", Host: addr, Err: err,
		Cause: "cannot listen on " + addr + ": " + words(err.Error()),
	}
}

func candidates(first int) []int {
	ports := []int{first}
	const last = 65535
	for p := first + 1; first != 0 && p <= min(first+nextPorts, last); p++ {
		ports = append(ports, p)
	}
	return append(ports, 0)
}

// crowd is a listener that keeps a bounded number of connections. When one more
// comes, the oldest that has not brought the answer is closed: clients that
// connect and then say nothing cannot keep the true browser out.
type crowd struct {
	net.Listener
	limit int

	mu   sync.Mutex
	open []*visitor // oldest first
}

// visitor is one connection of a [crowd].
type visitor struct {
	net.Conn
	crowd *crowd
	stays bool // brought the answer; guarded by crowd.mu
}

// Accept gives the next connection.
func (c *crowd) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err // package net/http compares it
	}
	v := &visitor{Conn: conn, crowd: c}
	if evicted := c.admit(v); evicted != nil {
		_ = evicted.Conn.Close() // a stranger's
	}
	return v, nil
}

// admit adds a connection and gives the one that has to go for it.
func (c *crowd) admit(v *visitor) (evicted *visitor) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.open) >= c.limit {
		for i, o := range c.open {
			if !o.stays {
				c.open = append(c.open[:i], c.open[i+1:]...)
				evicted = o
				break
			}
		}
	}
	c.open = append(c.open, v)
	return evicted
}

// stay keeps the connection from being evicted.
func (v *visitor) stay() {
	v.crowd.mu.Lock()
	defer v.crowd.mu.Unlock()
	v.stays = true
}

// Close closes the connection and forgets it.
func (v *visitor) Close() error {
	v.crowd.mu.Lock()
	for i, o := range v.crowd.open {
		if o == v {
			v.crowd.open = append(v.crowd.open[:i], v.crowd.open[i+1:]...)
			break
		}
	}
	v.crowd.mu.Unlock()
	return v.Conn.Close() // passed on
}
