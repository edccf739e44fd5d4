package login

import (
	"strings"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// deviceView is the short code: where to type it, how long it is good, and the
// QR code that spares the typing.
func (m *Model) deviceView(st state.State, c kit.Context, w, h int) []string {
	d := m.device
	switch {
	case d.problem != nil:
		steps := kit.StepKeys{
			explain.ActionDevice: c.Keys.Again, explain.ActionRetry: c.Keys.Again,
			explain.ActionSignIn: c.Keys.Back, // with the link
		}
		return kit.Stack(kit.ProblemSections(c.Styles, *d.problem, steps, w), h)
	case !d.alive():
		return []string{" Asking Zoom for a short code…"}
	}
	left := d.code.Expires.Sub(st.Local)
	p := pane{
		code: d.qr, link: d.code.URI, scan: "Or scan the QR code: the short code is in it already.",
		head: func(w int) string {
			return timed(c.Styles, [2]string{"Open this on the phone or any other device", "Open on any device"}, left, w)
		},
		words: func(w int) []kit.Section { return m.codeSections(c, w) },
	}
	return p.draw(c, w, h)
}

func (m *Model) codeSections(c kit.Context, w int) []kit.Section {
	s, code := c.Styles, m.device.code.UserCode
	out := []kit.Section{
		{Lines: []string{step(s, "2", [2]string{"Type this code there and allow the app", "Type it, then allow"}, w)}, Drop: 1},
		kit.Blank(6),
		{Lines: []string{kit.Cut("    "+s.Strong.Render(spaced(code)), w)}},
		kit.Blank(5),
		{Lines: []string{kit.Cut("    "+kit.HintAs(s, c.Keys.Copy, "copies")+" "+code, w)}},
		kit.Blank(4),
	}
	return append(out, m.stillWaiting(c, "Waiting for you to allow the app there.", w)...)
}

// stillWaiting is the last line of a side: its own way waits, and so do the
// others.
func (m *Model) stillWaiting(c kit.Context, words string, w int) []kit.Section {
	pen := c.Styles.Good
	if m.phase == checking {
		words, pen = "Asking Zoom…", c.Styles.Accent
	}
	others := "other ways; all go on waiting"
	if w < minWords+12 {
		others = "other ways"
	}
	return []kit.Section{
		{Lines: dot(pen, words, w)},
		{Lines: kit.IndentedDim(c.Styles, m.news, 4, w), Drop: 4},
		{Lines: []string{"    " + kit.HintAs(c.Styles, c.Keys.Back, others)}, Drop: 2},
	}
}

// spaced sets a code's characters apart, so that it can be read out, with more
// room in the middle.
func spaced(code string) string {
	letters := strings.Split(code, "")
	if half := len(letters) / 2; len(letters)%2 == 0 && half > 2 && !strings.Contains(code, "-") {
		return strings.Join(letters[:half], " ") + "   " + strings.Join(letters[half:], " ")
	}
	return strings.Join(letters, " ")
}
