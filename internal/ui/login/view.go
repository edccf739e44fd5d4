package login

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// minBeside is the room that the words need left of the QR.
const minBeside = 46

// narrow is the width below which words are saved, so that the box stays.
const narrow = 60

// View draws the screen in w×h cells below the header.
func (m *Model) View(st state.State, c kit.Context, w, h int) kit.Frame {
	if m.errors != nil {
		return kit.Frame{Lines: m.errors.view(c, w, h)}
	}
	switch m.phase {
	case finished:
		return kit.Frame{Lines: m.finishedView(c, w)}
	case failed:
		steps := kit.StepKeys{explain.ActionRetry: c.Keys.Again, explain.ActionSignIn: c.Keys.Again}
		return kit.Frame{Lines: kit.Problem(c.Styles, *m.problem, steps, w)}
	case starting:
		return kit.Frame{Lines: []string{" Preparing the link…"}}
	case waiting, checking:
	}
	return m.waitingView(st, c, w, h)
}

func (m *Model) finishedView(c kit.Context, w int) []string {
	who := "Signed in."
	if m.who != "" {
		who = "Signed in as " + m.who + "."
	}
	lines := []string{" " + c.Styles.Good.Render("✓") + " " + c.Styles.Strong.Render(who)}
	if !m.outcome.First {
		for _, l := range kit.Wrap(scopeDiff(m.outcome), w-3) {
			lines = append(lines, "   "+l)
		}
	}
	return append(lines, "", c.Styles.Dim.Render("   The dashboard opens by itself."))
}

// waitingView is the link above, then the words, and the QR beside them where
// the window has the room.
func (m *Model) waitingView(st state.State, c kit.Context, w, h int) kit.Frame {
	top := m.linkSections(st, c, w)
	topRows := rows(top)
	code, needs := m.code.Draw(c.QR, w-minBeside-2, h-topRows)
	if len(code) == 0 {
		sections := append(top, m.wordSections(c, w)...)
		sections = append(sections, kit.Blank(8), kit.Section{Lines: m.qrNote(c, needs, w), Drop: 7})
		lines := kit.Stack(sections, h)
		return kit.Frame{Lines: lines, Cursor: m.cursor(lines)}
	}
	words := kit.Stack(append(m.wordSections(c, w-kit.Width(code[0])-2), kit.Blank(2),
		kit.Section{Lines: m.qrCaution(c, w-kit.Width(code[0])-2), Drop: 1}), h-topRows)
	lw := w - kit.Width(code[0]) - 2
	lines := append(kit.Stack(top, h), kit.Beside(words, code, lw, w)...)
	return kit.Frame{Lines: lines, Cursor: m.cursor(lines)}
}

func rows(sections []kit.Section) int {
	n := 0
	for _, s := range sections {
		n += len(s.Lines)
	}
	return n
}

func (m *Model) linkSections(st state.State, c kit.Context, w int) []kit.Section {
	s := c.Styles
	step := " " + s.Accent.Render("1") + "  " + s.Strong.Render("Open this link in any browser and allow the app")
	if w < narrow {
		step = " " + s.Accent.Render("1") + " " + s.Strong.Render("Open, then allow")
	}
	left := m.link.Expires.Sub(st.Local)
	good := s.Dim.Render("good for") + kit.FitRight(kit.Countdown(left), 6)
	return []kit.Section{
		{Lines: []string{kit.Spread(step, good, w-1)}},
		kit.Blank(6),
		{Lines: kit.LinkRows(m.link.URL, w)},
		kit.Blank(9),
	}
}

func (m *Model) wordSections(c kit.Context, w int) []kit.Section {
	s := c.Styles
	var out []kit.Section
	out = append(out, kit.Section{Lines: m.statusLines(c, w)})
	if m.person != nil {
		out = append(out, kit.Section{Lines: []string{
			"    " + kit.HintAs(s, c.Keys.Approve, "press Allow as the demo's user would in the browser"),
		}, Drop: 3})
	}
	if m.link.TakenPort != "" {
		out = append(out, kit.Section{Lines: kit.IndentedDim(s, m.takenWords(), 4, w), Drop: 5})
	}
	out = append(out, kit.Blank(8))
	out = append(out, kit.Section{Lines: []string{" " + s.Accent.Render("2") + "  " +
		s.Strong.Render("Browser on another machine, or a phone?")}, Drop: 4})
	out = append(out, kit.Section{Lines: kit.Indented(
		"Its last page will say \"can't connect\": that is expected. Copy the address from its address bar and paste it here.", 4, w), Drop: 5})
	out = append(out, kit.Section{Lines: []string{m.boxLine(c, w)}})
	if m.pasted != nil && w >= narrow {
		out = append(out, kit.ProblemSections(s, *m.pasted, nil, w)...)
	}
	return append(out, kit.Blank(9), kit.Section{Lines: []string{
		" " + s.Accent.Render("3") + "  " + s.Strong.Render("Does the browser show an error?") + "  " + kit.HintAs(s, c.Keys.BrowserSays, "what to do"),
	}, Drop: 4})
}

