package requests

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
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

// Interrupt gives a call under way up, as ctrl-c does elsewhere; false: there is none.
func (m *Model) Interrupt() bool {
	if m.running == nil {
		return false
	}
	m.cancel()
	return true
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
