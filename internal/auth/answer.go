package auth

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// defaultLife is the life of an access token whose answer does not say: an hour.
// Source: https://developers.zoom.us/docs/integrations/oauth/
const defaultLife = time.Hour

// maxLife bounds expires_in; more is a mistake, not a token.
const maxLife = 365 * 24 * time.Hour

// Grant is a good answer of the token endpoint.
type Grant struct {
	AccessToken   Secret
	RefreshToken  Secret // empty: Server-to-Server, or a refresh that did not replace it
	TokenType     string
	Scope         string
	ScopeSent     bool          // false: Zoom left scope out, the old one stays (RFC 6749 section 6)
	APIURL        string        // empty: not sent, or not believed
	IgnoredAPIURL string        // what was sent and not believed
	ExpiresIn     time.Duration // life of the access token from ReceivedAt on
	ReceivedAt    time.Time     // Zoom's time
	TrackingID    string
}

// fields are the members of an answer's JSON object. Zoom has spelled errors in
// several ways over the years, and gateways in front of it add theirs, so
// nothing is taken for granted: a number may come as a string and the reverse.
type fields map[string]json.RawMessage

func readFields(body []byte) (fields, bool) {
	var f fields
	if err := json.Unmarshal(body, &f); err != nil || f == nil {
		return nil, false
	}
	return f, true
}

// text gives the first of the keys that holds something.
func (f fields) text(keys ...string) string {
	for _, key := range keys {
		var s string
		if err := json.Unmarshal(f[key], &s); err == nil && s != "" {
			return s
		}
		var n json.Number
		if err := json.Unmarshal(f[key], &n); err == nil && n != "" {
			return n.String()
		}
	}
	return ""
}

// number gives the first of the keys that holds one; the authorize page prints
// "4,700" with a comma.
func (f fields) number(keys ...string) float64 {
	for _, key := range keys {
		text := strings.ReplaceAll(strings.TrimSpace(f.text(key)), ",", "")
		if n, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return n
		}
	}
	return 0
}

// code reads an error number; what is too large for one is none.
func (f fields) code(keys ...string) int {
	const largest = 1 << 30
	n := f.number(keys...)
	if math.Abs(n) > largest {
		return 0
	}
	return int(n)
}

// grant reads a good answer, or says that this is none.
func (f fields) grant(loopbackBase bool) (Grant, bool) {
	g := Grant{
		AccessToken:  Secret(f.text("access_token")),
		RefreshToken: Secret(f.text("refresh_token")),
		TokenType:    words(f.text("token_type")),
		Scope:        f.text("scope"),
		ScopeSent:    strings.TrimSpace(f.text("scope")) != "",
		ExpiresIn:    lifeOf(f.number("expires_in")),
	}
	if g.AccessToken == "" || f.text("error") != "" {
		return Grant{}, false
	}
	if sent := f.text("api_url"); sent != "" {
		var ok bool
		if g.APIURL, ok = checkAPIURL(sent, loopbackBase); !ok {
			g.IgnoredAPIURL = words(sent)
		}
	}
	return g, true
}

func lifeOf(seconds float64) time.Duration {
	switch {
	case seconds < 1:
		return defaultLife
	case seconds > maxLife.Seconds():
		return maxLife
	default:
		return time.Duration(seconds) * time.Second
	}
}

// checkAPIURL accepts https hosts of Zoom's two clouds, because the bearer token
// goes there; a loopback host only when the OAuth base is one too (a sandbox).
// Sources: https://developers.zoom.us/changelog/platform/api_url_access_token_response/
func checkAPIURL(raw string, loopbackBase bool) (string, bool) {
	u, err := url.Parse(raw)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "" {
		return "", false
	}
	switch {
	case u.Scheme == "https" && zoomHost(u):
	case loopbackBase && loopback(u.Hostname()) && (u.Scheme == "http" || u.Scheme == "https"):
	default:
		return "", false
	}
	return u.Scheme + "://" + u.Host, true
}

// zoomHost tells hosts of Zoom's commercial and government clouds.
func zoomHost(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	ours := strings.HasSuffix(host, ".zoom.us") || strings.HasSuffix(host, ".zoomgov.com") ||
		host == "zoom.us" || host == "zoomgov.com"
	return ours && (u.Port() == "" || u.Port() == "443")
}

// isHTML tells a web page where data should be: a proxy's, a guest network's
// login, or a wrong base address.
func isHTML(h http.Header, body []byte) bool {
	if strings.Contains(strings.ToLower(h.Get("Content-Type")), "html") {
		return true
	}
	return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

// longestPause bounds what Retry-After may ask: Zoom's longest limit is a day.
const longestPause = 48 * time.Hour

// retryAt reads Retry-After: seconds, an HTTP date (RFC 9110 section 10.2.3) or,
// as Zoom sends it with its daily limits, an ISO 8601 date or date-time, which is
// UTC where it names no zone. The zero time for what cannot be read, is over, or
// is absurdly late.
// Source: https://developers.zoom.us/docs/api/rate-limits/
func retryAt(h http.Header, now time.Time) time.Time {
	at := retryTime(strings.TrimSpace(h.Get("Retry-After")), now)
	if at.Before(now) || at.After(now.Add(longestPause)) {
		return time.Time{}
	}
	return at
}

func retryTime(value string, now time.Time) time.Time {
	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
		return now.Add(time.Duration(n) * time.Second)
	}
	if t, err := http.ParseTime(value); err == nil {
		return t
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700",
		"2006-01-02 15:04:05Z07:00", time.DateTime, time.DateOnly,
	} {
		if t, err := time.Parse(layout, value); err == nil {
			return t
		}
	}
	return time.Time{}
}
