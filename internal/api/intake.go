package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// intake takes one body in as it is read: its secrets are hidden at once. Held as
// it came is only what is not decided about: 64 KiB at most of JSON, some kilobytes
// of another text, or a secret of one that has not come to its end. A nil intake
// takes nothing.
type intake struct {
	limit  int64             // bytes that may be kept
	grew   func(bytes int64) // told as the body grows; nil: nobody is
	told   int64
	veil   *veil  // nil when the body was too big, or has been closed
	binary string // why it is not text; empty: it is
	tooBig bool
}

// growStep is how many bytes come in before the store is told.
const growStep = 256 << 10

// newIntake takes in the body of an answer; nil when it is not to be kept.
func (r *Recorder) newIntake(more *details, res *http.Response) *intake {
	if more == nil {
		return nil
	}
	r.mu.Lock()
	limit := r.bodies.budget
	r.mu.Unlock()
	grew := func(n int64) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.bodies.coming += n
		r.bodies.shrink()
	}
	return &intake{limit: limit, grew: grew, veil: newVeil(limit), binary: binaryKind(res.Header)}
}

// sentBody takes in the body of a request from a copy of it.
func sentBody(req *http.Request, limit int64) keptBody {
	if req.Body == nil || req.Body == http.NoBody {
		return keptBody{}
	}
	if req.GetBody == nil {
		return keptBody{note: noteStream}
	}
	body, err := req.GetBody()
	if err != nil {
		return keptBody{note: noteStream}
	}
	defer body.Close()
	in := &intake{limit: limit, veil: newVeil(limit), binary: binaryKind(req.Header)}
	buf := make([]byte, 4<<10)
	var size int64
	for {
		n, err := body.Read(buf)
		in.write(buf[:n])
		size += int64(n)
		if err != nil {
			return in.close(errors.Is(err, io.EOF), size)
		}
	}
}

// write takes some bytes in. They are not kept as they are. What comes after close,
// by a Read that was under way, is not taken.
func (in *intake) write(p []byte) {
	if in == nil || in.binary != "" || in.veil == nil || len(p) == 0 {
		return
	}
	if in.veil.empty() && bytes.IndexByte(p[:min(len(p), 512)], 0) >= 0 {
		in.binary = "binary data"
		return
	}
	in.veil.write(p)
	if size := in.veil.size(); size > in.limit {
		in.tooBig, in.veil = true, nil
	} else if in.grew != nil && size-in.told >= growStep {
		in.grew(size - in.told)
		in.told = size
	}
}

// close gives what is kept of a body of so many bytes; whole says whether all of
// it was read.
func (in *intake) close(whole bool, size int64) keptBody {
	if in == nil {
		return keptBody{}
	}
	out := keptBody{came: in.told}
	if !in.tooBig {
		out.text = in.veil.close()
	}
	in.veil = nil
	switch {
	case in.binary != "":
		out.note = fmt.Sprintf("Not kept: %d bytes of %s.", size, in.binary)
	case in.tooBig, int64(len(out.text)) > in.limit:
		out.text, out.note = nil, fmt.Sprintf("Not kept: its %s are more than the %s that are kept in all.", sizeWords(size), sizeWords(in.limit))
	case !whole:
		out.note = fmt.Sprintf("Not whole: the reading ended after %d bytes.", size)
	}
	return out
}

// sizeWords gives a size for reading.
func sizeWords(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprint(bytes, " bytes")
	}
	return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
}

// binaryKind names a kind of content that is no text, by the head; empty: it may
// be text.
func binaryKind(h http.Header) string {
	if coding := strings.ToLower(h.Get("Content-Encoding")); coding != "" && coding != "identity" {
		return "data compressed by " + cutBytes(coding, 40)
	}
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	family, _, _ := strings.Cut(kind, "/")
	switch {
	case family == "image", family == "audio", family == "video", family == "font":
		return cutBytes(kind, 60)
	case kind == "application/pdf", kind == "application/zip", kind == "application/gzip", kind == "application/octet-stream", kind == "multipart/form-data":
		return cutBytes(kind, 60)
	}
	return ""
}
