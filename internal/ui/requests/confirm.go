package requests

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// edited is what the person's editor has left.
type edited struct {
	asked int
	body  []byte
	err   error
}

// emptyBody is what the editor begins with where there is nothing to begin with.
// Which fields a call takes is not known, and JSON has no place for a remark.
const emptyBody = "{\n  \n}\n"

// edit hands a body to the person's editor.
func (m *Model) edit(body []byte) tea.Cmd {
	m.asked++
	m.line.stage, m.line.body = editing, body
	if len(body) == 0 {
		body = []byte(emptyBody)
	}
	asked := m.asked
	return m.traffic.Edit(m.ctx, body, func(text []byte, err error) tea.Msg {
		return edited{asked: asked, body: text, err: err}
	})
}

// onEdited goes on with the body; without one nothing is sent, as git does with an
// empty message.
func (m *Model) onEdited(msg edited) tea.Cmd {
	l := m.line
	if msg.asked != m.asked || l == nil {
		return nil
	}
	body, fault := l.body, "" // an editor that fails leaves it as it was
	if msg.err != nil {
		fault = editFault(msg.err)
	} else if body = bytes.TrimSpace(msg.body); bytes.Equal(body, bytes.TrimSpace([]byte(emptyBody))) {
		body = nil
	}
	if len(body) == 0 {
		l.stage, l.body, l.bodyWrong = unwritten, nil, fault
		return nil
	}
	cmd := m.prepare(body)
	l.bodyWrong = strings.TrimSpace(fault + " " + l.bodyWrong)
	return cmd
}

// editFault says why there is no new body.
func editFault(err error) string {
	text := explain.Of(err).Facts.Cause
	if text == "" {
		text = err.Error()
	}
	return "The body could not be edited: " + strings.TrimSuffix(text, ".") + "."
}

// bodyFault says why a body cannot be sent; empty: it can.
func bodyFault(body []byte) string {
	if len(body) == 0 {
		return ""
	}
	var whole json.RawMessage
	err := json.Unmarshal(body, &whole)
	if err == nil {
		return ""
	}
	if at, ok := errors.AsType[*json.SyntaxError](err); ok {
		return "The body is not valid JSON, at " + lineOf(body, int(at.Offset)) + ": " + kit.CleanText(at.Error()) + "."
	}
	return "The body is not valid JSON: " + kit.CleanText(err.Error()) + "."
}

func (m *Model) onPreview(msg previewed) {
	l := m.line
	if msg.asked != m.asked || l == nil {
		return
	}
	if msg.err != nil {
		p := explain.Of(msg.err)
		m.backToLine()
		l.problem = &p
		return
	}
	l.stage, l.preview, l.pager = confirming, msg.preview, kit.Pager{}
}

// confirmKey handles a key while a yes is waited for.
func (m *Model) confirmKey(msg tea.KeyPressMsg, c kit.Context) tea.Cmd {
	l, k := m.line, m.keys
	switch {
	case key.Matches(msg, c.Keys.Back):
		m.backToLine()
		return nil
	case key.Matches(msg, k.Edit):
		return m.edit(l.body)
	case key.Matches(msg, k.Send) && l.sendable():
		d := l.draft
		m.memory.bodies[d.method+" "+d.template] = l.body
		return m.send(Request{Method: d.method, Path: d.path, Body: l.body}, d.filter)
	}
	l.pager.Key(msg, c.Keys)
	return nil
}

// unwrittenKey handles a key while there is no body to send.
func (m *Model) unwrittenKey(msg tea.KeyPressMsg, c kit.Context) tea.Cmd {
	switch {
	case key.Matches(msg, c.Keys.Back):
		m.backToLine()
	case key.Matches(msg, m.keys.Edit):
		return m.edit(nil)
	case key.Matches(msg, m.keys.Bare):
		return m.prepare(nil)
	}
	return nil
}

