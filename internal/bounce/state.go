// Package bounce is the static page behind an https redirect URI, and the form
// of `state` that tells the page where to send the browser.
//
// Zoom accepts an https redirect URI only for an app with a client secret
// (https://developers.zoom.us/changelog/platform/pkce-loopback.md), while the
// program listens at a loopback or a private address. Such an app registers the
// address of a static page; the page reads `state` (RFC 6749 section 4.1.2) and
// hands the answer on. The state is bound to the sign-in, so nobody else can
// choose the place, and the listener compares all of it.
package bounce

import (
	"net/netip"
	"strconv"
	"strings"
)

// Path is the path that the page leads to on the listener.
const Path = "/callback"

// separator divides the parts of a state. It is unreserved (RFC 3986 section
// 2.3) and no character of base64url, so the random part cannot hold it.
const separator = "~"

// sixth stands in a state for the address ::1, which cannot be written there: a
// colon is not unreserved.
const sixth = "6"

// maxRandom bounds the random part of a state, in bytes.
const maxRandom = 128

// Extend is the state of a sign-in whose answer the page is to hand on to a
// listener: the random part and where that is, "~8976" (127.0.0.1), "~6~8976"
// (::1) or "~192.168.1.5~8976". For a listener that the page must not lead to,
// such as one at a public address, it is the random part alone, and the page
// shows the code to copy. random is base64url without padding.
func Extend(random string, to netip.AddrPort) string {
	port := strconv.Itoa(int(to.Port()))
	state := ""
	switch addr := to.Addr().Unmap(); {
	case addr == ipv4Loopback():
		state = random + separator + port
	case addr == netip.IPv6Loopback():
		state = random + separator + sixth + separator + port
	default:
		state = random + separator + addr.String() + separator + port
	}
	if _, ok := Target(state); !ok {
		return random
	}
	return state
}

// Target is what the page reads from a state: the loopback address or private
// IPv4 address, with its port, to which it hands the answer on. Each target has
// one spelling only. false: there is nothing to hand on to, because the state
// names none, is damaged, or names an address that could be anybody's.
func Target(state string) (netip.AddrPort, bool) {
	parts := strings.Split(state, separator)
	if len(parts) < 2 || len(parts) > 3 || !isRandom(parts[0]) {
		return netip.AddrPort{}, false
	}
	port, ok := parsePort(parts[len(parts)-1])
	if !ok {
		return netip.AddrPort{}, false
	}
	switch {
	case len(parts) == 2:
		return netip.AddrPortFrom(ipv4Loopback(), port), true
	case parts[1] == sixth:
		return netip.AddrPortFrom(netip.IPv6Loopback(), port), true
	}
	addr, err := netip.ParseAddr(parts[1]) // knows no octal, hexadecimal or short forms
	if err != nil || !addr.Is4() || !private(addr) {
		return netip.AddrPort{}, false
	}
	return netip.AddrPortFrom(addr, port), true
}

func ipv4Loopback() netip.Addr { return netip.AddrFrom4([4]byte{127, 0, 0, 1}) }

// private reports addresses of RFC 1918 and RFC 3927: no way leads there from
// another network.
func private(addr netip.Addr) bool { return addr.IsPrivate() || addr.IsLinkLocalUnicast() }

// isRandom reports text in base64url (RFC 4648 section 5), without padding.
func isRandom(s string) bool {
	other := func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}
	return s != "" && len(s) <= maxRandom && !strings.ContainsFunc(s, other)
}

// parsePort reads 1 to 65535 without leading zeros.
func parsePort(s string) (uint16, bool) {
	port, err := strconv.ParseUint(s, 10, 16)
	return uint16(port), err == nil && port > 0 && s[0] != '0'
}
