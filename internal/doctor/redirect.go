package doctor

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"strings"

	"zoomtui/internal/auth"
	"zoomtui/internal/explain"
	"zoomtui/internal/marketplace"
)

// Redirect is the return address as it is sent to Zoom.
type Redirect struct {
	URI    string
	Kind   string // of the app
	Listen string // as set; empty: where the address leads to
}

const nameRedirect = "redirect"

// ReturnAddress checks the return address by Zoom's rules of September 2026.
// Sources: https://developers.zoom.us/changelog/platform/pkce-loopback.md ,
// https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/
func ReturnAddress(r Redirect) Check {
	if r.Kind == marketplace.S2S {
		return result(nameRedirect, Skipped, "Nobody signs in to a Server-to-Server app, so no browser comes back.").brief("none is needed")
	}
	var names []string
	for _, f := range marketplace.Fields(r.URI) {
		names = append(names, `"`+f.Name+`"`)
	}
	both := fmt.Sprintf("%s is sent to Zoom, and must stand letter by letter in both fields of the app, %s.", r.URI, strings.Join(names, " and "))
	c := r.judge()
	if c.What == "" {
		c = result(nameRedirect, OK, "%s", both).brief("in the form that Zoom takes")
	} else {
		c.What = both + " " + c.What
	}
	fields := map[string]string{}
	for _, f := range marketplace.Fields(r.URI) {
		fields[f.Name] = f.Value
	}
	return c.detail("redirect_uri", r.URI).detail("awaited_at", r.Awaited()).detail("fields", fields)
}

// judge finds what is wrong with the address; a check without What when nothing is.
func (r Redirect) judge() Check {
	u, err := url.Parse(r.URI)
	if err != nil || u.Hostname() == "" {
		return failure(nameRedirect, explain.Usage, "It is no address.").brief("no address").
			remedy(setRedirect(auth.DefaultRedirectURI))
	}
	numeric := u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"
	switch {
	case strings.EqualFold(u.Hostname(), "localhost"):
		return failure(nameRedirect, explain.Usage, "Zoom refuses localhost.").brief("localhost, which Zoom refuses").
			remedy(setRedirect(r.with(u, "127.0.0.1")), "Enter the same in both fields of the app.")
	case u.Scheme == "http" && !numeric:
		return failure(nameRedirect, explain.Usage, "Zoom takes plain http for 127.0.0.1 and [::1] only.").brief("plain http to another machine").
			remedy(setRedirect(auth.DefaultRedirectURI))
	case u.Scheme == "http" && r.Kind == marketplace.Confidential:
		return result(nameRedirect, Warning, "Zoom's documents want https for an app with a secret; loopback is for public clients.").brief("loopback with a client secret").
			remedy("Put the page that sends the browser back to this machine on any https host, and enter its address: zoomtui bounce > callback.html",
				"Or use the app's Public Client ID, without the secret: zoomtui profile add")
	case strings.HasSuffix(u.Path, "/") || u.Path == "":
		return result(nameRedirect, Warning, "It ends without a name: a slash more or less at the end is another address to Zoom, and some forms add or drop it.").brief("a slash at the end").
			remedy("Choose one that ends in a name, as in " + auth.DefaultRedirectURI)
	case strings.ToLower(u.Scheme+u.Host+u.Path) != u.Scheme+u.Host+u.Path || strings.HasPrefix(r.URI, "HTTP"):
		return result(nameRedirect, Warning, "It has capital letters: Zoom compares letter by letter, and browsers write the host small.").brief("capital letters").
			remedy(setRedirect(strings.ToLower(r.URI)), "Enter the same in both fields of the app.")
	case u.Scheme == "https" && r.Listen == "":
		return Check{
			Name: nameRedirect, State: OK, Brief: "https",
			What:   "The browser comes back to " + r.Awaited() + " by the page that stands there; with a tunnel instead, set listen to where the tunnel ends.",
			Remedy: []string{}, Details: map[string]any{},
		}
	}
	return Check{}
}

// WithoutUser takes a user name and a password out of an address, which may be none.
func WithoutUser(address string) string {
	start, rest, found := strings.Cut(address, "//")
	if !found {
		start, rest = "", address
	} else {
		start += "//"
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	return start + rest[strings.LastIndex(rest[:end], "@")+1:]
}

// with is the address with another host.
func (r Redirect) with(u *url.URL, host string) string {
	other := *u
	other.Host = host
	if port := u.Port(); port != "" {
		other.Host = net.JoinHostPort(host, port)
	}
	return other.String()
}

func setRedirect(uri string) string {
	return "In config.toml, or in ZOOM_REDIRECT_URI: redirect_uri = \"" + uri + "\""
}

// Awaited is the host:port where the browser is awaited.
func (r Redirect) Awaited() string {
	if r.Listen != "" {
		return r.Listen
	}
	u, err := url.Parse(r.URI)
	if err != nil || u.Scheme != "http" {
		return auth.DefaultListen
	}
	_, port, _ := net.SplitHostPort(auth.DefaultListen)
	return net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port))
}
