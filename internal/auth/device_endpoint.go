package auth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// deviceGrantType is the grant of a short code (RFC 8628 section 3.4).
const deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"

// What the token endpoint says while a short code waits (RFC 8628 section 3.5).
const (
	oauthPending  = "authorization_pending"
	oauthSlowDown = "slow_down"
	oauthExpired  = "expired_token"
)

// The lives and paces of a short code. An answer that leaves interval out means
// 5 s (RFC 8628 section 3.2); Zoom's codes live 15 minutes.
const (
	deviceLife      = 15 * time.Minute
	longestDevice   = time.Hour
	deviceInterval  = 5 * time.Second
	longestInterval = time.Minute
)

// The bounds of what a person is shown, in bytes. Zoom's codes have 8 characters.
const (
	maxUserCode  = 32
	maxDeviceURI = 512
)

// deviceAnswer is a good answer of the device authorization endpoint.
type deviceAnswer struct {
	code           Secret // for the polls
	userCode       string
	uri, complete  string // complete may be empty
	life, interval time.Duration
}

// deviceCode asks for a short code (RFC 8628 section 3.1). Zoom gives one to apps
// for which "Use App on Device" is switched on, and wants the client secret.
// Source: https://developers.zoom.us/blog/device-authorization/
func (e *Endpoint) deviceCode(ctx context.Context, scope string) (deviceAnswer, error) {
	form := url.Values{"client_id": {e.app.ClientID}}
	if scope != "" {
		form.Set("scope", scope)
	}
	x, masks, err := e.post(ctx, opDevice, "/oauth/devicecode", form)
	if err != nil {
		return deviceAnswer{}, err
	}
	f, ok := readFields(x.body)
	if good := x.status >= 200 && x.status < 300; good && ok && f.text("error") == "" {
		if d, ok := f.device(); ok {
			return d, nil
		}
		return deviceAnswer{}, &Error{
			Kind: ErrServer, Op: opDevice, HTTPStatus: x.status, Host: x.host, At: x.received.wall,
			TrackingID: words(x.header.Get("x-zm-trackingid"), masks...), Cause: "the answer has no short code that can be shown",
		}
	}
	return deviceAnswer{}, deviceRefusal(x, masks)
}

// deviceRefusal is why there is no short code. How Zoom refuses an app that is not
// switched on for devices is not documented, so a page instead of data counts as
// that too, where its status does not tell otherwise.
func deviceRefusal(x *exchange, masks []Secret) *Error {
	e := refusal(opDevice, x, masks)
	elsewhere := []int{http.StatusProxyAuthRequired, http.StatusRequestTimeout, http.StatusTooManyRequests}
	if e.Kind == ErrServer && x.status >= 400 && x.status < 500 && !slices.Contains(elsewhere, x.status) {
		e.Kind, e.Cause = ErrRefused, ""
	}
	return e
}

// deviceToken is one poll (RFC 8628 section 3.4).
func (e *Endpoint) deviceToken(ctx context.Context, code Secret) (Grant, error) {
	return e.ask(ctx, opPoll, []Secret{code}, func(ctx context.Context, secret Secret) error {
		return e.present(ctx, secret, url.Values{"grant_type": {deviceGrantType}, "device_code": {code.Reveal()}})
	})
}

// device reads the answer, or says that it cannot be used: what a person is to
// type or open comes from outside. A complete address that is not of the same
// host as the other is left out.
func (f fields) device() (deviceAnswer, bool) {
	d := deviceAnswer{
		code: Secret(f.text("device_code")), userCode: strings.TrimSpace(f.text("user_code")),
		life: within(f.number("expires_in"), deviceLife, longestDevice), interval: within(f.number("interval"), deviceInterval, longestInterval),
	}
	uri, ok := deviceURI(f.text("verification_uri", "verification_url"))
	if !ok || d.code == "" || len(d.code) > maxCode || strings.ContainsFunc(d.code.Reveal(), notToken) || !userCodeLike(d.userCode) {
		return deviceAnswer{}, false
	}
	d.uri = uri.String()
	complete, ok := deviceURI(f.text("verification_uri_complete"))
	if ok && complete.Scheme == uri.Scheme && strings.EqualFold(complete.Host, uri.Host) {
		d.complete = complete.String()
	}
	return d, true
}

// deviceURI accepts https, and http on this machine, without a user name.
func deviceURI(raw string) (*url.URL, bool) {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > maxDeviceURI || strings.ContainsFunc(raw, notToken) || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return nil, false
	}
	return u, u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

// userCodeLike tells what a person can type (RFC 8628 section 6.1).
func userCodeLike(code string) bool {
	odd := func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	}
	return code != "" && len(code) <= maxUserCode && !strings.ContainsFunc(code, odd)
}

// within reads a number of seconds; below one it is the usual.
func within(seconds float64, usual, longest time.Duration) time.Duration {
	switch {
	case seconds < 1:
		return usual
	case seconds > longest.Seconds():
		return longest
	}
	return time.Duration(seconds * float64(time.Second))
}
