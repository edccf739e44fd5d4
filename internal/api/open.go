package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Answer is an answer whose body has not been read yet; the caller closes it.
type Answer struct {
	Op     string // "GET /users/me", without the query
	Host   string
	Proto  string // "HTTP/2.0"
	Status int
	Header http.Header
	At     time.Time // when the headers came
	// Body is decompressed and of any size. No read waits for longer than 20 s.
	// What breaks it off is an [*Error].
	Body io.ReadCloser
}

// Open sends one call and hands its answer over, whatever its status and size. It
// is not tried again. The error, an [*Error], means that no answer came. The
// answer is limited to 20 s up to its first byte, and then only by ctx.
func (c *Client) Open(ctx context.Context, r Request) (*Answer, error) {
	r.Method = cmp.Or(strings.ToUpper(r.Method), http.MethodGet)
	a, failure := c.open(ctx, r)
	if failure != nil {
		return nil, failure
	}
	return a, nil
}

// open is one attempt, up to the headers of its answer.
func (c *Client) open(parent context.Context, r Request) (*Answer, *Error) {
	ctx, cancel := context.WithCancel(parent)
	req, failure := c.request(ctx, r)
	if failure != nil {
		cancel()
		return nil, failure
	}
	body := &steadyBody{parent: parent, cancel: cancel}
	body.timer = time.AfterFunc(callLimit, body.stall)
	res, err := c.http.Do(req)
	body.timer.Stop()
	if err != nil {
		cancel()
		return nil, &Error{Op: opOf(r), Host: req.URL.Host, At: c.clock(), Err: body.reason(err)}
	}
	a := &Answer{Op: opOf(r), Host: req.URL.Host, Proto: res.Proto, Status: res.StatusCode, Header: res.Header, At: c.clock(), Body: body}
	body.ReadCloser, body.failure = res.Body, a.facts
	return a, nil
}

// facts begin an [*Error] about the answer.
func (a *Answer) facts() *Error {
	return &Error{Op: a.Op, Host: a.Host, HTTPStatus: a.Status, TrackingID: trackingID(a.Header), At: a.At}
}

// Failure is the [*Error] of an answer that is none of 2xx, or that is a web page;
// nil when it is good. body is what was read of it, or its first bytes.
func (c *Client) Failure(a *Answer, body []byte) error {
	if failure := a.failure(body); failure != nil {
		return failure
	}
	return nil
}

func (a *Answer) failure(body []byte) *Error {
	e := a.facts()
	switch {
	case a.Status >= 300 && a.Status < 400:
		e.Err = redirectError(a)
	case a.Status < 200 || a.Status >= 400:
		return e.answered(a.Header, body)
	case a.Status == http.StatusNoContent: // whatever type a gateway gives to nothing
		return nil
	case isWebPage(a.Header, body):
		e.Err = ErrWebPage
	default:
		return nil
	}
	return e
}

// steadyBody is the body of an answer whose reader never waits for longer than
// callLimit. The time between two reads is the reader's own and does not count.
type steadyBody struct {
	io.ReadCloser
	parent  context.Context // the caller's
	cancel  context.CancelFunc
	timer   *time.Timer
	stalled atomic.Bool
	failure func() *Error
}

// stall ends the call for its slowness.
func (b *steadyBody) stall() {
	b.stalled.Store(true)
	b.cancel()
}

// reason tells what a call ended of. Our own cancel must not pass for the person's.
func (b *steadyBody) reason(err error) error {
	if b.stalled.Load() && !errors.Is(b.parent.Err(), context.Canceled) {
		return fmt.Errorf("wait for the answer: %w", context.DeadlineExceeded)
	}
	return err
}

// Read implements io.Reader.
func (b *steadyBody) Read(p []byte) (int, error) {
	b.timer.Reset(callLimit)
	n, err := b.ReadCloser.Read(p)
	b.timer.Stop()
	if err == nil || errors.Is(err, io.EOF) {
		return n, err // io.EOF as it is, which readers compare with
	}
	return n, b.failure().broken(b.parent, b.reason(err))
}

// Close implements io.Closer.
func (b *steadyBody) Close() error {
	b.timer.Stop()
	defer b.cancel()
	return b.ReadCloser.Close()
}
