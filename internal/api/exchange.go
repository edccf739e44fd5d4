package api

import (
	"context"
	"net/http"
	"strings"
)

// maxHeaderValue bounds one value of a header that is kept, in bytes.
const maxHeaderValue = 8 << 10

// Exchange is all that is kept of one call, secrets hidden. Its slices and maps
// are shared and must not be changed.
type Exchange struct {
	Call
	URL           string      // whole; of the query, the values of secret names are hidden
	RequestHeader http.Header // as sent, credentials hidden
	RequestBody   []byte      // secrets hidden; nil: none, or not kept
	RequestNote   string      // why there is no RequestBody though one was sent; empty: it is whole
	Proto         string      // of the answer, e.g. HTTP/2.0; empty: none came
	Header        http.Header // of the answer, cookies hidden
	Body          []byte      // of the answer, secrets hidden; nil: none, or not kept
	BodyNote      string      // why there is no Body, or not all of it; empty: it is whole
}

// details is what an exchange knows beyond its call.
type details struct {
	url           string
	requestHeader http.Header
	request       keptBody
	proto         string
	header        http.Header
	body          keptBody
}

// The reasons why a body is not there.
const (
	noteReading = "The answer is still being read."
	noteNoneYet = "No answer came."
	notePushed  = "No longer kept: newer answers took its place."
	noteStream  = "It was sent as a stream, and a stream is not kept."
	noteOff     = "Bodies are not kept here."
)

// Exchange gives one remembered call by its number. Headers and bodies are there
// from the call of [Recorder.KeepBodies] on.
func (r *Recorder) Exchange(seq int) (Exchange, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if seq < 1 || seq > r.total || seq <= r.total-len(r.ring) {
		return Exchange{}, false
	}
	entry := r.ring[(seq-1)%r.size]
	e := Exchange{Call: entry.call, BodyNote: noteOff, RequestNote: noteOff}
	if d := entry.more; d != nil {
		e.URL, e.RequestHeader, e.Proto, e.Header = d.url, d.requestHeader, d.proto, d.header
		e.RequestBody, e.RequestNote = d.request.text, d.request.note
		e.Body, e.BodyNote = d.body.text, d.body.note
	}
	return e, true
}

// sentDetails is what an exchange knows before it is sent; nil when nothing is
// to be kept.
func (r *Recorder) sentDetails(req *http.Request) *details {
	r.mu.Lock()
	budget := r.bodies.budget
	r.mu.Unlock()
	if budget <= 0 {
		return nil
	}
	d := &details{url: shownURL(req.URL), requestHeader: shownHeader(req.Header)}
	d.request = sentBody(req, budget)
	d.body.note = noteNoneYet
	return d
}

// answered takes the head of an answer in.
func (d *details) answered(res *http.Response) {
	if d != nil {
		d.proto, d.header, d.body.note = res.Proto, shownHeader(res.Header), noteReading
	}
}

// shownHeader is a copy in which credentials keep their scheme only. It hides
// before it cuts: of a secret that is cut off, too little is left to tell it by.
func shownHeader(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		shown := make([]string, len(values))
		for i, value := range values {
			if shown[i] = hidden; !carriesSecret(name) {
				shown[i] = cutBytes(hideSecrets(value), maxHeaderValue)
			} else if scheme, _, ok := strings.Cut(value, " "); ok && isScheme(strings.ToLower(scheme)) {
				shown[i] = scheme + " " + hidden
			}
		}
		out[hideSecrets(name)] = shown
	}
	return out
}

// seqKey is the key of WithSeq in a context.
type seqKey struct{}

// WithSeq makes the recorder tell the number of each call that is made with the
// context, in the goroutine of the call, when its answer begins or it has
// failed. A call that is sent again has a number for each time.
func WithSeq(ctx context.Context, told func(seq int)) context.Context {
	return context.WithValue(ctx, seqKey{}, told)
}

func tellSeq(ctx context.Context, seq int) {
	if told, ok := ctx.Value(seqKey{}).(func(int)); ok {
		told(seq)
	}
}
