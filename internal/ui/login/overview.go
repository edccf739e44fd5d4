package login

import (
	"strings"

	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// minBeside is the room that the words need left of the QR.
const minBeside = 46

// overview is the link above, then the words, and the QR code beside them where
// the window has the room.
func (m *Model) overview(st state.State, c kit.Context, w, h int) kit.Frame {
	top := m.linkSections(st, c, w)
	code, needs := m.code.Draw(c.QR, w-minBeside-2, h-rows(firm(top)))
	above := len(code) > 0 && kit.Width(code[0])+2+kit.Width(m.link.Tunnel) > w
	if above { // a line that has to be whole is not for the column beside the code
		top = append(top, kit.Section{Lines: m.tunnelLines(c, w)}, kit.Blank(9))
		code, needs = m.code.Draw(c.QR, w-minBeside-2, h-rows(firm(top)))
	}
	if len(code) == 0 {
		sections := append(m.linkSections(st, c, w), m.wordSections(st, c, w, true)...)
		sections = append(sections, kit.Blank(8), kit.Section{Lines: m.qrNote(c, needs, w), Drop: 7})
		lines := kit.Stack(sections, h)
		return kit.Frame{Lines: lines, Cursor: m.cursor(lines)}
	}
	lw := w - kit.Width(code[0]) - 2
	lines := kit.Stack(top, h-len(code))
	words := m.wordSections(st, c, lw, !above)
	if !m.viaHTTPS() {
		words = append(words, kit.Blank(2), kit.Section{Lines: kit.IndentedDim(c.Styles, deadEnd, 4, lw), Drop: 1})
	}
	lines = append(lines, kit.Beside(kit.Stack(words, h-len(lines)), code, lw, w)...)
	return kit.Frame{Lines: lines, Cursor: m.cursor(lines)}
}

// linkSections is the link, which is whole or not there: it gives way to the
// box and to what is said of a paste, while somebody is busy with them.
func (m *Model) linkSections(st state.State, c kit.Context, w int) []kit.Section {
	words := [2]string{"Open this link in any browser and allow the app", "Open, then allow"}
	pasting := 0
	if m.input.Focused() || m.pasted != nil {
		pasting = 1
	}
	return []kit.Section{
		{Lines: []string{timed(c.Styles, words, m.link.Expires.Sub(st.Local), w)}},
		kit.Blank(6),
		{Lines: kit.LinkRows(m.link.URL, w), Drop: pasting},
		kit.Blank(9),
	}
}

// wordSections is what is going on and what else can be done; tunnel says
// whether the ssh line is part of it.
func (m *Model) wordSections(st state.State, c kit.Context, w int, tunnel bool) []kit.Section {
	s := c.Styles
	out := []kit.Section{{Lines: m.statusLines(st, c, w)}}
	if m.news != "" {
		out = append(out, kit.Section{Lines: kit.IndentedDim(s, m.news, 4, w), Drop: 6})
	}
	if m.person != nil {
		out = append(out, kit.Section{Lines: []string{
			"    " + kit.HintAs(s, c.Keys.Approve, "press Allow as the demo's user would in the browser"),
		}, Drop: 3})
	}
	if m.link.TakenPort != "" {
		out = append(out, kit.Section{Lines: kit.IndentedDim(s, m.takenWords(), 4, w), Drop: 5})
	}
	if w < minBeside {
		out = append(out, kit.Section{Lines: []string{m.shortWays(c, w)}})
		return append(out, m.refusedSections(s, w)...)
	}
	out = append(out, kit.Blank(8), kit.Section{Lines: []string{
		step(s, "2", [2]string{"Browser on another machine, or a phone? Any one of these:", "Browser elsewhere? Any one of these:"}, w),
	}, Drop: 5})
	out = append(out, m.waySections(st, c, w, tunnel)...)
	out = append(out, kit.Section{Lines: []string{m.boxLine(c, w)}})
	out = append(out, m.refusedSections(s, w)...)
	return append(out, kit.Blank(9), kit.Section{Lines: []string{
		step(s, "3", [2]string{"Does the browser show an error?"}, narrow) + "  " + kit.HintAs(s, c.Keys.BrowserSays, "what to do"),
	}, Drop: 4})
}

// takenWords says what it means that another program has the configured port.
func (m *Model) takenWords() string {
	if m.viaHTTPS() {
		return m.link.TakenPort + " is taken by another program, so the browser is awaited on " + m.link.Address + ". A bounce page finds it there; " +
			"a tunnel to " + m.link.TakenPort + " does not: stop that program and press n, or paste the address."
	}
	return m.link.TakenPort + " is taken by another program. Zoom ignores the port of a loopback address: nothing to change."
}

// viaHTTPS says whether the browser comes back by way of another server.
func (m *Model) viaHTTPS() bool { return strings.HasPrefix(m.link.RedirectURI, "https://") }

// refusedSections says why the last paste was refused. A narrow window has no
// room for more than what is wrong with it.
func (m *Model) refusedSections(st kit.Styles, w int) []kit.Section {
	if m.pasted == nil {
		return nil
	}
	out := kit.ProblemSections(st, *m.pasted, nil, w)
	if w < minBeside {
		out = out[:2]
		out[1].Drop = 0
	}
	return out
}

// statusLines says what is waited for. A narrow window has no room for more
// than the newest of all ways.
func (m *Model) statusLines(st state.State, c kit.Context, w int) []string {
	if m.phase == checking {
		return dot(c.Styles.Accent, "Asking Zoom…", w)
	}
	if w < narrow {
		if w < minBeside && m.device.alive() {
			left := kit.Countdown(m.device.code.Expires.Sub(st.Local))
			return dot(c.Styles.Good, "Code "+m.device.code.UserCode+" "+kit.FitRight(left, 5), w)
		}
		if m.link.Address != "" {
			return dot(c.Styles.Good, "Waiting on "+m.link.Address, w)
		}
	}
	if m.link.Address == "" {
		return dot(c.Styles.Good, "Waiting for the address that the browser ends on.", w)
	}
	return dot(c.Styles.Good, "Waiting for the browser on "+m.link.Address+"; nothing else to do here.", w)
}