// unwrittenView says that nothing is sent, and how one goes on.
func (m *Model) unwrittenView(c kit.Context, w, h int) kit.Frame {
	l, s, d := m.line, c.Styles, m.line.draft
	call := d.method + " " + d.path
	why := "No body was written, so nothing is sent."
	sections := []kit.Section{{Lines: kit.Warning(s, why, w)}}
	if l.bodyWrong != "" {
		sections = []kit.Section{{Lines: kit.Warning(s, l.bodyWrong+" Nothing is sent.", w)}}
	}
	hint := `Fields are written as in {"topic": "Review"}, or in the line: ` + call + ` -f topic=Review`
	sections = append(sections,
		kit.Section{Lines: kit.Indented(kit.CleanText(call), 3, w), Drop: 1}, kit.Blank(3),
		kit.Section{Lines: kit.IndentedDim(s, kit.CleanText(hint), 3, w), Drop: 2}, kit.Blank(3),
		kit.Section{Lines: hintLines([]string{kit.Hint(s, m.keys.Edit), kit.Hint(s, m.keys.Bare), kit.HintAs(s, c.Keys.Back, "back to the line")}, w)})
	return kit.Frame{Lines: kit.Stack(sections, h)}
}

// hintLines puts hints into as few lines as w cells allow.
func hintLines(hints []string, w int) []string {
	lines := []string{" " + hints[0]}
	for _, hint := range hints[1:] {
		if last := lines[len(lines)-1]; kit.Width(last)+3+kit.Width(hint) < w {
			lines[len(lines)-1] = last + "   " + hint
			continue
		}
		lines = append(lines, " "+hint)
	}
	return lines
}

// sendable says whether the body at hand may go out: an editor that failed is told,
// and hinders nothing.
func (l *console) sendable() bool { return bodyFault(l.body) == "" }

// confirmView draws exactly what would be sent: what matters most first, as the
// window may be small.
func (m *Model) confirmView(c kit.Context, w, h int) kit.Frame {
	l, s := m.line, c.Styles
	title, remark := " "+s.Strong.Render("Send this to Zoom?"), "  It may change something there."
	if kit.Width(title+remark) < w {
		title += s.Dim.Render(remark)
	}
	lines := []string{title}
	if h >= 12 {
		lines = append(lines, "")
	}
	for i, part := range kit.Chop(l.preview.Method+" "+kit.CleanText(l.preview.URL), w-2) {
		if i == 0 {
			part = s.Warn.Render(l.preview.Method) + strings.TrimPrefix(part, l.preview.Method)
		}
		lines = append(lines, " "+part)
	}
	if len(l.preview.Body) == 0 {
		lines = append(lines, " "+s.Dim.Render("without a body"))
	}
	lines = append(lines, brokenLines(textLines(l.preview.Body), w)...)
	if left := len(l.preview.Body) - shownText; left > 0 {
		lines = append(lines, " "+s.Warn.Render("… and "+size(int64(left))+" more, which are not shown"))
	}
	lines = append(lines, "")
	for _, f := range l.preview.Header {
		lines = append(lines, " "+s.Dim.Render(kit.Cut(kit.CleanText(f.Name+": "+f.Value), w-2)))
	}
	foot := m.confirmFoot(c, w)
	if h < 12 {
		foot = foot[:len(foot)-1] // the keys stand below, too
	}
	room := max(h-len(foot), 1)
	return kit.Frame{Lines: append(kit.Block(l.pager.View(c, lines, room), w, room), foot...)}
}

// confirmFoot is what is wrong with the body, and the keys.
func (m *Model) confirmFoot(c kit.Context, w int) []string {
	var foot []string
	if m.line.bodyWrong != "" {
		foot = append(foot, kit.Warning(c.Styles, m.line.bodyWrong, w)...)
	}
	hints := []string{kit.Hint(c.Styles, m.keys.Edit), kit.HintAs(c.Styles, c.Keys.Back, "back to the line")}
	if m.line.sendable() {
		hints = append([]string{kit.Hint(c.Styles, m.keys.Send)}, hints...)
	}
	return append(foot, " "+strings.Join(hints, "   "))
}
