package auth

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Kind is the kind of a Zoom app.
type Kind string

// The kinds. Their difference is how the app proves who it is.
const (
	Public       Kind = "public"       // PKCE, no secret; its own "Public Client ID"
	Confidential Kind = "confidential" // client secret in an Authorization: Basic header
	S2S          Kind = "s2s"          // Server-to-Server: account credentials, no user, no refresh token
)

// What an [App] has where it says nothing.
const (
	DefaultOAuthBase   = "https://zoom.us"
	DefaultRedirectURI = "http://127.0.0.1:8976/callback"
	DefaultListen      = "127.0.0.1:8976"
)

// App is a Zoom app as one profile uses it.
type App struct {
	Profile     string // the profile's name; also a file name, see [CheckProfile]
	Kind        Kind
	ClientID    string
	Secret      func(context.Context) (Secret, error) // asked before each question to Zoom, never under the lock; may run a command; nil for a public app
	AccountID   string                                // s2s only
	RedirectURI string                                // exactly as registered with the app; empty: [DefaultRedirectURI]
	Listen      string                                // host:port where the callback is awaited; empty: from RedirectURI
	OAuthBase   string                                // start of …/oauth/authorize and …/oauth/token; empty: [DefaultOAuthBase]
	APIBase     string                                // start of …/v2; empty: api_url of the token answer
}

// Options is what every part of this package is built from.
type Options struct {
	App       App
	Store     *Store
	HTTP      *http.Client         // its Transport is used; redirects are never followed; nil: a plain one
	Clock     func() time.Time     // the machine's clock; nil: [time.Now]
	Elapsed   func() time.Duration // counts on while the machine sleeps and when Clock is set; nil: [BootClock], or Clock if that is given
	Command   string               // who refreshes, for the mark in the store: "token", "dashboard"
	UserAgent string               // empty: "zoomtui"
	Observe   func(Event)          // called after each [Event]; may be nil; must not call back into what called it
}

// withDefaults fills in what may be empty.
func (a App) withDefaults() App {
	if a.OAuthBase == "" {
		a.OAuthBase = DefaultOAuthBase
	}
	a.OAuthBase = strings.TrimRight(a.OAuthBase, "/")
	a.APIBase = strings.TrimRight(a.APIBase, "/")
	if a.RedirectURI == "" && a.Kind != S2S {
		a.RedirectURI = DefaultRedirectURI
	}
	if a.Listen == "" {
		a.Listen = listenFor(a.RedirectURI)
	}
	return a
}

// Validate checks everything that can be checked without asking Zoom. The error
// is an [*Error] of kind [ErrUsage] whose text names the setting and the remedy.
func (a App) Validate() error {
	if err := CheckProfile(a.Profile); err != nil {
		return err
	}
	a = a.withDefaults()
	switch {
	case a.Kind != Public && a.Kind != Confidential && a.Kind != S2S:
		return usage("kind %q is none of public, confidential, s2s", string(a.Kind))
	case a.ClientID == "" || strings.ContainsFunc(a.ClientID, notToken):
		return usage("client_id is missing or has characters that no client id has")
	case a.Kind != Public && a.Secret == nil:
		return usage("client_secret is missing: an app of kind %s needs one", a.Kind)
	case a.Kind == S2S && a.AccountID == "":
		return usage("account_id is missing: a Server-to-Server app needs it")
	}
	if err := checkBase("oauth_base", a.OAuthBase); err != nil {
		return err
	}
	if a.APIBase != "" {
		if err := checkBase("api_base", a.APIBase); err != nil {
			return err
		}
	}
	if a.Kind == S2S {
		return nil
	}
	return a.checkCallback()
}

// checkCallback checks redirect_uri and listen by Zoom's rules of September
// 2026: numeric loopback for public apps, https for the others, never localhost.
// Source: https://developers.zoom.us/changelog/platform/pkce-loopback/
func (a App) checkCallback() error {
	u, err := parseAddress("redirect_uri", a.RedirectURI)
	if err != nil {
		return err
	}
	host := u.Hostname()
	switch {
	case strings.EqualFold(host, "localhost"):
		return usage("redirect_uri: Zoom refuses localhost; write 127.0.0.1, here and in both fields of the app")
	case u.Scheme == "http" && !numericLoopback(host):
		return usage("redirect_uri: plain http is for 127.0.0.1 and [::1] only; %s needs https", host)
	}
	return a.checkListen(u)
}

func (a App) checkListen(redirect *url.URL) error {
	host, port, err := net.SplitHostPort(a.Listen)
	if err != nil || !validPort(port) {
		return usage("listen: %q is not host:port, as in %q", a.Listen, DefaultListen)
	}
	r := redirect.Hostname()
	if redirect.Scheme == "http" && numericLoopback(r) && numericLoopback(host) && host != r {
		return usage("listen: %s is not the address in redirect_uri; use %s in both", host, r)
	}
	return nil
}

// maxProfileName is the longest name of a profile, in bytes.
const maxProfileName = 64

// CheckProfile checks the name of a profile, which becomes a file name: letters,
// digits, dot, dash and underscore, no dot at the start, at most 64 of them.
func CheckProfile(name string) error {
	bad := func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && r != '.' && r != '_' && r != '-'
	}
	switch {
	case name == "":
		return usage("the profile has no name")
	case len(name) > maxProfileName:
		return usage("the profile's name is longer than %d characters", maxProfileName)
	case name[0] == '.' || strings.ContainsFunc(name, bad):
		return usage("profile name %q: use letters, digits, dot, dash and underscore, and no dot at the start", words(name))
	}
	return nil
}

// checkBase wants https, or http on this machine, and nothing behind the path.
func checkBase(name, raw string) error {
	u, err := parseAddress(name, raw)
	if err != nil {
		return err
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return usage("%s: %s would send secrets in the clear; use https (plain http is for this machine only)", name, u.Host)
	}
	if u.RawQuery != "" || u.ForceQuery {
		return usage("%s: an address without a query is needed", name)
	}
	return nil
}

// parseAddress wants an absolute http or https address without user name and
// fragment (RFC 6749 section 3.1.2).
func parseAddress(name, raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return nil, usage("%s is not an address, as in https://example.com/callback", name)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, usage("%s must begin with https://", name)
	case u.User != nil:
		return nil, usage("%s must not hold a user name or password", name)
	case u.Fragment != "" || strings.Contains(raw, "#"):
		return nil, usage("%s must not hold a fragment (#…)", name)
	case u.Port() != "" && !validPort(u.Port()):
		return nil, usage("%s: %q is not a port", name, u.Port())
	}
	return u, nil
}

// listenFor is where a callback to redirectURI arrives by itself.
func listenFor(redirectURI string) string {
	u, err := url.Parse(redirectURI)
	if err != nil || u.Scheme != "http" || !numericLoopback(u.Hostname()) {
		return DefaultListen
	}
	port := u.Port()
	if port == "" {
		_, port, _ = net.SplitHostPort(DefaultListen)
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// numericLoopback tells the two hosts that Zoom accepts over plain http.
func numericLoopback(host string) bool { return host == "127.0.0.1" || host == "::1" }

// loopback tells whether a host is this machine.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

func validPort(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return err == nil
}

// notToken tells characters that ids and codes never have: blanks, controls and
// everything outside ASCII.
func notToken(r rune) bool { return r <= ' ' || r > '~' }

func usage(format string, args ...any) *Error {
	return &Error{Kind: ErrUsage, Op: "configuration", Cause: fmt.Sprintf(format, args...)}
}
