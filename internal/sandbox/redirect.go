package sandbox

import (
	"fmt"
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
	return strings.HasPrefix(uri, "https://") && !isLocalhost(uri) && slices.Contains(app.RedirectURIs, uri)
}

// wrongURL is what the Marketplace's field says, also to a loopback address of an app that is not PKCE-enabled
// (seen in September 2026).
const wrongURL = "Wrong URL format"

// objection is what the Marketplace has against a return address of an app; empty: nothing. A fragment is
// against RFC 6749 section 3.1.2.
// Source: https://developers.zoom.us/docs/build-flow/basic-info/oauth-info/
func objection(app App, uri string) string {
	u, err := url.Parse(uri)
	_, loopback := loopbackWithoutPort(uri)
	usable := loopback && app.loopbackAllowed() || strings.HasPrefix(uri, "https://") && err == nil && u.Hostname() != ""
	switch {
	case app.Kind == KindS2S:
		return "a Server-to-Server app has no return address"
	case isLocalhost(uri):
		return localhostSentence
	case !usable || err != nil || u.User != nil || strings.Contains(uri, "#"):
		return wrongURL
	case strings.ContainsFunc(uri, needsQuoting):
		return "the sandbox takes letters, digits and -._:/?=%+,[] only, as the address goes into lines for a shell"
	}
	return ""
}

// needsQuoting tells what a shell, into which the lines of [Server.Env] go, would read as more than itself.
func needsQuoting(r rune) bool {
	plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._:/?=%+,[]@", r)
	return !plain
}

// AddRedirect registers a further return address on an app, under the rules of the Marketplace's field. It
// becomes the one that [Server.Env] names. An address that is registered already only moves to the front.
func (s *Server) AddRedirect(clientID, uri string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.apps {
		if s.apps[i].ClientID != clientID {
			continue
		}
		if why := objection(s.apps[i], uri); why != "" {
			return fmt.Errorf("register return address: %s", why)
		}
		others := slices.DeleteFunc(s.apps[i].RedirectURIs, func(known string) bool { return known == uri })
		s.apps[i].RedirectURIs = append([]string{uri}, others...)
		return nil
	}
	return fmt.Errorf("register return address: there is no app %q", clientID)
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
