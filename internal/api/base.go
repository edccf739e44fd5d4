package api

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"zoomtui/internal/explain"
)

// ErrBase is the cause of an [*Error] for an address that no token may go to.
var ErrBase = errors.New("address not allowed for a token")

// CheckBase says whether a token may be sent to this base address: https to
// zoom.us, zoomgov.com and the hosts below them, https to an extra host (a
// host, a host with port, or a base address), and plain http to loopback only.
// User information, a query and a fragment are refused. The error is an
// [*Error] whose class is usage; it names the host, never user information.
// Source of the hosts: https://developers.zoom.us/changelog/platform/api_url_access_token_response/
func CheckBase(raw string, extra ...string) error {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return baseError("", "it is not an address") // the parser's own words may quote a password
	}
	host := normalHost(u.Hostname())
	switch {
	case host == "" || u.Opaque != "":
		return baseError("", "it names no host")
	case u.User != nil:
		return baseError(u.Host, "it holds a user name or password")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return baseError(u.Host, "it holds a query or a fragment")
	case u.Scheme == "http" && isLoopback(host):
		return nil
	case u.Scheme == "http":
		return baseError(u.Host, "plain http is for loopback only, use https")
	case u.Scheme != "https":
		return baseError(u.Host, "use https")
	case isLoopback(host), isZoom(host), isExtra(u, extra):
		return nil
	}
	return baseError(u.Host, "the host is neither Zoom's nor configured")
}

func baseError(host, reason string) error {
	return &Error{Op: "check the API base", Host: host, Class: explain.Usage, Err: fmt.Errorf("%w: %s", ErrBase, reason)}
}

func normalHost(host string) string {
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

func isZoom(host string) bool {
	return host == "zoom.us" || host == "zoomgov.com" ||
		strings.HasSuffix(host, ".zoom.us") || strings.HasSuffix(host, ".zoomgov.com")
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// isExtra compares host and port; an extra without a port allows any port.
func isExtra(u *url.URL, extra []string) bool {
	for _, e := range extra {
		host, port := hostPort(e)
		if host != "" && host == normalHost(u.Hostname()) && (port == "" || port == portOf(u)) {
			return true
		}
	}
	return false
}

func hostPort(extra string) (host, port string) {
	extra = strings.TrimSpace(extra)
	if !strings.Contains(extra, "://") {
		u, err := url.Parse("https://" + extra)
		if err != nil {
			return "", ""
		}
		return normalHost(u.Hostname()), u.Port()
	}
	u, err := url.Parse(extra)
	if err != nil {
		return "", ""
	}
	return normalHost(u.Hostname()), portOf(u)
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}
