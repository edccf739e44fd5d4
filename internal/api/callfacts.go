package api

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zoomtui/internal/explain"
)

// sentCall is what is known of a call before it is sent.
func sentCall(req *http.Request) Call {
	return Call{
		Method: cmp.Or(req.Method, http.MethodGet), Host: req.URL.Host, Path: shownPath(req.URL),
		Step: oauthStep(req), OtherToken: hasOtherToken(req.Context()), RateLimit: -1, RateRemaining: -1,
	}
}

// answered takes the head of an answer in.
// Source of the headers: https://developers.zoom.us/docs/api/rate-limits/
func (c *Call) answered(res *http.Response) {
	c.Status, c.Reading = res.StatusCode, true
	c.TrackingID = trackingID(res.Header)
	c.RateCategory = shortHeader(res.Header, "X-Ratelimit-Category")
	c.RateType = shortHeader(res.Header, "X-Ratelimit-Type")
	c.RetryAfter = shortHeader(res.Header, "Retry-After")
	c.RateLimit = countHeader(res.Header, "X-Ratelimit-Limit")
	c.RateRemaining = countHeader(res.Header, "X-Ratelimit-Remaining")
}

// countHeader reads a number that counts something; -1 when there is none.
func countHeader(h http.Header, name string) int {
	n, err := strconv.Atoi(shortHeader(h, name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// codeIn finds Zoom's number in the begin of a body.
func codeIn(prefix []byte) int {
	if code, _ := readFailure(prefix); code != 0 || len(prefix) < prefixSize {
		return code
	}
	_, rest, ok := strings.Cut(string(prefix), `"code":`) // cut off: no valid JSON
	if !ok {
		return 0
	}
	rest = strings.TrimLeft(rest, ` "`)
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	code, err := strconv.Atoi(rest[:min(digits, 9)])
	if err != nil {
		return 0
	}
	return code
}

// shownPath is the path with the names of the query and its harmless values.
func shownPath(u *url.URL) string {
	path := u.EscapedPath()
	if u.RawQuery != "" {
		parts := strings.Split(u.RawQuery, "&")
		for i, part := range parts {
			switch name, _, ok := strings.Cut(part, "="); {
			case !ok:
				parts[i] = hidden
			case name != "type" && name != "page_size":
				parts[i] = name + "=" + hidden
			}
		}
		path += "?" + strings.Join(parts, "&")
	}
	return cutBytes(hideSecrets(path), 300)
}

// shownURL is the whole address without user information and without the values
// of secret names. Unlike in [Call], the other values stay: with them a call can
// be repeated.
func shownURL(u *url.URL) string {
	address := u.Scheme + "://" + u.Host + u.EscapedPath()
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	return hideSecrets(address)
}

// shortHeader is the begin of a header. It hides before it cuts, see [shownHeader].
func shortHeader(h http.Header, name string) string {
	return cutBytes(hideSecrets(h.Get(name)), 40)
}

// cutBytes gives the begin of a text, whole characters of at most so many bytes.
func cutBytes(s string, limit int) string {
	return strings.ToValidUTF8(s[:min(len(s), limit)], "")
}

// errorWord names the family of a failed call.
func errorWord(err error) string {
	if errors.Is(err, context.Canceled) {
		return "cancelled"
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return "timeout"
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "dns"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "tls"
	}
	if _, ok := errors.AsType[explain.Carrier](err); ok {
		return "sign-in"
	}
	return "connection"
}
