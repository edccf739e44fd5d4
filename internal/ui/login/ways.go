package login

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// The columns of the list of ways, in cells.
const (
	wayIndent = 4
	keyCells  = 5
	wayCells  = 15
	wayWords  = wayIndent + keyCells + wayCells // where the words begin
)

// waySections lists what else leads to a sign-in. All of it waits at once.
func (m *Model) waySections(st state.State, c kit.Context, w int, tunnel bool) []kit.Section {
	var out []kit.Section
	if m.link.CanDevice {
		out = append(out, m.deviceSections(st, c, w)...)
	}
	out = append(out, m.phoneSections(st, c, w)...)
	if tunnel && m.link.Tunnel != "" {
		out = append(out, kit.Section{Lines: m.tunnelLines(c, w), Drop: 3})
	}
	words := "the last page says \"can't connect\": paste its address"
	if m.viaHTTPS() {
		words = "the last page shows a code: paste it, or the address"
	}
	return append(out, kit.Section{Lines: way(c, c.Keys.Paste, "paste", words, w), Drop: 4})
}

// way is one row of the list, with as many more as its words need.
func way(c kit.Context, b key.Binding, name, words string, w int) []string {
	lines := kit.Indented(words, wayWords, w)
	if len(lines) == 0 {
		lines = []string{kit.Fit("", wayWords)}
	}
	lines[0] = wayHead(c, b, name) + lines[0][wayWords:]
	return lines
}

func wayHead(c kit.Context, b key.Binding, name string) string {
	return kit.Fit("", wayIndent) + kit.Fit(c.Styles.Key.Render(b.Help().Key), keyCells) + kit.Fit(name, wayCells)
}

// running is the row of a way that waits: what to use, in the longer words
// where they fit, and how long it is good.
func running(head string, words [2]string, left time.Duration, w int) []string {
	const timeCells = 6
	text := words[0]
	if wayWords+kit.Width(text)+timeCells+1 >= w {
		text = words[1]
	}
	return []string{kit.Spread(head+text, kit.FitRight(kit.Countdown(left), timeCells), w-1)}
}

func (m *Model) deviceSections(st state.State, c kit.Context, w int) []kit.Section {
	d, b := m.device, c.Keys.Device
	const name = "short code"
	switch {
	case d.asking:
		return []kit.Section{{Lines: way(c, b, name, "asking Zoom…", w), Drop: 2}}
	case d.alive():
		words := [2]string{d.code.UserCode + "  " + d.code.URI, d.code.UserCode}
		return []kit.Section{{Lines: running(wayHead(c, b, name), words, d.code.Expires.Sub(st.Local), w), Drop: 2}}
	case d.problem != nil:
		out := []kit.Section{{Lines: way(c, b, name, kit.Words(*d.problem), w), Drop: 2}}
		if where := remedy(*d.problem); where != "" {
			out = append(out, kit.Section{Lines: kit.IndentedDim(c.Styles, where, wayIndent+keyCells, w), Drop: 6})
		}
		return out
	}
	return []kit.Section{{Lines: way(c, b, name, "8 characters to type on any device", w), Drop: 2}}
}

// remedy is the step that mends a refusal, not one that takes another way.
func remedy(p explain.Problem) string {
	for _, s := range p.Next {
		switch s.Action {
		case explain.ActionNone, explain.ActionSetup, explain.ActionScopes, explain.ActionDoctor:
			return kit.CleanText(s.Text)
		default:
		}
	}
	return ""
}

func (m *Model) phoneSections(st state.State, c kit.Context, w int) []kit.Section {
	p, b := m.phone, c.Keys.Phone
	const name = "same network"
	words := "a QR code with a short address of this machine"
	switch {
	case p.opening:
		words = "opening the page…"
	case p.alive():
		words := [2]string{p.page.URL, "open on " + p.page.Address}
		return []kit.Section{{Lines: running(wayHead(c, b, name), words, p.page.Expires.Sub(st.Local), w), Drop: 2}}
	case p.problem != nil:
		words = kit.Words(*p.problem)
	case p.over:
		words = "the page is closed, its time is over; " + b.Help().Key + " opens a new one"
	}
	return []kit.Section{{Lines: way(c, b, name, words, w), Drop: 2}}
}

// tunnelLines is the ssh line, which is whole: where it does not fit behind its
// name it has a row of its own, from as far left as it needs.
func (m *Model) tunnelLines(c kit.Context, w int) []string {
	const name = "SSH tunnel"
	line := m.link.Tunnel
	if wayWords+kit.Width(line) < w {
		return []string{wayHead(c, c.Keys.Tunnel, name) + line}
	}
	lines := way(c, c.Keys.Tunnel, name, "on your own machine:", w)
	if wayIndent+kit.Width(line) <= w {
		return append(lines, kit.Fit("", wayIndent)+line)
	}
	return append(lines, kit.Chop(line, w)...)
}

// shortWays is all ways in one row of a narrow window; the box takes its place
// when it holds something.
func (m *Model) shortWays(c kit.Context, w int) string {
	if m.input.Focused() || m.input.Value() != "" {
		return m.boxLine(c, w)
	}
	s := c.Styles
	line := ""
	if m.link.CanDevice {
		line += " " + kit.HintAs(s, c.Keys.Device, "short code")
	}
	line += " " + kit.HintAs(s, c.Keys.Phone, "phone")
	if m.link.Tunnel != "" {
		line += " " + kit.HintAs(s, c.Keys.Tunnel, "ssh")
	}
	return line + " " + kit.HintAs(s, c.Keys.Paste, "paste")
}

// boxMark stands before the text while it is being typed; cursor finds the box
// by it.
const boxMark = "       ▸ "

func (m *Model) boxLine(c kit.Context, w int) string {
	mark := kit.Width(boxMark)
	if w < minBeside {
		mark = kit.Width(" ▸ ")
	}
	if width := max(w-mark-2, 8); m.input.Width() != width {
		m.input.SetWidth(width)
		m.input.SetCursor(m.input.Position()) // the part in sight is chosen anew
	}
	before := kit.Fit("", mark)
	if m.input.Focused() {
		before = kit.Fit("", mark-2) + c.Styles.Accent.Render("▸") + " "
	}
	return before + m.input.View()
}

// cursor puts the terminal's cursor into the box while it is being typed in.
func (m *Model) cursor(lines []string) *tea.Cursor {
	cur := kit.InputCursor(m.input)
	if cur == nil {
		return nil
	}
	for y, l := range lines {
		plain := ansi.Strip(l)
		for _, mark := range []string{boxMark, " ▸ "} {
			if strings.HasPrefix(plain, mark) {
				cur.X += kit.Width(mark)
				cur.Y = y
				return cur
			}
		}
	}
	return nil
}
