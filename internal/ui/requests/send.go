package requests

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/jq"
	"zoomtui/internal/ui/kit"
)

// running is a call under way.
type running struct {
	label   string
	writing bool // it may change something at Zoom
	cancel  context.CancelFunc
}

func (r *running) view(c kit.Context, w int) string {
	return kit.Spread(" "+c.Styles.Accent.Render("●")+" Waiting for Zoom: "+kit.CleanText(r.label), kit.HintAs(c.Styles, c.Keys.Back, "cancel"), w-1)
}

// sent is what became of a call of the person's own.
type sent struct {
	asked   int
	request Request
	call    *detail // nil: there is no answer
	err     error
}

// lineFilter is what the answer of a line goes through.
type lineFilter struct {
	text    string
	program *jq.Filter
}

// largeBody is from how many bytes on a body is not held while another one comes.
const largeBody = 8 << 20

// send makes a call. Its answer is read and looked through in the command; filter
// may be nil.
func (m *Model) send(r Request, filter *lineFilter) tea.Cmd {
	m.asked++
	asked, traffic := m.asked, m.traffic
	ctx, cancel := context.WithCancel(m.ctx)
	m.running = &running{label: r.Method + " " + r.Path, writing: writes(r.Method), cancel: cancel}
	if m.call != nil && len(m.call.x.Body) > largeBody {
		m.call = nil // two of this size at once would be too much memory
	}
	return func() tea.Msg {
		defer cancel()
		seq, err := traffic.Send(ctx, r)
		msg := sent{asked: asked, request: r, err: err}
		if x, ok := traffic.Exchange(seq); seq != 0 && ok {
			x.Err = err // it knows more than what is left of the call
			msg.call = newDetail(x)
			if filter != nil && err == nil {
				msg.call.filter = filter.text
				msg.call.filtered = filter.apply(ctx, x)
			}
		}
		return msg
	}
}

// writes says whether a method may change something.
func writes(method string) bool { return method != "GET" && method != "HEAD" }

// cancel gives a call up.
func (m *Model) cancel() {
	m.asked++
	m.running.cancel()
	if m.line != nil {
		m.line.stage = writing
		m.line.wrong = "Cancelled."
		if m.running.writing {
			m.line.wrong = "Cancelled, but Zoom may have done it all the same: look before you send it again."
		}
	}
	m.running = nil
}

func (m *Model) onSent(msg sent) tea.Cmd {
	if msg.asked != m.asked {
		return m.look()
	}
	m.running = nil
	if msg.call == nil {
		return tea.Batch(m.look(), m.failed(msg.err))
	}
	m.memory.made[msg.call.x.Seq] = Request{Method: msg.request.Method, Path: msg.request.Path}
	m.line, m.call = nil, msg.call
	m.list.MoveTo(0) // where it is, in the timeline
	return m.look()
}

// failed tells of a call that got no answer.
func (m *Model) failed(err error) tea.Cmd {
	if err == nil {
		err = errors.New("the answer was not kept")
	}
	p := explain.Of(err)
	if m.line != nil {
		m.line.stage, m.line.problem = writing, &p
		return nil
	}
	return kit.Ask(kit.Notify{Text: kit.Words(p)})
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
	var results [][]byte
	total := 0
	err := f.program.Run(ctx, bytes.NewReader(x.Body), func(result []byte) error {
		if total += len(result); total > filterSize {
			return errManyResults
		}
		results = append(results, slices.Clone(result))
		return nil
	})
	return filteredContent(results, filterNote(err))
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
