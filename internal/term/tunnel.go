package term

import (
	"net/netip"
	"strconv"
	"strings"
)

// SSHTunnel is the command line to type on the person's own machine so that the browser there reaches the given port
// of 127.0.0.1 here: `ssh -L 8976:127.0.0.1:8976 aiko@198.51.100.4`. It names the address that the SSH client used, and
// host, this machine's own name, where that address is not known or of no use to the client. The result is "" when this is
// no SSH connection or nothing is known to connect to.
func (m Machine) SSHTunnel(port int, host string) string {
	if m.SSHServer != "" && (!m.translated() || !isHostName(host)) {
		host = m.SSHServer
	}
	if !m.SSH || !isHostName(host) || port < 1 || port > 65535 {
		return ""
	}
	local := strconv.Itoa(port)
	line := "ssh -L " + local + ":127.0.0.1:" + local
	if other, err := strconv.Atoi(m.SSHPort); err == nil && other != 22 {
		line += " -p " + strconv.Itoa(other)
	}
	if isLoginName(m.User) {
		return line + " " + m.User + "@" + host
	}
	return line + " " + host
}

// translated reports whether something between the SSH client and this machine translates addresses: the client has a
// public one and has reached a private one, which leads it nowhere. An address of loopback comes from a tunnel or a
// published port and does lead back: the name of the machine behind it would not.
func (m Machine) translated() bool {
	client, clientErr := netip.ParseAddr(m.SSHClient)
	server, serverErr := netip.ParseAddr(m.SSHServer)
	inside := func(a netip.Addr) bool { return a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsLoopback() }
	return clientErr == nil && serverErr == nil && !inside(client) && inside(server) && !server.IsLoopback()
}

// isHostName reports whether s is a host name or an IP address that can be pasted into a shell and into ssh as it is.
func isHostName(s string) bool {
	return s != "" && s[0] != '-' && strings.Trim(s, alphanumerics+"-._:%") == ""
}

// isLoginName reports whether s is a login name that can be pasted into a shell as it is.
func isLoginName(s string) bool {
	return s != "" && s[0] != '-' && strings.Trim(s, alphanumerics+"-._") == ""
}

const alphanumerics = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
