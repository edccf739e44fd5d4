package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"

	"zoomtui/internal/explain"
)

// nextPorts is how many ports after a taken one a sign-in tries.
const nextPorts = 10

// Port is where the callback would be awaited.
type Port struct {
	Address string                              // host:port
	Follows bool                                // the return address may follow to another port: it is loopback, or the bounce page knows where to
	Listen  func(context.Context, string) error // tries to listen at an address, and stops again
	Owner   func(address string) (string, bool) // who listens there; false: not known
}

const namePort = "port"

// Callback checks whether a sign-in could await the browser.
func Callback(ctx context.Context, p Port) Check {
	host, port, err := net.SplitHostPort(p.Address)
	first, wrong := strconv.ParseUint(port, 10, 16)
	if err != nil || wrong != nil {
		return failure(namePort, explain.Usage, "%q is not host:port.", p.Address).brief("not host:port").
			remedy(`In config.toml, or in ZOOMTUI_LISTEN: listen = "127.0.0.1:8976"`)
	}
	c := result(namePort, OK, "%s is free for the callback of a sign-in.", p.Address).brief("free")
	if first == 0 {
		c = result(namePort, OK, "Any free port of %s is taken for the callback of a sign-in.", host).brief("any")
	}
	switch err := p.Listen(ctx, p.Address); {
	case errors.Is(err, syscall.EADDRINUSE):
		c = p.taken(ctx, host, int(first))
	case errors.Is(err, syscall.EACCES):
		c = result(namePort, Warning, "Ports below 1024 need rights that you do not have; another one is taken instead.").brief("needs rights").
			remedy(`Choose a higher one in config.toml: listen = "127.0.0.1:8976"`)
	case err != nil:
		c = failure(namePort, explain.Usage, "Nobody can listen at %s: %s.", p.Address, lastWords(err)).brief("cannot be listened at").
			remedy(`In config.toml, or in ZOOMTUI_LISTEN, name an address of this machine: listen = "127.0.0.1:8976"`)
	}
	return c.detail("address", p.Address)
}

// taken says who has the port, and which one would be used.
func (p Port) taken(ctx context.Context, host string, first int) Check {
	by := "another program"
	owner, known := p.Owner(p.Address)
	if known {
		by = owner
	}
	next := p.next(ctx, host, first)
	c := result(namePort, Warning, "Port %d is taken by %s.", first, by).brief("taken")
	switch {
	case p.Follows && next != "":
		c.What += fmt.Sprintf(" A sign-in would use %s instead, which Zoom and the browser accept.", next)
		c = c.remedy("Nothing needs to be done; to have that port, end the program that has it.")
	default:
		c.What += " A sign-in would listen elsewhere, where your tunnel does not lead."
		c = c.remedy("End the program that has the port, or let the tunnel and listen name another one.")
	}
	if known {
		c = c.detail("owner", owner)
	}
	return c.detail("next", next)
}

// next is the address that a sign-in would take.
func (p Port) next(ctx context.Context, host string, first int) string {
	const last = 65535
	for port := first + 1; port <= min(first+nextPorts, last); port++ {
		if addr := net.JoinHostPort(host, strconv.Itoa(port)); p.Listen(ctx, addr) == nil {
			return addr
		}
	}
	return net.JoinHostPort(host, "any free port")
}

// TryListen listens at an address and stops at once.
func TryListen(ctx context.Context, address string) error {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("try the port: %w", err)
	}
	if err := ln.Close(); err != nil {
		return fmt.Errorf("leave the port: %w", err)
	}
	return nil
}

// lastWords is the innermost cause, without the addresses that package net puts in.
func lastWords(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}
