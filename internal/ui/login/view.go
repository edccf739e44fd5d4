package login

import (
	"strconv"
	"strings"
	"time"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// SuccessPause is how long the success stays on the screen before the
// dashboard takes its place.
const SuccessPause = time.Second

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
		steps := kit.StepKeys{explain.ActionRetry: c.Keys.Again, explain.ActionSignIn: c.Keys.Again, explain.ActionSetup: c.Keys.Profiles}
		return kit.Frame{Lines: kit.Problem(c.Styles, *m.problem, steps, w)}
	case starting:
		return kit.Frame{Lines: []string{" Preparing the link…"}}
	case waiting, checking:
	}
	switch m.side {
	case deviceSide:
		return kit.Frame{Lines: m.deviceView(st, c, w, h)}
	case phoneSide:
		return kit.Frame{Lines: m.phoneView(st, c, w, h)}
	default:
		return m.overview(st, c, w, h)
	}
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

// scopeDiff tells what the new sign-in may do that the old one might not.
func scopeDiff(o Outcome) string {
	switch {
	case len(o.NewScopes) == 0:
		return "Scopes not named by Zoom: what this sign-in may do is not known."
	case len(o.OldScopes) == 0:
		return strconv.Itoa(len(o.NewScopes)) + " scopes; before, Zoom named none."
	}
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

// step numbers something to do, in the longer words where w cells hold them.
func step(st kit.Styles, number string, words [2]string, w int) string {
	const before = 4
	text := words[0]
	if before+kit.Width(text) > w {
		text = words[1]
	}
	return " " + st.Accent.Render(number) + "  " + st.Strong.Render(text)
}

// timed puts the time left at the right edge of a step, where its digits stay
// in their place.
func timed(st kit.Styles, words [2]string, left time.Duration, w int) string {
	good := st.Dim.Render("good for") + kit.FitRight(kit.Countdown(left), 6)
	return kit.Spread(step(st, "1", words, w-kit.Width(good)-2), good, w-1)
}

// dot is a line of what is going on, behind a dot.
func dot(pen kit.Pen, text string, w int) []string {
	lines := kit.Indented(text, 4, w)
	if len(lines) > 0 {
		lines[0] = " " + pen.Render("●") + "  " + lines[0][len("    "):]
	}
	return lines
}

func rows(sections []kit.Section) int {
	n := 0
	for _, s := range sections {
		n += len(s.Lines)
	}
	return n
}
