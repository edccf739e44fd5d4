package term

import (
	"strconv"
	"strings"
)

// SSHTunnel is the command line to type on the person's own machine so that the browser there reaches the given port
// of 127.0.0.1 here: `ssh -L 8976:127.0.0.1:8976 aiko@build7`. host is the name to put in; when it is empty, or no host
// name, the address that the SSH client used stands in its place. The result is "" when this is no SSH connection or
// nothing is known to connect to.
func (m Machine) SSHTunnel(port int, host string) string {
	if !isHostName(host) {
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

// isHostName reports whether s is a host name or an IP address that can be pasted into a shell and into ssh as it is.
func isHostName(s string) bool {
	return s != "" && s[0] != '-' && strings.Trim(s, alphanumerics+"-._:%") == ""
}

// isLoginName reports whether s is a login name that can be pasted into a shell as it is.
func isLoginName(s string) bool {
	return s != "" && s[0] != '-' && strings.Trim(s, alphanumerics+"-._") == ""
}

const alphanumerics = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
