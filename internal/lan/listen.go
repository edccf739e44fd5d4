package lan

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"syscall"
)

// nextPorts is how many ports after a taken one are tried before any free one.
const nextPorts = 10

// listenAll listens on all of the addresses at one port: the wanted one, or when
// that is taken or needs rights, one of the next, or any. It listens nowhere else.
func listenAll(ctx context.Context, addrs []netip.Addr, wanted int) ([]net.Listener, error) {
	var last error
	for _, port := range candidates(wanted) {
		listeners, err := listenAt(ctx, addrs, port)
		if err == nil {
			return listeners, nil
		}
		last = err
		if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, syscall.EACCES) {
			break
		}
	}
	return nil, &Error{Cause: "cannot listen on " + addrs[0].String() + ": " + last.Error(), Err: last}
}

// listenAt listens on all of the addresses at one port, or on none. Port 0 is the
// one that the first address gets.
func listenAt(ctx context.Context, addrs []netip.Addr, port int) (listeners []net.Listener, err error) {
	var config net.ListenConfig
	for _, addr := range addrs {
		ln, err := config.Listen(ctx, "tcp", net.JoinHostPort(addr.String(), strconv.Itoa(port)))
		if err != nil {
			closeAll(listeners)
			return nil, err // the caller says what was tried
		}
		listeners = append(listeners, ln)
		port = int(boundTo(ln.Addr()).Port())
	}
	return listeners, nil
}

func closeAll(listeners []net.Listener) {
	for _, ln := range listeners {
		_ = ln.Close()
	}
}

func candidates(wanted int) []int {
	ports := []int{wanted}
	const last = 65535
	for p := wanted + 1; wanted != 0 && p <= min(wanted+nextPorts, last); p++ {
		ports = append(ports, p)
	}
	return append(ports, 0)
}

// boundTo is the address of a listener or of one end of a connection; the zero
// value if it is none of IP.
func boundTo(addr net.Addr) netip.AddrPort {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	to := tcp.AddrPort()
	return netip.AddrPortFrom(to.Addr().Unmap(), to.Port())
}

// allowed checks the addresses that a page is wanted on against those that this
// machine has in private networks: no page is ever open to the whole internet.
func allowed(wanted []netip.Addr, machine []Address) ([]netip.Addr, error) {
	if len(wanted) == 0 {
		return nil, &Error{Cause: "this machine has no address in a private network"}
	}
	var addrs []netip.Addr
	for _, addr := range wanted {
		addr = addr.Unmap()
		if !slices.ContainsFunc(machine, func(a Address) bool { return a.Addr == addr }) {
			return nil, &Error{Cause: addr.String() + " is not an address of this machine in a private network"}
		}
		if !slices.Contains(addrs, addr) {
			addrs = append(addrs, addr)
		}
	}
	return addrs, nil
}
