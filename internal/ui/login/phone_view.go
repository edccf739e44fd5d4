package login

import (
	"net/url"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
	"zoomtui/internal/ui/state"
)

// phoneView is the page for a phone: its address as QR code and text, what was
// opened for it, and what the phone will show.
func (m *Model) phoneView(st state.State, c kit.Context, w, h int) []string {
	p := m.phone
	switch {
	case p.opening:
		return []string{" Opening a page for the phone…"}
	case p.problem != nil:
		steps := kit.StepKeys{explain.ActionRetry: c.Keys.Again, explain.ActionPhone: c.Keys.Again, explain.ActionSignIn: c.Keys.Back}
		return kit.Stack(append(kit.ProblemSections(c.Styles, *p.problem, steps, w), m.nextAddress(c, w)...), h)
	case p.over:
		return kit.Stack([]kit.Section{
			{Lines: kit.Indented("The page for the phone is closed: its time is over, and so is its address.", 1, w)},
			{Lines: []string{" " + kit.HintAs(c.Styles, c.Keys.Again, "opens a new one")}},
			{Lines: []string{" " + kit.HintAs(c.Styles, c.Keys.Back, "the other ways, which go on waiting")}},
		}, h)
	}
	left := p.page.Expires.Sub(st.Local)
	view := pane{
		code: p.qr, link: p.page.URL, scan: "",
		head: func(w int) string {
			return timed(c.Styles, [2]string{"On a phone in the same network scan or open this", "Open on the phone"}, left, w)
		},
		words: func(w int) []kit.Section { return m.pageSections(c, w) },
	}
	return view.draw(c, w, h)
}

func (m *Model) pageSections(c kit.Context, w int) []kit.Section {
	s, page := c.Styles, m.phone.page
	after := "The last page says \"can't connect\": copy its address, go back to the page above, and paste it there."
	if page.Returns {
		after = "The phone then comes back by itself."
	}
	out := []kit.Section{
		{Lines: []string{step(s, "2", [2]string{"Start the sign-in there and allow the app", "Start, then allow"}, w)}, Drop: 2},
		{Lines: kit.Indented(after, 4, w)},
		kit.Blank(6),
	}
	out = append(out, m.stillWaiting(c, "Waiting for the phone.", w)...)
	out = append(out, kit.Blank(5), kit.Section{Lines: kit.IndentedDim(s, m.openedWords(), 4, w), Drop: 3})
	return append(out, m.nextAddress(c, w)...)
}

// openedWords says what was opened, and for how long.
func (m *Model) openedWords() string {
	page := m.phone.page
	port := "A port"
	if u, err := url.Parse(page.URL); err == nil && u.Port() != "" {
		port = "Port " + u.Port()
	}
	on := page.Address
	if at := m.phone.at(); at >= 0 && page.Others[at].Interface != "" {
		on += " (" + kit.CleanText(page.Others[at].Interface) + ")"
	}
	return port + " of " + on + " is open for this sign-in alone, ten minutes at most."
}

// nextAddress offers the machine's other addresses.
func (m *Model) nextAddress(c kit.Context, w int) []kit.Section {
	next := m.phone.next()
	if len(m.phone.page.Others) < 2 {
		return nil
	}
	words := "not reachable? The next address: " + next.Address + " (" + kit.CleanText(next.Interface)
	if next.Virtual {
		words += ", of a virtual machine or container"
	}
	lines := kit.IndentedDim(c.Styles, words+")", 6, w)
	if len(lines) > 0 {
		lines[0] = "    " + c.Styles.Key.Render(c.Keys.Phone.Help().Key) + " " + lines[0][len("      "):]
	}
	return []kit.Section{{Lines: lines, Drop: 3}}
}
