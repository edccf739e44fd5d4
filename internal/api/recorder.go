package api

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"zoomtui/internal/explain"
)

const (
	recorderSize = 200     // calls that are kept unless told otherwise
	prefixSize   = 4 << 10 // bytes of a body that are looked at
)

// Call is one request as the recorder saw it. It holds no secret: the values
// of the query are hidden but for a few harmless ones, and no header and no
// body is kept.
type Call struct {
	Seq           int // counts from 1
	At            time.Time
	Method        string
	Host          string
	Path          string        // with the query, values hidden: /v2/users/me/meetings?page_size=300
	Status        int           // 0 when no answer came
	ZoomCode      int           // Zoom's number in the body of an error
	Duration      time.Duration // to the end of the body; to its begin while it is being read
	TrackingID    string        // header x-zm-trackingid; foreign text
	RateCategory  string        // header X-RateLimit-Category, e.g. Light; "" when not told
	RateRemaining int           // header X-RateLimit-Remaining; -1 when not told
	Bytes         int64         // of the body as read by the caller, decompressed
	Err           string        // "", cancelled, timeout, dns, tls, sign-in or connection
}

// RecorderOptions are what a [Recorder] needs; the zero value is fine.
type RecorderOptions struct {
	Size  int              // calls to keep; 0 is 200
	Clock func() time.Time // nil is time.Now
	Trace io.Writer        // one redacted block a call; nil is none. A failed write is ignored.
}

// Recorder is an http.RoundTripper that remembers the last calls and can write
// a trace. It serves for the API and for OAuth; it belongs below the transport
// that adds the token, so that it sees what is really sent. Bodies pass through
// untouched: their first bytes are looked at as the caller reads them. It is
// safe for concurrent use.
type Recorder struct {
	next  http.RoundTripper
	clock func() time.Time
	trace *traceWriter // nil: none

	mu    sync.Mutex
	ring  []Call // slot of call n is (n-1) % cap
	size  int
	total int
}

// NewRecorder makes a recorder over next; nil is http.DefaultTransport.
func NewRecorder(next http.RoundTripper, o RecorderOptions) *Recorder {
	r := &Recorder{next: next, clock: o.Clock, size: o.Size}
	if r.next == nil {
		r.next = http.DefaultTransport
	}
	if r.clock == nil {
		r.clock = time.Now
	}
	if r.size <= 0 {
		r.size = recorderSize
	}
	if o.Trace != nil {
		r.trace = &traceWriter{out: o.Trace}
	}
	return r
}

// RoundTrip implements http.RoundTripper.
func (r *Recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	started := r.clock()
	res, err := r.next.RoundTrip(req)
	call := Call{
		At: started, Method: req.Method, Host: req.URL.Host, Path: shownPath(req.URL),
		Duration: r.clock().Sub(started), RateRemaining: -1,
	}
	if call.Method == "" {
		call.Method = http.MethodGet
	}
	if err != nil {
		call.Err = errorWord(err)
		call = r.add(call)
		r.trace.write(call, req, nil, nil)
		return res, err
	}
	call.Status = res.StatusCode
	call.TrackingID = trackingID(res.Header)
	call.RateCategory = shortHeader(res.Header, "X-Ratelimit-Category")
	if n, err := strconv.Atoi(shortHeader(res.Header, "X-Ratelimit-Remaining")); err == nil && n >= 0 {
		call.RateRemaining = n
	}
	call = r.add(call)
	res.Body = &watchedBody{ReadCloser: res.Body, done: func(b *watchedBody) { r.finish(call, req, res, b) }}
	return res, nil
}

// finish completes a call when its body has been read or closed.
func (r *Recorder) finish(call Call, req *http.Request, res *http.Response, b *watchedBody) {
	call.Duration, call.Bytes = r.clock().Sub(call.At), b.bytes
	if call.Status >= 400 {
		call.ZoomCode = codeIn(b.prefix)
	}
	if b.err != nil {
		call.Err = errorWord(b.err)
	}
	r.update(call)
	r.trace.write(call, req, res, b.prefix)
}

func (r *Recorder) add(call Call) Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total++
	call.Seq = r.total
	if len(r.ring) < r.size {
		r.ring = append(r.ring, call)
	} else {
		r.ring[(call.Seq-1)%r.size] = call
	}
	return call
}

func (r *Recorder) update(call Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if slot := &r.ring[(call.Seq-1)%r.size]; slot.Seq == call.Seq { // else it was pushed out meanwhile
		*slot = call
	}
}

// Calls gives the remembered calls, the oldest first.
func (r *Recorder) Calls() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.ring) < r.size {
		return slices.Clone(r.ring)
	}
	head := r.total % r.size
	return slices.Concat(r.ring[head:], r.ring[:head])
}

// Total is the number of calls ever seen; a change of it means there are new ones.
func (r *Recorder) Total() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.total
}

// watchedBody looks at a body while the caller reads it.
type watchedBody struct {
	io.ReadCloser
	done   func(*watchedBody) // called once, at the end or at Close
	once   sync.Once
	mu     sync.Mutex // Close may come while another goroutine reads
	prefix []byte
	bytes  int64
	err    error
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.mu.Lock()
	b.bytes += int64(n)
	if room := prefixSize - len(b.prefix); room > 0 {
		b.prefix = append(b.prefix, p[:min(n, room)]...)
	}
	b.mu.Unlock()
	if err != nil {
		b.end(err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	err := b.ReadCloser.Close()
	b.end(nil)
	return err
}

func (b *watchedBody) end(err error) {
	b.once.Do(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if !errors.Is(err, io.EOF) {
			b.err = err
		}
		b.done(b)
	})
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

func shortHeader(h http.Header, name string) string { return cutBytes(h.Get(name), 40) }

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
