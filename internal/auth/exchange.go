package auth

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
)

// maxAnswer bounds the body of an answer, in bytes.
const maxAnswer = 1 << 20

// exchange is one request to an OAuth endpoint and its answer. As the
// RoundTripper of that one request it keeps what package oauth2 does not give
// out: the status and headers of a good answer, and its body. It reads the body
// itself because package oauth2 gives up on an answer whose expires_in is 3599.0
// or whose type is text/plain, and with the answer the only copy of the next
// refresh token would be lost.
type exchange struct {
	base      http.RoundTripper
	clock     *clock
	userAgent string

	host           string
	sent, received moment
	status         int // 0: no answer
	header         http.Header
	body           []byte
	tooLarge       bool
	connected      atomic.Bool // something of the request may have reached the host
}

// RoundTrip sends the request once and keeps the answer.
func (x *exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { x.connected.Store(true) }}
	req = req.Clone(httptrace.WithClientTrace(req.Context(), trace))
	req.Header.Set("User-Agent", x.userAgent)
	req.Header.Set("Accept", "application/json")
	x.host, x.sent = req.URL.Host, x.clock.moment()
	resp, err := x.base.RoundTrip(req)
	x.received = x.clock.moment()
	if err != nil {
		return nil, err // http.Client wraps it; unanswered() reads it
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	err = errors.Join(err, resp.Body.Close())
	if err != nil && len(body) == 0 {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	x.status, x.header = resp.StatusCode, resp.Header
	x.tooLarge = len(body) > maxAnswer
	x.body = body[:min(len(body), maxAnswer)]
	x.clock.learn(resp.Header, x.sent, x.received)
	resp.Body = io.NopCloser(bytes.NewReader(x.body))
	return resp, nil
}

// client is an HTTP client for this one exchange: no redirect is followed,
// because the request holds a secret; no cookies.
func (x *exchange) client() *http.Client {
	return &http.Client{
		Transport:     x,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// errNeverSent is for a request that surely did not leave this machine.
var errNeverSent = errors.New("no connection was made")

// sendError tells the caller whether a request without an answer may be
// repeated: only if no connection was made, by the word of the dialer and of the
// HTTP transport alike.
func (x *exchange) sendError(err error) error {
	if x.connected.Load() {
		return err
	}
	dial, isOp := errors.AsType[*net.OpError](err)
	_, isDNS := errors.AsType[*net.DNSError](err)
	if isDNS || isOp && (dial.Op == "dial" || dial.Op == "proxyconnect") {
		return fmt.Errorf("%w: %w", errNeverSent, err)
	}
	return err
}

func neverSent(err error) bool { return errors.Is(err, errNeverSent) }

// withoutURL takes off what package net/http puts around an error.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		if neverSent(err) {
			return fmt.Errorf("%w: %w", errNeverSent, wrapped.Err)
		}
		return wrapped.Err
	}
	return err
}

// bareNetwork is the text of a network error for a person.
func bareNetwork(err error) string {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	cert, isCert := errors.AsType[*tls.CertificateVerificationError](err)
	_, isRoot := errors.AsType[x509.UnknownAuthorityError](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time (deadline exceeded)"
	case isCert:
		return cert.Error()
	case isRoot:
		return "x509: the certificate is signed by nobody known"
	default:
		return err.Error()
	}
}
