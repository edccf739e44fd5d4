package requests

import (
	"bytes"
	"context"
	"errors"
	"time"

	"zoomtui/internal/jq"
)

// lineFilter is what the answer of a line goes through.
type lineFilter struct {
	text    string
	program *jq.Filter
}

// The bounds of a filter: a document takes ten times its size while it is filtered.
const (
	filterTime = 10 * time.Second
	filterSize = 16 << 20 // bytes, of the answer and of the results
)

var errManyResults = errors.New("the filter makes more than 16 MiB")

// apply runs the filter over an answer.
func (f *lineFilter) apply(ctx context.Context, x Exchange) *content {
	switch {
	case len(x.Body) == 0:
		return newContent(nil, x.BodyNote)
	case len(x.Body) > filterSize:
		return newContent(nil, "The answer has "+size(int64(len(x.Body)))+", and more than 16 MB are not filtered here: zoomtui api does that.")
	}
	ctx, done := context.WithTimeout(ctx, filterTime)
	defer done()
	var all results
	err := f.program.Run(ctx, bytes.NewReader(x.Body), all.add)
	return all.content(filterNote(err))
}

// results are what a filter makes of an answer, as a JSON list without its end: a
// tree shows any number of them, where lines would have to be laid out at once.
type results struct {
	list []byte
	n    int
}

func (r *results) add(result []byte) error {
	if len(r.list)+1+len(result) > filterSize {
		return errManyResults
	}
	between := byte(',')
	if r.n == 0 {
		between = '['
	}
	r.list = append(append(r.list, between), result...)
	r.n++
	return nil
}

// content is one result as it is, several as a list.
func (r *results) content(note string) *content {
	var out *content
	switch {
	case r.n == 0 && note == "":
		return newContent(nil, "The filter has no result.")
	case r.n < 2:
		out = newContent(r.list[min(len(r.list), 1):], note)
	default:
		out = newContent(append(r.list, ']'), note)
	}
	out.results = r.n
	return out
}

// filterNote says why a filter gave up.
func filterNote(err error) string {
	switch eval, failed := errors.AsType[*jq.EvalError](err); {
	case err == nil:
		return ""
	case failed:
		return "The filter does not fit this answer: " + eval.What + "."
	case errors.Is(err, context.DeadlineExceeded):
		return "The filter was stopped after 10 s."
	case errors.Is(err, errManyResults):
		return "The filter makes more than 16 MB; this is the begin."
	case errors.Is(err, jq.ErrInput):
		return "The answer is no JSON, so the filter cannot be used."
	default:
		return "The filter was stopped: " + err.Error() + "."
	}
}
