package requests

import (
	"strconv"
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// wideCall is the width from which request and answer stand side by side.
const wideCall = 110

// callView draws one call.
func (m *Model) callView(st *state.State, c kit.Context, w, h int) kit.Frame {
	d, s := m.call, c.Styles
	call := d.x.Call
	if _, path, ok := strings.Cut(d.x.URL, call.Host); ok && call.Step == "" {
		call.Path = path // with what the row has to hide
	}
	mark := " "
	if call.Bad() {
		mark = s.Warn.Render("✗")
	}
	clock := "15:04:05 "
	if w < narrowRow {
		clock = "15:04"
	}
	left := " " + mark + " " + call.At.In(st.Loc).Format(clock) + " " + s.Strong.Render(call.Method) + " " + what(s, call)
	right := strings.TrimSpace(status(call) + " " + code(call))
	if call.Bad() {
		right = s.Warn.Render(right)
	}
	right += "  " + took(call.Took)
	if text := rate(call); text != "" && w >= 80 {
		right += "  " + s.Dim.Render(text)
	}
	lines := []string{kit.Spread(left, right, w-1)}
	if call.OtherToken {
		lines = append(lines, kit.IndentedDim(s, "Made with the token that was pasted for comparison; it says nothing about yours.", 1, w)...)
	}
	room := h - len(lines)
	all := pane{Context: c, steps: m.stepKeys(c), w: w, h: room - 1}
	if w >= wideCall {
		return d.beside(all, lines)
	}
	return under(append(lines, d.sideLine(c, w)), d.side(all, d.at))
}

// pane is a place for one side, and what it is drawn with.
type pane struct {
	kit.Context
	steps kit.StepKeys
	w, h  int
}

// beside draws both sides below some lines.
func (d *detail) beside(all pane, lines []string) kit.Frame {
	left, right := all, all
	left.w = all.w * 2 / 5
	right.w = all.w - left.w - 2
	request, answer := d.side(left, requestSide), d.side(right, answerSide)
	lines = append(lines, kit.Beside([]string{d.heading(all.Context, requestSide)}, []string{d.heading(all.Context, answerSide)}, left.w, all.w)...)
	f := kit.Frame{Lines: kit.Beside(request.Lines, answer.Lines, left.w, all.w), Cursor: request.Cursor}
	if d.at == answerSide {
		if f.Cursor = answer.Cursor; f.Cursor != nil {
			f.Cursor.X += left.w + 2
		}
	}
	return under(lines, f)
}

// under puts a frame below some lines.
func under(lines []string, f kit.Frame) kit.Frame {
	if f.Cursor != nil {
		f.Cursor.Y += len(lines)
	}
	return kit.Frame{Lines: append(lines, f.Lines...), Cursor: f.Cursor}
}

// heading names a side; the one that takes the keys is marked in shape, too.
func (d *detail) heading(c kit.Context, side int) string {
	name, n := "Answer", d.x.Bytes
	if side == requestSide {
		name, n = "Request", int64(len(d.x.RequestBody))
	}
	text := c.Styles.Dim.Render(name)
	if side == d.at {
		text = c.Styles.Accent.Render("▸") + " " + c.Styles.Tab.Render(name)
	} else {
		text = "  " + text
	}
	if side == answerSide && d.filtered != nil && !d.whole {
		words := " · filtered: " + kit.CleanText(d.filter)
		if n := d.filtered.results; n > 1 {
			words = " · " + counted(n, "result", "results") + " of " + kit.CleanText(d.filter)
		}
		return " " + text + c.Styles.Dim.Render(words)
	}
	return " " + text + c.Styles.Dim.Render(bigness(n))
}

// sideLine names both sides where there is room for one.
func (d *detail) sideLine(c kit.Context, w int) string {
	other := kit.HintAs(c.Styles, kit.NewRequestKeys().Other, map[int]string{answerSide: "the request", requestSide: "the answer"}[d.at])
	return kit.Spread(d.heading(c, d.at), other, w-1)
}

// side draws one side.
func (d *detail) side(p pane, side int) kit.Frame {
	if p.h <= 0 {
		return kit.Frame{}
	}
	if d.steps && side == answerSide {
		return kit.Frame{Lines: d.said.View(p.Context, kit.Problem(p.Styles, *d.problem, p.steps, p.w), p.h)}
	}
	if d.headers {
		return kit.Frame{Lines: d.heads[side].View(p.Context, d.headerLines(p, side), p.h)}
	}
	var top []string
	if side == answerSide && d.problem != nil {
		room := p.h / 2
		if len(d.x.Body) == 0 || p.h < 12 {
			room = p.h
		}
		top = d.problemLines(p, room)
	}
	if b := d.body(side); p.h >= 12 || d.problem == nil && b.view == nil && len(b.lines) == 0 {
		top = append(top, d.headerLines(p, side)...)
	}
	top = top[:min(len(top), p.h)]
	if p.h-len(top) > 3 && len(top) > 0 {
		top = append(top, "")
	}
	return under(top, d.body(side).draw(p.Context, p.w, p.h-len(top)))
}

// problemLines are what is wrong in at most h lines; where that is not all of it, the
// key for the rest stands below.
func (d *detail) problemLines(p pane, h int) []string {
	sections := kit.ProblemSections(p.Styles, *d.problem, p.steps, p.w)
	lines := 0
	for _, s := range sections {
		lines += len(s.Lines)
	}
	if d.more = lines > h; !d.more || h < 2 {
		return kit.Stack(sections, h)
	}
	top := kit.Stack(sections, h-1)
	more := "… " + strconv.Itoa(lines-len(top)) + " more"
	return append(top, "   "+p.Styles.Dim.Render(more)+"  "+kit.Hint(p.Styles, kit.NewRequestKeys().Steps))
}

// headerLines are the address and the lines of a header: all, or those that one
// looks at.
func (d *detail) headerLines(p pane, side int) []string {
	var lines []string
	fields := d.x.Header
	if side == requestSide {
		fields = d.x.RequestHeader
		for _, l := range kit.Chop(kit.CleanText(d.x.URL), p.w-1) {
			lines = append(lines, " "+l)
		}
	}
	more := 0
	for _, f := range fields {
		switch name, value := kit.CleanText(f.Name), kit.CleanText(f.Value); {
		case d.headers:
			lines = append(lines, wholeField(p, name, value)...)
		case telling(f.Name):
			lines = append(lines, " "+p.Styles.Dim.Render(kit.Cut(name+": "+value, p.w-2)))
		default:
			more++
		}
	}
	if more > 0 {
		all := kit.HintAs(p.Styles, kit.NewRequestKeys().Headers, "all")
		lines = append(lines, " "+p.Styles.Dim.Render(counted(more, "more header", "more headers"))+"  "+all)
	}
	if len(fields) == 0 {
		lines = append(lines, " "+p.Styles.Dim.Render("No headers are kept."))
	}
	return lines
}

// wholeField is a line of a header with all of its value.
func wholeField(p pane, name, value string) []string {
	parts := kit.Chop(name+": "+value, max(p.w-4, 1))
	for i, l := range parts {
		switch {
		case i > 0:
			parts[i] = "   " + l
		case len(l) > len(name):
			parts[i] = " " + p.Styles.Dim.Render(name+":") + l[len(name)+1:]
		default:
			parts[i] = " " + l
		}
	}
	return parts
}

// telling says whether a header is one that one looks at.
func telling(name string) bool {
	name = strings.ToLower(name)
	return name == "content-type" || name == "retry-after" || name == "x-zm-trackingid" || name == "authorization" ||
		strings.HasPrefix(name, "x-ratelimit-") && name != "x-ratelimit-category" // it stands above
}

// stepKeys are the keys by which the steps of an explanation are followed.
func (m *Model) stepKeys(c kit.Context) kit.StepKeys {
	keys := kit.StepKeys{explain.ActionSignIn: c.Keys.SignIn}
	if d := m.call; d != nil && d.x.Step == "" {
		keys[explain.ActionScopes] = m.keys.Verdict
		if _, ok := m.again(); ok {
			keys[explain.ActionRetry] = m.keys.Replay
		}
	}
	return keys
}
