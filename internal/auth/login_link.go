package auth

import (
	"net"
	"net/netip"
	"strings"
	"time"
)

// URL is the link to open. It holds the state, so it is for the person alone.
func (l *Login) URL() string { return l.url }

// LinkTo is the link whose answer a bounce page hands on to another listener than
// this sign-in's own, such as the page for a phone; that listener gives what
// arrives to [Login.PasteFrom]. Where no bounce page would lead (IPv6, an
// overlay network, a public address) the page shows the answer to copy, because
// the place in [Login.URL] is the wrong one for that browser. Without an https
// redirect it is [Login.URL]. The links to the last eight addresses are good at
// the same time, and end with the sign-in.
func (l *Login) LinkTo(to netip.AddrPort) string {
	if !l.ViaHTTPS() {
		return l.url
	}
	other := l.auth
	other.State = l.states.forward(to)
	return l.endpoint.AuthCodeURL(other)
}

// RedirectURI is where Zoom sends the browser: exactly what must be registered
// with the app, but for the port of a loopback address.
func (l *Login) RedirectURI() string { return l.auth.RedirectURI }

// ViaHTTPS tells that the redirect is an https address: a browser comes back here
// only through a tunnel or a bounce page.
func (l *Login) ViaHTTPS() bool {
	return strings.HasPrefix(strings.ToLower(l.auth.RedirectURI), "https:")
}

// Addr is the host:port that is listened on.
func (l *Login) Addr() string { return l.addr.String() }

// State is the state in [Login.URL].
func (l *Login) State() Secret { return l.auth.State }

// PortTaken tells whether the wanted address was taken, so that another port is
// listened on. A tunnel behind an https redirect then leads to nobody; a bounce
// page finds the port in the state.
func (l *Login) PortTaken() (wanted string, taken bool) { return l.wanted, l.taken }

// Expires is when the link is no longer waited for, by this machine's clock.
func (l *Login) Expires() time.Time { return l.expires }

// forward is where a bounce page shall lead; the zero value for a redirect that
// leads here by itself.
func (l *Login) forward() netip.AddrPort {
	if !l.ViaHTTPS() {
		return netip.AddrPort{}
	}
	at := addrPort(l.addr)
	if at.Addr().IsUnspecified() {
		return netip.AddrPortFrom(loopbacks()[0], at.Port())
	}
	return at
}

// addrPort is the address of a TCP listener.
func addrPort(addr net.Addr) netip.AddrPort {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	at := tcp.AddrPort()
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
}
