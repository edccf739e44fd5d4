package lan

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"zoomtui/internal/bounce"
)

// visit is what a request is for.
type visit int

const (
	visitStranger visit = iota // of no concern to us
	visitOpen                  // the page
	visitPaste                 // the page's form
	visitStatus                // the page's script: how far the sign-in is
	visitReturn                // the phone comes back from a bounce page
)

// maxQuery bounds the query that a bounce page brings, in bytes.
const maxQuery = 4 << 10

// statusPath follows the page's path where its script asks how things are.
const statusPath = "/status"

// newPath draws 128 bits and writes them in capitals and digits, which a QR code
// needs the least room for (alphanumeric mode, ISO/IEC 18004).
func newPath() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return "/" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// gate tells those who know the page, or bring the answer to its link, from
// strangers.
type gate struct {
	path   string                    // of the page, the secret
	whole  func(string) bool         // [SignIn.Whole]
	states map[netip.AddrPort]string // of the links that lead a bounce page back, by listener
}

// recognise tells what a request to the listener at is for. What it compares with
// a secret it compares in constant time, and whoever does not know one of the
// secrets is a stranger, whatever else is right or wrong.
func (g gate) recognise(r *http.Request, at netip.AddrPort) visit {
	path, rest := r.URL.EscapedPath(), ""
	if len(path) > len(g.path) {
		path, rest = path[:len(g.path)], path[len(g.path):]
	}
	known := same(path, g.path)
	if r.URL.Host != "" || r.URL.Scheme != "" || !isHost(r.Host, at) {
		return visitStranger
	}
	own := "http://" + r.Host
	switch {
	case known && rest == "" && r.Method == http.MethodGet && bare(r) && isVisit(r.Header):
		return visitOpen
	case known && rest == "" && r.Method == http.MethodPost && isForm(r.Header) && isSent(r.Header, own):
		return visitPaste
	case known && rest == statusPath && r.Method == http.MethodGet && bare(r) && isAsked(r.Header, own):
		return visitStatus
	case r.URL.EscapedPath() == bounce.Path && r.Method == http.MethodGet && bare(r) && isVisit(r.Header) && g.isAnswer(r.URL.RawQuery, at):
		return visitReturn
	}
	return visitStranger
}

// isAnswer tells the answer to the link of the page at this very listener. The
// state is compared here, before the sign-in is shown anything.
func (g gate) isAnswer(query string, at netip.AddrPort) bool {
	if len(query) > maxQuery {
		return false
	}
	values, err := url.ParseQuery(query)
	if err != nil || len(values["state"]) != 1 {
		return false
	}
	state, ok := g.states[at]
	return ok && same(values.Get("state"), state) && g.whole("?"+query)
}

// leadsBack gives the state of a link that makes a bounce page lead to a
// listener; false: the link's does not.
func leadsBack(link string, to netip.AddrPort) (string, bool) {
	u, err := url.Parse(link)
	if err != nil {
		return "", false
	}
	state := u.Query().Get("state")
	target, ok := bounce.Target(state)
	return state, ok && target == to
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// isHost compares Host with the address that the connection came to, so that a
// name that somebody makes point here (DNS rebinding) does not do.
func isHost(host string, at netip.AddrPort) bool {
	own := at.String()
	return strings.EqualFold(host, own) || at.Port() == 80 && strings.EqualFold(host, strings.TrimSuffix(own, ":80"))
}

func bare(r *http.Request) bool { return r.ContentLength == 0 && len(r.TransferEncoding) == 0 }

// The headers of W3C Fetch Metadata tell what makes a browser send a request.
// Browsers leave them out where the connection is not encrypted, as here, except
// on loopback addresses; so they are heeded where they are.

// isVisit: a person opens the address in a tab.
func isVisit(h http.Header) bool { return inTab(h) && h.Get("Origin") == "" }

// isSent: a person sends a form that stands on the page itself.
func isSent(h http.Header, own string) bool { return inTab(h) && ofSite(h, own) }

// isAsked: a script of the page itself asks.
func isAsked(h http.Header, own string) bool {
	return oneOf(h.Get("Sec-Fetch-Mode"), "", "cors", "same-origin") && oneOf(h.Get("Sec-Fetch-Dest"), "", "empty") && ofSite(h, own)
}

func ofSite(h http.Header, own string) bool {
	return oneOf(h.Get("Sec-Fetch-Site"), "", "same-origin") && (h.Get("Origin") == "" || strings.EqualFold(h.Get("Origin"), own))
}

func inTab(h http.Header) bool {
	ahead := strings.ToLower(h.Get("Sec-Purpose") + h.Get("Purpose"))
	return oneOf(h.Get("Sec-Fetch-Mode"), "", "navigate") && oneOf(h.Get("Sec-Fetch-Dest"), "", "document") &&
		!strings.Contains(ahead, "prefetch") && !strings.Contains(ahead, "preview")
}

func oneOf(s string, of ...string) bool {
	for _, one := range of {
		if s == one {
			return true
		}
	}
	return false
}
