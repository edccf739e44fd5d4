package auth

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"zoomtui/internal/bounce"
)

// rejection is a request that is not the answer: the status and the sentence for
// the page, and a word for the screen. The word is empty for what is no news: a
// browser asks for /favicon.ico by itself, and scanners try paths.
type rejection struct {
	status int
	word   string
	text   string
}

// gate decides which request is the answer of Zoom's authorize page.
type gate struct {
	states   *states
	redirect *url.URL // with the port that is listened on
	own      []string // the Host that a client of this machine sends when it follows no redirect
}

// newGate is the gate of a sign-in that listens at an address. Its own hosts are
// the loopback addresses that lead there: [Finish] uses them and, for an https
// redirect, the bounce page, behind which a tunnel may have changed the family.
func newGate(s *states, redirect *url.URL, listens netip.AddrPort) gate {
	g := gate{states: s, redirect: redirect}
	https := redirect.Scheme == "https"
	if https && listens.Addr().IsPrivate() {
		g.own = append(g.own, listens.String()) // a bounce page leads there as well
	}
	either := https || listens.Addr().IsUnspecified()
	for _, addr := range loopbacks() {
		if either || addr == listens.Addr().Unmap() {
			g.own = append(g.own, netip.AddrPortFrom(addr, listens.Port()).String())
		}
	}
	return g
}

// loopbacks are the two addresses that Zoom accepts over plain http.
func loopbacks() []netip.Addr {
	return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}
}

// check compares in this order: state, scheme, host, port, path; so whoever does
// not know the state learns nothing about the rest. nil: it is the answer.
func (g gate) check(r *http.Request) (authAnswer, *rejection) {
	news := func(word string) string {
		if !g.pathFits(r.URL) {
			return ""
		}
		return word
	}
	if r.Method != http.MethodGet {
		return authAnswer{}, &rejection{http.StatusMethodNotAllowed, news("method"), "Only a browser's plain visit (GET) can end the sign-in."}
	}
	if r.ContentLength != 0 || len(r.URL.RawQuery) > maxQuery || len(r.URL.Path) > maxQuery {
		return authAnswer{}, &rejection{http.StatusRequestURITooLong, news("size"), "The request is too large."}
	}
	a, ok := parseAuthAnswer(r.URL.RawQuery)
	known := g.states.has(a.state)
	switch {
	case !known && !g.pathFits(r.URL):
		return authAnswer{}, &rejection{http.StatusNotFound, "", "There is nothing at this address."}
	case !ok:
		return authAnswer{}, &rejection{http.StatusBadRequest, "query", "The address is damaged."}
	case !a.hasState:
		return authAnswer{}, &rejection{http.StatusBadRequest, "no state", "The address has no state, so it does not come from the link in the terminal. Use that link, not Zoom's “Add” or “Local test” page."}
	case !known:
		return authAnswer{}, &rejection{http.StatusForbidden, "other state", "This address belongs to another sign-in: an older link or tab. Use the link that the terminal shows now."}
	case !g.schemeFits(r):
		return authAnswer{}, &rejection{http.StatusMisdirectedRequest, "scheme", "The address has another scheme than the return address."}
	case !g.hostFits(r.Host):
		return authAnswer{}, &rejection{http.StatusMisdirectedRequest, "host", "The address has another host than the return address."}
	case !g.pathFits(r.URL):
		return authAnswer{}, &rejection{http.StatusNotFound, "path", "The address has another path than the return address."}
	case embedded(r.Header):
		return authAnswer{}, &rejection{http.StatusForbidden, "not a visit", "Another page asked for this address. Only opening it in a tab can end the sign-in."}
	case !a.whole():
		return authAnswer{}, &rejection{http.StatusBadRequest, "no code", "The address has neither a code nor an error."}
	}
	return a, nil
}

// schemeFits: a request line in absolute form names a scheme; the connection
// itself is plain http always. Behind https a tunnel or a bounce page stands.
func (g gate) schemeFits(r *http.Request) bool {
	return r.TLS == nil && (r.URL.Scheme == "" || r.URL.Scheme == "http")
}

// hostFits compares Host with the redirect's, so that a name that somebody makes
// point to this machine (DNS rebinding) does not do.
func (g gate) hostFits(host string) bool {
	if equal(withPort(strings.ToLower(host), g.redirect.Scheme), withPort(strings.ToLower(g.redirect.Host), g.redirect.Scheme)) {
		return true
	}
	return slices.ContainsFunc(g.own, func(own string) bool { return equal(host, own) })
}

// pathFits takes the redirect's path, and the one that a bounce page and
// [Finish] use whatever the redirect's is.
func (g gate) pathFits(u *url.URL) bool {
	path, want := u.EscapedPath(), g.redirect.EscapedPath()
	if want == "" {
		want = "/"
	}
	return equal(path, want) || equal(path, bounce.Path)
}

// withPort adds the scheme's port to a host that has none.
func withPort(host, scheme string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	port := "80"
	if scheme == "https" {
		port = "443"
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), port)
}

// embedded tells a request that is no visit of a person: of a script, a frame or
// an image on another page, or a browser's reading ahead. Browsers say so in
// these headers (W3C Fetch Metadata); other clients send none.
func embedded(h http.Header) bool {
	mode, dest := h.Get("Sec-Fetch-Mode"), h.Get("Sec-Fetch-Dest")
	ahead := strings.ToLower(h.Get("Sec-Purpose") + h.Get("Purpose"))
	return mode != "" && mode != "navigate" || dest != "" && dest != "document" ||
		h.Get("Origin") != "" || strings.Contains(ahead, "prefetch") || strings.Contains(ahead, "preview")
}