// takenWords says what it means that another program has the configured port.
func (m *Model) takenWords() string {
	if m.viaHTTPS() {
		return m.link.TakenPort + " is taken by another program, which gets what your redirect address sends on. " +
			"Stop it and press n, or paste the address below."
	}
	return m.link.TakenPort + " is taken by another program. Zoom ignores the port of a loopback address: nothing to change."
}

// viaHTTPS says whether the browser comes back by way of another server.
func (m *Model) viaHTTPS() bool { return strings.HasPrefix(m.link.RedirectURI, "https://") }

func (m *Model) statusLines(c kit.Context, w int) []string {
	if m.pasted != nil && w < narrow {
		return kit.ProblemSections(c.Styles, *m.pasted, nil, w)[0].Lines // no room for more than what happened
	}
	if m.phase == checking {
		return []string{" " + c.Styles.Accent.Render("●") + "  Asking Zoom…"}
	}
	text := "Waiting for the browser on " + m.link.Address + "; nothing else to do here."
	if w < narrow {
		text = "Waiting on " + m.link.Address
	}
	if m.link.Address == "" || m.link.TakenPort != "" && m.viaHTTPS() {
		text = "Waiting for the address that the browser ends on."
	}
	lines := kit.Wrap(text, w-5)
	for i, l := range lines {
		lines[i] = "    " + l
		if i == 0 {
			lines[i] = " " + c.Styles.Good.Render("●") + "  " + l
		}
	}
	return lines
}

// boxMark stands before the paste box; cursor() finds the box by it.
const boxMark = " paste "

func (m *Model) boxLine(c kit.Context, w int) string {
	m.input.SetWidth(max(w-kit.Width("    "+boxMark)-6, 8))
	mark := c.Styles.Key.Render("tab") + c.Styles.Dim.Render(boxMark)
	if m.input.Focused() {
		mark = c.Styles.Accent.Render(" ▸ ") + c.Styles.Dim.Render(boxMark)
	}
	return "    " + mark + m.input.View()
}

// cursor puts the terminal's cursor into the box while it is being typed in.
func (m *Model) cursor(lines []string) *tea.Cursor {
	cur := m.input.Cursor()
	if cur == nil {
		return nil
	}
	for y, l := range lines {
		plain := ansi.Strip(l)
		if at := strings.Index(plain, " ▸ "+boxMark); at >= 0 {
			cur.X += kit.Width(plain[:at]) + kit.Width(" ▸ "+boxMark)
			cur.Y = y
			return cur
		}
	}
	return nil
}

// qrNote says why there is no QR on the screen and how to get it.
func (m *Model) qrNote(c kit.Context, needs string, w int) []string {
	if m.code.Fits(c.QR, c.Columns, c.Rows) {
		return []string{"    " + kit.HintAs(c.Styles, c.Keys.QR, "shows the link as a QR code, alone on the screen")}
	}
	return kit.IndentedDim(c.Styles, "A QR code of the link needs "+needs+
		": enlarge the window or make the font smaller, then "+c.Keys.QR.Help().Key+".", 4, w)
}

// qrCaution says beside the QR what a phone cannot do with it.
func (m *Model) qrCaution(c kit.Context, w int) []string {
	return kit.IndentedDim(c.Styles,
		"A phone can scan the code and allow the app; it ends on \"can't connect\", and the address it shows is what to paste.", 4, w)
}

// scopeDiff tells what the new sign-in may do that the old one might not.
func scopeDiff(o Outcome) string {
	added, removed := difference(o.NewScopes, o.OldScopes), difference(o.OldScopes, o.NewScopes)
	var b strings.Builder
	b.WriteString("scopes ")
	b.WriteString(strconv.Itoa(len(o.OldScopes)) + " → " + strconv.Itoa(len(o.NewScopes)))
	if len(added) == 0 && len(removed) == 0 {
		return "The same " + strconv.Itoa(len(o.NewScopes)) + " scopes as before."
	}
	for _, s := range added {
		b.WriteString("  + " + kit.CleanText(s))
	}
	for _, s := range removed {
		b.WriteString("  − " + kit.CleanText(s))
	}
	return b.String()
}

// SuccessPause is how long the success stays on the screen before the
// dashboard takes its place.
const SuccessPause = time.Second
