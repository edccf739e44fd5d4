package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"time"
)

const (
	maxRetries = 2                      // after the first attempt
	firstWait  = 500 * time.Millisecond // doubled each time, jittered by half
	longWait   = 10 * time.Second       // a pause that Zoom asks for and that is longer is left to the caller
)

// errBroken marks an answer whose body ended too early.
var errBroken = errors.New("connection broke off")

// pause says how long to wait before attempt n+1 (n counts from 0), and false
// when the failure is to be reported at once.
func (c *Client) pause(ctx context.Context, err *Error, n int) (time.Duration, bool) {
	if n >= maxRetries || !err.retryable() {
		return 0, false
	}
	wait := time.Duration(float64(firstWait<<n) * (0.5 + c.rand()))
	if err.HTTPStatus == http.StatusTooManyRequests {
		wait += firstWait // the limit is per second: one to two seconds in all
	}
	if !err.RetryAt.IsZero() {
		wait = max(wait, err.RetryAt.Sub(err.At))
	}
	if wait > longWait {
		return 0, false
	}
	// The context's deadline is the machine's own time, so the injected clock
	// has no say here.
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return 0, false
	}
	return wait, true
}

// isLasting tells failures of the way to Zoom that a second attempt meets again.
func isLasting(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return true
	}
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		return name.IsNotFound
	}
	return false
}
