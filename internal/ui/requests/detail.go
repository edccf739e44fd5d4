package requests

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// The two sides of a call.
const (
	answerSide = iota
	requestSide
)

// detail is one call with headers and bodies.
type detail struct {
	x        Exchange
	problem  *explain.Problem // what is wrong with the answer; nil: nothing
	bodies   [2]*content      // by side
	filtered *content         // of the answer, by the filter of the line; nil: there was none
	filter   string           // its expression
	whole    bool             // the answer is shown though there is a filter
	at       int              // the side that takes the keys
	headers  bool             // all headers are shown instead of the bodies
	heads    [2]kit.Pager     // of the headers
	steps    bool             // what is wrong is shown whole, and nothing else
	said     kit.Pager        // of that
	more     bool             // there was no room for all of it in the newest frame
}

// newDetail makes a call ready to be drawn. It is slow where a body is large.
func newDetail(x Exchange) *detail {
	d := &detail{x: x}
	if x.Err != nil {
		p := ofThisCall(explain.Of(x.Err))
		d.problem = &p
	}
	d.bodies[requestSide] = newContent(x.RequestBody, x.RequestNote)
	d.bodies[answerSide] = newContent(x.Body, x.BodyNote)
	return d
}

// ofThisCall takes the keys from steps that mean another call: what is sent again here
// is this very one, and Zoom would refuse it again.
func ofThisCall(p explain.Problem) explain.Problem {
	p.Next = slices.Clone(p.Next)
	for i, step := range p.Next {
		if step.Action == explain.ActionRetry && !strings.HasPrefix(step.Text, "Try again") {
			p.Next[i].Action = explain.ActionNone
		}
	}
	return p
}

// body is what a side shows as its body.
func (d *detail) body(side int) *content {
	if side == answerSide && d.filtered != nil && !d.whole {
		return d.filtered
	}
	return d.bodies[side]
}

func (d *detail) typing() bool { return !d.headers && !d.steps && d.body(d.at).typing() }

// hear hands the bodies what is no key: what their searches bring back.
func (d *detail) hear(msg tea.Msg, c kit.Context) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		if b := d.body(d.at); d.typing() {
			cmd, _ := b.view.Update(paste, c)
			return cmd
		}
		return nil
	}
	var cmds []tea.Cmd
	for _, b := range []*content{d.bodies[answerSide], d.bodies[requestSide], d.filtered} {
		if b != nil && b.view != nil {
			cmd, _ := b.view.Update(msg, c)
			cmds = append(cmds, cmd)
		}
	}
	return tea.Batch(cmds...)
}

// scroll gives a key to the side that takes them.
func (d *detail) scroll(msg tea.KeyPressMsg, c kit.Context) (tea.Cmd, bool) {
	switch {
	case d.steps:
		return nil, d.said.Key(msg, c.Keys)
	case d.headers:
		return nil, d.heads[d.at].Key(msg, c.Keys)
	}
	return d.body(d.at).key(msg, c)
}

// callKey handles a key while a call is in front.
func (m *Model) callKey(msg tea.KeyPressMsg, c kit.Context) tea.Cmd {
	d, k := m.call, m.keys
	if d.typing() {
		cmd, _ := d.scroll(msg, c)
		return cmd
	}
	if b := d.body(d.at); b.view != nil && !key.Matches(msg, c.Keys.Back) {
		b.view.Settle()
	}
	switch {
	case key.Matches(msg, k.Other):
		d.at, d.steps = 1-d.at, false
		return nil
	case key.Matches(msg, k.Headers):
		d.headers, d.steps = !d.headers || d.steps, false
		return nil
	case key.Matches(msg, k.Steps) && d.problem != nil:
		d.at, d.steps = answerSide, !d.steps
		return nil
	case key.Matches(msg, k.Unfiltered) && d.filtered != nil:
		d.whole = !d.whole
		return nil
	case key.Matches(msg, k.Curl):
		return m.copyCurl(d.x.Seq)
	case key.Matches(msg, k.Verdict):
		return m.examine(d.x.Seq)
	case key.Matches(msg, k.Export):
		return m.export()
	case key.Matches(msg, k.Replay):
		return m.replay()
	case key.Matches(msg, k.Console):
		return m.openLine(c)
	}
	if cmd, done := d.scroll(msg, c); done {
		return cmd
	}
	if key.Matches(msg, c.Keys.Back) {
		if d.headers || d.steps {
			d.headers, d.steps = d.headers && d.steps, false
			return nil
		}
		m.call = nil
		return m.look()
	}
	return nil
}

// replay makes a GET once more, as it was.
func (m *Model) replay() tea.Cmd {
	if r, ok := m.again(); ok {
		return m.send(r, nil)
	}
	return kit.Ask(kit.Notify{Text: m.call.x.NotAgain})
}

// again is the call in front as it can be made once more. Of the console's own the
// whole address is known.
func (m *Model) again() (Request, bool) {
	x := m.call.x
	if r, ok := m.memory.made[x.Seq]; ok && r.Method == "GET" {
		return r, true
	}
	return Request{Method: "GET", Path: x.Again}, x.Again != ""
}

func (m *Model) callBindings(keys kit.Keys) []key.Binding {
	d, k := m.call, m.keys
	if d.typing() {
		return d.body(d.at).view.Bindings(keys)
	}
	other := named(k.Other, "the request")
	if d.at == requestSide {
		other = named(k.Other, "the answer")
	}
	headers := k.Headers
	if d.headers && !d.steps {
		headers = named(k.Headers, "the bodies")
	}
	out := []key.Binding{other}
	if d.more || d.steps {
		out = append(out, d.stepsBinding(k))
	}
	if d.x.Step == "" {
		out = append(out, k.Verdict)
	}
	out = append(out, k.Curl)
	_, again := m.again()
	if again {
		out = append(out, k.Replay)
	}
	out = append(out, headers)
	if d.problem != nil && !d.more && !d.steps {
		out = append(out, d.stepsBinding(k))
	}
	if d.filtered != nil {
		words := "whole answer"
		if d.whole {
			words = "filtered answer"
		}
		out = append(out, named(k.Unfiltered, words))
	}
	out = append(out, named(keys.Back, "all calls"))
	out = append(append(out, d.scrollBindings(keys)...), k.Console, k.Export)
	if !again { // the key says why
		out = append(out, named(k.Replay, "why not again"))
	}
	return out
}

func (d *detail) stepsBinding(k kit.RequestKeys) key.Binding {
	if d.steps {
		return named(k.Steps, "the answer")
	}
	return k.Steps
}

// scrollBindings are the keys of what is in front.
func (d *detail) scrollBindings(keys kit.Keys) []key.Binding {
	b := d.body(d.at)
	switch {
	case d.steps:
		return d.said.Bindings(keys)
	case d.headers:
		return d.heads[d.at].Bindings(keys)
	case b.view != nil:
		return b.view.Bindings(keys)
	default:
		return b.pager.Bindings(keys)
	}
}

// pathOnly is a path without its query.
func pathOnly(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}
