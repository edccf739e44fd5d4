package lan

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
)

// The most connections at a time: in all, and of those that are kept because
// they have asked for the page.
const (
	maxConns = 64
	maxKept  = 24
)

// crowd bounds the connections of all listeners of a page. When there are too
// many, the one to go is the oldest of the address that has the most, so that a
// machine that opens many, and says nothing on them, pushes out its own.
type crowd struct {
	mu   sync.Mutex
	open []*visitor // oldest first
	kept int
}

// door is a listener whose connections count in a crowd.
type door struct {
	net.Listener
	crowd *crowd
}

// Accept gives the next connection.
func (d door) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err // package net/http compares it
	}
	v := &visitor{Conn: conn, crowd: d.crowd, from: boundTo(conn.RemoteAddr()).Addr(), at: boundTo(conn.LocalAddr())}
	if evicted := d.crowd.admit(v); evicted != nil {
		_ = evicted.Conn.Close()
	}
	return v, nil
}

// admit adds a connection and gives the one that has to go for it, which is the
// new one itself where all others are kept.
func (c *crowd) admit(v *visitor) (evicted *visitor) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = append(c.open, v)
	if len(c.open) <= maxConns {
		return nil
	}
	count := map[netip.Addr]int{}
	for _, o := range c.open {
		if !o.kept {
			count[o.from]++
		}
	}
	for _, o := range c.open {
		if !o.kept && (evicted == nil || count[o.from] > count[evicted.from]) {
			evicted = o
		}
	}
	c.forget(evicted)
	return evicted
}

// forget removes a connection; the caller holds c.mu.
func (c *crowd) forget(v *visitor) {
	if i := slices.Index(c.open, v); i >= 0 {
		c.open = slices.Delete(c.open, i, i+1)
		if v.kept {
			c.kept--
		}
	}
}

// nothingHere is all that a stranger ever gets: the shortest answer that every
// method and version of HTTP allows, without name, date or body.
const nothingHere = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

// visitor is one connection; it brings one request. Until that request is known
// to be from somebody who knows the page, whatever the server writes becomes
// [nothingHere]: its own complaints about damaged, oversized or strange requests
// would tell a stranger what is listening.
type visitor struct {
	net.Conn
	crowd *crowd
	from  netip.Addr     // the other end
	at    netip.AddrPort // this end

	kept     bool // guarded by crowd.mu
	trusted  atomic.Bool
	answered bool // with nothingHere; used by the one goroutine that writes
}

// trust lets the answer through, and keeps the connection from being evicted as
// long as not too many are kept.
func (v *visitor) trust() {
	v.trusted.Store(true)
	v.crowd.mu.Lock()
	defer v.crowd.mu.Unlock()
	if !v.kept && v.crowd.kept < maxKept && slices.Contains(v.crowd.open, v) {
		v.kept = true
		v.crowd.kept++
	}
}

// Write sends what the server answers, if the visitor may see it.
func (v *visitor) Write(b []byte) (int, error) {
	if v.trusted.Load() {
		return v.Conn.Write(b)
	}
	if !v.answered {
		v.answered = true
		if _, err := v.Conn.Write([]byte(nothingHere)); err != nil {
			return 0, err // package net/http ends the connection
		}
	}
	return len(b), nil
}

// CloseWrite lets package net/http end an answer so that it arrives although the
// request was not read to its end.
func (v *visitor) CloseWrite() error {
	if tcp, ok := v.Conn.(*net.TCPConn); ok {
		return tcp.CloseWrite()
	}
	return nil
}

// Close closes the connection and forgets it.
func (v *visitor) Close() error {
	v.crowd.mu.Lock()
	v.crowd.forget(v)
	v.crowd.mu.Unlock()
	return v.Conn.Close() // passed on
}
