package api

import (
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

const recorderSize = 200 // calls that are kept unless told otherwise

// Call is one request as the recorder saw it. It holds no secret: the values
// of the query are hidden but for a few harmless ones, and no header and no
// body is kept.
type Call struct {
	Seq           int // counts from 1
	At            time.Time
	Method        string
	Host          string
	Path          string        // with the query, values hidden: /v2/users/me/meetings?page_size=300
	Step          string        // of OAuth: "code exchange", "refresh", "account credentials", "client credentials", "device code", "device poll", "revoke"; "" for the API
	OtherToken    bool          // made with another token than the profile's, see [WithOtherToken]
	Status        int           // 0 when no answer came
	ZoomCode      int           // Zoom's number in the body of an error
	Duration      time.Duration // to the end of the body; to its begin while it is being read
	Wait          time.Duration // to the head of the answer, or to the failure
	Reading       bool          // the body has not come to its end, and nobody has closed it
	TrackingID    string        // header x-zm-trackingid; foreign text
	RateCategory  string        // header X-RateLimit-Category, e.g. Light; "" when not told
	RateType      string        // header X-RateLimit-Type, QPS or Daily-limit; "" when not told
	RateLimit     int           // header X-RateLimit-Limit; -1 when not told
	RateRemaining int           // header X-RateLimit-Remaining; -1 when not told
	RetryAfter    string        // header Retry-After as it came, foreign text; "" when not told
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
// untouched: they are looked at as the caller reads them. It is safe for
// concurrent use.
type Recorder struct {
	next  http.RoundTripper
	clock func() time.Time
	trace *traceWriter // nil: none

	mu      sync.Mutex
	ring    []record // slot of call n is (n-1) % cap
	size    int
	total   int
	changes int
	bodies  bodyStore
}

// record is what is kept of one call.
type record struct {
	call Call
	more *details // nil unless bodies are kept
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
	call, more := sentCall(req), r.sentDetails(req)
	call.At = r.clock()
	res, err := r.next.RoundTrip(req)
	call.Wait = r.clock().Sub(call.At)
	call.Duration = call.Wait
	if err != nil {
		call.Err = errorWord(err)
		call = r.add(call, more)
		r.trace.write(call, req, nil, nil)
		tellSeq(req.Context(), call.Seq)
		return res, err
	}
	call.answered(res)
	more.answered(res)
	call = r.add(call, more)
	watched := &watchedBody{ReadCloser: res.Body, intake: r.newIntake(more, res)}
	watched.done = func(b *watchedBody) { r.finish(call, req, res, b) }
	res.Body = watched
	tellSeq(req.Context(), call.Seq)
	return res, nil
}

// finish completes a call when its body has been read or closed.
func (r *Recorder) finish(call Call, req *http.Request, res *http.Response, b *watchedBody) {
	call.Duration, call.Bytes, call.Reading = r.clock().Sub(call.At), b.bytes, false
	if call.Status >= 400 {
		call.ZoomCode = codeIn(b.prefix)
	}
	if b.err != nil {
		call.Err = errorWord(b.err)
	}
	kept := b.intake.close(b.whole(res.ContentLength), b.bytes)
	r.update(call, kept)
	r.trace.write(call, req, res, b.prefix)
}

func (r *Recorder) add(call Call, more *details) Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total++
	r.changes++
	call.Seq = r.total
	entry := record{call: call, more: more}
	if len(r.ring) < r.size {
		r.ring = append(r.ring, entry)
	} else {
		slot := &r.ring[(call.Seq-1)%r.size]
		r.bodies.drop(slot.more)
		*slot = entry
	}
	r.bodies.keep(more)
	return call
}

// update replaces a call by its complete form and takes its body in.
func (r *Recorder) update(call Call, body keptBody) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies.coming -= body.came
	slot := &r.ring[(call.Seq-1)%r.size]
	if slot.call.Seq != call.Seq {
		return // it was pushed out meanwhile
	}
	r.changes++
	slot.call = call
	if slot.more != nil {
		r.bodies.drop(slot.more)
		slot.more.body = body
		r.bodies.keep(slot.more)
	}
}

// Calls gives the remembered calls, the oldest first.
func (r *Recorder) Calls() []Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	head := 0
	if len(r.ring) == r.size {
		head = r.total % r.size
	}
	out := make([]Call, 0, len(r.ring))
	for _, entry := range slices.Concat(r.ring[head:], r.ring[:head]) {
		out = append(out, entry.call)
	}
	return out
}

// Total is the number of calls ever seen; a change of it means there are new ones.
func (r *Recorder) Total() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.total
}

// Changes is another number whenever [Recorder.Calls] would answer otherwise: a
// call came, or one got its end. It says nothing else.
func (r *Recorder) Changes() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changes
}
