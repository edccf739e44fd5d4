package sandbox

import (
	"net/url"
	"slices"
	"strings"
)

// localhostSentence is what Zoom says to `localhost` as a return address.
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md
const localhostSentence = "Localhost is not allowed, please use 127.0.0.1 or [::1] instead"

// redirectAllowed applies the rules of September 2026: numeric loopback, whatever the port, for public
// and PKCE-enabled apps; registered https addresses, character by character, for all.
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback.md
func redirectAllowed(app App, uri string) bool {
	if bare, ok := loopbackWithoutPort(uri); ok {
		return app.loopbackAllowed() && slices.ContainsFunc(app.RedirectURIs, func(registered string) bool {
			other, ok := loopbackWithoutPort(registered)
			return ok && other == bare
		})
	}
	return strings.HasPrefix(uri, "https://") && slices.Contains(app.RedirectURIs, uri)
}

// loopbackWithoutPort takes the port out of an http URI of a numeric loopback host. It is false for
// every other URI: other schemes, `localhost`, user information, 127.0.0.2, upper-case schemes.
func loopbackWithoutPort(uri string) (string, bool) {
	for _, origin := range []string{"http://127.0.0.1", "http://[::1]"} {
		rest, ok := strings.CutPrefix(uri, origin)
		if !ok {
			continue
		}
		if after, ok := strings.CutPrefix(rest, ":"); ok {
			digits := len(after) - len(strings.TrimLeft(after, "0123456789"))
			if digits == 0 || digits > 5 {
				return "", false
			}
			rest = after[digits:]
		}
		if rest != "" && !strings.ContainsRune("/?#", rune(rest[0])) {
			return "", false // 127.0.0.1.example.test, 127.0.0.1:80@example.test
		}
		return origin + rest, true
	}
	return "", false
}

// isLocalhost tells whether a URI names the host `localhost`.
func isLocalhost(uri string) bool {
	u, err := url.Parse(uri)
	return err == nil && strings.EqualFold(u.Hostname(), "localhost")
}

// withParams adds parameters to a redirect URI and leaves the rest of it as it is written.
func withParams(uri string, params url.Values) string {
	base, fragment, hasFragment := strings.Cut(uri, "#")
	sep := "?"
	if strings.Contains(base, "?") {
		sep = "&"
	}
	out := base + sep + params.Encode()
	if hasFragment {
		out += "#" + fragment
	}
	return out
}
